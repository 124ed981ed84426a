"use strict";
// The plans in time, grouped by company: a row each, its name at the left and its bar on the years.
(function () {
  const { nodes } = viz.data;
  const { AXIS, FINEST } = viz.years;
  const element = viz.byId("timeline");
  const { HEAD } = viz.rows;
  let scale = null; // pixels a day, once the reader has zoomed
  let drawn = null;
  let reached = null; // the plan whose row the Tab key reaches
  const pane = viz.window(element, draw, () => AXIS);

  // Measured without the panel, so that nothing moves when it opens.
  const room = () => element.parentElement.clientWidth;
  const names = () => (viz.narrow() ? 14 : Math.min(340, Math.max(220, Math.round(room() * 0.28))));
  const middle = (row) => (viz.narrow() ? row.y + 33 : row.y + row.height / 2);

  const spans = (plan) => plan.rows.map(({ node }) => viz.bars.span(node)).filter(Boolean);

  // The whole timeline for a file or for paper, which may be as `wide` as it likes: its axis, and all its
  // rows from the top. What is HTML on the page is written by the pen.
  function sheet({ wide = null } = {}) {
    const plan = viz.rows.lay();
    const narrow = viz.narrow() && wide === null;
    const whole = wide ?? room();
    const side = narrow ? 14 : Math.min(340, Math.max(220, Math.round(whole * 0.28)));
    const time = viz.years.measure(spans(plan), whole - side - 12, wide === null ? scale : null);
    const colours = viz.theme.colours();
    const write = (pen, text, x, y, font, colour, longest) => {
      pen.font = font;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.fillStyle = colour;
      pen.fillText(viz.cut(pen, text, longest), x, y);
    };
    const most = narrow ? time.width - 40 : side - 44;
    const moved = (pen, x, y, paint) => {
      pen.save();
      pen.translate(x, y);
      paint();
      pen.restore();
    };
    // A row that stands alone brings its part of the lines of the years.
    const grid = (pen, alone, height) => alone && moved(pen, side, 0, () => viz.years.lines(pen, time, height));
    const heading = ({ label }) => ({
      height: HEAD, heading: true,
      paint(pen, alone) {
        grid(pen, alone, HEAD);
        write(pen, label, 14, HEAD / 2, `650 14px ${viz.font}`, colours.ink, time.width);
      },
    });
    const row = ({ node, inner, height }) => ({
      height,
      paint(pen, alone) {
        grid(pen, alone, height);
        moved(pen, side, 0, () => viz.bars.plan(pen, node, time.x, narrow ? 33 : height / 2));
        const at = narrow ? 12 : height / 2;
        viz.draw.node(pen, node.style, node.statusStyle, inner ? 40 : 24, at, 7);
        write(pen, whose(node) + node.label, inner ? 54 : 38, at, `${inner ? 13 : 14}px ${viz.font}`, inner ? colours.soft : colours.ink, most);
      },
    });
    const head = { height: AXIS, paint: (pen) => moved(pen, side, 0, () => viz.years.axis(pen, time)) };
    const rows = plan.groups.flatMap((group) => [heading(group), ...group.rows.map(row)]);
    const tall = rows.reduce((sum, { height }) => sum + height, 0);
    function paint(pen) {
      head.paint(pen);
      moved(pen, side, AXIS, () => viz.years.lines(pen, time, tall));
      let y = AXIS;
      for (const part of rows) {
        moved(pen, 0, y, () => part.paint(pen, false));
        y += part.height;
      }
    }
    const there = plan.groups.flatMap((group) => group.rows.map(({ node }) => node.id));
    return { width: side + time.width, height: AXIS + tall + 6, paint, head, rows, legend: viz.sheet.legendOf(there) };
  }

  // What a row says to those who do not see its bar.
  function told(node) {
    const { start, steps } = node.plan;
    return [
      node.style.name, node.status && node.statusStyle.name,
      start ? `known since ${start}` : "no day given",
      steps.length > 1 && `put off ${viz.count(steps.length - 1, "time", "times")}`,
      steps.length && `due ${steps.at(-1).words}`,
      viz.bars.ending(node),
    ].filter(Boolean).join(", ");
  }

  const whose = (node) => (viz.state.now().pinned.has(node.id) && node.plan.company !== null ? `${nodes[node.plan.company].label}: ` : "");

  function row({ node, inner, height }) {
    const button = viz.el(
      "button", { type: "button", class: inner ? "plan inner" : "plan", tabindex: -1, "data-id": node.id, click: (event) => viz.panel.choose(event, node.id) },
      viz.el("span", { class: "plan-name" },
        viz.draw.picture(node),
        viz.el("span", { class: "name", dir: "auto", lang: node.lang ?? null, title: node.label }, whose(node) + node.label)),
      viz.el("span", { class: "unseen" }, `, ${told(node)}`),
    );
    button.style.height = `${height}px`;
    return viz.el("li", {}, button);
  }

  // A group is as tall as all its rows, of which only some are laid out.
  function group({ company, label, rows: all, top, height }, rows) {
    const name = company === null
      ? viz.el("span", { class: "company" }, label)
      : viz.el("button", { type: "button", class: "company", click: () => viz.state.reveal(company) }, viz.draw.picture(nodes[company]), viz.named(nodes[company], "name"));
    const count = viz.el("span", { class: "count" }, viz.count(all.length, "plan", "plans"));
    const list = viz.el("ul", {}, rows.map(row));
    list.style.marginTop = `${rows[0].y - top - HEAD}px`;
    const section = viz.el(
      "section", { class: "plans", "aria-label": label, "data-company": company },
      viz.el("h2", {}, viz.el("span", { class: "whose" }, name, count)), list,
    );
    section.style.top = `${AXIS + top}px`;
    section.style.height = `${height}px`;
    return section;
  }

  function render() {
    const settle = viz.held();
    const plan = viz.rows.lay();
    const side = names();
    const time = viz.years.measure(spans(plan), room() - side - 12, scale);
    const head = new viz.svg(time.width, AXIS);
    viz.years.axis(head, time);
    head.element.setAttribute("aria-hidden", "true");
    head.element.style.marginLeft = `${side}px`;
    const axis = viz.el("div", { class: "axis" }, head.element);
    const sheet = viz.el("div", { class: "sheet" }, axis);
    sheet.style.width = `${side + time.width}px`;
    sheet.style.height = `${AXIS + plan.height + 150}px`; // so that the last rows come out from under the buttons
    element.style.setProperty("--names", `${side}px`);
    const focus = element.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    drawn = { plan, time, side, sheet, axis, places: new Map(plan.rows.map(({ node }, index) => [node.id, index])) };
    element.replaceChildren(plan.rows.length ? sheet : viz.el("p", { class: "plain" }, "No plans among what is shown."));
    pane.lay(plan.rows.length ? [...plan.rows.map(({ y }) => y), plan.height] : [0]);
    if (focus) element.querySelector(`[data-id="${focus}"]`)?.focus({ preventScroll: true });
    settle();
  }

  // The rows near what is in sight, and their bars.
  function draw(from, to) {
    if (!drawn) return;
    const { plan, time, side, sheet, axis } = drawn;
    const rows = plan.rows.slice(from, to);
    const held = sheet.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const [top, end] = rows.length ? [rows[0].group.rows[0].node === rows[0].node ? rows[0].group.top : rows[0].y, rows.at(-1).y + rows.at(-1).height] : [0, 0];
    const pen = new viz.svg(time.width, Math.max(end - top, 1));
    viz.years.lines(pen, time, end - top);
    for (const { node, y, height } of rows) viz.bars.plan(pen, node, time.x, middle({ y: y - top, height }));
    pen.element.setAttribute("aria-hidden", "true");
    pen.element.style.marginLeft = `${side}px`;
    pen.element.style.top = `${AXIS + top}px`;
    const groups = new Map();
    for (const row of rows) groups.get(row.group)?.push(row) ?? groups.set(row.group, [row]);
    sheet.replaceChildren(axis, pen.element, ...[...groups].map(([whole, some]) => group(whole, some)));
    mark(viz.state.now());
    // What had the focus may be out of sight now: from here the arrow keys lead back to it.
    if (held) (sheet.querySelector(`[data-id="${held}"]`) ?? element).focus({ preventScroll: true });
  }

  // The selected row, and the one that the Tab key reaches.
  function mark(state) {
    const chosen = state.selected === null ? undefined : viz.rows.of(state.selected);
    if (drawn?.places.has(chosen)) reached = chosen;
    const rows = [...element.querySelectorAll(".plan")];
    const id = (row) => Number(row.dataset.id);
    const reach = rows.find((row) => id(row) === reached) ?? rows[0];
    for (const row of rows) {
      row.classList.toggle("chosen", id(row) === chosen);
      if (id(row) === chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      row.tabIndex = row === reach ? 0 : -1;
    }
    return drawn?.places.get(chosen) ?? null;
  }

  const inputs = (state) => [viz.state.shown().things, state.until, state.pinned, viz.theme.name(), scale];
  let last = [];

  function update(state, before, arrived) {
    const now = inputs(state);
    const same = drawn && now.every((part, index) => part === last[index]);
    last = now;
    if (!same) render();
    const chosen = mark(state);
    if (!arrived && state.selected === before.selected) return;
    const index = chosen ?? drawn.plan.rows.findIndex(({ group: { company } }) => company !== null && company === state.selected);
    if (index >= 0) show(index);
  }

  // Brings a row into sight, and its bar; of one that is too long the end, where it says what became of it.
  function show(index) {
    pane.show(index, HEAD + 14);
    const { node } = drawn.plan.rows[index];
    const span = viz.bars.span(node);
    if (!span) return;
    const { time, side } = drawn;
    const [from, to] = [time.x(span.start) - 20, viz.bars.reach(node, time.x) + 16];
    const wide = element.clientWidth - side;
    if (from >= element.scrollLeft && to <= element.scrollLeft + wide) return;
    const told = viz.promises.mark(node) || viz.bars.ended(node);
    element.scrollLeft = told ? Math.max(0, to - wide) : Math.min(from, Math.max(0, to - wide));
  }

  function zoom(factor) {
    if (!drawn) return;
    const { time } = drawn;
    const half = (element.clientWidth - drawn.side) / 2;
    const held = time.first + (element.scrollLeft + half) / time.perDay; // the day in the middle stays there
    scale = Math.min(FINEST, time.perDay * factor);
    render();
    element.scrollLeft = (held - drawn.time.first) * drawn.time.perDay - half;
  }

  function fit() {
    scale = null;
    render();
    element.scrollLeft = 0;
  }

  element.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    const on = document.activeElement?.classList.contains("plan") ? Number(document.activeElement.dataset.id) : null;
    if (way === undefined || !drawn?.plan.rows.length || (on === null && document.activeElement !== element)) return;
    event.preventDefault();
    const last = drawn.plan.rows.length - 1;
    const at = on === null ? drawn.places.get(reached) ?? 0 : Math.max(0, Math.min(last, drawn.places.get(on) + way));
    reached = drawn.plan.rows[at].node.id;
    pane.show(at, HEAD);
    mark(viz.state.now());
    element.querySelector(`[data-id="${reached}"]`).focus({ preventScroll: true });
  });

  new ResizeObserver(() => {
    if (viz.state.now().view === "timeline" && drawn) render();
  }).observe(element);

  viz.views.add("timeline", {
    element, sheet, update, zoom, fit,
    focus: () => (element.querySelector(".plan[tabindex='0']") || element).focus({ preventScroll: true }),
  });
})();
