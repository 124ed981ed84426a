"use strict";
// How to cite what is shown: in plain words, and as BibTeX. What is not known is left out.
viz.cite = (function () {
  const { wording } = viz;
  const STAMP = 12; // letters of the stamp of the data: enough to tell two editions apart

  // The reader's own day, on which the page was read.
  const read = () => viz.days.written(viz.days.reader());
  const edition = () => [["version", wording.meta("dcterms.hasVersion")], ["edition", wording.meta("kg-stamp").slice(0, STAMP)]]
    .filter(([, value]) => value).map((parts) => parts.join(" ")).join(", ");
  const author = () => wording.meta("dcterms.creator");

  function parts() {
    const state = viz.state.now();
    const day = wording.day(state);
    return {
      author: author(), title: wording.heading(state), choice: wording.choice(state), day,
      version: edition(), licence: wording.licence(), address: wording.address(),
    };
  }

  // "kg. Corporate plans: timeline. Company: Xiaomi. As known on 2026-01-31, edition f62850. CC BY 4.0. https://… (read on 2026-11-28)."
  function plain() {
    const { author: who, title, choice, day, version, licence, address } = parts();
    const known = [day && `as known on ${day}`, version].filter(Boolean).join(", ");
    return [
      who && `${who}.`, `${title}.`, choice, known && `${known.charAt(0).toUpperCase()}${known.slice(1)}.`, licence && `${licence}.`,
      address ? `${address} (read on ${read()}).` : `Read on ${read()}.`,
    ].filter(Boolean).join(" ");
  }

  // Letters that mean something else to LaTeX.
  const LATEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "#": "\\#", $: "\\$", "%": "\\%", "&": "\\&", _: "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const latex = (text) => text.replace(/[\\{}#$%&_~^]/gu, (letter) => LATEX[letter]);

  function bibtex() {
    const { author: who, title, choice, day, version, licence, address } = parts();
    const note = [choice, day && `As known on ${day}.`, licence && `${licence}.`].filter(Boolean).join(" ");
    const fields = [
      ["title", `{${latex(title)}}`],
      ["author", who && `{${latex(who)}}`],
      ["year", day.slice(0, 4)],
      ["date", day],
      ["version", latex(version.replace(/^version /u, ""))],
      // An address is taken as it is, but for what ends a field.
      ["url", address.replace(/[{}]/gu, (letter) => encodeURIComponent(letter))],
      ["urldate", address && read()],
      ["note", latex(note)],
    ].filter(([, value]) => value);
    return `@misc{${viz.export.plain()}${day ? `-${day}` : ""},\n${fields.map(([name, value]) => `  ${name} = {${value}},`).join("\n")}\n}\n`;
  }

  return { plain, bibtex };
})();
