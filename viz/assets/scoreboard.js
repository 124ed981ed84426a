"use strict";
// The scoreboard: a row for each company with what became of its promises. Every number is a button that
// shows these very promises, and every heading sorts.
viz.scoreboard = (function () {
  const { nodes, style } = viz.data;
  const { columns, count, within } = viz.scores;
  const alphabet = new Intl.Collator("en", { numeric: true });
  const STEPS = [10, 100, Infinity]; // rows at first, and when the reader wants more
  let step = 0;
  let again = () => undefined;

  const key = (outcome) => outcome.replace(/[^a-z]/g, ""); // as the address names a column
  const SORTS = new Map([
    ["company", (row) => nodes[row.company].label],
    ["promised", (row) => row.total],
    ...columns.map(({ outcome, kinds }) => [key(outcome), (row) => count(row, kinds)]),
    ["next", (row) => row.next?.due ?? "9999"],
  ]);
  // What is most comes first, names and days from their beginning.
  const first = (name) => (["company", "next"].includes(name) ? name : `-${name}`);
  const order = (state) => (SORTS.has(state.sort?.replace("-", "")) ? state.sort : "-promised");

  function sorted(rows, sort) {
    const value = SORTS.get(sort.replace("-", ""));
    const way = sort.startsWith("-") ? -1 : 1;
    const differ = (a, b) => (typeof a === "number" ? a - b : alphabet.compare(a, b));
    return rows.sort((a, b) => way * differ(value(a), value(b)) || alphabet.compare(nodes[a.company].label, nodes[b.company].label));
  }

  function heading(name, title, look, sort, seal = null) {
    const [up, down] = [sort === name, sort === `-${name}`];
    const turn = () => viz.state.change({ sort: sort === first(name) ? (up ? `-${name}` : name) : first(name) });
    return viz.el("th", { scope: "col", class: look, "aria-sort": up ? "ascending" : down ? "descending" : null },
      viz.el("button", { type: "button", "data-sort": name, click: turn }, seal, viz.el("span", {}, title, viz.el("span", { class: "arrow", "aria-hidden": "true" }, up ? " ▲" : down ? " ▼" : ""))));
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  function head(there, sort) {
    return viz.el("thead", {}, viz.el("tr", {},
      heading("company", "Company", "", sort),
      heading("promised", "Promised", "number", sort),
      viz.el("td", { class: "bar-cell" }, viz.el("span", { class: "unseen" }, "What became of them")),
      there.map(({ outcome }) => heading(key(outcome), capital(viz.promises.name(outcome)), "number", sort, viz.draw.seal(style.outcomes[outcome]))),
      heading("next", "Due next", "", sort)));
  }

  // Shows the promises behind a number, in the table; whatever else is picked stays.
  function show(row, kinds) {
    const state = viz.state.now();
    const company = row.company === null ? state.company : new Set([viz.facets.of("company", row.company)]);
    viz.state.change({ view: "table", rows: "promises", sort: null, query: "", company, outcome: kinds ? new Set(kinds) : state.outcome, selected: null, edge: null });
  }

  const whose = (row) => (row.company === null ? "all" : nodes[row.company].label);
  function number(row, kinds, words) {
    const many = kinds ? count(row, kinds) : row.total;
    if (!many) return viz.el("td", { class: "number none" }, viz.el("span", { "aria-hidden": "true" }, "·"), viz.el("span", { class: "unseen" }, "0"));
    const more = kinds ? within(row, kinds) : "";
    return viz.el("td", { class: "number", "data-label": words }, viz.el(
      "button", { type: "button", class: "figure", "aria-label": [`${whose(row)}: ${many.toLocaleString("en")} ${words}`, more].filter(Boolean).join(", of which "), click: () => show(row, kinds) },
      many.toLocaleString("en"), more ? viz.el("small", {}, more) : null));
  }

  function next({ next: promise, company }) {
    if (!promise) return viz.el("td", { class: "none" });
    const words = nodes[promise.node].label; // its statement says more, but those are unpacked only when they are wanted
    const of = company === null && promise.companies.length ? `${nodes[promise.companies[0]].label}: ` : "";
    return viz.el("td", { class: "next" }, viz.el("button", { type: "button", class: "go", title: words, click: (event) => viz.panel.choose(event, promise.node) },
      viz.el("b", {}, promise.words), viz.el("span", { class: "cut", dir: "auto" }, of + words)));
  }

  function line(row, there) {
    const name = row.company === null
      ? viz.el("span", { class: "go" }, "All")
      : viz.el("button", { type: "button", class: "go", click: (event) => viz.panel.choose(event, row.company) }, viz.named(nodes[row.company], "cut"));
    return viz.el("tr", { class: row.company === null ? "all" : row.company === viz.state.now().selected ? "chosen" : null },
      viz.el("th", { scope: "row" }, name),
      number(row, null, "promised"),
      viz.el("td", { class: "bar-cell" }, viz.shares.bar(row.counts, window.innerWidth < 1340 ? 118 : 150), viz.el("span", { class: "unseen" }, viz.shares.told(row.counts))),
      there.map(({ outcome, kinds }) => number(row, kinds, viz.promises.name(outcome))),
      next(row));
  }

  // The rows in order, of which only the first stand there until the reader wants more.
  function draw(state, { all, rows }) {
    const sort = order(state);
    const there = columns.filter(({ kinds }) => count(all, kinds));
    const ordered = sorted(rows, sort);
    if (ordered.length <= STEPS[step] * 1.3) step = STEPS.length - 1; // for a few more nobody should have to ask
    const few = ordered.slice(0, STEPS[step]);
    const table = viz.el("table", { class: "scores" },
      viz.el("caption", { class: "unseen" }, "Promises by company and what became of them. The headings sort; a number shows these promises."),
      head(there, sort), viz.el("tbody", {}, ordered.length > 1 ? line(all, there) : null, few.map((row) => line(row, there))));
    const left = ordered.length - few.length;
    const more = left ? viz.el("button", { type: "button", class: "quiet more", click: () => { step += 1; again(); } }, `${left.toLocaleString("en")} more`) : null;
    return [viz.el("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": "Scoreboard" }, table), more];
  }

  const ordered = (state, { rows }) => sorted(rows, order(state));

  return { draw, ordered, again: (call) => (again = call), order, number };
})();
