#!/usr/bin/env bash
# What: the engine shacl compares days in sh:lessThan, but not in the SPARQL of sh:sparql: there a FILTER over two
#   xsd:date is an error, the row is dropped, and a plan that ends before it starts conforms. Numbers, texts and
#   xsd:dateTime are compared; pySHACL and pyrudof compare days as well.
# Version: shacl 0.3.4, pySHACL 0.40.1, pyrudof 0.3.35.
# Measured: November 2026.
# Why it matters: a check that finds nothing looks like data that have no fault. SPARQL 1.1 itself compares no
#   xsd:date, so a constraint on days has to be written without SPARQL, or tried against data that break it.
# Source: https://www.w3.org/TR/2013/REC-sparql11-query-20130321/#OperatorMapping
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    shacl==0.3.4 pyshacl==0.40.1 pyrudof==0.3.35 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

import pyrudof
import pyshacl
import rdflib
import shacl

logging.disable(logging.ERROR)
PREFIXES = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
SPARQL = PREFIXES + """<urn:S> a sh:NodeShape ; sh:targetNode <urn:plan> ; sh:sparql [ a sh:SPARQLConstraint ;
  sh:message "ends before it starts" ;
  sh:select "SELECT $this WHERE { $this <urn:start> ?start ; <urn:end> ?end FILTER (?end < ?start) }" ] ."""
CORE = PREFIXES + """<urn:S> a sh:NodeShape ; sh:targetNode <urn:plan> ;
  sh:property [ sh:path <urn:start> ; sh:lessThan <urn:end> ] ."""


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def reported(shapes, start, end):
    """The engines that report the plan."""
    data = f"{PREFIXES} <urn:plan> <urn:start> {start} ; <urn:end> {end} ."
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data, pyrudof.RDFFormat.Turtle)
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    by_pyshacl, *_ = pyshacl.validate(
        rdflib.Graph().parse(data=data), shacl_graph=rdflib.Graph().parse(data=shapes)
    )
    conforms = {
        "pySHACL": by_pyshacl,
        "pyrudof": rudof.validate_shacl().conforms,
        "shacl": shacl.Shapes.from_turtle(shapes).validate_turtle(data).conforms,
    }
    return [name for name, passed in conforms.items() if not passed]


print(*(f"{name} {version(name)}" for name in ("shacl", "pyshacl", "pyrudof")))
days = '"2020-01-01"^^xsd:date', '"2019-01-01"^^xsd:date'
times = '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"2019-01-01T00:00:00Z"^^xsd:dateTime'
everybody = ["pySHACL", "pyrudof", "shacl"]
print("who reports a plan that ends before it starts:")
expect("sh:sparql, numbers 2020 and 2019", reported(SPARQL, "2020", "2019"), everybody)
expect("sh:sparql, xsd:dateTime", reported(SPARQL, *times), everybody)
expect("sh:sparql, xsd:date", reported(SPARQL, *days), ["pySHACL", "pyrudof"])
expect("sh:lessThan, xsd:date", reported(CORE, *days), everybody)
PYTHON
