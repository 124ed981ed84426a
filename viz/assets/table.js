"use strict";
// Everything as a table: the promises, the plans, or the statements; to be sorted, filtered, and read aloud. Only the rows
// near what is in sight are there; each says which of all it is.
(function () {
  const element = viz.byId("table");
  const HEAD = 37; // pixels of the headings
  const input = viz.el("input", { type: "search", id: "rows-filter", "aria-label": "Filter rows", placeholder: "Filter rows", autocomplete: "off", spellcheck: "false", maxlength: 200, focus: () => viz.listing.warm(viz.state.now()), input: () => viz.state.change({ query: input.value }) });
  const kinds = viz.listing.KINDS.filter((rows) => rows !== "promises" || viz.data.promises.length).map((rows) =>
    viz.el("button", { type: "button", "data-rows": rows, click: () => viz.state.change({ rows, sort: null }) }, rows[0].toUpperCase() + rows.slice(1)));
  const tally = viz.el("span", { class: "count", role: "status" });
  const body = viz.el("tbody", {});
  const caption = viz.el("caption", { class: "unseen" });
  const [columns, head] = [viz.el("colgroup", {}), viz.el("thead", {})];
  const table = viz.el("table", { class: "virtual" }, caption, columns, head, body);
  const whole = viz.el("div", { class: "whole" }, table); // as tall as all rows are
  const place = viz.el("div", { class: "rows", role: "region", "aria-label": "Rows", "aria-describedby": "how-table", tabindex: 0 }, whole);
  const how = viz.el("p", { id: "how-table", class: "unseen" }, "Up and down go from row to row, Enter reads the details, Tab goes to the article.");
  element.append(viz.el("div", { class: "tools" }, viz.el("div", { class: "views", role: "group", "aria-label": "Rows" }, kinds), input, tally), how, place);

  const tall = (kind) => (viz.coarse() ? 44 : kind === "plans" ? 34 : 46);
  const pane = viz.window(place, draw, () => HEAD);
  const lines = new Map(); // those that are there, by the number of their row
  let list = { rows: [], columns: [] };
  let active = 0; // the row that the Tab key reaches

  function header({ name, title, look }, sort) {
    const up = sort === name;
    const down = sort === `-${name}`;
    const turn = viz.el("button", { type: "button", "data-sort": name, click: () => viz.state.change({ sort: up ? `-${name}` : name }) },
      title, viz.el("span", { class: "arrow", "aria-hidden": "true" }, up ? "▲" : down ? "▼" : ""));
    return viz.el("th", { scope: "col", class: look, "aria-sort": up ? "ascending" : down ? "descending" : null }, turn);
  }

  const cut = (text, lang = null) => viz.el("span", { class: "cut", dir: "auto", lang, title: text.length > 24 ? text : null }, text);

  function line(row, index) {
    const cells = list.columns.map(({ text, look, link, seal }, at) => {
      const says = text(row);
      if (seal) return viz.el("td", { class: look }, viz.el("span", { class: "sealed" }, viz.draw.seal(seal(row)), cut(says)));
      if (at) return viz.el("td", { class: look }, link && says ? viz.el("span", { class: "cut" }, viz.link(link(row), says)) : cut(says));
      const swatch = row.item.plan ? viz.draw.picture(row.item) : "";
      return viz.el("th", { scope: "row" }, viz.el("button", { type: "button", class: "go", "data-row": row.key, click: (event) => open(index, event) }, swatch, cut(says, row.item.lang ?? null)));
    });
    return viz.el("tr", { "aria-rowindex": index + 2 }, cells); // the headings are the first
  }

  // Marks what is chosen, and leaves the Tab key one row to stop at.
  function mark(tr, index) {
    const { selected, edge } = viz.state.now();
    const { open: at } = list.rows[index];
    tr.classList.toggle("chosen", at.edge === undefined ? selected !== null && at.selected === selected : at.edge === edge);
    for (const each of tr.querySelectorAll("a, button")) each.tabIndex = index === active ? 0 : -1;
  }

  function draw(from, to) {
    const held = [...lines].find(([, tr]) => tr.contains(document.activeElement));
    for (const [index, tr] of lines) {
      if (index >= from && index < to) continue;
      tr.remove();
      lines.delete(index);
    }
    for (let index = from, after = body.firstElementChild; index < to; index += 1) {
      if (!lines.has(index)) {
        lines.set(index, line(list.rows[index], index));
        body.insertBefore(lines.get(index), after);
      } else after = lines.get(index).nextElementSibling;
      mark(lines.get(index), index);
    }
    whole.style.paddingTop = `${pane.top(from)}px`;
    if (held && !lines.has(held[0])) place.focus({ preventScroll: true }); // the keyboard stays in the table
  }

  function open(index, event) {
    active = index;
    const { open: at } = list.rows[index];
    if (at.edge === undefined) viz.state.reveal(at.selected);
    else viz.state.change(at);
    viz.panel.lead(event);
  }

  // Columns keep their widths while rows come and go: wide enough for most of a sample.
  function widths({ columns: all, rows }) {
    const pen = new viz.svg(1, 1);
    const step = Math.max(1, Math.floor(rows.length / 400));
    const sample = rows.filter((_, at) => at % step === 0);
    return all.map(({ title, text, seal, most = 200 }, at) => {
      pen.font = `600 13px ${viz.font}`;
      const least = pen.measureText(title).width + 40;
      pen.font = `13px ${viz.font}`;
      const long = sample.map((row) => pen.measureText(text(row).slice(0, 100)).width).sort((a, b) => a - b);
      const usual = (long[Math.ceil(long.length * 0.97) - 1] ?? 0) + (at ? 26 : 60) + (seal ? 30 : 0);
      return Math.ceil(Math.max(least, Math.min(viz.narrow() ? 230 : most, usual)));
    });
  }

  let measured = [];
  function arrange(state) {
    const now = [list.kind, viz.state.shown()];
    if (now.some((part, at) => part !== measured[at])) {
      const wide = widths(viz.listing.list({ ...state, query: "" }));
      // The first column has what is left over.
      columns.replaceChildren(...wide.map((each, at) => { const col = viz.el("col", {}); if (at) col.style.width = `${each}px`; return col; }));
      table.style.minWidth = `${wide.reduce((sum, each) => sum + each, 0)}px`;
    }
    measured = now;
  }

  function render(state) {
    const held = document.activeElement?.dataset?.sort;
    const before = list.rows[active]?.key;
    list = viz.listing.list(state);
    arrange(state);
    active = Math.max(0, list.rows.findIndex(({ key }) => key === before));
    const height = tall(list.kind);
    lines.clear();
    body.replaceChildren();
    caption.textContent = `${state.rows[0].toUpperCase() + state.rows.slice(1)}. The headings sort.`;
    head.replaceChildren(viz.el("tr", { "aria-rowindex": 1 }, list.columns.map((column) => header(column, list.order))));
    if (held) head.querySelector(`[data-sort="${held}"]`)?.focus();
    table.setAttribute("aria-rowcount", list.rows.length + 1);
    table.style.setProperty("--tall", `${height}px`);
    table.style.setProperty("--lines", height < 40 ? 1 : 2);
    whole.style.height = `${HEAD + list.rows.length * height}px`;
    pane.lay(Float64Array.from({ length: list.rows.length + 1 }, (_, at) => at * height));
    tally.textContent = `${list.rows.length.toLocaleString("en")} of ${list.count.toLocaleString("en")}`;
    for (const kind of kinds) kind.setAttribute("aria-pressed", String(kind.dataset.rows === state.rows));
    if (input.value !== state.query) input.value = state.query;
  }

  function reach(index, focus) {
    active = index;
    pane.show(index, HEAD, !focus);
    for (const [at, tr] of lines) mark(tr, at);
    if (focus) lines.get(index)?.querySelector(".go").focus({ preventScroll: true });
  }

  let wanted = false; // that the chosen row be brought into sight, though it has been chosen before
  let last = [];
  function update(state, before, arrived) {
    const now = [viz.state.shown(), state.rows, state.sort, state.query, state.since, state.until, viz.theme.name(), viz.coarse()];
    const same = now.every((each, index) => each === last[index]);
    if (!same) {
      const top = place.scrollTop;
      const stays = now.slice(0, 4).every((each, index) => each === last[index]);
      last = now;
      if (!stays) place.scrollTop = 0;
      render(state);
      if (stays) place.scrollTop = top;
    } else for (const [at, tr] of lines) mark(tr, at);
    if (arrived || wanted || state.selected !== before.selected || state.edge !== before.edge) {
      const index = viz.listing.rowOf(list.rows, state);
      if (index >= 0 && !(lines.get(active)?.contains(document.activeElement) && list.rows[active].open.selected === state.selected)) reach(index, false);
    }
  }

  // What was looked for is not kept from sight by words that were typed before.
  function admit(id) {
    const { query } = viz.state.now();
    const found = (words) => viz.listing.rowOf(viz.listing.list({ ...viz.state.now(), query: words }).rows, { selected: id, edge: null });
    if (query && found(query) < 0 && found("") >= 0) {
      wanted = true;
      viz.state.change({ query: "" });
      wanted = false;
    }
  }

  place.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor((place.clientHeight - HEAD) / tall(list.kind)) - 1);
    const way = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (way === undefined || !list.rows.length || head.contains(event.target)) return;
    event.preventDefault();
    const inside = body.contains(document.activeElement);
    const next = inside || Math.abs(way) > 1 ? active + way : active;
    reach(Math.max(0, Math.min(list.rows.length - 1, next)), true);
  });

  function focus() {
    if (!list.rows.length) return place.focus({ preventScroll: true });
    return reach(active, true);
  }

  viz.views.add("table", { element, update, admit, focus });
})();
