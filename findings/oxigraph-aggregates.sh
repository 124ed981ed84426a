#!/usr/bin/env bash
# What: in Oxigraph one row without a value empties SUM, AVG, MIN and MAX, and GROUP_CONCAT of numbers, dates or
#   IRIs is always empty. rdflib leaves the row out and joins anything; yet over a text among the numbers its SUM
#   is an error while its AVG quietly leaves the text out of the mean.
# Version: pyoxigraph 0.5.13, rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: a total over OPTIONAL figures vanishes as soon as one company has none, and nothing says why.
#   FILTER (BOUND(?v)) and GROUP_CONCAT(STR(?v)) mean the same in both.
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

DATA = """
<urn:acme> a <urn:Company> ; <urn:jobs> 1 .
<urn:bolt> a <urn:Company> ; <urn:jobs> 3 .
<urn:crux> a <urn:Company> .
"""
ALL = "{ ?company a <urn:Company> OPTIONAL { ?company <urn:jobs> ?v } }"
BOUND = "{ ?company a <urn:Company> OPTIONAL { ?company <urn:jobs> ?v } FILTER (BOUND(?v)) }"


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def both(aggregate, where):
    query = f"SELECT ({aggregate} AS ?r) {where}"
    (row,) = STORE.query(query)
    try:
        (other,) = GRAPH.query(query)
        found = str(other[0])
    except Exception as error:
        found = type(error).__name__
    return [row[0] and row[0].value, found]


STORE, GRAPH = ox.Store(), rdflib.Graph()
STORE.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
GRAPH.parse(data=DATA)
print("[Oxigraph, rdflib] of pyoxigraph", ox.__version__, "and rdflib", rdflib.__version__)
for name, value in {"SUM": "4", "AVG": "2", "MIN": "1", "MAX": "3"}.items():
    expect(f"{name} of 1, 3 and a row without", both(f"{name}(?v)", ALL), [None, value])
    expect(f"{name} of what is bound", both(f"{name}(?v)", BOUND), [value, value])
years = "{ VALUES ?v { 2019 2020 } }"
expect("GROUP_CONCAT(?v) of 2019 and 2020", both("GROUP_CONCAT(?v)", years), [None, "2019 2020"])
expect("GROUP_CONCAT(STR(?v))", both("GROUP_CONCAT(STR(?v))", years), ["2019 2020"] * 2)
text = '{ VALUES ?v { 1 "n/a" 3 } }'
expect('SUM of 1, "n/a" and 3', both("SUM(?v)", text), [None, "SPARQLTypeError"])
expect('AVG of 1, "n/a" and 3', both("AVG(?v)", text), [None, "2"])
PYTHON
