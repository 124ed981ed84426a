#!/usr/bin/env bash
# What: an Oxigraph store rewrites literals, though its parser and serialiser alone do not; so data that meet a
#   shape in memory break the same shape once they lie in the store.
# Version: pyoxigraph 0.5.13, oxrdflib 0.5.0, rdflib 7.6.0, pySHACL 0.40.1.
# Measured: November 2026.
# Why it matters: "1.50" was said and "1.5" comes back, "twelve months" becomes a year, a count is no longer a
#   count to SHACL, and statements that differ by their words alone become one. A store is an index, not a record.
# Source: https://github.com/oxigraph/oxigraph/issues/526 and https://github.com/oxigraph/oxigraph/issues/1413
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pyoxigraph==0.5.13 oxrdflib==0.5.0 rdflib==7.6.0 pyshacl==0.40.1 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import XSD, Literal, URIRef

SAID = [
    ("1.50", "decimal"), ("5", "nonNegativeInteger"), ("P12M", "duration"), ("+5", "integer"),
    ("1.0E3", "double"), ("2020-01-01T24:00:00", "dateTime"), ("12345678901234567890", "integer"),
]
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:shape> sh:targetNode <urn:acme> ; sh:property [ sh:path <urn:jobs> ; sh:datatype xsd:nonNegativeInteger ] .
"""
TRIPLES = "".join(f'<urn:acme> <urn:v{at}> "{text}"^^<{XSD[kind]}> .\n' for at, (text, kind) in enumerate(SAID))
NT = ox.RdfFormat.N_TRIPLES


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def stored(at):
    (quad,) = STORE.quads_for_pattern(None, ox.NamedNode(f"urn:v{at}"), None)
    return f"{quad.object.value} {quad.object.datatype.value.removeprefix(str(XSD))}"


def conforms(store):
    graph = rdflib.Graph(store=store)
    graph.add((URIRef("urn:acme"), URIRef("urn:jobs"), Literal("5", datatype=XSD.nonNegativeInteger)))
    return pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPE))[0]


print("pyoxigraph", ox.__version__, "and pySHACL", pyshacl.__version__)
written = ox.serialize(ox.parse(TRIPLES.encode(), format=NT), format=NT).decode()
expect("parsed and serialised without a store, the same bytes", written == TRIPLES, True)
STORE = ox.Store()
STORE.load(TRIPLES.encode(), format=NT)
stated = ["1.5 decimal", "5 integer", "P1Y duration", "5 integer", "1000 double",
          "2020-01-02T00:00:00 dateTime", "12345678901234567890 integer"]
for at, (text, kind) in enumerate(SAID):
    expect(f"{text} {kind} in the store", stored(at), stated[at])
expect('"5"^^xsd:nonNegativeInteger conforms in memory', conforms("default"), True)
expect('"5"^^xsd:nonNegativeInteger conforms in Oxigraph', conforms("Oxigraph"), False)
PYTHON
