#!/usr/bin/env bash
# What: LangExtract calls words MATCH_EXACT that begin within a figure: "500 shops" in "1,500 shops", "5 billion" in
#   "1.5 billion". And it calls words MATCH_FUZZY or MATCH_LESSER that stand in the text letter by letter, where the model
#   names them in another order than the text has, names the same words twice, or names a part of words that it has named:
#   "1,500 shops" is then placed at the "1".
# Version: langextract 1.7.1.
# Measured: November 2026.
# Why it matters: MATCH_EXACT is what one takes for evidence, so a third of a figure is evidence, and the second of two
#   facts in a sentence is none. So the words at the place have to be compared, and the figure held against the whole text.
# Source: https://github.com/google/langextract (resolver.py, WordAligner)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile langextract==1.7.1 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

from langextract.data import Extraction
from langextract.resolver import WordAligner

TEXT = "Acme will open 1,500 shops for $1.5 billion by 2031. Bolt will close 20 shops."
ACME, BOLT = "Acme will open 1,500 shops", "Bolt will close 20 shops"


def places(*words):
    (aligned,) = WordAligner().align_extractions([[Extraction("fact", each) for each in words]], TEXT)
    return [(one.alignment_status.value, TEXT[one.char_interval.start_pos : one.char_interval.end_pos]) for one in aligned]


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


print("langextract", version("langextract"))
expect("whole words", places(ACME, BOLT), [("match_exact", ACME), ("match_exact", BOLT)])
expect("the end of a figure", places("500 shops"), [("match_exact", "500 shops")])
expect("the end of a decimal", places("5 billion"), [("match_exact", "5 billion")])
expect("another order", places(BOLT, ACME), [("match_fuzzy", BOLT), ("match_exact", ACME)])
expect("the same twice", places(ACME, ACME), [("match_exact", ACME), ("match_fuzzy", ACME)])
expect("a part of them", places(ACME, "1,500 shops"), [("match_exact", ACME), ("match_lesser", "1")])
expect("another figure", places("Acme will open 1,700 shops"), [("match_lesser", "Acme will open 1,")])
PYTHON
