"""Workers in waiting: each query gets one for itself, which is killed where it takes too long.

A process that is killed leaves nothing behind but a place to fill: another one is started at once, and
there is always one more than may work at a time, so that nobody waits for it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import StoreError, TimeLimitError
from kg.serve.handle import Loss, WorkerHandle
from kg.serve.turns import WAIT, BusyError, GoneError, Turns
from kg.serve.visit import current, whose

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from kg.serve.jobs import Budget, Job, Reply
    from kg.serve.payload import Payload

LOOK: Final = 1.0
"""Seconds between two looks at whether the store has been built anew."""


class Pool:
    """So many workers over one place, a store by its folder or its URL.

    `size` of them work at a time, and at most `waiting` queries wait for one; whose turn it is, `kg.serve.turns` says.
    """

    def __init__(self, place: str, budget: Budget, *, size: int = 4, waiting: int = 64) -> None:
        """Plan the workers; `start` starts them."""
        self.place, self.budget = place, budget
        self.size = size
        self._idle: asyncio.LifoQueue[WorkerHandle] = asyncio.LifoQueue()
        # The last to work is the first to work again: what it needs is still near the processor.
        self._all: set[WorkerHandle] = set()
        self._turns = Turns(size, waiting)
        self._tasks: set[asyncio.Task[None]] = set()
        self._coming = 0
        self.generation = ""
        self.lost: Counter[Loss] = Counter()
        """How many workers had to be replaced, and why."""
        self.changed: Callable[[], None] = lambda: None
        """Called when there is a worker more or less."""

    async def start(self) -> None:
        """Start the workers, unless they are there.

        Raises:
            StoreError: there is nothing to answer from.
        """
        if self._all:
            return
        await self._add()  # one alone first, to tell what is wrong once
        await asyncio.gather(*(self._add() for _ in range(self.size)))
        self._keep(self._watch())

    async def stop(self) -> None:
        """End all workers, at work or not."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(
            *tasks, return_exceptions=True
        )  # those that are just starting end with it
        ended = list(self._all)
        for worker in ended:
            self._drop(worker)
        await asyncio.gather(*(worker.process.wait() for worker in ended))

    @property
    def working(self) -> int:
        """How many queries are being answered or wait."""
        return self._turns.count

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return self._idle.qsize()

    async def answer(self, job: Job, left: Awaitable[None] | None = None) -> tuple[Reply, Payload]:
        """Have a job answered, and return what became of it with the answer, which the caller closes.

        Args:
            job: the query.
            left: done when whoever asked has left; then the query ends.

        Raises:
            BusyError: too many queries wait already, or too long, or too much is open; ShareError: too many of this client.
            TimeLimitError: the query took longer than it may.
            GoneError: whoever asked has left.
            StoreError: the worker died over it.
        """
        visit = current()
        async with self._turns.turn(whose(visit.client), left):
            began = time.monotonic()
            try:
                return await self._answer(job, left)
            finally:
                visit.worker += time.monotonic() - began

    async def _answer(self, job: Job, left: Awaitable[None] | None) -> tuple[Reply, Payload]:
        worker = await self._fresh()
        seconds = max(job.seconds, self.budget.seconds)
        got: tuple[Reply, Payload] | Loss | None = "left"  # so it is where this is cancelled
        try:
            got = await worker.ask(job, seconds, left)
        except BusyError:
            got = None
            raise
        finally:
            if isinstance(got, str):
                self._replace(worker, got)
            elif worker.generation != self.generation:
                self._replace(worker, "rebuilt")
            else:
                self._idle.put_nowait(worker)
        if not isinstance(got, str):
            current().generations.add(worker.generation)
            return got
        if got == "time":
            words = "second" if seconds == 1 else "seconds"
            raise TimeLimitError(
                f"the {job.task.rpartition('-')[2]} took longer than {seconds:g} {words}; ask for less"
            )
        if got == "left":
            raise GoneError("whoever asked has left")
        raise StoreError("the query ended the process that answered it; ask for less")

    async def _fresh(self) -> WorkerHandle:
        """Return a worker that is alive: one that waits may have died, too."""
        until = time.monotonic() + WAIT
        while True:
            try:
                async with asyncio.timeout(until - time.monotonic()):
                    worker = await self._idle.get()
            except TimeoutError:
                raise StoreError("what is asked cannot be opened now; ask again later") from None
            if worker.process.returncode is None and worker.generation == self.generation:
                return worker
            self._replace(worker, "died" if worker.process.returncode else "rebuilt")

    async def _watch(self) -> None:
        """Have new workers take the place of all where the store has been built anew."""
        while True:
            await asyncio.sleep(LOOK)
            generation = generation_of(self.place)
            if generation != self.generation:
                try:
                    await self._add()  # one is there before the others go, so that nobody waits
                except (StoreError, OSError):
                    self._turn(generation)  # what was there before is no more

    def _turn(self, generation: str) -> None:
        """Have others take the place of those that answer from another generation; those at work finish first."""
        self.generation = generation
        for _ in range(self._idle.qsize()):
            self._replace(self._idle.get_nowait(), "rebuilt")

    def _replace(self, worker: WorkerHandle, loss: Loss) -> None:
        if worker not in self._all:  # another one has taken its place already
            return
        self.lost[loss] += 1
        self._drop(worker)
        if len(self._all) + self._coming <= self.size:
            self._coming += 1
            self._keep(self._add_again())

    async def _attend(self, worker: WorkerHandle) -> None:
        """Have another worker take the place of one that ends by itself."""
        await worker.process.wait()
        self._replace(worker, "died")

    def _keep(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add_again(self) -> None:
        """Start a worker, however often that takes: a store may be out of reach for a while."""
        pause = LOOK
        while True:
            try:
                worker = await self._opened()
            except (StoreError, OSError):
                await asyncio.sleep(pause)
                pause = min(2 * pause, 30 * LOOK)
            else:
                self._coming -= 1
                self._welcome(worker)
                return

    def _drop(self, worker: WorkerHandle) -> None:
        self._all.discard(worker)
        worker.kill()
        self.changed()

    async def _add(self) -> None:
        self._welcome(await self._opened())

    def _welcome(self, worker: WorkerHandle) -> None:
        self._all.add(worker)
        self._keep(self._attend(worker))
        if worker.generation != self.generation:
            self._turn(worker.generation)
        self._idle.put_nowait(worker)
        self.changed()

    async def _opened(self) -> WorkerHandle:
        """Return a new worker, of which it is certain which generation it answers from."""
        while True:
            generation = generation_of(self.place)
            worker = await WorkerHandle.start(self.place, self.budget, generation)
            try:
                await worker.opened(self.place)
            except BaseException:
                worker.kill()
                await worker.process.wait()
                raise
            if generation_of(self.place) == generation:
                return worker
            worker.kill()  # it may have opened either


def generation_of(place: str) -> str:
    """Return the name of what a store holds now: another build gives another one."""
    try:
        return (Path(place) / "current").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""  # an endpoint, or a store that somebody is just moving
