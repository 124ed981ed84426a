"""Workers in waiting: each query gets one for itself, which is killed where it takes too long.

A process that is killed leaves nothing behind but a place to fill: another one is started at once, and
there is always one more than may work at a time, so that nobody waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import KgError, StoreError, TimeLimitError
from kg.serve.jobs import Job, Reply
from kg.serve.worker import ASK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine

    from kg.serve.jobs import Budget

LOOK: Final = 1.0
"""Seconds between two looks at whether the store has been built anew."""

START: Final = 60.0
"""Seconds in which a worker has to have opened what it answers from."""


class BusyError(KgError):
    """All workers are at work, and as many queries wait as may."""


class GoneError(KgError):
    """Whoever asked has left."""


@dataclass(eq=False)
class _Worker:
    process: asyncio.subprocess.Process
    channel: socket.socket
    lifeline: int
    generation: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.writer.close()
        self.channel.close()
        with contextlib.suppress(OSError):
            os.close(self.lifeline)


class Pool:
    """So many workers over one place, a store by its folder or its URL.

    `size` of them work at a time, and at most `waiting` queries wait for one.
    """

    def __init__(self, place: str, budget: Budget, *, size: int = 4, waiting: int = 64) -> None:
        """Plan the workers; `start` starts them."""
        self.place, self.budget = place, budget
        self.size, self._most = size, waiting
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._turns = asyncio.Semaphore(size)
        self._asked = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.generation = ""

    async def start(self) -> None:
        """Start the workers.

        Raises:
            StoreError: there is nothing to answer from.
        """
        self.generation = generation_of(self.place)
        await self._add()  # one alone first, to tell what is wrong once
        await asyncio.gather(*(self._add() for _ in range(self.size)))
        self._keep(self._watch())

    async def stop(self) -> None:
        """End all workers, at work or not."""
        for task in list(self._tasks):
            task.cancel()
        for worker in list(self._all):
            self._drop(worker)
        await asyncio.sleep(0)

    @property
    def working(self) -> int:
        """How many queries are being answered or wait."""
        return self._asked

    async def answer(self, job: Job, file: int, left: Awaitable[object] | None = None) -> Reply:
        """Have a job answered into an open file.

        Args:
            job: the query.
            file: the descriptor of an empty file in memory.
            left: done when whoever asked has left; then the query ends.

        Raises:
            BusyError: too many queries wait already.
            TimeLimitError: the query took longer than it may.
            GoneError: whoever asked has left.
            StoreError: the worker died over it.
        """
        if self._asked >= self.size + self._most:
            raise BusyError("too many queries are being answered; ask again in a moment")
        self._asked += 1
        try:
            async with self._turns:
                return await self._answer(job, file, left)
        finally:
            self._asked -= 1

    async def _answer(self, job: Job, file: int, left: Awaitable[object] | None) -> Reply:
        worker = await self._fresh()
        _fill(file, job.to_bytes())
        done = False
        try:
            socket.send_fds(worker.channel, [ASK], [file])
            reply = await self._reply(worker, left, max(job.seconds, self.budget.seconds))
            done = True
        except (BrokenPipeError, ConnectionResetError):
            raise StoreError("the query ended the process that answered it; ask for less") from None
        else:
            return reply
        finally:
            if done and worker.generation == self.generation:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    async def _reply(
        self, worker: _Worker, left: Awaitable[object] | None, seconds: float
    ) -> Reply:
        line = asyncio.ensure_future(worker.reader.readline())
        waits = {line} | ({asyncio.ensure_future(left)} if left else set())
        try:
            done, _ = await asyncio.wait(
                waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if line in done:
                if not line.result():
                    raise ConnectionResetError
                return Reply.of(line.result())
            if done:
                raise GoneError("whoever asked has left")
            raise TimeLimitError(f"the query took longer than {seconds:g} seconds; ask for less")
        finally:
            for wait in waits:
                wait.cancel()

    async def _fresh(self) -> _Worker:
        """Return a worker that is alive: one that waits may have died, too."""
        while True:
            worker = await self._idle.get()
            if worker.process.returncode is None and worker.generation == self.generation:
                return worker
            self._replace(worker)

    async def _watch(self) -> None:
        """Have new workers take the place of all where the store has been built anew."""
        while True:
            await asyncio.sleep(LOOK)
            generation = generation_of(self.place)
            if generation != self.generation:
                self.generation = generation
                # Those at work finish what they do, and are replaced then.
                for _ in range(self._idle.qsize()):
                    self._replace(self._idle.get_nowait())

    def _replace(self, worker: _Worker) -> None:
        if worker in self._all:  # or another one has taken its place already
            self._drop(worker)
            self._keep(self._add_again())

    async def _attend(self, worker: _Worker) -> None:
        """Have another worker take the place of one that ends by itself."""
        await worker.process.wait()
        self._replace(worker)

    def _keep(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add_again(self) -> None:
        """Start a worker, however often that takes: a store may be out of reach for a while."""
        pause = LOOK
        while True:
            try:
                return await self._add()
            except (StoreError, OSError):
                await asyncio.sleep(pause)
                pause = min(2 * pause, 30 * LOOK)

    def _drop(self, worker: _Worker) -> None:
        self._all.discard(worker)
        worker.kill()

    async def _add(self) -> None:
        ours, theirs = socket.socketpair()
        end, lifeline = os.pipe()
        told = {
            "channel": theirs.fileno(),
            "lifeline": end,
            "place": self.place,
            "budget": asdict(self.budget),
        }
        generation = self.generation
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", json.dumps(told),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, pass_fds=(theirs.fileno(), end),
        )  # fmt: skip
        theirs.close()
        os.close(end)
        ours.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=ours.dup())
        worker = _Worker(process, ours, lifeline, generation, reader, writer)
        self._all.add(worker)
        try:
            async with asyncio.timeout(START):
                line = await worker.reader.readline()
        except TimeoutError:
            line = b""
        reply = (
            Reply.of(line) if line else Reply("failed", message=f"{self.place}: cannot be opened")
        )
        if reply.outcome != "ok":
            self._drop(worker)
            raise StoreError(reply.message)
        self._keep(self._attend(worker))
        self._idle.put_nowait(worker)


def generation_of(place: str) -> str:
    """Return the name of what a store holds now: another build gives another one."""
    try:
        return (Path(place) / "current").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""  # an endpoint, or a store that somebody is just moving


def _fill(file: int, data: bytes) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, data, 0)
    os.lseek(file, 0, os.SEEK_SET)
