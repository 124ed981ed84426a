"""Requests over HTTP/1.1 from so many clients at a time, by plain sockets in one thread: some 25 µs each.

A client library takes longer for a request than the servers that are measured. Each client has one connection, which it
keeps; it sends the next request when the answer is whole, and all end with whole answers, so that no server is
left at work.
"""

from __future__ import annotations

import itertools
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
    """Send requests in turn until `count` are answered, and time each; who finds no room asks again.

    Raises:
        LoadError: an answer is no success, none comes, or there is room for less than half.
    """
    with selectors.DefaultSelector() as selector:
        crowd = _Crowd(url, selector, requests, count)
        began = time.perf_counter()
        some = [crowd.add() for _ in range(min(clients, count))]
        while len(crowd.load.seconds) < count:
            ready = selector.select(PATIENCE)
            if not ready or crowd.load.refused > count:
                raise LoadError(f"{url}: answers nothing for {PATIENCE:g} s, or has no room")
            for key, _ in ready:
                if key.data.read():
                    crowd.go_on(key.data)
        crowd.load.wall = time.perf_counter() - began
        for client in some:
            client.channel.close()
    return crowd.load


class _Crowd:
    """The clients of one load, and what is still to be asked."""

    def __init__(
        self, url: str, selector: selectors.BaseSelector, requests: Sequence[bytes], count: int
    ) -> None:
        parts = urlsplit(url)
        self._address = str(parts.hostname), int(parts.port or 80)
        self._selector = selector
        self._rest = itertools.islice(itertools.cycle(requests), count)
        self.load = Load()

    def add(self) -> _Client:
        """Have one more client ask."""
        client = _Client(self._address)
        self._selector.register(client.channel, selectors.EVENT_READ, client)
        client.send(next(self._rest))
        return client

    def go_on(self, client: _Client) -> None:
        """Note the answer that a client has got, and have it ask for the next, or go."""
        if client.refused:
            self.load.refused += 1
            client.send(client.asked)
            return
        self.load.seconds.append(time.perf_counter() - client.began)
        if (data := next(self._rest, None)) is not None:
            client.send(data)
        else:  # a server hangs up where nothing is asked for a while
            self._selector.unregister(client.channel)


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
