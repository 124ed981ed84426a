#!/usr/bin/env bash
# What: libraries that tell a country from its name find one in names of towns and states: `Cubao` is in Cuba and `Chadron` in Chad, `Panama
#   City, Florida` in Panama and `Lebanon, Tennessee` in Lebanon for country_converter and countryguess; to the latter Indiana is India and Malibu
#   is Mali. country_converter is right on Indiana and New Mexico. pycountry's fuzzy search puts Nigeria before Niger and has no Turkey.
# Version: country_converter 1.3.2 with pandas 2.3.3, countryguess 0.4.9, pycountry 26.2.16.
# Measured: November 2026.
# Why it matters: a plant in Indiana becomes a promise to India. We know places by their names as they stand, and by codes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    country_converter==1.3.2 pandas==2.3.3 countryguess==0.4.9 pycountry==26.2.16 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
from importlib.metadata import version

logging.disable(logging.CRITICAL)

import country_converter
import pycountry
from countryguess import guess_country


def searched(name):
    """Return the first country that pycountry's fuzzy search gives."""
    try:
        return pycountry.countries.search_fuzzy(name)[0].alpha_2
    except LookupError:
        return None


def converted(name):
    """Return the country that country_converter tells, if it tells one."""
    told = country_converter.convert(name, to="ISO2", not_found=None)
    return None if told == name else told


print(*(f"{name} {version(name)}" for name in ("country_converter", "countryguess", "pycountry")), sep=", ")
STATED = {
    "Indiana": (None, "IN", "US"),
    "Malibu": (None, "ML", None),
    "Cubao": ("CU", "CU", None),
    "Chadron": ("TD", "TD", None),
    "Panama City, Florida": ("PA", "PA", None),
    "Lebanon, Tennessee": ("LB", "LB", None),
    "New Mexico": (None, None, "US"),
    "Niger": ("NE", "NE", "NG"),
    "Turkey": ("TR", "TR", None),
}
for name, stated in STATED.items():
    seen = (converted(name), (guess_country(name) or {}).get("iso2"), searched(name))
    print(f"{name}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {name} gave {stated} in November 2026")
PYTHON
