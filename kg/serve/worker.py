"""A process that does the jobs of one store, one after the other, until it is ended.

It is handed a socket. For each byte that comes there it gets a file with a job in it; it writes the answer
into that file and a line with the reply to the socket. It has no other way out, and ends with the
process that started it, whatever it is doing then.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

from kg.base import KgError
from kg.serve.jobs import Budget, Job, Reply
from kg.serve.seclusion import seclude
from kg.serve.tasks import run

if TYPE_CHECKING:
    from kg.graph import Graph

ASK: Final = b"?"


def work(channel: socket.socket, graph: Graph, budget: Budget) -> None:
    """Answer until the other side of the channel is closed."""
    while True:
        asked, files, *_ = socket.recv_fds(channel, 1, 1)
        if not asked:
            return
        with open(files[0], "r+b", buffering=0) as file:  # noqa: PTH123 - a descriptor
            reply, data = run(graph, Job.of(file.read()), budget.answer)
            file.seek(0)
            file.truncate()
            file.writelines(
                data[start : start + (1 << 20)] for start in range(0, len(data), 1 << 20)
            )
        channel.sendall(reply.to_bytes())


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
    channel = socket.socket(fileno=told["channel"])
    import kg  # what is to be answered from

    budget = Budget(**told["budget"])
    try:
        graph = kg.open(told["place"])
        len(graph.index)
        resource.setrlimit(resource.RLIMIT_DATA, (budget.memory, budget.memory))
    except KgError as error:
        channel.sendall(Reply("failed", message=str(error)).to_bytes())
        return
    channel.sendall(Reply("ok").to_bytes())
    work(channel, graph, budget)


if __name__ == "__main__":
    main()
