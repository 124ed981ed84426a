#!/usr/bin/env bash
# What: a variable that is bound is neither in an empty list nor not in it: `FILTER (?p NOT IN ())`, and
#   `FILTER (!(?p IN ()))`, keep no row at all. Of a constant in its place, `1 NOT IN ()`, the same engine says true.
# Version: pyoxigraph 0.5.13; rdflib 7.6.0 keeps all rows.
# Measured: November 2026.
# Why it matters: a query that is made for a list of names, which may be empty, answers with nothing, and without an error.
# Source: SPARQL 1.1, 17.4.1.10, NOT IN (https://www.w3.org/TR/sparql11-query/#func-not-in), where `2 NOT IN ()` is true
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys

import pyoxigraph
import rdflib

DATA = "<http://example.org/s> <http://example.org/p> <http://example.org/o> ."
ASKED = {
    "NOT IN ()": ("SELECT ?p { ?s ?p ?o FILTER (?p NOT IN ()) }", 0, 1),
    "!(IN ())": ("SELECT ?p { ?s ?p ?o FILTER (!(?p IN ())) }", 0, 1),
    "NOT IN (1)": ("SELECT ?p { ?s ?p ?o FILTER (?p NOT IN (1)) }", 1, 1),
    "a constant NOT IN ()": ("SELECT ?p { ?s ?p ?o FILTER (1 NOT IN ()) }", 1, 1),
}
store = pyoxigraph.Store()
store.load(DATA, format=pyoxigraph.RdfFormat.N_TRIPLES)
graph = rdflib.Graph().parse(data=DATA, format="nt")
changed = []
for what, (query, theirs, other) in ASKED.items():
    found = len(list(store.query(query))), len(list(graph.query(query)))
    print(f"{what}: {found[0]} rows by pyoxigraph, {found[1]} by rdflib")
    if found != (theirs, other):
        changed.append(what)
if changed:
    sys.exit(f"changed: {', '.join(changed)} gave other rows in November 2026")
PYTHON
