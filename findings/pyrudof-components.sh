#!/usr/bin/env bash
# What: pyrudof passes over a constraint component of one's own (sh:ConstraintComponent) without a word and says
#   that the data conform, where pySHACL and shacl report them. Its answer to sh:sparql in a shape is right.
# Version: pyrudof 0.3.35, pySHACL 0.40.1, shacl 0.3.4.
# Measured: November 2026.
# Why it matters: a rule that is written once and used in many shapes is exactly what a component is for, and a
#   faster engine that ignores it turns every check green. An engine has to be tried on data that break each shape.
# Source: https://github.com/rudof-project/rudof/issues/671
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pyrudof==0.3.35 pyshacl==0.40.1 shacl==0.3.4 ||
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
DATA = "<urn:target> <urn:jobs> 400 ."
SELECT = "SELECT $this WHERE { $this <urn:jobs> ?value FILTER (?value < 500) }"
SHAPES = {
    "sh:sparql in the shape": f"""
      <urn:S> a sh:NodeShape ; sh:targetNode <urn:target> ; sh:sparql [ sh:select "{SELECT}" ] .""",
    "a component of one's own": """
      <urn:C> a sh:ConstraintComponent ; sh:parameter [ sh:path <http://example.org/least> ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ($value >= $least) }" ] .
      <urn:S> a sh:NodeShape ; sh:targetNode <urn:target> ;
        sh:property [ sh:path <urn:jobs> ; <http://example.org/least> 500 ] .""",
}


def conforms(shapes):
    shapes = f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{shapes}"
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(DATA, pyrudof.RDFFormat.Turtle)
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    by_pyshacl, *_ = pyshacl.validate(
        rdflib.Graph().parse(data=DATA), shacl_graph=rdflib.Graph().parse(data=shapes)
    )
    by_shacl = shacl.Shapes.from_turtle(shapes).validate_turtle(DATA).conforms
    return {"pySHACL": by_pyshacl, "shacl": by_shacl, "pyrudof": rudof.validate_shacl().conforms}


print(*(f"{name} {version(name)}" for name in ("pyrudof", "pyshacl", "shacl")))
print("400 jobs conform where at least 500 are asked for:")
seen = {kind: conforms(shapes) for kind, shapes in SHAPES.items()}
for kind, answers in seen.items():
    print(f"{kind}: {answers}")
stated = [{"pySHACL": False, "shacl": False, "pyrudof": ignored} for ignored in (False, True)]
if list(seen.values()) != stated:
    sys.exit(f"changed: the answers were {stated} in November 2026")
PYTHON
