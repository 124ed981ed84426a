"use strict";
// Days as numbers, so that they can be drawn and compared. Written days are ISO 8601, and so is their order.
viz.days = (function () {
  const DAY = 864e5;
  const number = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;
  const written = (value) => new Date(value * DAY).toISOString().slice(0, 10);
  const ofYear = (year) => Date.UTC(year, 0, 1) / DAY;
  const year = (value) => new Date(value * DAY).getUTCFullYear();

  // The reader's own day, unless the page was made for another one.
  function today() {
    return viz.data.today ? number(viz.data.today) : reader();
  }

  // The day on which the page is read, wherever it looks at things from.
  function reader() {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
  }

  const valid = (day) => (/^\d{4}-\d\d-\d\d$/.test(day || "") && !Number.isNaN(number(day)) ? day : null);

  return { valid, reader, number, written, ofYear, year, today: today() };
})();
