"""Who works for long gives way to the others, and whoever works next in its place does not."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from kg.serve import worker
from kg.serve.channel import Channel, WorkerEnd
from kg.serve.handle import WorkerHandle
from kg.serve.jobs import Budget, Job, Reply
from kg.serve.yielding import LONG, give_way, have_give_way

USUAL = os.getpriority(os.PRIO_PROCESS, 0)


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int]]:
    """Have every job note its task, its thread and how nice that is; the task `long` is made to give way over it."""
    found: list[tuple[str, int, int]] = []

    def run(_graph: object, job: Job, _most: int) -> tuple[Reply, bytes]:
        found.append((job.task, threading.get_native_id(), priority()))
        if job.task == "long":
            give_way(threading.get_native_id())
        return Reply("ok", "json"), b"{}"

    monkeypatch.setattr(worker, "run", run)
    return found


def test_a_thread_that_gave_way_is_given_up(ran):
    async def main() -> None:
        channel, theirs = Channel.pair()
        at_work = partial(worker.work, WorkerEnd(theirs), None, Budget())
        for tasks, goes_on in ((["short", "short", "long"], False), (["short"], True)):
            done = asyncio.ensure_future(asyncio.to_thread(worker.in_thread, at_work))
            for task in tasks:
                channel.send(Job(task))
                assert await channel.next()
            if goes_on:
                channel.close()
            assert await done is goes_on
        theirs.close()

    asyncio.run(main())
    assert [task for task, *_ in ran] == ["short", "short", "long", "short"]
    assert {nice for *_, nice in ran} == {USUAL}
    before, after = ran[2][1], ran[3][1]
    assert ran[0][1] == ran[1][1] == before
    assert before != after
    assert priority() == USUAL


BUSY = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
print(flush=True)
time.sleep(20)
"""


def nice_of(process: int) -> dict[bool, int]:
    """Return how nice the threads of a process are, by whether it is the first."""
    tasks = [int(one.name) for one in Path(f"/proc/{process}/task").iterdir()]
    return {one == process: os.getpriority(os.PRIO_PROCESS, one) for one in tasks}


def test_all_threads_of_a_process_give_way_but_the_first():
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        have_give_way(process.pid)
        assert nice_of(process.pid) == {True: USUAL, False: USUAL + 3}
        process.kill()
    have_give_way(process.pid)  # it may have ended


def test_who_is_long_at_work_is_made_to_give_way_and_no_other(monkeypatch: pytest.MonkeyPatch):
    made: list[int] = []
    monkeypatch.setattr("kg.serve.handle.have_give_way", made.append)

    async def main() -> None:
        channel, theirs = Channel.pair()
        end, process = WorkerEnd(theirs), type("Process", (), {"pid": 4711})()
        handle = WorkerHandle(process, channel, -1, "")

        def answer(seconds: float) -> None:
            end.next()
            time.sleep(seconds)
            end.tell(Reply("ok", "json"))

        for seconds, expected in ((0, []), (LONG / 2, []), (3 * LONG, [4711])):
            done = asyncio.ensure_future(asyncio.to_thread(answer, seconds))
            assert isinstance(await handle.ask(Job("query"), 20, None), tuple)
            await done
            assert made == expected
        await asyncio.sleep(2 * LONG)
        assert made == [4711]
        channel.close()
        theirs.close()

    asyncio.run(main())
