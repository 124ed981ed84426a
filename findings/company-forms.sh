#!/usr/bin/env bash
# What: to cleanco the places UK, NL, EU, CA and AT at the end of a name are legal forms, so that the base name of
#   `Copart UK Ltd` is that of its parent, Copart; KGaA and `& Co` come off alike, so Merck & Co and Merck KGaA,
#   two companies, have one base name; and the form of Japan, before a name or after it, stays.
# Version: cleanco 2.3.
# Measured: November 2026.
# Why it matters: whoever joins companies by base names gives what a subsidiary promised, or did, to its parent.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check cleanco==2.3 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from cleanco import basename


def whole(name):
    """Take off all forms: the library takes one of `Co., Ltd.` at a time."""
    while (shorter := basename(name)) not in ("", name):
        name = shorter
    return name


print("cleanco", version("cleanco"))
for name, stated in {
    "Copart UK Ltd": "Copart",
    "Acme NL B.V.": "Acme",
    "Acme EU": "Acme",
    "Acme Germany GmbH": "Acme Germany",
    "Merck & Co": "Merck",
    "Merck KGaA": "Merck",
    "KDDI株式会社": "KDDI株式会社",
}.items():
    print(f"{name}: {whole(name)}")
    if whole(name) != stated:
        sys.exit(f"changed: {name} gave {stated} in November 2026")
PYTHON
