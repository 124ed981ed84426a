#!/usr/bin/env bash
# What: three extractors of text set the mark of a footnote behind the figure that it belongs to: 20,000 people with
#   footnote 1 become 20,0001 people, 500 shops with footnote 2 become 5002 shops, and ten to the sixth becomes 106.
#   trafilatura has a switch against it (include_formatting) and html2text another (include_sup_sub), both off.
# Version: trafilatura 2.3.1 with lxml_html_clean 0.4.5, inscriptis 2.7.6, html2text 2025.4.15.
# Measured: November 2026.
# Why it matters: reports put footnotes on exactly the figures that count, and the wrong figure stands in the text
#   that evidence is checked against, so the check agrees.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    trafilatura==2.3.1 lxml_html_clean==0.4.5 inscriptis==2.7.6 html2text==2025.4.15 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import html2text
import inscriptis
import trafilatura

PAGE = """<html><head><title>Acme</title></head><body><main><article><h1>Acme grows</h1>
<p>Acme employs 20,000<sup>1</sup> people, will reach 500<sup>2</sup> shops and saves 10<sup>6</sup> litres.</p>
<p>This is a second paragraph, so that the extractors take the page for an article and keep all of it as such.</p>
<p>1) at the end of the year. 2) including franchises.</p></article></main></body></html>"""
GLUED = "Acme employs 20,0001 people, will reach 5002 shops and saves 106 litres."
EXTRACTED = {
    "trafilatura": trafilatura.extract(PAGE),
    "inscriptis": inscriptis.get_text(PAGE),
    "html2text": html2text.html2text(PAGE),
}
for name, text in EXTRACTED.items():
    (line,) = (line for line in " ".join(text.split()).split("Acme grows")[1:])
    print(f"{name} {version(name)}: {line.split(' This is')[0].strip()}")
    if GLUED not in line:
        sys.exit(f"changed: in November 2026 {name} wrote: {GLUED}")
marking = html2text.HTML2Text()
marking.include_sup_sub = True
for name, apart in {
    "trafilatura with include_formatting=True": trafilatura.extract(PAGE, include_formatting=True),
    "html2text with include_sup_sub=True": marking.handle(PAGE),
}.items():
    print(f"{name}: {'20,000<sup>1</sup>' in apart and 'Acme employs 20,000<sup>1</sup> people'}")
    if "20,000<sup>1</sup>" not in apart:
        sys.exit(f"changed: in November 2026 {name} wrote 20,000<sup>1</sup>")
PYTHON
