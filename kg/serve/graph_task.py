"""The task that gives a graph as a whole: see `kg.serve.graphs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import UnknownNameError

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.serve.jobs import Given

_EVERYTHING: Final = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"


def give(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Give what a graph holds.

    Args:
        graph: what is asked.
        given: the IRI of the `graph`, or None for the default one; whether that is the one without a name
            (`strict`), and not the union of all; and the `forms` that are wished for, most wanted first.
    """
    name, form = given["graph"], given["forms"][0]
    if name is not None and name not in graph.index.graphs:
        raise UnknownNameError("graph", name, graph.index.graphs)
    dataset = None if name is None else ((name,), ())
    answer = graph.query(_EVERYTHING, dataset=dataset, union=not given["strict"])
    return form, answer.write(form)
