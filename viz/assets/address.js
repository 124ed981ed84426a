"use strict";
// The state of the page in its address, so that a view can be sent.
viz.address = (function () {
  const { things, nodes, edges, nodeOf, edgeOf } = viz.data;
  const LISTS = { types: "without", statuses: "without-status" };
  let written = null;

  function query(state) {
    const found = new URLSearchParams();
    if (state.view !== "network") found.set("view", state.view);
    if (state.selected !== null) found.set("sel", nodes[state.selected].iri);
    if (state.edge !== null && edges[state.edge].name) found.set("edge", edges[state.edge].name);
    if (state.centre !== null) found.set("around", nodes[state.centre].iri);
    if (state.centre !== null) found.set("hops", state.hops);
    for (const [part, name] of Object.entries(LISTS)) {
      for (const value of [...state[part]].sort()) found.append(name, value);
    }
    for (const part of Object.keys(viz.facets.NAMES)) for (const at of [...state[part]].sort((a, b) => a - b)) found.append(part, viz.facets.values(part)[at][0]);
    for (const outcome of [...state.outcome].sort()) found.append("outcome", outcome);
    if (state.disputed) found.set("disputed", "yes");
    for (const id of [...state.hidden].sort((a, b) => a - b)) found.append("hidden", nodes[id].iri);
    for (const id of [...state.open].sort((a, b) => a - b)) found.append("open", id - things.length);
    for (const id of [...state.pinned].sort((a, b) => a - b)) found.append("pinned", nodes[id].iri);
    for (const part of ["since", "until", "sort", "theme"]) if (state[part]) found.set(part, state[part]);
    for (const part of ["from", "to"]) if (state[part] !== null) found.set(part, nodes[state[part]].iri);
    if (state.rows !== "plans") found.set("rows", state.rows);
    if (state.query) found.set("q", state.query);
    return found;
  }

  // A `step` is one that the browser's "back" undoes.
  function write(state, step) {
    const found = query(state);
    const hash = found.size ? `#${found}` : "";
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

  // What cannot be understood is left out.
  function read() {
    const found = new URLSearchParams(window.location.hash.slice(1));
    const node = (name) => nodeOf.get(found.get(name)) ?? null;
    const those = (name) => new Set(found.getAll(name).map((iri) => nodeOf.get(iri)).filter((id) => id !== undefined));
    const next = viz.state.blank();
    if (viz.views.has(found.get("view"))) next.view = found.get("view");
    next.selected = node("sel");
    next.edge = edgeOf.get(found.get("edge")) ?? null;
    next.centre = node("around");
    next.hops = next.centre === null ? 0 : found.get("hops") === "2" ? 2 : 1;
    for (const [part, name] of Object.entries(LISTS)) next[part] = new Set(found.getAll(name));
    for (const part of Object.keys(viz.facets.NAMES)) next[part] = new Set(found.getAll(part).map((iri) => viz.facets.numbers(part).get(iri)).filter((at) => at !== undefined));
    next.outcome = new Set(found.getAll("outcome").filter(viz.facets.known));
    next.disputed = found.get("disputed") === "yes";
    next.hidden = those("hidden");
    next.open = new Set(found.getAll("open").filter((at) => /^\d{1,9}$/u.test(at)).map((at) => Number(at) + things.length).filter(viz.folds.is));
    next.pinned = those("pinned");
    for (const part of ["since", "until"]) next[part] = viz.days.valid(found.get(part));
    next.from = node("from");
    next.to = next.from === null ? null : node("to");
    next.rows = found.get("rows") === "statements" ? "statements" : "plans";
    next.sort = /^-?[a-z]{1,20}$/.test(found.get("sort") || "") ? found.get("sort") : null;
    next.query = (found.get("q") || "").slice(0, 200);
    next.theme = ["light", "dark"].includes(found.get("theme")) ? found.get("theme") : null;
    written = window.location.hash;
    viz.state.change(next);
  }

  window.addEventListener("hashchange", () => {
    if (window.location.hash !== written) read();
  });

  return { read, write };
})();
