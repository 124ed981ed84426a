"use strict";
// The editor of queries: Yasqe writes them, Yasr shows what answers them. Nothing is kept in the browser but the
// query in the address, and nobody is asked but this server: completions come with the page.
(function () {
  const { Yasqe, Yasr } = window;
  const room = document.getElementById("editor");
  const form = document.getElementById("query-form");
  const section = document.getElementById("answer");
  const results = document.getElementById("results");
  const prefixes = JSON.parse(room.dataset.prefixes);
  const examples = JSON.parse(room.dataset.examples);
  const lengthen = (name) => prefixes[name.slice(0, name.indexOf(":"))] + name.slice(name.indexOf(":") + 1);
  const terms = JSON.parse(room.dataset.terms).map(lengthen);
  const IDS = prefixes.id;
  const TERMS = prefixes.cp;

  // Its own completers ask other hosts; these know what is here.
  Yasqe.defaults.autocompleters = [];
  Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", persistenceId: null, get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`) }, false);
  Yasqe.forkAutocompleter("class", { name: "our-terms", persistenceId: null, bulk: true, get: () => terms, isValidCompletionPosition: (yasqe) => /^<|:/u.test(yasqe.getCompleteToken().string) }, false);

  const written = new URLSearchParams(window.location.hash.slice(1)).get("query");
  const yasqe = new Yasqe(room, {
    value: written ?? document.getElementById("query").value,
    persistenceId: null, consumeShareLink: null, resizeable: false, editorHeight: "340px",
    autocompleters: ["variables", "our-prefixes", "our-terms"],
    screenReaderLabel: "SPARQL",
    requestConfig: { endpoint: form.getAttribute("action"), method: "POST", acceptHeaderGraph: "text/turtle", acceptHeaderSelect: "application/sparql-results+json" },
  });
  const yasr = new Yasr(results, { persistenceId: null, prefixes, maxPersistentResponseSize: 0 });
  form.hidden = true;
  for (const one of document.querySelectorAll(".choose, #editor-help")) one.hidden = false;

  // Things and terms are told of here, whatever their IRIs resolve to.
  function settle() {
    for (const link of results.querySelectorAll("a.iri")) {
      const iri = link.getAttribute("href") ?? "";
      const [base, path] = [[IDS, "/id/"], [TERMS, "/ontology/"]].find(([start]) => iri.startsWith(start)) ?? [];
      if (base) link.setAttribute("href", room.dataset.root + path + iri.slice(base.length).replace(/[?#%]/gu, encodeURIComponent));
      link.setAttribute("rel", "noreferrer noopener");
    }
    // What the tables leave without a name.
    results.querySelector(".tableSizer:not([aria-label])")?.setAttribute("aria-label", "Rows on a page");
    for (const head of results.querySelectorAll("th .dt-column-title:empty")) head.textContent = "#";
    for (const table of results.querySelectorAll(".dataTables_wrapper, .dt-container, .CodeMirror-scroll")) table.setAttribute("tabindex", "0");
  }
  new MutationObserver(settle).observe(results, { childList: true, subtree: true });

  yasqe.on("query", () => {
    section.hidden = false;
    window.history.replaceState(null, "", `#${new URLSearchParams({ query: yasqe.getValue() })}`);
  });
  yasqe.on("queryResponse", (_instance, response, duration) => {
    section.hidden = false;
    yasr.setResponse(response, duration);
  });
  window.addEventListener("hashchange", () => {
    const query = new URLSearchParams(window.location.hash.slice(1)).get("query");
    if (query !== null && query !== yasqe.getValue()) yasqe.setValue(query);
  });
  document.getElementById("example").addEventListener("change", (event) => {
    const text = examples[Number(event.target.value)];
    if (event.target.value !== "" && text) {
      yasqe.setValue(text);
      yasqe.query().catch(() => {}); // what went wrong is shown
    }
  });
}());
