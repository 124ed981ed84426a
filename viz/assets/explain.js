"use strict";
// A chart that can be asked: every mark says what it is and where that comes from, shows its statement when it is
// chosen, and stands in a table for those who read rather than look.
viz.explain = (function () {
  const { said, style } = viz.data;

  const source = (fact) => {
    const it = said(fact);
    return it ? [it.publisher || it.source, it.published].filter(Boolean).join(", ") : "";
  };
  const words = (fact) => said(fact)?.text || "";
  const told = (one) => `${one.when}: ${one.what}. ${one.kind}. ${source(one.fact)}`;

  function table(all) {
    const cell = (text) => viz.el("td", { dir: "auto" }, text);
    return viz.el(
      "details", { class: "as-table" }, viz.el("summary", {}, "As a table"),
      viz.el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "The chart as a table" }, viz.el(
        "table", {},
        viz.el("thead", {}, viz.el("tr", {}, ["Day", "What", "Value", "Says", "Source"].map((name) => viz.el("th", { scope: "col" }, name)))),
        viz.el("tbody", {}, all.map((one) => viz.el("tr", {}, viz.el("th", { scope: "row" }, one.when), cell(one.kind), cell(one.what), cell(words(one.fact)),
          viz.el("td", {}, viz.link(said(one.fact)?.url, source(one.fact) || "no source named"))))),
      )),
    );
  }

  // What the marks mean, on the page and in a file.
  const legend = (key) => viz.el("ul", { class: "key" }, key.map(({ sign, text, colour }) => {
    const mark = viz.el("span", { "aria-hidden": "true" }, sign);
    mark.style.color = colour;
    return viz.el("li", { dir: "auto" }, mark, text);
  }));
  const drawn = (key) => key.map(({ sign, text, colour }) => ({ text, draw: (pen, x, y) => {
    pen.save();
    pen.fillStyle = colour;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(sign, x, y);
    pen.restore();
  } }));

  // The chart as a file, in the frame that every picture of the page has.
  function files(frame, title, key) {
    const content = () => {
      const element = frame.querySelector("svg");
      return { element, width: Number(element.getAttribute("width")), height: Number(element.getAttribute("height")), title, legend: drawn(key) };
    };
    const name = viz.fold(title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80);
    return ["svg", "png"].map((ending) => viz.el("button", { type: "button", class: "quiet", "aria-label": `Save the chart as ${ending.toUpperCase()}`, click: async () => viz.export.save(await viz.export[ending](content()), ending, name) }, ending.toUpperCase()));
  }

  // `all` are what the marks stand for, each with `when`, `what`, `kind` in words, `fact` and `at`, its place in
  // the order of days; `key` has a `sign`, a `colour` and a `text` for each kind of mark; `draw(width, stops)`
  // makes the chart, `stops(data)` what each mark of some data needs.
  return function (all, { height, title, key, draw }) {
    const hint = viz.el("p", { class: "hinted", "aria-hidden": "true" }, "Point at a mark for its source; choose it for the statement.");
    const shown = viz.el("div", { class: "chosen-mark" });
    const known = new Map(all.map((one) => [one.at, one]));
    const pick = ({ at }) => {
      const { fact } = known.get(at);
      shown.replaceChildren(viz.el("div", { class: "fact" }, viz.facts.content(fact, style.types.target)));
      viz.say(`${words(fact)}. ${source(fact)}`);
    };
    const point = ({ at }) => {
      const one = known.get(at);
      hint.replaceChildren(viz.el("b", {}, `${one.when} · ${one.what}`), ` ${[one.kind.toLowerCase(), said(one.fact)?.speaker, source(one.fact)].filter(Boolean).join(" · ")}`);
    };
    const stops = (data) => viz.charts.stops(data, ({ at }) => told(known.get(at)), pick, point);
    const frame = viz.charts.frame(height, (width) => draw(width, stops));
    return [frame, legend(key), hint, shown, viz.el("div", { class: "under" }, table(all), files(frame, title, key))];
  };
})();
