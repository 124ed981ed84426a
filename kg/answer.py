"""The answer to a query: a table, a truth value or a graph, in whichever form it is wanted."""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
import xml.parsers.expat
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.errors import OutputError, QueryError, UsageError
from kg.namespaces import PREFIXES, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.index import Index, Results

Cell: TypeAlias = str | int | float | Decimal | bool | date | None

_RESULTS: Final = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_TABLES: Final = ("table", "md")
FORMATS: Final = (*_TABLES, *_RESULTS, *_GRAPHS)
"""The names of the forms: tables to read, the results formats of SPARQL 1.1, and RDF."""

# What XML Schema calls a number or a day is less than what Python can read as one.
_NUMBER: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_DOUBLE: Final = rf"{_NUMBER}([eE][+-]?\d+)?|[+-]?INF|NaN"
_PYTHON: Final[dict[str, tuple[str, Callable[[str], Cell]]]] = {
    XSD + "boolean": ("true|false|1|0", lambda text: text in {"true", "1"}),
    XSD + "date": (r"\d{4}-\d\d-\d\d", date.fromisoformat),
    XSD + "decimal": (_NUMBER, Decimal),
    XSD + "double": (_DOUBLE, float),
    XSD + "float": (_DOUBLE, float),
    XSD + "integer": (r"[+-]?\d+", int),
    XSD + "nonNegativeInteger": (r"\+?\d+|-0+", int),
}


class Answer:
    """The answer to one query.

    `kind` is "table" (SELECT), "truth" (ASK) or "graph" (CONSTRUCT, DESCRIBE). The query has been
    read when the answer exists; its rows are computed when they are first wanted.
    """

    def __init__(self, run: Callable[[], Results]) -> None:
        """Wrap `run`, which asks an unchanging graph and can be called again."""
        self._run = run
        self._fresh: Results | None = run()
        self.kind = (
            "table"
            if isinstance(self._fresh, ox.QuerySolutions)
            else "truth"
            if isinstance(self._fresh, ox.QueryBoolean)
            else "graph"
        )

    def _results(self) -> Results:
        # Results can be walked once; the first walk needs no second query.
        results, self._fresh = self._fresh or self._run(), None
        return results

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; ("answer",) for a truth value, the terms for a graph."""
        if self.kind == "graph":
            return ("subject", "predicate", "object")
        fresh = self._fresh or self._run()
        if isinstance(fresh, ox.QuerySolutions):
            return tuple(variable.value for variable in fresh.variables)
        return ("answer",)

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows as Python values: IRIs by their shortest name, literals by their datatype.

        >>> from kg.index import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("SELECT (1.50 AS ?a) (id:xiaomi AS ?b) {}")).rows
        [(Decimal('1.5'), 'xiaomi')]
        """
        columns = self.columns
        results = self._results()
        if isinstance(results, ox.QueryBoolean):
            return [(bool(results),)]
        with _running():
            if isinstance(results, ox.QueryTriples):
                return [tuple(map(python, triple)) for triple in results]
            return [tuple(python(row[column]) for column in columns) for row in results]

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Yield every row as a mapping of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """Return the truth value of an ASK query, or whether there is any row."""
        return bool(self.rows[0][0]) if self.kind == "truth" else bool(self.rows)

    def to_bytes(self, form: str) -> bytes:
        """Return the answer as one of the standard `FORMATS`, serialised by the engine.

        Raises:
            UsageError: the form does not suit the kind of the answer.
            OutputError: XML cannot hold a character of the answer.
            QueryError: the engine gave up on the way.
        """
        results = self._results()
        if isinstance(results, ox.QueryTriples):
            if form not in _GRAPHS:
                raise UsageError(f"a graph cannot be written as {form}; take ttl, nt or jsonld")
            with _running():
                triples = sorted(results, key=str)
                return ox.serialize(triples, format=_GRAPHS[form], prefixes=PREFIXES) or b""
        if form not in _RESULTS:
            raise UsageError(
                f"a table cannot be written as {form}; ask with CONSTRUCT or DESCRIBE,"
                f" or take {', '.join((*_TABLES, *_RESULTS))}"
            )
        with _running():
            data = results.serialize(format=_RESULTS[form]) or b""
        if form == "xml" and (at := xml_fault(data)) is not None:
            column = data[:at].rpartition(b'name="')[2].partition(b'"')[0].decode()
            row = data.count(b"<result>", 0, at)
            raise OutputError(f"XML cannot hold a character of ?{column} in row {row}; take json")
        return data if data.endswith(b"\n") else data + b"\n"

    def to_table(self, width: int | None = None, *, markdown: bool = False) -> str:
        """Return the answer as a table for people, `width` characters wide, or in Markdown."""
        # Imported here: nobody who asks for JSON should wait for it.
        from rich import box  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        table = Table(box=box.MARKDOWN if markdown else box.SIMPLE_HEAD, pad_edge=markdown)
        numeric = [
            all(isinstance(row[i], int | float | Decimal) or row[i] is None for row in self.rows)
            for i in range(len(self.columns))
        ]
        for column, right in zip(self.columns, numeric, strict=True):
            table.add_column(column, justify="right" if right else "left", overflow="fold")
        for row in self.rows:
            cells = [show(cell) for cell in row]
            table.add_row(*(Text(c.replace("|", "\\|") if markdown else c) for c in cells))
        out = io.StringIO()
        Console(file=out, width=width or 10_000, no_color=True).print(table)
        lines = (line.rstrip() for line in out.getvalue().splitlines())
        return "\n".join(line for line in lines if line) + "\n"

    def write(self, form: str, *, width: int | None = None) -> bytes:
        r"""Return the answer in any of `FORMATS` as bytes.

        >>> from kg.index import Index
        >>> index = Index.of(b"")
        >>> Answer(lambda: index.query("ASK {}")).write("json")
        b'{"head":{},"boolean":true}\n'
        """
        if form in _TABLES:
            return self.to_table(width, markdown=form == "md").encode()
        return self.to_bytes(form)


@contextlib.contextmanager
def _running() -> Iterator[None]:
    """Turn what the engine raises while it answers into one sentence."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from None


def xml_fault(data: bytes) -> int | None:
    r"""Return the place of the first byte that keeps `data` from being XML, or None.

    >>> xml_fault(b"<a>b</a>"), xml_fault(b"<a>\x01</a>")
    (None, 3)
    """
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except xml.parsers.expat.ExpatError:
        return parser.ErrorByteIndex
    return None


def rows(index: Index, query: str) -> list[tuple[Cell, ...]]:
    """Return the rows of a query of our own as Python values.

    >>> from kg.index import Index
    >>> rows(Index.of(b""), "SELECT (1 AS ?a) {}")
    [(1,)]
    """
    return Answer(lambda: index.query(query)).rows


def python(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """Return an RDF term as the Python value that it stands for.

    A literal that is not well-formed for its datatype stays the text that it is.
    """
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if isinstance(term, ox.Literal):
        form, made = _PYTHON.get(term.datatype.value, (None, str))
        try:
            well_formed = form is None or re.fullmatch(form, term.value, re.ASCII)
            return made(term.value) if well_formed else term.value
        except (ValueError, ArithmeticError):
            return term.value
    return None if term is None else str(term)


def show(cell: Cell) -> str:
    r"""Return a cell as people read it, with control and bidi characters made visible.

    >>> show(Decimal("15000000000")), show("a\u202eb"), show(None)
    ('15,000,000,000', 'a\\u202eb', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | Decimal):
        return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"
    return visible(str(cell).removeprefix("cp:"))


def visible(text: str) -> str:
    r"""Return `text` on one line, with every character that cannot be seen written as an escape.

    Those are control, format and surrogate characters, the separators of lines and paragraphs, and
    the two that are no characters.

    >>> visible("a\nb"), visible("\u2028"), visible("\U000e0001")
    ('a\\u000ab', '\\u2028', '\\U000e0001')
    """
    return "".join(_escape(c) if _unseen(c) else c for c in text)


def _unseen(c: str) -> bool:
    return unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c in "\ufffe\uffff"


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}"
