"use strict";
// What the reader has chosen. It lives in the address of the page, so that a view can be sent.
viz.state = (function () {
  const { nodes, edges, drawn, nodeOf, edgeOf, neighbours } = viz.data;
  const listeners = [];
  const blank = () => ({
    selected: null, // a node, by its number
    edge: null, // or an edge
    centre: null, // of what is shown, when only a neighbourhood is
    hops: 0,
    types: new Set(), // those that are switched off
    statuses: new Set(),
    hidden: new Set(), // nodes put away one by one
    theme: null,
  });
  let state = blank();
  let shown = { nodes: new Set(), edges: new Set() };
  let written = null;

  function within(centre, hops) {
    const reached = new Set([centre]);
    let rim = [centre];
    for (let hop = 0; hop < hops; hop += 1) {
      rim = rim.flatMap(neighbours).filter((id) => !reached.has(id) && reached.add(id));
    }
    return reached;
  }

  function select() {
    const near = state.centre === null ? null : within(state.centre, state.hops);
    const passes = (node) =>
      !state.types.has(node.type) &&
      !(node.status && state.statuses.has(node.status)) &&
      !state.hidden.has(node.id) &&
      (!near || near.has(node.id));
    const kept = new Set(nodes.filter(passes).map((node) => node.id));
    const tied = drawn.filter(
      (edge) => kept.has(edge.from) && kept.has(edge.to) && !(edge.status && state.statuses.has(edge.status)),
    );
    shown = { nodes: kept, edges: new Set(tied.map((edge) => edge.id)) };
  }

  // `changes` replace parts of the state; sets are replaced, never changed in place.
  function change(changes) {
    const before = state;
    state = { ...state, ...changes };
    if (changes.selected !== undefined && changes.edge === undefined && changes.selected !== null) state.edge = null;
    select();
    if (state.selected !== null && !shown.nodes.has(state.selected)) state.selected = null;
    if (state.edge !== null && !shown.edges.has(state.edge)) state.edge = null;
    write(before.selected !== state.selected || before.edge !== state.edge);
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

  const LISTS = { types: "without", statuses: "without-status" };

  function write(step) {
    const query = new URLSearchParams();
    if (state.selected !== null) query.set("sel", nodes[state.selected].iri);
    if (state.edge !== null) query.set("edge", edges[state.edge].name);
    if (state.centre !== null) query.set("around", nodes[state.centre].iri);
    if (state.centre !== null) query.set("hops", state.hops);
    for (const [part, name] of Object.entries(LISTS)) {
      for (const value of [...state[part]].sort()) query.append(name, value);
    }
    for (const id of [...state.hidden].sort((a, b) => a - b)) query.append("hidden", nodes[id].iri);
    if (state.theme) query.set("theme", state.theme);
    const hash = query.size ? `#${query}` : "";
    if (hash === written) return;
    const first = written === null;
    written = hash;
    try {
      const address = hash || window.location.pathname + window.location.search;
      if (step && !first) window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    } catch {
      window.location.hash = hash; // where a page in a frame may not write its history
    }
  }

  function read() {
    const query = new URLSearchParams(window.location.hash.slice(1));
    const node = (name) => nodeOf.get(query.get(name)) ?? null;
    const next = blank();
    next.selected = node("sel");
    next.edge = edgeOf.get(query.get("edge")) ?? null;
    next.centre = node("around");
    next.hops = next.centre === null ? 0 : query.get("hops") === "2" ? 2 : 1;
    for (const [part, name] of Object.entries(LISTS)) next[part] = new Set(query.getAll(name));
    next.hidden = new Set(query.getAll("hidden").map((iri) => nodeOf.get(iri)).filter((id) => id !== undefined));
    next.theme = ["light", "dark"].includes(query.get("theme")) ? query.get("theme") : null;
    written = window.location.hash;
    change(next);
  }

  window.addEventListener("hashchange", () => {
    if (window.location.hash !== written) read();
  });

  return {
    change,
    read,
    reveal,
    now: () => state,
    shown: () => shown,
    watch: (listener) => listeners.push(listener),
  };
})();

viz.theme = (function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const name = () => viz.state.now().theme || (dark.matches ? "dark" : "light");
  return {
    name,
    colours: () => viz.data.style.themes[name()],
    toggle: () => viz.state.change({ theme: name() === "dark" ? "light" : "dark" }),
    system: dark,
  };
})();
