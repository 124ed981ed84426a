"use strict";
// What the reader picks: whose plans, where, of which indicator, on whose word, and what became of them.
// It picks plans; with them comes what they are part of, whose they are, and what they touch.
viz.facets = (function () {
  const { things, nodes, edges, facets, style, neighbours } = viz.data;
  const NAMES = { company: "Company", place: "Place", indicator: "Indicator", speaker: "Said by", publisher: "Publisher" };
  const PARTS = [...Object.keys(NAMES), "outcome"];
  const LED = ["company", "initiative", "target", "facility"]; // what a pick must find of itself
  const numbers = Object.fromEntries(Object.entries(facets).map(([part, values]) => [part, new Map(values.map(([iri], at) => [iri, at]))]));

  const any = (state) => state.disputed || PARTS.some((part) => state[part].size);
  const isPlan = (node) => node.plan !== null || node.type === "initiative" || node.type === "target";

  // Whether a promise is of a company that is picked, and on the word of whoever is: a plan has promises of
  // several, and who only spoke of the plan has promised nothing.
  const whose = ({ companies }, { company }) => !company.size || companies.some((id) => company.has(numbers.company.get(nodes[id].iri)));
  const keeps = (promise, state, but) => Boolean(promise.now) && promise.companies.length > 0 &&
    (but === "company" || whose(promise, state)) &&
    (but === "outcome" || !state.outcome.size || state.outcome.has(promise.now.outcome)) &&
    ["speaker", "publisher"].every((part) => part === but || !state[part].size || [...state[part]].some((value) => promise.voices[part].has(value)));

  function has(node, part, state) {
    if (!state[part].size) return true;
    if (part === "outcome") return node.promises.some((promise) => keeps(promise, state));
    return (node.picks[part] ?? []).some((value) => state[part].has(value));
  }
  const disputed = (node) => Boolean(node.disputed.some(([since, until]) => { const day = viz.days.written(viz.known.today()); return since <= day && (!until || day < until); }) || node.told?.disputed);
  const passes = (node, state, but) =>
    (but === "disputed" || !state.disputed || disputed(node)) && PARTS.every((part) => part === but || has(node, part, state));

  // Everything that is shown for what is picked, or null where nothing is.
  function pick(state) {
    if (!any(state)) return null;
    const found = new Set();
    for (const node of things) {
      if (!isPlan(node) || !passes(node, state)) continue;
      found.add(node.id);
      for (const owner of [node.plan?.within ?? null, ...owners(node)]) if (owner !== null) found.add(owner);
      for (const id of neighbours(node.id)) if (!LED.includes(nodes[id].type) || nodes[id].type === "facility") found.add(id);
    }
    // Whose plans alone are picked, is shown with whom he has to do.
    const alone = state.company.size && !state.disputed && PARTS.every((part) => part === "company" || !state[part].size);
    for (const at of state.company) {
      const company = viz.data.nodeOf.get(facets.company[at]?.[0]);
      if (company === undefined) continue;
      found.add(company);
      if (alone) for (const id of neighbours(company)) if (!LED.includes(nodes[id].type)) found.add(id);
    }
    return found;
  }

  function owners({ plan }) {
    return plan ? [plan.company, ...plan.others].filter((id) => id !== null) : [];
  }

  // For one part, how many plans each value would leave, whatever else is picked; of outcomes, how many promises.
  function counts(part, state) {
    const found = new Map();
    for (const node of things) {
      if (!isPlan(node) || !viz.state.around(node.id) || !passes(node, state, part)) continue;
      const values = part === "outcome" ? node.promises.filter((promise) => keeps(promise, state, part)).map(({ now }) => now.outcome) : part === "disputed" ? (disputed(node) ? [true] : []) : node.picks[part] ?? [];
      for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  // What is picked, in words.
  const label = (part, value) => (part === "outcome" ? viz.promises.name(value) : facets[part][value][1]);
  function told(state) {
    const parts = PARTS.flatMap((part) => [...state[part]].map((value) => ({ part, value, label: label(part, value) })));
    return state.disputed ? [...parts, { part: "disputed", value: true, label: "disputed" }] : parts;
  }

  function toggle(part, value) {
    const state = viz.state.now();
    if (part === "disputed") return viz.state.change({ disputed: !state.disputed });
    const next = new Set(state[part]);
    if (!next.delete(value)) next.add(value);
    return viz.state.change({ [part]: next });
  }

  const none = () => ({ ...Object.fromEntries(PARTS.map((part) => [part, new Set()])), disputed: false });

  // Whether there is anything to choose from.
  const several = () => Object.values(facets).some((values) => values.length > 1);

  return {
    several, NAMES, PARTS, any, disputed, pick, passes, keeps, counts, told, toggle, none, label,
    values: (part) => facets[part],
    numbers: (part) => numbers[part],
    of: (part, id) => numbers[part].get(nodes[id].iri),
    known: (outcome) => Object.hasOwn(style.outcomes, outcome),
  };
})();
