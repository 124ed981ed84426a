"""Requests over HTTP/1.1 from so many clients at a time, by plain sockets in one thread: some 25 µs each.

A client library takes longer for a request than the servers that are measured. Each client has one connection, which it
keeps; it sends the next request when the answer is whole, and all end with whole answers, so that no server is
left at work.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE: Final = 120.0
"""Seconds after which a server that sends nothing is given up."""

_PIECE: Final = 1 << 18
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


class LoadError(Exception):
    """A server that answers with something else than an answer."""


@dataclass
class Load:
    """What was seen: how many seconds each request took, in all, and how many the server had no room for."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    refused: int = 0

    def quantile(self, part: float) -> float:
        """Return how many seconds such a part of all requests took at most."""
        ranked = sorted(self.seconds)
        return ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def request(url: str, query: str, accept: str) -> bytes:
    """Return a request by GET, as bytes."""
    parts = urlsplit(url)
    target = f"{parts.path}?{urlencode({'query': query})}"
    return (f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {accept}\r\n\r\n").encode()


def put_load(url: str, requests: Sequence[bytes], *, clients: int, count: int) -> Load:
    """Send requests in turn until `count` are answered, and time each.

    Raises:
        LoadError: an answer is no success, or none comes.
    """
    parts = urlsplit(url)
    load = Load()
    with selectors.DefaultSelector() as selector:
        some = [
            _Client((str(parts.hostname), int(parts.port or 80)))
            for _ in range(min(clients, count))
        ]
        began = time.perf_counter()
        sent = 0
        for client in some:
            selector.register(client.channel, selectors.EVENT_READ, client)
            client.send(requests[sent % len(requests)])
            sent += 1
        while len(load.seconds) < count:
            ready = selector.select(PATIENCE)
            if not ready:
                raise LoadError(f"{url}: has not answered in {PATIENCE:g} seconds")
            for key, _ in ready:
                client = key.data
                if not client.read():
                    continue
                if client.refused:  # it asks again
                    load.refused += 1
                    if load.refused > count:
                        raise LoadError(f"{url}: has no room for most")
                    client.send(client.asked)
                    continue
                load.seconds.append(time.perf_counter() - client.began)
                if sent < count:
                    client.send(requests[sent % len(requests)])
                    sent += 1
                else:  # a server hangs up where nothing is asked for a while
                    selector.unregister(client.channel)
        load.wall = time.perf_counter() - began
        for client in some:
            client.channel.close()
    return load


class _Client:
    """One connection, and the answer that comes on it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.channel = socket.create_connection(address)
        self.channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began, self.size = 0.0, 0
        self.asked, self.refused = b"", False
        self._head, self._tail = b"", b""
        self._whole: int | None = None  # how many bytes the answer will have, where that is told

    def send(self, data: bytes) -> None:
        self._head, self._tail, self._whole, self.size = b"", b"", None, 0
        self.asked, self.refused = data, False
        self.began = time.perf_counter()
        self.channel.sendall(data)

    def read(self) -> bool:
        """Take what has come, and tell whether that is the end of the answer."""
        data = self.channel.recv(_PIECE)
        if not data:
            raise LoadError("the server has hung up in the middle of an answer")
        self.size += len(data)
        if self._tail == b"" or self._head:
            data = self._head + data
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._head = data
                return False
            self._begin(data[:end], end + 4)
            self._head = b""
        self._tail = (self._tail + data)[-7:]
        if self._whole is not None:
            return self.size >= self._whole
        return self._tail == b"\r\n0\r\n\r\n"

    def _begin(self, head: bytes, length: int) -> None:
        self.refused = head[9:12] == b"503"
        if head[9:10] != b"2" and not self.refused:
            raise LoadError(f"the server answers {head[9:60].splitlines()[0].decode()}")
        if told := _LENGTH.search(head):
            self._whole = length + int(told[1])
        elif not _CHUNKED.search(head):
            raise LoadError("the server does not tell where its answer ends")
