#!/usr/bin/env bash
# What: xsd:gYear has an order in rdflib's ORDER BY, MIN and MAX, but none in its FILTER and no YEAR(), so a query
#   over years answers with nothing; pySHACL and shacl report 2030 as a breach of "2000 or later". Oxigraph
#   compares years, and pyrudof, which is built on it, agrees that 2030 comes after 2000.
# Version: rdflib 7.6.0, pySHACL 0.40.1, shacl 0.3.4, pyrudof 0.3.35, pyoxigraph 0.5.13.
# Measured: November 2026.
# Why it matters: most targets are due in a year. Kept as xsd:gYear they are lost to one engine's filters and
#   break another's shapes, both without an error; the last day of the year as xsd:date works in all of them.
# Source: https://github.com/RDFLib/rdflib/issues/2321
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    rdflib==7.6.0 pyshacl==0.40.1 shacl==0.3.4 pyrudof==0.3.35 pyoxigraph==0.5.13 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

import pyoxigraph as ox
import pyrudof
import pyshacl
import rdflib
import shacl

logging.disable(logging.ERROR)
PREFIXES = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def answers(kind, late):
    data = f'{PREFIXES} <urn:a> <urn:due> "2019{late}"^^xsd:{kind} . <urn:b> <urn:due> "2030{late}"^^xsd:{kind} .'
    graph, store = rdflib.Graph().parse(data=data), ox.Store()
    store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    found = {}
    for name, query in {
        "before 2025": f'SELECT ?s {{ ?s <urn:due> ?d FILTER (?d < "2025{late}"^^xsd:{kind}) }}',
        "YEAR": 'SELECT (YEAR(?d) AS ?y) { <urn:b> <urn:due> ?d FILTER (BOUND(?d)) }',
        "MAX": "SELECT (MAX(?d) AS ?m) { ?s <urn:due> ?d }",
    }.items():
        query = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> " + query
        by_rdflib = [str(row[0]) for row in graph.query(query) if row and row[0] is not None]
        by_oxigraph = [row[0].value for row in store.query(query) if row[0]]
        found[name] = [by_rdflib, by_oxigraph]
    shapes = f"""{PREFIXES}
      <urn:S> sh:targetNode <urn:b> ;
        sh:property [ sh:path <urn:due> ; sh:minInclusive "2000{late}"^^xsd:{kind} ] ."""
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data, pyrudof.RDFFormat.Turtle)
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    found["conforms: pySHACL, shacl, pyrudof"] = [
        pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=shapes))[0],
        shacl.Shapes.from_turtle(shapes).validate_turtle(data).conforms,
        rudof.validate_shacl().conforms,
    ]
    return found


print(*(f"{name} {version(name)}" for name in ("rdflib", "pyshacl", "shacl", "pyrudof", "pyoxigraph")))
print("two targets, due in 2019 and 2030; [rdflib, Oxigraph]")
expect("as xsd:gYear", answers("gYear", ""), {
    "before 2025": [[], ["urn:a"]],
    "YEAR": [[], ["2030"]],
    "MAX": [["2030"], ["2030"]],
    "conforms: pySHACL, shacl, pyrudof": [False, False, True],
})
expect("as xsd:date", answers("date", "-12-31"), {
    "before 2025": [["urn:a"], ["urn:a"]],
    "YEAR": [["2030"], ["2030"]],
    "MAX": [["2030-12-31"], ["2030-12-31"]],
    "conforms: pySHACL, shacl, pyrudof": [True, True, True],
})
PYTHON
