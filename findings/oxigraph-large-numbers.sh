#!/usr/bin/env bash
# What: a decimal of more than 18 places, or from 1.7e20 on, and an integer beyond 64 bits, are neither above nor below
#   any number in Oxigraph: a FILTER drops the row, SUM and MAX of a column with one such value are unbound, and no error
#   tells; zeros that add nothing do no harm, and a double of 1e400 is infinite.
# Version: pyoxigraph 0.5.13, rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: amounts in the smallest unit of a currency (wei, or a budget of Zimbabwe) have such sizes; they
#   are stored and given back to the letter, so that only a comparison shows that they are no numbers.
# Source: https://www.w3.org/TR/xmlschema11-2/#partial-implementation lets an engine have limits
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

XSD = "http://www.w3.org/2001/XMLSchema#"


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def data(*numbers):
    return "".join(f'<urn:s{at}> <urn:p> "{n}"^^<{XSD}{kind}> .\n' for at, (n, kind) in enumerate(numbers))


def answers(query, *numbers):
    store = ox.Store()
    store.load(data(*numbers).encode(), format=ox.RdfFormat.N_TRIPLES)
    ours = [row["v"] and row["v"].value for row in store.query(query)]
    theirs = [row[0] and str(row[0]) for row in rdflib.Graph().parse(data=data(*numbers), format="nt").query(query)]
    return ours, theirs


print("pyoxigraph", ox.__version__, "and rdflib", rdflib.__version__)
ABOVE = "SELECT ?v { ?s <urn:p> ?v FILTER (?v > 0) }"
for number, found in [
    (("170141183460469231731", "decimal"), True), (("170141183460469231732", "decimal"), False),
    (("0.000000000000000001", "decimal"), True), (("0.0000000000000000001", "decimal"), False),
    (("9223372036854775807", "integer"), True), (("9223372036854775808", "integer"), False),
]:
    ours, theirs = answers(ABOVE, number)
    expect(f"{number[0]} is above 0 to Oxigraph and to rdflib", (bool(ours), bool(theirs)), (found, True))
mixed = [("5", "integer"), ("9223372036854775808", "integer")]
expect("SUM of 5 and 2^63", answers("SELECT (SUM(?n) AS ?v) { ?s <urn:p> ?n }", *mixed), ([None], ["9223372036854775813"]))
ours, _ = answers("SELECT (?n + 0 AS ?v) { ?s <urn:p> ?n }", ("1.00000000000000000000", "decimal"), ("1e400", "double"))
expect("1.00000000000000000000 and 1e400 plus 0", sorted(ours), ["1", "INF"])
PYTHON
