"use strict";
// What is done with words: counting, comparing, cutting.
viz.count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// Names as people read them, as the library folds them (kg/base/names.py): without their form in Unicode,
// white space, case, accents and what nobody sees. The marks of other scripts are letters and stay.
viz.fold = (function () {
  const plain = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ŧ: "t", þ: "th",
    "‘": "'", "’": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
  };
  const odd = new RegExp(`[${Object.keys(plain).join("")}]`, "gu");
  const plainly = (text) => text.replace(odd, (c) => plain[c]);
  return (text) => plainly(plainly(text.replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cf}]/gu, "").toLowerCase()).normalize("NFKD").replace(/[\u0300-\u036f]/gu, ""))
    .replace(/\s+/gu, " ").trim();
}());

// The face of the page, for what is drawn.
viz.font = getComputedStyle(document.body).fontFamily;

// As much of a text as there is room for, with a mark where it was cut.
viz.cut = function (pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let cut = text.slice(0, 300);
  while (cut && pen.measureText(`${cut}…`).width > room) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
};
