#!/usr/bin/env bash
# What: beside `Accept` each request names the form that is wanted in three parameters of its own, `format`, `output` and
#   `results`; for JSON-LD and RDF/XML each of them stands there twice, with two values. The names are those of no standard:
#   `rdf+xml`, `n3`, and `xml` both for results and for RDF/XML.
# Version: SPARQLWrapper 2.0.0.
# Measured: November 2026.
# Why it matters: an endpoint that has a parameter `format` and reads it strictly refuses a client that asked correctly in its header.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check sparqlwrapper==2.0.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import http.server
import sys
import threading
from urllib.parse import parse_qs, urlsplit

import SPARQLWrapper as sw

seen = []


class Noted(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        seen.append(parse_qs(urlsplit(self.path).query))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noted)
threading.Thread(target=server.serve_forever, daemon=True).start()
THEN = {
    "CONSTRUCT WHERE { ?s ?p ?o }": {
        sw.JSONLD: ["json-ld", "application/ld+json,application/x-json+ld"],
        sw.RDFXML: ["rdf+xml", "application/rdf+xml"],
        sw.XML: ["xml"],
    },
    "SELECT * { ?s ?p ?o }": {sw.XML: ["xml"]},
}
for query, forms in THEN.items():
    for form, then in forms.items():
        asked = sw.SPARQLWrapper(f"http://127.0.0.1:{server.server_port}/sparql")
        asked.setReturnFormat(form)
        asked.setQuery(query)
        asked.query()
        sent = {name: seen[-1].get(name) for name in ("format", "output", "results")}
        print(f"{query.split()[0]} as {form}: {sent}")
        if set(map(tuple, sent.values())) != {tuple(then)}:
            sys.exit(f"changed: in November 2026 each of the three was {then}")
PYTHON
