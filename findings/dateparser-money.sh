#!/usr/bin/env bash
# What: dateparser's search_dates, told that the text is English, finds a day in December in "invests $12 billion", the 28th in
#   "$28 million", the year 2040 in "$40 billion", a Wednesday in "We will stay" and May in "It may open a shop". Of "$7
#   million" it finds nothing: any figure of two digits behind a currency sign is a month, a day or a year.
# Version: dateparser 1.5.0.
# Measured: November 2026.
# Why it matters: whoever takes the first day of a sentence for its due date has a promise of $40 billion fall due in
#   2040, and one that a company "may" keep in May. The answers look like any other, with the words beside them.
# Source: https://dateparser.readthedocs.io/en/latest/introduction.html#search-for-dates-in-longer-chunks-of-text
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check dateparser==1.5.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

from dateparser.search import search_dates

STATED = {
    "Acme invests $12 billion by 2030.": [("$12", "2023-12"), ("by 2030", "2030-01")],
    "The deal is worth €10 million.": [("€10", "2023-10")],
    "Acme invests $28 million.": [("$28", "2023-01")],
    "Acme invests $7 million.": [],
    "Acme invests $40 billion.": [("$40", "2040-01")],
    "We will stay.": [("We", "2023-01")],
    "It may open a shop.": [("may", "2023-05")],
    "Acme will open a shop in May 2024.": [("in May 2024", "2024-05")],
}

print("dateparser", version("dateparser"))
base = {"RELATIVE_BASE": datetime(2023, 1, 10)}
for text, stated in STATED.items():
    found = search_dates(text, languages=["en"], settings=base) or []
    seen = [(words, f"{day:%Y-%m}") for words, day in found]
    print(f"{text} {seen}")
    if seen != stated:
        sys.exit(f"changed: {text} gave {stated} in November 2026")
PYTHON
