#!/usr/bin/env bash
# What: how libraries read a financial year: 2020-21 is the spring of 2020 to edtf, nothing to prefixdate (with which
#   FollowTheMoney reads dates), and a day of the present month to dateparser; 2011-12 is December 2011 to all.
#   Q3 2019 is March to edtf's text_to_edtf, and to dateparser another day whenever it is asked.
# Version: edtf 5.0.2, prefixdate 0.6.1, dateparser 1.5.0.
# Measured: November 2026.
# Why it matters: Indian companies, and governments in many places, plan by such years. These answers are well-formed
#   dates, so no later check can find them; the grammar of periods has to come before a general reader of dates.
# Source: https://www.loc.gov/standards/datetime/ (a month of 21 to 24 is a season in EDTF)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    edtf==5.0.2 prefixdate==0.6.1 dateparser==1.5.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

import dateparser
import prefixdate
from edtf import parse_edtf, text_to_edtf


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def by_edtf(text):
    try:
        read = parse_edtf(text)
    except Exception:
        return None
    first, last = ("{:04}-{:02}-{:02}".format(*day[:3]) for day in (read.lower_strict(), read.upper_strict()))
    return f"{first} to {last}"


def by_dateparser(text, today):
    read = dateparser.parse(text, settings={"RELATIVE_BASE": datetime.fromisoformat(today)})
    return read and read.date().isoformat()


print(*(f"{name} {version(name)}" for name in ("edtf", "prefixdate", "dateparser")))
years = ["2011-12", "2017-18", "2020-21", "2023-24"]
expect(f"{years} by edtf", [by_edtf(year) for year in years],
       ["2011-12-01 to 2011-12-31", None, "2020-03-01 to 2020-05-31", "2023-12-01 to 2023-12-31"])
expect("by prefixdate", [prefixdate.parse(year).text for year in years], ["2011-12", None, None, None])
autumn, spring = "2026-11-27", "2026-03-05"
expect(f"by dateparser on {autumn}", [by_dateparser(year, autumn) for year in years],
       ["2011-12-27", "2017-11-18", "2020-11-21", "2023-11-24"])
quarters = ["Q3 2019", "H2 2026"]
expect(f"{quarters} by edtf.text_to_edtf", [text_to_edtf(quarter) for quarter in quarters], ["2019-03", "2026"])
for today, stated in ((autumn, ["2019-08-27", "2026-02-27"]), (spring, ["2019-09-05", "2026-02-05"])):
    expect(f"by dateparser on {today}", [by_dateparser(quarter, today) for quarter in quarters], stated)
PYTHON
