"use strict";
// Values over time: what the table below says. A bar stands for the period that a value is about; a thin line leads
// from one to the next only where the same house counted over periods as long. Drawn again for another width.
(function () {
  const TALL = 260;
  const LEAST = 200;
  const DAY = 864e5;
  const MONTH = 30 * DAY;
  const { Plot } = window;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const COLOURS = ["--accent", "--is-partly", "--is-no-result", "--is-met"];
  const SIGNS = [["circle", "●"], ["square", "■"], ["triangle", "▲"], ["diamond", "◆"]];
  const amount = (value) => value.toLocaleString("en", { maximumFractionDigits: 6 });

  function read(dot) {
    const [begin, end] = [new Date(dot.begin), new Date(dot.end)];
    const long = Math.round((end - begin) / MONTH);
    const when = dot.begin === dot.end ? dot.end : `${dot.begin} to ${dot.end}`;
    return { ...dot, begin, end: new Date(end.getTime() + (dot.begin === dot.end ? 0 : DAY)), middle: new Date((begin.getTime() + end.getTime()) / 2), series: `${dot.whose}, ${dot.by}, ${long}`, told: `${dot.whose}: ${amount(dot.value)}, ${when}, counted by ${dot.by}` };
  }

  function draw(room, label, dots, width) {
    const whose = [...new Set(dots.map((dot) => dot.whose))].sort();
    const chart = Plot.plot({
      className: "plotted", width, height: TALL, marginLeft: 60, marginRight: 20, marginTop: 14,
      style: { background: "none", color: colour("--soft"), fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
      x: { type: "utc", label: null }, y: { grid: true, nice: true, zero: true, label: null, tickFormat: amount },
      color: { domain: whose, range: whose.map((_, at) => colour(COLOURS[at % COLOURS.length])) },
      symbol: { domain: whose, range: whose.map((_, at) => SIGNS[at % SIGNS.length][0]) },
      marks: [
        Plot.ruleY([0], { stroke: colour("--line") }),
        Plot.lineY(dots, { x: "middle", y: "value", z: "series", stroke: "whose", strokeWidth: 1, strokeOpacity: 0.6, sort: "middle" }),
        Plot.ruleY(dots, { x1: "begin", x2: "end", y: "value", stroke: "whose", strokeWidth: 3, strokeOpacity: 0.55 }),
        Plot.dot(dots, { x: "middle", y: "value", stroke: colour("--surface"), fill: "whose", symbol: "whose", r: 5, title: "told" }),
      ],
    });
    chart.querySelectorAll("style").forEach((style) => style.remove()); // ours has what matters of it
    chart.querySelectorAll("g[aria-label]").forEach((group) => group.removeAttribute("aria-label")); // names that say nothing
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `${label}: ${dots.length} ${dots.length === 1 ? "value" : "values"} of ${whose.join(" and ")}, which the table below lists`);
    room.replaceChildren(chart, legend(whose));
  }

  function legend(whose) {
    const list = document.createElement("ul");
    list.className = "key";
    list.append(...whose.map((name, at) => {
      const [item, sign] = [document.createElement("li"), document.createElement("span")];
      sign.textContent = SIGNS[at % SIGNS.length][1];
      sign.style.color = colour(COLOURS[at % COLOURS.length]);
      sign.setAttribute("aria-hidden", "true");
      item.append(sign, ` ${name}`);
      return item;
    }));
    return list;
  }

  for (const figure of document.querySelectorAll("[data-chart]")) {
    const dots = JSON.parse(figure.dataset.chart).map(read);
    const room = document.createElement("div");
    figure.append(room);
    figure.hidden = false;
    let drawn = 0;
    const fill = () => {
      const wide = Math.floor(room.clientWidth);
      if (wide < LEAST || Math.abs(wide - drawn) < 2) return;
      drawn = wide;
      draw(room, figure.querySelector("figcaption").textContent, dots, wide);
    };
    new ResizeObserver(fill).observe(room);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawn = 0; fill(); });
  }
}());
