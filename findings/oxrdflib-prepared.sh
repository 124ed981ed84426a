#!/usr/bin/env bash
# What: over oxrdflib a query given as text runs in Oxigraph, and the same query once prepared runs in rdflib's own
#   engine, many times slower; FROM is ignored: with a union of all graphs it answers from the graphs not named.
# Version: oxrdflib 0.5.0, rdflib 7.6.0, pyoxigraph 0.5.13.
# Measured: November 2026.
# Why it matters: preparing a query is what the documentation of rdflib advises for speed, and FROM is how SPARQL
#   asks a single source. Neither warns: one only takes longer, the other only says more.
# Source: https://github.com/oxigraph/oxrdflib/issues/26
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    oxrdflib==0.5.0 rdflib==7.6.0 pyoxigraph==0.5.13 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
import time
from importlib.metadata import version

import rdflib
from rdflib.plugins.sparql import prepareQuery

CHAIN = "SELECT (COUNT(*) AS ?n) { ?a <urn:p0> ?b . ?b <urn:p1> ?c . ?c <urn:p2> ?d }"
TRIPLES = "".join(f"<urn:{n % 1999}> <urn:p{n % 3}> <urn:{n * 7 % 1999}> .\n" for n in range(9000))
QUADS = '<urn:a> <urn:says> "1" <urn:gazette> .\n<urn:b> <urn:says> "2" <urn:herald> .\n'


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def timed(query):
    start = time.process_time()
    ((count,),) = GRAPH.query(query)
    return int(count), time.process_time() - start


def named(store, query):
    dataset = rdflib.Dataset(store=store, default_union=True)
    dataset.parse(data=QUADS, format="nquads")
    return sorted(str(row[0]) for row in dataset.query(query))


print(*(f"{name} {version(name)}" for name in ("oxrdflib", "rdflib", "pyoxigraph")))
GRAPH = rdflib.Graph(store="Oxigraph")
GRAPH.parse(data=TRIPLES, format="ox-nt")
prepared = prepareQuery(CHAIN)
timed(CHAIN)
as_text, as_prepared = (min(timed(query) for _ in range(3)) for query in (CHAIN, prepared))
expect("the same count", as_text[0] == as_prepared[0] > 0, True)
ratio = as_prepared[1] / as_text[1]
print(f"prepared, the query takes {ratio:.0f} times as long")
if ratio < 5:
    sys.exit(f"changed: prepared, it took 15 to 40 times as long in November 2026, not {ratio:.1f}")
one = "SELECT ?s FROM <urn:gazette> { ?s <urn:says> ?o }"
expect(f"{one} in rdflib's memory", named("default", one), ["urn:a"])
expect(f"{one} in oxrdflib", named("Oxigraph", one), ["urn:a", "urn:b"])
PYTHON
