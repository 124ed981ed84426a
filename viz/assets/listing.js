"use strict";
// The rows of the table: the promises, the plans or the statements that are shown, in order, and those with the words
// that the reader has typed. What took long is kept for as long as the same things are shown.
viz.listing = (function () {
  const { things, edges, said, statements } = viz.data;
  const alphabet = new Intl.Collator("en", { numeric: true });
  // Without a wish promises and plans go by whose they are, statements by when they were published.
  const USUAL = { promises: "whose", plans: "whose", statements: "-published" };

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

  function plans({ things: shown }) {
    return things.filter((node) => node.plan && shown.has(node.id)).map((node) => ({ key: node.iri, item: node, open: { selected: node.id } }));
  }

  const promised = (state) => viz.scores.shown(state).map((promise) => ({ key: promise.fact, item: promise, open: { selected: promise.node } }));

  function facts({ things: shown, ties }) {
    homes ??= find();
    return [...statements()]
      .map(([key, words]) => ({ key, item: { key, said: words }, open: homes.get(key) }))
      .filter(({ item, open }) => open && (open.edge === undefined ? shown.has(open.selected) : ties.has(open.edge)) && (!item.said.published || viz.state.known(item.said.published)));
  }

  // Of each text where it stands among all of its column: each is compared once, however many rows have it.
  function ranks(texts) {
    const all = [...new Set(texts)].sort(texts.every((text) => viz.days.valid(text) || !text) ? undefined : alphabet.compare);
    const found = new Map(all.map((text, at) => [text, at]));
    return texts.map((text) => (text === "" ? null : found.get(text)));
  }

  function sorted(rows, columns, sort) {
    const column = columns.find(({ name }) => name === sort.replace("-", ""));
    const way = sort.startsWith("-") ? -1 : 1;
    const places = ranks(rows.map(column.text));
    // What is not there comes last either way.
    const order = rows.map((_, at) => at).sort((a, b) => (places[a] === null) - (places[b] === null) || way * (places[a] - places[b]) || a - b);
    return order.map((at) => rows[at]);
  }

  // The other names of whatever is called so: a row is found by all of them.
  let others = null;
  function alsoCalled(name) {
    if (!others) {
      others = new Map();
      for (const { label, names, aliases } of things) {
        const all = [label, ...Object.values(names), ...aliases];
        if (all.length > 1) for (const name of [label, ...Object.values(names)]) others.set(name, [...(others.get(name) ?? []), ...all]);
      }
    }
    return others.get(name) ?? [];
  }

  const folded = new Map();
  function fold(text) {
    if (!folded.has(text)) folded.set(text, viz.fold(text));
    return folded.get(text);
  }

  function haystack(row, columns) {
    const { nodes } = viz.data;
    const texts = columns.map(({ text }) => text(row));
    const names = [...texts, ...viz.cells.companies(row.open).map((id) => nodes[id].label)];
    return [...texts, ...new Set(names.flatMap(alsoCalled))].map(fold).join("\n");
  }

  let kept = {};
  // The rows of a kind in order, kept as long as the same are shown.
  function all(state, kind) {
    const columns = viz.cells[kind];
    const order = columns.some(({ name }) => name === state.sort?.replace("-", "")) ? state.sort : USUAL[kind];
    const shown = viz.state.shown();
    const now = [kind, shown, state.since, state.until, state.outcome];
    if (!kept.rows || now.some((part, at) => part !== kept.now[at])) kept = { now, rows: kind === "promises" ? promised(state) : kind === "plans" ? plans(shown) : facts(shown) };
    if (kept.order !== order) Object.assign(kept, { order, sorted: sorted(kept.rows, columns, order) });
    return { kind, columns, order, rows: kept.sorted };
  }

  // And of these the ones with every word of the reader's.
  function list(state, kind = state.rows) {
    const whole = all(state, kind);
    const words = viz.fold(state.query).split(" ").filter(Boolean);
    const has = (row) => { row.words ??= haystack(row, whole.columns); return words.every((word) => row.words.includes(word)); };
    return { ...whole, count: whole.rows.length, rows: words.length ? whole.rows.filter(has) : whole.rows };
  }

  // The words of many rows take a while: a few at a time, before the reader has typed the first letter.
  function warm(state) {
    const { rows, columns } = all(state, state.rows);
    let at = 0;
    (function some() {
      for (const end = performance.now() + 8; at < rows.length && performance.now() < end; at += 1) rows[at].words ??= haystack(rows[at], columns);
      if (at < rows.length) setTimeout(some);
    })();
  }

  // The row of a thing or connection, else the first of what belongs to it, else none.
  function rowOf(rows, { selected, edge }) {
    if (edge !== null) return rows.findIndex(({ open }) => open.edge === edge);
    if (selected === null) return -1;
    const own = rows.findIndex(({ open }) => open.edge === undefined && open.selected === selected);
    if (own >= 0 && viz.data.nodes[selected].type !== "company") return own;
    const ends = ({ open }) => (open.edge === undefined ? [open.selected] : [edges[open.edge].from, edges[open.edge].to]);
    return rows.findIndex((row) => ends(row).includes(selected) || row.item.plan?.within === selected || viz.cells.companies(row.open).includes(selected));
  }

  return { KINDS: Object.keys(USUAL), list, rowOf, warm };
})();
