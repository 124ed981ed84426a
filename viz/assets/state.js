"use strict";
// What the reader has chosen, and what of all things it leaves in sight.
viz.state = (function () {
  const { things, nodes, edges, drawn, days, neighbours } = viz.data;
  const listeners = [];
  const blank = () => ({
    view: "network",
    selected: null, // a node, by its number
    edge: null, // or an edge
    centre: null, // of what is shown, when only a neighbourhood is
    hops: 0,
    from: null, // a path begins here
    to: null, // and ends there
    one: null, // of two companies that are compared
    other: null,
    ...viz.facets.none(), // what is picked: the numbers of values by facet, and outcomes
    types: new Set(), // those that are switched off
    statuses: new Set(),
    hidden: new Set(), // nodes put away one by one
    open: new Set(), // groups
    pinned: new Set(), // nodes that stay, whatever is switched off
    since: null, // only what was published from this day on
    until: null, // and up to that one
    rows: "plans", // of the table, by what they are sorted, and what they hold
    sort: null,
    query: "",
    theme: null,
    lang: null, // in which things are called, if not in English
  });
  let state = blank();
  // The things that pass and what ties them; the nodes and edges that show them; the groups that are open
  // for that, how many of the things each closed one holds, and what stands for a thing.
  let shown = { things: new Set(), ties: new Set(), nodes: new Set(), edges: new Set(), open: new Set(), inside: new Map(), stands: (id) => id };

  // No way leads on through a place, say: too many things meet there.
  function within(centre, hops) {
    const reached = new Set([centre]);
    let rim = [centre];
    for (let hop = 0; hop < hops; hop += 1) {
      rim = rim.filter((id) => hop === 0 || nodes[id].style.through).flatMap(neighbours).filter((id) => !reached.has(id) && reached.add(id));
    }
    return reached;
  }

  const same = (a, b) => a.size === b.size && [...a].every((entry) => b.has(entry));

  // Whether a day is between those that the reader has set.
  const known = (day) => (!state.since || day >= state.since) && (!state.until || day <= state.until);
  // Whether anything was said of it in that time; what nobody dates, goes with what it is tied to.
  const timely = (thing) => (state.since || state.until ? (days(thing).length ? days(thing).some(known) : null) : true);

  // What is shown, anew; where things have got other names all of it counts as new.
  function select(renamed = false) {
    const near = state.centre === null ? null : within(state.centre, state.hops);
    const picked = viz.facets.pick(state);
    const passes = (node) =>
      (!picked || picked.has(node.id)) &&
      !state.types.has(node.type) &&
      !(node.status && state.statuses.has(node.status)) &&
      !state.hidden.has(node.id) &&
      (!near || near.has(node.id));
    const wanted = things.filter((node) => state.pinned.has(node.id) || (passes(node) && timely(node) !== false));
    const kept = new Set(wanted.map((node) => node.id));
    const ties = () => drawn.filter(
      (edge) => kept.has(edge.from) && kept.has(edge.to) && timely(edge) !== false && !(edge.status && state.statuses.has(edge.status)),
    );
    if (state.since || state.until) {
      const held = new Set(ties().flatMap((edge) => (timely(nodes[edge.from]) || timely(nodes[edge.to]) ? [edge.from, edge.to] : [])));
      for (const node of wanted) {
        if (timely(node) === null && !held.has(node.id) && !state.pinned.has(node.id)) kept.delete(node.id);
      }
    }
    const tied = ties();
    // A neighbourhood that is small enough is shown whole.
    const few = near ?? picked;
    const open = few && few.size <= viz.folds.WHOLE ? new Set([...few].flatMap(viz.folds.above)) : state.open;
    const next = { things: kept, ties: new Set(tied.map((edge) => edge.id)), open, ...viz.folds.sight(kept, tied, open) };
    // The same things stay the same set: a view can tell that it has nothing to do.
    if (renamed || ["things", "ties", "nodes", "edges", "open"].some((part) => !same(next[part], shown[part]))) shown = next;
  }

  // `changes` replace parts of the state; sets are replaced, never changed in place.
  function change(changes) {
    const before = state;
    state = { ...state, ...changes };
    viz.known.upTo(state.until);
    const renamed = state.lang !== before.lang;
    if (renamed) viz.languages.apply(state.lang);
    const picked = changes.selected ?? null;
    if (picked !== null && changes.edge === undefined) state.edge = null;
    // While a path waits for its end, whatever is chosen next is that end.
    if (picked !== null && before.from !== null && before.to === null && changes.to === undefined && picked !== state.from && picked < things.length) {
      Object.assign(state, { to: picked, selected: null });
    }
    // What is selected is in sight, whatever it is folded into, and so is a path.
    const chosen = state.edge !== null ? [edges[state.edge].from, edges[state.edge].to] : [state.selected].filter((id) => id !== null);
    if (["selected", "edge", "to"].some((part) => changes[part] !== undefined || state[part] !== before[part])) reach(chosen);
    select(renamed);
    const way = state.to === before.to ? null : viz.path.way();
    if (way && reach(way)) select();
    if (state.selected !== null && !shown.nodes.has(state.selected)) state.selected = null;
    if (state.edge !== null && !shown.edges.has(state.edge)) state.edge = null;
    viz.address.write(state, ["view", "selected", "edge", "to"].some((part) => before[part] !== state[part]));
    const settle = viz.held();
    for (const listener of listeners) listener(state, before);
    settle();
  }

  // Opens the groups that things are folded into; tells whether there were any.
  function reach(ids) {
    const closed = ids.flatMap(viz.folds.above).filter((id) => !state.open.has(id));
    if (closed.length) state.open = new Set([...state.open, ...closed]);
    return closed.length > 0;
  }

  // Shows a thing whatever hides it now, and selects it.
  function reveal(id) {
    const node = nodes[id];
    const without = (set, value) => new Set([...set].filter((entry) => entry !== value));
    const near = state.centre === null || within(state.centre, state.hops).has(id);
    const timed = timely(node) === false ? { since: null, until: null } : {};
    const picked = viz.facets.pick(state);
    change({
      ...(picked && !picked.has(id) ? viz.facets.none() : {}),
      types: without(state.types, node.type),
      statuses: without(state.statuses, node.status),
      hidden: without(state.hidden, id),
      centre: near ? state.centre : null,
      hops: near ? state.hops : 0,
      ...timed,
      selected: id,
    });
    viz.views.admit(id);
  }

  // Everything in sight again; what is pinned, and how it is looked at, stays.
  const open = () => ({ ...viz.facets.none(), centre: null, hops: 0, types: new Set(), statuses: new Set(), hidden: new Set(), since: null, until: null });
  const showAll = () => change(open());
  // Whether something would be in sight but for what is picked.
  const around = (id) => !state.hidden.has(id) && timely(nodes[id]) !== false;

  return {
    blank,
    change,
    known,
    reveal,
    open,
    showAll,
    around,
    now: () => state,
    shown: () => shown,
    watch: (listener) => listeners.push(listener),
  };
})();
