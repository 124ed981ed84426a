"use strict";
// Everything as a table: the plans, or the statements; to be sorted, filtered, and read aloud.
(function () {
  const { things, nodes, edges, said, statements } = viz.data;
  const element = viz.byId("table");
  const alphabet = new Intl.Collator("en", { numeric: true });
  const input = viz.el("input", { type: "search", id: "rows-filter", "aria-label": "Filter rows", placeholder: "Filter rows", autocomplete: "off", spellcheck: "false", maxlength: 200, input: () => viz.state.change({ query: input.value }) });
  const kinds = ["plans", "statements"].map((rows) =>
    viz.el("button", { type: "button", "data-rows": rows, click: () => viz.state.change({ rows, sort: null }) }, rows[0].toUpperCase() + rows.slice(1)));
  const tally = viz.el("span", { class: "count", role: "status" });
  const place = viz.el("div", { class: "rows", role: "region", "aria-label": "Rows", tabindex: 0 });
  element.append(viz.el("div", { class: "tools" }, viz.el("div", { class: "views", role: "group", "aria-label": "Rows" }, kinds), input, tally), place);

  // name in the address, heading, text of a cell, and what it is sorted by where that is not its text
  const PLANS = [
    ["plan", "Plan", (node) => node.label],
    ["whose", "Whose", (node) => viz.rows.whose(node.plan)],
    ["type", "Type", (node) => node.style.name],
    ["status", "Status", (node) => node.statusStyle.name],
    ["since", "Known since", (node) => node.plan.start || ""],
    ["due", "Due", (node) => node.plan.steps.at(-1)?.day || ""],
    ["off", "Put off", (node) => (node.plan.steps.length > 1 ? String(node.plan.steps.length - 1) : "")],
    ["done", "Done", (node) => viz.promises.done(node.told)],
    ["outcome", "Outcome", (node) => viz.bars.verdict(node) || viz.bars.ended(node)],
  ];
  const STATEMENTS = [
    ["says", "Says", (fact) => fact.said.text || "(no words)"],
    ["kind", "Kind", (fact) => ({ StatusReport: "Status report" })[fact.said.kind] || fact.said.kind || ""],
    ["status", "Status", (fact) => fact.said.status || ""],
    ["published", "Published", (fact) => fact.said.published || ""],
    ["speaker", "Said by", (fact) => fact.said.speaker || ""],
    ["publisher", "Publisher", (fact) => fact.said.publisher || ""],
    ["place", "Where", (fact) => fact.said.locator || ""],
  ];
  const LOOKS = { off: "number", done: "number", since: "whole", due: "whole", published: "whole", kind: "whole", place: "whole" };

  // What a statement is shown at: the target that it is, the relation that it makes, or what it is about.
  let homes = null;
  function find() {
    const found = new Map();
    for (const node of things) for (const fact of node.facts) if (!found.has(fact)) found.set(fact, { selected: node.id });
    for (const edge of edges) for (const fact of edge.facts) found.set(fact, { selected: null, edge: edge.twin ?? edge.id });
    for (const node of things) if (said(node.iri)) found.set(node.iri, { selected: node.id });
    for (const [fact, place] of [...found]) for (const rival of said(fact)?.rivals || []) if (!found.has(rival)) found.set(rival, place);
    return found;
  }

  function plans() {
    const { things: shown } = viz.state.shown();
    return things.filter((node) => node.plan && shown.has(node.id)).map((node) => ({ item: node, open: { selected: node.id } }));
  }

  function facts(state) {
    const { things: shown, ties } = viz.state.shown();
    homes ??= find();
    return [...statements()]
      .map(([key, words]) => ({ item: { key, said: words }, open: homes.get(key) }))
      .filter(({ item, open }) => open && (open.edge === undefined ? shown.has(open.selected) : ties.has(open.edge)) && (!item.said.published || state.known(item.said.published)));
  }

  // Without a wish plans go by whose they are, statements by when they were published.
  const USUAL = { plans: "whose", statements: "-published" };

  function sorted(rows, columns, sort) {
    const name = sort.replace("-", "");
    const column = columns.find(([each]) => each === name);
    if (!column) return rows;
    const way = sort.startsWith("-") ? -1 : 1;
    const empty = (text) => (text === "" ? 1 : 0); // what is not there comes last either way
    return rows
      .map((row) => [column[2](row.item), row])
      .sort(([a], [b]) => empty(a) - empty(b) || way * alphabet.compare(a, b))
      .map(([, row]) => row);
  }

  function header([name, title], sort) {
    const up = sort === name;
    const down = sort === `-${name}`;
    const turn = viz.el("button", { type: "button", "data-sort": name, click: () => viz.state.change({ sort: up ? `-${name}` : name }) },
      title, viz.el("span", { class: "arrow", "aria-hidden": "true" }, up ? "▲" : down ? "▼" : ""));
    return viz.el("th", { scope: "col", class: LOOKS[name], "aria-sort": up ? "ascending" : down ? "descending" : null }, turn);
  }

  function line(row, columns, chosen) {
    const cells = columns.map(([name, , text], index) => {
      if (index) return viz.el("td", { class: LOOKS[name], dir: "auto" }, text(row.item));
      const swatch = row.item.plan ? viz.draw.picture(row.item) : "";
      return viz.el("th", { scope: "row" }, viz.el("button", { type: "button", class: "go", "data-row": row.item.iri ?? row.item.key, click: (event) => open(row, event) }, swatch, viz.el("span", { dir: "auto" }, text(row.item))));
    });
    return viz.el("tr", { class: chosen ? "chosen" : null }, cells);
  }

  let reached = null; // the row to come back to from its details
  function open(row, event) {
    reached = row.item.iri ?? row.item.key;
    if (row.open.edge === undefined) viz.state.reveal(row.open.selected);
    else viz.state.change(row.open);
    viz.panel.lead(event);
  }

  function render(state) {
    const columns = state.rows === "plans" ? PLANS : STATEMENTS;
    const order = columns.some(([name]) => name === state.sort?.replace("-", "")) ? state.sort : USUAL[state.rows];
    const rows = state.rows === "plans" ? plans() : facts(viz.state);
    const words = viz.fold(state.query).split(" ").filter(Boolean);
    const texts = (row) => viz.fold(columns.map(([, , text]) => text(row.item)).join(" "));
    const kept = sorted(words.length ? rows.filter((row) => words.every((word) => texts(row).includes(word))) : rows, columns, order);
    const chosen = ({ open: { selected, edge } }) => (edge === undefined ? state.selected !== null && selected === state.selected : edge === state.edge);
    const caption = viz.el("caption", { class: "unseen" }, `${state.rows === "plans" ? "Plans" : "Statements"}. The headings sort.`);
    const table = viz.el("table", {}, caption,
      viz.el("thead", {}, viz.el("tr", {}, columns.map((column) => header(column, order)))),
      viz.el("tbody", {}, kept.slice(0, viz.MOST_ROWS).map((row) => line(row, columns, chosen(row)))));
    const held = document.activeElement?.dataset?.sort;
    place.replaceChildren(...[table, viz.left(kept.length - viz.MOST_ROWS)].filter(Boolean));
    if (held) place.querySelector(`[data-sort="${held}"]`)?.focus();
    tally.textContent = `${kept.length} of ${rows.length}`;
    for (const kind of kinds) kind.setAttribute("aria-pressed", String(kind.dataset.rows === state.rows));
    if (input.value !== state.query) input.value = state.query;
  }

  const buttons = () => [...place.querySelectorAll(".go")];

  let last = [];
  function update(state) {
    const now = [viz.state.shown(), state.rows, state.sort, state.query, state.selected, state.edge, state.since, state.until, viz.theme.name()];
    if (now.every((each, index) => each === last[index])) return;
    const top = place.scrollTop;
    render(state);
    place.scrollTop = now.slice(0, 4).every((each, index) => each === last[index]) ? top : 0;
    last = now;
  }

  viz.views.add("table", { element, update, focus: () => (buttons().find((one) => one.dataset.row === reached) || place).focus({ preventScroll: true }) });
})();
