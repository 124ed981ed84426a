"use strict";
// The records of the page, unpacked: see viz/payload.py, which packs them.
viz.payload = (function () {
  const read = (id) => JSON.parse(viz.inflated(id));
  const { base, kinds, keys: ends, plans, promises, contradictions, charts, ...rest } = read("graph-data");
  const keys = ends.map((end) => base + end);
  const NONE = []; // stands for all lists that are empty: what is put into one makes another

  // What every thing and every edge has, from the beginning on.
  const NODE = {
    id: 0, iri: "", label: "", type: "", x: 0, y: 0, status: null, facts: NONE, aliases: NONE, description: null, due: null,
    column: 0, place: 0, parent: -1, picks: {}, disputed: null, names: {}, history: null, lang: null,
    style: null, statusStyle: null, ties: NONE, plan: null, promises: NONE, told: null, days: null, size: 0, rank: 0,
  };
  const EDGE = {
    id: 0, from: 0, to: 0, kind: 0, key: "", label: "", status: null, until: null, ended: null, over: null, timeless: false,
    history: null, facts: NONE, statusStyle: null, mutual: false, twin: undefined, days: null,
  };
  const SAID = { rivals: NONE, source: undefined, url: undefined, publisher: undefined, published: undefined };

  function named(records) {
    for (const record of records) record.facts = record.facts.map((fact) => keys[fact]);
    return records;
  }
  const nodes = () => named(viz.fields(read("graph-nodes"), NODE));
  function edges() {
    const found = named(viz.fields(read("graph-edges"), EDGE));
    for (const edge of found) [edge.key, edge.label] = kinds[edge.kind];
    return found;
  }

  // Gives what stands as a number for a statement its key, however deep, in place.
  function within(value) {
    if (value === null || typeof value !== "object") return value;
    if (!Array.isArray(value)) {
      if (typeof value.fact === "number") value.fact = keys[value.fact];
      if (value.facts) value.facts = value.facts.map((fact) => keys[fact]);
      for (const [name, each] of Object.entries(value)) if (name !== "facts") within(each);
    } else if (typeof value[0] === "object") value.forEach(within);
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

  return { ...rest, nodes, edges, plans: within(plans), promises: within(promises), contradictions: within(contradictions), charts: within(charts), statements, NODE };
})();
