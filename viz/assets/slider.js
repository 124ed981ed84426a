"use strict";
// The time in which things became known: a histogram of what was published (by the root of its
// number, or one long article would flatten all others), with a handle at each end.
viz.slider = (function () {
  const { published } = viz.data;
  const { number, written, year } = viz.days;
  const MOST = 48; // bars
  const WIDE = 200;
  const TALL = 38;
  const days = Object.keys(published).map(number).sort((a, b) => a - b);
  const month = (day) => year(day) * 12 + new Date(day * 864e5).getUTCMonth();
  const firstOf = (at) => Date.UTC(Math.floor(at / 12), at % 12, 1) / 864e5;
  const none = { element: null, update: () => undefined };
  if (days.length < 2 || month(days[0]) === month(days.at(-1))) return none;

  // Bars of one, three, six or twelve months, from the first day to the last.
  const reach = month(days.at(-1)) - year(days[0]) * 12 + 1;
  const step = [1, 3, 6, 12, 60].find((each) => reach / each <= MOST) || 120;
  const start = Math.floor(month(days[0]) / step) * step;
  const bars = new Array(Math.floor((month(days.at(-1)) - start) / step) + 1).fill(0);
  for (const [day, count] of Object.entries(published)) bars[Math.floor((month(number(day)) - start) / step)] += count;
  // A bar may begin before the first day of all and end after the last one: what is said keeps to these.
  const opens = (bar) => written(Math.max(days[0], firstOf(start + bar * step)));
  const closes = (bar) => written(Math.min(days.at(-1), firstOf(start + (bar + 1) * step) - 1));

  const picture = viz.el("div", { class: "histogram", "aria-hidden": "true" });
  const words = viz.el("output", { class: "count" });
  const handle = (label) => viz.el("input", { type: "range", min: 0, max: bars.length - 1, step: 1, "aria-label": label, input: set });
  const [low, high] = [handle("Published from"), handle("Published until")];
  const all = viz.el("button", { type: "button", class: "quiet", "aria-label": "Show all: Published", click: () => viz.state.change({ since: null, until: null }) }, "all");
  const element = viz.el(
    "div", { class: "group slider" },
    viz.el("div", { class: "group-head" }, viz.el("h2", {}, "Published"), words, all),
    picture, viz.el("div", { class: "handles" }, low, high),
  );

  function set(event) {
    let [from, to] = [Number(low.value), Number(high.value)];
    if (from > to) [from, to] = event.target === low ? [to, to] : [from, from]; // one handle stops at the other
    viz.state.change({ since: from ? opens(from) : null, until: to < bars.length - 1 ? closes(to) : null });
    viz.say(`Published ${said(from, to)}, ${viz.count(viz.state.shown().things.size, "thing", "things")} shown`);
  }

  const said = (from, to) => `${opens(from).slice(0, 7)} – ${closes(to).slice(0, 7)}`;

  function draw(from, to) {
    const colours = viz.theme.colours();
    const pen = new viz.svg(WIDE, TALL);
    const most = Math.max(...bars);
    const wide = WIDE / bars.length;
    bars.forEach((count, bar) => {
      const tall = count ? Math.max(2, Math.sqrt(count / most) * TALL) : 1;
      pen.fillStyle = bar >= from && bar <= to ? colours.accent : colours.faint;
      pen.fillRect(bar * wide, TALL - tall, Math.max(1, wide - 1), tall);
    });
    pen.element.setAttribute("preserveAspectRatio", "none");
    picture.replaceChildren(pen.element);
  }

  // The bar that holds a day, or the nearest one.
  const barOf = (day) => Math.max(0, Math.min(bars.length - 1, Math.floor((month(number(day)) - start) / step)));

  function update(state) {
    const from = state.since ? barOf(state.since) : 0;
    const to = state.until ? Math.max(from, barOf(state.until)) : bars.length - 1;
    low.value = from;
    high.value = to;
    low.setAttribute("aria-valuetext", opens(from));
    high.setAttribute("aria-valuetext", closes(to));
    // Where both handles stand at the right end, the lower one must stay within reach.
    low.classList.toggle("above", from > bars.length / 2);
    words.textContent = said(from, to);
    all.style.visibility = state.since || state.until ? "visible" : "hidden";
    draw(from, to);
  }

  return { element, update };
})();
