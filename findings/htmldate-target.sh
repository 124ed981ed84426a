#!/usr/bin/env bash
# What: htmldate takes the year of a promise for the day on which an undated page was published: "will open 20 shops
#   by 2024" gives 2024-01-01, "by June 2019" gives 2019-01-01, "founded in 1998" gives 1998-01-01. A year in the
#   future is no candidate, so old plans are misdated and new ones are not. extensive_search=False finds nothing.
# Version: htmldate 1.11.0.
# Measured: November 2026.
# Why it matters: a plan then counts as announced at the end of the time it was given, which turns every due day
#   round: a page about what is to come is dated by what it speaks of.
# Source: https://htmldate.readthedocs.io (extensive_search is on unless switched off)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check htmldate==1.11.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from htmldate import find_date

STATED = {
    "Acme will open 20 shops by 2024.": "2024-01-01",
    "Acme wants 500 shops by June 2019.": "2019-01-01",
    "By 31 December 2023 Acme will have 500 service centres.": "2023-12-31",
    "Founded in 1998, Acme will open 20 shops.": "1998-01-01",
    "Acme will open 20 shops.": None,
    "Acme will open 20 shops by 2090.": None,
}
print("htmldate", version("htmldate"))
for text, stated in STATED.items():
    body = f"<article><h1>Acme grows</h1><p>{text}</p></article>"
    page = f"<html><head><title>Acme</title></head><body>{body}</body></html>"
    seen, careful = find_date(page), find_date(page, extensive_search=False)
    print(f"{text} published {seen}, with extensive_search=False {careful}")
    if seen != stated or careful is not None:
        sys.exit(f"changed: in November 2026 this page was published {stated}, and None without the search")
PYTHON
