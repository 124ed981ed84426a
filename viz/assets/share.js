"use strict";
// One menu for what leaves the page: a link, a frame for another page, a citation, files, paper. What is
// copied stands in the menu as well, selected: where a page may not use the clipboard, the reader can.
viz.share = (function () {
  const menu = viz.byId("share-menu");
  const opener = viz.byId("share");
  const TALL = 640; // pixels of a frame

  // A file of the reader's own, a page within another: what follows them reaches nobody else.
  const isPublic = () => Boolean(viz.wording.address());
  const own = () => (window.location.protocol === "file:"
    ? "This page is a file on your own computer: others can follow this once it lies on the web."
    : "This page is shown within another and has no address of its own.");

  const quoted = (text) => text.replace(/[&<>"]/gu, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);
  function embed() {
    const address = isPublic() ? window.location.href : `https://example.org/${viz.export.plain()}.html${window.location.hash}`;
    return `<iframe src="${quoted(address)}" title="${quoted(viz.data.title)}" width="100%" height="${TALL}" loading="lazy"></iframe>`;
  }

  // What is copied: its name, the text, and what to bear in mind.
  const COPIES = [
    ["Link", "Copy link", () => window.location.href, () => (isPublic() ? "" : own())],
    ["Embed code", "Copy embed code", embed, () => (isPublic() ? "" : `${window.location.protocol === "file:" ? "This page is a file on your own computer." : own()} Put it on the web first, and its address into the code.`)],
    ["Citation", "Copy citation", viz.cite.plain, () => ""],
    ["BibTeX", "Copy BibTeX", viz.cite.bibtex, () => ""],
  ];
  const FILES = { png: "PNG", svg: "SVG", csv: "CSV", json: "JSON" };

  const message = viz.el("p", { id: "share-message" });
  const field = viz.el("textarea", { readonly: true, rows: 3, spellcheck: "false", "aria-describedby": "share-message" });
  const copied = viz.el("div", { class: "copied", hidden: true }, message, field);

  async function copy(name, text, hint) {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false; // there is none, or the page may not use it
    }
    message.textContent = [done ? `${name} copied.` : `${viz.coarse() ? "Copy from here" : "Press Ctrl+C to copy"} the ${name === "BibTeX" ? name : name.toLowerCase()}.`, hint].filter(Boolean).join(" ");
    field.hidden = false;
    field.value = text;
    field.rows = Math.max(2, Math.min(8, Math.ceil(text.length / 32)));
    field.setAttribute("aria-label", name);
    copied.hidden = false;
    if (!done) {
      field.focus();
      field.select();
      field.scrollTop = 0;
    }
    viz.say(message.textContent);
  }

  function put(label, click, more = {}) {
    return viz.el("button", { type: "button", click, ...more }, label);
  }

  async function save(ending) {
    if (await viz.export.make(ending)) return menu.hidePopover();
    message.textContent = "This is too large to be read as dots. Save it as SVG, or show less of it.";
    copied.hidden = false;
    field.hidden = true;
    return viz.say(message.textContent);
  }

  const files = viz.export.endings.map((ending) => put(FILES[ending], () => save(ending), { "data-ending": ending, "aria-label": `Save as ${FILES[ending]}` }));
  menu.append(
    viz.el("div", { class: "lines" }, COPIES.map(([name, label, text, hint]) => put(label, () => copy(name, text(), hint()), { "data-copy": name }))),
    viz.el("div", { class: "files", role: "group", "aria-labelledby": "save-as" }, viz.el("span", { id: "save-as" }, "Save as"), files),
    viz.el("div", { class: "lines" }, put("Print or save as PDF", () => { menu.hidePopover(); window.print(); }, { "data-print": "" })),
    copied,
  );

  menu.querySelector("button").autofocus = true; // a popover goes there as it opens, and not only after

  const buttons = () => [...menu.querySelectorAll("button")].filter((one) => !one.hidden);
  menu.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    if (way && at >= 0) {
      event.preventDefault();
      all[(at + way + all.length) % all.length].focus();
    }
  });
  menu.addEventListener("toggle", (event) => {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "closed") copied.hidden = true;
  });

  function update() {
    for (const button of files) button.hidden = !viz.export.offers(button.dataset.ending);
  }

  return { update };
})();
