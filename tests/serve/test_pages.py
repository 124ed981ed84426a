"""Pages over HTTP: their forms, their headers, and what a reader gets where something goes wrong."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from kg.serve.access import Access, Observed
from kg.serve.safety import HEADERS
from kg.serve.sites import page_faults

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def base(server):
    return server.url.removesuffix("/sparql")


@pytest.fixture(scope="module")
def get(base):
    def get(path: str, **more: object) -> httpx.Response:
        return httpx.get(base + path, headers=more.pop("headers", BROWSER), timeout=30, **more)

    return get


@pytest.mark.parametrize(
    "path", ["/", "/id/xiaomi", "/id/medianama-2017-03-28.3.4.promise", "/?as-of=2018-06-01"]
)
def test_page_is_whole_and_may_do_nothing_else(get, path):
    answer = get(path)
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert answer.text.endswith("</html>")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.search(r'<link rel="canonical" href="http://127\.0\.0\.1:\d+/', answer.text)


def test_same_page_has_the_same_bytes_from_every_worker(get):
    assert len({get("/id/xiaomi").content for _ in range(6)}) == 1


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_thing_is_a_page_or_triples_at_one_address(get, accept, type_):
    answer = get("/id/xiaomi", headers={"Accept": accept})
    assert answer.headers["Content-Type"].startswith(type_)
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/id/xiaomi", "/questions/outcome", "/ontology", "/graphs?default"]
)
@pytest.mark.parametrize(
    ("accept", "code", "words"),
    [
        ("nonsense", 400, "the header Accept cannot be read"),
        ("a/b/c", 400, "the header Accept cannot be read"),
        ("image/png", 406, "no form that is accepted can be given; take text/"),
    ],
)
def test_what_cannot_be_accepted_is_said_the_same_everywhere(base, path, accept, code, words):
    answer = httpx.get(base + path, headers={"Accept": accept})
    assert answer.status_code == code
    assert answer.text.startswith(words)


def test_triples_by_their_ending_are_those_by_accept(get):
    assert (
        get("/id/mobikwik.ttl").content
        == get("/id/mobikwik", headers={"Accept": "text/turtle"}).content
    )


def test_head_tells_what_get_would_send(base, get):
    told = httpx.head(base + "/id/xiaomi", headers={**BROWSER, "Accept-Encoding": "identity"})
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["Content-Length"] == str(len(get("/id/xiaomi").content))


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("/nowhere", 404, "Nothing is at /nowhere"),
        ("/id/xiaome", 404, "There is no thing &#39;xiaome&#39;"),
        ("/?as-of=soon", 400, "&#39;soon&#39; is no day; write one as 2018-06-01"),
        (
            "/id/xiaomi?as_of=2018-06-01",
            400,
            "there is no &#39;as_of&#39;; did you mean &#39;as-of&#39;?",
        ),
        (
            "/questions/overdue?as-off=2018-06-01",
            400,
            "there is no &#39;as-off&#39;; did you mean &#39;as-of&#39;?",
        ),
        (
            "/?as-of=2018-06-01&as-of=2019-06-01",
            400,
            "&#39;as-of&#39; stands in the address 2 times; give it once",
        ),
        (
            "/questions/outcome?company=xiaomi&company=mobikwik",
            400,
            "&#39;company&#39; stands in the address 2 times",
        ),
        ("/sparql?query=SELEKT", 400, "line 1"),
        ("/static/page.css", 404, "Nothing is at /static/page.css"),
    ],
)
def test_reader_of_html_is_told_in_a_page_and_others_in_a_sentence(get, path, code, sentence):
    page = get(path)
    assert page.status_code == code
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert sentence in page.text
    plain = get(
        path,
        headers={
            "Accept": "text/csv" if path.startswith(("/sparql", "/questions")) else "text/turtle"
        },
    )
    assert plain.status_code == code
    assert plain.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/id/xiaomi", "/thing?iri=urn:x", "/ontology", "/sparql"])
@pytest.mark.parametrize("accept", ["foo", "text/html/x", ";", 'text/html;q="a,b"'])
def test_a_wish_that_cannot_be_read_is_told_so(get, path, accept):
    answer = get(path, headers={"Accept": accept})
    assert answer.status_code == 400
    assert "the header Accept cannot be read" in answer.text.replace("The", "the")


@pytest.mark.parametrize("accept", ["text/html", "text/csv"])
def test_what_the_server_itself_gets_wrong_is_told_in_a_sentence_and_counted(accept):
    told = []

    async def wrong(_request: Request) -> Response:
        raise LookupError("/a/local/path")

    def keep(access: Access) -> None:
        told.append((access.status, access.level))

    app = Starlette(
        routes=[Route("/wrong", wrong)],
        middleware=[Middleware(Observed, tell=[keep])],
        exception_handlers=page_faults({}, HEADERS),
    )

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get("/wrong", headers={"Accept": accept})

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert "he server has failed over this" in answer.text
    assert "/a/local/path" not in answer.text
    assert all(name in answer.headers for name in HEADERS)
    assert answer.headers["Cache-Control"] == "no-store"
    assert told == [(500, "error")]


def test_too_slow_a_query_is_told_in_a_page(server):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    accept = {"Accept": "text/html, application/sparql-results+json;q=0.9"}
    answer = httpx.get(server.url, params={"query": slow}, headers=accept, timeout=30)
    assert answer.status_code == 504
    assert "<h1>This took too long</h1>" in answer.text


def test_other_methods_are_refused(base):
    answer = httpx.post(base + "/id/xiaomi", headers=BROWSER)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_schema_of_sources_is_given_to_editors(get):
    answer = get("/source.schema.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/schema+json"
    schema = answer.json()
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "Target" in schema["definitions"]


def test_picture_seals_itself(get):
    answer = get("/picture")
    assert answer.status_code == 200
    seal = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)"', answer.text)[
        1
    ]
    assert "sha256-" in seal
    assert "unsafe" not in seal
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


def test_hosts_that_are_none_of_ours_get_no_page(base):
    assert httpx.get(base + "/", headers={"Host": "evil.example"}).status_code == 400
