#!/usr/bin/env bash
# What: igraph reads the ids of GraphML's nodes as the ids of its edges: the attribute "id" of the first edge is the
#   id of the first node, and so on. What stands in an edge as data is read as it is.
# Version: igraph 1.0.0 of PyPI.
# Measured: November 2026.
# Why it matters: an id is how one finds an edge again, and this one exists, is unique and is somebody else's.
# Source: https://python.igraph.org/en/stable/api/igraph.Graph.html#Read_GraphML
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check igraph==1.0.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
cat > small.graphml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="says" for="edge" attr.name="says" attr.type="string"/>
<graph edgedefault="directed">
<node id="acme"/><node id="bolt"/><node id="india"/>
<edge id="first" source="acme" target="india"><data key="says">one</data></edge>
<edge id="second" source="bolt" target="india"><data key="says">two</data></edge>
</graph>
</graphml>
XML
venv/bin/python - <<'PYTHON'
import sys

import igraph

read = igraph.Graph.Read_GraphML("small.graphml")
print("igraph", igraph.__version__, "reads edges", read.get_edgelist(), "with ids", read.es["id"], "that say", read.es["says"])
if read.es["id"] != ["acme", "bolt"] or read.es["says"] != ["one", "two"]:
    sys.exit("changed: in November 2026 the ids were those of the first two nodes")
PYTHON
