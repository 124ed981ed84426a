"""What is told of every request, once it is answered: to a log, and to whatever counts.

A log has a line of JSON a request. It never has a token, nor what was asked: of that it has a digest, by
which the same question is known again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Final, Literal

from starlette.routing import Match

from kg.serve.visit import Visit, begin, network, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Clients = Literal["network", "whole", "none"]
"""How much of a client's address a log has: its network, all of it, or nothing."""

LONGEST: Final = 500
"""How many characters of a path a log has."""

GONE: Final = 499
"""The code that stands in a log for whoever left before the answer."""


@dataclass(frozen=True)
class Access:
    """A request that is over: its code, and the bytes and seconds that it took, on the way and in workers."""

    visit: Visit
    method: str
    path: str
    route: str
    status: int
    size: int
    seconds: float

    @property
    def level(self) -> str:
        """How much it matters: `error` where the server failed, `warning` where the request was refused.

        >>> Access(Visit(), "GET", "/", "/", 503, 0, 0.1).level
        'error'
        """
        return "error" if self.status >= 500 else "warning" if self.status >= 400 else "info"  # noqa: PLR2004 - RFC 9110


class Observed:
    """Middleware, the outermost, that tells of every request."""

    def __init__(self, app: ASGIApp, tell: Sequence[Callable[[Access], None]]) -> None:
        """Stand before an application, and tell each of `tell`."""
        self.app, self._tell = app, tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and tell."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit, began = Visit.of(scope), time.monotonic()
        begin(visit)
        status = size = 0

        async def count(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif scope["method"] != "HEAD":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, count)
        except Exception:
            status = status or 500  # with which what is around this answers
            raise
        finally:
            access = Access(
                visit, scope["method"], path_of(scope), route_of(scope), status or GONE, size, time.monotonic() - began,
            )  # fmt: skip
            for tell in self._tell:
                tell(access)


def route_of(scope: Scope) -> str:
    """Return the path of the route that answers a request, or would have, as it is written in the application; else `other`."""
    route = scope.get("route")
    if route is None and "app" in scope:  # answered by a layer before it
        matching = (one for one in scope["app"].routes if one.matches(scope)[0] is Match.FULL)
        route = next(matching, None)
    return getattr(route, "path", "other")


class AccessLog:
    """A log in a file, to which it is appended, also after another one has taken its place; or `-`, standard output."""

    def __init__(self, place: str, clients: Clients = "network") -> None:
        """Open the log.

        Raises:
            OSError: it cannot be written.
        """
        # Its own: what a program does with its loggers does not concern it.
        self._log = logging.Logger("kg.access")  # noqa: LOG001
        self._log.addHandler(
            logging.StreamHandler(sys.stdout)
            if place == "-"
            else WatchedFileHandler(place, encoding="utf-8")
        )
        self._clients = clients

    def close(self) -> None:
        """Write no more."""
        for handler in self._log.handlers:
            handler.close()

    def write(self, access: Access) -> None:
        """Append the line of a request."""
        self._log.info("%s", json.dumps(self.entry(access, datetime.now(UTC))))

    def entry(self, access: Access, now: datetime) -> dict[str, str | int | float]:
        """Return what the log says of a request that is over now."""
        said: dict[str, str | int | float] = {
            "time": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": access.level, "method": access.method[:20], "path": access.path[:LONGEST],
            "status": access.status, "bytes": access.size, "ms": round(access.seconds * 1000, 1),
            "worker_ms": round(access.visit.worker * 1000, 1),
        }  # fmt: skip
        if self._clients != "none" and access.visit.client:
            whole = self._clients == "whole"
            said["client"] = access.visit.client if whole else network(access.visit.client, 24, 48)
        if access.visit.query:
            said["query"] = hashlib.sha256(access.visit.query.encode()).hexdigest()[:16]
        return said
