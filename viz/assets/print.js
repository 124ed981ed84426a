"use strict";
// Paper: what is shown, laid out anew for pages when the reader prints. All rows, light colours, no controls.
viz.print = (function () {
  const { sheet, wording } = viz;
  const WIDE = 1017; // pixels of a page of A4 on its side, between its margins
  const TALL = 640; // and of its height what is left beside the heading,
  const LESS = 470; // and beside the legend and what stands below
  const OVERLAP = 26; // so that a line of words that one page cuts is whole on the next
  const paper = viz.el("section", { class: "paper", "aria-hidden": "true", hidden: true });
  document.body.append(paper);

  function painted(width, height, paint) {
    const pen = new viz.svg(Math.ceil(width), Math.ceil(height));
    paint(pen);
    pen.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return pen.element;
  }

  // A row each, so that no page ends within one; the axis stands above the rows of every page.
  function rows({ width, head, rows: all }) {
    const line = (part) => {
      const element = painted(width, part.height, (pen) => part.paint(pen, true));
      element.removeAttribute("width");
      element.removeAttribute("height");
      return element;
    };
    return viz.el("table", { class: "strips" },
      viz.el("thead", {}, viz.el("tr", {}, viz.el("td", {}, line(head)))),
      viz.el("tbody", {}, all.map((part) => viz.el("tr", { class: part.heading ? "leads" : null }, viz.el("td", {}, line(part))))));
  }

  // A picture as wide as the page; one that is too tall goes on on the next.
  function picture({ width, height, paint, element }) {
    const whole = element ? sheet.still(element) : painted(width, height, paint);
    const scale = Math.min(1, WIDE / width);
    if (height <= 1.2 * width || element) {
      whole.setAttribute("width", width * Math.min(scale, LESS / height));
      whole.setAttribute("height", height * Math.min(scale, LESS / height));
      return [whole];
    }
    whole.setAttribute("id", "paper-picture");
    whole.setAttribute("width", width);
    whole.setAttribute("height", height);
    const store = painted(0, 0, () => undefined);
    store.classList.add("store");
    store.append(whole);
    const step = TALL / scale - OVERLAP;
    return [store, ...Array.from({ length: Math.ceil((height - OVERLAP) / step) }, (_, at) => {
      const tall = Math.min(TALL / scale, height - at * step);
      const part = painted(width, tall, () => undefined);
      part.setAttribute("viewBox", `0 ${at * step} ${width} ${tall}`);
      part.setAttribute("width", width * scale);
      part.setAttribute("height", tall * scale);
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", "#paper-picture");
      part.append(use);
      return part;
    })];
  }

  function table(state) {
    const { columns, rows: all } = viz.listing.list(state);
    const cell = (column, row, at) => viz.el(at ? "td" : "th", { class: column.look, scope: at ? null : "row" }, column.link && column.text(row) ? viz.link(column.link(row), column.text(row)) : column.text(row));
    return viz.el("table", { class: "all" },
      viz.el("thead", {}, viz.el("tr", {}, columns.map(({ title }) => viz.el("th", { scope: "col" }, title)))),
      viz.el("tbody", {}, all.map((row) => viz.el("tr", {}, columns.map((column, at) => cell(column, row, at))))));
  }

  function legend(entries) {
    return viz.el("ul", { class: "marks" }, entries.map(({ text, draw }) => viz.el("li", {}, painted(22, 20, (pen) => draw(pen, 11, 10)), text)));
  }

  function content(state, view) {
    if (view.paper) return [view.paper(state)].flat();
    if (state.view === "table") return [table(state)];
    const drawn = view.sheet?.({ wide: WIDE });
    if (!drawn) return null;
    return [...(drawn.rows ? [rows(drawn)] : picture(drawn)), legend(drawn.legend ?? sheet.legendOf(viz.state.shown().things))];
  }

  function lay() {
    if (!paper.hidden) return;
    const state = viz.state.now();
    viz.theme.within("light", () => {
      const inside = content(state, viz.views.current());
      const choice = wording.choice(state);
      paper.replaceChildren(
        viz.el("header", {}, viz.el("h1", { dir: "auto" }, wording.heading(state)), choice ? viz.el("p", { dir: "auto" }, choice) : ""),
        ...(inside ?? []),
        viz.el("footer", {}, wording.footer(state).map((text) => viz.el("p", { dir: "auto" }, text))),
      );
      document.body.classList.toggle("as-it-is", inside === null); // what knows no paper is printed as it stands
    });
    paper.hidden = false;
  }

  function clear() {
    paper.replaceChildren();
    paper.hidden = true;
    document.body.classList.remove("as-it-is");
  }

  window.addEventListener("beforeprint", lay);
  window.addEventListener("afterprint", clear);
  // Where only the medium changes, as in the tools of browsers.
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? lay() : clear()));

  return { lay, clear };
})();
