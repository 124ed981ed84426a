"use strict";
// Open groups: a frame round each in the picture, and a list from which they fold again.
viz.groups = (function () {
  const { nodes } = viz.data;
  const { net, boxes, seen } = viz.network;
  const list = viz.el("ul", {});
  const section = viz.el("div", { class: "group", hidden: true }, viz.el("div", { class: "group-head" }, viz.el("h2", {}, "Open groups")), list);
  viz.byId("legend").insertBefore(section, viz.byId("legend").lastElementChild);

  net.on("beforeDrawing", (context) => {
    const colours = viz.theme.colours();
    const unit = 1 / seen.scale;
    context.save();
    for (const { x, y, width, height } of boxes().values()) {
      context.beginPath();
      context.roundRect(x - width / 2, y - height / 2, width, height, 14 * unit);
      context.fillStyle = colours.raised;
      context.globalAlpha = 0.55;
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = colours.line;
      context.lineWidth = 1.5 * unit;
      context.stroke();
    }
    context.restore();
  });

  function update() {
    const { open } = viz.state.now();
    section.hidden = !open.size;
    list.replaceChildren(...[...open].map((id) => viz.el(
      "li", { class: "row" },
      viz.el("span", { class: "name", dir: "auto" }, nodes[id].label),
      viz.el("button", { type: "button", class: "quiet", "aria-label": `Fold ${nodes[id].label}`, click: () => viz.folds.fold(id) }, "fold"),
    )));
  }

  return { update };
})();
