"use strict";
// How companies keep what they promise, counted: of every promise the page looks up what is told of it on
// the day on which the reader looks, and counts those that pass what is picked.
viz.scores = (function () {
  const { nodes, promises, facets, style, nodeOf } = viz.data;
  // The outcomes that have a column of their own, each with those that are a kind of it.
  const columns = style.order.outcomes
    .filter((outcome) => !style.outcomes[outcome].within)
    .map((outcome) => ({ outcome, kinds: style.order.outcomes.filter((each) => each === outcome || style.outcomes[each].within === outcome) }));

  // The promises of somebody that are shown: known by the day, and of a plan and an outcome that pass.
  function shown(state) {
    const { things } = viz.state.shown();
    return promises.filter((promise) => things.has(promise.node) && viz.facets.passes(nodes[promise.node], state, "outcome") && viz.facets.keeps(promise, state));
  }

  function blank(company) {
    return { company, total: 0, counts: new Map(), next: null };
  }

  function add(row, promise, today) {
    const { outcome } = promise.now;
    row.total += 1;
    row.counts.set(outcome, (row.counts.get(outcome) ?? 0) + 1);
    const awaited = outcome === "open" && promise.due && promise.due >= today;
    if (awaited && (!row.next || promise.due < row.next.due)) row.next = promise;
  }

  // A row for each company that keeps any of them, and one for all: what several promised together counts
  // for each, and once for all.
  function rows(state) {
    const today = viz.days.written(viz.known.today());
    const wanted = new Set([...state.company].map((at) => nodeOf.get(facets.company[at][0])));
    const [all, found] = [blank(null), new Map()];
    for (const promise of shown(state)) {
      add(all, promise, today);
      for (const company of promise.companies) {
        if (wanted.size && !wanted.has(company)) continue;
        if (!found.has(company)) found.set(company, blank(company));
        add(found.get(company), promise, today);
      }
    }
    return { all, rows: [...found.values()] };
  }

  const count = (row, kinds) => kinds.reduce((sum, kind) => sum + (row.counts.get(kind) ?? 0), 0);

  // How many of them are of a kind that has no column of its own, as "2 late"; nothing where none is.
  function within(row, kinds) {
    const [main, ...others] = kinds;
    const apart = count(row, others);
    if (!apart) return "";
    const words = others.length === 1 ? viz.promises.name(others[0]).replace(`${viz.promises.name(main)} `, "") : "otherwise";
    return `${apart.toLocaleString("en")} ${words}`;
  }

  return { columns, shown, rows, count, within };
})();
