"use strict";
// One plan as a bar: from the day it was announced to the day it is due, with what became of it.
viz.bars = (function () {
  const { style } = viz.data;
  const { number } = viz.days;
  const { done, name } = viz.promises;
  // How much a status lets its bar show: the more certain, the more.
  const TINTS = { considered: 0.05, announced: 0.1, underway: 0.26, achieved: 0.4, postponed: 0.16, reduced: 0.16, missed: 0.1, abandoned: 0.3 };
  // The days of a plan as numbers: where its bar starts and ends, and the due days on the way.
  function span(node) {
    const { plan } = node;
    if (!plan?.start) return null;
    const start = number(plan.start);
    const dues = plan.steps.map((step) => number(step.day));
    const due = dues.at(-1) ?? null;
    const told = stopped(node);
    const heard = Math.max(start, ...plan.changes.map((change) => number(change.day)));
    // What is still talked of after its day runs on.
    const end = Math.max(start, told ?? (due === null ? heard : Math.max(due, heard)));
    const passed = [...new Set(dues.slice(0, -1).filter((day) => day !== due && day > start))].sort((a, b) => a - b);
    if (due !== null && due > start && due < end) passed.push(due);
    const reach = plan.reach && told === null && due === null ? number(plan.reach) : null;
    return { start, end, due: due ?? reach, open: told === null && due === null && reach === null, passed };
  }

  // The day on which a plan was over before its time or after it: done, given up, or replaced.
  function stopped({ type, plan, told }) {
    if (type === "initiative") return plan.outcome ? number(plan.outcome.day) : null;
    return told && viz.promises.look(told.outcome)?.stops ? number(told.day ?? told.since) : null;
  }

  // How a plan ended, or that nobody knows it though its day has passed.
  const verdict = ({ told }) => (told && told.outcome !== "open" ? name(told.outcome) : "");
  const ended = ({ type, plan }) => (type === "initiative" && plan.outcome ? plan.outcome.status : "");

  // What the end of a bar says in words.
  const ending = (node) => [...new Set([ended(node), verdict(node), done(node.told)].filter(Boolean))].join(" · ");

  function outline(pen, status, colour) {
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.setLineDash(status.dash.map((part) => part * 0.8));
    pen.lineCap = status.dash.length && status.dash[0] < 2 ? "round" : "butt";
    pen.stroke();
    pen.setLineDash([]);
  }

  // Every due day that was put off ends a step; the next one stands lower.
  function steps(pen, { start, end, passed }, x, top, height, paint) {
    const stops = [start, ...passed.filter((day) => day < end), end];
    for (let index = 1; index < stops.length; index += 1) {
      const lower = Math.min(height - 4, (index - 1) * 3);
      pen.beginPath();
      pen.roundRect(x(stops[index - 1]), top + lower, Math.max(2, x(stops[index]) - x(stops[index - 1])), height - lower, 2.5);
      paint();
    }
  }

  function plan(pen, node, x, middle) {
    const found = span(node);
    if (!found) return;
    const colours = viz.theme.colours();
    const grey = node.status === "abandoned";
    const colour = grey ? colours.grey : node.style[viz.theme.name()];
    const height = node.type === "initiative" ? 13 : 10;
    const top = middle - height / 2;
    const [left, right] = [x(found.start), x(found.end)];
    steps(pen, found, x, top, height, () => {
      pen.fillStyle = colour;
      pen.globalAlpha = TINTS[node.status] ?? 0.08;
      pen.fill();
      pen.globalAlpha = 1;
      if (node.statusStyle.fill !== "full") outline(pen, node.statusStyle, colour);
    });
    progress(pen, node.told, left, right, middle, colour);
    pen.fillStyle = colour;
    for (const day of found.passed) pen.fillRect(x(day) - 0.75, top - 3, 1.5, height + 6);
    if (found.due !== null && found.due > found.end) { // what was given up, or done before its day
      pen.fillStyle = colours.edge;
      pen.fillRect(right, middle - 0.5, x(found.due) - right, 1);
      pen.fillRect(x(found.due) - 0.75, middle - 4, 1.5, 8);
    }
    if (found.open) {
      pen.fillStyle = colours.edge;
      for (const step of [8, 14, 20]) pen.fillRect(right + step, middle - 1, 2, 2);
    }
    marks(pen, node, found, x, middle);
    words(pen, node, found, x, middle, colours);
  }

  function progress(pen, told, left, right, middle, colour) {
    if (!(told?.least > 0) || right - left < 10) return;
    pen.beginPath();
    pen.roundRect(left, middle - 2.5, (right - left) * Math.min(1, told.least), 5, 2.5);
    pen.fillStyle = colour;
    pen.fill();
  }

  // How its status changed on the way; where there is no room for all, the last ones stay.
  function marks(pen, node, found, x, middle) {
    const statuses = style.statuses;
    const look = (status) => (Object.hasOwn(statuses, status) ? statuses[status] : node.statusStyle);
    const changes = node.type === "initiative" ? node.plan.changes : [];
    const all = changes.map((change) => [x(number(change.day)), change.status]);
    if (!all.length || all[0][0] > x(found.start) + 1) all.unshift([x(found.start), all.length ? "unstated" : node.status]);
    let room = Infinity;
    const kept = all.reverse().filter(([place]) => (place < room - 14 ? ((room = place), true) : false));
    for (const [place, status] of kept.reverse()) viz.draw.node(pen, node.style, look(status), place, middle, node.type === "initiative" ? 6.5 : 7);
    const became = viz.promises.mark(node);
    if (became) viz.draw.outcome(pen, became, seal(node, found, x), middle, 7.5);
  }

  // Where the mark of what became of it stands: at the end, and not on the mark of how it began.
  const seal = (node, found, x) => Math.max(x(found.end) + (node.type === "initiative" ? 17 : 0), x(found.start) + 17);

  // Where all marks of a bar end, and where its words do.
  const last = (node, found, x) => Math.max(x(found.end), x(found.due ?? found.end), found.open ? x(found.end) + 22 : 0, viz.promises.mark(node) ? seal(node, found, x) : 0);
  const WORDS = `11.5px ${viz.font}`;
  function reach(node, x) {
    const pen = new viz.svg(1, 1);
    pen.font = WORDS;
    return last(node, span(node), x) + 13 + pen.measureText(ending(node)).width;
  }

  function words(pen, node, found, x, middle, colours) {
    const text = ending(node);
    if (!text) return;
    const far = last(node, found, x);
    pen.font = WORDS;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillStyle = colours.canvas; // or the lines of the years would go through the words
    pen.fillRect(far + 11, middle - 7, pen.measureText(text).width + 4, 14);
    pen.fillStyle = colours.soft;
    pen.fillText(text, far + 13, middle);
  }

  return { plan, span, reach, ending, ended, verdict };
})();
