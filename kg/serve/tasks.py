"""What workers can do: each task takes a graph and what it is given, and returns a form and its bytes.

A task raises what is wrong: `UnknownNameError` where something is not there, another `UsageError` where it
cannot be asked, `FormError` where it has none of the forms that are wished for.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.base import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    KgError,
    OutputError,
    StoreError,
    TimeLimitError,
    UnknownNameError,
    UsageError,
)
from kg.serve.jobs import BROKEN, LATE, Reply
from kg.serve.packing import LEAST, pack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.graph import Graph
    from kg.query import Answer
    from kg.serve.jobs import Given, Job, Outcome

    Task = Callable[[Graph, Given], tuple[str, bytes]]


class FormError(KgError):
    """None of the forms that are wished for can be given."""


def query(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Answer SPARQL.

    Args:
        graph: what is asked.
        given: the `text` of the query, the `forms` of `kg.base.formats` that are wished for, most wanted
            first; the graphs of the dataset that the request names (`default`, `named`); and whether the default
            graph of a request that names none is the one without a name (`strict`), and not the union of all.
    """
    dataset = (tuple(given.get("default", ())), tuple(given.get("named", ())))
    answer = graph.query(
        given["text"],
        dataset=dataset if any(dataset) else None,
        union=not given.get("strict", False),
    )
    form = _form(answer, given["forms"])
    if form == "rdf":
        from kg.export import write_rdf_xml  # of the older clients alone

        return form, write_rdf_xml(answer.write("nt"))
    return form, answer.write(form)


def _form(answer: Answer, forms: list[str]) -> str:
    suited = (*GRAPH_FORMATS, "rdf") if answer.kind == "graph" else tuple(RESULT_FORMATS)
    form = next((form for form in forms if form in suited), None)
    if form is None:
        raise FormError(f"a {answer.kind} has none of the forms that were asked for")
    return form


TASKS: Final[Mapping[str, str]] = {
    "query": "kg.serve.tasks:query",
    "agent-tool": "kg.serve.agent_tasks:tool",
    "agent-resource": "kg.serve.agent_tasks:resource",
    "agent-completion": "kg.serve.agent_tasks:completion",
    "graph": "kg.serve.graph_task:give",
    "schema": "kg.serve.schema_task:give",
    "page": "kg.pages:make_page",
    "ask": "kg.pages:ask",
}
"""Where each task is found, which is imported when it is first asked for."""


def run(graph: Graph, job: Job, most: int) -> tuple[Reply, bytes]:
    r"""Do a job, and return what became of it with its answer, of at most so many bytes.

    >>> import kg
    >>> from kg.serve.jobs import Job
    >>> asked = Job("query", {"text": "ASK { id:xiaomi ?p ?o }", "forms": ["ttl", "json"]})
    >>> reply, data = run(kg.build(check=False), asked, 1000)
    >>> reply.form, data
    ('json', b'{"head":{},"boolean":true}\n')
    """
    module, _, name = TASKS[job.task].partition(":")
    task: Task = getattr(import_module(module), name)
    try:
        form, data = task(graph, job.given)
    except (KgError, MemoryError) as error:
        return _told(error), b""
    except Exception:  # noqa: BLE001 - a fault of ours: the server goes on, and its log tells
        traceback.print_exc()
        return Reply("failed", message="the server has failed over this; its log tells more"), b""
    if len(data) > most:
        message = f"the answer has more than {most >> 20:,} MiB; ask for less with LIMIT"
        return Reply("too-large", message=message), b""
    if job.packed and len(data) >= LEAST:
        return Reply("ok", form, packed=True), pack(data)
    return Reply("ok", form), data


_OUTCOMES: Final[Sequence[tuple[type[KgError], Outcome]]] = (
    (UnknownNameError, "not-found"),
    (UsageError, "bad-request"),
    (FormError, "no-form"),
    (OutputError, "no-form"),
    (TimeLimitError, "too-late"),  # of what stands behind this server
    (StoreError, "no-store"),
    (KgError, "failed"),
)
"""What becomes of a job that fails: the first that suits."""


_KEPT_BACK: Final[Mapping[Outcome, str]] = {"no-store": BROKEN, "failed": BROKEN, "too-late": LATE}
"""What is told in the place of words that can name a file or a host."""


def _told(error: KgError | MemoryError) -> Reply:
    if isinstance(error, MemoryError):
        return Reply("too-large", message="the query needs more memory than it may take")
    outcome = next(outcome for kind, outcome in _OUTCOMES if isinstance(error, kind))
    if outcome in _KEPT_BACK:
        sys.stderr.write(f"kg: {error}\n")  # the server's log
        sys.stderr.flush()
    return Reply(outcome, message=_KEPT_BACK.get(outcome, str(error)))
