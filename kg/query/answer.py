"""The answer to a query: a table, a boolean or a graph, in whichever form it is wanted."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import (
    TABLE_FORMATS,
    UnknownNameError,
    UsageError,
)
from kg.query.engine import engine_errors
from kg.query.handed import Handed
from kg.query.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.base import Cell
    from kg.query.behind import Behind
    from kg.query.engine import Fault
    from kg.query.index import QueryResults
    from kg.query.restoring import Restorer
    from kg.query.values import Term


class Answer(Handed):
    """The answer to one query.

    `kind` is "table" (SELECT), "boolean" (ASK) or "graph" (CONSTRUCT, DESCRIBE). The query has been
    read when the answer exists; its rows are computed when they are first wanted.
    """

    def __init__(
        self,
        run: Callable[[], QueryResults],
        restorer: Callable[[], Restorer | None] | None = None,
        *,
        fault: Fault | None = None,
        behind: Behind | None = None,
    ) -> None:
        """Wrap `run`, which asks an unchanging graph and can be called again.

        What `restorer` makes gives the values as the data write them; without it they are those of
        the index. `fault` is that of the index which is asked: it is called where rows cannot be read.
        Where numbers have the names of what they count, `behind` tells the columns of both.
        """
        self._run = run
        self._make_restorer = restorer
        self._fault = fault
        self._behind = behind
        # Run at once, so that a query that cannot be read is told where it is asked.
        self._fresh: QueryResults | None = run()
        self.kind = (
            "table"
            if isinstance(self._fresh, ox.QuerySolutions)
            else "boolean"
            if isinstance(self._fresh, ox.QueryBoolean)
            else "graph"
        )

    @cached_property
    def _restorer(self) -> Restorer | None:
        """What gives the values as the data write them, where that may be otherwise."""
        restorer = self._make_restorer() if self._make_restorer else None
        if restorer and self.kind == "table" and not restorer.concerns(self.columns):
            return None
        return restorer

    def _results(self) -> QueryResults:
        """Return the results, a table with its values as the data write them."""
        restorer = self._restorer  # before the results, which are asked for their columns
        # Results can be walked once; the first walk needs no second query.
        results, self._fresh = self._fresh or self._run(), None
        if restorer and isinstance(results, ox.QuerySolutions):
            with engine_errors(self._fault):
                return restorer.rows(results)
        return results

    def _triples(self, results: ox.QueryTriples) -> Iterable[ox.Triple]:
        return self._restorer.triples(results) if self._restorer else results

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; ("answer",) for a boolean, the terms for a graph."""
        if self.kind == "graph":
            return ("subject", "predicate", "object")
        fresh = self._fresh or self._run()
        if isinstance(fresh, ox.QuerySolutions):
            return tuple(variable.value for variable in fresh.variables)
        return ("answer",)

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows as Python values: IRIs by their shortest name, literals by their datatype.

        >>> from kg.query import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("SELECT (1.50 AS ?a) (id:xiaomi AS ?b) {}")).rows
        [(Decimal('1.5'), 'xiaomi')]
        """
        return self.head(None)

    def head(self, most: int | None) -> list[tuple[Cell, ...]]:
        """Return the first rows, at most so many, without the values of those behind them; None is all.

        >>> from kg.query import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("SELECT * { VALUES ?a { 1 2 3 } }")).head(2)
        [(1,), (2,)]
        """
        results = self._results()
        if isinstance(results, ox.QueryBoolean):
            return [(bool(results),)]
        value = Values().__getitem__
        with engine_errors(self._fault):
            if isinstance(results, ox.QueryTriples):
                triples = self._triples(results)
                return [tuple(map(value, triple)) for triple in islice(triples, most)]
            return [tuple(map(value, row)) for row in islice(results, most)]

    @cached_property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as RDF terms, which tell an IRI from a text of the same words; None is no value."""
        results = self._results()
        if isinstance(results, ox.QueryBoolean):
            return [(ox.Literal(bool(results)),)]
        with engine_errors(self._fault):
            if isinstance(results, ox.QueryTriples):
                return [tuple(triple) for triple in self._triples(results)]
            return [tuple(row) for row in results]

    def some(self, start: int, most: int) -> tuple[list[tuple[Term | None, ...]], int]:
        """Return at most so many rows of a table as RDF terms, from one on, and how many there are in all.

        Raises:
            UsageError: it is no table.

        >>> from kg.query import Index
        >>> index = Index.of(b"")
        >>> answer = Answer(lambda: index.query("SELECT * { VALUES ?a { 1 2 3 } }"))
        >>> rows, total = answer.some(1, 1)
        >>> rows[0][0].value, total
        ('2', 3)
        """
        if self.kind != "table":
            raise UsageError("only a table has rows to choose from")
        results = self._results()
        assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - it is a table
        rows, total = [], 0
        with engine_errors(self._fault):
            for row in results:
                if start <= total < start + most:
                    rows.append(tuple(row))
                total += 1
        return rows, total

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Yield every row as a mapping of its columns."""
        columns = self.columns  # before the rows: once those are read, only another query has them
        return (dict(zip(columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """Return the boolean of an ASK query, or whether there is any row."""
        return bool(self.rows[0][0]) if self.kind == "boolean" else bool(self.rows)

    def only(self, *columns: str) -> Answer:
        """Return the answer with some of its columns only, in that order.

        Raises:
            UnknownNameError: a column that it does not have.
            UsageError: it is no table.

        >>> from kg.query import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("SELECT (1 AS ?a) (2 AS ?b) {}")).only("b").rows
        [(2,)]
        """
        if self.kind != "table":
            raise UsageError("only a table has columns to choose from")
        from kg.query.rows import stream_rows  # few leave columns out

        for name in columns:
            if name not in self.columns:
                raise UnknownNameError("column", name, self.columns)

        def run() -> QueryResults:
            rows = self._results()
            assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - it is a table
            return stream_rows(columns, ([row[name] for name in columns] for row in rows))

        return Answer(run, fault=self._fault)

    def to_bytes(self, form: str) -> bytes:
        """Return the answer as one of the standard forms, serialised by the engine.

        Raises:
            UsageError: the form does not suit the kind of the answer.
            OutputError: XML cannot hold a character of the answer.
            QueryError: the engine gave up on the way.
        """
        from kg.query.serialised import (  # tables for people have no need of it
            write_results,
            write_triples,
        )

        if form == "json" and self.kind == "table":
            return self._json()
        results = self._results()
        with engine_errors(self._fault):
            if isinstance(results, ox.QueryTriples):
                return write_triples(self._triples(results), form)
            return write_results(results, form)

    def _json(self) -> bytes:
        """Return a table as JSON, as the engine writes it, with the values that are to be others put right in it."""
        restorer = self._restorer  # before the results, as in `_results`
        results, self._fresh = self._fresh or self._run(), None
        with engine_errors(self._fault):
            assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - a table
            data = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return (restorer.json(data) if restorer else data) + b"\n"

    def to_table(self, width: int | None = None, *, markdown: bool = False) -> str:
        """Return the answer as a table for people, `width` characters wide, or in Markdown.

        The names of what numbers count stand below it.
        """
        # nobody who asks for JSON should wait for these
        from kg.query.printed import format_behind, format_table

        columns, rows = self.columns, self.rows
        if self._behind is None:
            return format_table(columns, rows, width=width, markdown=markdown)
        names = set(self._behind.names.values())
        kept = [at for at, column in enumerate(columns) if column not in names]
        shown = [[row[at] for at in kept] for row in rows]
        table = format_table([columns[at] for at in kept], shown, width=width, markdown=markdown)
        return table + format_behind(columns, rows, self._behind)

    def write(self, form: str, *, width: int | None = None) -> bytes:
        r"""Return the answer in any of `ANSWER_FORMATS` as bytes.

        >>> from kg.query import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("ASK {}")).write("json")
        b'{"head":{},"boolean":true}\n'
        """
        if form in TABLE_FORMATS:
            return self.to_table(width, markdown=form == "md").encode()
        return self.to_bytes(form)
