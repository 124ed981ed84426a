#!/usr/bin/env bash
# What: sh:datatype means three things to three engines. pySHACL takes what Python can read: 1_000, 1e3 and NaN as
#   decimals, an ISO week as a date, a day as a dateTime. shacl takes 24:00:01 as a time, pyrudof 25:00:00 too, and
#   29 February 2019 as a date. None of them looks into xsd:gYear: 2019/20 conforms everywhere.
# Version: pySHACL 0.40.1, shacl 0.3.4, pyrudof 0.3.35.
# Measured: November 2026.
# Why it matters: data that passed one engine fail the next, or reach a store that cannot compute with them; a
#   financial year written into a gYear is caught by none, so it takes a pattern.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pyshacl==0.40.1 shacl==0.3.4 pyrudof==0.3.35 ||
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
XSD = "http://www.w3.org/2001/XMLSchema#"
# Which engines let the value pass; XML Schema lets none of these pass but the first two.
STATED = {
    ("1.50", "decimal"): ["pySHACL", "shacl", "pyrudof"],
    ("2020-02-29", "date"): ["pySHACL", "shacl", "pyrudof"],
    ("1_000", "decimal"): ["pySHACL", "pyrudof"],
    ("1e3", "decimal"): ["pySHACL"],
    ("NaN", "decimal"): ["pySHACL"],
    ("2019-02-29", "date"): ["pyrudof"],
    ("2020-W01-1", "date"): ["pySHACL", "pyrudof"],
    ("2020-01-01", "dateTime"): ["pySHACL"],
    ("24:00:01", "time"): ["shacl", "pyrudof"],
    ("25:00:00", "time"): ["pyrudof"],
    ("P1W", "duration"): ["pySHACL", "pyrudof"],
    ("2019/20", "gYear"): ["pySHACL", "shacl", "pyrudof"],
    ("2019-13", "gYearMonth"): ["pySHACL", "shacl", "pyrudof"],
}


def passing(text, kind):
    data = f'<urn:s> <urn:v> "{text}"^^<{XSD}{kind}> .'
    shapes = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> a sh:NodeShape ; sh:targetNode <urn:s> ;
      sh:property [ sh:path <urn:v> ; sh:datatype <{XSD}{kind}> ] ."""
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
changed = []
for (text, kind), stated in STATED.items():
    seen = passing(text, kind)
    print(f"{text} as xsd:{kind} conforms in {', '.join(seen) or 'none'}")
    if seen != stated:
        changed.append(f"{text} as xsd:{kind} ({', '.join(stated)})")
if changed:
    sys.exit(f"changed: in November 2026 these conformed elsewhere: {'; '.join(changed)}")
PYTHON
