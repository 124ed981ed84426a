"""A crowd is told to come again, and one client who is a crowd keeps nobody else out."""

import asyncio
import time

import httpx
import pytest

from tests.serve.conftest import Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ASK = "ASK { id:xiaomi cp:partnerOf id:mobikwik }"


@pytest.fixture(scope="module")
def small():
    server = Server("--workers", "1", "--query-seconds", "1")
    yield server
    server.stop()


def client(address: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=200)
    transport = httpx.AsyncHTTPTransport(local_address=address, limits=limits)
    return httpx.AsyncClient(transport=transport, timeout=30)


def test_one_who_asks_for_much_is_told_so_and_others_are_answered_before(small):
    async def main() -> tuple[list[httpx.Response], httpx.Response, float]:
        async with client("127.0.0.1") as greedy, client("127.0.0.2") as modest:
            asked = [
                asyncio.ensure_future(greedy.get(small.url, params={"query": SLOW}))
                for _ in range(60)
            ]
            await asyncio.sleep(1.5)  # so that one is at work, and the others wait
            began = time.monotonic()
            answer = await modest.get(small.url, params={"query": ASK})
            seconds = time.monotonic() - began
            told = [one.result() for one in asked if one.done()]
            for one in asked:
                one.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            return told, answer, seconds

    told, answer, seconds = asyncio.run(main())
    assert answer.status_code == 200
    assert (
        seconds < 4
    )  # what is at work ends after a second; forty that came before would take forty
    refused = [one for one in told if one.status_code == 429]
    assert len(refused) == 60 - 48
    for one in refused:
        assert one.headers["retry-after"] == "1"
        assert one.text == "you have too many queries being answered; ask again in a moment\n"
    assert {one.status_code for one in told} <= {429, 504}
    assert small.get(ASK).status_code == 200


def test_too_many_at_a_time_are_told_so(small):
    async def main() -> list[int]:
        async with client("127.0.0.3") as first, client("127.0.0.4") as second:
            asked = [
                asyncio.ensure_future(one.get(small.url, params={"query": SLOW}))
                for one in (first, second) for _ in range(40)
            ]  # fmt: skip
            await asyncio.sleep(1.5)
            told = [one.result() for one in asked if one.done()]
            for one in asked:
                one.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            refused = [one for one in told if one.status_code == 503]
            assert {one.headers["retry-after"] for one in refused} == {"1"}
            return [one.status_code for one in told]

    codes = asyncio.run(main())
    assert codes.count(503) >= 80 - 65 - 2
    assert 429 not in codes
    assert small.get(ASK).status_code == 200


def test_a_server_that_has_much_to_do_lives(small):
    async def main() -> httpx.Response:
        async with client("127.0.0.1") as one:
            asked = [
                asyncio.ensure_future(one.get(small.url, params={"query": SLOW})) for _ in range(60)
            ]
            await asyncio.sleep(0.5)
            answer = await one.get(httpx.URL(small.url).join("/healthz"))
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            return answer

    assert asyncio.run(main()).status_code == 200
