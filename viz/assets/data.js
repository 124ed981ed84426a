"use strict";
// What the page was given, with the few indexes that the rest of the page needs.
viz.data = (function () {
  const { plans, charts, promises, contradictions, facets, endings, groups, published, sources, meanings, reasons, columns, today, style, title } = viz.payload;
  const nodes = viz.payload.nodes();
  const things = nodes.slice();
  const edges = viz.payload.edges();
  const nodeOf = new Map();

  for (const node of nodes) {
    node.style = Object.hasOwn(style.types, node.type) ? style.types[node.type] : style.unknown;
    node.statusStyle = statusStyle(node.status);
    node.ties = [];
    node.plan = Object.hasOwn(plans, node.id) ? plans[node.id] : null;
    nodeOf.set(node.iri, node.id);
  }
  promises.forEach((promise, id) => {
    Object.assign(promise, { id, now: null, voices: {} });
    nodes[promise.node].promises = [...nodes[promise.node].promises, promise];
  });
  // A target whose place another one took has a plan of its own to show, as part of the same whole; and
  // so has whatever else something is promised of.
  for (const { id, plan } of things) for (const old of plan?.before ?? []) nodes[old].newer = id;
  for (const node of things) {
    const promised = node.promises.toSorted((one, other) => (one.said < other.said ? -1 : one.said > other.said ? 1 : one.id - other.id));
    if (node.plan || !promised.length) continue;
    const [company = null, ...others] = promised[0].companies;
    const within = node.newer === undefined ? null : nodes[node.newer].plan.within;
    const steps = promised.filter(({ due }) => due).map(({ due, words, said, fact }) => ({ day: due, words, said, fact }));
    node.plan = { company, others, within, start: promised[0].said, reach: null, steps, changes: [], outcome: null, before: [] };
  }
  const seen = new Map(); // edges by both ends and what is between them, as one number
  const kinds = viz.payload.kinds.map(([key]) => viz.payload.kinds.findIndex(([one]) => one === key));
  const between = (from, { kind }, to) => (from * things.length + to) * kinds.length + kinds[kind];
  for (const edge of edges) {
    certain(edge);
    // "Partner of" both ways is one line without arrows.
    const back = seen.get(between(edge.to, edge, edge.from));
    if (back && edge.from !== edge.to) {
      back.mutual = true;
      // What goes on one way goes on, whoever has it ended the other way.
      if (!edge.until || !back.until) back.until = back.ended = null;
      certain(back);
      back.facts = back.facts.concat(edge.facts.filter((fact) => !back.facts.includes(fact)));
      edge.twin = back.id;
      continue;
    }
    seen.set(between(edge.from, edge, edge.to), edge);
    nodes[edge.from].ties.push(edge.id);
    if (edge.to !== edge.from) nodes[edge.to].ties.push(edge.id);
  }
  // Companies first, then plans, then whatever has most connections: who gets a label when there is no room.
  for (const node of nodes) {
    node.size = node.style.size + Math.min(4, 0.5 * Math.max(0, node.ties.length - 3));
    node.rank = Math.min(20, node.ties.length) + node.style.rank;
    if (node.status === "abandoned") node.rank -= 2;
  }

  // Groups are nodes too, and are numbered on from the things.
  for (const group of groups) {
    nodes.push({ ...viz.payload.NODE, ...group, id: nodes.length, ties: [], style: style.group, statusStyle: style.plain, size: style.group.size, rank: style.group.rank });
  }

  // What ties a plan to something is as certain as the plan, unless a source says otherwise.
  function certain(edge) {
    const borrowed = edge.timeless ? null : nodes[edge.to].status || nodes[edge.from].status;
    edge.statusStyle = statusStyle(edge.until ? "abandoned" : edge.status || borrowed);
  }

  // What a line says: what has ended is told as past.
  const saying = (edge) => (edge.until ? edge.label.replace(/^is /u, "was ") : edge.label);

  // A status that we do not know looks like none, and keeps its name.
  function statusStyle(status) {
    if (!status) return style.plain;
    return Object.hasOwn(style.statuses, status) ? style.statuses[status] : { ...style.plain, name: status };
  }

  const drawn = edges.filter((edge) => edge.twin === undefined);
  const other = (edge, id) => (edge.from === id ? edge.to : edge.from);
  const neighbours = (id) => [...new Set(nodes[id].ties.map((tie) => other(edges[tie], id)))];

  // Edges by the names of their ends and what is between them: made when an address first names one.
  let called = null;
  function edgeOf(name) {
    called ??= new Map(edges.filter(({ key }) => key).map((edge) => [[nodes[edge.from].iri, edge.key, nodes[edge.to].iri].join(" "), edge.twin ?? edge.id]));
    return called.get(name) ?? null;
  }

  let words = null; // unpacked when the first of them is wanted
  const statements = () => (words ??= viz.payload.statements());
  const said = (key) => statements().get(key) ?? null;

  // The days on which anything was said of a thing or an edge.
  function days(thing) {
    thing.days ??= thing.facts.map((fact) => said(fact)?.published).filter(viz.days.valid);
    return thing.days;
  }

  return { charts, things, nodes, edges, drawn, saying, said, statements, days, published, sources, meanings, reasons, promises, contradictions, facets, endings, columns, today, style, statusStyle, certain, title, nodeOf, edgeOf, other, neighbours };
})();
