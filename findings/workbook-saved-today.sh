#!/usr/bin/env bash
# What: openpyxl says of a workbook that has no day on which it was saved that this was now, another moment each
#   time it is read. Many exports, such as Google's, write no such day. A workbook that has one keeps it.
# Version: openpyxl 3.1.5.
# Measured: November 2026.
# Why it matters: whoever dates what a workbook says by the day on which it was saved dates it by when it is read,
#   so that the same file says something else tomorrow, and what was old news is known from today on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check openpyxl==3.1.5 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys
import time
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version

import openpyxl


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def modified(path):
    return openpyxl.load_workbook(path, read_only=True).properties.modified


print("openpyxl", version("openpyxl"))
openpyxl.Workbook().save("dated.xlsx")
with zipfile.ZipFile("dated.xlsx") as dated, zipfile.ZipFile("undated.xlsx", "w") as undated:
    for name in dated.namelist():
        if name != "docProps/core.xml":
            undated.writestr(name, dated.read(name))
since = datetime.now(UTC).replace(tzinfo=None)
first = modified("undated.xlsx")
time.sleep(1.1)
second = modified("undated.xlsx")
expect("without a day: later than this script began", first >= since.replace(microsecond=0), True)
expect("without a day: the same when read again", first == second, False)
expect("with a day: the same when read again", modified("dated.xlsx") == modified("dated.xlsx"), True)
PYTHON
