"use strict";
// What every mark means, drawn by what draws the marks themselves, and what the keys do.
viz.help = (function () {
  const { style, things, meanings } = viz.data;
  const dialog = viz.byId("help");
  const KEYS = [
    ["/", "search"], ["v", "next view"], ["f or 0", "show everything"], ["+ and -", "nearer, further"],
    ["arrows", "to what lies that way"], ["n and N", "round what is connected"], ["Enter", "read the details"],
    ["1 and 2", "only what is connected, and what is connected to that"], ["h", "put away"], ["p", "keep in sight"],
    ["t", "light or dark"], ["Esc", "back, step by step"], ["?", "this help"],
  ];
  const there = (part, value) => things.some((node) => (part === "types" ? node.type : node.status) === value);

  const marked = (picture, name, about = "") => viz.el("li", {}, picture, viz.el("span", {}, viz.el("b", {}, name), about ? ` ${about}` : ""));
  const list = (title, ...rows) => (rows.flat().length ? viz.el("section", {}, viz.el("h3", {}, title), viz.el("ul", { class: "marks" }, rows.flat())) : null);

  // The verdicts as the ontology defines them; by which figures one goes stands on the card of a promise.
  const means = (outcome) => (meanings[outcome] ?? "").split(" Policy: ")[0];
  const outcomes = () => list("What became of promises", style.order.outcomes.filter((outcome) => viz.data.promises.some(({ told }) => told.some((each) => each.outcome === outcome))).map((outcome) => marked(
    viz.draw.seal(style.outcomes[outcome]), viz.promises.name(outcome), outcome === "no-result" ? `${means("undetermined")} It may well have been kept.` : means(outcome))));

  const statuses = () => list("How far plans are", style.order.statuses.filter((status) => there("statuses", status)).map((status) => marked(viz.draw.swatch(style.types.initiative, style.statuses[status], true), style.statuses[status].name)));
  const types = () => list("What things are", style.order.types.filter((type) => there("types", type)).map((type) => marked(viz.draw.swatch(style.types[type], style.plain, false), style.types[type].name)));

  // A plan as the timeline draws it, from its own days.
  const WIDE = 172;
  function sample(type, status, { start = "2020-03-01", steps = [], changes = [], told = null, plan = {} }) {
    const node = {
      type, status, style: style.types[type], statusStyle: style.statuses[status], promises: [], told,
      plan: { start, steps: steps.map((day) => ({ day, words: day })), changes, reach: null, outcome: null, ...plan },
    };
    const from = viz.days.number("2020-01-01");
    return viz.draw.small(WIDE, (pen) => viz.bars.plan(pen, node, (day) => 6 + (day - from) / 14, 12));
  }
  const told = (outcome, more = {}) => ({ outcome, since: "2022-06-01", ...more });
  const timeline = () => list("In the timeline",
    marked(sample("initiative", "underway", { steps: ["2023-01-01"] }), "a plan", "from the day it became known to its last day"),
    marked(sample("target", "announced", { steps: ["2023-01-01"] }), "dashed or dotted", "only announced, or only considered"),
    marked(sample("initiative", "achieved", { changes: [{ day: "2020-03-01", status: "announced" }, { day: "2021-03-01", status: "underway" }, { day: "2022-06-01", status: "achieved" }], plan: { outcome: { day: "2022-06-01", status: "achieved" } } }), "marks on the way", "from then on it was as far as that"),
    marked(sample("target", "underway", { steps: ["2023-01-01"], told: told("open", { least: 0.6 }) }), "the strip inside", "how much of the way is done, at least"),
    marked(sample("target", "underway", { steps: ["2021-06-01", "2022-03-01", "2023-01-01"] }), "steps down", "it was put off from the day at each line to a later one"),
    marked(sample("target", "announced", {}), "dots", "nobody says by when"),
    marked(sample("target", "abandoned", { steps: ["2023-01-01"], told: told("abandoned", { since: "2021-09-01" }) }), "a thin line to the end", "what was given up, done or replaced before its last day"),
    marked(sample("target", "announced", { steps: ["2022-06-01"], told: told("met") }), "a disc at the end", "what became of it, as above"));
  const today = () => marked(viz.draw.small(WIDE, (pen) => {
    pen.fillStyle = viz.theme.colours().accent;
    pen.fillRect(WIDE / 2, 0, 1.5, 24);
  }), "a line across", "the day on which you look");

  const keys = () => viz.el("section", {}, viz.el("h3", {}, "Keys"), viz.el("dl", { class: "keys" }, KEYS.map(([names, what]) => [
    viz.el("dt", {}, names.split(" ").map((part) => (["or", "and"].includes(part) ? ` ${part} ` : viz.el("kbd", {}, part)))), viz.el("dd", {}, what)]).flat()));

  function fill() {
    const inTime = timeline();
    inTime.querySelector("ul").append(today());
    dialog.querySelector(".help-body").replaceChildren(...[outcomes(), inTime, statuses(), types(), keys()].filter(Boolean));
  }

  function open() {
    fill(); // in the colours of now
    dialog.showModal();
    dialog.querySelector(".help-body").scrollTop = 0;
  }

  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // beside it
  viz.byId("help-close").addEventListener("click", () => dialog.close());
  viz.byId("help-theme").addEventListener("click", () => { viz.theme.toggle(); fill(); });
  viz.byId("help-open").addEventListener("click", open);

  return { open, isOpen: () => dialog.open };
})();
