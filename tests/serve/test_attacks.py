"""Whatever comes, the server still answers afterwards, in its bounds of time and memory, with all its workers."""

import contextlib
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serve.attacks import ASK, END, HOST, REQUESTS, UNFINISHED, as_request, queries
from tests.serve.conftest import Server
from tests.serve.test_holding import wait, workers

SECONDS = 2.0
QUERIES = queries("http://127.0.0.1:9/")


@pytest.fixture(scope="module")
def held() -> Iterator[Server]:
    server = Server(
        "--workers", "2", "--query-seconds", str(SECONDS), "--query-memory", "400M", "--answer-size", "1M",
    )  # fmt: skip
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def nobody() -> Iterator[socket.socket]:
    """Somewhere that must not be asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        yield listener


def exchange(server: Server, request: bytes, seconds: float = SECONDS + 1) -> bytes:
    """Send bytes, and return all that comes back until the server hangs up."""
    url = httpx.URL(server.url)
    got = b""
    with socket.create_connection((url.host, url.port), timeout=seconds + 1) as channel:
        with contextlib.suppress(ConnectionError):  # it need not read all before it answers
            channel.sendall(request)
        until = time.monotonic() + seconds
        with contextlib.suppress(ConnectionError):
            while piece := channel.recv(65536):
                got += piece
                assert time.monotonic() < until, "it takes longer than was promised"
    return got


def memory(pid: int) -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) << 10


def served_by(server: Server) -> int:
    (child,) = (
        Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    )
    return int(child)


def still_holds(server: Server) -> None:
    began = time.monotonic()
    answer = server.get("ASK { id:xiaomi cp:partnerOf id:mobikwik }")
    assert answer.json()["boolean"] is True
    assert time.monotonic() - began < SECONDS + 1
    wait(lambda: len(workers(server)) == 3)


def test_there_are_many_attacks():
    assert len(QUERIES) + len(REQUESTS) > 90


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_that_means_no_good_ends_in_time(held, nobody, name):
    elsewhere = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
    query, codes = queries(elsewhere)[name]
    answer = exchange(held, as_request(query))
    assert int(answer.split()[1]) in codes, answer[:500]
    if not answer.startswith(b"HTTP/1.1 200"):
        told = answer.partition(b"\r\n\r\n")[2]
        assert told.endswith(b"\n")
        assert len(told.splitlines()) == 1
        assert len(told) < 2000
    still_holds(held)
    with pytest.raises(TimeoutError):
        nobody.accept()


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_that_means_no_good_is_answered_so(held, name):
    request, codes = REQUESTS[name]
    answer = exchange(held, request)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert int(head.split()[1]) in codes, answer[:500]
    assert head.count(b"\nHTTP/1.") == 0
    assert b"HTTP/1.1 404" not in body, "what was smuggled in was answered"
    for word in (b"set-cookie", b"access-control-allow", b"evil", b"server: "):
        assert word not in head.lower()
    assert b"root:" not in body
    assert b"Traceback" not in body
    still_holds(held)


@pytest.mark.parametrize("name", UNFINISHED)
def test_a_request_that_does_not_end_costs_a_connection_and_no_more(held, name):
    url = httpx.URL(held.url)
    with socket.create_connection((url.host, url.port), timeout=5) as channel:
        channel.sendall(UNFINISHED[name])
        still_holds(held)
        channel.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            assert channel.recv(4096) in {b"", b"HTTP/1.1 100 Continue\r\n\r\n"}


def test_requests_behind_each_other_are_answered_in_order(held):
    one = b"GET " + ASK + b" HTTP/1.1\r\n" + HOST
    answer = exchange(held, (one + b"\r\n") * 49 + one + END)
    assert answer.count(b"HTTP/1.1 200 OK") == 50


def test_who_leaves_again_and_again_frees_all(held):
    request = as_request(QUERIES["all triples of triples"][0])
    url = httpx.URL(held.url)
    for _ in range(20):
        with socket.create_connection((url.host, url.port), timeout=5) as channel:
            channel.sendall(request)
    still_holds(held)


def test_connections_that_say_nothing_keep_nobody_out(held):
    url = httpx.URL(held.url)
    with contextlib.ExitStack() as open_:
        for _ in range(200):
            channel = socket.create_connection((url.host, url.port), timeout=5)
            open_.enter_context(channel).sendall(b"GET /sparql HTTP/1.1\r\nX-Slow: ")
        still_holds(held)


def test_the_server_has_not_grown_by_any_of_it(held):
    before = memory(served_by(held))
    for name in ("too much", "many parameters", "a header without end", "much in a form"):
        for _ in range(10):
            exchange(held, REQUESTS[name][0])
    for name in ("a long string", "all pairs, told"):
        exchange(held, as_request(QUERIES[name][0]))
    assert memory(served_by(held)) - before < 60 << 20


def test_a_worker_has_no_network_where_the_system_lets_it_go_without(held):
    code = "from kg.serve.seclusion import seclude; print(seclude())"
    may = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    if may.stdout == "False\n":
        pytest.skip("this system gives a process no network of its own")
    here = Path("/proc/self/ns/net").readlink()

    def all_without() -> bool:
        with contextlib.suppress(FileNotFoundError):  # one has ended meanwhile
            theirs = [Path(f"/proc/{pid}/ns/net").readlink() for pid in workers(held)]
            return len(theirs) == 3 and here not in theirs
        return False

    wait(all_without)
