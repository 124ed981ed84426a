"use strict";
// The years that a timeline stands on: how wide they are, their names, and the line of today.
viz.years = (function () {
  const { written, ofYear, year } = viz.days;
  const AXIS = 34;
  const EDGE = 18; // room for half the name of the first year
  const TAIL = 130; // room for words at the end of the last bar
  const FINEST = 900 / 365; // pixels a day

  // The years from the first day to the last; at first so many that most bars fit.
  function measure(spans, width, scale) {
    const today = viz.known.today();
    const starts = spans.map((one) => one.start);
    const ends = spans.map((one) => Math.max(one.end, one.due ?? 0)).sort((a, b) => a - b);
    const first = ofYear(year(Math.min(today, ...starts)));
    const last = ofYear(year(Math.max(today, ...ends)) + 1);
    const most = Math.max(today + 365, ends[Math.floor(ends.length * 0.93)] ?? 0);
    const least = Math.max(0.02, (width - TAIL) / Math.max(365, last - first));
    const usual = Math.max(least, (width - TAIL) / Math.max(365, most - first));
    const perDay = Math.min(FINEST, Math.max(least, scale ?? usual));
    return { first, last, perDay, x: (day) => EDGE + (day - first) * perDay, width: Math.max(width, EDGE + (last - first) * perDay + TAIL) };
  }

  // Years, and quarters where there is room for them.
  function ticks({ first, last, perDay }) {
    const step = [1, 2, 5, 10, 25].find((each) => each * 365 * perDay >= 46) || 50;
    const found = [];
    for (let at = Math.ceil(year(first) / step) * step; ofYear(at) <= last; at += step) {
      found.push({ day: ofYear(at), text: String(at) });
      if (step > 1 || perDay * 91 < 56) continue;
      for (const month of [3, 6, 9]) found.push({ day: Date.UTC(at, month, 1) / 864e5, text: `Q${month / 3 + 1}`, minor: true });
    }
    return found;
  }

  function axis(pen, time) {
    const colours = viz.theme.colours();
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 12px ${viz.font}`;
    const today = viz.known.today();
    const text = viz.data.today || today < viz.days.today ? written(today) : "today";
    const wide = pen.measureText(text).width + 16;
    pen.fillStyle = colours.soft;
    for (const { day, text: name, minor } of ticks(time)) {
      pen.font = `${minor ? "" : "600 "}12px ${viz.font}`;
      if (Math.abs(time.x(day) - time.x(today)) > wide / 2 + 18) pen.fillText(name, time.x(day), AXIS / 2);
    }
    pen.font = `600 12px ${viz.font}`;
    pen.beginPath();
    pen.roundRect(time.x(today) - wide / 2, AXIS / 2 - 10, wide, 20, 10);
    pen.fillStyle = colours.accent;
    pen.fill();
    pen.fillStyle = colours["on-accent"];
    pen.fillText(text, time.x(today), AXIS / 2 + 0.5);
  }

  function lines(pen, time, height) {
    const colours = viz.theme.colours();
    for (const { day, minor } of ticks(time)) {
      pen.fillStyle = colours.line;
      pen.globalAlpha = minor ? 0.4 : 1;
      pen.fillRect(time.x(day) - 0.5, 0, 1, height);
    }
    pen.globalAlpha = 1;
    pen.fillStyle = colours.accent;
    pen.fillRect(time.x(viz.known.today()) - 0.75, 0, 1.5, height);
  }

  return { AXIS, FINEST, measure, axis, lines };
})();
