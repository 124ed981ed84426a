"""Answers in which statements are told: beside a statement stands the sentence that it amounts to.

No query can make a sentence, so it is put in while the answer is read, some rows at a time.
"""

from __future__ import annotations

import io
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.base import shorten
from kg.plans.sentences import Words
from kg.promises import read_statements
from kg.query import PORTION, engine_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.query import Index, QueryResults


def tell_statements(
    index: Index, results: QueryResults, sentences: Mapping[str, str]
) -> QueryResults:
    """Return the rows of an answer with sentences: the column of each stands behind that of its statement.

    `sentences` names by their columns the columns of the statements. Rows are read as they are wanted.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> rows = index.query("SELECT ?s { ?s cp:source id:medianama-2017-03-28 ; cp:value 20000.0 }")
    >>> [row["says"].value for row in tell_statements(index, rows, {"says": "s"})]
    ['20,000 jobs created by March 2020']
    """
    if not sentences or not isinstance(results, ox.QuerySolutions):
        return results
    # Not buffered, or more would be read than is wanted.
    stream = cast("IO[bytes]", _Stream(_lines(index, results, sentences)))
    return ox.parse_query_results(stream, ox.QueryResultsFormat.TSV)


def _lines(
    index: Index, results: ox.QuerySolutions, sentences: Mapping[str, str]
) -> Iterator[bytes]:
    """Yield an answer with its sentences in the TSV of SPARQL 1.1, which the engine reads line by line."""
    columns = [variable.value for variable in results.variables]
    told = {column: [name for name, of in sentences.items() if of == column] for column in columns}
    names = chain.from_iterable((column, *told[column]) for column in columns)
    yield "\t".join(f"?{name}" for name in names).encode() + b"\n"
    while rows := _portion(results):
        terms = {row[column] for row in rows for column in columns if told[column]}
        said = _sentences(index, terms)
        for row in rows:
            cells = chain.from_iterable(
                (row[column], *(said.get(row[column]) for _ in told[column])) for column in columns
            )
            yield "\t".join("" if cell is None else str(cell) for cell in cells).encode() + b"\n"


def _portion(results: ox.QuerySolutions) -> Sequence[ox.QuerySolution]:
    with engine_errors():
        return list(islice(results, PORTION))


def _sentences(index: Index, terms: Iterable[object]) -> dict[object, ox.Literal]:
    names = {shorten(term.value): term for term in terms if isinstance(term, ox.NamedNode)}
    statements = read_statements(index, names)
    words = Words.for_some(index, statements.values())
    return {
        names[name]: ox.Literal(words.sentence(statement)) for name, statement in statements.items()
    }


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
