"""What is said of one node after the other, from sorted N-Quads: no more of a graph is in memory than some nodes.

Who wants all that there is by property has it from `kg.query.whole`, which keeps all of it.
"""

from __future__ import annotations

import re
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kg.base import lengthen
from kg.query.cells import TermCells

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

    from kg.base import Cell
    from kg.query.content import GraphContent

_TERMS: Final = 20_000
"""How many values are remembered: the same come again and again, and others once in hundred thousands."""

_RUN: Final = re.compile(rb"^(\S+ ).*\n(?:\1.*\n)*+", re.MULTILINE)
"""The lines of one subject, with the space behind it, by which lines are sorted as well."""


def each_node(
    content: GraphContent, having: Collection[str], without: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, tuple[Cell, ...]]]]:
    r"""Yield each node that has one of the properties `having`, with what is said of it by any but those `without`.

    Nodes come in the order of their lines, by their shortest names; the values of a property, which are those of the
    index, in any order and each once.

    >>> from types import SimpleNamespace
    >>> said = {"asserted": b"<a:s> <a:p> <a:o> <a:g> .\n<a:t> <a:q> <a:o> <a:g> .\n", "derived": b"<a:s> <a:q> <a:o> <a:h> .\n"}
    >>> list(each_node(SimpleNamespace(pieces=lambda part: [said[part]]), having=["a:p"]))
    [('a:s', {'a:p': ('a:o',), 'a:q': ('a:o',)})]
    """
    known = set(having)
    wanted = [f" <{lengthen(name)}> ".encode() for name in having]
    left = {f"<{lengthen(name)}>".encode() for name in without}
    cells = TermCells()
    for subject, lines in _nodes(content):
        if not any(name in lines for name in wanted):
            continue
        if len(cells) > _TERMS:
            cells = TermCells()
        names = cells.names
        told = {
            names[name]: (cells[value],) if isinstance(value, bytes) else cells.of(value)
            for name, value in _values(lines, left).items()
        }
        if not known.isdisjoint(told):  # and not merely in a text
            yield names[subject[:-1]], told


def _values(lines: bytes, left: Container[bytes]) -> dict[bytes, bytes | list[bytes]]:
    """Return what lines of one subject say, by property: a value, or several."""
    values: dict[bytes, bytes | list[bytes]] = {}
    for line in lines.splitlines():
        _, name, rest = line.split(b" ", 2)
        if name in left:
            continue
        value = rest[: rest.rindex(b" <")]
        before = values.get(name)
        if before is None:  # nearly always
            values[name] = value
        elif isinstance(before, bytes):
            values[name] = [before, value]
        else:
            before.append(value)
    return values


def _nodes(content: GraphContent) -> Iterator[tuple[bytes, bytes]]:
    """Yield each subject of a graph with all of its lines."""
    parts = (_runs(content.pieces(part)) for part in ("asserted", "derived"))
    for subject, runs in groupby(merge(*parts), key=itemgetter(0)):
        yield subject, b"".join([lines for _, lines in runs])


def _runs(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for data in pieces:
        for run in _RUN.finditer(data):
            yield run[1], run[0]
