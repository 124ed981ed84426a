"use strict";
// Two companies side by side: what became of their promises, the figures of both that can be compared, and their
// plans on one axis of time.
(function () {
  const { nodes, promises } = viz.data;
  const MOST = 12; // plans of each, until the reader wants more
  const alphabet = new Intl.Collator("en", { numeric: true });
  const known = new Set([...promises.flatMap(({ companies }) => companies), ...viz.series.companies()]);
  const companies = [...known].sort((a, b) => alphabet.compare(nodes[a].label, nodes[b].label));
  if (companies.length < 2) return; // then there is no such view
  const element = viz.el("div", { id: "compare", class: "compare asleep", role: "region", tabindex: -1, "aria-label": "Compare", inert: true });
  viz.byId("contradictions").before(element);

  // Two companies to begin with: those with most figures to compare, else with most promises.
  function usual() {
    const count = new Map(companies.map((id) => [id, 0]));
    for (const { companies: those } of promises) for (const id of those) count.set(id, count.get(id) + 1);
    const promising = new Set(companies.filter((id) => count.get(id)));
    return viz.series.most(promising) ?? [...companies].sort((a, b) => count.get(b) - count.get(a)).slice(0, 2);
  }
  let first = null;
  function pair(state) {
    first ??= usual();
    const chosen = [state.one, state.other].map((id) => (known.has(id) ? id : null));
    const rest = first.filter((id) => !chosen.includes(id));
    return chosen.map((id) => id ?? rest.shift());
  }

  function choice(part, label, [one, other]) {
    const now = part === "one" ? one : other;
    const apart = part === "one" ? other : one;
    const change = (event) => viz.state.change({ one, other, [part]: Number(event.target.value) });
    return viz.el("label", { class: "who-of" }, viz.el("span", { class: "unseen" }, label),
      viz.el("select", { "data-part": part, change }, companies.filter((id) => id !== apart).map((id) => viz.el("option", { value: id, selected: id === now }, nodes[id].label))));
  }

  function head(both) {
    const swap = () => viz.state.change({ one: both[1], other: both[0] });
    return viz.el("header", { class: "pairing" }, viz.el("h2", { class: "unseen" }, "Compare two companies"),
      choice("one", "First company", both), viz.el("button", { type: "button", class: "icon", "aria-label": "Swap the companies", title: "Swap", click: swap }, "⇄"), choice("other", "Second company", both));
  }

  // A row for each outcome that either has, whose numbers show these very promises.
  function scores(state, both) {
    const { rows } = viz.scores.rows(state);
    const each = both.map((company) => rows.find((row) => row.company === company) ?? { company, total: 0, counts: new Map(), next: null });
    const { number } = viz.scoreboard;
    const line = (title, seal, cells) => viz.el("tr", {}, viz.el("th", { scope: "row" }, seal, title), cells);
    const next = ({ next: promise }) => viz.el("td", { class: "next" }, promise ? viz.el("button", { type: "button", class: "go", click: (event) => viz.panel.choose(event, promise.node) }, viz.el("b", {}, promise.words), viz.el("span", { class: "cut", dir: "auto" }, nodes[promise.node].label)) : "");
    const there = viz.scores.columns.filter(({ kinds }) => each.some((row) => viz.scores.count(row, kinds)));
    return viz.el("section", { "aria-label": "Promises" }, viz.el("h3", {}, "What became of their promises"), viz.el(
      "table", { class: "scores" },
      viz.el("thead", {}, viz.el("tr", {}, viz.el("td", {}), both.map((id) => viz.el("th", { scope: "col", dir: "auto" }, nodes[id].label)))),
      viz.el("tbody", {},
        line("Promised", null, each.map((row) => number(row, null, "promised"))),
        viz.el("tr", {}, viz.el("td", {}), each.map((row) => viz.el("td", { class: "bar-cell" }, viz.shares.bar(row.counts, viz.narrow() ? 110 : 180)))),
        there.map(({ outcome, kinds }) => line(viz.promises.name(outcome), viz.draw.seal(viz.promises.look(outcome)), each.map((row) => number(row, kinds, viz.promises.name(outcome))))),
        line("Due next", null, each.map(next))),
    ));
  }

  function figures(both) {
    const groups = viz.series.groups(...both);
    const none = viz.el("p", { class: "where" }, "No figure of the one can be held against a figure of the other: that takes the same measure, place, unit and time, by whoever counts both alike.");
    const cut = viz.series.whole() ? null : viz.el("p", { class: "where" }, "There are more comparable figures than a page holds: ask for these two with kg ask compared.");
    return viz.el("section", { "aria-label": "Figures" }, viz.el("h3", {}, "Figures that can be compared"), groups.length ? viz.el("div", { class: "charts" }, groups.map((group) => viz.series.card(group, both))) : none, cut);
  }

  // The plans of a company that are shown, by their beginning.
  function plans(company) {
    const shown = viz.state.shown().things;
    const own = nodes.filter((node) => node.plan && shown.has(node.id) && [node.plan.company, ...node.plan.others].includes(company) && viz.bars.span(node));
    return own.sort((a, b) => alphabet.compare(a.plan.start, b.plan.start) || alphabet.compare(a.label, b.label));
  }

  const TALL = 28;
  function lane(company, all, time, wide) {
    const rows = all.slice(0, MOST);
    const pen = new viz.svg(time.width, Math.max(1, rows.length * TALL));
    viz.years.lines(pen, time, rows.length * TALL);
    rows.forEach((node, at) => viz.bars.plan(pen, node, time.x, (at + 0.5) * TALL));
    pen.element.setAttribute("aria-hidden", "true");
    const line = (node) => viz.el("li", {}, viz.el("button", { type: "button", class: "go", title: node.label, click: (event) => viz.panel.choose(event, node.id) }, viz.draw.picture(node), viz.el("span", { class: "cut", dir: "auto" }, node.label), viz.el("span", { class: "unseen" }, `, ${viz.bars.ending(node)}`)));
    const whole = () => viz.state.change({ view: "timeline", company: new Set([viz.facets.of("company", company)]) });
    const more = all.length > MOST ? viz.el("button", { type: "button", class: "quiet", click: whole }, `${all.length - MOST} more on the timeline`) : null;
    return [viz.el("h4", { dir: "auto" }, nodes[company].label, " ", viz.el("span", { class: "count" }, viz.count(all.length, "plan", "plans"))),
      rows.length ? viz.el("div", { class: "lane" }, viz.el("ul", {}, rows.map(line)), frame(pen.element, wide)) : viz.el("p", { class: "where" }, "No plans with a day among what is shown."), more];
  }

  const frame = (svg, wide) => {
    const held = viz.el("div", { class: "bars-of" }, svg);
    held.style.width = `${wide}px`;
    return held;
  };

  function inTime(both) {
    const all = both.map(plans);
    const spans = all.flatMap((own) => own.slice(0, MOST).map(viz.bars.span));
    if (!spans.length) return null;
    const names = viz.narrow() ? 130 : 260;
    const wide = Math.max(160, element.clientWidth - names - (viz.narrow() ? 32 : 64));
    const time = viz.years.measure(spans, wide);
    const axis = new viz.svg(time.width, viz.years.AXIS);
    viz.years.axis(axis, time);
    axis.element.setAttribute("aria-hidden", "true");
    const section = viz.el("section", { class: "lanes", "aria-label": "Plans in time" }, viz.el("h3", {}, "Plans in time"),
      viz.el("div", { class: "lane" }, viz.el("span", {}), frame(axis.element, wide)), both.flatMap((company, at) => lane(company, all[at], time, wide)));
    section.style.setProperty("--names", `${names}px`);
    return section;
  }

  // For a file: the numbers and the plans. Each chart saves itself.
  function sheet() {
    const both = pair(viz.state.now());
    const { rows } = viz.scores.rows(viz.state.now());
    const each = both.map((company) => rows.find((row) => row.company === company) ?? { total: 0, counts: new Map() });
    const lines = [["Promised", ...each.map((row) => row.total)], ...viz.scores.columns.map(({ outcome, kinds }) => [viz.promises.name(outcome), ...each.map((row) => [viz.scores.count(row, kinds), viz.scores.within(row, kinds)].filter(Boolean).join(", of which ") || 0)]).filter(([, one, other]) => one || other)];
    const all = both.map((company) => plans(company).slice(0, MOST));
    const spans = all.flat().map(viz.bars.span);
    const time = spans.length ? viz.years.measure(spans, 640) : null;
    const [side, row] = [260, 24];
    const top = (lines.length + 1) * row + 16;
    const height = top + (time ? viz.years.AXIS + all.reduce((sum, own) => sum + (own.length + 1) * TALL, 0) : 0);
    const write = (pen, text, x, y, heavy) => {
      pen.font = `${heavy ? 650 : 400} 13px ${viz.font}`;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.fillStyle = viz.theme.colours().ink;
      pen.fillText(viz.cut(pen, String(text), side - 34), x, y);
    };
    const paint = (pen) => {
      [["", ...both.map((id) => nodes[id].label)], ...lines].forEach((cells, line) => cells.forEach((text, at) => write(pen, text, 4 + at * side, (line + 0.5) * row, line === 0)));
      if (!time) return;
      let y = top;
      const moved = (x, down, draw) => {
        pen.save();
        pen.translate(x, down);
        draw();
        pen.restore();
      };
      moved(side, y, () => viz.years.axis(pen, time));
      y += viz.years.AXIS;
      all.forEach((own, which) => {
        write(pen, nodes[both[which]].label, 4, y + TALL / 2, true);
        y += TALL;
        moved(side, y, () => viz.years.lines(pen, time, own.length * TALL));
        for (const node of own) {
          viz.draw.node(pen, node.style, node.statusStyle, 14, y + TALL / 2, 7);
          write(pen, node.label, 30, y + TALL / 2, false);
          moved(side, y, () => viz.bars.plan(pen, node, time.x, TALL / 2));
          y += TALL;
        }
      });
    };
    return { width: side + (time ? time.width : 2 * side), height, paint, legend: viz.sheet.legendOf(all.flat().map(({ id }) => id)) };
  }

  let last = [];
  function update(state) {
    const both = pair(state);
    const now = [viz.state.shown(), state.until, state.since, viz.theme.name(), element.clientWidth, ...both];
    if (now.every((each, at) => each === last[at])) return;
    last = now;
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.part : null;
    const { scrollTop } = element;
    const settle = viz.held();
    element.replaceChildren(viz.el("div", { class: "pages" }, head(both), scores(state, both), figures(both), inTime(both)));
    element.scrollTop = scrollTop;
    if (held) element.querySelector(`[data-part="${held}"]`)?.focus({ preventScroll: true });
    settle();
  }

  new ResizeObserver(() => {
    if (viz.state.now().view === "compare") update(viz.state.now());
  }).observe(element);

  viz.views.add("compare", { element, update, sheet, focus: () => element.focus({ preventScroll: true }) });
})();
