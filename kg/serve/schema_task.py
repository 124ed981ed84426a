"""The task that gives the JSON Schema of sources that may be written beside a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reports import write_schema

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.serve.jobs import Given


def give(graph: Graph, given: Given) -> tuple[str, bytes]:
    """Give the schema, for which nothing need be `given`."""
    del given
    return "schema", write_schema(graph.index)
