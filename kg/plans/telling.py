"""Answers in which statements are told: beside a statement stands the sentence that it amounts to.

No query can make a sentence, so it is put in while the answer is read, some rows at a time.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import shorten
from kg.plans.sentences import Words
from kg.promises import read_statements
from kg.query import PORTION, engine_errors, stream_rows

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
    columns = [variable.value for variable in results.variables]
    told = {column: [name for name, of in sentences.items() if of == column] for column in columns}
    names = list(chain.from_iterable((column, *told[column]) for column in columns))
    return stream_rows(names, _rows(index, results, told))


def _rows(
    index: Index, results: ox.QuerySolutions, told: Mapping[str, Sequence[str]]
) -> Iterator[Iterable[object]]:
    """Yield the rows of an answer, behind every statement that is `told` its sentence."""
    while rows := _portion(index, results):
        terms = {row[column] for row in rows for column, names in told.items() if names}
        said = _sentences(index, terms)
        for row in rows:
            yield chain.from_iterable(
                (row[column], *(said.get(row[column]) for _ in names))
                for column, names in told.items()
            )


def _portion(index: Index, results: ox.QuerySolutions) -> Sequence[ox.QuerySolution]:
    with engine_errors(index.fault):
        return list(islice(results, PORTION))


def _sentences(index: Index, terms: Iterable[object]) -> dict[object, ox.Literal]:
    names = {shorten(term.value): term for term in terms if isinstance(term, ox.NamedNode)}
    statements = read_statements(index, names)
    words = Words.for_some(index, statements.values())
    return {
        names[name]: ox.Literal(words.told(statement)) for name, statement in statements.items()
    }
