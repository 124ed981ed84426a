"use strict";
// The figures of two companies that can be compared, over time: a chart for each measure, place and unit. Which
// figures are comparable comes with the data.
viz.series = (function () {
  const { nodes, charts: { compared }, style } = viz.data;
  const { figures = [], pairs = [] } = compared;
  const TALL = 220;

  const of = (company) => (at) => figures[at].companies.includes(company);
  const heard = (at) => viz.known.told(figures[at].fact);

  // The figures of both, by what they measure, as far as they were known.
  function groups(one, other) {
    const found = new Map();
    for (const pair of pairs) {
      const [a, b] = of(one)(pair[0]) && of(other)(pair[1]) ? pair : [...pair].reverse();
      if (!of(one)(a) || !of(other)(b) || !pair.every(heard)) continue;
      const { measure, place, unit = "" } = figures[a];
      const key = JSON.stringify([measure, place, unit]);
      if (!found.has(key)) found.set(key, { measure, place, unit, rank: Boolean(figures[a].rank), sides: [new Set(), new Set()] });
      found.get(key).sides[0].add(a);
      found.get(key).sides[1].add(b);
    }
    return [...found.values()].sort((a, b) => b.sides[0].size - a.sides[0].size || (a.measure < b.measure ? -1 : 1));
  }

  // Of some companies the two that have most to compare.
  function most(those) {
    const counts = new Map();
    for (const [a, b] of pairs) {
      for (const one of figures[a].companies) for (const other of figures[b].companies) {
        const key = [one, other].sort((x, y) => x - y).join(" ");
        if (one !== other && those.has(one) && those.has(other)) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const best = [...counts].sort((a, b) => b[1] - a[1])[0];
    return best ? best[0].split(" ").map(Number) : null;
  }
  const companies = () => new Set(figures.flatMap(({ companies: whose }) => whose));

  function entries({ sides, unit }, companyOf) {
    const all = sides.flatMap((side, which) => [...side].map((at) => {
      const one = figures[at];
      return { fact: one.fact, value: one.value, by: one.by, which, when: one.words || one.day, day: one.day, x: viz.charts.at(one.day), kind: nodes[companyOf[which]].label, what: [one.about, viz.charts.amount(one.value, unit), one.by && `counted by ${one.by}`].filter(Boolean).join(" ") };
    }));
    return all.sort((a, b) => a.x - b.x || a.which - b.which).map((one, at) => ({ ...one, at }));
  }

  const looks = () => [
    { colour: style.types.initiative[viz.theme.name()], symbol: "circle", sign: "●" },
    { colour: style.types.target[viz.theme.name()], symbol: "square", sign: "■" },
  ];

  function draw(all, { unit, rank }, width, stops) {
    const { Plot, d3 } = window;
    const colours = viz.theme.colours();
    const values = all.map(({ value }) => value);
    const [least, highest] = [Math.min(...values), Math.max(...values)];
    const room = (highest - least || Math.abs(highest) || 1) * 0.12;
    const domain = rank ? [Math.ceil(highest) + 0.6, 0.4] : [Math.min(0, least - (least < 0 ? room : 0)), Math.max(0, highest + room)];
    const [from, to] = d3.extent(all, ({ x }) => x);
    const side = Math.max((to - from) * 0.04, 90 * 864e5 - (to - from) / 2);
    const ticks = rank ? viz.charts.whole(domain[1], domain[0]) : 4;
    return viz.charts.plot({
      width, height: TALL, marginLeft: 46, marginRight: 18, marginTop: 14, marginBottom: 24,
      x: { type: "utc", domain: [new Date(from - side), new Date(Number(to) + side)], ticks: Math.max(2, Math.floor(width / 90)), tickSize: 4, label: null },
      y: { domain, ticks, tickSize: 0, tickFormat: (value) => viz.charts.compact.format(value) + (unit === "%" ? "%" : ""), label: null },
      marks: [
        Plot.gridY({ stroke: colours.line, strokeOpacity: 1, ticks }),
        ...looks().flatMap(({ colour, symbol }, which) => {
          const own = all.filter((one) => one.which === which);
          return [
            Plot.line(own, { x: "x", y: "value", z: "by", stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.6 }),
            Plot.dot(own, { x: "x", y: "value", r: 4.5, sort: null, symbol, fill: colour, stroke: colour, render: stops(own) }),
          ];
        }),
      ],
    }, `${viz.count(all.length, "figure", "figures")} of two companies. Arrow keys go from one to the next.`);
  }

  const key = (companyOf) => looks().map(({ colour, sign }, which) => ({ sign, colour, text: nodes[companyOf[which]].label }));

  function card(group, companyOf) {
    const all = entries(group, companyOf);
    const title = [group.measure, group.unit !== "%" && group.unit, group.place].filter(Boolean).join(", ");
    return viz.el("section", { class: "series", "aria-label": title }, viz.el("h3", { dir: "auto" }, title),
      viz.explain(all, { height: TALL, title: `${companyOf.map((id) => nodes[id].label).join(" and ")}: ${title}`, key: key(companyOf), draw: (width, stops) => draw(all, group, width, stops) }));
  }

  return { groups, most, companies, card, whole: () => compared.whole !== false };
})();
