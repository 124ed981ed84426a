"use strict";
// What things are called in the language of the reader's choice: by their label in it, else in English, else
// in any. The words of the page itself, and what it says of statements, are English.
viz.languages = (function () {
  const { things, nodes, facets, nodeOf } = viz.data;
  const named = things.filter(({ names }) => names !== viz.payload.NODE.names);
  const plain = new Map(named.map((node) => [node.id, node.label]));
  const values = Object.values(facets).flat().filter(([iri]) => plain.has(nodeOf.get(iri)));

  // The languages that there are, and how many things have a label in each.
  const counts = new Map();
  for (const { names } of named) for (const tag of Object.keys(names)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const others = [...counts.keys()].filter((tag) => tag !== "en").sort();

  const within = (tag, wanted) => tag === wanted || tag.startsWith(`${wanted}-`) || wanted.startsWith(`${tag}-`);
  function choose(names, wanted) {
    const tags = Object.keys(names);
    const tag = tags.find((each) => each === wanted) ?? tags.find((each) => wanted && within(each, wanted)) ?? tags.find((each) => within(each, "en"));
    return tag ?? (tags.length === 1 ? tags[0] : null); // else the one that the library chose
  }

  function apply(wanted) {
    for (const node of named) {
      const tag = choose(node.names, wanted);
      const english = tag === null || within(tag, "en");
      node.label = english ? plain.get(node.id) : node.names[tag];
      node.lang = english ? null : tag;
    }
    for (const value of values) value[1] = nodes[nodeOf.get(value[0])].label;
  }
  apply(null);

  // What a language is called, by itself and in English.
  function title(tag) {
    const name = (tongue) => { try { return new Intl.DisplayNames([tongue], { type: "language" }).of(tag); } catch { return tag; } };
    const [own, english] = [name(tag), name("en")];
    return own === english ? english : `${own} (${english})`;
  }

  const select = viz.el("select", { id: "language", class: "language", change: () => {
    viz.state.change({ lang: select.value || null });
    viz.say(`Names in ${select.selectedOptions[0].textContent}`);
  } }, viz.el("option", { value: "" }, "English"), others.map((tag) => viz.el("option", { value: tag, lang: tag }, title(tag))));
  const element = others.length ? viz.el("div", { class: "group" }, viz.el("label", { class: "names-in" }, "Names in ", select)) : null;

  // The choice of an address, if there is such a language.
  const known = (tag) => (others.includes(tag) ? tag : null);
  const update = (state) => { select.value = state.lang ?? ""; };

  return { apply, element, known, update };
})();

// A name as it is to be read: in its own direction, and in its own language where that is not English.
viz.named = (node, look = null, text = node.label) => viz.el("span", { class: look, dir: "auto", lang: node.lang ?? null }, text);
