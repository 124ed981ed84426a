"""What goes over the line between the server and a worker, whatever its size, and what is left open of it."""

import asyncio
import os
import resource
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kg.serve.channel import SMALL, Channel, WorkerEnd
from kg.serve.jobs import Job, Reply
from kg.serve.turns import BusyError


def over(work: Callable[[Channel, WorkerEnd], Awaitable[None]]) -> None:
    """Do something with both ends of a channel."""

    async def main() -> None:
        channel, theirs = Channel.pair()
        try:
            await work(channel, WorkerEnd(theirs))
        finally:
            channel.close()
            theirs.close()

    asyncio.run(main())


def opened() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("size", [0, 1, SMALL, SMALL + 1, 5 << 20])
def test_an_answer_comes_as_it_was_sent_and_leaves_nothing_open(size: int):
    answer = os.urandom(size)

    async def work(channel: Channel, end: WorkerEnd) -> None:
        before = opened()
        end.tell(Reply("ok", "csv"), answer)
        reply, payload = channel.received(await channel.next())
        assert reply == Reply("ok", "csv")
        assert payload.size == size
        assert payload.whole() == answer
        assert opened() == before

    over(work)


@pytest.mark.parametrize("size", [10, SMALL, 1 << 20])
def test_a_job_comes_as_it_was_sent_and_leaves_nothing_open(size: int):
    job = Job("query", {"text": "ä" * size})

    async def work(channel: Channel, end: WorkerEnd) -> None:
        before = opened()
        channel.send(job)
        assert end.next() == job
        assert opened() == before

    over(work)


def test_an_answer_that_nobody_reads_is_closed_with_the_next_and_with_the_channel():
    before = opened()

    async def work(channel: Channel, end: WorkerEnd) -> None:
        for _ in range(3):
            channel.send(Job("query"))
            end.next()
            end.tell(Reply("ok", "csv"), b"x" * (SMALL + 1))
            await channel.next()
        assert len(channel._files) == 1

    over(work)
    assert opened() == before


def test_who_has_no_descriptor_left_for_an_answer_is_busy_and_gets_the_next():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    async def work(channel: Channel, end: WorkerEnd) -> None:
        end.tell(Reply("ok", "csv"), b"x" * (SMALL + 1))
        with socket.socket() as lowest_free:
            free = lowest_free.fileno()
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
        try:
            told = await channel.next()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        with pytest.raises(BusyError, match="ask again in a moment"):
            channel.received(told)
        channel.send(Job("query"))
        end.tell(Reply("ok", "csv"), b"y" * (SMALL + 1))
        assert channel.received(await channel.next())[1].whole() == b"y" * (SMALL + 1)

    over(work)


def test_a_worker_that_has_ended_is_told_by_an_empty_message():
    async def work(channel: Channel, end: WorkerEnd) -> None:
        end._end.close()
        assert await channel.next() == b""

    over(work)
