"use strict";
// What is shown, in words: for files, for paper and for whoever cites it.
viz.wording = (function () {
  const { things, nodes, edges, said, style, statusStyle, published, title } = viz.data;
  const VIEWS = { network: "network", columns: "things by type", timeline: "timeline", table: "table", map: "map", compare: "two companies compared" };
  const MOST = 12; // publishers that are named
  const short = (id) => nodes[id].label.slice(0, 60);
  const listed = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join(""));

  // What the head of the page says of it, or nothing.
  const meta = (name) => document.head.querySelector(`meta[name="${name}"]`)?.content ?? "";

  // "Corporate plans: timeline"; the table is of plans or of statements.
  const heading = (state) => `${title}: ${state.view === "table" ? state.rows : VIEWS[state.view] ?? state.view}`;

  function plural(type) {
    return (Object.hasOwn(style.types, type) ? style.types[type].plural : type).toLowerCase();
  }

  // What is picked by its facets: "company: Xiaomi", "outcome: met or missed".
  function picked(state) {
    const parts = new Map();
    for (const { part, label } of viz.facets.told(state)) parts.set(part, [...(parts.get(part) ?? []), label]);
    const name = (part) => (viz.facets.NAMES[part] ?? part).toLowerCase();
    return [...parts].map(([part, labels]) => (part === "disputed" ? "disputed" : `${name(part)}: ${labels.join(" or ")}`));
  }

  // What the reader has chosen of all that there is, a phrase each.
  function filters(state) {
    const all = picked(state);
    if (state.view === "table" && state.query) all.push(`with “${state.query}”`);
    if (state.centre !== null) all.push(`around ${short(state.centre)}, ${viz.count(state.hops, "step", "steps")}`);
    if (state.to !== null) all.push(`with the path from ${short(state.from)} to ${short(state.to)}`);
    if (state.types.size) all.push(`without ${listed([...state.types].map(plural))}`);
    if (state.statuses.size) all.push(`without what is ${listed([...state.statuses].map((each) => statusStyle(each).name))}`);
    if (state.hidden.size) all.push(`without ${viz.count(state.hidden.size, "thing", "things")} put away`);
    if (state.since || state.until) all.push(`published${state.since ? ` from ${state.since}` : ""}${state.until ? ` until ${state.until}` : ""}`);
    return all;
  }

  // The day up to which things are known: the reader's, or that of the last statement.
  const day = (state) => state.until ?? Object.keys(published).filter(viz.days.valid).sort().at(-1) ?? "";

  // All that is shown rests on these statements.
  function facts() {
    const state = viz.state.now();
    if (state.view === "table" && state.rows === "statements") return viz.listing.list(state).rows.map(({ key }) => key);
    const { things: shown, ties } = viz.state.shown();
    const of = (one) => one.facts;
    const all = new Set([...things.filter(({ id }) => shown.has(id)).flatMap(of), ...edges.filter((edge) => ties.has(edge.twin ?? edge.id)).flatMap(of)]);
    return [...all].filter(said).sort();
  }

  // "724 statements in 131 sources, of The Gazette (12), The Owl (3) and 4 others."
  function sources(keys = facts()) {
    const articles = new Map();
    for (const { source, url, publisher } of keys.map(said)) articles.set([source, url, publisher].join("\n"), publisher || "");
    const counts = new Map();
    for (const publisher of articles.values()) if (publisher) counts.set(publisher, (counts.get(publisher) || 0) + 1);
    const named = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, count]) => (count > 1 ? `${name} (${count})` : name));
    const most = named.length > MOST + 1 ? [...named.slice(0, MOST), viz.count(named.length - MOST, "other", "others")] : named;
    return `${viz.count(keys.length, "statement", "statements")} in ${viz.count(articles.size, "source", "sources")}${most.length ? `, of ${listed(most)}` : ""}.`;
  }

  // Where this very view is to be found, or nothing where it has no address that others could follow.
  const address = () => (["http:", "https:"].includes(window.location.protocol) ? window.location.href : "");

  // Of a file on the reader's own computer its name, with which the view is found again.
  const local = () => (window.location.protocol === "file:" ? `${window.location.pathname.split("/").pop()}${window.location.hash}` : "");

  const LICENCES = [[/^https?:\/\/creativecommons\.org\/licenses\/([a-z-]+)\/([\d.]+)/u, (kind, version) => `CC ${kind.toUpperCase()} ${version}`], [/^https?:\/\/creativecommons\.org\/publicdomain\/zero\/([\d.]+)/u, (version) => `CC0 ${version}`]];
  // "CC BY 4.0" of its address; what has no short name is named by its address.
  function licence() {
    const given = meta("dcterms.license");
    for (const [pattern, name] of LICENCES) {
      const found = pattern.exec(given);
      if (found) return name(...found.slice(1));
    }
    return given;
  }

  // The lines below a picture or on paper.
  function footer(state) {
    return [
      `Rests on ${sources()}`,
      [day(state) && `What was known on ${day(state)}.`, licence() && `Licence: ${licence()}.`].filter(Boolean).join(" "),
      address() || local(),
    ].filter(Boolean);
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  // What is chosen, as a sentence; all of it where nothing is.
  function choice(state) {
    const all = filters(state);
    return all.length ? `${capital(all.join("; "))}.` : "";
  }

  return { heading, filters, choice, day, facts, sources, address, licence, footer, meta, listed };
})();
