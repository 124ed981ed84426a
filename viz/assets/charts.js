"use strict";
// Charts by Observable Plot on d3. Both are unpacked and run when the first chart is wanted: until then
// they cost nothing but their bytes.
viz.charts = (function () {
  const LIBRARIES = ["library-d3", "library-plot"]; // in this order: the second uses the first
  let coming = null;
  const load = () => (coming ??= LIBRARIES.reduce((before, name) => before.then(() => viz.library(name)), Promise.resolve()));
  const there = () => Boolean(window.d3 && window.Plot);

  // Numbers on an axis, and beside a dot: "15 B" says more than ten zeros.
  const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
  const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
  const amount = (value, unit) => (unit === "%" ? `${exact.format(value)}%` : `${Math.abs(value) >= 1e6 ? compact.format(value) : exact.format(value)} ${unit}`.trimEnd());

  // The whole numbers between two, as many as can be read.
  function whole(from, to) {
    const step = Math.max(1, Math.ceil((to - from) / 6));
    const found = [];
    for (let each = Math.ceil(from); each <= to; each += step) found.push(each);
    return found;
  }

  const at = (day) => new Date(viz.days.number(day) * 864e5);
  const today = () => new Date(viz.known.today() * 864e5);

  // What Plot draws, in our colours and for our policy: it would bring a style sheet of its own, of which
  // ours has what matters; and its groups have names that no reader of the screen can place.
  function plot(options, label) {
    const colours = viz.theme.colours();
    const figure = window.Plot.plot({
      className: "plotted",
      style: { fontFamily: viz.font, fontSize: "11px", color: colours.soft, background: "none", overflow: "visible" },
      ...options,
    });
    figure.querySelectorAll("style").forEach((style) => style.remove());
    figure.querySelectorAll("g[aria-label]").forEach((group) => {
      group.dataset.part = group.getAttribute("aria-label");
      group.removeAttribute("aria-label");
    });
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", label);
    return figure;
  }

  // Makes each of the marks of some data a stop of the keyboard that says what it is, and is chosen as a
  // button is: for the option `render` of a mark of Plot.
  const stops = (data, words, pick, hint) => (index, scales, values, dimensions, context, next) => {
    const group = next(index, scales, values, dimensions, context);
    [...group.children].forEach((mark, place) => {
      const one = data[index[place]];
      mark.setAttribute("class", "stop");
      mark.setAttribute("role", "button");
      mark.setAttribute("tabindex", "-1");
      mark.setAttribute("aria-label", words(one));
      mark.addEventListener("pointerenter", () => hint(one));
      mark.addEventListener("focus", () => hint(one));
      mark.addEventListener("click", () => pick(one));
      mark.dataset.at = String(one.at ?? "");
    });
    return group;
  };

  // One stop for the key Tab, and the arrows from mark to mark, left to right.
  function walk(element) {
    const marks = () => [...element.querySelectorAll(".stop")].sort((a, b) => a.dataset.at - b.dataset.at);
    const first = marks().at(-1);
    if (first) first.setAttribute("tabindex", "0");
    element.onkeydown = (event) => { // one for every time it is drawn anew
      const all = marks();
      const now = all.indexOf(document.activeElement);
      if (now < 0) return;
      const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
      if (way === undefined && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      if (way === undefined) return void document.activeElement.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      const next = all[Math.max(0, Math.min(all.length - 1, now + way))];
      document.activeElement.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    };
  }

  // Room for a chart, which is drawn once it is known how wide that is and the libraries are there, and
  // again for another width.
  function frame(tall, draw) {
    const element = viz.el("div", { class: "chart" });
    element.style.minHeight = `${tall}px`;
    let drawn = 0;
    const fill = () => {
      const wide = Math.floor(element.clientWidth);
      if (wide < 40 || Math.abs(wide - drawn) < 2) return;
      drawn = wide;
      element.replaceChildren(draw(wide));
      walk(element);
    };
    const failed = (error) => element.replaceChildren(viz.el("p", { class: "where" }, `The chart cannot be drawn: ${error.message}`));
    new ResizeObserver(() => (there() ? fill() : load().then(fill, failed))).observe(element);
    return element;
  }

  return { load, there, plot, stops, frame, amount, compact, whole, at, today };
})();
