#!/usr/bin/env bash
# What: quantulum3 reads "$10-15 billion" as 25 billion, "8 to 10 million" as 5,000,004 give or take 4,999,996, and
#   "3 lakh jobs" as three litre year kelvin hours; price-parser reads $10; Pint reads "12 500 t" as 6,000 tonnes,
#   for a space multiplies, and "1,5 t" as 15, for a comma is dropped.
# Version: quantulum3 0.10.0, price-parser 0.5.1, Pint 0.25.3.
# Measured: November 2026.
# Why it matters: guidance is given in ranges and in thousands with a space. Nothing is refused, and the size of the
#   answers is plausible, so the figure goes into the graph with its evidence beside it.
# Source: https://github.com/nielstron/quantulum3/issues/8 and https://github.com/scrapinghub/price-parser/issues/1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    quantulum3==0.10.0 price-parser==0.5.1 Pint==0.25.3 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

import pint
from price_parser import Price
from quantulum3 import parser


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def quantities(text):
    return [(each.value, each.uncertainty, each.unit.name) for each in parser.parse(text)]


print(*(f"{name} {version(name)}" for name in ("quantulum3", "price-parser", "Pint")))
expect("quantulum3, $15 billion", quantities("$15 billion"), [(15e9, None, "dollar")])
expect("quantulum3, $10-15 billion", quantities("$10-15 billion"), [(25e9, None, "dollar")])
expect("quantulum3, 10-15 plants", quantities("10-15 plants"), [(12.5, 2.5, "dimensionless")])
millions = [(5000004.0, 4999996.0, "dimensionless")]
expect("quantulum3, 8 to 10 million phones", quantities("8 to 10 million phones"), millions)
expect("quantulum3, 3 lakh jobs", quantities("3 lakh jobs"), [(3.0, None, "litre year kelvin hour")])
expect("quantulum3, 5,000 Mi Stores", quantities("5,000 Mi Stores"), [(5000.0, None, "mile")])
for text, amount in {"$15 billion": "15", "$10-15 billion": "10", "Rs 1,200 crore": "1200"}.items():
    expect(f"price-parser, {text}", str(Price.fromstring(text).amount), amount)
units = pint.UnitRegistry()
for text, tonnes in {"12500 t": 12500, "12 500 t": 6000, "12,500 t": 12500, "1,5 t": 15}.items():
    expect(f"Pint, {text}", units(text).to("metric_ton").magnitude, tonnes)
PYTHON
