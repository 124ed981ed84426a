"""Answers made of rows: what no query gives, read by the engine as if a query had."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def stream_rows(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> ox.QuerySolutions:
    """Return rows of terms, or None for none, as the solutions of a query; they are read as they are wanted.

    >>> rows = stream_rows(["a", "b"], [[ox.Literal("x"), None]])
    >>> [(row["a"].value, row["b"]) for row in rows]
    [('x', None)]
    """
    return stream_lines(_lines(columns, rows))


def stream_lines(lines: Iterator[bytes]) -> ox.QuerySolutions:
    r"""Return rows in the TSV of SPARQL 1.1 as the solutions of a query; lines are read as they are wanted.

    >>> [row["a"].value for row in stream_lines(iter([b"?a\n", b"1\n"]))]
    ['1']
    """
    # Not buffered, or more would be read than is wanted.
    stream = cast("IO[bytes]", _Stream(lines))
    return cast("ox.QuerySolutions", ox.parse_query_results(stream, ox.QueryResultsFormat.TSV))


def _lines(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Yield rows in the TSV of SPARQL 1.1, which the engine reads line by line."""
    yield "\t".join(f"?{name}" for name in columns).encode() + b"\n"
    for row in rows:
        yield "\t".join("" if cell is None else str(cell) for cell in row).encode() + b"\n"


class _Stream(io.RawIOBase):
    """Lines as a file to read, each made when it is wanted."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._lines, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
