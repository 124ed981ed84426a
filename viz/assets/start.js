"use strict";
// Puts the parts together, last of all.
(function () {
  const { things, nodes } = viz.data;
  const notice = viz.byId("notice");

  const note = (text, ...acts) => notice.replaceChildren(viz.el("span", { dir: "auto" }, text), ...acts);
  const act = (name, click) => viz.el("button", { type: "button", class: "quiet", click }, name);
  const short = (id) => nodes[id].label.slice(0, 40);

  // A link that leads to what is not here says so, and helps to look for it.
  function miss([name, ...more]) {
    const forget = () => { viz.address.missing(true); viz.state.change({}); };
    const others = more.length ? ` and ${viz.count(more.length, "other thing", "other things")}` : "";
    notice.hidden = false;
    notice.classList.add("long");
    return note(
      `This link leads to “${name}”${others}, which this page does not have. It may be called otherwise now, or be in another edition.`,
      act("search for it", () => { forget(); viz.search.ask(name.replace(/[^\p{L}\p{N}]+/gu, " ")); }), act("dismiss", forget),
    );
  }

  // Says, on the picture itself, that a path waits for its end, or that not everything is shown, and why.
  function tell(state) {
    notice.classList.remove("long");
    if (viz.address.missing().length) return miss(viz.address.missing());
    const shown = viz.state.shown();
    const all = shown.things.size === things.length;
    const folds = state.view === "network"; // the other views fold nothing
    const waits = state.from !== null && state.to === null;
    notice.hidden = all && !waits && !(folds && (shown.inside.size || shown.open.size));
    if (notice.hidden) return undefined;
    if (waits) return note(`A path from ${short(state.from)}: choose where it ends`, act("cancel", viz.path.end));
    const told = folds ? viz.folds.told() : `${shown.things.size.toLocaleString("en")} of ${things.length.toLocaleString("en")}`;
    return note(
      state.centre === null ? told : `${told} around ${short(state.centre)}`,
      folds && state.open.size ? act("fold all", () => viz.state.change({ open: new Set(), selected: null, edge: null })) : "",
      all ? "" : act("show all", viz.state.showAll),
    );
  }

  function colours() {
    const dark = viz.theme.name() === "dark";
    document.documentElement.dataset.theme = viz.theme.name();
    viz.byId("theme").setAttribute("aria-pressed", String(dark));
    viz.draw.repaint();
  }

  viz.state.watch((state, before) => {
    if (state.theme !== before.theme) colours();
    viz.legend.update(state);
    viz.panel.update(state, before);
    viz.groups.update();
    viz.views.update(state, before);
    viz.share.update();
    tell(state);
  });

  viz.byId("zoom-in").addEventListener("click", () => viz.views.zoom(1.3));
  viz.byId("zoom-out").addEventListener("click", () => viz.views.zoom(1 / 1.3));
  viz.byId("fit").addEventListener("click", viz.views.fit);
  viz.byId("theme").addEventListener("click", viz.theme.toggle);
  viz.byId("legend-toggle").addEventListener("click", () => viz.legend.open(!viz.legend.isOpen()));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address holds the state of the page
    viz.views.focus();
  });
  viz.theme.system.addEventListener("change", () => {
    colours();
    viz.state.change({});
  });

  viz.byId("stage").setAttribute(
    "aria-label",
    `Network of ${viz.count(things.length, "thing", "things")} and ${viz.count(viz.data.drawn.length, "connection", "connections")}`,
  );
  viz.legend.open(!viz.narrow());
  colours();
  viz.address.read();
  viz.network.settle();
  document.documentElement.dataset.ready = "yes";
})();
