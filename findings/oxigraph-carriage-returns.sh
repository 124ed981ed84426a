#!/usr/bin/env bash
# What: pyoxigraph writes a carriage return of a literal into XML as it stands, both in RDF/XML and in SPARQL results.
#   Every other parser reads it as a line end; its own does not, so that a round trip through the engine hides it.
# Version: pyoxigraph 0.5.13, rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: a text that was said with "\r\n" is another text after one round through XML, and so is whatever
#   is a digest or a place in it.
# Source: https://www.w3.org/TR/xml/#sec-line-ends, by which a parser makes a line end of it
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import io
import sys

import pyoxigraph as ox
import rdflib

TEXT = "one\r\ntwo\tthree"


def expect(what, seen, stated):
    print(f"{what}: {seen!r}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated!r} in November 2026")


print("pyoxigraph", ox.__version__, "and rdflib", rdflib.__version__)
triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(TEXT))
data = ox.serialize([triple], format=ox.RdfFormat.RDF_XML)
(read,) = ox.parse(data, ox.RdfFormat.RDF_XML)
expect("RDF/XML read by the engine itself", read.object.value, TEXT)
(read,) = rdflib.Graph().parse(data=data, format="xml").objects()
expect("the same read by rdflib", str(read), "one\ntwo\tthree")
store = ox.Store()
store.add(ox.Quad(*triple))
data = store.query("SELECT ?o { ?s ?p ?o }").serialize(format=ox.QueryResultsFormat.XML)
(row,) = ox.parse_query_results(data, ox.QueryResultsFormat.XML)
expect("results as XML read by the engine itself", row["o"].value, TEXT)
((value,),) = rdflib.query.Result.parse(io.BytesIO(data), format="xml")
expect("the same read by rdflib", str(value), "one\ntwo\tthree")
PYTHON
