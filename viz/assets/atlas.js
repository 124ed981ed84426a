"use strict";
// The Earth to draw on: outlines of Natural Earth, projected by d3. Both are unpacked when the first map is wanted.
viz.atlas = (function () {
  const PAD = 56; // pixels between what there is and the edge
  const REGION = 70; // degrees; what is within so many is seen from above it, whatever is wider as a whole Earth
  const MOST = 5; // how many times its width the globe can be drawn, so that one point is no empty sheet
  let coming = null;
  let earth = null;

  const load = () => (coming ??= Promise.all([viz.unpacked("outlines"), viz.library("library-d3"), viz.library("library-topojson")]).then(([text]) => {
    const { topojson } = window;
    const world = JSON.parse(text);
    earth = { land: topojson.feature(world, world.objects.land), borders: topojson.mesh(world, world.objects.countries, (one, other) => one !== other) };
  }));

  // How the Earth is laid flat, so that all points are in sight in a box.
  function projection(points, width, height) {
    const { d3 } = window;
    const shape = { type: "MultiPoint", coordinates: points };
    const [[west, south], [east, north]] = d3.geoBounds(shape);
    const across = (east - west + 360) % 360;
    const middle = [west + across / 2, (south + north) / 2];
    const near = Math.max(across, north - south) < REGION;
    const flat = near ? d3.geoAzimuthalEqualArea().rotate([-middle[0], -middle[1]]) : d3.geoEqualEarth().rotate(across < 200 ? [-middle[0], 0] : [0, 0]);
    flat.fitExtent([[PAD, PAD], [width - PAD, height - PAD]], shape);
    const most = MOST * Math.max(width, height);
    if (!(flat.scale() < most)) {
      flat.scale(most).translate([0, 0]);
      const [x, y] = flat(middle);
      flat.translate([width / 2 - x, height / 2 - y]);
    }
    return flat;
  }

  // The same, as the reader has moved and zoomed it.
  const moved = (flat, { k, x, y }) => {
    const [left, top] = flat.translate();
    return { scale: flat.scale() * k, translate: [left * k + x, top * k + y] };
  };

  function draw(pen, flat) {
    const colours = viz.theme.colours();
    const path = window.d3.geoPath(flat, pen);
    const fill = (shape, colour) => {
      pen.beginPath();
      path(shape);
      pen.fillStyle = colour;
      pen.fill();
    };
    const line = (shape, colour, wide) => {
      pen.beginPath();
      path(shape);
      pen.strokeStyle = colour;
      pen.lineWidth = wide;
      pen.lineJoin = "round";
      pen.stroke();
    };
    fill(earth.land, colours.line);
    line(earth.borders, colours.canvas, 0.9);
  }

  return { load, there: () => earth !== null, projection, moved, draw };
})();
