"""Several processes serve as one, none is missed, and all end when they are told to."""

import concurrent.futures
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

import kg
from tests.serve.conftest import Server
from tests.serve.test_holding import wait, workers

ASK = "ASK { id:xiaomi cp:partnerOf id:mobikwik }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def crew(server: Server) -> list[int]:
    """Return the processes that serve, in order."""
    found, waiting = [], [server.process.pid]
    while waiting:
        pid = waiting.pop()
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            if b"kg.serve.crew" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
    return sorted(found)


@pytest.fixture(scope="module")
def several():
    server = Server("--processes", "2", "--workers", "1", "--query-seconds", "2")
    yield server
    assert server.stop() == 0


def test_all_of_them_answer_and_are_counted_together(several):
    assert len(crew(several)) == 2
    assert len(workers(several)) == 4
    counts = httpx.URL(several.url).join("/metrics")

    def answered() -> float:
        found = re.findall(r'kg_requests_total\{.*route="/sparql"\} (\S+)', httpx.get(counts).text)
        return sum(map(float, found))

    before = answered()
    for _ in range(20):  # each by a connection of its own
        assert several.get(ASK).json()["boolean"] is True
    assert answered() == before + 20
    idle = re.search(r'kg_workers\{state="idle"\} (\S+)', httpx.get(counts).text)
    assert idle
    assert float(idle[1]) == 4


def test_one_that_is_killed_is_replaced_while_the_others_answer(several):
    before = crew(several)
    os.kill(before[0], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while len(crew(several)) < 2 or before[0] in crew(several):
        assert several.get(ASK).status_code == 200
        assert time.monotonic() < deadline
    wait(lambda: len(workers(several)) == 4)
    assert several.get(ASK).status_code == 200


def test_a_store_that_is_built_anew_is_taken_up_under_load_without_a_lost_request(tmp_path):
    source, store = tmp_path / "a.ttl", tmp_path / "store"

    def build(number: int) -> None:
        source.write_text(f"<urn:a> <urn:b> <urn:number-{number}> .")
        kg.build([source], check=False).save(store)

    build(0)
    server = Server(str(store), "--processes", "2", "--workers", "2")
    seen: list[tuple[int, str]] = []
    done = threading.Event()

    def ask() -> None:
        with httpx.Client(timeout=30) as client:
            while not done.is_set():
                answer = client.get(
                    server.url,
                    params={"query": "SELECT ?o { <urn:a> <urn:b> ?o }"},
                    headers={"Accept": "text/csv"},
                )
                seen.append((answer.status_code, answer.text.split()[-1]))

    try:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask) for _ in range(4)]
            for number in range(1, 4):
                time.sleep(1.5)
                build(number)
            wait(lambda: {text for _, text in seen[-20:]} == {"urn:number-3"})
            done.set()
            for one in asking:
                one.result(30)
    finally:
        done.set()
        server.stop()
    assert {status for status, _ in seen} == {200}
    assert {text for _, text in seen} >= {"urn:number-0", "urn:number-3"}
    assert len(seen) > 50


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_terminal_ends_it_as_a_supervisor_does(processes, number):
    server = Server("--processes", processes, "--workers", "1")
    started = [*crew(server), *workers(server)]
    server.process.send_signal(number)
    assert server.process.wait(10) == 0
    wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), 5)
    server.stop()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_what_is_being_answered_is_answered_when_it_is_told_to_stop(processes):
    server = Server("--processes", processes, "--workers", "1", "--query-seconds", "3")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.get, SLOW)
        time.sleep(1)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        with pytest.raises(httpx.ConnectError):  # nobody new is let in
            server.get(ASK)
        answer = asked.result(10)
    assert answer.status_code == 504  # its time is over, as it would have been anyway
    assert "longer than 3 seconds" in answer.text
    assert server.process.wait(10) == 0
    assert time.monotonic() - began < 6
    server.stop()


@pytest.mark.parametrize("processes", ["1", "2"])
def test_who_tells_it_twice_does_not_wait_and_nothing_is_left(monkeypatch, tmp_path, processes):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    server = Server("--processes", processes, "--workers", "1", "--query-seconds", "30")
    assert list(tmp_path.iterdir())
    started = [*crew(server), *workers(server)]
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.get, SLOW)
        time.sleep(1)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
        with pytest.raises(httpx.HTTPError):
            asked.result(10)
    assert time.monotonic() - began < 3
    wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), 5)
    assert not list(tmp_path.iterdir())
    server.stop()


def test_a_place_that_cannot_be_opened_is_told_in_one_sentence():
    for processes in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "http://127.0.0.1:9/", "--port", "0", "--processes", processes],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 3
        assert len(done.stderr.splitlines()) == 1
        assert "127.0.0.1:9" in done.stderr


def test_an_address_that_is_taken_is_told_in_one_sentence(several):
    port = str(httpx.URL(several.url).port)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--port", port],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert port in done.stderr.splitlines()[-1]
