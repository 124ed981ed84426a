"use strict";
// The same things by type, side by side, and the lines between them.
(function () {
  const { things, nodes, drawn, columns } = viz.data;
  const element = viz.byId("columns");
  const PITCH = 24;
  const HEAD = 46;
  const [LEAST, MOST_WIDE] = [96, 300]; // pixels that names may have
  const ROOM = 84; // beside them, for the picture and the lines
  const PASSES = 6;
  const MOST = 250; // of a column; lines cost more than rows
  let laid = null;

  // As near as possible to where each would be, in order, none on another, all between the ends:
  // those that would overlap share the mean of their wishes (pooling adjacent violators).
  function spread(wanted, height) {
    const pools = [];
    wanted.forEach((at, index) => {
      let pool = { sum: at - index * PITCH, size: 1 };
      while (pools.length && pools.at(-1).sum / pools.at(-1).size >= pool.sum / pool.size) {
        const { sum, size } = pools.pop();
        pool = { sum: sum + pool.sum, size: size + pool.size };
      }
      pools.push(pool);
    });
    const least = PITCH / 2;
    const most = height - least - (wanted.length - 1) * PITCH;
    const starts = pools.flatMap(({ sum, size }) => new Array(size).fill(Math.max(least, Math.min(most, sum / size))));
    return starts.map((start, index) => start + index * PITCH);
  }

  // As many of a column as can be laid out, those first that have most ties.
  function first({ name, nodes: all }) {
    if (all.length <= MOST) return { name, nodes: all, all: all.length };
    const ties = new Map(all.map((node) => [node.id, viz.data.neighbours(node.id).length]));
    return { name, nodes: all.sort((a, b) => ties.get(b.id) - ties.get(a.id) || a.place - b.place).slice(0, MOST), all: all.length };
  }

  function lay() {
    const shown = viz.state.shown();
    const stacks = columns
      .map((name, number) => ({ name, nodes: things.filter((node) => node.column === number && shown.things.has(node.id)) }))
      .filter((stack) => stack.nodes.length)
      .map(first);
    for (const stack of stacks) stack.nodes.sort((a, b) => a.place - b.place);
    const height = Math.max(1, ...stacks.map((stack) => stack.nodes.length)) * PITCH;
    const y = new Map();
    for (const stack of stacks) stack.nodes.forEach((node, at) => y.set(node.id, ((at + 0.5) / stack.nodes.length) * height));
    const ties = drawn.filter((edge) => shown.ties.has(edge.id) && y.has(edge.from) && y.has(edge.to));
    const near = new Map();
    for (const { from, to } of ties) {
      if (nodes[from].column === nodes[to].column) continue;
      for (const [one, other] of [[from, to], [to, from]]) {
        if (!near.has(one)) near.set(one, []);
        near.get(one).push(other);
      }
    }
    const mean = (id) => (near.has(id) ? near.get(id).reduce((sum, other) => sum + y.get(other), 0) / near.get(id).length : y.get(id));
    for (let pass = 0; pass < PASSES; pass += 1) {
      for (const stack of stacks) spread(stack.nodes.map((node) => mean(node.id)), height).forEach((at, index) => y.set(stack.nodes[index].id, at));
    }
    const pen = new viz.svg(1, 1);
    pen.font = FONT;
    const long = new Map(stacks.flatMap((stack) => stack.nodes.map((node) => [node.id, pen.measureText(node.label.slice(0, 80)).width])));
    // As wide as nine of ten names; what is left over goes to all alike.
    const wanted = stacks.map((stack) => {
      const widths = [pen.measureText(`${stack.name} ${stack.all}`).width - 36, ...stack.nodes.map((node) => long.get(node.id))];
      const usual = widths.slice(1).sort((a, b) => a - b)[Math.ceil(0.9 * stack.nodes.length) - 1];
      return ROOM + Math.min(MOST_WIDE, Math.max(LEAST, widths[0], usual));
    });
    const spare = Math.max(0, element.parentElement.clientWidth - 24 - wanted.reduce((sum, each) => sum + each, 0)) / Math.max(1, stacks.length);
    const x = new Map();
    const ends = new Map();
    let left = 12;
    stacks.forEach((stack, index) => {
      Object.assign(stack, { left, wide: wanted[index] + spare });
      for (const { id } of stack.nodes) {
        x.set(id, left);
        ends.set(id, left + 40 + Math.min(stack.wide - 60, long.get(id)));
      }
      left += stack.wide;
    });
    return { stacks, ties, x, y, ends, width: 12 + left, height: HEAD + height + 30 };
  }

  const FONT = `13px ${viz.font}`;
  const reach = (stack) => stack.wide - 46; // how far a name may go

  // What stays bright: what is selected and what it is tied to, or the path.
  function bright(state) {
    if (state.edge !== null) return new Set([viz.data.edges[state.edge].from, viz.data.edges[state.edge].to]);
    if (state.selected !== null && state.selected < things.length) return new Set([state.selected, ...viz.data.neighbours(state.selected)]);
    const { nodes: way } = viz.path.trodden();
    return way.size ? way : null;
  }

  function line(pen, edge) {
    const [a, b] = [edge.from, edge.to].sort((one, other) => laid.x.get(one) - laid.x.get(other));
    const [ax, ay, bx, by] = [laid.x.get(a), laid.y.get(a) + HEAD, laid.x.get(b), laid.y.get(b) + HEAD];
    pen.beginPath();
    if (ax === bx) {
      const bend = Math.min(40, 10 + Math.abs(by - ay) / 8);
      pen.moveTo(ax, ay);
      pen.bezierCurveTo(ax - bend, ay, ax - bend, by, ax, by);
    } else {
      const out = laid.ends.get(a);
      const half = (bx - out) / 2;
      pen.moveTo(out, ay);
      pen.bezierCurveTo(out + half, ay, bx - half, by, bx, by);
    }
    pen.stroke();
  }

  function lines(pen, state) {
    const colours = viz.theme.colours();
    const { edges: steps } = viz.path.trodden();
    const lit = bright(state);
    const chosen = (edge) => edge.id === state.edge || edge.from === state.selected || edge.to === state.selected || steps.has(edge.id);
    for (const strong of [false, true]) {
      for (const edge of laid.ties) {
        if (Boolean(lit && chosen(edge)) !== strong) continue;
        pen.strokeStyle = strong ? colours.accent : edge.timeless ? colours.faint : edge.until ? colours.grey : colours.edge;
        pen.globalAlpha = strong ? 1 : lit ? 0.25 : edge.timeless ? 0.7 : 0.55;
        pen.lineWidth = strong ? 1.6 : edge.timeless ? 0.8 : 1;
        pen.setLineDash(edge.statusStyle.line.map((part) => part * 0.6));
        line(pen, edge);
      }
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  function thing(node, stack, state, lit) {
    const button = viz.el(
      "button", {
        type: "button", class: "thing", "data-id": node.id, tabindex: -1, title: node.label,
        "aria-current": node.id === state.selected ? "true" : null, click: (event) => viz.panel.choose(event, node.id),
      },
      viz.draw.picture(node),
      viz.named(node, "name"),
      viz.el("span", { class: "unseen" }, `, ${[node.style.name, node.status && node.statusStyle.name].filter(Boolean).join(", ")}`),
    );
    button.classList.toggle("chosen", node.id === state.selected);
    button.classList.toggle("dim", Boolean(lit) && !lit.has(node.id));
    button.style.left = `${laid.x.get(node.id)}px`;
    button.style.top = `${laid.y.get(node.id) + HEAD - PITCH / 2}px`;
    button.style.maxWidth = `${reach(stack) + 20}px`;
    return button;
  }

  function render(state) {
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const was = element.querySelector(".thing[tabindex='0']")?.dataset.id;
    const pen = new viz.svg(laid.width, laid.height);
    lines(pen, state);
    pen.element.setAttribute("aria-hidden", "true");
    const lit = bright(state);
    const sheet = viz.el("div", { class: "board" }, pen.element, laid.stacks.map((stack) => {
      const heading = viz.el("h2", {}, stack.name, " ", viz.el("span", { class: "count" }, stack.nodes.length < stack.all ? `${stack.nodes.length} of ${stack.all.toLocaleString("en")}` : String(stack.all)));
      heading.style.marginLeft = `${stack.left}px`;
      heading.style.width = `${stack.wide}px`;
      return viz.el("section", { "aria-label": stack.name }, heading, stack.nodes.map((node) => thing(node, stack, state, lit)));
    }));
    sheet.style.width = `${laid.width}px`;
    sheet.style.height = `${laid.height}px`;
    element.replaceChildren(laid.stacks.length ? sheet : viz.el("p", { class: "plain" }, "Nothing is shown."));
    const all = [...element.querySelectorAll(".thing")];
    const reached = all.find((one) => Number(one.dataset.id) === (state.selected ?? Number(held ?? was))) || all[0];
    if (reached) reached.tabIndex = 0;
    if (held) element.querySelector(`[data-id="${held}"]`)?.focus({ preventScroll: true });
  }

  let last = [];
  function update(state, before, arrived) {
    const shown = viz.state.shown();
    const now = [shown.ties, shown.things, viz.theme.name(), element.parentElement.clientWidth, state.until, state.selected, state.edge, state.to];
    if (now.every((part, index) => part === last[index])) return;
    if ([0, 1, 3].some((part) => now[part] !== last[part])) laid = lay();
    last = now;
    const [left, top] = [element.scrollLeft, element.scrollTop];
    render(state);
    element.scrollTo(left, top);
    if (state.selected !== null && (arrived || state.selected !== before.selected)) {
      element.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  // Up and down within a column, left and right to what is nearest in the next one.
  function step(event) {
    const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const way = ways[event.key];
    const id = Number(document.activeElement?.dataset?.id);
    if (!way || !laid || !laid.y.has(id)) return;
    event.preventDefault();
    const at = laid.stacks.findIndex((stack) => stack.nodes.some((node) => node.id === id));
    const stack = laid.stacks[at + way[0]];
    if (!stack) return;
    const far = (node) => Math.abs(laid.y.get(node.id) - laid.y.get(id));
    const next = way[1] ? stack.nodes[stack.nodes.findIndex((node) => node.id === id) + way[1]] : [...stack.nodes].sort((a, b) => far(a) - far(b))[0];
    const button = next && element.querySelector(`[data-id="${next.id}"]`);
    if (!button) return;
    document.activeElement.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  function sheet() {
    const state = viz.state.now();
    laid ||= lay();
    const colours = viz.theme.colours();
    const paint = (pen) => {
      lines(pen, state);
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      laid.stacks.forEach((stack) => {
        pen.font = `650 13px ${viz.font}`;
        pen.fillStyle = colours.soft;
        pen.fillText(stack.name, stack.left, HEAD / 2);
        pen.font = FONT;
        for (const node of stack.nodes) {
          const [x, y] = [laid.x.get(node.id), laid.y.get(node.id) + HEAD];
          viz.draw.node(pen, node.style, node.statusStyle, x + 12, y, 7);
          pen.fillStyle = colours.ink;
          pen.fillText(viz.cut(pen, node.label, reach(stack) - 10), x + 26, y);
        }
      });
    };
    return { width: laid.width, height: laid.height, paint };
  }

  element.addEventListener("keydown", step);
  new ResizeObserver(() => {
    if (laid && viz.state.now().view === "columns") update(viz.state.now(), viz.state.now(), false);
  }).observe(element);

  viz.views.add("columns", {
    element, sheet, update,
    focus: () => (element.querySelector(".thing[tabindex='0']") || element).focus({ preventScroll: true }),
  });
})();
