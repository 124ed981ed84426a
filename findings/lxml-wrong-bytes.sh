#!/usr/bin/env bash
# What: lxml.etree.parse raises OSError, without an errno, for a file whose bytes its encoding does not know, given by
#   its path or as an open file. The same bytes in memory, or the same file read by iterparse, are an XMLSyntaxError.
# Version: lxml 6.1.3.
# Measured: November 2026.
# Why it matters: whoever catches XMLSyntaxError tells of all damaged files but these, and whoever tells of an OSError
#   says that a file cannot be read which can.
# Source: https://lxml.de/parsing.html
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check lxml==6.1.3 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import io
import sys
from pathlib import Path

from lxml import etree

DATA = b"<plan>caf\xe9</plan>"  # Latin-1, where no encoding is named and UTF-8 is meant
Path("plan.xml").write_bytes(DATA)


def error_of(read):
    try:
        read()
    except (OSError, etree.XMLSyntaxError) as error:
        return type(error).__name__, getattr(error, "errno", None)
    return "none", None


seen = {
    "parse, a path": error_of(lambda: etree.parse("plan.xml")),
    "parse, an open file": error_of(lambda: etree.parse(Path("plan.xml").open("rb"))),
    "parse, bytes in memory": error_of(lambda: etree.parse(io.BytesIO(DATA))),
    "fromstring": error_of(lambda: etree.fromstring(DATA)),
    "iterparse, a path": error_of(lambda: list(etree.iterparse("plan.xml"))),
}
for how, error in seen.items():
    print(f"{how}: {error[0]}, errno {error[1]}")
stated = [("OSError", None)] * 2 + [("XMLSyntaxError", None)] * 3
if list(seen.values()) != stated:
    sys.exit(f"changed: the errors were {stated} in November 2026")
PYTHON
