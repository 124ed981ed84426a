#!/usr/bin/env bash
# What: uvicorn by httptools, which it takes where that is installed, has no bound on the head of a request, answers one with two
#   hosts, one with none, and one of HTTP/0.9; by h11 it refuses all four. `h11_max_incomplete_event_size` is of h11 alone.
# Version: uvicorn 0.54.0, httptools 0.9.0, h11 0.16.0.
# Measured: November 2026.
# Why it matters: which of the two reads requests follows from what else is installed. A head that never ends fills memory; of two
#   hosts a proxy may have checked the other one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check uvicorn==0.54.0 httptools==0.9.0 h11==0.16.0 ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - 2> "$work/log" <<'PYTHON' || { cat "$work/log" >&2; exit 1; }
import socket
import sys
import threading
import time

import uvicorn

PIECE, PIECES = b"a" * (1 << 16), 64
END = b"Connection: close\r\n\r\n"
REQUESTS = {
    "a head of 4 MiB": [b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: ", *[PIECE] * PIECES, b"\r\n" + END],
    "two hosts": [b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + END],
    "no host": [b"GET / HTTP/1.1\r\n" + END],
    "HTTP/0.9": [b"GET /\r\n\r\n"],
}


async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})


def answers(kind: str) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, http=kind, lifespan="off", log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        found = {name: asked(listener.getsockname(), pieces) for name, pieces in REQUESTS.items()}
        server.should_exit = True
        thread.join()
    return found


def asked(address, pieces) -> str:
    with socket.create_connection(address, timeout=5) as channel:
        try:
            for piece in pieces:
                channel.sendall(piece)
                time.sleep(0.002)
            return channel.recv(4096)[9:12].decode()
        except ConnectionError:
            return "400"  # it has hung up before it was all there


for kind, expected in (("httptools", "200"), ("h11", "400")):
    for name, code in answers(kind).items():
        print(f"{kind}, {name}: {code}")
        if code != expected:
            sys.exit(f"changed: in November 2026 the answer was {expected}")
PYTHON
