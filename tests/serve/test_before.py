"""The server before another one: what is asked of it is asked there, bounded and in words as anywhere."""

from __future__ import annotations

import contextlib
import http.server
import json
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.serve.conftest import Server
from tests.store import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    import kg

QUERIES = [
    "ASK { id:xiaomi cp:partnerOf id:mobikwik }",
    "SELECT ?x { id:xiaomi cp:partnerOf ?x }",
    "SELECT ?plan (COUNT(?target) AS ?n) { ?plan cp:company id:xiaomi . ?target cp:about ?plan } GROUP BY ?plan",
    "SELECT DISTINCT ?g { GRAPH ?g { id:xiaomi cp:partnerOf ?x } }",
    "SELECT DISTINCT ?x { id:xiaomi cp:partnerOf/cp:partnerOf ?x }",
]


@contextlib.contextmanager
def before(place: str, *arguments: str) -> Iterator[Server]:
    server = Server("--store", place, "--workers", "1", *arguments)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def behind(virtuoso, graph: kg.Graph, tmp_path_factory) -> Iterator[Server]:
    """A server before a Virtuoso that holds the shipped graph."""
    with contextlib.ExitStack() as stack:
        root = stack.enter_context(virtuoso(tmp_path_factory.mktemp("virtuoso")))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        settings = servers.settings_of_virtuoso(root)
        for name, value in settings.items():
            patch.setenv(name, value)
        graph.save(settings["KG_STORE"])
        yield stack.enter_context(before(settings["KG_STORE"], "--query-seconds", "30"))


def rows(server: Server, query: str, **more: str) -> list[str]:
    answer = server.get(query, "text/csv", **more)
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split())


@pytest.mark.parametrize("query", QUERIES[1:])
def test_a_virtuoso_behind_it_gives_the_same_answers(behind, server, query):
    assert len(rows(server, query)) > 1
    assert rows(behind, query) == rows(server, query)


def test_a_virtuoso_behind_it_answers_yes_and_no(behind):
    assert behind.get(QUERIES[0]).json()["boolean"] is True
    assert behind.get("ASK { id:xiaomi cp:partnerOf id:no-such }").json()["boolean"] is False


def test_a_dataset_of_the_request_is_passed_on(behind, server):
    names = rows(server, QUERIES[3])
    names.remove("g")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    for more in (
        {"default-graph-uri": names[0]},
        {"named-graph-uri": names[0]},
        {"default-graph-uri": "urn:not-here"},
    ):
        assert rows(behind, count, **more) == rows(server, count, **more), more
        assert rows(behind, inside, **more) == rows(server, inside, **more), more
    said = count.replace("{", f"FROM <{names[-1]}> {{", 1)
    one = {"default-graph-uri": names[0]}
    assert rows(behind, said, **one) == rows(server, said, **one)


def test_what_cannot_be_answered_behind_it_is_told(behind):
    for query, status in (("SELECT ?x {", 400), ("SELECT * FROM <urn:not-here> { ?s ?p ?o }", 400),
                          ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400)):  # fmt: skip
        answer = behind.get(query)
        assert answer.status_code == status
        assert len(answer.text.splitlines()) == 1


class Endpoint(http.server.BaseHTTPRequestHandler):
    """An endpoint that answers what a store of ours would, until it no longer does as it should."""

    mood = "well"

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if type(self).mood == "slow" and "sought" in asked:
            time.sleep(5)
        if type(self).mood == "cross" and "sought" in asked:
            self.send_error(500, "cross", "the disk is full")
            return
        row = {name: {"type": "literal", "value": "1"} for name in ("version", "whole", "seen")}
        if "sd%3Aname" in asked:
            literal = {"type": "literal", "value": "1"}
            row = {
                "graph": {"type": "uri", "value": "urn:g"},
                "triples": literal,
                "digest": literal,
            }
        said = {"head": {"vars": list(row)}, "results": {"bindings": [row]}}
        data = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked may have been ended
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(monkeypatch) -> Iterator[http.server.ThreadingHTTPServer]:
    monkeypatch.setattr(Endpoint, "mood", "well")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def test_an_endpoint_that_is_slow_cross_or_dead_costs_an_answer_and_says_why(endpoint, monkeypatch):
    monkeypatch.delenv("KG_TIMEOUT", raising=False)
    address = f"http://127.0.0.1:{endpoint.server_port}/sparql"
    query = "SELECT ?version ?whole ?seen { ?sought ?version ?whole, ?seen }"
    with before(address, "--query-seconds", "2") as server:
        assert rows(server, query) == ["1,1,1", "version,whole,seen"]
        Endpoint.mood = "cross"
        answer = server.get(query)
        assert answer.status_code == 503
        assert answer.text == "the graph cannot be read now; ask again later\n"
        Endpoint.mood = "slow"
        began = time.monotonic()
        assert server.get(query).status_code == 504
        assert time.monotonic() - began < 3
        endpoint.shutdown()
        endpoint.server_close()
        answer = server.get(query)
        assert answer.status_code == 503
        assert answer.text == "the graph cannot be read now; ask again later\n"
        # Nor is it told what there is, as if that were nothing.
        assert httpx.get(server.url, timeout=30).status_code == 503


def test_an_endpoint_that_is_not_there_is_told_at_once():
    command = [sys.executable, "-m", "kg", "serve", "--store", "http://127.0.0.1:9/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_store_is_named_once():
    command = [sys.executable, "-m", "kg", "serve", "--store", "a", "b"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--store" in done.stderr
