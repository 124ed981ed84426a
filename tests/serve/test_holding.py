"""The server holds: slow, large and hostile requests end, and it answers on."""

import asyncio
import contextlib
import os
import resource
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

import kg
from tests.serve.conftest import Server

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ASK = "ASK { id:xiaomi ?p ?o }"

WORKERS = 2  # as the fixture starts it; one more may stand by


def workers(server: Server) -> set[int]:
    found, waiting = set(), [server.process.pid]
    assert Path(f"/proc/{server.process.pid}/task").exists()
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may end meanwhile
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(one) for one in (task / "children").read_text().split()]
            if b"kg.serve.worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.add(pid)
    return found


def wait(condition, seconds: float = 15.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_slow_query_ends_in_time_and_the_others_are_answered(server):
    async def ask() -> list[tuple[int, float]]:
        async with httpx.AsyncClient(timeout=60) as client:

            async def one(query: str) -> tuple[int, float]:
                began = time.monotonic()
                answer = await client.get(server.url, params={"query": query})
                return answer.status_code, time.monotonic() - began

            return await asyncio.gather(one(SLOW), *(one(ASK) for _ in range(20)))

    (status, seconds), *others = asyncio.run(ask())
    assert status == 504
    assert 6 <= seconds < 9
    assert {code for code, _ in others} == {200}
    assert max(took for _, took in others) < 6
    assert server.get(ASK).status_code == 200


def test_whoever_leaves_frees_the_worker(server):
    before = workers(server)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(server.url, params={"query": SLOW}, timeout=0.5)
    # The worker that was at work is gone at once, and not only when its time is over.
    wait(lambda: bool(before - workers(server)), 4)
    wait(lambda: len(workers(server)) == len(before))
    assert server.get(ASK).status_code == 200


def test_a_worker_that_is_killed_costs_one_query_and_is_replaced(server):
    before = workers(server)
    for pid in before:
        # One that another test has ended may be replaced at this very moment.
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait(lambda: len(workers(server)) >= WORKERS and not workers(server) & before)
    assert server.get(ASK).status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /sparql?query=" + b"A" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 99999999999\r\n\r\nASK",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /sparql?query=%00%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: " + b"a/b," * 3000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_harms_nobody(server, raw):
    host, port = httpx.URL(server.url).host, httpx.URL(server.url).port
    with socket.create_connection((host, port), timeout=10) as channel:
        answer = b""
        with contextlib.suppress(OSError):  # it may have hung up before it has read all
            channel.sendall(raw)
            channel.shutdown(socket.SHUT_WR)
            answer = channel.recv(65536)
    assert not answer or int(answer.split()[1]) in {400, 404, 406, 413, 414, 431}
    assert server.get(ASK).status_code == 200


def test_only_the_names_of_the_server_are_answered(server):
    for name in (
        "evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "[::2]",
        "localhost:x",
    ):
        answer = httpx.get(server.url, params={"query": ASK}, headers={"Host": name})
        assert answer.status_code == 400
        assert "--allow-host" in answer.text
    for name in ("127.0.0.1", "LOCALHOST:1234", "[::1]"):
        answer = httpx.get(server.url, params={"query": ASK}, headers={"Host": name})
        assert answer.status_code == 200


def test_whether_it_lives_is_told_by_any_name(server):
    for path in ("/healthz", "/readyz"):
        answer = httpx.get(httpx.URL(server.url).join(path), headers={"Host": "10.1.2.3:8000"})
        assert (answer.status_code, answer.text) == (200, "ok\n")
        assert "etag" not in answer.headers  # nobody is told so because it was so before


def test_pages_of_others_may_not_ask_unless_they_are_allowed(server):
    answer = httpx.get(
        server.url, params={"query": ASK}, headers={"Origin": "https://evil.example"}
    )
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_answer_that_is_too_large_is_refused_whole(server):
    answer = server.get("SELECT * { ?s ?p ?o }")
    assert answer.status_code == 413
    assert answer.text == "the answer has more than 1 MiB; ask for less with LIMIT\n"


def test_a_store_that_is_built_anew_is_taken_up_without_a_lost_request(tmp_path):
    source = tmp_path / "a.ttl"
    said = "<urn:a> <urn:b> <urn:{}> ."
    source.write_text(said.format("first"))
    store = tmp_path / "store"
    kg.build([source], check=False).save(store)
    server = Server(str(store), "--workers", "2")
    try:
        query = "SELECT ?o { <urn:a> <urn:b> ?o }"
        assert "urn:first" in server.get(query).text
        source.write_text(said.format("second"))
        kg.build([source], check=False).save(store)
        seen = []
        until = time.monotonic() + 20
        while "urn:second" not in (seen[-1].text if seen else ""):
            assert time.monotonic() < until
            seen.append(server.get(query))
        assert {answer.status_code for answer in seen} == {200}
    finally:
        server.stop()


def test_a_server_that_is_told_to_stop_ends_with_all_its_processes():
    server = Server("--workers", "2")
    found = workers(server)
    assert len(found) == 3
    server.stop()
    wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in found), 5)


def test_a_server_that_is_killed_takes_its_workers_along():
    server = Server("--workers", "1")
    found = workers(server)
    server.process.kill()
    server.stop()
    wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in found), 5)


def test_a_place_without_a_store_is_told(tmp_path):
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", str(tmp_path / "none.ttl")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "none.ttl" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_shell_that_gives_few_descriptors_keeps_nobody_out():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1024:
        pytest.skip("no more may be had here")
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (128, hard)
    )  # as `ulimit -Sn 128` does for what is started
    try:
        server = Server("--workers", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    where = httpx.URL(server.url)
    with contextlib.ExitStack() as idle:
        idle.callback(server.stop)
        for _ in range(200):
            idle.enter_context(socket.create_connection((where.host, where.port), 5))
        assert server.get("ASK {}").status_code == 200
