"use strict";
// The shortest way between two things over what is shown, and what each step of it rests on.
viz.path = (function () {
  const { nodes, edges, other } = viz.data;
  let found = null; // the last one

  // Nearest first; of ways equally short, the one over what somebody has said.
  function search(from, to) {
    const shown = viz.state.shown();
    if (!shown.things.has(from) || !shown.things.has(to)) return [];
    const before = new Map([[from, null]]);
    const unsaid = new Map([[from, 0]]); // steps so far that nobody has spoken of
    let rim = [from];
    while (rim.length && !before.has(to)) {
      const next = new Set();
      for (const id of rim) {
        if (id !== from && !nodes[id].style.through) continue; // too many things meet there
        for (const edge of nodes[id].ties.map((tie) => edges[tie])) {
          const far = other(edge, id);
          const doubt = unsaid.get(id) + (edge.facts.length ? 0 : 1);
          if (!shown.ties.has(edge.id) || (before.has(far) && !(next.has(far) && doubt < unsaid.get(far)))) continue;
          before.set(far, id);
          unsaid.set(far, doubt);
          next.add(far);
        }
      }
      rim = [...next];
    }
    if (!before.has(to)) return [];
    const way = [to];
    while (way[0] !== from) way.unshift(before.get(way[0]));
    return way;
  }

  // The nodes of the path in order; none where nothing connects its ends; null without a path.
  function way() {
    const { from, to } = viz.state.now();
    if (from === null || to === null) return null;
    const shown = viz.state.shown();
    if (!found || found.from !== from || found.to !== to || found.ties !== shown.ties) {
      found = { from, to, ties: shown.ties, nodes: search(from, to) };
    }
    return found.nodes;
  }

  const between = (a, b) => nodes[a].ties.map((tie) => edges[tie]).filter((edge) => other(edge, a) === b && viz.state.shown().ties.has(edge.id));

  // The steps of the path: from where, to where, and over which edges.
  function steps() {
    const through = way() || [];
    return through.slice(1).map((id, index) => ({ from: through[index], to: id, edges: between(through[index], id) }));
  }

  // What a view lights up: the path, unless something else is selected.
  function trodden() {
    const { selected, edge } = viz.state.now();
    if (selected !== null || edge !== null) return { nodes: new Set(), edges: new Set() };
    return { nodes: new Set(way() || []), edges: new Set(steps().flatMap((step) => step.edges.map((each) => each.id))) };
  }

  const start = (id) => viz.state.change({ from: id, to: null });
  const end = () => viz.state.change({ from: null, to: null });

  return { way, steps, trodden, start, end };
})();
