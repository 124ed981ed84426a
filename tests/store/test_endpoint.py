"""An endpoint that fails, lies or is written to by two: one sentence each, and nothing half-done."""

from __future__ import annotations

import http.server
import json
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

import kg
from kg.base import MAX_DEPTH, QueryError, StoreError, TimeLimitError, UsageError
from kg.serve.tokens import without_tokens
from kg.store import endpoint, remote, upload, web
from kg.store.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROWS = {"head": {"vars": ["a"]}, "results": {"bindings": []}}
JSON = {"Content-Type": "application/sparql-results+json"}


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Return a function that makes a server answer one thing to everything, and names its address."""
    made: list[http.server.ThreadingHTTPServer] = []

    def start(status: int, headers: dict[str, str], body: bytes, *, wait: float = 0) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                threading.Event().wait(wait)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        made.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=made[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{made[-1].server_port}/query"

    yield start
    for server in made:
        server.shutdown()
        server.server_close()


DEEP = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":' + b'{"value":{"subject":' * (
    MAX_DEPTH // 2
)
FAULTS = {
    "refused": (401, {}, b"", r"refuses access \(HTTP 401\); set KG_USER and KG_PASSWORD"),
    "forbidden": (403, {}, b"", r"refuses access \(HTTP 403\)"),
    "absent": (404, {}, b"", r"nothing is there \(HTTP 404\); give the address"),
    "moved": (302, {"Location": "https://b.example/"}, b"", "has moved to https://b.example/"),
    "broken": (500, {}, b"out\nof memory", "answers HTTP 500: out of memory"),
    "busy": (503, {}, b" \n", r"answers HTTP 503$"),
    "page": (200, {"Content-Type": "text/html"}, b"<p>", "answers with text/html, not with"),
    "cut": (200, JSON, json.dumps(ROWS).encode()[:40], "sends a broken answer"),
    "not JSON": (200, JSON, b"hello", "sends a broken answer"),
    "no IRI": (200, JSON, (b'{"head":{"vars":["a"]},"results":{"bindings":'
               b'[{"a":{"type":"uri","value":"a b"}}]}}'), "sends a broken answer"),
    "deep": (200, JSON, DEEP, "nests too deeply"),
    "limited": (200, {**JSON, "X-SPARQL-MaxRows": "10"}, json.dumps(ROWS).encode(),
                "cuts answers off at 10 rows; ask for less, or raise the limit"),
    "hurried": (200, {**JSON, "X-SQL-Message": "S1TAT"}, json.dumps(ROWS).encode(), "gave up"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_answer_is_told_in_a_sentence(answering, fault: str) -> None:
    status, headers, body, sentence = FAULTS[fault]
    url = answering(status, headers, body)
    with pytest.raises(StoreError, match=sentence) as caught:
        Endpoint(url, {}).query("SELECT ?a {}")
    assert str(caught.value).startswith(f"{url}: ")
    assert caught.value.exit_code == 3


NT = {"Content-Type": "application/n-triples"}
BROKEN = {
    "deep": (b"<a:s> <a:p> " + b"(" * 2 * MAX_DEPTH, "sends an answer that nests too deeply"),
    "no IRI": (b"<a b> <a:p> <a:o> .", "sends a broken answer"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_graph_that_is_none_is_told_in_a_sentence(answering, fault: str) -> None:
    body, sentence = BROKEN[fault]
    with pytest.raises(StoreError, match=sentence):
        Endpoint(answering(200, NT, body), {}).construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_answer_to_another_question_is_none(answering) -> None:
    boolean = answering(200, JSON, b'{"head":{},"boolean":true}')
    with pytest.raises(StoreError, match="answers a question that was not asked"):
        kg.open(boolean)
    graph = remote.RemoteGraph(Endpoint(boolean, {}))
    with pytest.raises(StoreError, match="answers a question that was not asked"):
        graph.query("SELECT ?s { ?s ?p ?o }")
    assert graph.content is graph.index is graph


def test_answer_that_drips_is_not_waited_for() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        drops = (time.sleep(0.05) or b" " for _ in range(100))
        return httpx.Response(200, headers=JSON, content=drops)

    client = Endpoint("http://a.example/", {"KG_TIMEOUT": "0.2"})
    client._web._client._transport = httpx.MockTransport(answer)
    with pytest.raises(TimeLimitError, match=r"has not answered in 0.2 seconds"):
        client.query("SELECT ?a {}")


def test_token_that_no_header_can_hold_is_refused_and_not_repeated() -> None:
    with pytest.raises(
        UsageError, match=r"cannot be asked: .* in KG_TOKEN, KG_ENDPOINT_TOKEN or the"
    ) as told:
        Endpoint("http://a.example/", {"KG_TOKEN": "geheim\N{SNOWMAN}"})
    assert "geheim" not in str(told.value)


def test_store_by_url_without_its_library_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"a store by URL needs httpx.*'\.\[endpoint\]'"):
        Endpoint("http://a.example/", {})


def test_answer_without_end_is_not_taken_in(answering, monkeypatch) -> None:
    monkeypatch.setattr(web, "MAX_ANSWER", 10)
    with pytest.raises(StoreError, match="answers with more than 10 bytes"):
        Endpoint(answering(200, JSON, json.dumps(ROWS).encode()), {}).query("SELECT ?a {}")


def test_endpoint_that_sleeps_is_not_waited_for(answering) -> None:
    url = answering(200, JSON, json.dumps(ROWS).encode(), wait=5)
    with pytest.raises(TimeLimitError, match=r"has not answered in 0.2 seconds") as caught:
        Endpoint(url, {"KG_TIMEOUT": "0.2"}).query("SELECT ?a {}")
    assert caught.value.exit_code == 4


def test_endpoint_that_is_not_there_is_told(run) -> None:
    result = run("stats", "--store", "http://127.0.0.1:9/query")
    assert result.exit_code == 3
    assert result.stderr.startswith("kg: http://127.0.0.1:9/query: cannot be reached: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "http://",
        "https:///sparql",
        "http://a b/",
        "http://a:x/",
        "x://y",
        "http://a..example/",
        "http://.example/",
        f"http://{'a' * 64}.example/",
        "http://ü..example/",
    ],
)
def test_address_that_cannot_be_is_refused(run, url: str) -> None:
    result = run("stats", "--store", url)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "give a folder or an http or https URL" in result.stderr


@pytest.mark.parametrize("host", ["xn--", "xn--a", "a.xn--.example", "-", "a" * 63 + ".invalid"])
def test_host_that_no_name_service_knows_is_told_in_one_sentence(run, host: str) -> None:
    result = run("stats", "--store", f"http://{host}/sparql")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert result.stderr.startswith(f"kg: http://{host}/sparql: cannot be reached: ")


@pytest.mark.parametrize("url", ["http://jo:secret@a.example/", "https://secret@a.example/x"])
def test_password_in_an_address_is_refused_and_not_repeated(run, url: str) -> None:
    result = run("stats", "--store", url)
    assert result.exit_code == 2
    assert "set KG_USER and KG_PASSWORD" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "inf", "1e9"])
def test_time_that_is_none_is_refused(seconds: str) -> None:
    with pytest.raises(UsageError, match="KG_TIMEOUT is"):
        Endpoint("http://a.example/", {"KG_TIMEOUT": seconds})


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Bearer"])
def test_credentials_go_only_where_they_are_asked_for(scheme: str) -> None:
    sent: list[str] = []
    challenge = {"Digest": 'Digest realm="r", nonce="n", qop="auth"'}.get(scheme, 'Basic realm="r"')

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("authorization", "").partition(" ")[0])
        if "authorization" not in request.headers:
            return httpx.Response(401, headers={"www-authenticate": challenge})
        return httpx.Response(200, headers=JSON, json=ROWS)

    token = {"KG_TOKEN": "secret"} if scheme == "Bearer" else {}
    user = {} if token else {"KG_USER": "jo", "KG_PASSWORD": "secret"}
    client = Endpoint("http://a.example/", {**token, **user})
    client._web._client._transport = httpx.MockTransport(answer)
    client.query("SELECT ?a {}")
    client.query("SELECT ?a {}")
    ask = ["", ""] if scheme == "Digest" else [""]  # once for the scheme, once for its nonce
    assert sent == (["Bearer"] * 2 if token else [*ask, scheme, scheme])


def test_a_server_asks_an_endpoint_with_a_token_of_its_own() -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["authorization"])
        return httpx.Response(200, headers=JSON, json=ROWS)

    environment = {"KG_TOKEN": "of-who-asks-us", "KG_ENDPOINT_TOKEN": "of-ours"}
    for settings in (environment, without_tokens(environment)):
        client = Endpoint("http://a.example/", settings)
        client._web._client._transport = httpx.MockTransport(answer)
        client.query("SELECT ?a {}")
    assert sent == ["Bearer of-ours"] * 2


@pytest.fixture(scope="module")
def server(oxigraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("server"), "--union-default-graph") as root:
        yield root


@pytest.fixture(params=["update", "graph-store"])
def empty(server: str, request: pytest.FixtureRequest, monkeypatch) -> str:
    """The address of an endpoint that holds nothing, written to in one of the two ways."""
    httpx.delete(f"{server}/store").raise_for_status()
    if request.param == "graph-store":
        monkeypatch.setenv("KG_GRAPHS", f"{server}/store")
    return f"{server}/query"


def test_endpoint_without_a_graph_says_what_to_do(empty: str) -> None:
    with pytest.raises(StoreError, match="holds no graph of ours; make one with kg build --store"):
        kg.open(empty)


def test_default_graph_that_is_no_union_is_told(oxigraph, tmp_path: Path, acme: Path) -> None:
    with oxigraph(tmp_path) as root:
        kg.build([acme], check=False).save(f"{root}/query")
        with pytest.raises(StoreError, match="its default graph is not the union of its graphs"):
            kg.open(f"{root}/query")


def test_untrusted_query_is_refused_as_everywhere(empty: str, acme: Path) -> None:
    kg.build([acme], check=False).save(empty)
    held = kg.open(empty)
    for query, sentence in {
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }": "SERVICE would send",
        "LOAD <http://a.example/>": "LOAD would fetch",
        "SELECT * FROM <http://a.example/> { ?s ?p ?o }": "which is no graph here",
        "DROP ALL": "cannot be read at line 1",
        "SELECT * { ?s a nope:x }": "the prefix there is not declared",
    }.items():
        with pytest.raises(QueryError, match=sentence):
            held.query(query)
    assert held.query("SELECT ?x FROM id:gazette-2020 { ?x a cp:Target }").rows == [
        ("gazette-2020.1",)
    ]


def test_graph_is_constructed_and_copied_as_it_is_here(empty: str, acme: Path) -> None:
    graph = kg.build([acme], check=False)
    graph.save(empty)
    held = kg.open(empty)
    for query in ("CONSTRUCT WHERE { ?s a cp:Target ; ?p ?o }", "DESCRIBE id:acme"):
        lines = held.query(query).write("nt").splitlines()
        assert sorted(lines) == sorted(graph.query(query).write("nt").splitlines())
        assert lines
    assert held.sources == graph.sources
    assert len(held.index.local()) == len(graph.index)
    assert len(held.rdflib) == len(graph.rdflib)


def test_store_of_another_version_says_what_to_do(empty: str, acme: Path, monkeypatch) -> None:
    kg.build([acme], check=False).save(empty)
    monkeypatch.setattr(remote, "FORMAT", "0")
    with pytest.raises(StoreError, match="was built by another version; build it again"):
        kg.open(empty)


def test_graph_of_which_a_part_comes_is_told(empty: str, acme: Path, monkeypatch) -> None:
    kg.build([acme], check=False).save(empty)
    one_more = remote._COUNTS.replace("COUNT(*)", "COUNT(*) + 1")
    monkeypatch.setattr(remote, "_COUNTS", one_more)
    with pytest.raises(StoreError, match="raise its limit of rows, or ask again"):
        _ = kg.open(empty).asserted


class _Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("after", [0, 1, 3, 7])
def test_broken_off_upload_is_told_and_completed_by_the_next(
    empty: str, acme: Path, graph: kg.Graph, monkeypatch, run, after: int
) -> None:
    small = kg.build([acme], check=False)
    small.save(empty)
    sent: list[str] = []
    put = Endpoint.put

    def counted(self: Endpoint, graphs):
        for names in put(self, graphs):
            sent.extend(names)
            yield names

    def killed(self: Endpoint, graphs):
        for names in counted(self, graphs):
            if names != [remote.MANIFEST] and len(sent) > after:
                raise _Killed
            yield names

    with monkeypatch.context() as patch:
        patch.setattr(upload, "NOTED", 1)
        patch.setattr(endpoint, "BATCH", 1)
        patch.setattr(Endpoint, "put", killed)
        with pytest.raises(_Killed):
            graph.save(empty)
    assert kg.open(empty).unfinished
    told = run("stats", "--store", empty)
    assert told.exit_code == 0
    assert "a build is not finished" in told.stderr
    there = {name for name, entry in kg.open(empty).index.entries.items() if entry.digest}
    sent.clear()
    monkeypatch.setattr(Endpoint, "put", counted)
    graph.save(empty)
    assert not there & set(sent)
    held = kg.open(empty)
    assert not held.unfinished
    assert held.index.graphs == graph.index.graphs  # and none of the small one that was there
    assert len(held.index) == len(graph.index)
    sent.clear()
    graph.save(empty)
    assert sent == []


def test_build_that_another_one_overtakes_says_so(
    empty: str, acme: Path, graph: kg.Graph, monkeypatch
) -> None:
    small = kg.build([acme], check=False)
    put = Endpoint.put

    def slow(self: Endpoint, graphs):
        for names in put(self, graphs):
            if names != [remote.MANIFEST]:
                monkeypatch.setattr(Endpoint, "put", put)
                small.save(empty)
            yield names

    monkeypatch.setattr(Endpoint, "put", slow)
    with pytest.raises(StoreError, match="another build is writing to it; run this one again"):
        graph.save(empty)
    graph.save(empty)
    assert len(kg.open(empty).index) == len(graph.index)
