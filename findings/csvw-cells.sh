#!/usr/bin/env bash
# What: csvw reads 2019_2020 in a column of decimals as twenty million, 45% as 0.45 beside a 45, and with a
#   grouping comma 1,00 as a hundred; 1.0 is an integer to it; in a column of gYear it looks at nothing, so
#   2019/20 and n/a pass; and a cell of the datatype date is a datetime at midnight, whatever words follow the day.
#   In a column with a decimal comma and points between groups 20.5 is 205; a pattern that would forbid it forbids
#   1.234,5 instead.
# Version: csvw 4.1.1.
# Measured: November 2026.
# Why it matters: the metadata say "decimal", the validator agrees, and the graph has a figure that nobody stated.
#   Not even the pattern "0", for whole numbers, keeps these out; what a cell looks like has to be checked before.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check csvw==4.1.1 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import json
import sys
from importlib.metadata import version
from pathlib import Path

from csvw import TableGroup


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def read(datatype, *cells):
    Path("t.csv").write_text("x\n" + "".join(f'"{cell}"\n' for cell in cells), encoding="utf-8")
    columns = [{"name": "x", "datatype": datatype}]
    Path("t.json").write_text(json.dumps({
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [{"url": "t.csv", "tableSchema": {"columns": columns}}],
    }), encoding="utf-8")
    try:
        return [str(row["x"]) for row in TableGroup.from_file("t.json").tables[0].iterdicts()]
    except ValueError:
        return "refused"


print("csvw", version("csvw"))
expect("decimal 45, 45%, 2019_2020", read("decimal", "45", "45%", "2019_2020"), ["45", "0.45", "20192020"])
expect("double 45%", read("double", "45%"), "refused")
grouped = {"base": "decimal", "format": {"groupChar": ","}}
expect("decimal 1,000 and 1,00 with groupChar", read(grouped, "1,000", "1,00"), ["1000", "100"])
expect("decimal 1,000 without", read("decimal", "1,000"), "refused")
expect("integer 1.0 and 2019_2020", read("integer", "1.0", "2019_2020"), ["1", "20192020"])
expect("gYear 2019, 2019/20, n/a", read("gYear", "2019", "2019/20", "n/a"), ["2019", "2019/20", "n/a"])
expect("date 2020-01-31", read("date", "2020-01-31"), ["2020-01-31 00:00:00"])
expect("date 2020-01-31 or so", read("date", "2020-01-31 or so"), ["2020-01-31 00:00:00"])
german = {"decimalChar": ",", "groupChar": "."}
comma = {"base": "decimal", "format": german}
expect("decimal 1.234,5 and 20.5 with a decimal comma", read(comma, "1.234,5", "20.5"), ["1234.5", "205"])
shaped = {"base": "decimal", "format": german | {"pattern": "#,##0.##"}}
expect("decimal 1.234,5 with a pattern, too", read(shaped, "1.234,5"), "refused")
expect("decimal 20.5 with a pattern, too", read(shaped, "20.5"), ["205"])
patterned = {"base": "decimal", "format": {"pattern": "0"}}
expect('decimal 45% and 2019_2020 with the pattern "0"', read(patterned, "45%", "2019_2020"), ["0.45", "20192020"])
PYTHON
