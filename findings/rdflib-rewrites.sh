#!/usr/bin/env bash
# What: reading with rdflib takes the time zone off a date and spells durations and integers its own way, unless
#   rdflib.NORMALIZE_LITERALS is off; writing Turtle rounds every xsd:double to seven digits, and N-Triples does not.
# Version: rdflib 7.6.0.
# Measured: November 2026.
# Why it matters: a graph that was only read and written again says other things: revenue of 15,123,456,789 comes
#   back as 15,123,460,000, and the day in Tokyo as a day anywhere. A digest of what was said no longer matches.
# Source: https://github.com/RDFLib/rdflib/issues/1852 and https://github.com/RDFLib/rdflib/issues/803
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check rdflib==7.6.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys

import rdflib
from rdflib import XSD, Graph

SAID = [("2020-01-01+09:00", XSD.date), ("P12M", XSD.duration), ("007", XSD.integer), ("1.50", XSD.decimal)]


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def read(text, datatype):
    (value,) = Graph().parse(data=f'<urn:s> <urn:p> "{text}"^^<{datatype}> .', format="nt").objects()
    return str(value)


def through(form, text):
    graph = Graph().parse(data=f'<urn:s> <urn:p> "{text}"^^<{XSD.double}> .', format="nt")
    (value,) = Graph().parse(data=graph.serialize(format=form), format=form).objects()
    return float(value)


print("rdflib", rdflib.__version__)
print("said:", [text for text, _ in SAID])
expect("read", [read(*each) for each in SAID], ["2020-01-01", "P1Y", "7", "1.50"])
rdflib.NORMALIZE_LITERALS = False
expect("read, NORMALIZE_LITERALS off", [read(*each) for each in SAID], [text for text, _ in SAID])
rdflib.NORMALIZE_LITERALS = True
revenue = "15123456789.0"
for form, stated in {"turtle": 15123460000.0, "nt": 15123456789.0, "json-ld": 15123456789.0}.items():
    expect(f"{revenue} as xsd:double through {form}", through(form, revenue), stated)
PYTHON
