"use strict";
// What belongs together in a large graph is folded into one node, a group, until the reader opens it.
// Groups form a tree: a thing is in sight when every group above it is open; else the highest closed
// one stands for it, and one line for all the edges that it hides.
viz.folds = (function () {
  const { nodes, things, edges } = viz.data;
  const groups = nodes.slice(things.length); // none comes before the group that it is in
  const WHOLE = 1000; // things; so many are shown at once
  const MARGIN = 50; // around an open group, in pixels at scale 1
  const bundles = new Map();

  const members = new Map(groups.map((group) => [group.id, []]));
  members.set(-1, []);
  for (const node of nodes) members.get(node.parent).push(node.id);

  // What is in each group, by type.
  for (const group of groups) Object.assign(group, { inside: 0, tally: new Map() });
  for (const thing of things) {
    for (const id of above(thing.id)) {
      nodes[id].inside += 1;
      nodes[id].tally.set(thing.type, (nodes[id].tally.get(thing.type) || 0) + 1);
    }
  }
  for (const group of groups) {
    group.size += 4 * Math.log10(group.inside);
    group.rank += Math.log10(group.inside);
  }

  // The groups that hold something, the nearest first.
  function above(id) {
    const found = [];
    for (let at = nodes[id].parent; at !== -1; at = nodes[at].parent) found.push(at);
    return found;
  }

  // For every thing, by its number, what stands for it.
  function standing(open) {
    const closed = new Map(); // for every group the highest closed one from it upwards
    for (const { id, parent } of groups) {
      const over = parent === -1 ? undefined : closed.get(parent);
      closed.set(id, over === undefined && !open.has(id) ? id : over);
    }
    return things.map(({ id, parent }) => (parent === -1 ? id : closed.get(parent) ?? id));
  }

  // What is in sight of the things that are `kept` and of the edges that `tie` them, and how many of
  // them each group in sight holds.
  function sight(kept, ties, open) {
    const stands = standing(open);
    const inside = new Map();
    const found = new Set();
    for (const id of kept) {
      found.add(stands[id]);
      if (stands[id] !== id) inside.set(stands[id], (inside.get(stands[id]) || 0) + 1);
    }
    const seen = new Set();
    const bundled = new Map();
    for (const edge of ties) {
      const [a, b] = [stands[edge.from], stands[edge.to]];
      if (a === edge.from && b === edge.to) seen.add(edge.id);
      else if (a !== b) {
        const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
        if (!bundled.has(pair)) bundled.set(pair, []);
        bundled.get(pair).push(edge.id);
      }
    }
    for (const [pair, ids] of bundled) seen.add(bundle(pair, ids).id);
    return { nodes: found, edges: seen, inside, stands: (id) => (id < things.length ? stands[id] : id) };
  }

  // One line for several edges. It keeps its number, so that the picture can follow it.
  function bundle(pair, ids) {
    if (!bundles.has(pair)) {
      const [from, to] = pair.split(" ").map(Number);
      const made = {
        id: edges.length, from, to, key: "", name: "", status: null, statusStyle: viz.data.style.plain,
        facts: [], timeless: true, mutual: true, smooth: { enabled: false, type: "continuous", roundness: 0 },
      };
      edges.push(made);
      bundles.set(pair, made);
    }
    const found = bundles.get(pair);
    found.edges = ids;
    found.label = viz.count(ids.length, "connection", "connections");
    return found;
  }

  // Places of all that is in sight, and the boxes of open groups. An open group needs room: everything
  // else on its level moves straight away from it, by the radius of an ellipse round its box, so that
  // what lies where stays, and nothing comes nearer to anything. With `only`, room is kept for these
  // things alone.
  function places(open, only) {
    const found = new Map();
    const boxes = new Map();
    const present = only && new Set([...only].flatMap((id) => [id, ...above(id)]));
    const level = arrange(-1);
    put(level, 0, 0);
    return { places: found, boxes };

    function arrange(group) {
      const here = members.get(group).filter((id) => !present || present.has(id));
      const opened = new Map();
      for (const id of here) if (open.has(id)) opened.set(id, arrange(id));
      const moved = here.map((id) => {
        const { x, y } = nodes[id];
        let [dx, dy] = [0, 0];
        for (const [other, { width, height }] of opened) {
          if (other === id) continue;
          const [far, down] = [x - nodes[other].x, y - nodes[other].y];
          const part = Math.hypot(far / width, down / height) * Math.SQRT2;
          dx += far / part;
          dy += down / part;
        }
        return { id, x: x + dx, y: y + dy, level: opened.get(id) };
      });
      const half = (it, side) => (it.level ? it.level[side] / 2 : 0);
      const reach = (axis, side) => [
        Math.min(...moved.map((it) => it[axis] - half(it, side))),
        Math.max(...moved.map((it) => it[axis] + half(it, side))),
      ];
      const [left, right] = reach("x", "width");
      const [top, bottom] = reach("y", "height");
      return {
        group, moved, x: (left + right) / 2, y: (top + bottom) / 2,
        width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN,
      };
    }

    function put(level, x, y) {
      if (level.group !== -1) boxes.set(level.group, { x, y, width: level.width, height: level.height });
      // The first level stays where it is; one within it is centred where its group stood.
      const [left, top] = level.group === -1 ? [0, 0] : [level.x, level.y];
      for (const it of level.moved) {
        const [atX, atY] = [x + it.x - left, y + it.y - top];
        if (it.level) put(it.level, atX, atY);
        else found.set(it.id, { x: atX, y: atY });
      }
    }
  }

  function toggle(id, yes) {
    const { open } = viz.state.now();
    const within = (each) => each === id || above(each).includes(id);
    const next = yes ? new Set([...open, id, ...above(id)]) : new Set([...open].filter((each) => !within(each)));
    viz.state.change({ open: next, selected: null, edge: null });
    viz.say(`${nodes[id].label}: ${yes ? "opened" : "folded"}. ${told()}`);
  }

  // What is in sight next to something.
  function around(id) {
    const { edges: tied, stands } = viz.state.shown();
    if (id < things.length) return [...new Set(viz.data.neighbours(id).map(stands))];
    return [...tied].map((tie) => edges[tie]).filter((edge) => edge.from === id || edge.to === id).map((edge) => viz.data.other(edge, id));
  }

  // The things in a group that are tied to most.
  function foremost(id) {
    const within = things.filter((thing) => viz.state.shown().things.has(thing.id) && above(thing.id).includes(id));
    return within.sort((a, b) => b.ties.length - a.ties.length || a.id - b.id).slice(0, 12).map((thing) => thing.id);
  }

  // What is shown and what is folded, in words.
  function told() {
    const { nodes: shown, inside } = viz.state.shown();
    const number = (value) => value.toLocaleString("en");
    const folded = [...inside.values()].reduce((sum, each) => sum + each, 0);
    const text = `${number(shown.size - inside.size)} of ${number(things.length)}`;
    return folded ? `${text} things shown; ${number(folded)} folded in ${number(inside.size)} ${inside.size === 1 ? "group" : "groups"}` : text;
  }

  return {
    WHOLE, above, around, foremost, places, sight, told,
    is: (id) => id >= things.length && id < nodes.length,
    open: (id) => toggle(id, true),
    fold: (id) => toggle(id, false),
  };
})();
