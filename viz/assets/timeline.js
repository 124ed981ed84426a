"use strict";
// The plans in time, grouped by company: a row each, its name at the left and its bar on the years.
(function () {
  const { nodes } = viz.data;
  const { number, written, ofYear, year, today } = viz.days;
  const element = viz.byId("timeline");
  const AXIS = 34;
  const HEAD = 38;
  const TAIL = 130; // room for words at the end of the last bar
  const FINEST = 900; // pixels a year
  const rowOf = new Map(); // a target that was replaced is told by the row of the newer one
  let scale = null; // pixels a day, once the reader has zoomed
  let drawn = null;

  for (const node of nodes) {
    if (!node.plan) continue;
    rowOf.set(node.id, node.id);
    for (const old of node.plan.before) rowOf.set(old, node.id);
  }

  const names = () => (viz.narrow() ? 14 : Math.min(340, Math.max(220, Math.round(element.clientWidth * 0.28))));
  const tall = (node) => (viz.narrow() ? 46 : node.type === "initiative" ? 30 : 26);
  const alphabet = new Intl.Collator("en", { numeric: true });
  const begin = (node) => node.plan.start || "9999";
  const due = (node) => node.plan.steps.at(-1)?.day || "9999";
  const earlier = (a, b) => alphabet.compare(begin(a), begin(b)) || alphabet.compare(due(a), due(b)) || alphabet.compare(a.label, b.label);

  // Initiatives by their beginning, each with its targets; first the targets of the company itself.
  function ordered(plans) {
    const there = new Set(plans.map((node) => node.id));
    const under = new Map();
    for (const node of plans) {
      const key = node.plan.within !== null && there.has(node.plan.within) ? node.plan.within : null;
      if (!under.has(key)) under.set(key, []);
      under.get(key).push(node);
    }
    const top = (under.get(null) || []).sort((a, b) => Number(a.type === "initiative") - Number(b.type === "initiative") || earlier(a, b));
    return top.flatMap((node) => [
      { node, inner: false },
      ...(under.get(node.id) || []).sort(earlier).map((inner) => ({ node: inner, inner: true })),
    ]);
  }

  function groups() {
    const { things: shown } = viz.state.shown();
    const found = new Map();
    for (const node of nodes) {
      if (!node.plan || !shown.has(node.id)) continue;
      const { company } = node.plan;
      if (!found.has(company)) found.set(company, []);
      found.get(company).push(node);
    }
    const label = (company) => (company === null ? "Other plans" : nodes[company].label);
    return [...found.keys()]
      .sort((a, b) => (a === null) - (b === null) || alphabet.compare(label(a), label(b)))
      .map((company) => ({ company, label: label(company), rows: ordered(found.get(company)) }));
  }

  // The years from the first day to the last; at first so many that most bars fit.
  function measure(all, width) {
    const spans = all.flatMap(({ rows }) => rows.map(({ node }) => viz.bars.span(node.plan))).filter(Boolean);
    const starts = spans.map((one) => one.start);
    const ends = spans.map((one) => Math.max(one.end, one.due ?? 0)).sort((a, b) => a - b);
    const first = ofYear(year(Math.min(today, ...starts)));
    const last = ofYear(year(Math.max(today, ...ends)) + 1);
    const most = Math.max(today + 365, ends[Math.floor(ends.length * 0.93)] ?? 0);
    const least = Math.max(0.02, (width - TAIL) / Math.max(365, last - first));
    const usual = Math.max(least, (width - TAIL) / Math.max(365, most - first));
    const perDay = Math.min(FINEST / 365, Math.max(least, scale ?? usual));
    return { first, last, perDay, x: (day) => 10 + (day - first) * perDay, width: Math.max(width, 10 + (last - first) * perDay + TAIL) };
  }

  // Years, and quarters where there is room for them.
  function ticks({ first, last, perDay }) {
    const step = [1, 2, 5, 10, 25].find((each) => each * 365 * perDay >= 46) || 50;
    const found = [];
    for (let at = Math.ceil(year(first) / step) * step; ofYear(at) <= last; at += step) {
      found.push({ day: ofYear(at), text: String(at) });
      if (step > 1 || perDay * 91 < 56) continue;
      for (const month of [3, 6, 9]) found.push({ day: Date.UTC(at, month, 1) / 864e5, text: `Q${month / 3 + 1}`, minor: true });
    }
    return found;
  }

  function axis(pen, time) {
    const colours = viz.theme.colours();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 12px ${viz.font}`;
    const text = viz.data.today ? written(today) : "today";
    const wide = pen.measureText(text).width + 16;
    pen.fillStyle = colours.soft;
    for (const { day, text: name, minor } of ticks(time)) {
      pen.font = `${minor ? "" : "600 "}12px ${viz.font}`;
      if (Math.abs(time.x(day) - time.x(today)) > wide / 2 + 18) pen.fillText(name, time.x(day), AXIS / 2);
    }
    pen.font = `600 12px ${viz.font}`;
    pen.beginPath();
    pen.roundRect(time.x(today) - wide / 2, AXIS / 2 - 10, wide, 20, 10);
    pen.fillStyle = colours.accent;
    pen.fill();
    pen.fillStyle = colours["on-accent"];
    pen.fillText(text, time.x(today), AXIS / 2 + 0.5);
  }

  function lines(pen, time, height) {
    const colours = viz.theme.colours();
    for (const { day, minor } of ticks(time)) {
      pen.fillStyle = colours.line;
      pen.globalAlpha = minor ? 0.4 : 1;
      pen.fillRect(time.x(day) - 0.5, 0, 1, height);
    }
    pen.globalAlpha = 1;
    pen.fillStyle = colours.accent;
    pen.fillRect(time.x(today) - 0.75, 0, 1.5, height);
  }

  // Where everything goes, from the top: the same for the page and for a file.
  function lay(all) {
    let y = 0;
    return {
      groups: all.map((group) => {
        const top = y;
        y += HEAD;
        const rows = group.rows.map((row) => {
          const placed = { ...row, y, height: tall(row.node) };
          y += placed.height;
          return placed;
        });
        y += 14;
        return { ...group, top, rows };
      }),
      height: y,
    };
  }

  const middle = (row) => (viz.narrow() ? row.y + 33 : row.y + row.height / 2);

  function chart(pen, plan, time) {
    lines(pen, time, plan.height);
    for (const group of plan.groups) for (const row of group.rows) viz.bars.plan(pen, row.node, time.x, middle(row));
  }

  // What a row says to those who do not see its bar.
  function told(node) {
    const { start, steps, progress } = node.plan;
    return [
      node.style.name, node.status && node.statusStyle.name,
      start ? `known since ${start}` : "no day given",
      steps.length > 1 && `put off ${viz.count(steps.length - 1, "time", "times")}`,
      steps.length && `due ${steps.at(-1).words}`,
      progress && `latest: ${progress.text}`,
      viz.bars.ending(node.plan),
    ].filter(Boolean).join(", ");
  }

  function row({ node, inner, height }) {
    const button = viz.el(
      "button", { type: "button", class: inner ? "plan inner" : "plan", tabindex: -1, "data-id": node.id, click: () => viz.state.change({ selected: node.id }) },
      viz.el("span", { class: "plan-name" },
        viz.draw.swatch(node.style, node.statusStyle, false),
        viz.el("span", { class: "name", dir: "auto", title: node.label }, node.label)),
      viz.el("span", { class: "unseen" }, `, ${told(node)}`),
    );
    button.style.height = `${height}px`;
    return viz.el("li", {}, button);
  }

  function group({ company, label, rows }) {
    const name = company === null
      ? label
      : viz.el("button", { type: "button", class: "company", click: () => viz.state.reveal(company) }, viz.draw.swatch(nodes[company].style, nodes[company].statusStyle, false), viz.el("span", { class: "name", dir: "auto" }, label));
    const count = viz.el("span", { class: "count" }, viz.count(rows.length, "plan", "plans"));
    return viz.el(
      "section", { class: "plans", "aria-label": label },
      viz.el("h2", {}, viz.el("span", { class: "whose" }, name, count)),
      viz.el("ul", {}, rows.map(row)),
    );
  }

  function render() {
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const plan = lay(groups());
    const side = names();
    const time = measure(plan.groups, element.clientWidth - side - 12);
    const head = new viz.svg(time.width, AXIS);
    axis(head, time);
    const body = new viz.svg(time.width, Math.max(plan.height, 1));
    chart(body, plan, time);
    for (const pen of [head, body]) pen.element.setAttribute("aria-hidden", "true");
    const sheet = viz.el("div", { class: "sheet" }, viz.el("div", { class: "axis" }, head.element), body.element, plan.groups.map(group));
    sheet.style.width = `${side + time.width}px`;
    for (const each of [head.element, body.element]) each.style.marginLeft = `${side}px`;
    element.style.setProperty("--names", `${side}px`);
    element.replaceChildren(plan.height ? sheet : viz.el("p", { class: "plain" }, "No plans among what is shown."));
    drawn = { plan, time, side };
    mark(viz.state.now());
    if (held) element.querySelector(`[data-id="${held}"]`)?.focus({ preventScroll: true });
  }

  // The selected row, and the one that the Tab key reaches.
  function mark(state) {
    const chosen = state.selected === null ? undefined : rowOf.get(state.selected);
    const rows = [...element.querySelectorAll(".plan")];
    for (const one of rows) {
      const yes = Number(one.dataset.id) === chosen;
      one.classList.toggle("chosen", yes);
      if (yes) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
      one.tabIndex = -1;
    }
    const reach = rows.find((one) => Number(one.dataset.id) === chosen) || rows[0];
    if (reach) reach.tabIndex = 0;
    return chosen === undefined ? null : rows.find((one) => Number(one.dataset.id) === chosen) || null;
  }

  const inputs = (state) => [viz.state.shown().things, viz.theme.name(), scale];
  let last = [];

  function update(state, before, arrived) {
    const now = inputs(state);
    const same = drawn && now.every((part, index) => part === last[index]);
    last = now;
    if (!same) render();
    const chosen = mark(state);
    if (chosen && (arrived || state.selected !== before.selected)) chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function zoom(factor) {
    if (!drawn) return;
    const { time } = drawn;
    const half = (element.clientWidth - drawn.side) / 2;
    const held = time.first + (element.scrollLeft + half) / time.perDay; // the day in the middle stays there
    scale = Math.min(FINEST / 365, time.perDay * factor);
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
    if (way === undefined || at < 0) return;
    event.preventDefault();
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + way))];
    rows[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  new ResizeObserver(() => {
    if (viz.state.now().view === "timeline" && drawn) render();
  }).observe(element);

  viz.views.add("timeline", {
    element, update, zoom, fit,
    focus: () => (element.querySelector(".plan[tabindex='0']") || element).focus({ preventScroll: true }),
  });
})();
