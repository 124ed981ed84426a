"use strict";
// Labels, drawn after everything else at the size of the screen's own text whatever the zoom.
// The most important come first; each takes the best free place around its node, or none at all.
(function () {
  const { nodes, edges, saying } = viz.data;
  const { net, seen } = viz.network;
  const FAMILY = viz.font;
  const FONTS = {
    big: { font: `650 14px ${FAMILY}`, line: 17 },
    strong: { font: `650 12.5px ${FAMILY}`, line: 15 },
    plain: { font: `12px ${FAMILY}`, line: 14.5 },
    edge: { font: `italic 11px ${FAMILY}`, line: 13 },
  };
  const WRAP = viz.narrow() ? 15 : 24; // characters
  const LINES = 3;
  const MOST = 700; // labels at once: more cannot be read
  const CAREFUL = 400; // edges; above this, places are not compared by the lines they cross
  // Where a label may stand: to the right and down, and what it costs to stand there.
  const PLACES = [
    [0, 1, 0], [0, -1, 0.7], [1, 0, 1.3], [-1, 0, 1.3],
    [1, 1, 2], [-1, 1, 2], [1, -1, 2.2], [-1, -1, 2.2],
  ];

  function wrap(text, longest = WRAP) {
    const lines = [];
    let line = "";
    // A label of ten thousand characters is not worth splitting to its end.
    for (let word of text.slice(0, 400).split(/\s+/u)) {
      while (word) {
        const room = line ? longest - line.length - 1 : longest;
        if (word.length <= room) {
          line = line ? `${line} ${word}` : word;
          word = "";
        } else if (line) {
          lines.push(line);
          line = "";
        } else {
          lines.push(word.slice(0, longest));
          word = word.slice(longest);
        }
        if (lines.length > LINES) break;
      }
    }
    if (line) lines.push(line);
    if (lines.length <= LINES) return balance(lines, longest);
    return [...lines.slice(0, LINES - 1), `${lines[LINES - 1].slice(0, longest - 1)}…`];
  }

  // Two lines of like length read better than a full one and a stray word.
  function balance(lines, longest) {
    if (lines.length !== 2) return lines;
    const words = lines.join(" ").split(" ");
    let best = lines;
    for (let at = 1; at < words.length; at += 1) {
      const pair = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
      const width = Math.max(pair[0].length, pair[1].length);
      if (width < Math.max(best[0].length, best[1].length) && width <= longest) best = pair;
    }
    return best;
  }

  const measured = new Map();
  function measure(context, text, kind) {
    const key = `${kind} ${text}`;
    if (!measured.has(key)) {
      context.font = FONTS[kind].font;
      const lines = wrap(text, kind === "big" ? 20 : WRAP);
      const widths = lines.map((part) => context.measureText(part).width);
      measured.set(key, { lines, widths, width: Math.max(...widths) + 6, height: lines.length * FONTS[kind].line + 1 });
    }
    return measured.get(key);
  }

  // Boxes by the squares of a grid, so that a check looks at a few and not at all of them.
  function boxes() {
    const SIDE = 72;
    const cells = new Map();
    const over = (box, visit) => {
      for (let x = Math.floor(box.x / SIDE); x <= Math.floor((box.x + box.w) / SIDE); x += 1) {
        for (let y = Math.floor(box.y / SIDE); y <= Math.floor((box.y + box.h) / SIDE); y += 1) visit(`${x},${y}`);
      }
    };
    return {
      add: (box) => over(box, (key) => (cells.get(key) || cells.set(key, []).get(key)).push(box)),
      hits(box, self) {
        let found = false;
        over(box, (key) => {
          for (const it of cells.get(key) || []) {
            if (it.owner !== self && it.x < box.x + box.w && box.x < it.x + it.w && it.y < box.y + box.h && box.y < it.y + it.h) found = true;
          }
        });
        return found;
      },
    };
  }

  // Whether the line from a to b passes through the box: the part within each side in turn.
  function crosses(a, b, box) {
    let from = 0;
    let to = 1;
    for (const [start, step, low, high] of [[a.x, b.x - a.x, box.x, box.x + box.w], [a.y, b.y - a.y, box.y, box.y + box.h]]) {
      if (Math.abs(step) < 1e-9) {
        if (start < low || start > high) return false;
        continue;
      }
      const [near, far] = step > 0 ? [(low - start) / step, (high - start) / step] : [(high - start) / step, (low - start) / step];
      from = Math.max(from, near);
      to = Math.min(to, far);
    }
    return from < to;
  }

  function around(node, at, r, size, [dx, dy], room) {
    // The corners of a box are further from the middle than most shapes reach.
    const near = dx && dy && node.style.shape !== "square" ? 0.55 : 1;
    const level = at.x + dx * (r * near + 5 * near + size.width / 2);
    // Above or below, a label at the edge of the stage moves inwards along its node.
    const shift = Math.min(size.width / 2 - 6, Math.max(0, at.x + size.width / 2 + 3 - room.width));
    const x = dx ? level : at.x - shift + Math.min(size.width / 2 - 6, Math.max(0, size.width / 2 + 3 - at.x));
    const y = dy ? at.y + dy * (r * near + 4 * near + size.height / 2) : at.y;
    return { x: x - size.width / 2, y: y - size.height / 2, w: size.width, h: size.height, owner: node };
  }

  const widened = (box) => ({ ...box, x: box.x - 6, y: box.y - 6, w: box.w + 12, h: box.h + 12 });
  const outside = (box, room) => box.x < 2 || box.x + box.w > room.width - 2 || box.y < 2 || box.y + box.h > room.height - 2;
  const inside = (box, room) => ({ ...box, x: Math.max(2, Math.min(box.x, room.width - box.w - 2)) });

  function order(state) {
    const lit = viz.network.lit();
    const weight = (node) =>
      (node.id === state.selected ? 1e6 : 0) + (node.id === seen.hovered ? 5e5 : 0) + (state.pinned.has(node.id) ? 1e5 : 0) + (lit && lit.has(node.id) ? 1e4 : 0) + node.rank;
    const candidates = lit ? seen.nodes.filter((node) => lit.has(node.id) || node.id === seen.hovered || state.pinned.has(node.id)) : seen.nodes;
    return candidates.slice().sort((a, b) => weight(b) - weight(a) || a.id - b.id);
  }

  function text(context, size, kind, box, colour, paper) {
    context.font = FONTS[kind].font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const middle = box.x + box.w / 2;
    const { line: tall } = FONTS[kind];
    // Each line stands on a strip of paper, so that edges end before the words, not among them.
    context.fillStyle = paper;
    size.widths.forEach((width, index) => {
      context.fillRect(middle - width / 2 - 2, box.y + tall * index, width + 4, tall);
    });
    context.fillStyle = colour;
    size.lines.forEach((line, index) => context.fillText(line, middle, box.y + tall * (index + 0.5)));
  }

  // The edges of the selection that are worth a word: not the same word twenty times.
  function named(state, tied) {
    const near = [...tied].map((id) => edges[id]).filter(
      (edge) => edge.id === state.edge || edge.from === state.selected || edge.to === state.selected,
    );
    const often = new Map();
    for (const edge of near) often.set(saying(edge), (often.get(saying(edge)) || 0) + 1);
    return near.filter((edge) => near.length <= 8 || often.get(saying(edge)) <= 3);
  }

  function nameEdge(context, edge, taken, colours) {
    const [a, b] = [nodes[edge.from].at, nodes[edge.to].at];
    if (!a || !b) return;
    const size = measure(context, saying(edge), "edge");
    for (const part of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const x = a.x + (b.x - a.x) * part - size.width / 2;
      const y = a.y + (b.y - a.y) * part - size.height / 2;
      const box = { x, y, w: size.width, h: size.height, owner: edge };
      if (taken.hits(box, null)) continue;
      taken.add(box);
      text(context, size, "edge", box, colours.soft, colours.canvas);
      return;
    }
  }

  net.on("afterDrawing", (context) => {
    const state = viz.state.now();
    const colours = viz.theme.colours();
    const lit = viz.network.lit();
    const matrix = context.getTransform();
    const scale = seen.scale;
    const dpr = matrix.a / scale;
    const screen = (x, y) => ({ x: (matrix.a * x + matrix.e) / dpr, y: (matrix.d * y + matrix.f) / dpr });
    const taken = boxes();
    const firm = boxes(); // what even a company's label may not cover
    const room = viz.network.free();
    for (const node of seen.nodes) {
      node.at = screen(node.px, node.py);
      const r = node.r * scale + 2;
      const box = { x: node.at.x - r, y: node.at.y - r, w: 2 * r, h: 2 * r, owner: node };
      if (!lit || lit.has(node.id)) taken.add(box); // what is dimmed gives way to words
      if (node.type === "company") firm.add(box);
      const told = viz.network.badge(node); // no label may cover it, its own one neither
      if (!told || (lit && !lit.has(node.id))) continue;
      const [at, side] = [screen(told.x, told.y), told.r * 1.28 * scale];
      taken.add({ x: at.x - side, y: at.y - side, w: 2 * side, h: 2 * side, owner: null });
    }
    for (const obstacles of [taken, firm]) obstacles.add({ ...viz.network.covered(), owner: null });
    const { edges: tied } = viz.state.shown();
    const lines = tied.size <= CAREFUL
      ? [...tied].map((id) => edges[id]).filter((edge) => nodes[edge.from].at && nodes[edge.to].at)
      : [];
    context.save();
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    // The names of open groups stand over their frames.
    for (const [id, frame] of viz.network.boxes()) {
      const corner = screen(frame.x - frame.width / 2, frame.y - frame.height / 2);
      const size = measure(context, nodes[id].label, "strong");
      const box = { x: corner.x, y: corner.y - size.height - 3, w: size.width, h: size.height, owner: nodes[id] };
      taken.add(box);
      firm.add(box);
      text(context, size, "strong", box, colours.soft, colours.canvas);
    }
    let count = 0;
    for (const node of order(state)) {
      if (count >= MOST) break;
      const forced = node.id === state.selected || node.id === seen.hovered || state.pinned.has(node.id);
      const kind = node.type === "company" ? "big" : forced || viz.folds.is(node.id) ? "strong" : "plain";
      const size = measure(context, node.label, kind);
      const r = node.r * scale + (node.id === state.selected ? 7 : node.statusStyle.mark ? 3 : 0);
      const find = (obstacles) => {
        let best = null;
        PLACES.slice(0, kind === "big" ? 4 : 8).forEach((place, index) => {
          const box = around(node, node.at, r, size, place, room);
          if (outside(box, room) || obstacles.hits(box, node)) return;
          let cost = place[2];
          for (const edge of lines) {
            if (crosses(nodes[edge.from].at, nodes[edge.to].at, box)) cost += edge.timeless ? 0.35 : 1;
          }
          if (taken.hits(widened(box), node)) cost += 1.6; // it could be taken for the neighbour's
          if (node.side === index) cost -= 0.6; // stay where it was, unless another is better
          if (!best || cost < best.cost) best = { box, cost, index };
        });
        return best;
      };
      let best = find(taken) || (kind === "big" ? find(firm) : null);
      if (!best && forced) best = { box: inside(around(node, node.at, r, size, PLACES[0], room), room), index: 0 };
      if (!best) continue;
      node.side = best.index;
      taken.add(best.box);
      firm.add(best.box);
      text(context, size, kind, best.box, node.status === "abandoned" && !forced ? colours.soft : colours.ink, colours.canvas);
      count += 1;
    }
    if (lit) for (const edge of named(state, tied)) nameEdge(context, edge, taken, colours);
    context.restore();
  });
})();
