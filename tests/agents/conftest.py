"""Calls of tools as agents make them, of the shipped graph and of graphs of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.agents import call_tool

if TYPE_CHECKING:
    from collections.abc import Callable

    import kg


@pytest.fixture
def call(graph: kg.Graph) -> Callable[..., dict[str, Any]]:
    """Call a tool of the shipped graph, and return the values of its answer."""

    def called(name: str, **arguments: Any) -> dict[str, Any]:
        return call_tool(graph, name, arguments).values

    return called


def every_row(graph: kg.Graph, name: str, **arguments: Any) -> list[dict[str, Any]]:
    """Return the rows of all portions of an answer."""
    rows, cursor = [], None
    while True:
        answer = call_tool(graph, name, {**arguments, "cursor": cursor}).values
        rows += answer["rows"]
        cursor = answer.get("more")
        if cursor is None:
            assert len(rows) == answer["total"]
            return rows
