"use strict";
// Questions that can be asked of this very page, each answered by one click. Which they are follows from
// what there is: whose promises are most, and where; what is past its day; who is contradicted most.
viz.examples = (function () {
  const { things, nodes, facets, contradictions } = viz.data;
  const fresh = () => ({ ...viz.state.open(), selected: null, edge: null, sort: null, query: "" });

  // The numbers of the values of a facet, by how many of some things have each, the most usual first.
  function most(part, some) {
    const counts = new Map();
    for (const node of some) for (const at of node.picks[part] ?? []) counts.set(at, (counts.get(at) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  // The company that promised most, and where most of that is to be: of places that hold nearly as much
  // the one that holds least besides, or it would be the whole world.
  function where() {
    const known = viz.data.promises.filter(({ now }) => now).map(({ node }) => nodes[node]);
    for (const [company] of most("company", known)) {
      const own = known.filter((node) => node.picks.company?.includes(company));
      const all = new Map(most("place", things));
      const places = most("place", own);
      const near = places.filter(([, count]) => count >= places[0][1] / 2).sort((a, b) => all.get(a[0]) / a[1] - all.get(b[0]) / b[1]);
      if (!near.length) continue;
      const [place] = near[0];
      return {
        text: ["What did ", facets.company[company][1], " promise in ", facets.place[place][1], ", and what became of it?"],
        change: { view: "timeline", company: new Set([company]), place: new Set([place]) },
      };
    }
    return null;
  }

  function overdue() {
    const late = viz.data.promises.filter(({ now }) => now?.outcome === "no-result").length;
    if (!late) return null;
    return { text: ["Which promises are past their day, with no result known?"], change: { view: "table", rows: "promises", sort: "due", outcome: new Set(["no-result"]) } };
  }

  // About another company than the first question, where there is one.
  function contradicted(first) {
    if (!contradictions.length || !viz.views.has("contradictions")) return null;
    const companies = most("company", things.filter(viz.facets.disputed)).map(([company]) => company);
    const company = companies.find((each) => !first?.change.company.has(each)) ?? companies[0];
    if (company === undefined) return { text: ["Who contradicts whom?"], change: { view: "contradictions" } };
    return { text: ["Who contradicts whom about ", facets.company[company][1], "?"], change: { view: "contradictions", company: new Set([company]) } };
  }

  // Anew for each day: what the questions are about was perhaps not known yet.
  function all() {
    const first = where();
    return [first, overdue(), contradicted(first)].filter(Boolean);
  }
  const ask = ({ change }) => viz.state.change({ ...fresh(), ...change });

  return { all, ask };
})();
