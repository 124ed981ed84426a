"""What may be kept, for how long, and by whom; and how it is told that it is still so."""

import asyncio
import re
import time
from datetime import date
from functools import partial

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import kg
from kg.serve import caching
from kg.serve.caching import Caching
from kg.serve.visit import Visit, begin, current
from tests.serve.conftest import Server
from tests.serve.test_holding import workers

ROWS = "SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x"


def test_an_answer_is_tagged_and_need_not_be_sent_again(server):
    answer = server.get(ROWS, "text/csv")
    tag = answer.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert answer.headers["cache-control"] == "public, max-age=10, must-revalidate"
    assert answer.headers["vary"] == "Accept"
    for given in (tag, f"W/{tag}", f'"other", {tag}'):
        again = httpx.get(
            server.url,
            params={"query": ROWS},
            headers={"Accept": "text/csv", "If-None-Match": given},
        )
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == answer.headers["cache-control"]
        assert again.headers["vary"] == "Accept"
    head = httpx.head(server.url, params={"query": ROWS}, headers={"Accept": "text/csv"})
    assert head.headers["etag"] == tag


def test_what_is_known_costs_no_worker(server):
    tag = server.get(ROWS).headers["etag"]
    counts = httpx.URL(server.url).join("/metrics")

    def worked() -> float:
        found = re.search(
            r'kg_worker_seconds_count\{route="/sparql"\} (\S+)', httpx.get(counts).text
        )
        assert found
        return float(found[1])

    before = worked()
    for _ in range(5):
        again = httpx.get(server.url, params={"query": ROWS}, headers={"If-None-Match": tag})
        assert again.status_code == 304
    assert worked() == before


def test_every_form_and_every_request_has_a_tag_of_its_own(server):
    def tag(query: str, accept: str, **more: str) -> str:
        return server.get(query, accept, **more).headers["etag"]

    tags = [
        tag(ROWS, "text/csv"), tag(ROWS, "application/json"), tag(ROWS + " LIMIT 1", "text/csv"),
        tag(ROWS, "text/csv", format="json"), server.get("ASK {}").headers["etag"],
    ]  # fmt: skip
    assert len(set(tags)) == len(tags)
    assert tag(ROWS, "text/csv") == tags[0]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand() AS ?x) {}",
        "SELECT (STRUUID () AS ?x) {}",
        "CONSTRUCT { [] rdfs:label ?x } { id:xiaomi rdfs:label ?x }",
    ],
)
def test_what_is_another_answer_each_time_is_not_kept(server, query):
    answer = server.get(query)
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("query", "status"), [("SELECT {", 400), ("SELECT * { ?s ?p ?o }", 413)])
def test_no_error_is_kept(server, query, status):
    answer = server.get(query)
    assert answer.status_code == status
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_posted_is_not_kept(server):
    answer = httpx.post(server.url, data={"query": ROWS})
    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_another_build_has_other_tags_and_the_same_content_the_same(tmp_path):
    def build(name: str) -> None:
        source = tmp_path / "a.ttl"
        source.write_text(f"<urn:a> <urn:b> <urn:{name}> .")
        kg.build([source], check=False).save(tmp_path / "store")

    build("first")
    server = Server(str(tmp_path / "store"), "--workers", "1")
    try:
        query = "SELECT ?o { <urn:a> <urn:b> ?o }"
        first = server.get(query)
        build("second")
        until = time.monotonic() + 20
        while (now := server.get(query)).text == first.text:
            assert time.monotonic() < until
            assert now.headers.get("etag", first.headers["etag"]) == first.headers["etag"]
        now = server.get(query)  # one that was on its way when the builds changed is not kept
        assert now.headers["etag"] != first.headers["etag"]
        stale = {"If-None-Match": first.headers["etag"]}
        assert httpx.get(server.url, params={"query": query}, headers=stale).text == now.text
    finally:
        server.stop()
    build("first")
    again = Server(str(tmp_path / "store"), "--workers", "1")
    try:
        assert len(workers(again)) == 2
        host = {"Host": httpx.URL(server.url).netloc.decode()}
        same = httpx.get(again.url, params={"query": query}, headers=host)
        assert same.headers["etag"] == first.headers["etag"]
    finally:
        again.stop()


# The layer alone, over answers of which the test knows what they come from


def layered(
    path: str, *generations: str, now: str = "first", private: bool = False
) -> httpx.Headers:
    """Return the headers of an answer that comes from some generations, where a store holds another one now."""

    async def answer(_request) -> PlainTextResponse:
        current().generations.update(generations)
        return PlainTextResponse("answer")

    inner = Caching(
        Starlette(routes=[Route("/{path:path}", answer)]), generation=lambda: now, private=private
    )

    async def outer(scope, receive, send) -> None:
        begin(Visit())
        await inner(scope, receive, send)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(outer)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get(path)

    answer = asyncio.run(ask())
    assert answer.text == "answer"
    return answer.headers


def test_what_may_come_from_two_builds_is_not_kept():
    assert "etag" in layered("/page", "first")
    for generations in (("second",), ("first", "second")):
        headers = layered("/page", *generations)
        assert "etag" not in headers
        assert headers["cache-control"] == "no-store"


def test_where_nobody_can_tell_what_there_is_nothing_is_kept():
    headers = layered("/page", "", now="")
    assert "etag" not in headers
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("now", ["first", ""])
def test_what_no_worker_has_answered_says_itself_how_it_is_kept(now):
    headers = layered("/healthz", now=now)
    assert "etag" not in headers
    assert "cache-control" not in headers


def test_a_server_that_was_told_to_answer_otherwise_has_other_tags(monkeypatch):
    before = layered("/page", "first")["etag"]
    monkeypatch.setattr(
        "tests.serve.test_caching.Caching", partial(Caching, told="the default graph is strict")
    )
    assert layered("/page", "first")["etag"] != before


def test_what_depends_on_the_day_has_another_tag_tomorrow(monkeypatch):
    class Tomorrow(date):
        @classmethod
        def today(cls):
            return cls.fromordinal(date.today().toordinal() + 1)  # noqa: DTZ011 - as the graph has it

    before = [layered(path, "first")["etag"] for path in ("/page", "/sparql")]
    monkeypatch.setattr(caching, "date", Tomorrow)
    after = [layered(path, "first")["etag"] for path in ("/page", "/sparql")]
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_what_only_some_may_see_no_proxy_keeps():
    assert "private" in layered("/page", "first", private=True)["cache-control"]
