#!/usr/bin/env bash
# What: the time that Oxigraph takes to plan a query grows with about the cube of how many OPTIONALs follow each
#   other, even over an empty store; the same OPTIONALs in groups of eight cost a tenth of that, or less.
# Version: pyoxigraph 0.5.13.
# Measured: November 2026.
# Why it matters: a question that shows thirty properties of a thing, each of which may be missing, is written
#   with thirty OPTIONALs, and spends its time before it has read a single triple.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
import time

import pyoxigraph as ox

STORE = ox.Store()
COUNTS = 16, 32, 64


def optionals(first, count):
    return " ".join(f"OPTIONAL {{ ?s <urn:p{n}> ?o{n} }}" for n in range(first, first + count))


def in_a_row(count):
    return f"SELECT * {{ ?s <urn:p> ?o {optionals(0, count)} }}"


def in_groups(count):
    groups = " ".join(f"OPTIONAL {{ ?s <urn:p> ?o {optionals(first, 8)} }}" for first in range(0, count, 8))
    return f"SELECT * {{ ?s <urn:p> ?o {groups} }}"


def cost(query):
    """The least of several runs, in CPU time: what else the machine does only ever adds to it."""
    least = float("inf")
    for _ in range(15):
        start = time.process_time()
        list(STORE.query(query))
        least = min(least, time.process_time() - start)
    return least


print("pyoxigraph", ox.__version__, "over an empty store")
row, groups = ([cost(form(count)) for count in COUNTS] for form in (in_a_row, in_groups))
print("OPTIONALs:", *COUNTS)
print("in a row, relative cost:", *(f"{each / row[0]:.0f}" for each in row))
print("in groups of eight, relative cost:", *(f"{each / groups[0]:.0f}" for each in groups))
growth = row[2] / row[1]
print(f"32 in a row cost {row[1] / row[0]:.0f} times what 16 cost, 64 cost {growth:.0f} times what 32 cost")
print(f"64 in a row cost {row[2] / groups[2]:.0f} times what 64 in groups cost")
if growth < 5:
    sys.exit(f"changed: twice the OPTIONALs cost 8 to 14 times as much in November 2026, not {growth:.1f}")
if row[2] < 5 * groups[2]:
    sys.exit("changed: in November 2026 64 OPTIONALs in groups of eight cost a tenth of 64 in a row")
PYTHON
