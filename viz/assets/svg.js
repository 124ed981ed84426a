"use strict";
// A pen that is held like a canvas and writes SVG: what is drawn once can be a picture on the page,
// a file of lines and letters, or dots. It knows as much of a canvas as this page makes use of.
viz.svg = (function () {
  const SPACE = "http://www.w3.org/2000/svg";
  const LOOK = {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif",
    textAlign: "start", textBaseline: "alphabetic", lineCap: "butt", lineJoin: "miter", dash: [],
  };
  const ANCHORS = { center: "middle", right: "end", end: "end" };
  const scratch = document.createElement("canvas").getContext("2d");
  const round = (value) => Math.round(value * 100) / 100;
  let clips = 0;

  function tag(name, attributes) {
    const element = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  }

  // SVG keeps how much shines through apart from the colour.
  function paint(kind, colour, alpha) {
    const parts = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/.exec(colour);
    const shines = parts ? alpha * Number(parts[4]) : alpha;
    return { [kind]: parts ? `rgb(${parts.slice(1, 4).join(",")})` : colour, ...(shines < 1 && { [`${kind}-opacity`]: round(shines) }) };
  }

  return class Pen {
    constructor(width, height) {
      Object.assign(this, LOOK);
      this.matrix = new DOMMatrix();
      this.stack = [];
      this.path = [];
      this.element = tag("svg", { xmlns: SPACE, width, height, viewBox: `0 0 ${width} ${height}` });
      this.group = this.element;
    }

    save() {
      const held = Object.fromEntries(Object.keys(LOOK).map((key) => [key, this[key]]));
      this.stack.push({ ...held, matrix: this.matrix, group: this.group });
    }

    restore() {
      Object.assign(this, this.stack.pop());
    }

    getTransform() { return this.matrix; }
    setTransform(...values) { this.matrix = new DOMMatrix(values); }
    translate(x, y) { this.matrix = this.matrix.translate(x, y); }
    scale(x, y = x) { this.matrix = this.matrix.scale(x, y); }
    setLineDash(dash) { this.dash = dash; }
    measureText(text) {
      scratch.font = this.font;
      return scratch.measureText(text);
    }

    at(x, y) {
      return [round(this.matrix.a * x + this.matrix.e), round(this.matrix.d * y + this.matrix.f)];
    }

    beginPath() { this.path = []; }
    moveTo(x, y) { this.path.push("M", ...this.at(x, y)); }
    lineTo(x, y) { this.path.push(this.path.length ? "L" : "M", ...this.at(x, y)); }
    quadraticCurveTo(a, b, x, y) { this.path.push("Q", ...this.at(a, b), ...this.at(x, y)); }
    bezierCurveTo(a, b, c, d, x, y) { this.path.push("C", ...this.at(a, b), ...this.at(c, d), ...this.at(x, y)); }
    closePath() { this.path.push("Z"); }

    arc(x, y, r, from, end, back = false) {
      const turn = 2 * Math.PI;
      const to = back && end > from ? end - turn : !back && end < from ? end + turn : end;
      const whole = Math.abs(to - from) >= turn - 1e-9;
      const middle = whole ? from + turn / 2 : (from + to) / 2; // an arc is written as its two halves
      const radius = round(r * this.matrix.a);
      this.lineTo(x + r * Math.cos(from), y + r * Math.sin(from));
      for (const angle of [middle, to]) {
        this.path.push("A", radius, radius, 0, 0, back ? 0 : 1, ...this.at(x + r * Math.cos(angle), y + r * Math.sin(angle)));
      }
    }

    roundRect(x, y, w, h, r) {
      const side = Math.max(0, Math.min(r, w / 2, h / 2));
      this.moveTo(x + side, y);
      this.arc(x + w - side, y + side, side, -Math.PI / 2, 0);
      this.arc(x + w - side, y + h - side, side, 0, Math.PI / 2);
      this.arc(x + side, y + h - side, side, Math.PI / 2, Math.PI);
      this.arc(x + side, y + side, side, Math.PI, 1.5 * Math.PI);
      this.closePath();
    }

    put(name, attributes) {
      const element = tag(name, attributes);
      this.group.append(element);
      return element;
    }

    fill() {
      this.put("path", { d: this.path.join(" "), ...paint("fill", this.fillStyle, this.globalAlpha) });
    }

    stroke() {
      const unit = this.matrix.a;
      this.put("path", {
        d: this.path.join(" "), fill: "none", "stroke-width": round(this.lineWidth * unit), "stroke-linecap": this.lineCap,
        "stroke-linejoin": this.lineJoin, ...paint("stroke", this.strokeStyle, this.globalAlpha),
        ...(this.dash.length && { "stroke-dasharray": this.dash.map((part) => round(part * unit)).join(" ") }),
      });
    }

    clip() {
      clips += 1;
      const shape = tag("clipPath", { id: `clip-${clips}` });
      shape.append(tag("path", { d: this.path.join(" ") }));
      this.group.append(shape);
      this.group = this.put("g", { "clip-path": `url(#clip-${clips})` });
    }

    // Another picture, at a place of this one.
    nest(element, x, y, width, height) {
      const [left, top] = this.at(x, y);
      if (!element.getAttribute("viewBox")) element.setAttribute("viewBox", `0 0 ${width} ${height}`);
      for (const [key, value] of Object.entries({ x: left, y: top, width, height })) element.setAttribute(key, String(value));
      this.group.append(element);
    }

    // What it is and what it tells, for those who do not see it.
    name(title, description) {
      const told = [["title", title], ["desc", description]].map(([kind, text]) => {
        const element = tag(kind, {});
        element.textContent = text;
        return element;
      });
      this.element.setAttribute("role", "img");
      this.element.prepend(...told);
    }

    clearRect() {} // a new sheet is clear

    fillRect(x, y, w, h) {
      const [left, top] = this.at(x, y);
      this.put("rect", {
        x: left, y: top, width: round(w * this.matrix.a), height: round(h * this.matrix.d),
        ...paint("fill", this.fillStyle, this.globalAlpha),
      });
    }

    fillText(text, x, y) {
      const [, slant, weight, size, family] = /^(italic )?(\d+ )?([\d.]+)px (.*)$/.exec(this.font);
      const [left, top] = this.at(x, y + (this.textBaseline === "middle" ? Number(size) * 0.35 : 0));
      const element = this.put("text", {
        x: left, y: top, "font-family": family, "font-size": round(size * this.matrix.a),
        ...(weight && { "font-weight": weight.trim() }), ...(slant && { "font-style": "italic" }),
        "text-anchor": ANCHORS[this.textAlign] || "start", ...paint("fill", this.fillStyle, this.globalAlpha),
      });
      element.textContent = text;
    }
  };
})();
