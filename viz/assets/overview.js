"use strict";
// What the page opens on: what it is and how far it reaches, how each company keeps its word, what can be
// asked of it, and where else to look.
(function () {
  const { nodes, promises, published, sources } = viz.data;
  if (!promises.length) return; // then the network is as good a beginning as any
  const element = viz.byId("overview");
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const spell = (day) => words.format(viz.days.number(day) * 864e5);

  // "164 promises of 21 companies and 3 others"
  function whose(rows) {
    const companies = rows.filter(({ company }) => nodes[company].type === "company").length;
    const others = rows.length - companies;
    return [companies && viz.count(companies, "company", "companies"), others && viz.count(others, companies ? "other" : "organisation", companies ? "others" : "organisations")].filter(Boolean).join(" and ");
  }

  // How many sources there are in the time that is chosen, and between which days they were published.
  function reach(state) {
    const days = Object.keys(published).filter(viz.state.known).sort();
    const count = Object.entries(sources).filter(([day]) => !day || viz.state.known(day)).reduce((sum, [, many]) => sum + many, 0);
    const between = days.length ? `, published between ${spell(days[0])} and ${spell(days.at(-1))}` : "";
    return count ? `, as told by ${viz.count(count, "source", "sources")}${between}` : "";
  }

  function lead(state, { all, rows }) {
    const today = spell(viz.days.written(viz.known.today()));
    const licence = viz.wording.licence();
    const version = viz.wording.meta("dcterms.hasVersion");
    return viz.el("div", { class: "opening" },
      viz.el("h2", {}, "What companies promised, and what became of it"),
      viz.el("p", { class: "sentence" }, viz.el("b", {}, viz.count(all.total, "promise", "promises")), rows.length ? ` of ${whose(rows)}` : "", `${reach(state)}.`),
      viz.el("p", { class: "where" }, "What became of them is told as far as it was known on ", viz.el("b", {}, today),
        ". That no result is known does not mean that a promise was broken.",
        licence ? [" Licence: ", viz.link(viz.wording.meta("dcterms.license"), licence), "."] : "",
        version ? ` Version ${version}.` : ""));
  }

  const questions = () => viz.el("section", { class: "questions", "aria-label": "Questions" }, viz.el("ul", {}, viz.examples.all().map((one) => viz.el("li", {},
    viz.el("button", { type: "button", class: "question", click: () => viz.examples.ask(one) }, one.text.map((part, at) => (at % 2 ? viz.el("b", { dir: "auto" }, part) : part)))))));

  const others = () => viz.el("nav", { class: "others", "aria-label": "Other views" }, viz.el("ul", {}, viz.views.list().filter(({ name }) => name !== "overview").map(({ name, title, about }) => viz.el("li", {},
    viz.el("button", { type: "button", class: "other", click: () => viz.state.change({ view: name, sort: null }) }, viz.el("b", {}, title), viz.el("span", {}, about))))));

  let last = [];
  function update(state) {
    const now = [viz.state.shown(), state.until, state.since, viz.scoreboard.order(state), viz.theme.name(), ...viz.facets.PARTS.map((part) => state[part]), state.disputed, state.selected];
    if (now.every((each, at) => each === last[at])) return;
    last = now;
    render(state);
  }

  function render(state) {
    const found = viz.scores.rows(state);
    const held = element.contains(document.activeElement) ? document.activeElement.dataset.sort ?? document.activeElement.className : null;
    const [top, left] = [element.scrollTop, element.querySelector(".scroll")?.scrollLeft ?? 0];
    element.replaceChildren(viz.el("div", { class: "overview-page" },
      lead(state, found), questions(),
      found.all.total ? viz.scoreboard.draw(state, found) : viz.el("p", { class: "plain" }, "No promise passes what is picked."),
      others()));
    element.scrollTop = top;
    if (element.querySelector(".scroll")) element.querySelector(".scroll").scrollLeft = left;
    if (held !== null) (element.querySelector(`[data-sort="${CSS.escape(held)}"]`) ?? element).focus({ preventScroll: true });
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  // For paper the scoreboard with all its rows, for a file its figures.
  function paper(state) {
    const { head, rows } = lines(state);
    const look = (at) => (at > 0 && at < head.length - 3 ? "number" : null);
    return viz.el("table", { class: "all" },
      viz.el("thead", {}, viz.el("tr", {}, head.slice(0, -1).map((title, at) => viz.el("th", { scope: "col", class: look(at) }, title)))),
      viz.el("tbody", {}, rows.map((row) => viz.el("tr", {}, row.slice(0, -1).map((text, at) => viz.el(at ? "td" : "th", { scope: at ? null : "row", class: look(at) }, text === "0" ? "·" : text))))));
  }
  function lines(state = viz.state.now()) {
    const found = viz.scoreboard.ordered(state, viz.scores.rows(state));
    const { columns, count } = viz.scores;
    return {
      head: ["Company", "Promised", ...columns.map(({ outcome }) => capital(viz.promises.name(outcome))), "Due next", "Next promise", "Company IRI"],
      rows: found.map((row) => [
        nodes[row.company].label, String(row.total), ...columns.map(({ kinds }) => String(count(row, kinds))),
        row.next?.due ?? "", row.next ? viz.data.said(row.next.fact)?.text ?? nodes[row.next.node].label : "", nodes[row.company].iri,
      ]),
    };
  }

  viz.scoreboard.again(() => render(viz.state.now()));
  viz.views.add("overview", { element, update, paper, lines, focus: () => element.focus({ preventScroll: true }) });
})();
