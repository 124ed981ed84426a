"use strict";
// Shapes and statuses, for the network and the legend alike.
viz.draw = (function () {
  const polygon = (context, x, y, points) => {
    points.forEach(([dx, dy], index) => context[index ? "lineTo" : "moveTo"](x + dx, y + dy));
    context.closePath();
  };
  const regular = (corners, turn) => (context, x, y, r) =>
    polygon(
      context, x, y,
      Array.from({ length: corners }, (_, index) => {
        const angle = turn + (index * 2 * Math.PI) / corners;
        return [r * Math.cos(angle), r * Math.sin(angle)];
      }),
    );
  const fixed = (points) => (context, x, y, r) =>
    polygon(context, x, y, points.map(([dx, dy]) => [dx * r, dy * r]));

  const SHAPES = {
    circle: (context, x, y, r) => context.arc(x, y, r, 0, 2 * Math.PI),
    square: (context, x, y, r) => context.roundRect(x - r, y - r, 2 * r, 2 * r, r * 0.16),
    // A group of things: one within a ring, which is left open by the way it turns.
    ring: (context, x, y, r) => {
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.closePath();
      context.moveTo(x + r * 0.86, y);
      context.arc(x, y, r * 0.86, 0, 2 * Math.PI, true);
      context.closePath();
      context.moveTo(x + r * 0.7, y);
      context.arc(x, y, r * 0.7, 0, 2 * Math.PI);
      context.closePath();
    },
    diamond: fixed([[0, -1], [1, 0], [0, 1], [-1, 0]]),
    triangle: fixed([[-1, -0.8], [1, -0.8], [0, 1]]),
    house: fixed([[0, -1.05], [1, -0.2], [1, 0.95], [-1, 0.95], [-1, -0.2]]),
    plus: fixed([
      [-0.36, -1], [0.36, -1], [0.36, -0.36], [1, -0.36], [1, 0.36], [0.36, 0.36],
      [0.36, 1], [-0.36, 1], [-0.36, 0.36], [-1, 0.36], [-1, -0.36], [-0.36, -0.36],
    ]),
    hexagon: regular(6, 0),
    octagon: regular(8, Math.PI / 8),
    person: (context, x, y, r) => {
      context.arc(x, y - r * 0.5, r * 0.48, 0, 2 * Math.PI);
      context.closePath();
      context.moveTo(x + r * 0.88, y + r);
      context.arc(x, y + r, r * 0.88, 0, Math.PI, true);
      context.closePath();
    },
  };

  function outline(context, shape, x, y, r) {
    context.beginPath();
    SHAPES[shape](context, x, y, r);
  }

  function filling(context, style, status, x, y, r, colour, paper) {
    outline(context, style.shape, x, y, r);
    context.fillStyle = status.fill === "full" || status.fill === "grey" ? colour : paper;
    context.fill();
    if (status.fill !== "left" && status.fill !== "lower") return;
    context.save();
    context.clip();
    context.fillStyle = colour;
    if (status.fill === "left") context.fillRect(x - 2 * r, y - 2 * r, 2 * r, 4 * r);
    else context.fillRect(x - 2 * r, y, 4 * r, 2 * r);
    context.restore();
  }

  function mark(context, status, x, y, r, colour, paper) {
    context.lineCap = "round";
    context.lineJoin = "round";
    context.setLineDash([]);
    context.beginPath();
    if (status.mark === "tick") {
      context.moveTo(x - r * 0.42, y + r * 0.03);
      context.lineTo(x - r * 0.1, y + r * 0.35);
      context.lineTo(x + r * 0.44, y - r * 0.3);
      context.strokeStyle = paper;
      context.lineWidth = Math.max(1.6, r * 0.2);
    } else {
      context.moveTo(x - r * 0.42, y - r * 0.42);
      context.lineTo(x + r * 0.42, y + r * 0.42);
      context.moveTo(x + r * 0.42, y - r * 0.42);
      context.lineTo(x - r * 0.42, y + r * 0.42);
      context.strokeStyle = colour;
      context.lineWidth = Math.max(1.6, r * 0.2);
    }
    context.stroke();
  }

  // `unit` is one pixel of the screen, so that borders keep their width at every zoom.
  function node(context, style, status, x, y, r, unit = 1) {
    const colours = viz.theme.colours();
    const colour = status.fill === "grey" ? colours.grey : style[viz.theme.name()];
    const paper = colours.canvas;
    // A border lies half outside: a bordered thing is drawn smaller, to look the same size.
    const body = status.fill === "none" ? r - (status.border * unit) / 2 : r;
    filling(context, style, status, x, y, body, colour, paper);
    if (status.border) {
      const heavy = status.mark === "tick";
      outline(context, style.shape, x, y, heavy ? body + 2.6 * unit : body);
      context.strokeStyle = colour;
      context.lineWidth = (heavy ? 1.9 : status.border) * unit;
      context.lineJoin = "round";
      context.lineCap = status.dash.length && status.dash[0] < 2 ? "round" : "butt";
      const fine = Math.min(1, body / (10 * unit)); // a small outline needs short dashes
      context.setLineDash(status.dash.map((part) => part * fine * unit));
      context.stroke();
      context.setLineDash([]);
    }
    if (status.mark) mark(context, status, x, y, body, colour, paper);
  }

  // What became of a promise, as a small disc whose form tells it without its colour.
  function outcome(context, look, x, y, r) {
    const colours = viz.theme.colours();
    const colour = look[viz.theme.name()];
    context.save();
    context.beginPath();
    context.arc(x, y, r + r * 0.28, 0, 2 * Math.PI);
    context.fillStyle = colours.canvas; // apart from what lies under it
    context.fill();
    const body = { ...SEAL, fill: look.fill === "dotted" ? "none" : look.fill };
    filling(context, { shape: "circle" }, body, x, y, r, colour, colours.canvas);
    outline(context, "circle", x, y, r - r * 0.08);
    context.strokeStyle = colour;
    context.lineWidth = r * 0.2;
    context.lineCap = "round";
    context.setLineDash(look.fill === "dotted" ? [0.01, r * 0.5] : []);
    context.stroke();
    context.setLineDash([]);
    sign(context, look.mark, x, y, r, look.fill === "full" ? colours.canvas : colour);
    context.restore();
  }
  const SEAL = { border: 0, dash: [], mark: "" };

  const SIGNS = {
    tick: [[[-0.45, 0.03], [-0.12, 0.36], [0.46, -0.32]]],
    cross: [[[-0.36, -0.36], [0.36, 0.36]], [[0.36, -0.36], [-0.36, 0.36]]],
    bar: [[[-0.46, 0], [0.46, 0]]],
    query: [[[-0.24, -0.3], [-0.06, -0.48], [0.2, -0.42], [0.24, -0.16], [0, 0.06], [0, 0.2]], [[0, 0.5], [0, 0.51]]],
    arrow: [[[-0.46, 0], [0.42, 0]], [[0.1, -0.32], [0.44, 0], [0.1, 0.32]]],
  };
  function sign(context, name, x, y, r, colour) {
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1.1, r * 0.26);
    context.lineCap = context.lineJoin = "round";
    for (const points of SIGNS[name] ?? []) {
      context.beginPath();
      points.forEach(([dx, dy], at) => context[at ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
      context.stroke();
    }
  }

  function halo(context, style, x, y, r, unit) {
    context.beginPath();
    context.arc(x, y, r * (style.shape === "square" ? 1.3 : 1) + 7 * unit, 0, 2 * Math.PI);
    context.fillStyle = viz.theme.colours()["accent-soft"];
    context.fill();
    context.strokeStyle = viz.theme.colours().accent;
    context.lineWidth = 2 * unit;
    context.stroke();
  }

  function blank(context, style, x, y, r) {
    outline(context, style.shape, x, y, r + 1);
    context.fillStyle = viz.theme.colours().canvas;
    context.fill();
  }

  // A small picture of a type or status. It draws itself again when the colours change.
  function swatch(style, status, line, told = null) {
    return small(line ? 50 : 24, (context) => {
      node(context, style, status, 12, 12, Math.min(8, style.size * 0.78));
      if (told) outcome(context, told, 19, 6, 4.6);
      if (!line) return;
      context.strokeStyle = viz.theme.colours().edge;
      context.lineWidth = status.weight;
      context.setLineDash(status.line.map((part) => part * 0.7));
      context.beginPath();
      context.moveTo(26, 12);
      context.lineTo(49, 12);
      context.stroke();
    });
  }

  // The same of what became of a promise, and of a thing with what became of it.
  const seal = (look) => small(24, (context) => outcome(context, look, 12, 12, 7.5));
  const picture = (of) => swatch(of.style, of.statusStyle, false, viz.promises.mark(of));

  function small(width, paint) {
    const canvas = viz.el("canvas", { class: "swatch", "aria-hidden": "true" });
    canvas.style.width = `${width}px`;
    canvas.style.height = "24px";
    canvas.repaint = () => {
      const ratio = Math.max(2, window.devicePixelRatio || 1);
      canvas.width = width * ratio;
      canvas.height = 24 * ratio;
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      paint(context);
    };
    canvas.repaint();
    return canvas;
  }

  const repaint = () => document.querySelectorAll("canvas.swatch").forEach((canvas) => canvas.repaint());

  return { node, outcome, halo, blank, swatch, seal, picture, small, sign, repaint };
})();
