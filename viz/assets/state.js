"use strict";
// What the reader has chosen, and what of all things it leaves in sight.
viz.state = (function () {
  const { things, nodes, edges, drawn, neighbours } = viz.data;
  const listeners = [];
  const blank = () => ({
    view: "network",
    selected: null, // a node, by its number
    edge: null, // or an edge
    centre: null, // of what is shown, when only a neighbourhood is
    hops: 0,
    types: new Set(), // those that are switched off
    statuses: new Set(),
    hidden: new Set(), // nodes put away one by one
    open: new Set(), // groups
    theme: null,
  });
  let state = blank();
  // The things that pass; the nodes and edges that show them; the groups that are open for that, how
  // many of the things each closed one holds, and what stands for a thing.
  let shown = { things: new Set(), nodes: new Set(), edges: new Set(), open: new Set(), inside: new Map(), stands: (id) => id };

  function within(centre, hops) {
    const reached = new Set([centre]);
    let rim = [centre];
    for (let hop = 0; hop < hops; hop += 1) {
      rim = rim.flatMap(neighbours).filter((id) => !reached.has(id) && reached.add(id));
    }
    return reached;
  }

  const same = (a, b) => a.size === b.size && [...a].every((entry) => b.has(entry));

  function select() {
    const near = state.centre === null ? null : within(state.centre, state.hops);
    const passes = (node) =>
      !state.types.has(node.type) &&
      !(node.status && state.statuses.has(node.status)) &&
      !state.hidden.has(node.id) &&
      (!near || near.has(node.id));
    const kept = new Set(things.filter(passes).map((node) => node.id));
    const tied = drawn.filter(
      (edge) => kept.has(edge.from) && kept.has(edge.to) && !(edge.status && state.statuses.has(edge.status)),
    );
    // A neighbourhood that is small enough is shown whole.
    const open = near && near.size <= viz.folds.WHOLE ? new Set([...near].flatMap(viz.folds.above)) : state.open;
    const next = { things: kept, open, ...viz.folds.sight(kept, tied, open) };
    // The same things stay the same set: a view can tell that it has nothing to do.
    if (["things", "nodes", "edges", "open"].some((part) => !same(next[part], shown[part]))) shown = next;
  }

  // `changes` replace parts of the state; sets are replaced, never changed in place.
  function change(changes) {
    const before = state;
    state = { ...state, ...changes };
    if (changes.selected !== undefined && changes.edge === undefined && changes.selected !== null) state.edge = null;
    // What is selected is in sight, whatever it is folded into.
    const chosen = state.edge !== null ? [edges[state.edge].from, edges[state.edge].to] : [state.selected].filter((id) => id !== null);
    if (changes.selected !== undefined || changes.edge !== undefined) {
      const closed = chosen.flatMap(viz.folds.above).filter((id) => !state.open.has(id));
      if (closed.length) state.open = new Set([...state.open, ...closed]);
    }
    select();
    if (state.selected !== null && !shown.nodes.has(state.selected)) state.selected = null;
    if (state.edge !== null && !shown.edges.has(state.edge)) state.edge = null;
    viz.address.write(state, ["view", "selected", "edge"].some((part) => before[part] !== state[part]));
    for (const listener of listeners) listener(state, before);
  }

  // Shows a thing whatever hides it now, and selects it.
  function reveal(id) {
    const node = nodes[id];
    const without = (set, value) => new Set([...set].filter((entry) => entry !== value));
    const near = state.centre === null || within(state.centre, state.hops).has(id);
    change({
      types: without(state.types, node.type),
      statuses: without(state.statuses, node.status),
      hidden: without(state.hidden, id),
      centre: near ? state.centre : null,
      hops: near ? state.hops : 0,
      selected: id,
    });
  }

  return {
    blank,
    change,
    reveal,
    now: () => state,
    shown: () => shown,
    watch: (listener) => listeners.push(listener),
  };
})();
