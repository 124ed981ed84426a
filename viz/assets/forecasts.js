"use strict";
// What somebody forecast of a line of accounts, and what came of it: each period with its forecast as it was revised,
// a band where it was a range, and the result at its end. The pages of the server draw the same.
viz.forecasts = (function () {
  const DAY = 864e5;
  const { compact } = viz.charts;
  const ranged = ({ low, high }) => Number.isFinite(low) && Number.isFinite(high);

  function range(all) {
    const values = all.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = (most - least || Math.abs(most) || 1) * 0.18;
    return [least - room, most + room];
  }

  // Each mark is a "Forecast" that holds from `x` `until` another day, or a "Result" at the end of its period `due`:
  // with a `value`, or from `low` to `high`. Of a result `above` says how far off the `last` forecast was.
  function draw({ label, unit }, all, { width, height }, stops) {
    const { Plot } = window;
    const colours = viz.theme.colours();
    const goal = colours.accent;
    const steps = all.filter(({ kind }) => kind === "Forecast");
    const results = all.filter(({ kind }) => kind === "Result");
    const dues = [...new Set(all.map(({ due }) => due))];
    const [low, high] = range(all);
    const path = dues.flatMap((due) => {
      const own = steps.filter((one) => one.due === due);
      return [...own, ...own.slice(-1).map((one) => ({ ...one, x: one.until }))];
    });
    const days = all.flatMap(({ x, until }) => [x, until ?? x]).map(Number);
    const [from, to] = [Math.min(...days), Math.max(...days)];
    const wide = Math.max(to - from, 180 * DAY);
    const room = width / dues.length > 70; // for what is written beside a dot
    const isAbove = ({ value, last }) => value >= last;
    return viz.charts.plot({
      width, height, marginLeft: 50, marginRight: 22, marginTop: 18, marginBottom: 24,
      x: { type: "utc", domain: [new Date(from - wide * 0.03), new Date(to + wide * 0.05)], ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4, label: null },
      y: { domain: [low, high], ticks: 4, tickSize: 0, tickFormat: (value) => compact.format(value) + (unit === "%" ? "%" : ""), label: null },
      marks: [
        Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
        Plot.ruleY(low < 0 && high > 0 ? [0] : [], { stroke: colours.edge }),
        Plot.rect(steps.filter(ranged), { x1: "x", x2: "until", y1: "low", y2: "high", fill: goal, fillOpacity: 0.16 }),
        Plot.line(path, { x: "x", y: "value", z: "due", curve: "step-after", stroke: goal, strokeWidth: 2 }),
        // From what was forecast last to what came: how far off it was.
        Plot.ruleX(results, { x: "x", y1: "value", y2: "last", stroke: colours.edge, strokeDasharray: "2 3" }),
        Plot.dot(steps, { x: "x", y: "value", r: 3.5, sort: null, symbol: "diamond", fill: colours.surface, stroke: goal, strokeWidth: 1.6, render: stops(steps) }),
        Plot.dot(results, { x: "x", y: "value", r: 5, sort: null, fill: colours.ink, stroke: colours.surface, strokeWidth: 1.5, render: stops(results) }),
        ...[true, false].map((up) => Plot.text(room ? results.filter((one) => isAbove(one) === up) : [], { x: "x", y: "value", text: "above", dy: up ? -13 : 14, fill: colours.ink, fontWeight: 600, stroke: colours.surface, strokeWidth: 4 })),
      ],
    }, `${label}: ${viz.count(steps.length, "forecast", "forecasts")}, ${viz.count(results.length, "result", "results")}. Arrow keys go from one to the next.`);
  }

  // The marks in words, only those that are there.
  function key(all) {
    const { accent, ink } = viz.theme.colours();
    return [["Forecast", "◇", "forecast, from the day it was made", accent], ["Result", "●", "result, and how far off the last forecast was", ink]]
      .filter(([kind]) => all.some((one) => one.kind === kind))
      .map(([, sign, text, colour]) => ({ sign, text, colour }));
  }

  return { draw, key };
})();
