"""A table becomes the triples of its rows, read by what its metadata says of it.

The cells are read by csvw, which knows from the metadata what they may hold; see `kg.tables.metadata`. Each
cell is a triple as in CSVW's minimal mode (Generating RDF from Tabular Data on the Web,
section 4.1), its row called by the fragment of RFC 7111, `TABLE#row=N`, its column `TABLE#NAME`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import MOST_SHOWN, XSD, Finding, MissingExtraError, SourceError
from kg.sources import decode, read_bytes
from kg.tables.metadata import CSVW, csvw, read_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.tables.metadata import Metadata

SUFFIXES: Final = (".csv", ".parquet")
"""The endings of the tables that can be read."""

MAX_BYTES: Final = 64 << 20
"""How large a table may be, in bytes."""

_DATATYPES: Final = {
    name: ox.NamedNode(XSD + {"datetime": "dateTime", "number": "double"}.get(name, name))
    for name in ("string", "anyURI", "boolean", "decimal", "integer", "double", "number", "date",
                 "dateTime", "datetime")
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: its IRI, the SHA-256 of its file, and what its rows hold.

    `rows` are those after the header, by number, each with its triples; a row that breaks the
    metadata has none and is among the `faults`. `about` describes the table as a source.
    """

    path: Path
    iri: str
    digest: str
    about: tuple[ox.Triple, ...] = field(repr=False)
    rows: dict[int, list[ox.Quad]] = field(repr=False)
    faults: tuple[Finding, ...] = field(repr=False)


def read_table(path: Path) -> Table:
    """Read a table and hold every row against its metadata.

    Raises:
        SourceError: the table or its metadata cannot be read as what it claims to be.

    >>> from kg.base import data_folder
    >>> table = read_table(data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv")
    >>> len(table.rows), min(table.rows), table.rows[2][0].object.value
    (2001, 2, 'COM-0001')
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(path, f"is no table; tables end in {' or '.join(SUFFIXES)}")
    data = read_bytes(path, limit=MAX_BYTES)
    metadata = read_metadata(path)
    records = _records(data, path)
    schema = _Schema(metadata, next(records)[1], path)
    rows: dict[int, list[ox.Quad]] = {}
    faults: list[Finding] = []
    for number, record in records:
        rows[number], wrong = schema.read(number, record)
        faults += wrong
    digest = hashlib.sha256(data).hexdigest()
    return Table(path, metadata.iri, digest, tuple(metadata.about(digest)), rows, tuple(faults))


class _Schema:
    """The columns of a table and its key: how a record becomes triples, or faults."""

    def __init__(self, metadata: Metadata, header: Sequence[str], path: Path) -> None:
        """Hold the header of the table against the metadata."""
        self.iri, self.path = metadata.iri, path
        _refuse_another_header(header, metadata.schema.columns, path)
        _refuse_what_cannot_be_read(metadata)
        self.columns = [_Column(metadata.iri, column) for column in metadata.schema.columns]
        names = [column.name for column in self.columns]
        keys = metadata.schema.primaryKey or ()
        if unknown := [name for name in keys if name not in names]:
            raise SourceError(metadata.path, f"has the key {unknown[0]!r}, which is no column")
        self.key = [names.index(name) for name in keys]
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self, number: int, record: Sequence[str]) -> tuple[list[ox.Quad], list[Finding]]:
        """Return the triples of a row, or what is wrong with it."""
        if len(record) != len(self.columns):
            many = f"has {len(record)} cells where the header has {len(self.columns)}"
            return [], [self._fault(number, "the row", None, many)]
        row = ox.NamedNode(f"{self.iri}#row={number}")
        triples: list[ox.Quad] = []
        faults: list[Finding] = []
        for column, cell in zip(self.columns, record, strict=True):
            values = column.read(cell)
            if isinstance(values, str):
                faults.append(self._fault(number, column.name, cell[:MOST_SHOWN] or None, values))
            else:
                triples += [ox.Quad(row, column.predicate, literal) for literal in values]
        faults += self._repeated(number, record)
        return ([] if faults else triples), faults

    def _repeated(self, number: int, record: Sequence[str]) -> list[Finding]:
        """Return what is wrong with a row whose key another has already."""
        key = tuple(record[at] for at in self.key)
        first = self._seen.setdefault(key, number) if key else number
        if first == number:
            return []
        names = ", ".join(self.columns[at].name for at in self.key)
        return [self._fault(number, names, ", ".join(key), f"row {first} has it already")]

    def _fault(self, number: int, column: str, cell: str | None, problem: str) -> Finding:
        at = f"{self.path} row {number}"
        return Finding(column, None, cell, problem, CSVW, violation=True, location=at)


def _refuse_another_header(header: Sequence[str], known: Sequence[Any], path: Path) -> None:
    for title, column in zip(header, known, strict=False):
        if not column.has_title(title):
            raise SourceError(path, f"has the column {title!r} where its metadata has "
                              f"{str(column)!r}", line=1)  # fmt: skip
    if len(header) != len(known):
        raise SourceError(path, f"has {len(header)} columns, its metadata {len(known)}", line=1)


def _refuse_what_cannot_be_read(metadata: Metadata) -> None:
    for column in metadata.schema.columns:
        if column.virtual or _base(column) not in _DATATYPES:
            raise SourceError(metadata.path, f"has {str(column)!r} as a virtual column or of "
                              f"a datatype that is none of {', '.join(_DATATYPES)}")  # fmt: skip


class _Column:
    """One column: how its cells become literals. Equal cells are read once."""

    def __init__(self, iri: str, column: Any) -> None:
        self.name = column.name or str(column)
        self.predicate = ox.NamedNode(f"{iri}#{quote(self.name)}")
        self._column, self._datatype = column, _DATATYPES[_base(column)]
        self._plain = csvw().Datatype(base=_base(column))
        self._known: dict[str, tuple[ox.Literal, ...] | str] = {}

    def read(self, cell: str) -> tuple[ox.Literal, ...] | str:
        """Return the literals of a cell, or what is wrong with it."""
        # Of a column of codes or years few cells differ, and csvw is slow.
        if cell not in self._known:
            self._known[cell] = self._literals(cell)
        return self._known[cell]

    def _literals(self, cell: str) -> tuple[ox.Literal, ...] | str:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # what csvw warns of in a cell is no value either
                value = self._column.read(cell)
                values = value if isinstance(value, list) else [value]
                return tuple(
                    ox.Literal(self._plain.formatted(one), datatype=self._datatype)
                    for one in values
                    if one is not None
                )
        except (ValueError, ArithmeticError, Warning) as error:
            return " ".join(str(error).split())


def _base(column: Any) -> str:
    datatype = column.inherit("datatype")
    return str(datatype.base) if datatype and datatype.base else "string"


def _records(data: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the records by number, the header first; blank ones count and are left out."""
    if path.suffix.lower() == ".parquet":
        data = _parquet(data, path)
    # Strict, so that a quotation mark out of place is told with its line.
    reader = csv.reader(io.StringIO(decode(data, path), newline=""), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if record:
                yield number, record
    except csv.Error as error:
        raise SourceError(path, f"is not CSV: {error}", line=reader.line_num) from None
    if not number:
        raise SourceError(path, "is empty; it has not even a header")


def _parquet(data: bytes, path: Path) -> bytes:
    """Return a Parquet file as the CSV that it stands for, so that both are read alike."""
    try:
        import polars as pl  # only those who bring Parquet wait for it
    except ImportError:
        raise MissingExtraError("a table in Parquet", "polars", "tables") from None
    try:
        frame = pl.read_parquet(io.BytesIO(data), n_rows=MAX_BYTES >> 4)
        return frame.write_csv().encode()
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise SourceError(path, f"is not Parquet: {str(error).partition(chr(10))[0]}") from None
