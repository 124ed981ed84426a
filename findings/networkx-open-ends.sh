#!/usr/bin/env bash
# What: networkx reads a span of GEXF that has no end as one that ends on 'None', a text, where one that has no beginning begins on 'None';
#   of a node that is there once, and of an edge, what is missing is missing. Written again, the node ends on "None" in the file.
# Version: networkx 3.6.1.
# Measured: November 2026.
# Why it matters: what lasts until today has a last day, which is after every real one when days are compared as the texts that they are
#   here, and no day at all to the next reader.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check networkx==3.6.1 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import io
import sys

import networkx

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph mode="dynamic" timeformat="date" defaultedgetype="directed">
    <attributes class="node" mode="dynamic"><attribute id="v" title="verdict" type="string"/></attributes>
    <nodes>
      <node id="shop" label="shop"><spells><spell end="2018-01-01"/><spell start="2019-01-01"/></spells></node>
      <node id="plan" label="plan" start="2017-03-27">
        <attvalues><attvalue for="v" value="met" start="2019-01-01"/></attvalues>
      </node>
    </nodes>
    <edges><edge id="0" source="plan" target="shop" start="2017-03-27"/></edges>
  </graph>
</gexf>"""
graph = networkx.read_gexf(io.BytesIO(FILE.encode()))
again = io.BytesIO()
networkx.write_gexf(graph, again)
seen = {
    "spells": graph.nodes["shop"]["spells"],
    "verdict": graph.nodes["plan"]["verdict"],
    "end of a node": graph.nodes["plan"].get("end"),
    "written again": 'start="2019-01-01" end="None"' in again.getvalue().decode(),
}
stated = {
    "spells": [("None", "2018-01-01"), ("2019-01-01", "None")],
    "verdict": [("met", "2019-01-01", "None")],
    "end of a node": None,
    "written again": True,
}
print("networkx", networkx.__version__)
for what, value in seen.items():
    print(f"{what}: {value}")
    if value != stated[what]:
        sys.exit(f"changed: {what} gave {stated[what]} in November 2026")
PYTHON
