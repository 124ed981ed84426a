"use strict";
// Puts the parts together, last of all.
(function () {
  const { things, nodes } = viz.data;
  const notice = viz.byId("notice");

  // Says, on the picture itself, that it does not show everything, and why.
  function tell(state) {
    const shown = viz.state.shown();
    const all = shown.things.size === things.length;
    notice.hidden = all && !shown.inside.size && !shown.open.size;
    if (notice.hidden) return;
    const around = state.centre === null ? "" : ` around ${nodes[state.centre].label.slice(0, 40)}`;
    notice.replaceChildren(
      viz.el("span", {}, `${viz.folds.told()}${around}`),
      state.open.size ? viz.el("button", { type: "button", class: "quiet", click: () => viz.state.change({ open: new Set(), selected: null, edge: null }) }, "fold all") : "",
      all ? "" : viz.el("button", {
        type: "button", class: "quiet",
        click: () => viz.state.change({ centre: null, hops: 0, types: new Set(), statuses: new Set(), hidden: new Set() }),
      }, "show all"),
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
