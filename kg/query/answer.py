"""The answer to a query: a table, a boolean or a graph, in whichever form it is wanted."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import (
    GRAPH_FORMATS,
    PREFIXES,
    RDF_FORMATS,
    RESULT_FORMATS,
    TABLE_FORMATS,
    OutputError,
    UnknownNameError,
    UsageError,
    to_python,
    to_text,
)
from kg.query.index import engine_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    import pandas as pd
    import polars as pl

    from kg.base import Cell
    from kg.query.index import Fault, Index, QueryResults
    from kg.query.restoring import Restorer

    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

MOST_VALUES: Final = 1 << 18
"""How many values of terms are kept while an answer is read."""


class Answer:
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
    ) -> None:
        """Wrap `run`, which asks an unchanging graph and can be called again.

        What `restorer` makes gives the values as the data write them; without it they are those of
        the index. `fault` is that of the index which is asked: it is called where rows cannot be read.
        """
        self._run = run
        self._make_restorer = restorer
        self._fault = fault
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
        results = self._results()
        if isinstance(results, ox.QueryBoolean):
            return [(bool(results),)]
        value = _Values().__getitem__
        with engine_errors(self._fault):
            if isinstance(results, ox.QueryTriples):
                return [tuple(map(value, triple)) for triple in self._triples(results)]
            return [tuple(map(value, row)) for row in results]

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
        if form == "json" and self.kind == "table":
            return self._json()
        results = self._results()
        if isinstance(results, ox.QueryTriples):
            if form not in GRAPH_FORMATS:
                raise UsageError(f"a graph cannot be written as {form}; take ttl, nt or jsonld")
            with engine_errors(self._fault):
                # The engine has no order of its own, and the same answer is to give the same bytes.
                triples = sorted(self._triples(results), key=str)
                return (
                    ox.serialize(triples, format=RDF_FORMATS[form].syntax, prefixes=PREFIXES) or b""
                )
        if form not in RESULT_FORMATS:
            raise UsageError(
                f"a table cannot be written as {form}; ask with CONSTRUCT or DESCRIBE,"
                f" or take {', '.join((*TABLE_FORMATS, *RESULT_FORMATS))}"
            )
        with engine_errors(self._fault):
            syntax = getattr(ox.QueryResultsFormat, RESULT_FORMATS[form])
            data: bytes = results.serialize(format=syntax) or b""
        if form == "xml":
            data = _checked_xml(data)
        return data if data.endswith(b"\n") else data + b"\n"

    def _json(self) -> bytes:
        """Return a table as JSON, as the engine writes it, with the values that are to be others put right in it."""
        restorer = self._restorer  # before the results, as in `_results`
        results, self._fresh = self._fresh or self._run(), None
        with engine_errors(self._fault):
            data = results.serialize(format=ox.QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]
        return (restorer.json(data) if restorer else data) + b"\n"

    def to_table(self, width: int | None = None, *, markdown: bool = False) -> str:
        """Return the answer as a table for people, `width` characters wide, or in Markdown."""
        return format_table(self.columns, self.rows, width=width, markdown=markdown)

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

    def _repr_html_(self) -> str:
        """Return the answer as a table for notebooks, of a bounded number of rows."""
        from kg.query.notebook import html_table  # for notebooks alone

        return html_table(self.columns, self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the answer as a pandas DataFrame; see `kg.query.frames.columns` for the types.

        Raises:
            UsageError: pandas is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_pandas,
        )

        return to_pandas(columns(self.columns, self.rows))

    def to_polars(self) -> pl.DataFrame:
        """Return the answer as a polars DataFrame; see `kg.query.frames.columns` for the types.

        Raises:
            UsageError: polars is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_polars,
        )

        return to_polars(columns(self.columns, self.rows))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the answer to whatever reads Arrow (DuckDB, pyarrow ...), typed as a data frame.

        Raises:
            UsageError: nanoarrow is not installed; it comes with the extra `frames`.
        """
        from kg.query.frames import (  # only those who want data frames wait for it
            columns,
            to_arrow,
        )

        return to_arrow(columns(self.columns, self.rows), requested_schema)


class _Values(dict["Term | None", "Cell"]):
    """Python values of terms: the same thing or property is in many rows, and read once."""

    def __missing__(self, term: Term | None) -> Cell:
        if len(self) >= MOST_VALUES:
            self.clear()
        self[term] = value = to_python(term)
        return value


def _checked_xml(data: bytes) -> bytes:
    from kg.base import keep_returns, xml_fault  # for XML alone

    if (at := xml_fault(data)) is not None:
        column = data[:at].rpartition(b'name="')[2].partition(b'"')[0].decode()
        row = data.count(b"<result>", 0, at)
        raise OutputError(f"XML cannot hold a character of ?{column} in row {row}; take json")
    return keep_returns(data)


def format_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    width: int | None = None,
    markdown: bool = False,
) -> str:
    """Return rows as a table for people, `width` characters wide, or in Markdown."""
    # Imported here: nobody who asks for JSON should wait for it.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    bar = "\\|" if markdown else "|"
    table = Table(box=box.MARKDOWN if markdown else box.SIMPLE_HEAD, pad_edge=markdown)
    for at, column in enumerate(columns):
        numeric = all(map(_is_numeric, (row[at] for row in rows)))
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        cells = (to_text(cell).replace("|", bar) for cell in row)
        table.add_row(*map(Text, cells))  # as Text, brackets of the data are no marks of rich's
    out = io.StringIO()
    Console(file=out, width=width or 10_000, no_color=True).print(table)
    lines = filter(None, map(str.rstrip, out.getvalue().splitlines()))
    return "\n".join(lines) + "\n"


def _is_numeric(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float | Decimal)


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
