"""Queries of our own about some things, by their names, in portions that every engine reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import lengthen
from kg.query.selected import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base import Cell
    from kg.query.index import Index

PORTION: Final = 250
"""How many things one query names: enough to ask seldom, few enough for any endpoint to read."""


def select_named(
    index: Index, query: str, names: Iterable[str] | None
) -> Iterator[tuple[Cell, ...]]:
    r"""Yield the rows of a query about what is called by `names`, the shortest ones; about all if None.

    Where the query reads `{named}`, a VALUES block gives ?s; braces of its own are doubled.

    >>> from kg.query import Index
    >>> index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n<a:t> <a:p> <a:o> <a:g> .\n")
    >>> list(select_named(index, "SELECT ?s {{ {named} ?s ?p ?o }}", ["a:s"]))
    [('a:s',)]
    """
    if names is None:
        yield from select_rows(index, query.format(named=""))
        return
    iris = list(dict.fromkeys(filter(None, map(_iri, names))))
    for start in range(0, len(iris), PORTION):
        block = f"VALUES ?s {{ {' '.join(iris[start : start + PORTION])} }}"
        yield from select_rows(index, query.format(named=block))


def _iri(name: str) -> str:
    """Return an IRI as a query names it, or "" where `name` is that of none, such as a blank node."""
    try:
        # The engine writes it, so that nothing in a name can end it early.
        return "" if name.startswith("_:") else str(ox.NamedNode(lengthen(name)))
    except ValueError:
        return ""
