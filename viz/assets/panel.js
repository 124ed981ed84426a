"use strict";
// The details of what is selected: its facts, each with where it comes from, and its connections.
viz.panel = (function () {
  const { nodes, edges, said: statementOf, style, other } = viz.data;
  const panel = viz.byId("panel");
  const alphabet = new Intl.Collator("en");
  const MOST = 50; // lines of a list, until the reader wants more

  const chip = (status, type = style.types.initiative) => {
    if (!status) return null;
    const look = Object.hasOwn(style.statuses, status) ? style.statuses[status] : style.plain;
    return viz.el("span", { class: "chip" }, viz.draw.swatch(type, look, false), status);
  };

  const go = (id) =>
    viz.el(
      "button", { type: "button", class: "go", click: () => viz.state.reveal(id) },
      viz.draw.swatch(nodes[id].style, nodes[id].statusStyle, false),
      viz.el("span", { dir: "auto" }, nodes[id].label),
    );

  // "said by Jo Doe, in The Gazette, paraphrased": who says so, and how directly.
  function provenance(said) {
    const parts = [
      said.speaker && ["said by ", viz.el("b", { dir: "auto" }, said.speaker)],
      said.via && ["via ", viz.el("b", { dir: "auto" }, said.via)],
      said.mode && [said.mode],
      said.confidence && [`confidence ${said.confidence}`],
    ].filter(Boolean);
    return parts.length ? viz.el("p", { class: "who" }, parts.flatMap((part, index) => (index ? [" · ", ...part] : part))) : null;
  }

  function source(said) {
    return viz.el(
      "p", { class: "source" },
      viz.link(said.url, said.source || said.url || "no source named"),
      viz.el("span", { class: "where" }, [said.publisher, said.published].filter(Boolean).join(" · ")),
      said.locator && viz.el("span", { class: "where" }, said.locator),
    );
  }

  function statement(key, type, rival) {
    const said = statementOf(key);
    if (!said) return viz.el("li", { class: "fact" }, viz.el("p", { class: "where" }, `Not in this page: ${key}`));
    const rivals = rival ? [] : said.rivals;
    return viz.el(
      "li", { class: rival ? "fact rival" : "fact" },
      viz.el("p", { class: "said" }, viz.el("span", { dir: "auto" }, said.text || "(no words)"), chip(said.status, type)),
      said.note && viz.el("p", { class: "note", dir: "auto" }, said.note),
      provenance(said),
      source(said),
      rivals.length
        ? viz.el("div", { class: "rivals" }, viz.el("h4", {}, "Others say otherwise"),
          viz.el("ul", {}, rivals.map((each) => statement(each, type, true))))
        : null,
    );
  }

  const list = (facts, type) => some(facts.map((key) => () => statement(key, type, false)), "facts");

  // The first of many lines, and a button for the others.
  function some(lines, style) {
    const all = viz.el("ul", { class: style }, lines.slice(0, MOST).map((line) => line()));
    if (lines.length <= MOST) return all;
    const more = viz.el("button", { type: "button", class: "quiet", click: () => {
      more.remove();
      all.append(...lines.slice(MOST).map((line) => line()));
    } }, `${lines.length - MOST} more`);
    return viz.el("div", {}, all, more);
  }

  function connections(id) {
    const groups = new Map();
    for (const tie of nodes[id].ties) {
      const edge = edges[tie];
      const inward = edge.from !== id && !edge.mutual;
      const key = `${edge.timeless ? 1 : 0} ${inward ? 1 : 0} ${edge.label}`;
      if (!groups.has(key)) groups.set(key, { label: edge.label, inward, ties: [] });
      groups.get(key).ties.push(edge);
    }
    return [...groups.keys()].sort().map((key) => {
      const { label, inward, ties } = groups.get(key);
      const heading = inward ? `← ${label}` : `${label} →`;
      return viz.el(
        "div", { class: "tie" },
        viz.el("h4", { "aria-label": inward ? `Others: ${label} this` : label }, heading),
        some(ties
          .sort((a, b) => alphabet.compare(nodes[other(a, id)].label, nodes[other(b, id)].label))
          .map((edge) => () => viz.el(
            "li", {}, go(other(edge, id)),
            edge.facts.length
              ? viz.el("details", {}, viz.el("summary", {}, "evidence"), list(edge.facts))
              : null,
          ))),
      );
    });
  }

  const button = (label, pressed, click, title) =>
    viz.el("button", { type: "button", "aria-pressed": pressed, click, title }, label);

  function actions(id, state) {
    const focused = (hops) => state.centre === id && state.hops === hops;
    const focus = (hops) => () =>
      viz.state.change(focused(hops) ? { centre: null, hops: 0 } : { centre: id, hops });
    return viz.el(
      "div", { class: "actions" },
      button("Focus", String(focused(1)), focus(1), "Show only what is connected (1)"),
      button("2 hops", String(focused(2)), focus(2), "And what is connected to that (2)"),
      button("Hide", null, () => viz.panel.hide(id), "Put this away (h)"),
      nodes[id].parent === -1 ? null : button("Fold group", null, () => viz.folds.fold(nodes[id].parent), nodes[nodes[id].parent].label),
    );
  }

  function head(kind, picture, label, status, type) {
    return [
      viz.el("div", { class: "panel-head" },
        viz.el("p", { class: "kind" }, viz.el("span", { class: "chip" }, picture, kind), chip(status, type)),
        viz.el("button", { type: "button", class: "icon", id: "close", "aria-label": "Close details", title: "Close (Esc)", click: close }, "✕")),
      viz.el("h2", { dir: "auto" }, label),
    ];
  }

  function ofNode(node, state) {
    if (viz.folds.is(node.id)) return ofGroup(node);
    const more = [
      node.aliases.length ? viz.el("p", { class: "aliases", dir: "auto" }, `also ${node.aliases.join(", ")}`) : null,
      node.description ? viz.el("p", { class: "about", dir: "auto" }, node.description) : null,
      node.due ? viz.el("p", { class: "due" }, "Due ", viz.el("b", {}, node.due)) : null,
    ];
    const kind = node.style === style.unknown ? node.type : node.style.name;
    return [
      ...head(kind, viz.draw.swatch(node.style, style.plain, false), node.label, node.status, node.style),
      ...more,
      actions(node.id, state),
      node.facts.length ? viz.el("h3", {}, "Facts ", viz.el("span", { class: "count" }, String(node.facts.length))) : null,
      node.facts.length ? list(node.facts, node.style) : null,
      node.ties.length ? viz.el("h3", {}, "Connections ", viz.el("span", { class: "count" }, String(node.ties.length))) : null,
      ...connections(node.id),
      viz.el("p", { class: "iri" }, node.iri),
    ];
  }

  const tallied = (pairs) => viz.el("ul", {}, pairs.map(([name, count]) => viz.el("li", {}, `${count.toLocaleString("en")} ${name}`)));

  // A group: what is in it, and what of that is tied to most.
  function ofGroup(group) {
    const named = (type, count) => {
      const look = Object.hasOwn(style.types, type) ? style.types[type] : { name: type, plural: type };
      return (count === 1 ? look.name : look.plural).toLowerCase();
    };
    const tally = [...group.tally].sort((a, b) => b[1] - a[1]).map(([type, count]) => [named(type, count), count]);
    return [
      ...head("Group", viz.draw.swatch(group.style, style.plain, false), group.label, null),
      viz.el("div", { class: "actions" }, button("Open", null, () => viz.folds.open(group.id), "Show what is folded here (Enter)")),
      viz.el("h3", {}, "Folded here ", viz.el("span", { class: "count" }, group.inside.toLocaleString("en"))),
      tallied(tally),
      viz.el("h3", {}, "Most connected"),
      viz.el("ul", { class: "tie" }, viz.folds.foremost(group.id).map((id) => viz.el("li", {}, go(id)))),
    ];
  }

  // A line that stands for several connections of what is folded at its ends.
  function ofBundle(edge) {
    const counts = new Map();
    for (const id of edge.edges) counts.set(edges[id].label, (counts.get(edges[id].label) || 0) + 1);
    const one = (id) => viz.el("li", { class: "fact" }, go(edges[id].from), viz.el("span", { class: "where" }, edges[id].label), go(edges[id].to));
    return [
      ...head("Connections", "", edge.label, null),
      viz.el("div", { class: "ends" }, go(edge.from), viz.el("span", { class: "where" }, "and"), go(edge.to)),
      tallied([...counts].sort((a, b) => b[1] - a[1])),
      viz.el("h3", {}, "Each of them"),
      some(edge.edges.map((id) => () => one(id)), "facts"),
    ];
  }

  function ofEdge(edge) {
    if (edge.edges) return ofBundle(edge);
    return [
      ...head("Connection", "", edge.label, edge.status),
      viz.el("div", { class: "ends" }, go(edge.from), viz.el("span", { class: "where" }, edge.mutual ? `and each other: ${edge.label}` : edge.label), go(edge.to)),
      edge.facts.length
        ? viz.el("h3", {}, "Facts ", viz.el("span", { class: "count" }, String(edge.facts.length)))
        : viz.el("p", { class: "where" }, "Follows from what these things are; nobody need say it."),
      edge.facts.length ? list(edge.facts) : null,
    ];
  }

  function close() {
    viz.state.change({ selected: null, edge: null });
    viz.views.focus();
  }

  function hide(id) {
    const { hidden } = viz.state.now();
    viz.state.change({ selected: null, hidden: new Set([...hidden, id]) });
    viz.say(`${nodes[id].label} put away`);
    viz.views.focus();
  }

  function update(state, before) {
    const node = state.selected === null ? null : nodes[state.selected];
    const edge = state.edge === null ? null : edges[state.edge];
    panel.hidden = !node && !edge;
    document.body.classList.toggle("has-panel", !panel.hidden);
    const same = state.selected === before.selected && state.edge === before.edge;
    if (panel.hidden) {
      panel.replaceChildren();
      return;
    }
    // What is rebuilt loses the focus of the keyboard: it goes to the panel as a whole.
    const held = panel.contains(document.activeElement);
    const pressed = held && same ? document.activeElement.textContent : null;
    panel.replaceChildren(...(node ? ofNode(node, state) : ofEdge(edge)).filter(Boolean));
    if (!same) panel.scrollTop = 0;
    if (held) ([...panel.querySelectorAll("button")].find((it) => it.textContent === pressed) || panel).focus({ preventScroll: true });
    if (!same && node) {
      const size = viz.folds.is(node.id) ? viz.count(node.inside, "thing", "things") : viz.count(node.ties.length, "connection", "connections");
      viz.say([node.label, node.style.name, node.status, size].filter(Boolean).join(", "));
    }
    if (!same && edge) viz.say(`${nodes[edge.from].label} ${edge.label} ${nodes[edge.to].label}`);
  }

  return { update, close, hide };
})();
