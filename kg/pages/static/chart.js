"use strict";
// Numbers over time, as lines: what the table below says. Drawn again for another width.
(function () {
  const TALL = 260;
  const LEAST = 240;
  const { Plot, d3 } = window;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const SIGNS = ["circle", "square", "triangle", "diamond"];

  function draw(figure, dots, width) {
    const who = [...new Set(dots.map((dot) => dot.who))].sort();
    const range = who.map((_, at) => colour(["--accent", "--is-partly", "--is-no-result", "--is-met"][at % 4]));
    const day = (dot) => new Date(dot.day);
    const tip = (dot) => `${dot.who}\n${dot.day}: ${dot.value.toLocaleString("en")}`;
    const chart = Plot.plot({
      width, height: TALL, marginLeft: 56, marginRight: 24,
      style: { background: "transparent", color: colour("--soft"), fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
      x: { type: "utc", label: null }, y: { grid: true, nice: true, zero: true, label: null, tickFormat: (value) => value.toLocaleString("en") },
      color: { domain: who, range }, symbol: { domain: who, range: who.map((_, at) => SIGNS[at % 4]), legend: true },
      marks: [
        Plot.ruleY([0], { stroke: colour("--line") }),
        // What happened between two days is not known, so that the line is no more than a hint.
        Plot.lineY(dots, { x: day, y: "value", z: "who", stroke: "who", strokeWidth: 1.4, strokeOpacity: 0.55, sort: "day" }),
        Plot.dot(dots, { x: day, y: "value", stroke: "who", fill: "who", symbol: "who", r: 4.5, title: tip }),
      ],
    });
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent}: ${dots.length} values of ${who.join(" and ")}, which the table below lists`);
    figure.querySelector(".chart").replaceChildren(chart);
  }

  for (const figure of document.querySelectorAll("[data-chart]")) {
    const { dots } = JSON.parse(figure.dataset.chart);
    const room = document.createElement("div");
    room.className = "chart";
    figure.append(room);
    figure.hidden = false;
    let drawn = 0;
    const fill = () => {
      const wide = Math.floor(room.clientWidth);
      if (wide < LEAST || Math.abs(wide - drawn) < 2) return;
      drawn = wide;
      draw(figure, dots, wide);
    };
    new ResizeObserver(fill).observe(room);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawn = 0; fill(); });
  }
}());
