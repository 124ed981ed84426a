// What a company forecast of a line of its accounts, and what it then reported: each period with its forecast as it
// was revised, a band where it was a range, and the result at its end. The table below says the same.
(function () {
  const TALL = 240;
  const DAY = 864e5;
  const { at, amount, compact } = viz.charts;

  // The marks of a line, in order of days; each says what it is and leads to its statement.
  function marks({ unit, periods }) {
    const all = periods.flatMap((one) => [
      ...one.steps.map((step, place) => ({
        ...step, kind: "forecast", x: at(step.said), period: one, until: at(one.steps[place + 1]?.said ?? one.due),
        told: `${step.said}: ${place ? "forecast revised to" : "forecast"} ${step.words} ${unit} for ${one.period}`,
      })),
      ...(one.result ? [{
        ...one.result, kind: "result", x: at(one.due), period: one,
        told: `${one.period}: result ${one.result.words} ${unit}${one.result.above ? `, ${one.result.above} against the last forecast` : ""}`,
      }] : []),
    ]);
    return all.sort((one, other) => one.x - other.x).map((one, place) => ({ ...one, at: place }));
  }

  function range(all) {
    const values = all.flatMap(({ value, low, high }) => [value, low, high]).filter((value) => value !== null && value !== undefined);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = (most - least || Math.abs(most) || 1) * 0.18;
    return [least - room, most + room];
  }

  const isAbove = ({ value, period }) => value >= (period.steps.at(-1)?.value ?? value);

  function draw(line, all, width, stops) {
    const { Plot } = window;
    const colours = viz.theme.colours();
    const goal = colours.accent;
    const steps = all.filter(({ kind }) => kind === "forecast");
    const results = all.filter(({ kind }) => kind === "result");
    const [low, high] = range(all);
    const path = line.periods.flatMap((one) => {
      const own = steps.filter(({ period }) => period === one);
      return [...own.map(({ x, value }) => ({ x, value, z: one.due })), ...(own.length ? [{ x: at(one.due), value: own.at(-1).value, z: one.due }] : [])];
    });
    const days = all.flatMap(({ x, until }) => [x, until ?? x]).map(Number);
    const [from, to] = [Math.min(...days), Math.max(...days)];
    const wide = Math.max(to - from, 180 * DAY);
    const room = width / (line.periods.length || 1) > 70; // for what is written beside a dot
    return viz.charts.plot({
      width, height: TALL, marginLeft: 50, marginRight: 14, marginTop: 18, marginBottom: 24,
      x: { type: "utc", domain: [new Date(from - wide * 0.03), new Date(to + wide * 0.05)], ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4, label: null },
      y: { domain: [low, high], ticks: 4, tickSize: 0, tickFormat: (value) => compact.format(value), label: null },
      marks: [
        Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
        Plot.ruleY(low < 0 && high > 0 ? [0] : [], { stroke: colours.edge }),
        Plot.rect(steps.filter((one) => one.low !== null && one.high !== null), { x1: "x", x2: "until", y1: "low", y2: "high", fill: goal, fillOpacity: 0.16 }),
        Plot.line(path, { x: "x", y: "value", z: "z", curve: "step-after", stroke: goal, strokeWidth: 2 }),
        // From what was forecast last to what came: how far off it was.
        Plot.ruleX(results, { x: "x", y1: "value", y2: ({ period, value }) => period.steps.at(-1)?.value ?? value, stroke: colours.edge, strokeDasharray: "2 3" }),
        Plot.dot(steps, { x: "x", y: "value", r: 3.5, sort: null, symbol: "diamond", fill: colours.surface, stroke: goal, strokeWidth: 1.6, render: stops(steps) }),
        Plot.dot(results, { x: "x", y: "value", r: 5, sort: null, fill: colours.ink, stroke: colours.surface, strokeWidth: 1.5, render: stops(results) }),
        ...[true, false].map((up) => Plot.text(room ? results.filter((one) => isAbove(one) === up) : [], { x: "x", y: "value", text: "above", dy: up ? -13 : 14, fill: colours.ink, fontWeight: 600, stroke: colours.surface, strokeWidth: 4 })),
      ],
    }, `${line.label}: ${viz.count(steps.length, "forecast", "forecasts")}, ${viz.count(results.length, "result", "results")}. Arrow keys go from one to the next.`);
  }

  function key(all) {
    const there = [["◇", "forecast, from the day it was made", "forecast"], ["●", "result", "result"]].filter(([, , kind]) => all.some((one) => one.kind === kind));
    return viz.el("ul", { class: "key" }, there.map(([sign, text]) => viz.el("li", {}, viz.el("span", { "aria-hidden": "true" }, sign), text)));
  }

  for (const figure of document.querySelectorAll("figure.forecast")) {
    const line = JSON.parse(figure.dataset.line);
    const all = marks(line);
    if (all.length < 2) continue; // one mark is no picture
    const hint = viz.el("p", { class: "hint", role: "status" }, "Point at a mark for what it says; choose it for its statement.");
    const stops = (data) => viz.charts.stops(data, ({ told }) => told, ({ link }) => window.location.assign(link), ({ told }) => hint.replaceChildren(told));
    figure.hidden = false;
    figure.append(viz.charts.frame(TALL, (width) => draw(line, all, width, stops)), key(all), hint);
  }
})();
