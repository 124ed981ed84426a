"use strict";
// Data, scripts and libraries stand in the page deflated (see viz/deflated.py). They are given back here, and run.
(function () {
  const DATA = ["graph-data", "graph-nodes", "graph-edges", "graph-statements"];
  const held = new Map(); // what the blocks hold, as bytes: much of it nobody may ever want as text
  const libraries = new Map();

  function letters(id) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(viz.byId(id).textContent);
    const written = atob(viz.byId(id).textContent);
    const bytes = new Uint8Array(written.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = written.charCodeAt(at);
    return bytes;
  }

  async function inflate(id) {
    const stream = new Blob([letters(id)]).stream().pipeThrough(new DecompressionStream("deflate"));
    held.set(id, await new Response(stream).arrayBuffer());
  }

  // The policy admits the scripts of the page by their digests, and none but them.
  function run(text) {
    document.body.append(viz.el("script", {}, text));
  }

  // The text of a block of data, each time anew: who wants it reads it once.
  viz.inflated = (id) => new TextDecoder().decode(held.get(id));

  // That of a block which few readers ever want.
  viz.unpacked = async function (id) {
    await inflate(id);
    const text = viz.inflated(id);
    held.delete(id);
    return text;
  };

  // A library is inflated and run when it is first wanted; what it defines is there once the promise holds.
  viz.library = function (name) {
    if (!libraries.has(name)) {
      libraries.set(name, inflate(name).then(() => {
        run(viz.inflated(name));
        held.delete(name);
      }));
    }
    return libraries.get(name);
  };

  async function open() {
    await Promise.all([viz.library("vis-network"), ...["scripts", ...DATA].map(inflate)]);
    JSON.parse(viz.inflated("scripts")).forEach(run);
  }

  function fail(text) {
    viz.byId("notice").textContent = text;
    viz.byId("notice").hidden = false;
  }

  if (typeof DecompressionStream === "undefined") fail("This browser is too old for this page, which needs one of 2024 or later.");
  else open().catch((error) => {
    fail("This page is damaged and cannot be unpacked. Get it again, or have it made anew.");
    throw error; // for whoever looks for the cause
  });
})();
