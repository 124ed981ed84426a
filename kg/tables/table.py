"""A table becomes the triples of its rows, read by what its metadata says of it.

Each cell is a triple as in CSVW's minimal mode (Generating RDF from Tabular Data on the Web,
section 4.1), its row called by the fragment of RFC 7111, `TABLE#row=N`, its column `TABLE#NAME`.
Rows come in lots, so that no more than one of these is in memory.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import compress, islice, repeat
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from kg.base import MOST_SHOWN, Finding, SourceError, counted
from kg.tables.cells import TableColumn
from kg.tables.keys import Keys
from kg.tables.metadata import CSVW, Metadata, read_metadata
from kg.tables.records import TableRow, TableRows, kind_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from pathlib import Path

LOT: Final = 4_000
"""How many rows are read at once."""

_MARK: Final = b"\xef\xbb\xbf".decode("latin-1")
"""How the mark that spreadsheets put before UTF-8 reads in an encoding of the west."""

_CELLS: Final = 100_000
"""How many cells these may have together: of a wide table fewer rows are a lot."""


@dataclass
class Lot:
    """Some rows after each other: the numbers of the good ones with their triples, and the faults.

    `numbers` are those of all rows, `good` of those that break nothing. `columns` have the literals of
    the cells of these, by predicates; `iri` is that of the table.
    """

    iri: str
    numbers: list[int]
    good: list[int]
    columns: dict[str, list[tuple[str, ...]]]
    faults: list[Finding] = field(default_factory=list)

    def triples(self, needed: Container[str] | None = None) -> list[str]:
        """Return the good rows as N-Triples, column by column; `needed` may name the predicates asked for."""
        rows = [f"<{self.iri}#row={number}> " for number in self.good]
        # A comprehension for a column, and nothing made in it but its lines: there are a million cells.
        return [
            f"{row}{predicate} {literal} .\n"
            for predicate, values in self.columns.items()
            if needed is None or predicate in needed
            for row, literals in zip(rows, values, strict=True)
            for literal in literals
        ]


class Table:
    """A table: its metadata, and the lots of its rows; `digest` is its SHA-256 once they are read."""

    def __init__(self, path: Path) -> None:
        """Read what describes a table.

        Raises:
            SourceError: it is no table by its ending, or has no metadata that can be read.
        """
        kind_of(path)
        self.path, self.metadata = path, read_metadata(path)
        self.iri = self.metadata.iri
        self._records = TableRows(path, self.metadata)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, once all lots are read."""
        return self._records.digest

    @property
    def open_end(self) -> bool:
        """Whether its last cell may be cut off, once all lots are read."""
        return self._records.open_end

    def about(self) -> Iterator[ox.Quad]:
        """Describe the table as a source, once all lots are read; see `Metadata.about`."""
        graph = ox.NamedNode(self.iri)
        for triple in self.metadata.about(self.digest):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def lots(self) -> Iterator[Lot]:
        r"""Yield the rows, held against the metadata.

        Raises:
            SourceError: the table cannot be read as what it claims to be.

        >>> from kg.base import data_folder
        >>> table = Table(data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv")
        >>> lot = next(table.lots())
        >>> len(lot.good), lot.numbers[0], lot.triples()[0].rpartition("> ")[2]
        (2001, 2, '"COM-0001" .\n')
        """
        records = iter(self._records)
        columns = [TableColumn(self.metadata, one) for one in self.metadata.schema.columns]
        keys = _key_columns(self.metadata, columns)
        header = list(islice(records, self.metadata.dialect.header_rows))
        _refuse_another_header(header, self.metadata, self.path)
        schema = _Schema(self.path, self.iri, columns, keys)
        many = max(1, min(LOT, _CELLS // max(1, len(columns))))
        while some := list(islice(records, many)):
            yield schema.read(some)


def _key_columns(metadata: Metadata, columns: Sequence[TableColumn]) -> list[int]:
    names = [column.name for column in columns]
    given = metadata.schema.primaryKey or ()
    if unknown := [name for name in given if name not in names]:
        raise SourceError(metadata.path, f"has the key {unknown[0]!r}, which is no column")
    return [names.index(name) for name in given]


def _refuse_another_header(header: Sequence[TableRow], metadata: Metadata, path: Path) -> None:
    """Refuse a table whose columns are called otherwise than its metadata says.

    Where several rows name the columns, one of them has to.
    """
    known = metadata.schema.columns
    if len(header) < metadata.dialect.header_rows:
        raise SourceError(path, "is empty; it has not even a header")
    if not header:
        return
    last = header[-1]
    titles = last.cells
    for at, column in enumerate(known[: len(titles)]):
        if not any(column.has_title(row.cells[at]) for row in header if at < len(row.cells)):
            shown = titles[at].replace("\0", "")
            problem = f"has the column {shown!r} where its metadata has {str(column)!r}"
            raise SourceError(path, problem + _hint(titles, metadata), line=last.number)
    if len(titles) != len(known):
        problem = f"has {counted(len(titles), 'column')}, its metadata {len(known)}"
        raise SourceError(path, problem + _hint(titles, metadata), line=last.number)


def _hint(titles: Sequence[str], metadata: Metadata) -> str:
    """Return what to do where a header looks like one that is written in another way."""
    if titles[:1] and "\0" in titles[0]:
        likely = "utf-16-be" if titles[0].startswith("\0") else "utf-16-le"
        return (
            f'; its bytes are those of UTF-16, so say "dialect": {{"encoding": "{likely}"}} there'
        )
    if titles[:1] and titles[0].startswith(_MARK):
        return (
            '; its bytes begin as those of UTF-8 do, so leave "encoding" out of the dialect there'
        )
    for delimiter in ";\t|":
        if len(titles) == 1 and titles[0].count(delimiter) == len(metadata.schema.columns) - 1 > 0:
            said = f'"dialect": {{"delimiter": "{delimiter}"}}'.replace("\t", "\\t")
            return f"; if {delimiter!r} stands between its cells, say {said} there"
    return ""


class _Schema:
    """The columns of a table and its key: how records become triples, or faults."""

    def __init__(self, path: Path, iri: str, columns: list[TableColumn], key: list[int]) -> None:
        self._path, self._iri, self._columns, self._key = path, iri, columns, key
        self._keys = Keys() if key else None

    def read(self, records: Sequence[TableRow]) -> Lot:
        """Return the triples of some rows, and what is wrong with them."""
        width = len(self._columns)
        whole = [record for record in records if len(record.cells) == width]
        numbers = [record.number for record in whole]
        cells = list(zip(*(record.cells for record in whole), strict=True)) or [()] * width
        read = [column.read(some) for column, some in zip(self._columns, cells, strict=True)]
        faults: defaultdict[int, list[Finding]] = defaultdict(list)
        for number, found in records if len(whole) < len(records) else ():
            if len(found) != width:
                many = f"has {counted(len(found), 'cell')} where the header has {width}"
                faults[number].append(self._fault(number, "the row", None, many))
        for column, some, one in zip(self._columns, cells, read, strict=True):
            for number, cell, value in (
                zip(numbers, some, one.values, strict=True) if one.faulty else ()
            ):
                if value.__class__ is str:
                    shown = _shown(cell) or None
                    faults[number].append(self._fault(number, column.name, shown, str(value)))
        for number, first, key in self._repeated(numbers, cells):
            names = ", ".join(self._columns[at].name for at in self._key)
            shown = _shown(", ".join(key))
            faults[number].append(self._fault(number, names, shown, f"row {first} has it already"))
        is_good = [number not in faults for number in numbers] if faults else repeat(True)
        columns = {
            column.predicate: list(compress(one.values, is_good))
            for column, one in zip(self._columns, read, strict=True)
        }
        return Lot(
            self._iri,
            [record.number for record in records],
            list(compress(numbers, is_good)),
            cast("dict[str, list[tuple[str, ...]]]", columns),
            [fault for number in sorted(faults) for fault in faults[number]],
        )

    def _repeated(
        self, numbers: list[int], cells: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Yield the rows whose key another has already, each with that one and the key."""
        if self._keys is None:
            return
        keys = list(zip(*(cells[at] for at in self._key), strict=True))
        firsts = self._keys.firsts(keys, numbers)
        if firsts is not numbers:
            for number, first, key in zip(numbers, firsts, keys, strict=True):
                if number != first:
                    yield number, first, key

    def _fault(self, number: int, column: str, cell: str | None, problem: str) -> Finding:
        at = f"{self._path} row {number}"
        return Finding(column, None, cell, problem, CSVW, violation=True, location=at)


def _shown(cell: str) -> str:
    return str(getattr(cell, "shown", cell))[:MOST_SHOWN]
