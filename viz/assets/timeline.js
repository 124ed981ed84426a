"use strict";
// The plans in time, grouped by company: a row each, its name at the left and its bar on the years.
(function () {
  const { nodes } = viz.data;
  const { AXIS, FINEST } = viz.years;
  const element = viz.byId("timeline");
  const { HEAD } = viz.rows;
  let scale = null; // pixels a day, once the reader has zoomed
  let drawn = null;

  // Measured without the panel, so that nothing moves when it opens.
  const room = () => element.parentElement.clientWidth;
  const names = () => (viz.narrow() ? 14 : Math.min(340, Math.max(220, Math.round(room() * 0.28))));
  const middle = (row) => (viz.narrow() ? row.y + 33 : row.y + row.height / 2);

  const spans = (plan) => plan.groups.flatMap(({ rows }) => rows.map(({ node }) => viz.bars.span(node))).filter(Boolean);

  function chart(pen, plan, time) {
    viz.years.lines(pen, time, plan.height);
    for (const group of plan.groups) for (const row of group.rows) viz.bars.plan(pen, row.node, time.x, middle(row));
  }

  // The whole timeline for a file or for paper, which may be as `wide` as it likes: its axis, and all its
  // rows from the top. What is HTML on the page is written by the pen.
  function sheet({ wide = null } = {}) {
    const plan = viz.rows.lay(Infinity);
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

  function group({ company, label, rows, count: all }) {
    const name = company === null
      ? viz.el("span", { class: "company" }, label)
      : viz.el("button", { type: "button", class: "company", click: () => viz.state.reveal(company) }, viz.draw.picture(nodes[company]), viz.named(nodes[company], "name"));
    const count = viz.el("span", { class: "count" }, viz.count(all, "plan", "plans"));
    return viz.el(
      "section", { class: "plans", "aria-label": label, "data-company": company },
      viz.el("h2", {}, viz.el("span", { class: "whose" }, name, count)),
      viz.el("ul", {}, rows.map(row)),
    );
  }

  function render() {
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const settle = viz.held();
    const plan = viz.rows.lay();
    const left = viz.left(plan.count - viz.MOST_ROWS);
    const side = names();
    const time = viz.years.measure(spans(plan), room() - side - 12, scale);
    const head = new viz.svg(time.width, AXIS);
    viz.years.axis(head, time);
    const body = new viz.svg(time.width, Math.max(plan.height, 1));
    chart(body, plan, time);
    for (const pen of [head, body]) pen.element.setAttribute("aria-hidden", "true");
    const sheet = viz.el("div", { class: "sheet" }, viz.el("div", { class: "axis" }, head.element), body.element, plan.groups.map(group), left);
    sheet.style.width = `${side + time.width}px`;
    for (const each of [head.element, body.element]) each.style.marginLeft = `${side}px`;
    element.style.setProperty("--names", `${side}px`);
    element.replaceChildren(plan.height ? sheet : viz.el("p", { class: "plain" }, "No plans among what is shown."));
    drawn = { plan, time, side };
    mark(viz.state.now());
    if (held) element.querySelector(`[data-id="${held}"]`)?.focus({ preventScroll: true });
    settle();
  }

  // The selected row, and the one that the Tab key reaches.
  function mark(state) {
    const chosen = state.selected === null ? undefined : viz.rows.of(state.selected);
    const rows = [...element.querySelectorAll(".plan")];
    const reached = rows.find((one) => one.tabIndex === 0);
    for (const one of rows) {
      const yes = Number(one.dataset.id) === chosen;
      one.classList.toggle("chosen", yes);
      if (yes) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
      one.tabIndex = -1;
    }
    const reach = rows.find((one) => Number(one.dataset.id) === chosen) || reached || rows[0];
    if (reach) reach.tabIndex = 0;
    return chosen === undefined ? null : rows.find((one) => Number(one.dataset.id) === chosen) || null;
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
    if (chosen) show(chosen);
    else element.querySelector(`section[data-company="${state.selected}"]`)?.scrollIntoView({ block: "start", inline: "nearest" });
  }

  // Brings a row into sight, and its bar; of one that is too long the end, where it says what became of it.
  function show(row) {
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
    const node = nodes[Number(row.dataset.id)];
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
    const rows = [...element.querySelectorAll(".plan")];
    const at = rows.indexOf(document.activeElement);
    if (way === undefined || !rows.length || (at < 0 && document.activeElement !== element)) return;
    event.preventDefault();
    const next = at < 0 ? rows.find((row) => row.tabIndex === 0) : rows[Math.max(0, Math.min(rows.length - 1, at + way))];
    for (const row of rows) row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  new ResizeObserver(() => {
    if (viz.state.now().view === "timeline" && drawn) render();
  }).observe(element);

  viz.views.add("timeline", {
    element, sheet, update, zoom, fit,
    focus: () => (element.querySelector(".plan[tabindex='0']") || element).focus({ preventScroll: true }),
  });
})();
