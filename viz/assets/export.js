"use strict";
// What is shown, as a file to keep: dots, lines and letters, or data.
viz.export = (function () {
  const { things, nodes, edges, said, title } = viz.data;
  const LONGEST = 16000; // pixels that browsers draw
  const menu = viz.byId("export-menu");

  // "corporate-plans-timeline.svg"
  function name(ending) {
    const plain = viz.fold(title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "plans";
    return `${plain}-${viz.state.now().view}.${ending}`;
  }

  function save(blob, ending) {
    const address = URL.createObjectURL(blob);
    const link = viz.el("a", { href: address, download: name(ending), hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    viz.say(`${name(ending)} saved`);
  }

  function svg() {
    const { width, height, paint } = viz.views.current().sheet();
    const pen = new viz.svg(Math.ceil(width), Math.ceil(height));
    pen.fillStyle = viz.theme.colours().canvas;
    pen.fillRect(0, 0, width, height);
    paint(pen);
    return new Blob([new XMLSerializer().serializeToString(pen.element)], { type: "image/svg+xml" });
  }

  function png() {
    const { width, height, paint } = viz.views.current().sheet();
    const ratio = Math.min(2, LONGEST / width, LONGEST / height);
    const canvas = viz.el("canvas", { width: Math.floor(width * ratio), height: Math.floor(height * ratio) });
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    paint(pen);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "destination-over"; // the ground goes under what is drawn
    pen.fillStyle = viz.theme.colours().canvas;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  // The things in sight, what ties them, and the statements that all this rests on.
  function json() {
    const shown = viz.state.shown();
    const kept = things.filter((node) => shown.things.has(node.id));
    const ties = edges.filter((edge) => shown.ties.has(edge.twin ?? edge.id));
    const facts = [...new Set([...kept, ...ties].flatMap((one) => one.facts))].filter(said).sort();
    const iri = (id) => (id === null ? null : nodes[id].iri);
    return new Blob([`${JSON.stringify({
      title,
      view: window.location.hash,
      things: kept.map(({ iri: key, label, type, status, aliases, description, facts: own, plan }) => ({
        iri: key, label, type, status, aliases, description, facts: own,
        plan: plan && { ...plan, company: iri(plan.company), others: plan.others.map(iri), within: iri(plan.within), before: plan.before.map(iri) },
      })),
      relations: ties.map(({ from, to, key, label, status, until, timeless, facts: own }) => ({ from: iri(from), to: iri(to), key, label, status, until, timeless, facts: own })),
      statements: Object.fromEntries(facts.map((key) => [key, said(key)])),
    }, null, 1)}\n`], { type: "application/json" });
  }

  const MAKE = { png, svg, json };
  for (const [ending, make] of Object.entries(MAKE)) {
    const button = viz.el("button", { type: "button", "data-ending": ending }, ending.toUpperCase());
    button.addEventListener("click", async () => {
      menu.hidePopover();
      save(await make(), ending);
    });
    menu.append(button);
  }

  // A table is no picture.
  function update() {
    for (const button of menu.querySelectorAll("button")) button.hidden = button.dataset.ending !== "json" && !viz.views.current().sheet;
  }

  return { update };
})();
