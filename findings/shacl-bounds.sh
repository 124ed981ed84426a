#!/usr/bin/env bash
# What: what cannot be compared with a bound breaks it by the specification, and passes in pySHACL: `"many"^^xsd:decimal` and NaN are at most 1,
#   a year typed xsd:gYear is at most 2030, and a day comes before any dateTime and any gYear in sh:lessThan. pyrudof
#   counts bytes where a text has a length, so that 小米 has six characters and `Škoda` six.
# Version: pySHACL 0.40.1, shacl 0.3.4, pyrudof 0.3.35.
# Measured: November 2026.
# Why it matters: a plan that is due in 2031 keeps to the bound of 2030 if its year is typed as one, and names in most scripts are
#   too long in one engine alone. Our shapes name the datatype beside each bound, and want texts that are not empty, no more.
# Source: SHACL, sections 4.3 (value ranges), 4.4.1 (sh:minLength) and 4.5.3 (sh:lessThan)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pyshacl==0.40.1 shacl==0.3.4 pyrudof==0.3.35 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

logging.disable(logging.ERROR)

import pyrudof
import pyshacl
import rdflib
import shacl

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# A constraint, what it is held against, and the engines in which that conforms; by the specification
# none of the first group does, and all of the second.
STATED = {
    ("sh:maxInclusive 1", '"many"^^xsd:decimal'): ["pySHACL"],
    ("sh:maxInclusive 1", '"NaN"^^xsd:double'): ["pySHACL"],
    ("sh:maxInclusive 2030", '"2031"^^xsd:gYear'): ["pySHACL"],
    ("sh:lessThan <urn:w>", '"2020-06-01"^^xsd:date ; <urn:w> "2019-01-01T00:00:00"^^xsd:dateTime'): ["pySHACL"],
    ("sh:lessThan <urn:w>", '"2020-06-01"^^xsd:date ; <urn:w> "2019"^^xsd:gYear'): ["pySHACL"],
    ("sh:minLength 3", '"小米"'): ["pyrudof"],
    ("sh:maxLength 2", '"小米"'): ["pySHACL", "shacl"],
    ("sh:maxLength 5", '"Škoda"'): ["pySHACL", "shacl"],
}


def passing(constraint, value):
    data = f"{PREFIXES}<urn:s> <urn:v> {value} ."
    shapes = f"{PREFIXES}<urn:S> a sh:NodeShape ; sh:targetNode <urn:s> ; sh:property [ sh:path <urn:v> ; {constraint} ] ."
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data, pyrudof.RDFFormat.Turtle)
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    by_pyshacl, *_ = pyshacl.validate(
        rdflib.Graph().parse(data=data), shacl_graph=rdflib.Graph().parse(data=shapes)
    )
    conforms = {
        "pySHACL": by_pyshacl,
        "shacl": shacl.Shapes.from_turtle(shapes).validate_turtle(data).conforms,
        "pyrudof": rudof.validate_shacl().conforms,
    }
    return [name for name, passed in conforms.items() if passed]


print(*(f"{name} {version(name)}" for name in ("pyshacl", "shacl", "pyrudof")))
for (constraint, value), stated in STATED.items():
    seen = passing(constraint, value)
    print(f"{value} under {constraint} conforms in {', '.join(seen) or 'none'}")
    if seen != stated:
        sys.exit(f"changed: it conformed in {stated} in November 2026")
PYTHON
