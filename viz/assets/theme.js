"use strict";
// Light or dark: as the system has it, until the reader chooses.
viz.theme = (function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let held = null; // for the time in which something is drawn for paper
  function within(theme, act) {
    const before = held;
    held = theme;
    try {
      return act();
    } finally {
      held = before;
    }
  }
  const name = () => held || viz.state.now().theme || (dark.matches ? "dark" : "light");
  return {
    name,
    within,
    held: () => held,
    colours: () => (held ? { ...viz.data.style.themes[held], canvas: "#ffffff" } : viz.data.style.themes[name()]), // paper is white
    toggle: () => viz.state.change({ theme: name() === "dark" ? "light" : "dark" }),
    system: dark,
  };
})();
