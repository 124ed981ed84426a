"use strict";
// Records, made of what the page holds of them field by field: see viz/fields.py. Each begins as a copy
// of `blank`, which has all that it will ever have: so all are alike, which takes least room and time.
viz.fields = function ({ count, fields }, blank) {
  const records = [];
  for (let id = 0; id < count; id += 1) records.push({ ...blank, id });
  for (const [name, { gaps, of, is }] of Object.entries(fields)) {
    const [whole, part] = name.split(".");
    let at = -1;
    for (let index = 0; index < is.length; index += 1) {
      at += gaps ? gaps[index] : 1;
      const value = of ? of[is[index]] : is[index];
      if (part === undefined) records[at][whole] = value;
      else if (records[at][whole] === blank[whole]) records[at][whole] = { [part]: value };
      else records[at][whole][part] = value;
    }
  }
  return records;
};
