"use strict";
// Light or dark: as the system has it, until the reader chooses.
viz.theme = (function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const name = () => viz.state.now().theme || (dark.matches ? "dark" : "light");
  return {
    name,
    colours: () => viz.data.style.themes[name()],
    toggle: () => viz.state.change({ theme: name() === "dark" ? "light" : "dark" }),
    system: dark,
  };
})();
