#!/usr/bin/env bash
# What: Owlready2 loads a year typed xsd:gYear without a word, and raises an error that names the type by a number of its own when the
#   year is read; a decimal is a float, and when it is saved `12345678901234567890.5` is "1.2345678901234567e+19"^^xsd:decimal, which is
#   no decimal; an integer beyond 64 bits has the whole file refused.
# Version: Owlready2 0.51.
# Measured: November 2026.
# Why it matters: years of account and sums of money are what plans are made of. Our graph has days and decimals, and `kg check` tells
#   of an integer that is too large.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check owlready2==0.51 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
venv/bin/python - 2>/dev/null <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import owlready2

XSD = "http://www.w3.org/2001/XMLSchema#"
FILE = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
    xmlns:ex="https://example.org/">
  <owl:Ontology rdf:about="https://example.org/plans"/>
  <owl:Class rdf:about="https://example.org/Target"/>
  <owl:DatatypeProperty rdf:about="https://example.org/value"/>
  <ex:Target rdf:about="https://example.org/target"><ex:value rdf:datatype="{xsd}{type}">{value}</ex:value></ex:Target>
</rdf:RDF>"""


def read(kind, value):
    """Return what is read of one value, and the literal that is saved."""
    Path("plans.owl").write_text(FILE.format(xsd=XSD, type=kind, value=value), encoding="utf-8")
    world = owlready2.World()
    try:
        ontology = world.get_ontology(Path("plans.owl").resolve().as_uri()).load()
    except owlready2.OwlReadyOntologyParsingError as error:
        return f"not loaded: {error.args[-1]}", None
    try:
        seen = repr(world["https://example.org/target"].value)
    except ValueError as error:
        seen = f"loaded, not read: {error}".rstrip("0123456789!")  # the number counts types as they come
    ontology.save("saved.nt", format="ntriples")
    (saved,) = (line for line in Path("saved.nt").read_text(encoding="utf-8").splitlines() if "value> \"" in line)
    return seen, saved.split("value> ")[1].split("^^")[0]


STATED = {
    ("gYear", "2020"): ("loaded, not read: Cannot read literal of datatype ", '"2020"'),
    ("decimal", "12345678901234567890.5"): ("[1.2345678901234567e+19]", '"1.2345678901234567e+19"'),
    ("integer", "100000000000000000000"): (
        "not loaded: ('Python int too large to convert to SQLite INTEGER',)", None,
    ),
}
print("Owlready2", version("owlready2"))
for (kind, value), stated in STATED.items():
    seen = read(kind, value)
    print(f"{value} as xsd:{kind}: {seen[0]}; saved as {seen[1]}")
    if seen != stated:
        sys.exit(f"changed: it was {stated} in November 2026")
PYTHON
