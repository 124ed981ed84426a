"""Several processes that serve at one address, and the one that started them, which replaces those that end.

All accept from the same sockets, so no connection is lost with a process that ends before it has
accepted it. Each is held by a pipe as the workers are: none outlives the process that started it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from kg.base import KgError, StoreError
from kg.serve.jobs import Budget, Reply
from kg.serve.metrics import FOLDER
from kg.serve.running import TWICE, serve_at
from kg.serve.settings import Settings
from kg.serve.tokens import read_tokens
from kg.serve.worker import hold_on

if TYPE_CHECKING:
    from collections.abc import Callable

START: Final = 120.0
"""Seconds in which a process has to serve."""

PAUSE: Final = 0.5
"""Seconds before a process that has ended is replaced; twice as many each time that it ends again soon."""


class Crew:
    """So many processes that serve a place at the same sockets."""

    def __init__(  # noqa: PLR0913 - how they serve
        self, sockets: list[socket.socket], place: str, settings: Settings, *,
        size: int, count: int, announce: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Plan them; `run` starts them, and announces a folder that has to go with this process."""
        self._announce = announce
        self._sockets, self._settings, self._count = sockets, settings, count
        self._told = {"place": place, "size": size, "settings": _plain(settings)}
        self._members: dict[asyncio.subprocess.Process, int] = {}
        self._ending: asyncio.Event
        self._since = 0.0

    def run(self, ready: Callable[[], None]) -> None:
        """Serve until this process is told to stop.

        Raises:
            StoreError: one of them cannot serve.
        """
        with tempfile.TemporaryDirectory(prefix=".kg-counts-") as folder:
            self._announce(folder)
            asyncio.run(self._run(ready, folder))

    async def _run(self, ready: Callable[[], None], folder: str) -> None:
        self._ending = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
                loop.add_signal_handler(number, self._end)
        try:
            first = await self._start(folder)
            more = 0 if self._ending.is_set() else self._count - 1
            others = await asyncio.gather(*(self._start(folder) for _ in range(more)))
            ready()
            await asyncio.gather(*(self._keep(one, folder) for one in (first, *others)))
        finally:
            for process, lifeline in self._members.items():
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                os.close(lifeline)

    def _end(self) -> None:
        """Have all finish what they do; whoever asks again, a while later, does not want to wait."""
        now = time.monotonic()
        again = self._ending.is_set() and now - self._since > TWICE
        self._since = self._since or now
        self._ending.set()
        for one in self._sockets:  # nobody new is let in, who would wait for nothing
            one.close()
        for process in self._members:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL if again else signal.SIGTERM)

    async def _keep(self, process: asyncio.subprocess.Process, folder: str) -> None:
        """Have another process take the place of one that ends, until all are to end."""
        pause = PAUSE
        while True:
            began = time.monotonic()
            await process.wait()
            os.close(self._members.pop(process))
            _forget(process.pid, folder)
            if self._ending.is_set():
                return
            pause = PAUSE if time.monotonic() - began > 60 * PAUSE else min(2 * pause, 60 * PAUSE)
            again = await self._again(pause, folder)
            if again is None:
                return
            process = again

    async def _again(self, pause: float, folder: str) -> asyncio.subprocess.Process | None:
        """Start another process after a pause, however often that takes; None where all are to end."""
        while not self._ending.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), pause)
                break
            with contextlib.suppress(StoreError, OSError):
                return await self._start(folder)
        return None

    async def _start(self, folder: str) -> asyncio.subprocess.Process:
        ours, theirs = socket.socketpair()
        end, lifeline = os.pipe()
        listened = [one.fileno() for one in self._sockets]
        families = [int(one.family) for one in self._sockets]
        told = self._told | {
            "channel": theirs.fileno(), "lifeline": end, "sockets": listened, "families": families,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.crew", json.dumps(told), stdin=asyncio.subprocess.DEVNULL,
            env=os.environ | {FOLDER: folder}, pass_fds=(theirs.fileno(), end, *listened),
        )  # fmt: skip
        theirs.close()
        os.close(end)
        self._members[process] = lifeline
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            async with asyncio.timeout(START):
                line = await reader.readline()
        except TimeoutError:
            line = b""
        finally:
            writer.close()
        reply = Reply.of(line) if line else Reply("failed", message="a process ended as it began")
        if reply.outcome != "ok":
            os.close(self._members.pop(process))
            await process.wait()
            raise StoreError(reply.message)
        if self._ending.is_set():
            process.terminate()
        return process


def _forget(pid: int, folder: str) -> None:
    """Have what a process that has ended was doing no longer counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid, folder)  # type: ignore[no-untyped-call] # the library has no types there


def _plain(settings: Settings) -> dict[str, object]:
    """Return settings as JSON has them, without what nobody may read in the arguments of a process."""
    return asdict(replace(settings, tokens=()))


def main() -> None:
    """Serve as one of a crew, which was started with descriptors and what to serve."""
    told = json.loads(sys.argv[1])
    hold_on(told["lifeline"])
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # whoever started it decides when it is over
    channel = socket.socket(fileno=told["channel"])
    given = told["settings"]
    given |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    settings = Settings(
        **given | {"budget": Budget(**given["budget"]), "tokens": read_tokens(os.environ)}
    )
    sockets = [
        socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=number)
        for family, number in zip(told["families"], told["sockets"], strict=True)
    ]

    def ready() -> None:
        channel.sendall(Reply("ok").to_bytes())
        channel.close()

    try:
        serve_at(sockets, told["place"], settings, size=told["size"], ready=ready)
    except KgError as error:
        channel.sendall(Reply("failed", message=str(error)).to_bytes())


if __name__ == "__main__":
    main()
