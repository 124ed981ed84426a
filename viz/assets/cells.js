"use strict";
// What the columns of the table say of a plan, and of a statement: for the page, for paper and for files.
viz.cells = (function () {
  const { nodes, edges, nodeOf, facets, said } = viz.data;

  // Whose a thing is: the thing itself where it is a company, else those whose plan it is, or whose it is said to be.
  function owners({ id, type, plan, picks }) {
    if (plan) return [plan.company, ...plan.others].filter((each) => each !== null);
    const whose = (picks?.company ?? []).map((at) => nodeOf.get(facets.company[at][0])).filter((each) => each !== undefined);
    return whose.length || type !== "company" ? whose : [id];
  }
  // And of a statement: whose is the thing, or are the ends of the connection, at which it is shown.
  function companies({ selected, edge }) {
    const shown = edge === undefined ? [nodes[selected]] : [nodes[edges[edge].from], nodes[edges[edge].to]];
    return [...new Set(shown.flatMap(owners))];
  }
  const named = (ids) => ids.map((id) => nodes[id].label).join(", ");

  const words = (text) => (text === "StatusReport" ? "Status report" : text || "");

  // A column: its name in the address, its heading, the text of a cell, how it is looked at, and how wide it
  // may get. A row has an `item`, a thing or a statement, and what opens it.
  const PLANS = [
    { name: "plan", title: "Plan", text: ({ item }) => item.label, most: 420 },
    { name: "whose", title: "Whose", text: ({ item }) => viz.rows.whose(item.plan) },
    { name: "type", title: "Type", text: ({ item }) => item.style.name },
    { name: "status", title: "Status", text: ({ item }) => item.statusStyle.name },
    { name: "since", title: "Known since", text: ({ item }) => item.plan.start || "", look: "whole" },
    { name: "due", title: "Due", text: ({ item }) => item.plan.steps.at(-1)?.day || "", look: "whole" },
    { name: "off", title: "Put off", text: ({ item }) => (item.plan.steps.length > 1 ? String(item.plan.steps.length - 1) : ""), look: "number" },
    { name: "done", title: "Done", text: ({ item }) => viz.promises.done(item.told), look: "number" },
    { name: "outcome", title: "Outcome", text: ({ item }) => viz.bars.verdict(item) || viz.bars.ended(item) || "" },
  ];
  const STATEMENTS = [
    { name: "says", title: "Says", text: ({ item }) => item.said.text || "(no words)", most: 380 },
    { name: "company", title: "Company", text: ({ open }) => named(companies(open)) },
    { name: "kind", title: "Kind", text: ({ item }) => words(item.said.kind), look: "whole" },
    { name: "status", title: "Status", text: ({ item }) => item.said.status || "" },
    { name: "published", title: "Published", text: ({ item }) => item.said.published || "", look: "whole" },
    { name: "speaker", title: "Said by", text: ({ item }) => item.said.speaker || "" },
    { name: "article", title: "Article", text: ({ item }) => item.said.source || item.said.url || "", link: ({ item }) => item.said.url, most: 270 },
    { name: "publisher", title: "Publisher", text: ({ item }) => item.said.publisher || "" },
    { name: "place", title: "Where", text: ({ item }) => item.said.locator || "" },
  ];

  // A promise is told of as the page looks it up for the day.
  const PROMISES = [
    { name: "promise", title: "Promise", text: ({ item }) => said(item.fact)?.text ?? nodes[item.node].label, most: 420 },
    { name: "whose", title: "Whose", text: ({ item }) => named(item.companies) },
    { name: "said", title: "Promised", text: ({ item }) => item.said || "", look: "whole" },
    { name: "due", title: "Due", text: ({ item }) => item.due || "", look: "whole" },
    { name: "outcome", title: "Outcome", text: ({ item }) => viz.promises.name(item.now.outcome), seal: ({ item }) => viz.promises.look(item.now.outcome) },
    { name: "done", title: "Done", text: ({ item }) => viz.promises.done(item.now), look: "number" },
    { name: "as", title: "Latest of it", text: ({ item }) => said(item.now.fact)?.text ?? "", most: 300 },
    { name: "article", title: "Article", text: ({ item }) => said(item.now.fact)?.source ?? "", link: ({ item }) => said(item.now.fact)?.url, most: 240 },
  ];

  return { promises: PROMISES, plans: PLANS, statements: STATEMENTS, companies, owners };
})();
