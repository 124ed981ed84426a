#!/usr/bin/env bash
# What: one mapping over one table gives three graphs in Morph-KGC: from CSV an empty cell says nothing; from Parquet a missing day or
#   decimal is the literal "None", typed as xsd:date or xsd:decimal, where a missing integer or text says nothing; from XLSX a day is
#   "2020-03-31 00:00:00"^^xsd:date.
# Version: morph-kgc 2.10.0, with pandas 2.3.3, pyarrow 24.0.0 and openpyxl 3.1.5.
# Measured: November 2026.
# Why it matters: a promise without a day has a due day that is none, and one from a workbook is on no day in any comparison,
#   neither due nor overdue. No line of the log tells of either.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    morph-kgc==2.10.0 pandas==2.3.3 pyarrow==24.0.0 openpyxl==3.1.5 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

cd "$work"
venv/bin/python - 2>/dev/null <<'PYTHON'
import sys
import warnings
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

warnings.simplefilter("ignore")

import morph_kgc
import pandas

table = pandas.DataFrame({
    "promise": ["stores", "plant"],
    "due": [date(2020, 3, 31), None],
    "value": [Decimal("0.50"), None],
    "jobs": [20000, None],
})
table.to_csv("t.csv", index=False)
table.to_parquet("t.parquet")
table.to_excel("t.xlsx", index=False)
MAPPING = """
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
ex:map rml:logicalSource [ rml:source "FILE" ; rml:referenceFormulation <http://semweb.mmlab.be/ns/ql#CSV> ] ;
  rr:subjectMap [ rr:template "https://example.org/{promise}" ] ;
  rr:predicateObjectMap [ rr:predicate ex:due ; rr:objectMap [ rml:reference "due" ; rr:datatype xsd:date ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:value ; rr:objectMap [ rml:reference "value" ; rr:datatype xsd:decimal ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:jobs ; rr:objectMap [ rml:reference "jobs" ; rr:datatype xsd:integer ] ] .
"""
STATED = {
    "t.csv": ["stores due 2020-03-31", "stores jobs 20000", "stores value 0.50"],
    "t.parquet": ["plant due None", "plant value None", "stores due 2020-03-31", "stores jobs 20000", "stores value 0.50"],
    "t.xlsx": ["stores due 2020-03-31 00:00:00", "stores jobs 20000", "stores value 0.50"],
}
print("morph-kgc", version("morph-kgc"))
for file, stated in STATED.items():
    Path("mapping.ttl").write_text(MAPPING.replace("FILE", file), encoding="utf-8")
    graph = morph_kgc.materialize("[CONFIGURATION]\nlogging_level=ERROR\n[TABLE]\nmappings=mapping.ttl\n")
    seen = sorted(" ".join(str(term).rsplit("/", 1)[-1] for term in triple) for triple in graph)
    print(f"{file}: {'; '.join(seen)}")
    if seen != stated:
        sys.exit(f"changed: {file} gave {stated} in November 2026")
PYTHON
