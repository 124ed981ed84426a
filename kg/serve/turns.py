"""Whose turn it is: so many work at a time, and of those who wait first whoever has least at work.

One client that asks for much waits for itself, and not everybody for it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from typing import TYPE_CHECKING, Final

from kg.base import KgError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WAIT: Final = 10.0
"""Seconds that a request waits for its turn at most."""


class BusyError(KgError):
    """All workers are at work, and as many queries wait as may, or for as long as they may."""


class ShareError(BusyError):
    """One client has as many queries as one may have, while others find room."""


class GoneError(KgError):
    """Whoever asked has left."""


class Turns:
    """The turns of clients: `size` at a time, at most `waiting` wait, and three quarters of both are for one client."""

    def __init__(self, size: int, waiting: int) -> None:
        """Begin with nobody at work."""
        self.size, self.most = size, size + waiting
        self.share = max(1, self.most * 3 // 4)
        self._working: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._free = size

    @property
    def count(self) -> int:
        """How many work or wait."""
        return self._working.total() + sum(map(len, self._waiting.values()))

    @contextlib.asynccontextmanager
    async def turn(
        self, client: str, left: asyncio.Future[None] | None = None
    ) -> AsyncIterator[None]:
        """Wait for a turn, and have it for as long as the context lasts.

        Args:
            client: whose turn it is.
            left: done when the client no longer waits.

        Raises:
            GoneError: the client has left.
            ShareError: the client has as many already as one may have.
            BusyError: too many wait already, or no turn came in time.
        """
        await self._take(client, left)
        try:
            yield
        finally:
            self._give_back(client)

    async def _take(self, client: str, left: asyncio.Future[None] | None) -> None:
        waits = self._waiting.get(client, ())
        if self._working[client] + len(waits) >= self.share:
            raise ShareError("you have too many queries being answered; ask again in a moment")
        if self.count >= self.most:
            raise BusyError("too many queries are being answered; ask again in a moment")
        called = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(called)
        self._call()
        try:
            ends = {called, left} if left else {called}
            await asyncio.wait(ends, timeout=WAIT, return_when=asyncio.FIRST_COMPLETED)
            _come(called, left)
        except BaseException:
            self._leave(client, called)
            raise

    def _leave(self, client: str, called: asyncio.Future[None]) -> None:
        """Give back a turn that nobody takes, or no longer wait for it."""
        if called.done():
            self._give_back(client)
            return
        waits = self._waiting[client]
        waits.remove(called)
        if not waits:
            del self._waiting[client]

    def _give_back(self, client: str) -> None:
        self._working[client] -= 1
        if not self._working[client]:
            del self._working[client]
        self._free += 1
        self._call()

    def _call(self) -> None:
        """Give what is free to whoever waits: to the client that has least at work, and of those the first to come."""
        while self._free and self._waiting:
            client = min(self._waiting, key=self._working.__getitem__)
            waits = self._waiting.pop(client)
            called = waits.popleft()
            if waits:  # it stands behind those that have as much at work
                self._waiting[client] = waits
            self._working[client] += 1
            self._free -= 1
            called.set_result(None)


def _come(called: asyncio.Future[None], left: asyncio.Future[None] | None) -> None:
    if left and left.done():
        raise GoneError("whoever asked has left")
    if not called.done():
        raise BusyError(f"no turn came in {WAIT:g} seconds; ask again in a moment")
