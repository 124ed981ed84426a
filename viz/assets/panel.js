"use strict";
// The details of what is selected: its facts, each with where it comes from, and its connections.
viz.panel = (function () {
  const { nodes, edges, style, other, saying } = viz.data;
  const { chip, list, some } = viz.facts;
  const panel = viz.byId("panel");
  const alphabet = new Intl.Collator("en");

  const go = (id) =>
    viz.el(
      "button", { type: "button", class: "go", click: () => viz.state.reveal(id) },
      viz.draw.picture(nodes[id]),
      viz.named(nodes[id]),
    );

  function connections(id) {
    const groups = new Map();
    for (const tie of nodes[id].ties) {
      const edge = edges[tie];
      const inward = edge.from !== id && !edge.mutual;
      const key = `${edge.timeless ? 1 : 0} ${inward ? 1 : 0} ${saying(edge)}`;
      if (!groups.has(key)) groups.set(key, { label: saying(edge), inward, ties: [] });
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
            "li", {}, go(other(edge, id)), edge.until ? viz.el("span", { class: "where" }, `until ${edge.ended}`) : null,
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
      button("Pin", String(state.pinned.has(id)), () => pin(id), "Keep this in sight whatever is switched off (p)"),
      button("Hide", null, () => hide(id), "Put this away (h)"),
      button("Path from here", null, () => viz.path.start(id), "Then choose where it ends"),
      nodes[id].parent === -1 ? null : button("Fold group", null, () => viz.folds.fold(nodes[id].parent), nodes[nodes[id].parent].label),
    );
  }

  const became = (told) => (told && told.outcome !== "open" ? viz.el("span", { class: "chip" }, viz.draw.seal(viz.promises.look(told.outcome)), viz.promises.name(told.outcome)) : null);

  function head(kind, picture, label, status, type, told = null) {
    return [
      viz.el("div", { class: "panel-head" },
        viz.el("p", { class: "kind" }, viz.el("span", { class: "chip" }, picture, kind), chip(status, type), became(told)),
        viz.el("button", { type: "button", class: "icon", id: "close", "aria-label": "Close details", title: "Close (Esc)", click: close }, "✕")),
      viz.el("h2", { dir: "auto" }, label),
    ];
  }

  // What the bar of a plan shows, in words.
  function inTime(node) {
    const { plan } = node;
    const due = plan.steps.at(-1);
    const entries = [
      ["Whose", viz.rows.whose(plan)],
      ["Part of", plan.within !== null && nodes[plan.within].label],
      ["Known since", plan.start],
      ["Due", due && due.words],
      ["Put off from", plan.steps.slice(0, -1).map((step) => step.words).join(", ")],
    ].filter(([, value]) => value);
    return viz.el("dl", { class: "days" }, entries.map(([name, value]) => [viz.el("dt", {}, name), viz.el("dd", { dir: "auto" }, value)]).flat());
  }

  function ofNode(node, state) {
    if (viz.folds.is(node.id)) return ofGroup(node);
    const others = [...new Set([...Object.values(node.names), ...node.aliases])].filter((name) => name !== node.label);
    const more = [
      others.length ? viz.el("p", { class: "aliases", dir: "auto" }, `also ${others.join(", ")}`) : null,
      node.description ? viz.el("p", { class: "about", dir: "auto" }, node.description) : null,
      ...viz.verdict.blocks(node),
      node.type === "company" ? viz.verdict.tally(node.id) : null,
      node.plan ? inTime(node) : node.due ? viz.el("p", { class: "due" }, "Due ", viz.el("b", {}, node.due)) : null,
    ];
    const kind = node.style === style.unknown ? node.type : node.style.name;
    return [
      ...head(kind, viz.draw.swatch(node.style, style.plain, false), viz.named(node), node.status, node.style, node.told),
      ...more,
      actions(node.id, state),
      viz.course.card(node),
      viz.guidance.card(node),
      node.facts.length ? heading("Facts", node.facts.length) : null,
      ...(node.facts.length ? list(node.facts, node.style) : []),
      node.ties.length ? heading("Connections", node.ties.length) : null,
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
    const one = (id) => viz.el("li", { class: "fact" }, go(edges[id].from), viz.el("span", { class: "where" }, saying(edges[id])), go(edges[id].to));
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
      ...head("Connection", "", edge.until ? `${saying(edge)} until ${edge.ended}` : edge.label, edge.status),
      viz.el("div", { class: "ends" }, go(edge.from), viz.el("span", { class: "where" }, edge.mutual ? `and each other: ${saying(edge)}` : saying(edge)), go(edge.to)),
      edge.facts.length
        ? heading("Facts", edge.facts.length)
        : viz.el("p", { class: "where" }, "Follows from what these things are; nobody need say it."),
      ...(edge.facts.length ? list(edge.facts) : []),
    ];
  }

  const heading = (text, count) => viz.el("h3", {}, `${text} `, viz.el("span", { class: "count" }, String(count)));

  // A path, step by step, with what each step rests on.
  function ofPath({ from, to }) {
    const way = viz.path.way();
    const steps = viz.path.steps().map((step) => viz.el(
      "li", { class: "step" },
      ...step.edges.map((edge) => viz.el(
        "div", { class: "hop" },
        viz.el("p", { class: "where" }, edge.mutual ? `↔ ${saying(edge)}` : edge.from === step.from ? `↓ ${saying(edge)}` : `↑ ${saying(edge)}`),
        edge.facts.length ? viz.el("details", {}, viz.el("summary", {}, "evidence"), list(edge.facts)) : null,
      )),
      go(step.to),
    ));
    return [
      viz.el("div", { class: "panel-head" },
        viz.el("p", { class: "kind" }, viz.el("span", { class: "chip plain-chip" }, way.length ? viz.count(way.length - 1, "step", "steps") : "no path")),
        viz.el("button", { type: "button", class: "icon", id: "close", "aria-label": "Close path", title: "Close (Esc)", click: close }, "✕")),
      viz.el("h2", { dir: "auto" }, `${nodes[from].label} to ${nodes[to].label}`),
      way.length
        ? viz.el("ol", { class: "way" }, viz.el("li", { class: "step" }, go(from)), steps)
        : viz.el("p", { class: "about" }, "Nothing that is shown connects the two."),
      viz.el("p", { class: "where" }, "The shortest way over what is shown. Switch off or hide what it should not go through."),
    ];
  }

  function close() {
    const { selected, edge } = viz.state.now();
    if (selected === null && edge === null) viz.path.end();
    else viz.state.change({ selected: null, edge: null });
    viz.views.focus();
  }

  // The key leads on into the details, as in the network; the mouse leaves the keyboard where it is.
  function lead(event) {
    if (event.detail === 0) panel.focus({ preventScroll: true });
  }

  function choose(event, id) {
    viz.state.change({ selected: id });
    lead(event);
  }

  function hide(id) {
    const { hidden } = viz.state.now();
    viz.state.change({ selected: null, hidden: new Set([...hidden, id]) });
    viz.say(`${nodes[id].label} put away`);
    viz.views.focus();
  }

  function pin(id) {
    const pinned = new Set(viz.state.now().pinned);
    if (!pinned.delete(id)) pinned.add(id);
    viz.state.change({ pinned });
    viz.say(`${nodes[id].label} ${pinned.has(id) ? "pinned" : "no longer pinned"}`);
  }

  function update(state, before) {
    const node = state.selected === null ? null : nodes[state.selected];
    const edge = state.edge === null ? null : edges[state.edge];
    const path = state.to !== null && !node && !edge;
    panel.hidden = !node && !edge && !path;
    document.body.classList.toggle("has-panel", !panel.hidden);
    const same = state.selected === before.selected && state.edge === before.edge && state.to === before.to;
    if (panel.hidden) {
      panel.replaceChildren();
      return;
    }
    // What is rebuilt loses the focus of the keyboard: it goes to the panel as a whole.
    const held = panel.contains(document.activeElement);
    const pressed = held && same ? document.activeElement.textContent : null;
    panel.replaceChildren(...(node ? ofNode(node, state) : edge ? ofEdge(edge) : ofPath(state)).filter(Boolean));
    if (!same) panel.scrollTop = 0;
    if (held) ([...panel.querySelectorAll("button")].find((it) => it.textContent === pressed) || panel).focus({ preventScroll: true });
    if (!same && node) {
      const size = viz.folds.is(node.id) ? viz.count(node.inside, "thing", "things") : viz.count(node.ties.length, "connection", "connections");
      viz.say([node.label, node.style.name, node.statusStyle.name, size].filter(Boolean).join(", "));
    }
    if (!same && edge) viz.say(`${nodes[edge.from].label} ${saying(edge)} ${nodes[edge.to].label}`);
    if (!same && path) viz.say(viz.path.way().length ? `Path of ${viz.count(viz.path.steps().length, "step", "steps")}` : "No path");
  }

  return { update, choose, lead, close, hide, pin };
})();
