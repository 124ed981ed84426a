// The promise over time as a chart, above the table that says the same. A mark tells what it is when it is
// pointed at, and leads to its statement when it is chosen.
(function () {
  const TALL = 300;
  const { words, links, rests_on: fact, outcome, ...course } = viz.given;
  const element = viz.byId("course");
  const hint = viz.el("p", { class: "hint", role: "status" }, "Point at a mark for what it says; choose it for its statement.");
  const whole = { left: 0, others: 0, ...course, node: { label: document.title, told: { fact, outcome } } };
  // The charts of the picture leave out what is nothing, and so do we.
  for (const list of [whole.revisions, whole.figures]) for (const one of list) for (const [key, value] of Object.entries(one)) if (value === null || value === "") delete one[key];
  if (whole.baseline === null) delete whole.baseline;
  whole.start = whole.baseline_day ?? undefined;

  const all = viz.course.entries(whole);
  const told = (one) => `${one.when}: ${one.what}. ${viz.course.kind(one)}. ${words[one.fact] ?? ""}`;
  const stops = (data) => viz.charts.stops(data, told, ({ fact: chosen }) => window.location.assign(links[chosen]), (one) => hint.replaceChildren(told(one)));
  const chart = viz.charts.frame(TALL, (width) => viz.course.draw(whole, width, TALL, stops));
  const legend = viz.el("ul", { class: "key" }, viz.course.key(whole, all).map(({ sign, text, colour }) => {
    const mark = viz.el("span", { "aria-hidden": "true" }, sign);
    mark.style.color = colour;
    return viz.el("li", {}, mark, text);
  }));
  element.hidden = false;
  element.append(chart, legend, hint);
  const left = viz.course.left(whole);
  if (left) element.append(left);
})();
