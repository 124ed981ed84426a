"use strict";
// The network itself: vis-network places, moves and hits; we say how each thing looks.
viz.network = (function () {
  const { nodes, edges, drawn } = viz.data;
  const stage = viz.byId("stage");
  const FAINT = 0.17;
  const seen = { nodes: [], scale: 1, hovered: null };
  let trodden = { nodes: new Set(), edges: new Set() }; // a path
  let lit = null; // what a selection leaves bright, or nothing when all is bright
  let settled = false; // before that, nothing moves

  // The picture takes the shape of the screen: it stands upright on an upright one, and is pulled
  // apart, never pressed together, along the side where there is more room.
  const shape = (function () {
    const box = stage.getBoundingClientRect();
    const upright = box.height > box.width * 1.2;
    const turned = ({ x, y }) => (upright ? [y, x] : [x, y]);
    const places = nodes.filter((node) => node.parent === -1).map(turned);
    const extent = (axis) => 1 + places.reduce((most, place) => Math.max(most, 2 * Math.abs(place[axis])), 0);
    const ratio = (box.width - 150) / Math.max(100, box.height - 104) / (extent(0) / extent(1));
    const pull = [Math.min(1.5, Math.max(1, ratio)), Math.min(1.5, Math.max(1, 1 / ratio))];
    const pulled = (place) => turned(place).map((at, axis) => at * pull[axis]);
    return (place) => {
      const [x, y] = pulled(place);
      const [width, height] = place.width ? pulled({ x: place.width, y: place.height }) : [];
      return { x, y, width, height };
    };
  })();

  const radius = (node, scale) => {
    const least = node.type === "company" ? 10 : viz.folds.is(node.id) ? 9 : 5.5;
    return Math.min(Math.max(node.size, least / scale), (node.size * 1.7) / Math.min(scale, 1e3));
  };

  // What became of a promise stands at the upper right of what shows it: how, and where.
  function badge(node) {
    const { px: x, py: y, r } = node;
    const look = viz.promises.mark(node);
    return look && { look, x: x + r * 0.8, y: y - r * 0.8, r: Math.max(r * 0.52, Math.min(4.2 / seen.scale, r * 0.8)) };
  }

  function paint({ ctx, id, x, y }) {
    const node = nodes[id];
    const scale = seen.scale;
    const r = radius(node, scale);
    const dim = Boolean(lit) && !lit.has(id);
    Object.assign(node, { px: x, py: y, r });
    const draw = () => {
      seen.nodes.push(node);
      const unit = 1 / Math.max(scale, 0.6);
      if (id === viz.state.now().selected) viz.draw.halo(ctx, node.style, x, y, r, 1 / scale);
      if (dim) {
        viz.draw.blank(ctx, node.style, x, y, r); // or its edges would show through
        ctx.globalAlpha = FAINT;
      }
      viz.draw.node(ctx, node.style, node.statusStyle, x, y, r, unit);
      const told = badge(node);
      if (told) viz.draw.outcome(ctx, told.look, told.x, told.y, told.r);
      ctx.globalAlpha = 1;
    };
    // What vis-network takes for a label comes after all nodes: where it is crowded, companies stay whole.
    const turn = node.type === "company" && !dim ? "drawExternalLabel" : "drawNode";
    return { nodeDimensions: { width: 2 * r + 4 / scale, height: 2 * r + 4 / scale }, [turn]: draw };
  }

  // Several edges between the same two things bend away from each other.
  function bends() {
    const pairs = new Map();
    for (const edge of drawn) {
      const pair = Math.min(edge.from, edge.to) * nodes.length + Math.max(edge.from, edge.to);
      if (!pairs.has(pair)) pairs.set(pair, []);
      pairs.get(pair).push(edge);
    }
    for (const group of pairs.values()) {
      group.forEach((edge, index) => {
        const off = (index - (group.length - 1) / 2) * 0.24 * (edge.from < edge.to ? 1 : -1);
        edge.smooth = off
          ? { enabled: true, type: off > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.6, Math.abs(off)) }
          : { enabled: false, type: "continuous", roundness: 0 };
      });
    }
  }

  function look(edge) {
    const colours = viz.theme.colours();
    const state = viz.state.now();
    const chosen = edge.id === state.edge || trodden.edges.has(edge.id);
    const near = chosen || edge.from === state.selected || edge.to === state.selected;
    const colour = chosen ? colours.ring : near ? colours.soft : edge.timeless ? colours.faint : edge.until || edge.status === "abandoned" ? colours.grey : colours.edge;
    const weight = edge.edges ? 0.5 + 0.5 * Math.log2(edge.edges.length) : edge.timeless ? 0.9 : edge.statusStyle.weight;
    return {
      id: edge.id,
      color: { color: colour, hover: colour, highlight: colour, inherit: false, opacity: lit && !near ? FAINT : 1 },
      width: chosen ? weight + 1.4 : weight + (near && !edge.timeless ? 0.3 : 0),
      dashes: edge.statusStyle.line.length ? edge.statusStyle.line : false,
      arrows: { to: { enabled: !edge.mutual, scaleFactor: edge.timeless ? 0.3 : 0.42 } },
    };
  }

  bends();
  const nodeSet = new vis.DataSet(); // only of what is in sight: the rest costs nothing
  const edgeSet = new vis.DataSet();
  const net = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, viz.payload.options);
  const camera = viz.camera(net, stage);
  // The stage takes the keys, not the frame within it.
  stage.querySelectorAll("[tabindex]").forEach((inner) => inner.setAttribute("tabindex", "-1"));

  net.on("beforeDrawing", () => {
    seen.nodes = [];
    seen.scale = net.getScale();
  });
  net.on("hoverNode", ({ node }) => hover(node));
  net.on("blurNode", () => hover(null));
  net.on("hoverEdge", () => (stage.style.cursor = "pointer"));
  net.on("blurEdge", () => (stage.style.cursor = ""));
  net.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined && viz.folds.is(node)) viz.folds.open(node);
    else if (node !== undefined) viz.state.change({ selected: node });
    else if (edge !== undefined) viz.state.change({ selected: null, edge });
    else viz.state.change({ selected: null, edge: null });
  });
  net.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined && !viz.folds.is(node)) viz.state.change({ centre: node, hops: 1, selected: node });
  });

  function hover(id) {
    seen.hovered = id;
    stage.style.cursor = id === null ? "" : "pointer";
    net.redraw();
  }

  // The view without any movement: when the page opens, and when the window changes its size.
  function settle() {
    settled = true;
    sync(viz.state.now()); // another view may have been in sight so far
    const { nodes: kept } = viz.state.shown();
    if (lit) camera.fit([...lit].filter((id) => kept.has(id)), { most: 1, animate: false });
    else camera.fitAll({ animate: false });
  }

  let last = { open: null, only: null };
  let arranged = { places: new Map(), boxes: new Map() };

  // Brings nodes and edges in line with what is in sight.
  function sync(state) {
    const { nodes: kept, edges: tied, open, things: only } = viz.state.shown();
    const room = state.centre === null ? null : only;
    const moved = open !== last.open || room !== last.only;
    if (moved) {
      last = { open, only: room };
      arranged = viz.folds.places(open, room);
      for (const part of Object.values(arranged)) for (const [id, place] of part) part.set(id, shape(place));
    }
    edgeSet.remove(edgeSet.getIds().filter((id) => !tied.has(id)));
    nodeSet.remove(nodeSet.getIds().filter((id) => !kept.has(id)));
    const fresh = [...kept].filter((id) => moved || !nodeSet.get(id));
    const place = (id) => ({ x: arranged.places.get(id).x, y: arranged.places.get(id).y });
    nodeSet.update(fresh.map((id) => ({ id, ...place(id), shape: "custom", ctxRenderer: paint })));
    edgeSet.update([...tied].map((id) => ({ ...look(edges[id]), from: edges[id].from, to: edges[id].to, smooth: edges[id].smooth })));
  }

  // What to look at when groups have been opened or folded, or nothing if none have.
  function turnedTo(state, before) {
    const opened = [...state.open].filter((id) => !before.open.has(id)).pop();
    const { nodes: kept } = viz.state.shown();
    if (opened !== undefined) return [...kept].filter((id) => viz.folds.above(id).includes(opened));
    return state.open.size < before.open.size ? [...kept] : null;
  }

  function update(state, before) {
    const { nodes: kept } = viz.state.shown();
    lit = null;
    if (state.selected !== null) lit = new Set([state.selected, ...viz.folds.around(state.selected)]);
    if (state.edge !== null) lit = new Set([edges[state.edge].from, edges[state.edge].to]);
    trodden = viz.path.trodden();
    if (!lit && trodden.nodes.size) lit = trodden.nodes;
    sync(state);
    net.redraw();
    if (!settled) return;
    const turned = turnedTo(state, before);
    if (turned && !lit) camera.fit(turned);
    else if (state.centre !== before.centre || state.hops !== before.hops) camera.fitAll();
    else if (lit && ["selected", "edge", "to"].some((part) => state[part] !== before[part])) {
      camera.attend([...lit].filter((id) => kept.has(id)));
    } else if (!lit && camera.follows() && (before.selected !== null || before.edge !== null)) camera.fitAll();
  }

  net.on("resize", () => settled && camera.follows() && settle());

  // What is on the stage, drawn with another pen: vis-network takes any that is held like its own.
  function sheet() {
    const { width, height } = stage.getBoundingClientRect();
    const { canvas, renderer } = net;
    const recolour = () => edgeSet.update([...viz.state.shown().edges].map((id) => look(edges[id])));
    const paint = (pen) => {
      const { pixelRatio } = canvas;
      if (viz.theme.held()) recolour(); // lines keep the colours of the screen, else
      canvas.getContext = () => pen;
      canvas.pixelRatio = pen.getTransform().a;
      renderer._redraw();
      delete canvas.getContext; // its own one shows again
      canvas.pixelRatio = pixelRatio;
      if (viz.theme.held()) viz.theme.within(null, recolour);
    };
    return { width, height, paint, legend: viz.sheet.legendOf(seen.nodes.map(({ id }) => id)) };
  }

  viz.views.add("network", { element: stage, sheet, update, zoom: camera.zoom, fit: camera.fitAll, focus: () => stage.focus({ preventScroll: true }) });

  return { net, seen, badge, boxes: () => arranged.boxes, settle, fitAll: camera.fitAll, free: camera.free, covered: camera.covered, lit: () => lit };
})();
