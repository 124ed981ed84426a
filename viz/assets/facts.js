"use strict";
// Statements, each with where it comes from; those that gainsay each other stand side by side.
viz.facts = (function () {
  const { said, style, statusStyle } = viz.data;
  const MOST = 50; // lines of a list, until the reader wants more

  const chip = (status, type = style.types.initiative) => {
    if (!status) return null;
    const look = statusStyle(status);
    return viz.el("span", { class: "chip" }, viz.draw.swatch(type, look, false), look.name);
  };

  // "said by Jo Doe · via The Gazette · paraphrased": who says so, and how directly.
  function provenance(said) {
    const parts = [
      said.speaker && ["said by ", viz.el("b", { dir: "auto" }, said.speaker)],
      said.via && ["via ", viz.el("b", { dir: "auto" }, said.via)],
      said.mode && [said.mode],
      said.confidence && [`confidence ${said.confidence}`],
    ].filter(Boolean);
    return parts.length ? viz.el("p", { class: "who" }, parts.flatMap((part, index) => (index ? [" · ", ...part] : part))) : null;
  }

  function source(said) {
    return viz.el(
      "p", { class: "source" },
      viz.link(said.url, said.source || said.url || "no source named"),
      viz.el("span", { class: "where" }, [said.publisher, said.published].filter(Boolean).join(" · ")),
      said.locator && viz.el("span", { class: "where" }, said.locator),
    );
  }

  function content(key, type) {
    const it = said(key);
    if (!it) return [viz.el("p", { class: "where" }, `Not in this page: ${key}`)];
    return [
      viz.el("p", { class: "said" }, viz.el("span", { dir: "auto" }, it.text || "(no words)"), chip(it.status, type)),
      it.note && viz.el("p", { class: "note", dir: "auto" }, it.note),
      it.corrected && viz.state.known(it.corrected) && viz.el("p", { class: "note" }, `Corrected on ${it.corrected}: counts no more from then on.`),
      provenance(it),
      source(it),
    ];
  }

  const rivalsOf = (key) => [...new Set(said(key)?.rivals)].filter((rival) => rival !== key);

  function fact(key, type) {
    const rivals = rivalsOf(key);
    if (!rivals.length) return viz.el("li", { class: "fact" }, content(key, type));
    return viz.el(
      "li", { class: "fact rivals" },
      viz.el("h4", {}, "Others say otherwise"),
      viz.el("ul", { class: "sides" }, [key, ...rivals].map((side) => viz.el("li", {}, content(side, type)))),
    );
  }

  function inTime(key) {
    const day = viz.days.valid(said(key)?.published);
    return !day || viz.state.known(day);
  }

  // The first of many lines, and a button for the others.
  function some(lines, look, most = MOST) {
    const all = viz.el("ul", { class: look }, lines.slice(0, most).map((line) => line()));
    if (lines.length <= most) return all;
    const more = viz.el("button", { type: "button", class: "quiet", click: () => {
      more.remove();
      all.append(...lines.slice(most).map((line) => line()));
    } }, `${lines.length - most} more`);
    return viz.el("div", {}, all, more);
  }

  // What was published last comes first, and what has no date comes last.
  const day = (key) => said(key)?.published || "";
  const latest = (a, b) => (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : 0);

  // Facts in order; a pair of rivals once, where the first of them stands.
  function list(facts, type) {
    const told = new Set();
    const entries = facts.filter(inTime).sort(latest).filter((key) => {
      if (told.has(key)) return false;
      for (const each of [key, ...rivalsOf(key)]) told.add(each);
      return true;
    });
    const left = facts.length - facts.filter(inTime).length;
    return [
      some(entries.map((key) => () => fact(key, type)), "facts"),
      left ? viz.el("p", { class: "where" }, `${viz.count(left, "more was", "more were")} published outside the chosen time.`) : null,
    ];
  }

  return { chip, content, list, some };
})();
