"use strict";
// What became of promises as a small bar: a part for each outcome, filled as its mark is, so that its form
// tells it without its colour, and with that mark where there is room.
viz.shares = (function () {
  const { style } = viz.data;
  const TALL = 14;
  const ROOM = 15; // pixels that a mark needs

  function outline(pen, look, x, y, wide) {
    pen.beginPath();
    pen.roundRect(x + 0.75, y + 0.75, Math.max(0.5, wide - 1.5), TALL - 1.5, 2);
    pen.lineWidth = 1.5;
    pen.setLineDash(look.fill === "dotted" ? [1.5, 2.5] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  function part(pen, look, x, y, wide) {
    const colour = look[viz.theme.name()];
    pen.fillStyle = pen.strokeStyle = colour;
    if (look.fill === "full") {
      pen.beginPath();
      pen.roundRect(x, y, wide, TALL, 2);
      pen.fill();
    } else {
      if (look.fill === "left") pen.fillRect(x, y + TALL / 2, wide, TALL / 2);
      outline(pen, look, x, y, wide);
    }
    const paper = viz.theme.colours().canvas;
    if (wide >= ROOM && look.fill !== "left") viz.draw.sign(pen, look.mark, x + wide / 2, y + TALL / 2, 6, look.fill === "full" ? paper : colour);
  }

  // As wide as all of them; what is there at all is never too thin to be seen.
  function paint(pen, counts, wide, y) {
    const there = style.order.outcomes.filter((outcome) => counts.get(outcome));
    const total = there.reduce((sum, outcome) => sum + counts.get(outcome), 0);
    const [GAP, LEAST] = [1.5, 3];
    const room = wide - GAP * (there.length - 1) - LEAST * there.length;
    let x = 0;
    for (const outcome of there) {
      const own = LEAST + (room * counts.get(outcome)) / total;
      part(pen, style.outcomes[outcome], x, y, own);
      x += own + GAP;
    }
  }

  const told = (counts) => style.order.outcomes.filter((outcome) => counts.get(outcome)).map((outcome) => `${counts.get(outcome)} ${viz.promises.name(outcome)}`).join(", ");

  function bar(counts, wide = 150) {
    const picture = viz.draw.small(wide, (pen) => paint(pen, counts, wide, (24 - TALL) / 2));
    picture.title = told(counts);
    return picture;
  }

  return { bar, told };
})();
