#!/usr/bin/env bash
# What: `xsd:decimal` of a double gives another number in Oxigraph: 5e8 becomes 500000000.000000006643777536, which is not equal
#   to 500000000; by way of xsd:integer it stays what it is. rdflib keeps 5e8, but gives nothing for xsd:integer of 2.7, for xsd:decimal of
#   1e-7 and for xsd:date of a dateTime, which are 2, 0.0000001 and a day to Oxigraph, as SPARQL 1.1 wants.
# Version: pyoxigraph 0.5.13, rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: spreadsheets and scripts write 500 million dollars as 5e8; cast so that it can be compared, it meets no target of
#   just that amount in one engine, and whoever takes the whole of a number gets no row in the other.
# Source: SPARQL 1.1 Query Language, section 17.5; XPath and XQuery Functions and Operators, section 17.1.3
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib

CASTS = {
    "xsd:decimal(5e8)": ("500000000.000000006643777536", "500000000.0"),
    "xsd:decimal(5e8) = 500000000": ("false", "true"),
    "xsd:decimal(2.5e10)": ("24999999999.999997858287714304", "25000000000.0"),
    "xsd:decimal(xsd:integer(5e8))": ("500000000", None),
    "xsd:integer(2.7)": ("2", None),
    "xsd:decimal(1e-7)": ("0.0000001", None),
    'xsd:date("2020-01-31T10:00:00"^^xsd:dateTime)': ("2020-01-31", None),
}
print("pyoxigraph", version("pyoxigraph"), "- rdflib", version("rdflib"))
for cast, stated in CASTS.items():
    # A second column, since rdflib leaves a row out in which nothing is bound.
    query = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ({cast} AS ?number) (1 AS ?one) {{}}"
    (theirs,) = pyoxigraph.Store().query(query)
    (others,) = rdflib.Graph().query(query)
    seen = (theirs[0] and theirs[0].value, others[0] if others[0] is None else str(others[0]))
    print(f"{cast}: {seen[0]} in Oxigraph, {seen[1]} in rdflib")
    if seen != stated:
        sys.exit(f"changed: {cast} gave {stated} in November 2026")
PYTHON
