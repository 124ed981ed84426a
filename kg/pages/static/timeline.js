// Promises in time as bars, from the day on which each was made to that on which it is due, above the table that
// says the same. A bar tells what it is when it is pointed at, and leads to its promise when it is chosen.
(function () {
  const ROW = 13; // pixels
  const AROUND = 46;
  const element = viz.byId("timeline");
  if (!element) return;
  const { outcomes } = viz.look;
  // The form tells the outcome without its colour, as the marks of the table do.
  const SIGNS = { tick: "✓", cross: "✕", bar: "–", query: "?", arrow: "→" };
  const sign = ({ mark, fill }) => SIGNS[mark] ?? (fill === "left" ? "◐" : "");
  const hint = viz.el("p", { class: "hint", role: "status" }, "Point at a bar for its promise; choose it to read on.");
  const cells = [...element.closest("section").querySelectorAll("[data-due]")].filter(({ dataset }) => dataset.due);
  const all = cells
    .map((cell) => ({ ...cell.dataset, link: cell.closest("tr").querySelector("th a") }))
    .sort((one, other) => (`${one.said} ${one.due}` < `${other.said} ${other.due}` ? -1 : 1))
    .map((row, at) => ({ ...row, at, from: viz.charts.at(row.said), to: viz.charts.at(row.due) }));
  const told = (one) => `${one.link.textContent}: ${outcomes[one.outcome].name}, promised on ${one.said}, due by ${one.due}`;
  const tall = AROUND + ROW * all.length;

  function draw(width) {
    const { Plot } = window;
    const colours = viz.theme.colours();
    const colour = (one) => outcomes[one.outcome][viz.theme.name()];
    const stops = viz.charts.stops(all, told, ({ at }) => all[at].link.click(), ({ at }) => hint.replaceChildren(told(all[at])));
    return viz.charts.plot({
      width, height: tall, marginLeft: 10, marginRight: 14, marginTop: 20, marginBottom: 24,
      x: { type: "utc", ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4, label: null },
      y: { domain: [-0.7, all.length - 0.3], reverse: true, axis: null },
      marks: [
        Plot.gridX({ stroke: colours.line, strokeOpacity: 1 }),
        Plot.ruleX([viz.charts.today()], { stroke: colours.accent, strokeWidth: 1.5 }),
        Plot.text([viz.charts.today()], { x: (day) => day, frameAnchor: "top", dy: -13, text: () => viz.data.today, fill: colours.accent, fontWeight: 600 }),
        // What was made on the day on which it was due has to be seen, too.
        Plot.rect(all, { x1: "from", x2: (one) => (one.to > one.from ? one.to : new Date(Number(one.from) + 864e5 * 20)), y1: (one) => one.at - 0.36, y2: (one) => one.at + 0.36,
          fill: (one) => (outcomes[one.outcome].fill === "full" ? colour(one) : colours.surface), stroke: colour, strokeWidth: 1.5, rx: 2, render: stops }),
        Plot.text(all, { x: (one) => one.to, y: "at", text: (one) => sign(outcomes[one.outcome]), textAnchor: "start", dx: 4, fill: colour, fontWeight: 700 }),
      ],
    }, `${viz.count(all.length, "promise", "promises")} in time. Arrow keys go from one to the next.`);
  }

  const there = Object.entries(outcomes).filter(([name]) => all.some(({ outcome }) => outcome === name));
  const legend = viz.el("ul", { class: "key" }, there.map(([, look]) => {
    const mark = viz.el("span", { "aria-hidden": "true" }, `${look.fill === "full" ? "■" : "□"}${sign(look)}`);
    mark.style.color = look[viz.theme.name()];
    return viz.el("li", {}, mark, look.name);
  }));
  element.hidden = false;
  element.append(viz.charts.frame(tall, draw), legend, hint);
})();
