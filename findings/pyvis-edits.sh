#!/usr/bin/env bash
# What: pyvis edits what it is given. from_nx takes the weights out of the caller's graph, so its shortest path is
#   another one afterwards; an undirected Network keeps one edge of each pair; set_options deletes every space, so
#   the group "annual report" is styled as "annualreport", which no node belongs to.
# Version: pyvis 0.3.2, networkx 3.6.1.
# Measured: November 2026.
# Why it matters: drawing comes first in a notebook, measuring after it; a company and a country have several
#   relations, of which the page shows the first; and none of this is told.
# Source: https://github.com/WestHealth/pyvis/issues/210 (the replacement in set_options)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyvis==0.3.2 networkx==3.6.1 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import networkx as nx
from pyvis.network import Network


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


print("pyvis", version("pyvis"), "and networkx", nx.__version__)
roads = nx.Graph()
roads.add_edge("plant", "port", weight=90)
roads.add_edge("plant", "depot", weight=10)
roads.add_edge("depot", "port", weight=20)
way = ["plant", "depot", "port"]
expect("the shortest way before", nx.shortest_path(roads, "plant", "port", "weight"), way)
Network().from_nx(roads)
expect("the shortest way after", nx.shortest_path(roads, "plant", "port", "weight"), ["plant", "port"])
expect("an edge of the graph after", roads.edges["plant", "port"], {"width": 90})

for directed, stated in ((True, ["owner", "partner", "rival"]), (False, ["owner"])):
    network = Network(directed=directed)
    network.add_nodes(["acme", "bolt"])
    for relation in ("owner", "partner", "rival"):
        network.add_edge("acme", "bolt", title=relation)
    expect(f"three relations, directed={directed}", [edge["title"] for edge in network.edges], stated)

network = Network()
network.add_node("r", group="annual report")
network.set_options('{"groups": {"annual report": {"color": "red"}}}')
expect("the node's group", network.nodes[0]["group"], "annual report")
expect("the groups that have a style", list(network.options["groups"]), ["annualreport"])
PYTHON
