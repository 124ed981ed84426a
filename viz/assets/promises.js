"use strict";
// What became of promises: of all that could ever be told the page shows what stands on the day on
// which the reader looks. It was judged when the graph was built, and is only looked up here.
viz.promises = (function () {
  const { nodes, promises, style } = viz.data;

  const VOICES = ["speaker", "publisher"];
  const within = (day, since, until) => since <= day && (!until || day <= until);
  const standing = (promise, day) => promise.told.find(({ since, until }) => within(day, since, until)) ?? null;
  // Of several promises of one plan one is told for all.
  const speaks = ({ speaks: periods }, day) => !periods || periods.some(([since, until]) => within(day, since, until));

  // Gives every promise, and the thing that shows it, what can be told on a day.
  function settle(day) {
    for (const promise of promises) {
      promise.now = standing(promise, day);
      for (const part of VOICES) promise.voices[part] = new Set(promise[part].filter(([, since]) => since <= day).map(([value]) => value));
    }
    for (const node of nodes) {
      if (!node.promises?.length) continue;
      const promise = node.promises.find((one) => one.now && speaks(one, day));
      node.told = promise ? { ...promise.now, promise } : null;
    }
  }

  // The promises that a company keeps and that were known, by outcome, in the order of the legend.
  const of = (company) => promises.filter(({ companies, now }) => now && companies.includes(company));
  function tally(company) {
    const found = of(company);
    return new Map(style.order.outcomes.map((outcome) => [outcome, found.filter(({ now }) => now.outcome === outcome).length]).filter(([, count]) => count));
  }

  const look = (outcome) => (Object.hasOwn(style.outcomes, outcome) ? style.outcomes[outcome] : null);
  // What is worth a mark beside a thing: that something is not due yet is no news.
  const mark = (node) => (node.told && node.told.outcome !== "open" ? look(node.told.outcome) : null);
  const name = (outcome) => look(outcome)?.name ?? outcome;

  // How much of the way is done, in words. Shares have four decimals, of which a product keeps too many.
  const percent = (share) => `${Math.round(Math.round(share * 1e4) / 100).toLocaleString("en")}%`;
  function done(told) {
    if (!told) return "";
    return told.least !== undefined ? percent(told.least) : told.most !== undefined ? `at most ${percent(told.most)}` : "";
  }

  return { settle, of, tally, look, mark, name, done, percent };
})();
