"use strict";
// One stop of the Tab key for a list of controls: the arrow keys go on within it. Up and down lead to the
// next of the same kind, left and right to whatever is next; which one is reached stays in mind.
viz.roving = function (container, selector, wanted = null) {
  let at = 0;
  const items = () => [...container.querySelectorAll(selector)];

  function settle() {
    const all = items();
    const first = wanted === null || container.contains(document.activeElement) ? -1 : all.findIndex((item) => item.matches(wanted));
    const reached = first < 0 ? Math.min(at, all.length - 1) : first;
    all.forEach((item, index) => { item.tabIndex = index === reached ? 0 : -1; });
  }

  container.addEventListener("focusin", (event) => {
    const found = items().indexOf(event.target);
    if (found < 0) return;
    at = found;
    settle();
  });

  container.addEventListener("keydown", (event) => {
    const all = items();
    const from = all.indexOf(event.target);
    if (from < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const alike = all.filter((item) => item.tagName === event.target.tagName);
    const ways = { ArrowDown: [alike, 1], ArrowUp: [alike, -1], ArrowRight: [all, 1], ArrowLeft: [all, -1], Home: [alike, -Infinity], End: [alike, Infinity] };
    if (!ways[event.key]) return;
    const [list, way] = ways[event.key];
    event.preventDefault();
    event.stopPropagation();
    list[Math.max(0, Math.min(list.length - 1, list.indexOf(event.target) + way))].focus();
  });

  // Whoever draws the list anew need not think of this.
  new MutationObserver(settle).observe(container, { childList: true, subtree: true, ...(wanted && { attributeFilter: ["aria-pressed"] }) });
  settle();
};
