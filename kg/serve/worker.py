"""A process that answers queries of one store, one after the other, until it is ended.

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

from kg.base import GRAPH_FORMATS, RESULT_FORMATS, KgError, QueryError, UsageError
from kg.serve.jobs import Budget, Job, Reply

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.query import Answer

ASK: Final = b"?"


def answer(graph: Graph, job: Job, most: int) -> tuple[Reply, bytes]:
    r"""Answer a job in the first of its forms that suits it, with at most so many bytes.

    >>> import kg
    >>> reply, data = answer(kg.build(check=False), Job("ASK { id:xiaomi ?p ?o }", ("ttl", "json")), 1000)
    >>> reply.form, data
    ('json', b'{"head":{},"boolean":true}\n')
    """
    try:
        given = graph.query(
            job.query,
            dataset=(job.default, job.named) if job.default or job.named else None,
            union=not job.strict,
        )
        form = _form(given, job.forms)
        if form is None:
            return Reply(
                "no-form", message=f"a {given.kind} has none of the forms that were asked for"
            ), b""
        data = given.write(form)
    except (QueryError, UsageError) as error:
        return Reply("bad-query", message=str(error)), b""
    except MemoryError:
        return Reply("too-large", message="the query needs more memory than it may take"), b""
    except KgError as error:
        return Reply("failed", message=str(error)), b""
    if len(data) > most:
        return Reply(
            "too-large",
            message=f"the answer has more than {most >> 20:,} MiB; ask for less with LIMIT",
        ), b""
    return Reply("ok", form), data


def _form(given: Answer, forms: tuple[str, ...]) -> str | None:
    suited = GRAPH_FORMATS if given.kind == "graph" else tuple(RESULT_FORMATS)
    return next((form for form in forms if form in suited), None)


def work(channel: socket.socket, graph: Graph, budget: Budget) -> None:
    """Answer until the other side of the channel is closed."""
    while True:
        asked, files, *_ = socket.recv_fds(channel, 1, 1)
        if not asked:
            return
        with open(files[0], "r+b", buffering=0) as file:  # noqa: PTH123 - a descriptor
            reply, data = answer(graph, Job.of(file.read()), budget.answer)
            file.seek(0)
            file.truncate()
            file.writelines(
                data[start : start + (1 << 20)] for start in range(0, len(data), 1 << 20)
            )
        channel.sendall(reply.to_bytes())


def main() -> None:
    """Work as the process that was started with descriptors and a place; see `kg.serve.pool`."""
    told = json.loads(sys.argv[1])
    # What waits for nothing else can be stopped by nothing else: the kernel ends it with whoever holds
    # the other end of this pipe.
    lifeline = told["lifeline"]
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
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
