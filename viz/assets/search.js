"use strict";
// Search as a combobox: the list follows the typing, the arrows choose, Enter goes there.
viz.search = (function () {
  const { things, nodes } = viz.data;
  const input = viz.byId("search");
  const found = viz.byId("found");
  const MOST = 12;
  let options = [];
  let active = -1;

  const { fold } = viz;
  // Made when the reader first looks for something: it takes a while where there is much.
  let haystack = null;
  const called = ({ label, names, aliases }) => [label, ...Object.values(names ?? {}), ...aliases].map((name) => fold(name.slice(0, 500)));
  // A plan is seldom named after its company, and is looked for by both names.
  const whose = ({ plan }) => (plan ? [plan.company, ...plan.others, plan.within].filter((id) => id !== null).map((id) => nodes[id]) : []);
  const made = () => things.map((node) => {
    const names = called(node);
    const rest = fold([node.description || "", node.type, node.statusStyle.name].join(" ").slice(0, 2000));
    const own = names.join("\n");
    return { node, names, own, words: {}, all: [own, rest, ...whose(node).flatMap(called)].join("\n") };
  });
  // Who says something of a thing, who published it, and where it is: looked at where names find little.
  function around({ node, all }) {
    const said = node.facts.flatMap((key) => { const it = viz.data.said(key); return it ? [it.speaker, it.publisher, it.via] : []; });
    const places = viz.data.neighbours(node.id).map((id) => nodes[id]).filter(({ type }) => type === "place");
    return [all, fold([...new Set(said)].filter(Boolean).join("\n").slice(0, 5000)), ...places.flatMap(called)].join("\n");
  }

  // Whether two words differ by a slip: a letter more, less, another, or two that changed places.
  function slip(word, other) {
    if (word.length < 4 || Math.abs(word.length - other.length) > 1) return false;
    let at = 0;
    while (at < word.length && word[at] === other[at]) at += 1;
    const [rest, left] = [word.slice(at), other.slice(at)];
    return rest.slice(1) === left || rest === left.slice(1) || rest.slice(1) === left.slice(1)
      || (rest.length > 1 && rest[0] === left[1] && rest[1] === left[0] && rest.slice(2) === left.slice(2));
  }
  const misspelt = (entry, of, words) => {
    const known = (entry.words[of] ??= [...new Set(entry[of].split(/[\s\p{P}]+/u))]);
    return words.every((word) => known.some((other) => other.startsWith(word) || slip(word, other)));
  };

  // What finds something where the names do not: what is said around a thing, and, if nothing else, a slip.
  function further(words, found) {
    const have = new Set(found.map((hit) => hit.node.id));
    const rest = found.length < MOST ? haystack.filter((entry) => !have.has(entry.node.id)) : [];
    const near = rest.filter((entry) => { entry.around ??= around(entry); return words.every((word) => entry.around.includes(word)); });
    const hits = [...found, ...near.map(({ node }) => ({ node, score: 6 }))];
    const slips = (of) => rest.filter((entry) => misspelt(entry, of, words)).map(({ node }) => ({ node, score: 7 }));
    for (const of of ["own", "around"]) if (!hits.length) hits.push(...slips(of));
    return hits;
  }

  const alphabet = new Intl.Collator("en", { numeric: true });

  // A name that is just this, then one that starts with it, then one with words that do, then one
  // that holds them anywhere, then one with some of them, then the rest. A name is the label or an alias.
  function score({ names, own, all }, words) {
    const whole = words.join(" ");
    if (names.includes(whole)) return 0;
    if (names.some((name) => name.startsWith(whole))) return 1;
    if (names.some((name) => words.every((word) => ` ${name}`.includes(` ${word}`)))) return 2;
    if (names.some((name) => words.every((word) => name.includes(word)))) return 3;
    if (!words.every((word) => all.includes(word))) return null;
    return words.some((word) => own.includes(word)) ? 4 : 5;
  }

  // Among equals, companies first and so on by type, then by the alphabet.
  const before = (a, b) =>
    a.score - b.score ||
    b.node.style.rank - a.node.style.rank ||
    alphabet.compare(a.node.label, b.node.label) ||
    a.node.id - b.node.id;

  function look() {
    const words = fold(input.value).split(" ").filter(Boolean);
    if (!words.length) return close();
    haystack ??= made();
    const named = haystack.map((entry) => ({ node: entry.node, score: score(entry, words) })).filter((hit) => hit.score !== null);
    const hits = further(words, named).sort(before);
    options = hits.slice(0, MOST).map((hit) => hit.node);
    const shown = viz.state.shown().things;
    found.replaceChildren(
      ...options.map((node, index) => viz.el(
        "div", {
          role: "option", id: `option-${index}`, "aria-selected": "false", class: shown.has(node.id) ? "option" : "option absent",
          mousedown: (event) => event.preventDefault(), click: () => choose(index),
        },
        viz.draw.picture(node),
        viz.named(node, "name", node.label.slice(0, 120)),
        viz.el("span", { class: "where" }, [...whose(node).slice(0, 1).map((owner) => owner.label.slice(0, 40)), node.style.name, node.statusStyle.name].filter(Boolean).join(" · ")),
      )),
    );
    if (!options.length) found.append(viz.el("div", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "option none" }, "Nothing found"));
    found.hidden = false;
    input.setAttribute("aria-expanded", "true");
    viz.say(viz.count(hits.length, "thing found", "things found"));
    activate(options.length ? 0 : -1);
    return undefined;
  }

  function activate(index) {
    active = index;
    [...found.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `option-${index}`);
    return found.children[index].scrollIntoView({ block: "nearest" });
  }

  function close() {
    found.hidden = true;
    found.replaceChildren();
    options = [];
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const node = options[index];
    if (!node) return;
    input.value = "";
    close();
    viz.views.focus();
    viz.state.reveal(node.id);
  }

  input.addEventListener("input", look);
  input.addEventListener("focus", () => input.value && look());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.hidden) look();
      else if (options.length) activate((active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (input.value) {
        input.value = "";
        close();
      } else viz.views.focus();
    }
  });

  function ask(text) {
    input.focus();
    input.value = text.trim();
    look();
  }

  return { ask, focus: () => { input.focus(); input.select(); } };
})();
