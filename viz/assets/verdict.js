"use strict";
// What became of a promise, told in full: the verdict, what decides it and where that comes from, what
// to bear in mind, and what took its place or whose place it took.
viz.verdict = (function () {
  const { nodes, promises, meanings, reasons, said } = viz.data;
  const { look, name, percent } = viz.promises;
  const MOVES = { lowered: "it was lowered", raised: "it was raised", later: "it was put off", earlier: "it was brought forward" };

  // "125% to 139% of the way", as far as it can be told.
  function way({ least, most }) {
    if (least === undefined && most === undefined) return "";
    const [from, to] = [least, most].map((share) => (share === undefined ? "" : percent(share)));
    if (from === to) return `${from} of the way`;
    return `${from && to ? `${from} to ${to}` : from ? `at least ${from}` : `at most ${to}`} of the way`;
  }

  const go = (promise) => viz.el(
    "button", { type: "button", class: "go", click: () => viz.state.reveal(promise.node) },
    viz.draw.picture(nodes[promise.node]), viz.el("span", { dir: "auto" }, said(promise.fact)?.text ?? nodes[promise.node].label),
  );

  // The promises whose place this one took, as far as that was known.
  const before = (promise) => promises.filter(({ now }) => now?.by === promise.id);

  function caveats({ own, disputed, outcome }) {
    return [
      own && "Told by whoever promised it.",
      disputed && "Sources disagree on it.",
      outcome === "no-result" && "Its day has passed, and that nothing is known does not mean that it was not kept.",
    ].filter(Boolean).map((text) => viz.el("li", {}, text));
  }

  function grounds(told) {
    if (!told.fact) return null;
    const decides = look(told.outcome)?.judged || look(told.outcome)?.stops;
    return viz.el("div", { class: "grounds" },
      viz.el("h3", {}, decides ? "What decides it" : "The latest that is known"),
      viz.el("div", { class: "fact" }, viz.facts.content(told.fact)));
  }

  const moves = ({ moved = [] }) => moved.map((each) => (Object.hasOwn(MOVES, each) ? MOVES[each] : each)).join(", ");

  function block(promise, titled) {
    const told = promise.now;
    if (!told) return null;
    const cautions = caveats(told);
    const olds = before(promise);
    const newer = told.by === undefined ? null : promises[told.by];
    const section = viz.el(
      "section", { class: "verdict", "aria-label": `Outcome: ${name(told.outcome)}` },
      titled ? viz.el("h3", { class: "promised", dir: "auto" }, said(promise.fact)?.text ?? nodes[promise.node].label) : null,
      viz.el("p", { class: "outcome" }, look(told.outcome) ? viz.draw.seal(look(told.outcome)) : null, viz.el("b", {}, name(told.outcome)), viz.el("span", { class: "way-gone" }, way(told))),
      viz.el("p", { class: "note" }, [told.outcome !== "no-result" && Object.hasOwn(meanings, told.outcome) && meanings[told.outcome], told.reason && (Object.hasOwn(reasons, told.reason) ? reasons[told.reason] : `${told.reason}.`)].filter(Boolean).join(" ")),
      cautions.length ? viz.el("ul", { class: "caveats" }, cautions) : null,
      grounds(told),
      newer ? viz.el("div", {}, viz.el("h3", {}, "Another took its place", moves(told) ? `: ${moves(told)}` : ""), go(newer)) : null,
      olds.length ? viz.el("div", {}, viz.el("h3", {}, "It took the place of"), olds.map(go)) : null,
    );
    section.style.setProperty("--is", `var(--is-${told.outcome})`);
    return section;
  }

  // All that a thing promises; a target only one thing.
  const blocks = (node) => {
    const known = node.promises.filter(({ now }) => now).sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? 1 : -1));
    const blocks = known.map((promise) => block(promise, node.type !== "target"));
    if (blocks.length < 2) return blocks;
    const rest = blocks.slice(1);
    return [blocks[0], viz.el("details", { class: "more" }, viz.el("summary", {}, viz.count(rest.length, "earlier promise", "earlier promises")), rest)];
  };

  // How many promises a company made, by outcome, each a button that shows them.
  function tally(company) {
    const counts = viz.promises.tally(company);
    const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
    if (!total) return null;
    const show = (outcomes) => viz.state.change({ ...viz.state.open(), company: new Set([viz.facets.of("company", company)]), outcome: new Set(outcomes), selected: null, edge: null });
    return viz.el("div", { class: "tally" },
      viz.el("button", { type: "button", class: "quiet", click: () => show([]) }, viz.count(total, "promise", "promises")),
      [...counts].map(([outcome, count]) => viz.el(
        "button", { type: "button", class: "chip", click: () => show([outcome]), "aria-label": `${count} ${name(outcome)}: show them` },
        viz.draw.seal(look(outcome)), `${count} ${name(outcome)}`)));
  }

  return { blocks, tally, way };
})();
