#!/usr/bin/env bash
# What: networkx writes the key of an edge, which tells parallel edges of one pair apart, as the edge's id, which
#   GraphML wants to be unique in the file; so ids repeat, and graphology refuses the file. Without keys of one's
#   own every id is 0. edge_id_from_attribute writes ids that are.
# Version: networkx 3.6.1; graphology 0.26.0 and graphology-graphml 0.5.2 of npm.
# Measured: November 2026.
# Why it matters: the key is the natural place for the kind of a relation, and networkx reads its own file without
#   a complaint; the loss shows in somebody else's viewer: yEd shows one edge of them all.
# Source: https://github.com/networkx/networkx/issues/7732 and https://github.com/networkx/networkx/issues/4347
set -euo pipefail
command -v npm >/dev/null || { echo "${0##*/}: npm is not installed" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
{
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check networkx==3.6.1 &&
        npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 --prefix "$work" \
            graphology@0.26.0 graphology-graphml@0.5.2 >/dev/null
} ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

cd "$work"
venv/bin/python - <<'PYTHON'
import networkx as nx

EDGES = [("acme", "india"), ("bolt", "india"), ("bolt", "china")]
keyed, plain = nx.MultiDiGraph(), nx.MultiDiGraph()
for start, end in EDGES:
    keyed.add_edge(start, end, key="plans", eid=f"{start} plans {end}")
    plain.add_edge(start, end)
nx.write_graphml(keyed, "keyed.graphml")
nx.write_graphml(plain, "plain.graphml")
nx.write_graphml(keyed, "told.graphml", edge_id_from_attribute="eid")
print("networkx", nx.__version__, "wrote", len(EDGES), "edges three times, and reads back",
      [nx.read_graphml(f"{name}.graphml").number_of_edges() for name in ("keyed", "plain", "told")])
PYTHON

cat > read.cjs <<'JAVASCRIPT'
const {readFileSync} = require('fs'), {MultiDirectedGraph} = require('graphology');
const graphml = require('graphology-graphml');
const stated = {keyed: ['plans plans plans', 'refused'], plain: ['0 0 0', 'refused'],
                told: ['acme plans india bolt plans china bolt plans india', '3 edges']};
for (const [name, [ids, outcome]] of Object.entries(stated)) {
  const text = readFileSync(`${name}.graphml`, 'utf8');
  const seen = [...text.matchAll(/<edge [^>]*\bid="([^"]*)"/g)].map((found) => found[1]).sort().join(' ');
  let read;
  try { read = `${graphml.parse(MultiDirectedGraph, text).size} edges`; } catch { read = 'refused'; }
  console.log(`${name}: ids ${seen}; graphology: ${read}`);
  if (seen !== ids || read !== outcome) {
    console.error(`changed: in November 2026 the ids were ${ids}, and graphology: ${outcome}`);
    process.exit(1);
  }
}
JAVASCRIPT
node read.cjs
