"use strict";
// What was known on a day: every status, and every plan, by what had been published by then.
viz.known = (function () {
  const { things, edges, nodes, said, style, statusStyle, days, certain } = viz.data;
  const ENDINGS = ["achieved", "missed", "abandoned"];
  const PLANS = ["initiative", "target"];
  // By all that was ever published.
  const latest = { things: things.map(({ status, plan }) => ({ status, plan })), edges: edges.map(({ status, until }) => ({ status, until })) };
  let until = null;

  // What nobody dates was always known.
  const told = (fact) => (said(fact)?.published ?? "") <= until;
  const heard = (node) => !days(node).length || days(node).some((day) => day <= until);

  // Of two reports the one that holds from a later day counts, of one day the one of the higher rank.
  const since = (report) => report.since || report.published || "";
  const rank = (report) => style.order.statuses.indexOf(report.status);
  const later = (one, other) => (!one || since(other) > since(one) || (since(other) === since(one) && rank(other) > rank(one)) ? other : one);

  // A target has the statuses that its own statements name, a plan those that are reported of it.
  const counts = (thing, report) => report?.status && (thing.type === "target" || report.kind === "Relation" || !report.aside);

  function statusOf(thing, whole, relation) {
    const reports = thing.facts.filter((fact) => counts(thing, said(fact)) && (said(fact).kind === "Relation") === relation);
    return reports.length ? reports.filter(told).map(said).reduce(later, null)?.status ?? null : whole;
  }

  function planOf({ type, plan }) {
    const known = (entries) => entries.filter(({ fact }) => told(fact));
    const changes = known(plan.changes);
    const last = changes.at(-1);
    const ended = type === "initiative" && last && ENDINGS.includes(last.status) ? last : null;
    return {
      ...plan, changes, reach: null,
      steps: known(plan.steps),
      progress: plan.progress && told(plan.progress.fact) ? plan.progress : null,
      outcome: plan.outcome && told(plan.outcome.fact) ? plan.outcome : ended,
    };
  }

  // A target that nobody had set yet has not taken the place of the one before it.
  function undo(node) {
    const { plan } = node;
    const at = plan.before.findLastIndex((id) => heard(nodes[id]));
    if (heard(node) || at < 0) return;
    nodes[plan.before[at]].plan = { ...plan, progress: null, before: plan.before.slice(0, at) };
    node.plan = null;
  }

  // An initiative reaches as far as its targets.
  function reach({ plan }) {
    const due = plan?.steps.at(-1)?.day;
    const whole = due && plan.within !== null ? nodes[plan.within].plan : null;
    if (whole && due > (whole.reach || "")) whole.reach = due;
  }

  function upTo(day) {
    if (day === until) return;
    until = day;
    things.forEach((node, id) => {
      const { status, plan } = latest.things[id];
      const unstated = status && PLANS.includes(node.type) ? "unstated" : null;
      node.status = !until ? status : heard(node) ? statusOf(node, status, false) ?? unstated : null;
      node.statusStyle = statusStyle(node.status);
      node.plan = until && plan ? planOf({ type: node.type, plan }) : plan;
    });
    if (until) {
      for (const node of things) if (node.plan?.before.length) undo(node);
      things.forEach(reach);
    }
    latest.edges.forEach((whole, id) => {
      edges[id].status = until ? statusOf(edges[id], whole.status, true) : whole.status;
      const over = !until || (whole.until < until && edges[id].facts.some((fact) => told(fact) && said(fact)?.until));
      edges[id].until = whole.until && over ? whole.until : null;
      certain(edges[id]);
    });
  }

  // The day on which one looks: the reader's own, or the one up to which things are known.
  const today = () => Math.min(viz.days.today, until ? viz.days.number(until) : Infinity);

  return { upTo, today, told: (fact) => !until || told(fact) };
})();
