#!/usr/bin/env bash
# What: inside GRAPH ?g { } Oxigraph takes ?g for a variable of the pattern: a sub-query leaves it unbound and
#   counts over all graphs, and MINUS compares the names of the graphs, so it removes what it should keep.
# Version: pyoxigraph 0.5.13, against rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: with one named graph a source, "statements by source" comes back as one total without a source.
# Source: https://github.com/oxigraph/oxigraph/pull/1758 (merged, not in the release measured)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys

import pyoxigraph as ox
import rdflib

DATA = """\
<urn:acme> <urn:opens> <urn:plant> <urn:gazette> .
<urn:bolt> <urn:opens> <urn:plant> <urn:herald> .
<urn:bolt> <urn:opens> <urn:shop> <urn:herald> .
"""
COUNT = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"
GROUPED = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
MINUS = "SELECT ?g ?s { GRAPH ?g { ?s <urn:opens> ?o MINUS { <urn:acme> <urn:opens> <urn:plant> } } }"


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def oxigraph(query):
    rows = ([cell and cell.value for cell in row] for row in STORE.query(query))
    return sorted(rows, key=repr)


def by_rdflib(query):
    return sorted([[str(cell) for cell in row] for row in DATASET.query(query)], key=repr)


STORE, DATASET = ox.Store(), rdflib.Dataset()
STORE.load(DATA.encode(), format=ox.RdfFormat.N_QUADS)
DATASET.parse(data=DATA, format="nquads")
print("pyoxigraph", ox.__version__, "and rdflib", rdflib.__version__)
by_source = [["urn:gazette", "1"], ["urn:herald", "2"]]
print(COUNT)
expect("rdflib", by_rdflib(COUNT), by_source)
expect("Oxigraph", oxigraph(COUNT), [[None, "3"]])
print(GROUPED)
expect("Oxigraph", oxigraph(GROUPED), by_source)
print(MINUS, "# shares no variable, so it removes nothing")
bolt = [["urn:herald", "urn:bolt"]] * 2
expect("rdflib", by_rdflib(MINUS), [["urn:gazette", "urn:acme"], *bolt])
expect("Oxigraph", oxigraph(MINUS), bolt)
PYTHON
