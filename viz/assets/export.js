"use strict";
// What is shown, as a file to keep: dots, lines and letters, rows, or data.
viz.export = (function () {
  const { things, nodes, edges, said, title } = viz.data;

  const plain = () => viz.fold(title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "plans";
  const name = () => `${plain()}-${viz.state.now().view}`; // "corporate-plans-timeline"

  function save(blob, ending, called = name()) {
    const file = `${called}.${ending}`;
    const address = URL.createObjectURL(blob);
    const link = viz.el("a", { href: address, download: file, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    viz.say(`${file} saved`);
    return file;
  }

  const svg = (content) => new Blob([new XMLSerializer().serializeToString(viz.sheet.element(content))], { type: "image/svg+xml" });
  const png = async (content) => {
    const canvas = await viz.sheet.canvas(content);
    return canvas && new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  const csv = () => new Blob([viz.csv.shown(viz.state.now())], { type: "text/csv;charset=utf-8" });

  // The things in sight, what ties them, and the statements that all this rests on.
  function json() {
    const shown = viz.state.shown();
    const kept = things.filter((node) => shown.things.has(node.id));
    const ties = edges.filter((edge) => shown.ties.has(edge.twin ?? edge.id));
    const iri = (id) => (id === null ? null : nodes[id].iri);
    return new Blob([`${JSON.stringify({
      title,
      view: window.location.hash,
      things: kept.map(({ iri: key, label, type, status, aliases, description, facts: own, plan }) => ({
        iri: key, label, type, status, aliases, description, facts: own,
        plan: plan && { ...plan, company: iri(plan.company), others: plan.others.map(iri), within: iri(plan.within), before: plan.before.map(iri) },
      })),
      relations: ties.map(({ from, to, key, label, status, until, timeless, facts: own }) => ({ from: iri(from), to: iri(to), key, label, status, until, timeless, facts: own })),
      statements: Object.fromEntries(viz.wording.facts().map((key) => [key, said(key)])),
    }, null, 1)}\n`], { type: "application/json" });
  }

  const MAKE = {
    png: () => png(viz.views.current().sheet()),
    svg: () => svg(viz.views.current().sheet()),
    csv, json,
  };
  // The name of the file, or nothing where there is too much for one of its kind.
  async function make(ending) {
    const blob = await MAKE[ending]();
    return blob && save(blob, ending);
  }

  // A table is no picture.
  const offers = (ending) => !["png", "svg"].includes(ending) || Boolean(viz.views.current().sheet);

  return { plain, make, offers, save, svg, png, endings: Object.keys(MAKE) };
})();
