"use strict";
// What is shown as a table for spreadsheets (RFC 4180), with the IRIs and addresses that it rests on.
viz.csv = (function () {
  const { nodes, said } = viz.data;
  // What spreadsheets take for the beginning of a formula, as kg/export/csv.py has it.
  const RISKY = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];

  // Text that no spreadsheet takes for a formula: it is told to be text by an apostrophe.
  const safe = (text) => (RISKY.some((begin) => text.replace(/^ +/u, "").startsWith(begin)) ? `'${text}` : text);
  const cell = (text) => (/[",\r\n]/u.test(safe(text)) ? `"${safe(text).replaceAll('"', '""')}"` : safe(text));
  // The mark at the beginning tells Excel how letters are written.
  const text = (head, rows) => `\ufeff${[head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

  const joined = (values) => [...new Set(values.filter(Boolean))].join("; ");
  const iris = (ids) => joined(ids.map((id) => nodes[id].iri));
  const addresses = (facts) => joined(facts.map((fact) => said(fact)?.url));

  const MORE = {
    promises: [
      ["Promise IRI", ({ item }) => item.fact],
      ["Company IRI", ({ item }) => iris(item.companies)],
      ["Statement IRIs", ({ item }) => joined(item.facts)],
      ["Rests on", ({ item }) => item.now.fact || ""],
      ["Source URLs", ({ item }) => addresses([...item.facts, item.now.fact])],
    ],
    plans: [
      ["Plan IRI", ({ item }) => item.iri],
      ["Company IRI", ({ open }) => iris(viz.cells.companies(open))],
      ["Statement IRIs", ({ item }) => joined(item.facts)],
      ["Source URLs", ({ item }) => addresses(item.facts)],
    ],
    statements: [
      ["Statement IRI", ({ key }) => key],
      ["Company IRI", ({ open }) => iris(viz.cells.companies(open))],
      ["Note", ({ item }) => item.said.note || ""],
      ["Source URL", ({ item }) => item.said.url || ""],
      ["Contradicted by", ({ item }) => joined(item.said.rivals)],
    ],
  };

  // The rows of the table in their order, those that a view has of its own, or the plans that it shows.
  function shown(state) {
    const own = viz.views.current().lines?.();
    if (own) return text(own.head, own.rows);
    const { kind, columns, rows } = viz.listing.list(state.view === "table" ? state : { ...state, rows: "plans", sort: null, query: "" });
    const all = [...columns.map(({ title, text: says }) => [title, says]), ...MORE[kind]];
    return text(all.map(([title]) => title), rows.map((row) => all.map(([, says]) => says(row))));
  }

  return { text, safe, shown };
})();
