"use strict";
// The keyboard. Letters count only while no field is being written in.
viz.keys = (function () {
  const { nodes } = viz.data;
  const stage = viz.byId("stage");
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let walk = { from: null, at: null, index: -1 };

  const shown = () => [...viz.state.shown().nodes];
  const places = (ids) => viz.network.net.getPositions(ids);

  // The most important thing in sight is where a walk begins.
  const first = () => shown().sort((a, b) => nodes[b].rank - nodes[a].rank || a - b)[0];

  function step([dx, dy]) {
    const { selected } = viz.state.now();
    if (selected === null) return select(first());
    const all = places(shown());
    const from = all[selected];
    let best = null;
    for (const [id, place] of Object.entries(all)) {
      const [x, y] = [place.x - from.x, place.y - from.y];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (along <= 0 || aside > along * 1.2) continue;
      const cost = along + 1.5 * aside;
      if (!best || cost < best.cost) best = { id: Number(id), cost };
    }
    return best && select(best.id);
  }

  // Round the neighbours of the thing where the walk began.
  function next(way) {
    const { selected } = viz.state.now();
    if (selected === null) return select(first());
    if (walk.at !== selected) walk = { from: selected, at: selected, index: way > 0 ? -1 : 0 };
    const visible = viz.state.shown().nodes;
    const near = viz.folds.around(walk.from).filter((id) => visible.has(id) && id !== walk.from);
    if (!near.length) return undefined;
    walk.index = (walk.index + way + near.length) % near.length;
    walk.at = near[walk.index];
    return select(walk.at);
  }

  function select(id) {
    if (id !== undefined) viz.state.change({ selected: id });
  }

  function focus(hops) {
    const { selected, centre, hops: now } = viz.state.now();
    if (selected === null) return;
    viz.state.change(centre === selected && now === hops ? { centre: null, hops: 0 } : { centre: selected, hops });
  }

  // Esc goes back one step: the details, the neighbourhood, what was picked, the chosen time, what was put away.
  function back() {
    const state = viz.state.now();
    if (viz.narrow() && viz.legend.isOpen()) viz.legend.open(false);
    else if (state.selected !== null || state.edge !== null) viz.panel.close();
    else if (state.from !== null) viz.path.end();
    else if (state.centre !== null) viz.state.change({ centre: null, hops: 0 });
    else if (viz.facets.any(state)) viz.state.change(viz.facets.none());
    else if (state.since || state.until) viz.state.change({ since: null, until: null });
    else if (state.hidden.size) viz.state.change({ hidden: new Set() });
    else if (state.open.size) viz.folds.fold([...state.open].pop());
    else viz.views.focus();
  }

  const COMMANDS = {
    "/": () => viz.search.focus(),
    f: viz.views.fit,
    0: viz.views.fit,
    "+": () => viz.views.zoom(1.3),
    "=": () => viz.views.zoom(1.3),
    "-": () => viz.views.zoom(1 / 1.3),
    v: viz.views.next,
    1: () => focus(1),
    2: () => focus(2),
    h: () => viz.state.now().selected !== null && viz.panel.hide(viz.state.now().selected),
    p: () => viz.state.now().selected !== null && viz.panel.pin(viz.state.now().selected),
    n: () => next(1),
    N: () => next(-1),
    t: () => viz.theme.toggle(),
    "?": () => viz.help.open(),
    Escape: back,
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(":popover-open")) return; // which it closes
    if (document.querySelector("dialog[open]")) return; // whatever lies below is out of reach
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const writing = event.target.matches("input:not([type=checkbox], [type=range]), textarea, select");
    if (writing) return;
    const onStage = stage.contains(event.target);
    if (onStage && ARROWS[event.key]) {
      event.preventDefault();
      step(ARROWS[event.key]);
    } else if (onStage && event.key === "Enter") {
      const { selected } = viz.state.now();
      if (selected !== null && viz.folds.is(selected)) return viz.folds.open(selected);
      if (viz.byId("panel").hidden) select(first());
      viz.byId("panel").focus();
    } else if (Object.hasOwn(COMMANDS, event.key)) {
      event.preventDefault();
      COMMANDS[event.key]();
    }
  });
})();
