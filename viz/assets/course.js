"use strict";
// A promise over time: what was promised when, what was seen of it, and what decides. What may be held
// against what, and why a figure cannot decide, comes with the data: nothing is compared here.
viz.course = (function () {
  const { nodes, charts: { courses }, style } = viz.data;
  const { at, amount } = viz.charts;
  const TALL = 200;

  // The course in which a target is: its own, or that of the one which took its place.
  function of(node) {
    const own = Object.hasOwn(courses, node.id) ? courses[node.id] : null;
    const whole = own?.within ?? node.id;
    return own && { measure: "", unit: "", figures: [], ...courses[whole], node: nodes[whole] };
  }

  // What was known on the day on which one looks, and of a result how far off a forecast was.
  function known(course) {
    const day = viz.days.written(viz.known.today());
    const heard = (entry) => viz.known.told(entry.fact);
    return {
      ...course,
      revisions: course.revisions.filter(heard),
      figures: course.figures.filter((one) => heard(one) && !(one.corrected && one.corrected <= day)).map((one) => ({ ...one, off: viz.guidance.above(course.node.id, one.fact) })),
    };
  }

  const number = (one, unit) => (one.low !== undefined && one.high !== undefined ? `${amount(one.low, unit === "%" ? "" : unit)} to ${amount(one.high, unit)}` : amount(one.value, unit));

  // Everything that stands in the chart, in order of days, each with what it says.
  function entries({ revisions, figures, unit, node }) {
    const { fact = null, outcome } = node.told ?? {};
    const judged = Boolean(style.outcomes[outcome]?.judged);
    const promised = revisions.map((one, index) => ({
      ...one, kind: "promised", when: one.said, x: at(one.said), last: index === revisions.length - 1,
      what: [one.moved || "promised", one.about, number(one, unit), one.words && `by ${one.words}`].filter(Boolean).join(" "),
    }));
    const seen = figures.map((one) => ({
      ...one, kind: "seen", when: one.day, x: at(one.day), decides: judged && one.fact === fact, latest: !judged && one.fact === fact,
      what: [one.about, amount(one.value, unit), one.off && `(${one.off} against the forecast)`, one.aside && `(${one.aside})`].filter(Boolean).join(" "),
    }));
    return [...promised, ...seen].sort((a, b) => a.x - b.x).map((one, index) => ({ ...one, at: index }));
  }

  const isWide = (one) => one.low !== undefined || one.high !== undefined || Boolean(one.open);
  const kind = (one) => (one.kind === "promised" ? "Promised" : one.decides ? "Figure that decides" : one.latest ? "Latest figure" : "Figure");

  function range(all, course) {
    const values = all.flatMap((one) => [one.value, one.low, one.high]).concat(course.baseline).filter((value) => value !== undefined);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    // Beginning at nothing, unless all are of one sign and so close together that nothing could be told apart.
    if (course.rank) return [Math.ceil(most) + 0.6, 0.4]; // the first place is at the top
    const close = least > 0 && (most - least) / most < 0.2;
    const room = (most - least || Math.abs(most) || 1) * 0.12;
    return close ? [least - room, most + room] : [Math.min(0, least - (least < 0 ? room : 0)), Math.max(0, most + room)];
  }

  function span(all, course) {
    const days = all.flatMap((one) => [one.x, one.day && at(one.day), one.first && at(one.first)]).concat(course.start && at(course.start)).filter(Boolean).map(Number);
    const now = Number(viz.charts.today());
    const [from, to] = [Math.min(...days), Math.max(...days)];
    const wide = Math.max(to - from, 180 * 864e5);
    const end = now > from && now < to + wide * 0.25 ? Math.max(now, to) : to;
    return [new Date(from - wide * 0.03), new Date(end + wide * 0.06)];
  }

  function draw(course, width, height, stops) {
    const { Plot } = window;
    const colours = viz.theme.colours();
    const goal = style.types.target[viz.theme.name()];
    const seen = style.types.initiative[viz.theme.name()];
    const all = entries(course);
    const promised = all.filter((one) => one.kind === "promised");
    const figures = all.filter((one) => one.kind === "seen");
    const [from, to] = span(all, course);
    const [low, high] = range(all, course);
    const ticks = course.rank ? viz.charts.whole(high, low) : 4;
    const due = promised.filter((one) => one.day);
    const holds = promised.at(-1);
    const steps = promised.map(({ x, value }) => ({ x, value })).concat(holds ? [{ x: holds.day ? new Date(Math.max(at(holds.day), holds.x)) : to, value: holds.value }] : []);
    const begin = course.baseline === undefined ? [] : [{ x: course.start ? at(course.start) : promised[0].x, value: course.baseline }];
    const way = begin.length && holds?.day ? [begin[0], { x: at(holds.day), value: holds.value }] : [];
    const now = viz.charts.today();
    const goalAt = (one) => (one.day ? at(one.day) : one.x);
    const late = holds && goalAt(holds) - from > (to - from) * 0.6; // its words go to the left of it
    return viz.charts.plot({
      width, height, marginLeft: 46, marginRight: 14, marginTop: 22, marginBottom: 24,
      x: { type: "utc", domain: [from, to], ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4, label: null },
      y: { domain: [low, high], ticks, tickSize: 0, tickFormat: (value) => viz.charts.compact.format(value) + (course.unit === "%" ? "%" : ""), label: null },
      marks: [
        Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks }),
        Plot.ruleX(now > from && now < to ? [now] : [], { stroke: colours.accent, strokeWidth: 1.5 }),
        Plot.text(now > from && now < to ? [now] : [], { x: (day) => day, frameAnchor: "top", dy: -14, text: () => (viz.data.today || viz.state.now().until ? viz.days.written(viz.known.today()) : "today"), fill: colours.accent, fontWeight: 600 }),
        Plot.rect(promised.filter((one) => one.low !== undefined && one.high !== undefined), { x1: "x", x2: (one) => (one.day ? at(one.day) : to), y1: "low", y2: "high", fill: goal, fillOpacity: 0.14 }),
        Plot.line(way, { x: "x", y: "value", stroke: colours.edge, strokeDasharray: "2 4" }),
        Plot.line(steps, { x: "x", y: "value", curve: "step-after", stroke: goal, strokeWidth: 2 }),
        Plot.dot(begin, { x: "x", y: "value", r: 4, fill: colours.surface, stroke: colours.edge, strokeWidth: 1.5, symbol: "square" }),
        ...[false, true].map((open) => Plot.ruleX(figures.filter((one) => Boolean(one.open) === open && isWide(one)), {
          x: "x", y1: (one) => (one.open === "down" ? low : one.low ?? one.value), y2: (one) => (one.open === "up" ? high : one.high ?? one.value),
          stroke: (one) => (one.aside ? colours.edge : seen), strokeWidth: 1.5, strokeDasharray: open ? "2 3" : undefined,
        })),
        Plot.ruleY(figures.filter((one) => one.first), { x1: (one) => at(one.first), x2: "x", y: "value", stroke: (one) => (one.aside ? colours.edge : seen), strokeOpacity: 0.45, strokeWidth: 3 }),
        Plot.dot(figures.filter((one) => one.decides || one.latest), { x: "x", y: "value", r: 9, stroke: (one) => (one.decides ? colours.ink : colours.edge), strokeWidth: 1.6 }),
        Plot.dot(figures, { x: "x", y: "value", r: 4.5, sort: null, fill: (one) => (one.aside ? colours.surface : seen), stroke: (one) => (one.aside ? colours.edge : seen), strokeWidth: 1.6, render: stops(figures) }),
        Plot.dot(promised, { x: "x", y: "value", r: 3, sort: null, symbol: "diamond", fill: goal, stroke: goal, strokeWidth: 1.4, render: stops(promised) }),
        Plot.dot(due, { x: (one) => at(one.day), y: "value", r: 6, symbol: "diamond", fill: (one) => (one.last ? goal : colours.surface), stroke: goal, strokeWidth: 1.8 }),
        Plot.text(holds ? [holds] : [], {
          x: goalAt, y: "value", text: (one) => [one.about, number(one, course.unit)].filter(Boolean).join(" "), dy: course.up || course.rank ? -13 : 14,
          textAnchor: late ? "end" : "middle", dx: late ? 6 : 0, fill: colours.ink, fontWeight: 600, stroke: colours.surface, strokeWidth: 4,
        }),
      ],
    }, `${heading(course)}: ${viz.count(promised.length, "promise", "promises")}, ${viz.count(figures.length, "figure", "figures")}. Arrow keys go from one to the next.`);
  }

  const heading = ({ measure, unit }) => measure + (unit && unit !== "%" ? `, ${unit}` : "");

  // The marks of the chart in words, only those that are there.
  function key(course, all) {
    const marks = [
      ["goal", "◆", "promised, by its day", true],
      ["goal", "◇", "its day before it was revised", course.revisions.slice(0, -1).some(({ day }) => day)],
      ["start", "□", "where it began", course.baseline !== undefined],
      ["seen", "●", "figure", all.some((one) => one.kind === "seen" && !one.aside)],
      ["ring", "◉", all.some((one) => one.decides) ? "the one that decides" : "the latest", all.some((one) => one.decides || one.latest)],
      ["aside", "○", "cannot decide alone", all.some((one) => one.aside)],
      ["seen", "│", "between these numbers", all.some((one) => one.kind === "seen" && isWide(one))],
    ];
    const colours = { goal: style.types.target, seen: style.types.initiative };
    return marks.filter(([, , , there]) => there).map(([name, sign, text]) => ({ sign, text, colour: colours[name]?.[viz.theme.name()] ?? viz.theme.colours().soft }));
  }

  function left({ left: many = 0, others = 0 }) {
    const parts = [many && `${viz.count(many, "earlier figure is", "earlier figures are")} left out`, others && `${viz.count(others, "figure is", "figures are")} in another unit`].filter(Boolean);
    return parts.length ? viz.el("p", { class: "where" }, `${parts.join("; ")}.`) : null;
  }

  // The chart of a promise with its key, and what its marks rest on.
  function picture(course, height) {
    const all = entries(course).map((one) => ({ ...one, kind: kind(one) }));
    return [...viz.explain(all, { height, title: `${course.node.label}: ${heading(course)}`, key: key(course, entries(course)), draw: (width, stops) => draw(course, width, height, stops) }), left(course)];
  }

  function enlarge(course) {
    const height = Math.max(220, Math.min(520, window.innerHeight - 330));
    const close = viz.el("button", { type: "button", class: "icon", "aria-label": "Close", title: "Close (Esc)", click: () => dialog.close() }, "✕");
    const dialog = viz.el(
      "dialog", { class: "large", "aria-label": course.node.label, close: () => dialog.remove(), keydown: (event) => event.stopPropagation() },
      viz.el("div", { class: "panel-head" }, viz.el("h2", { dir: "auto" }, course.node.label), close),
      viz.el("p", { class: "where" }, heading(course)),
      picture(course, height),
    );
    document.body.append(dialog);
    dialog.showModal();
  }

  // For the card of a target: nothing where there is nothing to draw, or nothing was known yet.
  function card(node) {
    const whole = of(node);
    if (!whole) return null;
    const course = known(whole);
    if (!course.revisions.length) return null;
    return viz.el(
      "section", { class: "course", "aria-label": "Over time" },
      viz.el("div", { class: "group-head" }, viz.el("h3", {}, "Over time"), viz.el("button", { type: "button", class: "quiet", click: () => enlarge(course) }, "enlarge")),
      viz.el("p", { class: "where" }, heading(course)),
      picture(course, TALL),
    );
  }

  return { card, of, draw, entries, kind, key, heading, left, number };
})();
