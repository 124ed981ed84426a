"use strict";
// The legend, which is the filter too: a row for each type and status that is there.
viz.legend = (function () {
  const { things, nodes, style, statusStyle } = viz.data;
  const folded = viz.facets.several(); // where there is more to pick by, these wait until they are wanted
  let rows = [];

  function tally(part) {
    const counts = new Map();
    for (const node of things) {
      const value = part === "types" ? node.type : node.status;
      if (value) counts.set(value, (counts.get(value) || 0) + 1);
    }
    const known = style.order[part].filter((value) => counts.has(value));
    const others = [...counts.keys()].filter((value) => !known.includes(value)).sort();
    return [...known, ...others].map((value) => [value, counts.get(value)]);
  }

  function describe(part, value) {
    if (part === "types") {
      const type = Object.hasOwn(style.types, value) ? style.types[value] : { ...style.unknown, plural: value };
      return { name: type.plural, picture: viz.draw.swatch(type, style.plain, false) };
    }
    const status = statusStyle(value);
    return { name: status.name, picture: viz.draw.swatch(style.types.initiative, status, true) };
  }

  function toggle(part, value, only) {
    const all = tally(part).map(([each]) => each);
    const off = viz.state.now()[part];
    let next = new Set(off);
    if (only) next = off.size === all.length - 1 && !off.has(value) ? new Set() : new Set(all.filter((each) => each !== value));
    else if (!next.delete(value)) next.add(value);
    viz.state.change({ [part]: next });
    const shown = viz.state.shown().things.size;
    viz.say(`${shown} of ${things.length} shown`);
  }

  function row(part, value, total) {
    const { name, picture } = describe(part, value);
    const box = viz.el("input", { type: "checkbox", change: () => toggle(part, value, false) });
    const count = viz.el("span", { class: "count" }, String(total));
    const only = viz.el("button", {
      type: "button", class: "only", "aria-label": `Only ${name}`, click: () => toggle(part, value, true),
    }, "only");
    rows.push({ part, value, total, box, count });
    return viz.el(
      "li", { class: "row" },
      viz.el("label", {}, box, picture, viz.el("span", { class: "name", dir: "auto" }, name), count),
      only,
    );
  }

  function group(part, heading) {
    const entries = tally(part);
    if (!entries.length) return null;
    const all = viz.el("button", {
      type: "button", class: "quiet", "aria-label": `Show all: ${heading}`, click: () => viz.state.change({ [part]: new Set() }),
    }, "all");
    all.dataset.part = part;
    const list = viz.el("ul", {}, entries.map(([value, total]) => row(part, value, total)));
    viz.roving(list, "input, .only");
    return viz.el("div", { class: "group fold" },
      viz.el("details", { open: folded ? null : true }, viz.el("summary", {}, viz.el("h2", {}, heading)), list), all);
  }

  // Which statuses there are follows from what is known.
  let statuses = viz.el("div");
  let known;
  function restate(until) {
    if (until === known) return;
    known = until;
    rows = rows.filter(({ part }) => part !== "statuses");
    const open = statuses.querySelector("details")?.open;
    const next = group("statuses", "Status") || viz.el("div");
    if (open !== undefined && next.firstElementChild) next.firstElementChild.open = open;
    statuses.replaceWith(next);
    statuses = next;
  }

  const away = viz.el("p", { class: "away", hidden: true });
  viz.byId("legend").append(
    ...[...viz.filters.element, group("types", "Types"), statuses, viz.slider.element, viz.languages.element, away].filter(Boolean),
  );

  function update(state) {
    restate(state.until);
    const kept = new Map();
    for (const id of viz.state.shown().things) {
      for (const value of [nodes[id].type, nodes[id].status]) kept.set(value, (kept.get(value) || 0) + 1);
    }
    for (const { part, value, total, box, count } of rows) {
      const off = state[part].has(value);
      const shown = off ? 0 : kept.get(value) || 0;
      box.checked = !off;
      box.closest(".row").classList.toggle("off", off);
      count.textContent = off || shown === total ? String(total) : `${shown} of ${total}`;
    }
    document.querySelectorAll(".legend .quiet[data-part]").forEach((all) => {
      all.style.visibility = state[all.dataset.part].size ? "visible" : "hidden";
    });
    viz.slider.update(state);
    viz.languages.update(state);
    viz.filters.update(state);
    away.hidden = !state.hidden.size && !state.pinned.size;
    const undo = (part, word, name) => (state[part].size
      ? viz.el("span", {}, `${state[part].size} ${word} `, viz.el("button", { type: "button", class: "quiet", click: () => viz.state.change({ [part]: new Set() }) }, name))
      : "");
    away.replaceChildren(undo("hidden", "put away", "bring back"), undo("pinned", "pinned", "unpin"));
  }

  // All that opens in the legend is one stop of the Tab key, too.
  viz.roving(viz.byId("legend"), "summary");
  // On a small screen, and on one that the reader has enlarged, the legend lies over the view: it folds by itself.
  viz.small.addEventListener("change", () => open(!viz.narrow()));

  function open(yes) {
    document.body.classList.toggle("no-legend", !yes);
    viz.byId("legend-toggle").setAttribute("aria-expanded", String(yes));
  }
  const isOpen = () => !document.body.classList.contains("no-legend");

  return { update, open, isOpen };
})();
