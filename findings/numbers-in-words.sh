#!/usr/bin/env bash
# What: text2num reads "millions of phones" as 1000000 of them and "hundreds of shops" as 100, though its own
#   German leaves "Hunderte" alone; "two to three million" becomes "two to 3000000", "two thirds" "two 3rds" and
#   "half a million" "half a 1000000".
# Version: text2num 3.1.0.
# Measured: November 2026.
# Why it matters: the first is a figure that nobody stated, the second a range from two to three million with the
#   wrong end, and each is a number in figures afterwards, which whoever reads on takes for one of the text's.
#   Plain number words are right, so we ask it for those alone, and read plurals, ranges, halves and thirds ourselves.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check text2num==3.1.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import sys

from text_to_num import alpha2digit

STATED = {
    "two hundred and fifty thousand shops": "250000 shops",
    "hundreds of shops": "100 of shops",
    "millions of phones": "1000000 of phones",
    "two to three million phones": "two to 3000000 phones",
    "half a million phones": "half a 1000000 phones",
    "two thirds of the phones": "two 3rds of the phones",
}
for words, stated in STATED.items():
    seen = alpha2digit(words, "en")
    print(f"{words}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {words} gave {stated} in November 2026")
seen = alpha2digit("Hunderte Läden", "de")
print(f"Hunderte Läden: {seen}")
if seen != "Hunderte Läden":
    sys.exit("changed: German read Hunderte as no number in November 2026")
PYTHON
