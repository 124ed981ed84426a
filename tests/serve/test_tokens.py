"""Who bears no token is told so, and nothing else."""

from pathlib import Path

import httpx
import pytest

from kg.base import UsageError
from kg.serve.tokens import read_tokens
from tests.serve.conftest import Server
from tests.serve.test_holding import workers

ASK = "ASK { id:xiaomi cp:partnerOf id:mobikwik }"
FIRST, SECOND = "first-token-of-two", "second.token/of+two="


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    log = tmp_path_factory.mktemp("log") / "access.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_TOKEN", f"{FIRST}, {SECOND}")
        server = Server(
            "--workers", "1", "--access-log", str(log), "--allow-origin", "https://pages.example"
        )
    server.log = log
    yield server
    server.stop()


def ask(server, *headers: tuple[str, str]) -> httpx.Response:
    return httpx.get(server.url, params={"query": ASK}, headers=list(headers), timeout=30)


@pytest.mark.parametrize("token", [FIRST, SECOND], ids=["first", "second"])
def test_either_token_opens(guarded, token):
    for kind in ("Bearer", "bearer", "BEARER"):
        answer = ask(guarded, ("Authorization", f"{kind} {token}"))
        assert answer.json()["boolean"] is True
    assert answer.headers["cache-control"].startswith("private, ")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Authorization", "Bearer wrong")],
        [("Authorization", "Bearer")],
        [("Authorization", f"Basic {FIRST}")],
        [("Authorization", FIRST)],
        [("Authorization", f"Bearer {FIRST}x")],
        [("Authorization", f"Bearer {FIRST[:-1]}")],
        [("Authorization", f"Bearer {FIRST} {SECOND}")],
        [("Authorization", f"Bearer {FIRST}"), ("Authorization", f"Bearer {FIRST}")],
        [("Cookie", f"token={FIRST}")],
    ],
)
def test_nothing_else_does(guarded, headers):
    answer = ask(guarded, *headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="kg"')
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.text.splitlines()) == 1
    assert "boolean" not in answer.text


def test_a_token_in_the_address_does_not_count(guarded):
    for name in ("token", "access_token"):
        assert httpx.get(guarded.url, params={"query": ASK, name: FIRST}).status_code == 401


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/graphs?default", "/metrics", "/openapi.json", "/none", "/healthz/x"]
)
def test_every_address_is_guarded(guarded, path):
    assert httpx.get(httpx.URL(guarded.url).join(path)).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_but_those_that_say_no_more_than_that_it_lives(guarded, path):
    answer = httpx.get(httpx.URL(guarded.url).join(path))
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_page_that_may_ask_is_told_so_before_it_shows_its_token(guarded):
    asked = {
        "Origin": "https://pages.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = httpx.options(guarded.url, headers=asked)
    assert answer.status_code == 200
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


def test_what_somebody_has_already_is_not_told_to_others(guarded):
    tag = ask(guarded, ("Authorization", f"Bearer {FIRST}")).headers["etag"]
    assert ask(guarded, ("If-None-Match", tag)).status_code == 401


def test_no_token_is_in_the_log_in_arguments_or_in_the_workers(guarded):
    ask(guarded, ("Authorization", f"Bearer {FIRST}"))
    assert guarded.log.read_text().count("\n") > 5
    assert FIRST not in guarded.log.read_text()
    for pid in workers(guarded):
        assert FIRST.encode() not in Path(f"/proc/{pid}/environ").read_bytes()
        assert FIRST.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.parametrize("value", ["", " , ", "with\tä", "two words; one"])
def test_a_variable_that_holds_no_token_opens_nothing(value):
    with pytest.raises(UsageError):
        read_tokens({"KG_TOKEN": value})
