"""Answers that count, with the names of what each number counts: a second query finds them.

One query cannot do both on every store: one of them holds no long text in a table that it sorts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import shorten
from kg.query.engine import engine_errors
from kg.query.rows import stream_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.query.engine import Fault
    from kg.query.index import QueryResults

BETWEEN: Final = ", "
"""What stands between two names of a cell."""


@dataclass(frozen=True)
class Behind:
    """What stands behind the numbers of an answer.

    Attributes:
        of: The column of the thing that a row is about.
        counts: The columns of the numbers.
        text: The SPARQL that finds what they count: the thing, the column of the number, and what it counts.
    """

    of: str
    counts: tuple[str, ...]
    text: str

    @property
    def names(self) -> Mapping[str, str]:
        """The column of the names behind each column of numbers.

        >>> Behind("speaker", ("met", "late"), "").names
        {'met': 'metNames', 'late': 'lateNames'}
        """
        return {column: f"{column}Names" for column in self.counts}


def name_counted(
    results: QueryResults, find: Callable[[], QueryResults], behind: Behind, fault: Fault | None
) -> QueryResults:
    """Return the rows of an answer with the names of what each number counts, in the order of the alphabet.

    `find` runs the query of `behind`. Where a number counts nothing there are no names.

    >>> from kg.query import Index
    >>> index, behind = Index.of(b""), Behind("who", ("met",), "")
    >>> def count():
    ...     return index.query("SELECT * { VALUES (?who ?met) { (id:lei-jun 2) } }")
    >>> def find():
    ...     return index.query("SELECT (id:lei-jun AS ?a) ('met' AS ?b) ?c { VALUES ?c { id:y.2 id:x.1 } }")
    >>> [row["metNames"].value for row in name_counted(count(), find, behind, None)]
    ['x.1, y.2']
    """
    if not isinstance(results, ox.QuerySolutions):
        return results
    columns = [variable.value for variable in results.variables]
    rows = _rows(results, find, behind, columns, fault)
    return stream_rows([*columns, *behind.names.values()], rows)


def split_names(cell: object) -> list[str]:
    """Return the names in a cell of them: a literal, its text, or None.

    >>> split_names("x.1, y.2"), split_names(None)
    (['x.1', 'y.2'], [])
    """
    text = cell.value if isinstance(cell, ox.Literal) else cell
    return text.split(BETWEEN) if isinstance(text, str) else []


def _rows(
    results: ox.QuerySolutions,
    find: Callable[[], QueryResults],
    behind: Behind,
    columns: Sequence[str],
    fault: Fault | None,
) -> Iterator[Iterable[object]]:
    names: defaultdict[tuple[object, str], list[str]] = defaultdict(list)
    with engine_errors(fault):
        found = find()
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a table
        for of, column, one in found:
            names[of, column.value].append(shorten(one.value))
        for row in results:
            counted = (names.get((row[behind.of], column)) for column in behind.counts)
            cells = (ox.Literal(BETWEEN.join(sorted(some))) if some else None for some in counted)
            yield chain((row[column] for column in columns), cells)
