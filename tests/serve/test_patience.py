"""Who is slow is waited for, and not for ever: with shorter times than a server has."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from kg.serve import patience

SHORT = 0.4
LARGE = 32 << 20


async def app(scope, receive, send) -> None:
    assert scope["type"] == "http"
    while (message := await receive()).get("more_body"):
        pass
    if message["type"] == "http.disconnect":
        return
    size = LARGE if scope["path"] == "/large" else 5
    headers = [(b"content-length", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(0, size, 1 << 18):
        piece = b"x" * min(size, 1 << 18)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body"})


@pytest.fixture
def server(monkeypatch) -> Iterator[uvicorn.Server]:
    for name in ("HEAD", "BODY", "TAKE"):
        monkeypatch.setattr(patience, name, SHORT)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=patience.PatientProtocol, lifespan="off", log_level="critical"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, args=([listener],))
    thread.start()
    while not running.started:
        time.sleep(0.01)
    running.address = listener.getsockname()
    yield running
    running.should_exit = True
    thread.join(10)
    listener.close()


def connect(server: uvicorn.Server) -> socket.socket:
    return socket.create_connection(server.address, timeout=5)


def until_closed(channel: socket.socket) -> tuple[bytes, float]:
    """Return what comes until the server hangs up, and how long that takes."""
    began, got = time.monotonic(), b""
    try:
        while piece := channel.recv(65536):
            got += piece
    except ConnectionResetError:
        pass
    return got, time.monotonic() - began


def answered(channel: socket.socket) -> bytes:
    """Return an answer, which may come in several pieces."""
    got = b""
    while not got.endswith(b"xxxxx"):
        piece = channel.recv(65536)
        assert piece, got
        got += piece
    return got


ASK = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def test_who_says_nothing_is_left(server):
    with connect(server) as channel:
        got, seconds = until_closed(channel)
    assert got == b""
    assert SHORT * 0.8 < seconds < 3


@pytest.mark.parametrize("before", [b"", ASK])
def test_who_drips_a_head_is_told_and_left(server, before):
    with connect(server) as channel:
        channel.sendall(before)
        if before:
            assert answered(channel).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        channel.sendall(b"GET / HTTP/1.1\r\nX-Drip: ")
        channel.settimeout(0.1)
        got = b""
        while time.monotonic() - began < 3:
            try:
                channel.sendall(b"a")
                got += channel.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                break
            if got:
                break
    assert got.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 2


def test_who_drips_a_body_is_left(server):
    with connect(server) as channel:
        channel.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc")
        got, seconds = until_closed(channel)
    assert got == b""
    assert SHORT * 0.8 < seconds < 3


def test_who_does_not_read_is_left_and_what_it_has_asked_is_not_kept(server):
    with connect(server) as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        channel.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(3 * SHORT)
        assert not server.server_state.connections
        assert not server.server_state.tasks


def test_who_reads_steadily_gets_all_however_long_it_takes(server):
    with connect(server) as channel:
        channel.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        got, began = 0, time.monotonic()
        while piece := channel.recv(1 << 18):
            got += len(piece)
            time.sleep(0.01)
    assert got > LARGE
    assert time.monotonic() - began > SHORT


def test_who_asks_in_time_is_answered_again_and_again(server):
    with connect(server) as channel:
        for _ in range(4):
            time.sleep(SHORT / 2)
            channel.sendall(ASK)
            assert answered(channel).startswith(b"HTTP/1.1 200")
