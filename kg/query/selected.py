"""The rows of queries of our own, as Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.answer import Answer
from kg.query.engine import engine_errors

if TYPE_CHECKING:
    from kg.base import Cell
    from kg.query.index import Index


def select_rows(index: Index, query: str) -> list[tuple[Cell, ...]]:
    """Return the rows of a query of our own as Python values.

    >>> from kg.query import Index
    >>> select_rows(Index.of(b""), "SELECT (1 AS ?a) {}")
    [(1,)]
    """
    return Answer(lambda: index.run(query), fault=index.fault).rows


def count_rows(index: Index, query: str) -> int:
    """Return how many rows a query of our own has, without a Python value a cell.

    >>> from kg.query import Index
    >>> count_rows(Index.of(b""), "SELECT * { VALUES ?a { 1 2 } }")
    2
    """
    results = index.run(query)
    with engine_errors(index.fault):
        return 1 if isinstance(results, ox.QueryBoolean) else sum(1 for _ in results)
