#!/usr/bin/env bash
# What: `SAMPLE` over the same triples, loaded in the same order by the same version, gives one value from a store in memory and
#   another one from a store on disk, each of them every time.
# Version: pyoxigraph 0.5.13.
# Measured: November 2026.
# Why it matters: SPARQL lets an engine choose any. A test in memory shows one answer for ever, the user's store another one for ever.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - "$work" <<'PYTHON'
import sys

import pyoxigraph as ox

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
DATA = "".join(f'<urn:source-{n}> <urn:says> "{n}"^^<{INTEGER}> .\n' for n in (3, 1, 2))
found = {}
for where in ("memory", "disk"):
    given = set()
    for turn in range(3):
        store = ox.Store() if where == "memory" else ox.Store(f"{sys.argv[1]}/{turn}")
        store.load(DATA.encode(), format=ox.RdfFormat.N_TRIPLES)
        ((value,),) = store.query("SELECT (SAMPLE(?value) AS ?one) { ?source <urn:says> ?value }")
        given.add(value.value)
    found[where] = given
    print(f"{where}: {' '.join(sorted(given))} in three stores")
if found != {"memory": {"2"}, "disk": {"1"}}:
    sys.exit("changed: in November 2026 it was 2 in memory and 1 on disk")
PYTHON
