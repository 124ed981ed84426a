"use strict";
// The forecasts that a company made of itself, for its card: as far as they were known on the day on which one looks.
viz.guidance = (function () {
  const { charts: { forecasts } } = viz.data;
  const { at, amount } = viz.charts;
  const TALL = 190;
  const MOST = 4; // lines of accounts, until the reader wants more

  const stands = (day) => ({ since, until }) => since <= day && !(until && until < day);

  // What was known of a period: its forecasts, and what had come of the last.
  function known({ steps, results = [], ...period }) {
    const day = viz.days.written(viz.known.today());
    return { ...period, steps: steps.filter(({ fact }) => viz.known.told(fact)), result: results.find(stands(day)) ?? null };
  }

  // Everything that stands in the chart of a line, in order of days, each with what it says.
  function entries({ unit = "", periods }) {
    const all = periods.map(known).filter(({ steps }) => steps.length).flatMap(({ due, words, steps, result }) => [
      ...steps.map((one, place) => ({
        ...one, kind: "Forecast", when: one.said, x: at(one.said), due, until: at(steps[place + 1]?.said ?? due),
        what: [place ? "revised to" : "forecast", one.about, viz.course.number(one, unit), `for ${words}`].filter(Boolean).join(" "),
      })),
      ...(result ? [{
        ...result, kind: "Result", when: due, x: at(due), due, until: undefined, last: steps.at(-1).value,
        what: [amount(result.value, unit), result.above && `${result.above} against the last forecast`, result.above_first && `${result.above_first} against the first`].filter(Boolean).join(", "),
      }] : []),
    ]);
    return all.sort((one, other) => one.x - other.x).map((one, place) => ({ ...one, at: place }));
  }

  function picture(line, all, company) {
    const title = line.label + (line.unit && line.unit !== "%" ? `, ${line.unit}` : "");
    return viz.el(
      "section", { class: "line", "aria-label": title },
      viz.el("h4", { dir: "auto" }, title),
      viz.explain(all, { height: TALL, title: `${company.label}: ${title}`, key: viz.forecasts.key(all), draw: (width, stops) => viz.forecasts.draw(line, all, { width, height: TALL }, stops) }),
    );
  }

  // For the card of a company: nothing where it forecast nothing of itself, or nothing was known yet.
  function card(node) {
    const lines = Object.hasOwn(forecasts, node.id) ? forecasts[node.id] : [];
    const drawn = lines.map((line) => [line, entries(line)]).filter(([, all]) => all.length > 1); // one mark is no picture
    if (!drawn.length) return null;
    const pictures = (some) => some.map(([line, all]) => picture(line, all, node));
    const rest = drawn.slice(MOST);
    return viz.el(
      "section", { class: "course guidance", "aria-label": "Forecasts and results" },
      viz.el("div", { class: "group-head" }, viz.el("h3", {}, "Forecasts and results")),
      pictures(drawn.slice(0, MOST)),
      rest.length ? viz.el("details", { class: "more" }, viz.el("summary", {}, viz.count(rest.length, "more line", "more lines")), pictures(rest)) : null,
    );
  }

  // By how much a figure is above or below the forecast of a target, or "" where nobody forecast it.
  let ends = null;
  function above(target, fact) {
    ends ??= new Map(Object.values(forecasts).flat().flatMap(({ periods }) => periods).map((one) => [one.target, one.results ?? []]));
    return ends.get(target)?.find((one) => one.fact === fact)?.above ?? "";
  }

  return { card, above };
})();
