"use strict";
// The views of the same things: one at a time is on the stage, and takes the keys and the buttons.
viz.views = (function () {
  const views = new Map();
  const NAMES = { overview: "Overview", network: "Network", columns: "Columns", timeline: "Timeline", table: "Table", map: "Map", compare: "Compare", contradictions: "Contradictions" };
  const ABOUT = {
    network: "What is tied to what, and on whose word",
    columns: "The same, sorted by what things are",
    timeline: "Plans from their announcement to their day",
    table: "Promises, plans and statements as rows",
    map: "Where things are, and what became of them",
    compare: "Two companies side by side",
    contradictions: "Statements that do not agree, side by side",
  };
  const buttons = new Map();
  const choice = viz.byId("view"); // where there is no room for buttons

  // `view` has an element, update(state, before, arrived), and as far as it makes sense zoom(factor),
  // fit() and focus().
  function add(name, view) {
    views.set(name, view);
    const click = () => viz.state.change({ view: name });
    buttons.set(name, viz.el("button", { type: "button", click }, NAMES[name]));
    viz.byId("views").append(buttons.get(name));
    choice.append(viz.el("option", { value: name }, NAMES[name]));
  }

  const current = () => views.get(viz.state.now().view);

  function update(state, before) {
    const arrived = state.view !== before.view;
    const held = arrived && views.get(before.view)?.element.contains(document.activeElement);
    for (const [name, view] of views) {
      const shown = name === state.view;
      // Hidden, not taken away: a network without a size would lose its view.
      view.element.inert = !shown;
      view.element.classList.toggle("asleep", !shown);
      buttons.get(name).setAttribute("aria-pressed", String(shown));
      if (shown) view.update(state, before, arrived);
    }
    choice.value = state.view;
    document.body.dataset.view = state.view;
    viz.byId("zoom").hidden = !current().zoom;
    if (held) current().focus(); // what is inert can hold the keyboard no longer
    if (arrived) viz.say(`${NAMES[state.view]}, ${viz.count(viz.state.shown().things.size, "thing", "things")}`);
  }

  function next() {
    const names = [...views.keys()];
    viz.state.change({ view: names[(names.indexOf(viz.state.now().view) + 1) % names.length] });
  }

  viz.roving(viz.byId("views"), "button", "[aria-pressed='true']");
  choice.addEventListener("change", () => viz.state.change({ view: choice.value }));

  return {
    add, update, current, next,
    list: () => [...views.keys()].map((name) => ({ name, title: NAMES[name], about: ABOUT[name] ?? "" })),
    home: () => (views.has("overview") ? "overview" : "network"), // what a page without any state opens on
    has: (name) => views.has(name), // a view of what there is none of is not there
    focus: () => current().focus(),
    zoom: (factor) => current().zoom?.(factor),
    fit: () => current().fit?.(),
    admit: (id) => current().admit?.(id), // to what is shown, whatever of the view's own keeps it out
  };
})();
