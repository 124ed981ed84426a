"use strict";
// Where the reader picks: what became of it, whose, where, of what, on whose word. Every value says how
// many plans it would leave, or of how many promises it is; what is picked stands above the view as well, and goes from there.
viz.filters = (function () {
  const { style } = viz.data;
  const { NAMES, counts, told, toggle } = viz.facets;
  const FEW = 8; // values of a list before the reader wants more
  const lists = [];

  function line(part, value, name, count, state, picture) {
    const on = part === "disputed" ? state.disputed : state[part].has(value);
    return viz.el("li", { class: on ? "row picked" : "row" }, viz.el(
      "button", { type: "button", class: "pick", "aria-pressed": String(on), "data-pick": `${part} ${value}`, click: () => pick(part, value, name) },
      picture, viz.el("span", { class: "name", dir: "auto" }, name), viz.el("span", { class: "count" }, count.toLocaleString("en"))));
  }

  function pick(part, value, name) {
    toggle(part, value);
    viz.say(`${name}: ${viz.count(viz.state.shown().things.size, "thing", "things")} shown`);
  }

  // What became of it: always in sight, for it is the legend of the marks.
  const outcomes = viz.el("ul");
  function drawOutcomes(state) {
    const found = counts("outcome", state);
    const there = style.order.outcomes.filter((outcome) => found.get(outcome) || state.outcome.has(outcome));
    const rows = there.map((outcome) => line("outcome", outcome, viz.promises.name(outcome), found.get(outcome) ?? 0, state, viz.draw.seal(style.outcomes[outcome])));
    const disputes = counts("disputed", state).get(true) ?? 0;
    if (disputes || state.disputed) rows.push(line("disputed", true, "disputed plans", disputes, state, viz.el("span", { class: "versus", "aria-hidden": "true" }, "≠")));
    outcomes.replaceChildren(...rows);
    outcomes.parentElement.hidden = !rows.length;
  }

  viz.roving(outcomes, "button");

  // A list that opens: the values that leave most, or those that are looked for.
  function facet(part) {
    const wanted = viz.el("input", { type: "search", class: "find", "aria-label": `Find: ${NAMES[part]}`, placeholder: "Find", maxlength: 100, autocomplete: "off", spellcheck: "false", input: () => draw(viz.state.now()) });
    const list = viz.el("ul");
    viz.roving(list, "button");
    const mark = viz.el("span", { class: "count" });
    const box = viz.el("details", { class: "facet", toggle: () => draw(viz.state.now()) }, viz.el("summary", {}, NAMES[part], mark), viz.el("div", {}, wanted, list));
    let most = FEW;

    function draw(state) {
      const values = viz.facets.values(part);
      mark.textContent = state[part].size ? [...state[part]].map((at) => values[at][1]).join(", ") : "";
      if (!box.open) return;
      const found = counts(part, state);
      const words = viz.fold(wanted.value).split(" ").filter(Boolean);
      const order = [...new Set([...state[part], ...found.keys()])]
        .filter((at) => words.every((word) => viz.fold(values[at][1]).includes(word)))
        .sort((a, b) => Number(state[part].has(b)) - Number(state[part].has(a)) || (found.get(b) ?? 0) - (found.get(a) ?? 0) || a - b);
      wanted.hidden = values.length <= FEW;
      const rows = order.slice(0, most).map((at) => line(part, at, values[at][1], found.get(at) ?? 0, state, null));
      if (order.length > most) rows.push(viz.el("li", {}, viz.el("button", { type: "button", class: "quiet", click: () => { const settle = viz.held(); most += 50; draw(viz.state.now()); settle(); } }, `${order.length - most} more`)));
      const held = list.contains(document.activeElement) ? document.activeElement.dataset.pick : null;
      list.replaceChildren(...(rows.length ? rows : [viz.el("li", { class: "where" }, "none")]));
      if (held) list.querySelector(`[data-pick="${CSS.escape(held)}"]`)?.focus();
    }
    lists.push(draw);
    return viz.facets.values(part).length > 1 ? box : null;
  }

  const heading = (text, part) => {
    const all = viz.el("button", { type: "button", class: "quiet", "aria-label": `Show all: ${text}`, click: () => viz.state.change(part === null ? viz.facets.none() : { outcome: new Set(), disputed: false }) }, "all");
    return { all, head: viz.el("div", { class: "group-head" }, viz.el("h2", {}, text), all) };
  };
  const top = heading("What became of promises", "outcome");
  const rest = heading("Pick", null);
  const element = [
    viz.el("div", { class: "group outcomes" }, top.head, outcomes),
    viz.el("div", { class: "group facets" }, rest.head, Object.keys(NAMES).map(facet)),
  ];

  // What is picked, above the view, each with a way to let it go.
  const bar = viz.byId("picked");
  function drawBar(state) {
    const picked = told(state);
    bar.hidden = !picked.length;
    bar.replaceChildren(...picked.map(({ part, value, label }) => viz.el(
      "button", { type: "button", class: "chip", "aria-label": `Let go: ${label}`, click: () => toggle(part, value) },
      part === "outcome" ? viz.draw.seal(style.outcomes[value]) : null, viz.el("span", { dir: "auto" }, label), viz.el("span", { class: "x", "aria-hidden": "true" }, "✕"))));
  }

  let last = [];
  function update(state) {
    const now = [viz.state.shown(), ...viz.facets.PARTS.map((part) => state[part]), state.disputed, state.until, state.since];
    if (now.every((each, at) => each === last[at])) return;
    last = now;
    const held = outcomes.contains(document.activeElement) ? document.activeElement.dataset.pick : null;
    drawOutcomes(state);
    if (held) outcomes.querySelector(`[data-pick="${CSS.escape(held)}"]`)?.focus();
    for (const draw of lists) draw(state);
    drawBar(state);
    top.all.style.visibility = state.outcome.size || state.disputed ? "visible" : "hidden";
    rest.all.style.visibility = viz.facets.any(state) ? "visible" : "hidden";
  }

  return { element, update };
})();
