"use strict";
// Elements are made here and nowhere else: text goes in as text, so no data can become markup.
const viz = {};

viz.el = function (tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") element.append(child);
  }
  return element;
};

viz.byId = (id) => document.getElementById(id);

// A link only to the web. Everything else stays the text it is.
viz.link = function (address, text) {
  let web = false;
  try {
    web = ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    web = false;
  }
  if (!web) return viz.el("span", { dir: "auto" }, text || address || "");
  return viz.el(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer", dir: "auto" },
    text || address,
  );
};

// Says something to those who do not see the picture.
viz.say = function (text) {
  viz.byId("live").textContent = text;
};

viz.small = window.matchMedia("(max-width: 720px)");
viz.narrow = () => viz.small.matches;
viz.coarse = () => window.matchMedia("(pointer: coarse)").matches; // fingers
viz.still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
