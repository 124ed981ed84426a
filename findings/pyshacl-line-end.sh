#!/usr/bin/env bash
# What: sh:pattern "^[A-Z]+$" passes a text that ends in a line end in pySHACL, and not in shacl: `$` of
#   Python's expressions stands before a last line end, that of XPath, by which SHACL has it, does not.
# Version: pySHACL 0.40.1, shacl 0.3.4, rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: a name out of a block scalar of YAML ends in a line end, and a pattern that is to refuse it does not.
#   We look for what is not to be there (`[^\S ]`) in place of what is.
# Source: https://www.w3.org/TR/shacl/#PatternConstraintComponent and https://www.w3.org/TR/xpath-functions/#regex-syntax
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    pyshacl==0.40.1 shacl==0.3.4 rdflib==7.6.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pyshacl
import rdflib
import shacl

SHAPE = """<urn:S> <http://www.w3.org/ns/shacl#targetNode> <urn:acme> ; <http://www.w3.org/ns/shacl#property>
  [ <http://www.w3.org/ns/shacl#path> <urn:name> ; <http://www.w3.org/ns/shacl#pattern> "PATTERN" ] ."""


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def conforms(name, pattern):
    """Whether a name keeps a pattern, by pySHACL and by shacl."""
    shape, data = SHAPE.replace("PATTERN", pattern), f'<urn:acme> <urn:name> "{name}" .'
    graphs = [rdflib.Graph().parse(data=text, format="turtle") for text in (data, shape)]
    ours = shacl.Shapes.from_turtle(shape).validate_text(data, "turtle")
    return pyshacl.validate(graphs[0], shacl_graph=graphs[1])[0], ours.conforms


print(*(f"{name} {version(name)}" for name in ("pyshacl", "shacl", "rdflib")))
expect("ACME", conforms("ACME", "^[A-Z]+$"), (True, True))
expect("ACME with a space", conforms("ACME ", "^[A-Z]+$"), (False, False))
expect("ACME with a line end", conforms(r"ACME\n", "^[A-Z]+$"), (True, False))
PYTHON
