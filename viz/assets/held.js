"use strict";
// The keyboard is never left nowhere: where a change takes away or hides what has the focus, what is nearest to it takes over.
viz.held = function () {
  const STOPS = "button, input, select, summary, a[href]";
  const seen = (element) => (element.checkVisibility?.() ?? true) && element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const there = (element) => element.isConnected && !element.closest("[inert]") && seen(element);
  const around = [];
  for (let at = document.activeElement; at && at !== document.body; at = at.parentElement) around.push(at);

  function next(box) {
    if (!there(box)) return null;
    if (box.tabIndex >= 0 || box.hasAttribute("tabindex")) return box;
    return [...box.querySelectorAll(STOPS)].find((each) => each.tabIndex >= 0 && there(each)) ?? null;
  }

  // To be called after the change.
  return function () {
    const now = document.activeElement;
    if (!around.length || (now !== document.body && there(now))) return;
    for (const box of around.slice(1)) {
      if (box.tagName === "MAIN" || box.tagName === "HEADER") break; // whatever comes first there is not near
      const found = next(box);
      if (!found) continue;
      found.focus({ preventScroll: true });
      return;
    }
    viz.views.focus();
    if (!document.activeElement || document.activeElement === document.body) viz.views.current().element.focus({ preventScroll: true });
  };
};
