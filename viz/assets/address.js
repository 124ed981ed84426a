"use strict";
// The state of the page in its address, so that a view can be sent.
viz.address = (function () {
  const { things, edges } = viz.data;
  const LISTS = { types: "without", statuses: "without-status" };
  // In what comes after the "#" these mean nothing, and read better as they are.
  const PLAIN = { "%2F": "/", "%3A": ":", "%2C": ",", "%40": "@" };
  const facets = {}; // how their values are named
  const facet = (part) => (facets[part] ??= viz.slugs.among(viz.facets.values(part).map(([iri]) => iri)));
  let written = null;
  let gone = []; // names of what an address leads to, and that is not here

  function query(state) {
    const found = new URLSearchParams();
    if (state.view !== "network" || viz.views.home() !== "network") found.set("view", state.view);
    if (state.selected !== null && !viz.folds.is(state.selected)) found.set("sel", viz.slugs.write(state.selected));
    if (state.edge !== null && edges[state.edge].key) found.set("edge", viz.slugs.writeEdge(edges[state.edge]));
    if (state.centre !== null) found.set("around", viz.slugs.write(state.centre));
    if (state.centre !== null) found.set("hops", state.hops);
    for (const [part, name] of Object.entries(LISTS)) {
      for (const value of [...state[part]].sort()) found.append(name, value);
    }
    for (const part of Object.keys(viz.facets.NAMES)) for (const at of [...state[part]].sort((a, b) => a - b)) found.append(part, facet(part).write(at));
    for (const outcome of [...state.outcome].sort()) found.append("outcome", outcome);
    if (state.disputed) found.set("disputed", "yes");
    for (const id of [...state.hidden].sort((a, b) => a - b)) found.append("hidden", viz.slugs.write(id));
    for (const id of [...state.open].sort((a, b) => a - b)) found.append("open", id - things.length);
    for (const id of [...state.pinned].sort((a, b) => a - b)) found.append("pinned", viz.slugs.write(id));
    for (const part of ["since", "until", "sort", "theme", "lang"]) if (state[part]) found.set(part, state[part]);
    for (const part of ["from", "to", "one", "other"]) if (state[part] !== null) found.set(part, viz.slugs.write(state[part]));
    if (state.rows !== "plans") found.set("rows", state.rows);
    if (state.query) found.set("q", state.query);
    if (found.size === 1 && found.get("view") === viz.views.home()) found.delete("view");
    return found;
  }

  // A `step` is one that the browser's "back" undoes.
  function write(state, step) {
    const found = query(state);
    const hash = found.size ? `#${String(found).replace(/%2F|%3A|%2C|%40/g, (code) => PLAIN[code])}` : "";
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
    gone = [];
    const sought = (name, look) => {
      const id = look(name);
      if (id === null) gone.push(viz.slugs.words(name).slice(0, 100));
      return id;
    };
    const node = (name) => (found.get(name) ? sought(found.get(name), viz.slugs.read) : null);
    const those = (name, look = viz.slugs.read) => new Set(found.getAll(name).filter(Boolean).map((text) => sought(text, look)).filter((id) => id !== null));
    const next = viz.state.blank();
    // A link of before there was an overview names no view where it means the network.
    if (viz.views.has(found.get("view"))) next.view = found.get("view");
    else if (!found.size) next.view = viz.views.home();
    next.selected = node("sel");
    next.edge = found.get("edge") ? sought(found.get("edge"), viz.slugs.readEdge) : null;
    next.centre = node("around");
    next.hops = next.centre === null ? 0 : found.get("hops") === "2" ? 2 : 1;
    for (const [part, name] of Object.entries(LISTS)) next[part] = new Set(found.getAll(name));
    for (const part of Object.keys(viz.facets.NAMES)) next[part] = those(part, facet(part).read);
    next.outcome = new Set(found.getAll("outcome").filter(viz.facets.known));
    next.disputed = found.get("disputed") === "yes";
    next.hidden = those("hidden");
    next.open = new Set(found.getAll("open").filter((at) => /^\d{1,9}$/u.test(at)).map((at) => Number(at) + things.length).filter(viz.folds.is));
    next.pinned = those("pinned");
    for (const part of ["since", "until"]) next[part] = viz.days.valid(found.get(part));
    next.from = node("from");
    next.to = next.from === null ? null : node("to");
    for (const part of ["one", "other"]) next[part] = node(part);
    next.rows = viz.listing.KINDS.includes(found.get("rows")) ? found.get("rows") : "plans";
    next.sort = /^-?[a-z]{1,20}$/.test(found.get("sort") || "") ? found.get("sort") : null;
    next.query = (found.get("q") || "").slice(0, 200);
    next.lang = viz.languages.known(found.get("lang"));
    next.theme = ["light", "dark"].includes(found.get("theme")) ? found.get("theme") : null;
    written = window.location.hash;
    gone = [...new Set(gone)];
    viz.state.change(next);
  }

  window.addEventListener("hashchange", () => {
    if (window.location.hash !== written) read();
  });

  // What the address leads to that is not here; nothing any more once the reader knows.
  function missing(forget = false) {
    if (forget) gone = [];
    return gone;
  }

  return { read, write, missing };
})();
