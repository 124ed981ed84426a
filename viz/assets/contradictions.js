"use strict";
// Who contradicts whom: every pair once, its two sides beside each other, in what they differ, and who
// stands behind each. Which statements are a pair was derived when the graph was built.
(function () {
  const { contradictions, things, nodes, edges, said } = viz.data;
  if (!contradictions.length) return; // then there is no such view
  const element = viz.byId("contradictions");
  const KINDS = {
    contradicts: "Both cannot be true",
    "differs from": "They tell it differently",
    disagrees: "Two figures of the same",
  };
  const kindOf = ({ kind }) => (Object.hasOwn(KINDS, kind) ? KINDS[kind] : kind);
  const MOST = 40; // pairs, until the reader wants more

  // What a pair is about: the things, or the ends of the relations, at which its statements are shown.
  let homes = null;
  function find() {
    homes = new Map();
    const add = (fact, home) => homes.set(fact, [...(homes.get(fact) ?? []), home]);
    for (const node of things) for (const fact of node.facts) add(fact, { node });
    for (const edge of edges) for (const fact of edge.facts) add(fact, { edge });
  }
  const inSight = ({ node, edge }, { things: shown, ties }) => (node ? shown.has(node.id) : ties.has(edge.twin ?? edge.id));

  // The plan that a statement is about, else the first thing at which it is shown.
  const RANK = ["target", "initiative", "facility", "company"];
  function about(pair) {
    const found = pair.facts.flatMap((fact) => homes.get(fact) ?? []);
    const ends = found.flatMap(({ node, edge }) => (node ? [node] : [nodes[edge.from]]));
    return ends.sort((a, b) => (RANK.indexOf(b.type) + 1 ? 1 : 0) - (RANK.indexOf(a.type) + 1 ? 1 : 0) || RANK.indexOf(a.type) - RANK.indexOf(b.type))[0] ?? null;
  }

  const join = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]);
  const day = (pair) => pair.facts.map((fact) => said(fact)?.published ?? "").sort().at(-1);

  function shown() {
    if (!homes) find();
    const sight = viz.state.shown();
    // What was corrected gainsays nobody from then on.
    const timely = (fact) => { const { published, corrected } = said(fact) ?? {}; return (!published || viz.state.known(published)) && !(corrected && corrected <= viz.days.written(viz.known.today())); };
    return contradictions
      .filter((pair) => pair.facts.every((fact) => timely(fact) && (homes.get(fact) ?? []).some((home) => inSight(home, sight))))
      .sort((a, b) => (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : 0));
  }

  function card(pair) {
    const of = about(pair);
    const differs = pair.differs.length ? ` in ${join(pair.differs)}` : "";
    return viz.el(
      "li", { class: "pair" },
      viz.el("div", { class: "pair-head" },
        of ? viz.el("button", { type: "button", class: "go", click: (event) => viz.panel.choose(event, of.id) }, viz.draw.picture(of), viz.named(of, null, whose(of) + of.label)) : null,
        viz.el("p", { class: "where" }, `${kindOf(pair)}: they differ${differs}`)),
      viz.el("ul", { class: "sides" }, pair.facts.map((fact) => viz.el("li", {}, viz.facts.content(fact)))),
    );
  }
  const whose = ({ plan }) => (plan && plan.company !== null ? `${nodes[plan.company].label}: ` : "");

  let last = [];
  function update(state) {
    const now = [viz.state.shown(), state.since, state.until, viz.theme.name()];
    if (now.every((each, at) => each === last[at])) return;
    last = now;
    const pairs = shown();
    const count = viz.el("p", { class: "lead", role: "status" }, pairs.length
      ? `${viz.count(pairs.length, "pair", "pairs")} of statements that do not agree${pairs.length < contradictions.length ? `, of ${contradictions.length.toLocaleString("en")} in all` : ""}. Both stay in the graph; which is right is not decided here.`
      : "Nothing of what is shown is contradicted.");
    element.replaceChildren(viz.el("h2", { class: "unseen" }, "Contradictions"), count, viz.facts.some(pairs.map((pair) => () => card(pair)), "pairs", MOST));
    element.scrollTop = 0;
  }

  // For paper all pairs, for a file a row each.
  const paper = () => [viz.el("ul", { class: "pairs" }, shown().map(card))];
  function lines() {
    const side = (fact) => { const it = said(fact) ?? {}; return [it.text, it.speaker, it.publisher, it.published, fact, it.url].map((value) => value || ""); };
    const titles = ["says", "said by", "publisher", "published", "statement IRI", "source URL"];
    return {
      head: ["About", "Pair", "They differ in", ...["One", "Other"].flatMap((which) => titles.map((title) => `${which} ${title}`))],
      rows: shown().map((pair) => { const of = about(pair); return [of ? whose(of) + of.label : "", kindOf(pair), pair.differs.join("; "), ...pair.facts.flatMap(side)]; }),
    };
  }

  viz.views.add("contradictions", { element, update, paper, lines, focus: () => element.focus({ preventScroll: true }) });
})();
