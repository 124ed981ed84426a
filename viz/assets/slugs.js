"use strict";
// Short names of things for addresses: what is left of an IRI without what most of them begin with.
// An IRI that would be taken for another thing stays whole, and whole ones are understood for ever.
viz.slugs = (function () {
  const { things, nodes, edgeOf } = viz.data;
  const stem = (iri) => iri.slice(0, Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);
  let base = null;

  function begin() {
    if (base !== null) return base;
    const counts = new Map();
    for (const { iri } of things) counts.set(stem(iri), (counts.get(stem(iri)) || 0) + 1);
    base = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0])[0];
    return base;
  }

  // Among some IRIs: `write` gives the short name of the one at a place, `read` the place of a name, or null.
  function among(iris) {
    const places = new Map(iris.map((iri, at) => [iri, at]));
    // What ends alike, by its last part: a link of many names that are gone is read as fast as any.
    const last = (iri) => iri.slice(stem(iri).length);
    const alike = new Map();
    function endings(slug) {
      if (!alike.size) iris.forEach((iri, at) => (alike.get(last(iri))?.push(at) ?? alike.set(last(iri), [at])));
      return (alike.get(last(slug)) ?? []).filter((at) => iris[at].endsWith(`/${slug}`) || iris[at].endsWith(`#${slug}`));
    }
    // The only one that ends so: an older page may have had shorter or longer names.
    const ending = (slug) => {
      const found = slug ? endings(slug) : [];
      return found.length === 1 ? found[0] : null;
    };
    const read = (text) => places.get(text) ?? places.get(begin() + text) ?? ending(text);
    function write(at) {
      const short = iris[at].startsWith(begin()) ? iris[at].slice(base.length) : "";
      return short && read(short) === at ? short : iris[at];
    }
    return { read, write };
  }

  const known = among(things.map(({ iri }) => iri));
  const { read } = known;
  const write = (id) => (id < things.length ? known.write(id) : ""); // a group is no thing

  // A connection is named by both ends and what is between them.
  const writeEdge = ({ from, key, to }) => [write(from), key, write(to)].join(" ");
  function readEdge(text) {
    const whole = edgeOf(text);
    if (whole !== null) return whole;
    const [from, key, to] = text.split(" ");
    const ends = [from, to].map((end) => (end ? read(end) : null));
    return ends.includes(null) ? null : edgeOf([nodes[ends[0]].iri, key, nodes[ends[1]].iri].join(" "));
  }

  // What a thing that is not here may be called, by the name it had.
  const words = (text) => text.split(" ").map((name) => name.slice(stem(name).length) || name).join(" ");

  return { among, read, write, readEdge, writeEdge, words };
})();
