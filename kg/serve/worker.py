"""A process that does the jobs of one store, one after the other, until it is ended.

It is handed one end of a `kg.serve.channel`, has no other way out, and ends with the process that started
it, whatever it is doing then.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import socket
import sys
from typing import TYPE_CHECKING

from kg.base import KgError
from kg.serve.channel import WorkerEnd
from kg.serve.jobs import Budget, Reply
from kg.serve.seclusion import seclude
from kg.serve.tasks import run

if TYPE_CHECKING:
    from kg.graph import Graph


def work(end: WorkerEnd, graph: Graph, budget: Budget) -> None:
    """Answer until the other side of the channel is closed."""
    while (job := end.next()) is not None:
        end.tell(*run(graph, job, budget.answer))


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
    import kg  # what is to be answered from

    budget = Budget(**told["budget"])
    try:
        graph = kg.open(told["place"])
        len(graph.index)
        resource.setrlimit(resource.RLIMIT_DATA, (budget.memory, budget.memory))
    except KgError as error:
        end.tell(Reply("failed", message=str(error)))
        return
    end.tell(Reply("ok"))
    work(end, graph, budget)


if __name__ == "__main__":
    main()
