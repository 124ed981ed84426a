"use strict";
// What is done with words: counting, comparing, cutting.
viz.count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// How many rows a view lays out: with more a browser stands still. It says how many are left out.
viz.MOST_ROWS = 1000;
viz.left = (number) => (number > 0 ? viz.el("p", { class: "plain" }, `Not drawn: ${number.toLocaleString("en")} more. Search, filter or focus.`) : null);

// Words without accents, cases and widths, so that what is typed finds what is meant.
viz.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();

// The face of the page, for what is drawn.
viz.font = getComputedStyle(document.body).fontFamily;

// As much of a text as there is room for, with a mark where it was cut.
viz.cut = function (pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let cut = text.slice(0, 300);
  while (cut && pen.measureText(`${cut}…`).width > room) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
};
