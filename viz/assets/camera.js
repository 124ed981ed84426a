"use strict";
// Where the network is looked at from: what there is to see, in the part of the stage that is free.
viz.camera = (net, stage) => {
  let follows = true; // what is shown, until the reader moves the picture
  net.on("dragStart", () => (follows = false));
  net.on("zoom", () => (follows = false));

  // The part of the stage that no panel covers, in pixels of the stage.
  function free() {
    const box = stage.getBoundingClientRect();
    const panel = viz.byId("panel");
    let right = box.width;
    let bottom = box.height;
    if (!panel.hidden) {
      const over = panel.getBoundingClientRect();
      if (viz.narrow()) bottom = Math.max(120, over.top - box.top);
      else right = Math.max(200, over.left - box.left);
    }
    return { width: right, height: bottom, box };
  }

  // Where the buttons lie over it.
  function covered() {
    const [own, all] = [viz.byId("zoom"), stage].map((element) => element.getBoundingClientRect());
    return { x: own.x - all.x, y: own.y - all.y, w: own.width, h: own.height };
  }

  function bounds(ids) {
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of Object.values(net.getPositions(ids))) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.max(box[1], x);
      box[2] = Math.min(box[2], y);
      box[3] = Math.max(box[3], y);
    }
    return box;
  }

  // The middle between two sides, moved so that the view stays on what there is to see.
  function centre(low, high, least, most, view) {
    if (most - least <= view) return (least + most) / 2;
    return Math.min(Math.max((low + high) / 2, least + view / 2), most - view / 2);
  }

  // Brings things into the free part of the stage, labels and all.
  function fit(ids, { most = 1.5, animate = true } = {}) {
    if (!ids.length) return;
    const [left, right, top, bottom] = bounds(ids);
    const all = bounds([...viz.state.shown().nodes]);
    const room = free();
    const side = viz.narrow() ? 34 : 76;
    // Beside a card, or on its way to another size, the stage may have no room left.
    const scale = Math.max(0.02, Math.min(
      most,
      (room.width - 2 * side) / Math.max(1, right - left),
      (room.height - 104) / Math.max(1, bottom - top),
    ));
    // vis puts `position` in the middle of the whole stage, and labels hang below their nodes.
    const position = {
      x: centre(left, right, all[0], all[1], (room.width - 2 * side) / scale) + (room.box.width - room.width) / 2 / scale,
      y: centre(top, bottom, all[2], all[3], (room.height - 104) / scale) + ((room.box.height - room.height) / 2 + 10) / scale,
    };
    const animation = animate && !viz.still() && { duration: 380, easingFunction: "easeInOutQuad" };
    net.moveTo({ position, scale, animation });
  }

  const fitAll = (how) => {
    follows = true;
    fit([...viz.state.shown().nodes], how);
  };

  // Moves only if something that matters is out of sight.
  function attend(ids) {
    const room = free();
    const places = net.getPositions(ids);
    const out = ids.some((id) => {
      const place = net.canvasToDOM(places[id]);
      return place.x < 20 || place.y < 20 || place.x > room.width - 20 || place.y > room.height - 40;
    });
    if (out) fit(ids, { most: Math.max(net.getScale(), 0.8) });
  }

  function zoom(factor) {
    follows = false;
    const scale = Math.min(8, Math.max(0.05, net.getScale() * factor));
    net.moveTo({ scale, animation: !viz.still() && { duration: 160, easingFunction: "easeOutQuad" } });
  }

  return { free, covered, fit, fitAll, attend, zoom, follows: () => follows };
};
