#!/usr/bin/env bash
# What: Oxigraph adds a duration to a date, or gives nothing, depending on what the two variables are called.
# Version: pyoxigraph 0.5.13.
# Measured: November 2026.
# Why it matters: "due three months after the announcement" is unbound in one query and right in the next, and
#   renaming a variable changes the answer. Subtracting a negative duration works under every name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys

import pyoxigraph as ox

STORE = ox.Store()
NAMES = [("date", "duration"), ("start", "length"), ("length", "start"), ("begin", "span"), ("day", "time")]


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def ask(date, duration, operation, months):
    query = f"""PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?end {{
          VALUES (?{date} ?{duration}) {{ ("2020-01-31"^^xsd:date "{months}"^^xsd:yearMonthDuration) }}
          BIND (?{date} {operation} ?{duration} AS ?end)
        }}"""
    (row,) = STORE.query(query)
    return row["end"] and row["end"].value


print("pyoxigraph", ox.__version__)
print('the date is always "2020-01-31", the duration one month')
added = {f"?{date} + ?{duration}": ask(date, duration, "+", "P1M") for date, duration in NAMES}
expect("added", added, {
    "?date + ?duration": "2020-02-29",
    "?start + ?length": None,
    "?length + ?start": "2020-02-29",
    "?begin + ?span": "2020-02-29",
    "?day + ?time": None,
})
expect("minus minus one month", {ask(*names, "-", "-P1M") for names in NAMES}, {"2020-02-29"})
PYTHON
