"use strict";
// The records of the page, unpacked: see viz/payload.py, which packs them.
viz.payload = (function () {
  const read = (id) => JSON.parse(viz.inflated(id));
  const { base, kinds, keys: ends, plans, promises, contradictions, charts, ...rest } = read("graph-data");
  const keys = ends.map((end) => base + end);
  const NONE = []; // stands for all lists that are empty: what is put into one makes another

  // What every thing and every edge has, from the beginning on. A number that can become a fraction begins as
  // one: an engine makes all records of a kind anew when the first of them turns out to have one.
  const NODE = {
    id: 0, iri: "", label: "", type: "", x: 0, y: 0, status: null, facts: NONE, aliases: NONE, description: null, due: null,
    column: 0, place: 0, parent: -1, picks: {}, disputed: [], names: {}, history: null, lang: null,
    style: null, statusStyle: null, ties: NONE, plan: null, promises: NONE, told: null, days: null, size: NaN, rank: NaN,
  };
  const EDGE = {
    id: 0, from: 0, to: 0, kind: 0, key: "", label: "", status: null, until: null, ended: null, over: null, timeless: false,
    history: null, facts: NONE, statusStyle: null, mutual: false, twin: undefined, days: null,
  };
  const SAID = { rivals: NONE, source: undefined, url: undefined, publisher: undefined, published: undefined };

  // Of the lists of statements each that recurs is given its keys once.
  function named(packed) {
    const { of, is } = packed.fields.facts ?? { is: NONE };
    for (const facts of of ?? is) facts.forEach((fact, at) => (facts[at] = keys[fact]));
    return packed;
  }
  const nodes = () => viz.fields(named(read("graph-nodes")), NODE);
  function edges() {
    const found = viz.fields(named(read("graph-edges")), EDGE);
    for (const edge of found) [edge.key, edge.label] = kinds[edge.kind];
    return found;
  }

  // Gives what stands as a number for a statement its key, however deep, in place.
  function within(value) {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) {
      if (typeof value[0] === "object") for (const each of value) within(each);
      return value;
    }
    if (typeof value.fact === "number") value.fact = keys[value.fact];
    if (value.facts) value.facts = value.facts.map((fact) => keys[fact]);
    for (const name in value) if (name !== "facts" && typeof value[name] === "object") within(value[name]);
    return value;
  }

  // The words of the statements are the most of a page, and wanted only when something is selected.
  function statements() {
    const { sources, said } = read("graph-statements");
    return new Map(viz.fields(said, SAID).map(({ id, origin, ...statement }) => {
      const [source, url, publisher, published] = sources[origin] ?? [];
      return [keys[id], { ...statement, source, url, publisher, published }];
    }));
  }

  return { ...rest, kinds, nodes, edges, plans: within(plans), promises: within(promises), contradictions: within(contradictions), charts: within(charts), statements, NODE };
})();
