#!/usr/bin/env bash
# What: twice as many short lists or tables in a page take trafilatura more than three times as long, so that a page of half a
#   megabyte with 20,000 of them takes half a minute; and where one paragraph stands within 300 elements, all that
#   follows it on the page is left out, too: the parser of lxml goes no deeper than 256, and nobody says so.
# Version: trafilatura 2.3.1 with lxml_html_clean 0.4.5 and lxml 6.1.3.
# Measured: November 2026.
# Why it matters: pages come from anywhere. A bound on their size (trafilatura has one of 20 MB) bounds no time, and
#   half of an article looks like a whole one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    trafilatura==2.3.1 lxml_html_clean==0.4.5 lxml==6.1.3 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
import time
from importlib.metadata import version

import trafilatura

logging.disable(logging.CRITICAL)
name = f"trafilatura {version('trafilatura')}"


def page(body: str) -> str:
    return f"<html><head><title>Acme</title></head><body>{body}</body></html>"


def seconds(body: str) -> float:
    # The least of three: what else the machine does only adds to it.
    return min(timed(body) for _ in range(3))


def timed(body: str) -> float:
    began = time.process_time()
    trafilatura.extract(page(body))
    return time.process_time() - began


for what, one in {
    "lists": "<ul><li>Acme opens 500 shops</ul>",
    "tables": "<table><tr><td>500</table>",
    "paragraphs": "<p>Acme opens 500 shops</p>",
}.items():
    few, many = seconds(one * 3_000), seconds(one * 6_000)
    print(f"{name}: 3,000 {what} {few:.2f} s, 6,000 {what} {many:.2f} s: {many / few:.1f} times as long")
    if (many / few > 2.8) != (what != "paragraphs"):
        sys.exit("changed: in November 2026 twice as many lists or tables took three times as long and more, paragraphs twice")

SAID = "<p>Acme will open 500 shops in India by 2030, it said on Monday, and hire 300 people.</p>"
FOUND = {}
for depth in (200, 300):
    nested = "<div>" * depth + "<p>Acme grows.</p>" + "</div>" * depth
    text = trafilatura.extract(page(SAID * 3 + nested + SAID.replace("Acme", "Bolt") * 3)) or ""
    FOUND[depth] = "Acme" in text, "Bolt" in text
    print(f"{name}: a paragraph within {depth} elements: the text before it is there: {FOUND[depth][0]}, behind it: {FOUND[depth][1]}")
if FOUND != {200: (True, True), 300: (True, False)}:
    sys.exit("changed: in November 2026 what stood behind 300 elements was missing, and behind 200 it was not")
PYTHON
