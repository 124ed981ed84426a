"use strict";
// The records of the page, unpacked: see viz/payload.py, which packs them.
viz.payload = (function () {
  const read = (id) => JSON.parse(viz.inflated(id));
  const { base, kinds, keys: ends, plans, promises, contradictions, charts, ...rest } = read("graph-data");
  const keys = ends.map((end) => base + end);
  const facts = (record) => (record.facts ? record.facts.map((fact) => keys[fact]) : []);

  const NODE = { iri: "", status: null, aliases: [], description: null, due: null, parent: -1, picks: {}, disputed: false, names: {}, history: null };
  const EDGE = { status: null, until: null, ended: null, over: null, timeless: false, history: null };
  const nodes = () => read("graph-nodes").map((node, id) => ({ ...NODE, ...node, id, facts: facts(node) }));
  const edges = () => read("graph-edges").map((edge, id) => {
    const [key, label] = kinds[edge.kind];
    return { ...EDGE, ...edge, id, key, label, facts: facts(edge) };
  });

  function within(value) {
    if (Array.isArray(value)) return value.map(within);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [
      name, name === "fact" && typeof each === "number" ? keys[each] : name === "facts" ? each.map((fact) => keys[fact]) : within(each),
    ]));
  }

  // The words of the statements are the most of a page, and wanted only when something is selected.
  function statements() {
    const { sources, said } = read("graph-statements");
    return new Map(said.map((statement, at) => {
      const [source, url, publisher, published] = sources[statement.origin] ?? [];
      return [keys[at], { rivals: [], source, url, publisher, published, ...statement }];
    }));
  }

  return { ...rest, nodes, edges, plans: within(plans), promises: within(promises), contradictions: within(contradictions), charts: within(charts), statements, NODE };
})();
