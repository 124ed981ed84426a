"""Pages and their files travel packed to whoever takes them so, and are the same answers."""

from __future__ import annotations

import gzip

import httpx
import pytest

BROWSER = {"Accept": "text/html"}
MOST_ON_THE_WAY = 40_000
"""Bytes of a page and its style sheet before the first paint."""


@pytest.fixture(scope="module")
def base(server):
    return server.url.removesuffix("/sparql")


@pytest.fixture(scope="module")
def ask(base):
    def ask(
        path: str, coding: str = "gzip", method: str = "GET", **headers: str
    ) -> tuple[httpx.Response, bytes]:
        """Return the answer and its bytes as they came."""
        told = {**BROWSER, "Accept-Encoding": coding, **headers}
        with httpx.stream(method, base + path, headers=told, timeout=30) as answer:
            return answer, b"".join(answer.iter_raw())

    return ask


def static(ask) -> str:
    page = ask("/", "identity")[1].decode()
    return "/static/" + page.partition('href="/static/')[2].partition('"')[0]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/id/xiaomi",
        "/id/india",
        "/questions/outcome?company=xiaomi",
        "/questions/outcome.json",
    ],
)
def test_page_is_the_same_packed_and_not(ask, path):
    packed, data = ask(path, **({"Accept": "*/*"} if path.endswith("json") else {}))
    plain, whole = ask(path, "identity", **({"Accept": "*/*"} if path.endswith("json") else {}))
    assert packed.status_code == plain.status_code == 200
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(data) == whole
    assert len(data) < len(whole) / 3
    assert int(packed.headers["Content-Length"]) == len(data)
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


def test_little_has_to_come_before_the_first_paint(ask):
    style = len(ask(static(ask))[1])
    for path in ("/", "/id/xiaomi", "/id/india"):
        assert len(ask(path)[1]) + style < MOST_ON_THE_WAY


def test_what_is_packed_has_a_tag_of_its_own_and_is_not_sent_again(ask):
    packed, plain = (
        ask("/id/xiaomi")[0].headers["ETag"],
        ask("/id/xiaomi", "identity")[0].headers["ETag"],
    )
    assert packed != plain
    for coding, own, other in (("gzip", packed, plain), ("identity", plain, packed)):
        known, nothing = ask("/id/xiaomi", coding, **{"If-None-Match": own})
        assert (known.status_code, nothing) == (304, b"")
        assert known.headers["ETag"] == own
        assert known.headers["Vary"] == "Accept, Accept-Encoding"
        assert ask("/id/xiaomi", coding, **{"If-None-Match": other})[0].status_code == 200


@pytest.mark.parametrize("coding", ["identity", "", "gzip;q=0", "*, gzip;q=0", "br"])
def test_whoever_does_not_take_it_gets_it_as_it_is(ask, coding):
    for path in ("/id/xiaomi", static(ask)):
        answer, data = ask(path, coding)
        assert "Content-Encoding" not in answer.headers
        assert data[:2] != b"\x1f\x8b"


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_head_tells_what_get_sends(ask, coding):
    for path in ("/id/xiaomi", static(ask)):
        (told, nothing), (sent, data) = ask(path, coding, "HEAD"), ask(path, coding)
        assert nothing == b""
        assert int(told.headers["Content-Length"]) == len(data)
        for name in ("Content-Encoding", "ETag", "Vary", "Content-Type"):
            assert told.headers.get(name) == sent.headers.get(name)


def test_files_of_pages_are_packed(ask):
    packed, data = ask(static(ask))
    plain, whole = ask(static(ask), "identity")
    assert gzip.decompress(data) == whole
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/sparql?query=SELECT+*+{?s+%3Fp+%3Fo}+LIMIT+1000", "/graphs?graph=https://w3id.org/corporate-plans/id/medianama-2017-03-28", "/healthz"]
)  # fmt: skip
def test_what_programs_ask_is_left_as_it_is(ask, path):
    answer, data = ask(path, Accept="*/*")
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert data[:2] != b"\x1f\x8b"
    assert "Accept-Encoding" not in answer.headers.get("Vary", "")
