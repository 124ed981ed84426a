"""A process that does the jobs of one store, one after the other, until it is ended.

It is handed one end of a `kg.serve.channel`, has no other way out, and ends with the process that started
it, whatever it is doing then.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from kg.base import KgError
from kg.serve.channel import WorkerEnd
from kg.serve.jobs import Budget, Reply
from kg.serve.seclusion import seclude
from kg.serve.tasks import run
from kg.serve.yielding import give_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

T = TypeVar("T")

STACK: Final = 16 << 20
"""Bytes of the stack of a thread: the engine reads a query by recursion."""


def work(end: WorkerEnd, graph: Graph, budget: Budget) -> bool:
    """Answer until the other side of the channel is closed, or, which is False, this thread has been made to give way."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)  # of this thread, as Linux has it
    while (job := end.next()) is not None:
        end.tell(*run(graph, job, budget.answer))
        if os.getpriority(os.PRIO_PROCESS, 0) != usual:
            gc.collect()  # what the engine has given a thread can only go in it
            return False
    return True


def in_thread(does: Callable[[], T]) -> T:
    """Have something done in a thread of its own, which can give way to others for good and not this process with it."""
    with ThreadPoolExecutor(1) as one:
        return one.submit(does).result()


def hold_on(lifeline: int) -> None:
    """Have the kernel end this process with whoever holds the other end of a pipe.

    What waits for nothing else can be stopped by nothing else.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def main() -> None:
    """Work as the process that was started with descriptors and a place; see `kg.serve.pool`."""
    told = json.loads(sys.argv[1])
    hold_on(told["lifeline"])
    if "://" not in told["place"]:
        seclude()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # whoever started it decides when it is over
    end = WorkerEnd(socket.socket(fileno=told["channel"]))
    budget = Budget(**told["budget"])
    threading.stack_size(STACK)
    graph = in_thread(partial(_opened, end, told["place"], budget))
    while graph is not None and not in_thread(partial(work, end, graph, budget)):
        pass


def _opened(end: WorkerEnd, place: str, budget: Budget) -> Graph | None:
    """Open what is to be answered from, and tell how that went."""
    give_way(threading.get_native_id())  # to those who are being answered
    import kg  # what is to be answered from

    try:
        graph = kg.open(place)
        len(graph.index)
        resource.setrlimit(resource.RLIMIT_DATA, (budget.memory, budget.memory))
    except KgError as error:
        end.tell(Reply("failed", message=str(error)))
        return None
    end.tell(Reply("ok"))
    return graph


if __name__ == "__main__":
    main()
