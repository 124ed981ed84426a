#!/usr/bin/env bash
# What: what mlcroissant reads from a CSV file is not what its fields declare: a text of digits loses its zeros, `0012` is b'12'; the text
#   `NA` is missing; of a date, `2020` is the first of January, `2021-12` the first of December and `03/04/2020` the fourth of March.
# Version: mlcroissant 1.1.1, with pandas 2.3.3.
# Measured: November 2026.
# Why it matters: what is due by 2020 is due a year early, and read as broken for a year; codes of companies no longer match;
#   Namibia is nowhere. Our manifests are RO-Crates, which say what a file is and leave reading it to others.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check mlcroissant==1.1.1 pandas==2.3.3 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

cd "$work"
venv/bin/python - 2>/dev/null <<'PYTHON'
import hashlib
import json
import logging
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

import mlcroissant as croissant

TABLE = "code,place,due\n0012,NA,2020\n0013,IN,2021-12\n0014,US,03/04/2020\n"
Path("plans.csv").write_text(TABLE, encoding="utf-8")
file = croissant.FileObject(
    id="plans.csv", name="plans.csv", content_url="plans.csv", encoding_formats=["text/csv"],
    sha256=hashlib.sha256(TABLE.encode()).hexdigest(),
)
fields = [
    croissant.Field(
        id=f"plans/{name}", name=name, description=name, data_types=kind,
        source=croissant.Source(file_object="plans.csv", extract=croissant.Extract(column=name)),
    )
    for name, kind in {
        "code": croissant.DataType.TEXT, "place": croissant.DataType.TEXT, "due": croissant.DataType.DATE,
    }.items()
]
about = croissant.Metadata(
    name="plans", description="Plans.", cite_as="Plans", date_published="2026-01-31", version="1.0.0",
    license="https://creativecommons.org/licenses/by/4.0/", url="https://example.org/",
    distribution=[file], record_sets=[croissant.RecordSet(id="plans", name="plans", fields=fields)],
)
Path("croissant.json").write_text(json.dumps(about.to_json(), default=str), encoding="utf-8")
STATED = ["b'12' None 2020-01-01", "b'13' b'IN' 2021-12-01", "b'14' b'US' 2020-03-04"]
print("mlcroissant", version("mlcroissant"))
seen = [
    f"{row['plans/code']!r} {row['plans/place']!r} {row['plans/due']:%Y-%m-%d}"
    for row in croissant.Dataset("croissant.json").records("plans")
]
for line, row in zip(TABLE.splitlines()[1:], seen):
    print(f"{line}: {row}")
if seen != STATED:
    sys.exit(f"changed: the rows were {STATED} in November 2026")
PYTHON
