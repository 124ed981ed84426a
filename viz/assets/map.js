"use strict";
// Where things are: the Earth with what is at each place, and beside it the same as a list.
(function () {
  const { nodes, charts: { spots } } = viz.data;
  if (!spots.points) return; // then there is no such view
  const MOST = 60; // lines of the list, until the reader wants more
  const picture = viz.el("div", { class: "globe" });
  const list = viz.el("div", { class: "there", role: "group", "aria-label": "Places" });
  const element = viz.el("div", { id: "map", class: "map asleep", role: "region", tabindex: -1, "aria-label": "Map", inert: true }, picture, list);
  viz.byId("contradictions").after(element);

  let base = null; // how the Earth is laid out at first
  let flat = null; // how the Earth is laid out, for the things and the room that there are
  let zoom = null;
  let waiting = 0;
  let move = { k: 1, x: 0, y: 0 };
  let chosen = null; // a cluster or a place whose things the list shows
  let drawn = [];
  let last = [];

  const degrees = (value, [positive, negative]) => `${Math.abs(value).toFixed(1)}° ${value < 0 ? negative : positive}`;
  const name = ({ place, latitude, longitude }) => (place === null ? `${degrees(latitude, "NS")}, ${degrees(longitude, "EW")}` : nodes[place].label);

  // The points at which anything is shown, found once for the same things.
  let found = { of: null, points: [] };
  function present() {
    const shown = viz.state.shown().things;
    if (found.of !== shown) {
      const points = spots.points.map(([latitude, longitude, place], at) => ({ at, latitude, longitude, place, ids: spots.things[at].filter((id) => shown.has(id)) }));
      found = { of: shown, points: points.filter(({ ids }) => ids.length) };
    }
    return found.points;
  }

  function size() {
    return [Math.max(120, picture.clientWidth), Math.max(120, picture.clientHeight)];
  }

  const EARTH = [{ longitude: -120, latitude: -40 }, { longitude: 150, latitude: 70 }]; // where nothing is anywhere
  function laid(points, [width, height] = size()) {
    return viz.atlas.projection((points.length ? points : EARTH).map(({ longitude, latitude }) => [longitude, latitude]), width, height);
  }

  function clusters(points, on, [width, height]) {
    const seen = points.flatMap((point) => {
      const at = on([point.longitude, point.latitude]);
      return at && at[0] > -40 && at[1] > -40 && at[0] < width + 40 && at[1] < height + 40 ? [{ ...point, x: at[0], y: at[1] }] : [];
    });
    return viz.clusters.merge(seen);
  }

  function paint(pen, on, marks) {
    viz.atlas.draw(pen, on);
    const { selected } = viz.state.now();
    for (const one of [...marks].sort((a, b) => a.ids.length - b.ids.length)) viz.clusters.draw(pen, one, one.ids.includes(selected) || isChosen(one));
  }

  // For a file: what the reader has come near to, else all of it on a sheet that is as wide as paper.
  function sheet() {
    const [width, height] = move.k === 1 && move.x === 0 && move.y === 0 ? [1100, 560] : size();
    const whole = width === 1100;
    const on = whole ? laid(present(), [width, height]) : flat;
    const marks = whole ? clusters(present(), on, [width, height]) : drawn;
    return { width, height, paint: (pen) => paint(pen, on, marks), legend: viz.sheet.legendOf(marks.flatMap(({ ids }) => ids)) };
  }

  const isChosen = ({ spots: those }) => chosen?.kind === "cluster" && those.some(({ at }) => chosen.ats.has(at));

  // The picture, and over each of its marks a button.
  function redraw() {
    if (!flat) return;
    const [width, height] = size();
    const { scale, translate } = viz.atlas.moved(base, move);
    flat.scale(scale).translate(translate);
    drawn = clusters(present(), flat, [width, height]);
    const pen = new viz.svg(width, height);
    paint(pen, flat, drawn);
    pen.element.setAttribute("aria-hidden", "true");
    const held = picture.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const buttons = drawn.map((one) => {
      const button = viz.el("button", { type: "button", class: "spot", tabindex: -1, "aria-label": viz.clusters.words(one, name), "data-at": one.spots[0].at, title: one.ids.length === 1 ? nodes[one.ids[0]].label : name(one.spots[0]), click: (event) => choose(one, event) });
      button.style.cssText = `left: ${one.x - one.r}px; top: ${one.y - one.r}px; width: ${2 * one.r}px; height: ${2 * one.r}px`;
      return button;
    });
    picture.replaceChildren(pen.element, ...buttons);
    const reached = buttons.find((one) => one.dataset.at === held) || buttons[0];
    if (reached) reached.tabIndex = 0;
    if (held && reached) reached.focus({ preventScroll: true });
  }
  function choose(one, event) {
    if (one.ids.length === 1) return viz.panel.choose(event, one.ids[0]);
    chosen = { kind: "cluster", ats: new Set(one.spots.map(({ at }) => at)) };
    if (one.spots.length > 1) approach(one.spots[0], 2.2 * move.k);
    else redraw();
    tell();
    viz.say(viz.clusters.words(one, name));
    return list.scrollTo(0, 0);
  }

  // Brings a point into the middle, so many times as large as at first.
  function approach({ longitude, latitude }, k) {
    const [width, height] = size();
    const [x, y] = base([longitude, latitude]);
    window.d3.select(picture).call(zoom.transform, window.d3.zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k));
  }

  function goTo(place) {
    chosen = { kind: "place", place };
    const points = present().filter((point) => point.place === place);
    if (points.length) approach(points[0], Math.max(move.k, 2.5));
    tell();
    list.querySelector("button")?.focus({ preventScroll: true });
  }

  const line = (id) => () => viz.el("li", {}, viz.el("button", { type: "button", class: "go", click: (event) => viz.panel.choose(event, id) }, viz.draw.picture(nodes[id]), viz.named(nodes[id])));

  // The list: all places, most first, or the things at those that are chosen.
  function tell() {
    const points = present();
    const groups = new Map();
    for (const point of points) {
      if (chosen?.kind === "cluster" ? !chosen.ats.has(point.at) : chosen && chosen.place !== point.place) continue;
      if (!groups.has(point.place)) groups.set(point.place, { label: name(point), place: point.place, ids: new Set() });
      for (const id of point.ids) groups.get(point.place).ids.add(id);
    }
    if (chosen && !groups.size) {
      chosen = null;
      return tell();
    }
    const sorted = [...groups.values()].sort((a, b) => b.ids.size - a.ids.size || (a.label < b.label ? -1 : 1));
    list.replaceChildren(...(chosen ? things(sorted) : places(sorted, points)).filter(Boolean));
    return undefined;
  }

  function places(groups, points) {
    const located = new Set(points.flatMap(({ ids }) => ids));
    const apart = [...viz.state.shown().things].filter((id) => !located.has(id) && ["initiative", "target", "facility"].includes(nodes[id].type)).length;
    return [
      viz.el("h2", {}, "Places ", viz.el("span", { class: "count" }, String(groups.length))),
      groups.length ? null : viz.el("p", { class: "where" }, "Nothing of what is shown has a place on the map."),
      viz.facts.some(groups.map(({ label, ids, place }) => () => viz.el("li", {}, viz.el("button", { type: "button", class: "go", click: () => goTo(place) }, viz.el("span", { class: "name", dir: "auto" }, label), viz.el("span", { class: "count" }, ids.size.toLocaleString("en"))))), "places", MOST),
      apart ? viz.el("p", { class: "where" }, `${viz.count(apart, "plan has", "plans have")} no place on the map.`) : null,
      key(located),
    ];
  }

  // What the parts of the rings mean.
  function key(ids) {
    const parts = viz.clusters.outcomes(ids);
    if (!parts.length) return null;
    const rest = ids.size - parts.reduce((sum, [, count]) => sum + count, 0);
    const grey = rest ? viz.el("li", {}, viz.el("span", { class: "unpromised", "aria-hidden": "true" }), "nothing promised ", viz.el("span", { class: "count" }, rest.toLocaleString("en"))) : null;
    return viz.el("div", { class: "ring-key" }, viz.el("h3", {}, "Rings: what became of promises"), viz.el("ul", {}, parts.map(([outcome, count]) => viz.el("li", {}, viz.draw.seal(viz.promises.look(outcome)), `${viz.promises.name(outcome)} `, viz.el("span", { class: "count" }, count.toLocaleString("en")))), grey));
  }

  function things(groups) {
    const back = viz.el("button", { type: "button", class: "quiet", click: () => {
      chosen = null;
      redraw();
      tell();
      list.querySelector("button")?.focus();
    } }, "← all places");
    const rank = (id) => -nodes[id].style.rank;
    return [back, ...groups.flatMap(({ label, ids }) => [
      viz.el("h2", { dir: "auto" }, `${label} `, viz.el("span", { class: "count" }, String(ids.size))),
      viz.facts.some([...ids].sort((a, b) => rank(a) - rank(b) || (nodes[a].label < nodes[b].label ? -1 : 1)).map(line), "things", MOST),
    ])];
  }

  // Laid out anew where there is another set of things to see, or another room.
  function lay() {
    const points = present();
    [base, flat] = [laid(points), laid(points)];
    move = { k: 1, x: 0, y: 0 };
    const { d3 } = window;
    if (!zoom) {
      zoom = d3.zoom().scaleExtent([0.5, 60]).duration(viz.still() ? 0 : 250).on("zoom", ({ transform }) => {
        move = transform;
        if (!waiting) waiting = requestAnimationFrame(() => { // a wheel turns faster than anybody sees
          waiting = 0;
          redraw();
        });
      });
      d3.select(picture).call(zoom);
    }
    picture.__zoom = d3.zoomIdentity; // without the event, or it would be drawn twice
    redraw();
  }

  function update(state, before, arrived) {
    if (!viz.atlas.there()) {
      picture.replaceChildren(viz.el("p", { class: "plain" }, "Unpacking the map …"));
      viz.atlas.load().then(() => viz.state.now().view === "map" && update(state, before, true), (error) => picture.replaceChildren(viz.el("p", { class: "plain" }, `The map cannot be drawn: ${error.message}`)));
      return;
    }
    const now = [viz.state.shown(), state.until, viz.theme.name(), state.selected, ...size()];
    const same = (at) => now[at] === last[at];
    const again = !same(0) || !same(4) || !same(5) || !flat;
    if (again) lay();
    else if (!now.every((each, at) => same(at))) redraw();
    if (again || !same(1) || !same(2) || arrived) tell();
    last = now;
  }

  picture.addEventListener("keydown", (event) => {
    const all = [...picture.querySelectorAll(".spot")].sort((a, b) => a.offsetLeft - b.offsetLeft || a.offsetTop - b.offsetTop);
    const at = all.indexOf(document.activeElement);
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (at < 0 || way === undefined) return;
    event.preventDefault();
    const next = all[Math.max(0, Math.min(all.length - 1, at + way))];
    all[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
  });

  new ResizeObserver(() => {
    if (viz.state.now().view === "map" && viz.atlas.there()) update(viz.state.now(), viz.state.now(), false);
  }).observe(picture);

  viz.views.add("map", {
    element, update, sheet,
    zoom: (factor) => zoom && window.d3.select(picture).call(zoom.scaleBy, factor),
    fit: () => viz.atlas.there() && lay(),
    focus: () => (picture.querySelector(".spot[tabindex='0']") || element).focus({ preventScroll: true }),
  });
})();
