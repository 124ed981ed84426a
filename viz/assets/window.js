"use strict";
// Of many rows only those near what is in sight are laid out, so that a hundred thousand cost no more
// than a hundred. `scroller` scrolls; its rows begin `head()` pixels below its top; `draw(from, to)`
// lays out the rows from one number up to, and without, the other. How tall a row is, is known before.
viz.window = function (scroller, draw, head = () => 0) {
  const MARGIN = 480; // pixels laid out above and below what is in sight
  let tops = [0]; // where each row begins, from the first one on, and where the last one ends
  let laid = { from: 0, to: 0 };

  // The row at a place, or the one nearest to it.
  function at(place) {
    let [low, high] = [0, Math.max(0, tops.length - 2)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (tops[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function near(margin) {
    if (tops.length < 2) return { from: 0, to: 0 };
    const top = scroller.scrollTop - head();
    return { from: at(top - margin), to: at(top + scroller.clientHeight + margin) + 1 };
  }

  function look(anew) {
    const seen = near(0);
    if (!anew && seen.from >= laid.from && seen.to <= laid.to) return;
    laid = near(MARGIN);
    draw(laid.from, laid.to);
  }

  // New rows, by where they begin.
  function lay(places) {
    tops = places;
    look(true);
  }

  // Brings a row into sight, below `cover` pixels of what lies over the rows' beginning; `first`, if it has to
  // move at all, with what follows it in sight as well.
  function show(index, cover = 0, first = false) {
    const [top, end] = [tops[index] + head(), tops[index + 1] + head()];
    const out = top - cover < scroller.scrollTop || end > scroller.scrollTop + scroller.clientHeight;
    if (first && out) scroller.scrollTop = Math.max(0, top - cover);
    else if (top - cover < scroller.scrollTop) scroller.scrollTop = Math.max(0, top - cover);
    else if (end > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = end - scroller.clientHeight;
    look(false);
  }

  scroller.addEventListener("scroll", () => look(false), { passive: true });
  new ResizeObserver(() => look(false)).observe(scroller);

  return { lay, show, look, laid: () => laid, height: () => tops[tops.length - 1], top: (index) => tops[index] };
};
