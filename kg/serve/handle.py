"""One worker, seen from the server: a process that is started, asked, and ended where it has to be."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.base import StoreError
from kg.serve.channel import Channel
from kg.serve.jobs import Reply
from kg.serve.tokens import without_tokens
from kg.serve.yielding import LONG, have_give_way

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from kg.serve.jobs import Budget, Job
    from kg.serve.payload import Payload

Loss = Literal["time", "left", "died", "rebuilt"]
"""Why a worker has to be replaced: its time was over, whoever asked left, it ended, or there is another store."""

SOON: Final = 0.02
"""Seconds within which most jobs are done."""

START: Final = 60.0
"""Seconds in which a worker has to have opened what it answers from."""


@dataclass(eq=False)
class WorkerHandle:
    """A worker, with the channel to it, and the generation of the store that it answers from."""

    process: asyncio.subprocess.Process
    channel: Channel
    lifeline: int
    generation: str

    @classmethod
    async def start(cls, place: str, budget: Budget, generation: str) -> WorkerHandle:
        """Start a worker, which has yet to open what it answers from."""
        channel, theirs = Channel.pair()
        end, lifeline = os.pipe()
        told = {
            "channel": theirs.fileno(), "lifeline": end, "place": place, "budget": asdict(budget),
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", json.dumps(told), env=without_tokens(os.environ),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=_log(), pass_fds=(theirs.fileno(), end),
        )  # fmt: skip
        theirs.close()
        os.close(end)
        return cls(process, channel, lifeline, generation)

    async def opened(self, place: str) -> None:
        """Wait until the worker has opened what it answers from.

        Raises:
            StoreError: it cannot.
        """
        try:
            async with asyncio.timeout(START):
                told = await self.channel.next()
        except TimeoutError:
            told = b""
        reply = Reply.of(told) if told else Reply("failed", message=f"{place}: cannot be opened")
        if reply.outcome != "ok":
            raise StoreError(reply.message)

    async def ask(
        self, job: Job, seconds: float, left: Awaitable[None] | None
    ) -> tuple[Reply, Payload] | Loss:
        """Have a job done, and return the reply with the answer, or why the worker is lost over it.

        Args:
            job: what is to be done.
            seconds: how long it may take.
            left: done when nobody waits for it any more.

        Raises:
            BusyError: the process has no descriptor left for the answer, or for the job.
        """
        try:
            self.channel.send(job)
        except OSError:
            return "died"
        told = self.channel.next()
        longer: asyncio.TimerHandle | None = None
        waits: set[asyncio.Future[Any]] = {told}
        try:
            # Most are done before it would be of use to know that nobody waits for them.
            soon = min(SOON, seconds)
            done, _ = await asyncio.wait(waits, timeout=soon)
            if not done:
                waits |= {asyncio.ensure_future(left)} if left else set()
                loop = asyncio.get_running_loop()
                longer = loop.call_later(LONG - soon, have_give_way, self.process.pid)
                done, _ = await asyncio.wait(
                    waits, timeout=seconds - soon, return_when=asyncio.FIRST_COMPLETED
                )
            if told not in done:
                return "left" if done else "time"
            return self.channel.received(told.result()) if told.result() else "died"
        finally:
            for wait in waits:
                wait.cancel()
            if longer:
                longer.cancel()

    def kill(self) -> None:
        """End the worker, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.channel.close()
        with contextlib.suppress(OSError):
            os.close(self.lifeline)


def _log() -> int | None:
    """Return where a server tells its operator what went wrong; descriptor 2 may be kept from engines that talk."""
    try:
        return sys.stderr.fileno()
    except (AttributeError, OSError):
        return None
