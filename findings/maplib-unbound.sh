#!/usr/bin/env bash
# What: a variable that no pattern binds is an error of the whole query. By SPARQL 1.1 it is unbound: BOUND says false,
#   and what is computed from it is no value.
# Version: maplib 0.20.26, beside rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: a question whose parameters may be left out, which any other engine answers, does not run at all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check maplib==0.20.26 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - "$work/plans.nt" <<'PYTHON'
import sys
from pathlib import Path

import maplib
import rdflib

DATA = "<urn:plan> <urn:due> <urn:june> .\n"
QUERIES = {
    "BOUND": "SELECT ?plan { ?plan <urn:due> ?due FILTER (!BOUND(?day) || ?due = ?day) }",
    "IF": "SELECT ?plan ?told { ?plan <urn:due> ?due BIND (IF(?due = <urn:may>, ?due, ?none) AS ?told) }",
}
Path(sys.argv[1]).write_text(DATA)
model = maplib.Model()
model.read(sys.argv[1], format="ntriples")
graph = rdflib.Graph().parse(data=DATA, format="nt")
answered = []
for name, query in QUERIES.items():
    rows = len(graph.query(query))
    try:
        theirs = f"rows {model.query(query).height}"
        answered.append(name)
    except Exception as error:
        theirs = " ".join(str(error).split()[:6])
    print(f"{name}: rdflib: rows {rows}; maplib: {theirs}")
if answered:
    sys.exit(f"changed: in November 2026 maplib refused what it answers now: {', '.join(answered)}")
PYTHON
