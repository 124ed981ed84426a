"use strict";
// The rows of the timeline: which plans there are, in what order, and how far down each stands.
viz.rows = (function () {
  const { nodes } = viz.data;
  const HEAD = 38; // pixels of a company's heading
  const PINNED = -1; // what is pinned stands together above all companies, to be compared

  const tall = (node) => (viz.narrow() ? 46 : node.type === "initiative" ? 30 : 26);
  const alphabet = new Intl.Collator("en", { numeric: true });
  const begin = (node) => node.plan.start || "9999";
  const due = (node) => node.plan.steps.at(-1)?.day || "9999";
  const earlier = (a, b) => alphabet.compare(begin(a), begin(b)) || alphabet.compare(due(a), due(b)) || alphabet.compare(a.label, b.label);

  // Initiatives by their beginning, each with its targets; first the targets of the company itself.
  function ordered(plans) {
    const there = new Set(plans.map((node) => node.id));
    const under = new Map();
    for (const node of plans) {
      const key = node.plan.within !== null && there.has(node.plan.within) ? node.plan.within : null;
      if (!under.has(key)) under.set(key, []);
      under.get(key).push(node);
    }
    const top = (under.get(null) || []).sort((a, b) => Number(a.type === "initiative") - Number(b.type === "initiative") || earlier(a, b));
    // Each once, however deep; what lies within itself, round a circle, stands by itself at the end.
    const rows = new Map();
    const waiting = [...top, ...plans.toSorted(earlier)].map((node) => ({ node, inner: false })).reverse();
    while (waiting.length) {
      const row = waiting.pop();
      if (rows.has(row.node.id)) continue;
      rows.set(row.node.id, row);
      const within = (under.get(row.node.id) || []).sort(earlier);
      waiting.push(...within.map((node) => ({ node, inner: true })).reverse());
    }
    return [...rows.values()];
  }

  function groups() {
    const { things: shown } = viz.state.shown();
    const { pinned } = viz.state.now();
    const found = new Map();
    for (const node of nodes) {
      if (!node.plan || !shown.has(node.id)) continue;
      const company = pinned.has(node.id) ? PINNED : node.plan.company;
      if (!found.has(company)) found.set(company, []);
      found.get(company).push(node);
    }
    const label = (company) => (company === PINNED ? "Pinned" : company === null ? "Other plans" : nodes[company].label);
    const place = (company) => (company === PINNED ? 0 : company === null ? 2 : 1);
    return [...found.keys()]
      .sort((a, b) => place(a) - place(b) || alphabet.compare(label(a), label(b)))
      .map((company) => ({ company: company === PINNED ? null : company, label: label(company), rows: ordered(found.get(company)) }));
  }

  // Where everything goes, from the top: the same for the page and for a file.
  function lay() {
    let y = 0;
    const placed = groups().map((group) => {
      const top = y;
      y += HEAD;
      const rows = group.rows.map((row) => {
        const at = { ...row, y, height: tall(row.node) };
        y += at.height;
        return at;
      });
      y += 14;
      return { ...group, top, height: y - 14 - top, rows };
    });
    return { groups: placed, rows: placed.flatMap((group) => group.rows.map((row) => ({ ...row, group }))), height: y };
  }

  // The row that tells of a plan: a target that was replaced is told by that of the newer one.
  function of(id) {
    const newer = nodes[id]?.plan ? id : nodes.findIndex(({ plan }) => plan?.before.includes(id));
    return newer < 0 ? undefined : newer;
  }

  // Whose plan it is; several names where they do it together.
  const whose = (plan) => [plan.company, ...plan.others].filter((id) => id !== null).map((id) => nodes[id].label).join(", ");

  return { HEAD, lay, of, whose };
})();
