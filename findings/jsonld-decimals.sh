#!/usr/bin/env bash
# What: a number in JSON-LD whose context says xsd:decimal becomes "1.5E0"^^xsd:decimal, which is no decimal, in
#   PyLD and pyoxigraph alike, as the standard has it. Its sum is nothing and a shape refuses it. rdflib writes
#   "1.5". And 5.0 is an integer to the first two and a double to rdflib.
# Version: PyLD 3.3.0, pyoxigraph 0.5.13, rdflib 7.6.0, shacl 0.3.4.
# Measured: November 2026.
# Why it matters: the obvious way to publish figures as JSON-LD makes them no figures at all; as a string, "1.5"
#   with the type xsd:decimal, they are right in all three.
# Source: https://github.com/gs1/EPCIS/issues/201 and https://github.com/oxigraph/oxigraph/pull/1605
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    PyLD==3.3.0 pyoxigraph==0.5.13 rdflib==7.6.0 shacl==0.3.4 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import json
import sys
from importlib.metadata import version

import pyoxigraph as ox
import rdflib
import shacl
from pyld import jsonld
from rdflib import XSD

SHAPE = f"""<urn:S> <http://www.w3.org/ns/shacl#targetNode> <urn:acme> ; <http://www.w3.org/ns/shacl#property>
  [ <http://www.w3.org/ns/shacl#path> <urn:share> ; <http://www.w3.org/ns/shacl#datatype> <{XSD.decimal}> ] ."""


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def read(value, datatype=None):
    """The literal as PyLD, pyoxigraph and rdflib read it, and the N-Triples of the first two."""
    term = {"@id": "urn:share"} | ({"@type": datatype} if datatype else {})
    text = f'{{"@context": {{"share": {json.dumps(term)}}}, "@id": "urn:acme", "share": {value}}}'
    lines = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    triples = ox.serialize(ox.parse(text, format=ox.RdfFormat.JSON_LD), format=ox.RdfFormat.N_TRIPLES).decode()
    ((_, _, literal),) = rdflib.Graph().parse(data=text, format="json-ld")
    return [*(line.split(" ", 2)[2].rstrip(" .\n").replace(str(XSD), "") for line in (lines, triples)),
            literal.n3().replace(str(XSD), "")], lines


print(*(f"{name} {version(name)}" for name in ("PyLD", "pyoxigraph", "rdflib", "shacl")))
found, lines = read("1.5", str(XSD.decimal))
expect("1.5, xsd:decimal in the context", found, ['"1.5E0"^^<decimal>', '"1.5E0"^^<decimal>', '"1.5"^^<decimal>'])
store = ox.Store()
store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
((total,),) = store.query("SELECT (SUM(?v) AS ?total) { ?s <urn:share> ?v }")
expect("its sum in Oxigraph", total, None)
conforms = shacl.Shapes.from_turtle(SHAPE).validate_text(lines, "nquads").conforms
expect("it meets sh:datatype xsd:decimal in shacl", conforms, False)
expect('"1.5" as a string', set(read('"1.5"', str(XSD.decimal))[0]), {'"1.5"^^<decimal>'})
expect("5.0, no type in the context", read("5.0")[0], ['"5"^^<integer>', '"5"^^<integer>', '"5.0"^^<double>'])
PYTHON
