// What a company forecast of a line of its accounts, and what it then reported, drawn as the picture draws it. A mark
// leads to its statement. The table below says the same.
(function () {
  const TALL = 240;
  const { at } = viz.charts;

  // The marks of a line, in order of days; each says what it is.
  function marks({ unit, periods }) {
    const all = periods.flatMap(({ period, due, steps, result }) => [
      ...steps.map((step, place) => ({
        ...step, kind: "Forecast", x: at(step.said), due, until: at(steps[place + 1]?.said ?? due),
        told: `${step.said}: ${place ? "forecast revised to" : "forecast"} ${step.words} ${unit} for ${period}`,
      })),
      ...(result ? [{
        ...result, kind: "Result", x: at(due), due, last: steps.at(-1)?.value ?? result.value,
        told: `${period}: result ${result.words} ${unit}${result.above ? `, ${result.above} against the last forecast` : ""}`,
      }] : []),
    ]);
    return all.sort((one, other) => one.x - other.x).map((one, place) => ({ ...one, at: place }));
  }

  const key = (all) => viz.el("ul", { class: "key" }, viz.forecasts.key(all).map(({ sign, text, colour }) => {
    const mark = viz.el("span", { "aria-hidden": "true" }, sign);
    mark.style.color = colour;
    return viz.el("li", {}, mark, text);
  }));

  for (const figure of document.querySelectorAll("figure.forecast")) {
    const line = JSON.parse(figure.dataset.line);
    const all = marks(line);
    if (all.length < 2) continue; // one mark is no picture
    const hint = viz.el("p", { class: "hint", role: "status" }, "Point at a mark for what it says; choose it for its statement.");
    const stops = (data) => viz.charts.stops(data, ({ told }) => told, ({ link }) => window.location.assign(link), ({ told }) => hint.replaceChildren(told));
    figure.hidden = false;
    figure.append(viz.charts.frame(TALL, (width) => viz.forecasts.draw(line, all, { width, height: TALL }, stops)), key(all), hint);
  }
})();
