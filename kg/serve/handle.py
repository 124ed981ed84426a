"""One worker, seen from the server: a process that is started, asked, and ended where it has to be."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

from kg.base import StoreError
from kg.serve.jobs import Reply
from kg.serve.tokens import without_tokens
from kg.serve.worker import ASK

if TYPE_CHECKING:
    from kg.serve.jobs import Budget, Job

Loss = Literal["time", "left", "died", "rebuilt"]
"""Why a worker has to be replaced: its time was over, whoever asked left, it ended, or there is another store."""

START: Final = 60.0
"""Seconds in which a worker has to have opened what it answers from."""


@dataclass(eq=False)
class WorkerHandle:
    """A worker, with the channel to it, and the generation of the store that it answers from."""

    process: asyncio.subprocess.Process
    channel: socket.socket
    lifeline: int
    generation: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def start(cls, place: str, budget: Budget, generation: str) -> WorkerHandle:
        """Start a worker, which has yet to open what it answers from."""
        ours, theirs = socket.socketpair()
        end, lifeline = os.pipe()
        told = {
            "channel": theirs.fileno(), "lifeline": end, "place": place, "budget": asdict(budget),
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.worker", json.dumps(told), env=without_tokens(os.environ),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, pass_fds=(theirs.fileno(), end),
        )  # fmt: skip
        theirs.close()
        os.close(end)
        ours.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=ours.dup())
        return cls(process, ours, lifeline, generation, reader, writer)

    async def opened(self, place: str) -> None:
        """Wait until the worker has opened what it answers from.

        Raises:
            StoreError: it cannot.
        """
        try:
            async with asyncio.timeout(START):
                line = await self.reader.readline()
        except TimeoutError:
            line = b""
        reply = Reply.of(line) if line else Reply("failed", message=f"{place}: cannot be opened")
        if reply.outcome != "ok":
            raise StoreError(reply.message)

    async def ask(
        self, job: Job, file: int, seconds: float, left: asyncio.Future[None] | None
    ) -> Reply | Loss:
        """Have a job done into a file, and return the reply, or why the worker is lost over it."""
        _fill(file, job.to_bytes())
        line = asyncio.ensure_future(self.reader.readline())
        waits: set[asyncio.Future[bytes] | asyncio.Future[None]] = {line}
        waits |= {left} if left else set()
        try:
            socket.send_fds(self.channel, [ASK], [file])
            done, _ = await asyncio.wait(
                waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if line not in done:
                return "left" if done else "time"
            return Reply.of(line.result()) if line.result() else "died"
        except (BrokenPipeError, ConnectionResetError):
            return "died"
        finally:
            line.cancel()

    def kill(self) -> None:
        """End the worker, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.writer.close()
        self.channel.close()
        with contextlib.suppress(OSError):
            os.close(self.lifeline)


def _fill(file: int, data: bytes) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, data, 0)
    os.lseek(file, 0, os.SEEK_SET)
