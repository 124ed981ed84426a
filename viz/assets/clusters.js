"use strict";
// What stands at one point of a map, or too near to be told apart: one mark with their number.
viz.clusters = (function () {
  const { nodes, style } = viz.data;
  const NEAR = 40; // pixels

  // `spots` have x, y and ids; who has most gives a cluster its place, so that it stays while others come and go.
  function merge(spots) {
    const tree = window.d3.quadtree().x(({ x }) => x).y(({ y }) => y);
    const found = [];
    for (const spot of [...spots].sort((a, b) => b.ids.length - a.ids.length || a.at - b.at)) {
      const near = tree.find(spot.x, spot.y, NEAR);
      if (near) near.spots.push(spot);
      else {
        const made = { x: spot.x, y: spot.y, spots: [spot] };
        found.push(made);
        tree.add(made);
      }
    }
    return apart(found.map(sized));
  }

  function sized(one) {
    const ids = [...new Set(one.spots.flatMap(({ ids: those }) => those))];
    return { ...one, ids, r: ids.length === 1 ? 9 : Math.min(30, 9 + 2.4 * Math.log2(ids.length)) };
  }

  // Marks that would cover each other are one: the larger takes the smaller in.
  function apart(marks) {
    const kept = [];
    for (const mark of marks.sort((a, b) => b.r - a.r)) {
      const over = kept.findIndex(({ x, y, r }) => Math.hypot(x - mark.x, y - mark.y) < 0.9 * (r + mark.r));
      if (over < 0) kept.push(mark);
      else kept[over] = sized({ ...kept[over], spots: [...kept[over].spots, ...mark.spots] });
    }
    return kept.length < marks.length ? apart(kept) : kept;
  }

  // How many of some things fared how, in the order of the legend; what nobody promised is none of them.
  function outcomes(ids) {
    const counts = new Map();
    for (const id of ids) {
      const { told } = nodes[id];
      if (told) counts.set(told.outcome, (counts.get(told.outcome) ?? 0) + 1);
    }
    return style.order.outcomes.filter((outcome) => counts.has(outcome)).map((outcome) => [outcome, counts.get(outcome)]);
  }

  // A ring whose parts are outcomes, and their number within.
  function ring(pen, { x, y, r, ids }) {
    const colours = viz.theme.colours();
    const parts = outcomes(ids).map(([outcome, count]) => [viz.promises.look(outcome)?.[viz.theme.name()] ?? colours.edge, count]);
    const promised = parts.reduce((sum, [, count]) => sum + count, 0);
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.lineWidth = 4;
    pen.lineCap = "butt";
    let from = -Math.PI / 2;
    for (const [colour, count] of [...parts, [colours.edge, ids.length - promised]]) {
      if (!count) continue;
      const to = from + (2 * Math.PI * count) / ids.length;
      pen.beginPath();
      pen.arc(x, y, r - 2, from, to - (ids.length === count ? 0 : 0.03));
      pen.strokeStyle = colour;
      pen.stroke();
      from = to;
    }
    pen.font = `600 ${ids.length > 999 ? 10 : 12}px ${viz.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = colours.ink;
    pen.fillText(ids.length.toLocaleString("en"), x, y + 0.5);
  }

  function draw(pen, one, chosen) {
    const { x, y, r, ids } = one;
    const node = nodes[ids[0]];
    if (chosen) viz.draw.halo(pen, { shape: "circle" }, x, y, r, 1);
    if (ids.length > 1) return ring(pen, one);
    viz.draw.node(pen, node.style, node.statusStyle, x, y, r, 1);
    const told = viz.promises.mark(node);
    if (told) viz.draw.outcome(pen, told, x + r * 0.8, y - r * 0.8, r * 0.55);
    return undefined;
  }

  // What a mark says to those who do not see it.
  function words({ ids, spots }, name) {
    if (ids.length === 1) return [nodes[ids[0]].label, nodes[ids[0]].style.name, nodes[ids[0]].statusStyle.name].filter(Boolean).join(", ");
    const places = [...new Set(spots.map(name))];
    const where = places.length > 3 ? `${places.slice(0, 2).join(", ")} and ${places.length - 2} more places` : places.join(", ");
    return [where, viz.count(ids.length, "thing", "things"), ...outcomes(ids).map(([outcome, count]) => `${count} ${viz.promises.name(outcome)}`)].join(", ");
  }

  return { merge, draw, words, outcomes };
})();
