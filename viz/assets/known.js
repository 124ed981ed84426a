"use strict";
// What was known on a day: every status, every plan and what became of it, by what had been published by then.
viz.known = (function () {
  const { things, edges, nodes, said, statusStyle, days, certain, endings } = viz.data;
  const PLANS = ["initiative", "target"];
  // By all that was ever published.
  let latest = null;
  let until = null;

  // What nobody dates was always known.
  const told = (fact) => (said(fact)?.published ?? "") <= until;
  const heard = (thing) => !days(thing).length || days(thing).some((day) => day <= until);

  // Without a history, a status was known from the first word on.
  function statusOf(thing, whole) {
    if (!thing.history) return heard(thing) ? whole : null;
    return thing.history.findLast(([day]) => day <= until)?.[1] ?? null;
  }

  function planOf({ type, plan }) {
    const known = (entries) => entries.filter(({ fact }) => told(fact));
    const changes = known(plan.changes);
    const last = changes.at(-1);
    const ended = type === "initiative" && last && endings.includes(last.status) ? last : null;
    return { ...plan, changes, reach: null, steps: known(plan.steps), outcome: ended };
  }

  // An initiative reaches as far as its targets, but not those whose place others took.
  function reach({ plan, newer }) {
    if (newer !== undefined && nodes[newer].plan) return;
    const due = plan?.steps.at(-1)?.day;
    const whole = due && plan.within !== null ? nodes[plan.within].plan : null;
    if (whole && due > (whole.reach || "")) whole.reach = due;
  }

  function upTo(day) {
    if (day === until) return;
    until = day;
    latest ??= { things: things.map(({ status, plan }) => ({ status, plan })), edges: edges.map(({ status, until: end }) => ({ status, until: end })) };
    things.forEach((node, id) => {
      const { status, plan } = latest.things[id];
      const unstated = status && PLANS.includes(node.type) ? "unstated" : null;
      node.status = until ? statusOf(node, status) ?? (heard(node) ? unstated : null) : status;
      node.statusStyle = statusStyle(node.status);
      node.plan = !until || !plan ? plan : heard(node) ? planOf({ type: node.type, plan }) : null;
    });
    if (until) things.forEach(reach);
    latest.edges.forEach((whole, id) => {
      edges[id].status = until ? statusOf(edges[id], whole.status) : whole.status;
      const over = !until || (edges[id].over ?? whole.until) <= until;
      edges[id].until = whole.until && over ? whole.until : null;
      certain(edges[id]);
    });
    settle();
  }

  // The day on which one looks: the reader's own, or the one up to which things are known.
  const today = () => Math.min(viz.days.today, until ? viz.days.number(until) : Infinity);
  const settle = () => viz.promises.settle(viz.days.written(today()));
  settle();

  return { upTo, today, told: (fact) => !until || told(fact) };
})();
