"use strict";
// A frame for what goes into a file or on paper: title, what is chosen, the picture, what its marks mean,
// and what it rests on. `content` has a width, a height and either paint(pen) or an SVG element of its
// own; a `legend` of { text, draw(pen, x, y) } where it is not that of the things shown; and a `title`.
viz.sheet = (function () {
  const { nodes, style, statusStyle } = viz.data;
  const SIDE = 24;
  const LEAST = 640; // pixels, so that the words have room
  const FONTS = {
    title: { size: 20, weight: 650, line: 28, colour: "ink" },
    choice: { size: 13, weight: 400, line: 19, colour: "soft" },
    legend: { size: 12.5, weight: 400, line: 24, colour: "ink" },
    footer: { size: 11.5, weight: 400, line: 17, colour: "soft" },
  };
  const face = (kind) => `${FONTS[kind].weight} ${FONTS[kind].size}px ${viz.font}`;
  const ruler = new viz.svg(1, 1);

  function wrapped(text, kind, room) {
    ruler.font = face(kind);
    const lines = [];
    let line = "";
    for (const word of text.split(/\s+/u)) {
      const longer = line ? `${line} ${word}` : word;
      if (line && ruler.measureText(longer).width > room) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line].map((each) => viz.cut(ruler, each, room));
  }

  // The types and statuses of some things, and what became of them, as the legend of the page has them.
  function legendOf(ids) {
    const there = (part) => new Set([...ids].map((id) => nodes[id][part]));
    const look = (type) => (Object.hasOwn(style.types, type) ? style.types[type] : { ...style.unknown, plural: type });
    const [types, statuses] = [there("type"), there("status")];
    const known = (part, found) => [...style.order[part].filter((each) => found.has(each)), ...[...found].filter((each) => each && !style.order[part].includes(each)).sort()];
    const mark = (shape, status) => (pen, x, y) => viz.draw.node(pen, shape, status, x, y, Math.min(7, shape.size * 0.7));
    const became = new Set([...ids].flatMap((id) => (viz.promises.mark(nodes[id]) ? [nodes[id].told.outcome] : [])));
    return [
      ...known("types", types).map((type) => ({ text: look(type).plural, draw: mark(look(type), style.plain) })),
      ...known("statuses", statuses).map((status) => ({ text: statusStyle(status).name, draw: mark(style.types.initiative, statusStyle(status)) })),
      ...style.order.outcomes.filter((each) => became.has(each)).map((each) => ({ text: viz.promises.name(each), draw: (pen, x, y) => viz.draw.outcome(pen, viz.promises.look(each), x, y, 7) })),
    ];
  }

  // Marks and their meanings side by side, in as many lines as they need.
  function flow(legend, room) {
    ruler.font = face("legend");
    let [x, line] = [0, 0];
    const placed = legend.map((entry) => {
      const wide = 26 + ruler.measureText(entry.text).width + 18;
      if (x && x + wide > room) [x, line] = [0, line + 1];
      const at = { ...entry, x, line };
      x += wide;
      return at;
    });
    return { placed, lines: legend.length ? line + 1 : 0 };
  }

  function frame(content) {
    const state = viz.state.now();
    const width = Math.ceil(Math.max(LEAST, content.width + 2 * SIDE));
    const room = width - 2 * SIDE;
    const title = content.title ?? viz.wording.heading(state);
    const blocks = {
      title: wrapped(title, "title", room),
      choice: viz.wording.choice(state) ? wrapped(viz.wording.choice(state), "choice", room) : [],
      footer: viz.wording.footer(state).flatMap((text) => wrapped(text, "footer", room)),
    };
    const tall = (kind) => blocks[kind].length * FONTS[kind].line;
    const legend = flow(content.legend ?? legendOf(viz.state.shown().things), room);
    const top = SIDE + tall("title") + tall("choice") + 10;
    const below = top + content.height + 12;
    const foot = below + legend.lines * FONTS.legend.line + (legend.lines ? 8 : 0);
    const height = Math.ceil(foot + tall("footer") + SIDE - 6);
    return { content, width, height, top, below, foot, blocks, legend, title };
  }

  function write(pen, lines, kind, y) {
    const { line, colour } = FONTS[kind];
    pen.font = face(kind);
    pen.fillStyle = viz.theme.colours()[colour];
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    lines.forEach((text, at) => pen.fillText(text, SIDE, y + line * (at + 0.5)));
  }

  // All but the picture itself.
  function surround(pen, { width, height, top, below, foot, blocks, legend }) {
    const colours = viz.theme.colours();
    pen.fillStyle = colours.canvas;
    pen.fillRect(0, 0, width, height);
    write(pen, blocks.title, "title", SIDE - 6);
    write(pen, blocks.choice, "choice", SIDE - 4 + blocks.title.length * FONTS.title.line);
    pen.fillStyle = colours.line;
    for (const y of [top - 5, below - 5]) pen.fillRect(SIDE, y, width - 2 * SIDE, 1);
    for (const { text, draw, x, line } of legend.placed) {
      const y = below + FONTS.legend.line * (line + 0.5);
      draw(pen, SIDE + x + 10, y);
      write(pen, [], "legend", 0);
      pen.fillText(text, SIDE + x + 24, y);
    }
    write(pen, blocks.footer, "footer", foot);
  }

  // An SVG element of the page as it looks: a file has no style sheet.
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order", "visibility", "display"];
  function still(element) {
    const copy = element.cloneNode(true);
    const [from, to] = [element, copy].map((one) => [one, ...one.querySelectorAll("*")]);
    from.forEach((each, at) => {
      const look = getComputedStyle(each);
      for (const name of LOOKS) if (look.getPropertyValue(name)) to[at].setAttribute(name, look.getPropertyValue(name));
      to[at].removeAttribute("class");
      to[at].removeAttribute("style");
    });
    return copy;
  }

  function drawn(content) {
    if (content.element) return still(content.element);
    const pen = new viz.svg(Math.ceil(content.width), Math.ceil(content.height));
    content.paint(pen);
    return pen.element;
  }

  // The whole as an SVG element that says what it is to whoever cannot see it.
  function element(content) {
    const laid = frame(content);
    const pen = new viz.svg(laid.width, laid.height);
    surround(pen, laid);
    pen.nest(drawn(content), SIDE, laid.top, content.width, content.height);
    pen.name(laid.title, [...laid.blocks.choice, ...laid.blocks.footer].join(" "));
    return pen.element;
  }

  // How many dots there are to a pixel, as far as browsers draw so many.
  const MOST = { side: 16384, area: 2 ** 28 };
  const ratioOf = ({ width, height }) => Math.min(2, MOST.side / width, MOST.side / height, Math.sqrt(MOST.area / (width * height)));

  // The same as dots, or null where nobody could read it any more.
  const LEGIBLE = 0.4;
  async function canvas(content) {
    const laid = frame(content);
    const { width, height } = laid;
    const ratio = ratioOf(laid);
    if (ratio < LEGIBLE) return null;
    const sized = (w, h) => viz.el("canvas", { width: Math.max(1, Math.floor(w * ratio)), height: Math.max(1, Math.floor(h * ratio)) });
    const whole = sized(width, height);
    const pen = whole.getContext("2d");
    pen.scale(ratio, ratio);
    surround(pen, laid);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(await dots(content, ratio, sized), Math.round(SIDE * ratio), Math.round(laid.top * ratio));
    return whole;
  }

  // A pen that painted with its own places has a canvas to itself: some, as vis-network, begin by moving it.
  async function dots(content, ratio, sized) {
    if (content.element) return picture(content, ratio);
    const own = sized(content.width, content.height);
    const pen = own.getContext("2d");
    pen.scale(ratio, ratio);
    content.paint(pen);
    return own;
  }

  async function picture(content, ratio) {
    const copy = still(content.element);
    if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${content.width} ${content.height}`);
    copy.setAttribute("width", content.width * ratio);
    copy.setAttribute("height", content.height * ratio);
    const image = new Image();
    const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
    image.src = address;
    try {
      await image.decode();
    } finally {
      URL.revokeObjectURL(address);
    }
    return image;
  }

  return { element, canvas, legendOf, still };
})();
