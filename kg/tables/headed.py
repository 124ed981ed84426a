"""A table that nothing describes, read by what its header says: for formats that are known by their columns.

The header may stand below other rows, such as one that names groups of columns, and on any sheet.
Columns that are not asked for may come, go and change their order.
"""

from __future__ import annotations

import codecs
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from kg.base import SourceError, counted
from kg.sources import opened
from kg.tables.dialect import Dialect
from kg.tables.encodings import is_western, utf_16_of
from kg.tables.lexical import Fault, PerCent
from kg.tables.metadata import Metadata
from kg.tables.records import TableRows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from kg.tables.records import TableRow

MAX_BYTES: Final = 256 << 20
"""How large such a table may be, in bytes."""

HEADER_WITHIN: Final = 5
"""Within how many rows the header is looked for."""

_ZIP: Final = b"PK\x03\x04"
_PIECE: Final = 1 << 20
_BEGINS: Final = 4096


class HeadedRow(NamedTuple):
    """A row: its number, from 1 on, the header among them, and its cells by the keys of their columns."""

    number: int
    cells: dict[str, str]


class HeadedTable:
    """The rows of a table below its header; `digest` is the SHA-256 of the file once all are read."""

    def __init__(
        self, path: Path, key_of: Callable[[str], str | None], needed: Collection[str]
    ) -> None:
        """Take a table, CSV or XLSX by what it is.

        Args:
            path: the file, which is not opened before it is read.
            key_of: the key of a column by its title, or None where it is not asked for.
            needed: the keys that make a row the header.
        """
        self.path, self._key_of, self._needed = path, key_of, frozenset(needed)
        self._rows: TableRows | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, once all rows are read."""
        return self._rows.digest if self._rows else ""

    def __iter__(self) -> Iterator[HeadedRow]:
        """Yield the rows below the header that have a cell; what is an error there is empty.

        Raises:
            SourceError: it is no table, has no such header, or a column twice.
            UsageError: what reads it is not installed.
        """
        for table in self._tables():
            self._rows, rows = table, iter(table)
            for row in islice(rows, HEADER_WITHIN):
                keys = [self._key_of(" ".join(title.split())) for title in row.cells]
                if self._needed <= set(keys):
                    self._refuse_twice(keys, row.cells, row.number)
                    break
            else:
                continue
            columns = [(at, key) for at, key in enumerate(keys) if key is not None]
            for number, cells, is_last in _with_last(rows):
                if is_last and table.open_end:
                    self._refuse_open_end(keys, number, cells)
                if any(cells):
                    yield HeadedRow(number, {key: _text(cells, at) for at, key in columns})
            return
        columns_needed = ", ".join(sorted(self._needed))
        raise SourceError(
            self.path, f"has no header with {columns_needed} in its first {HEADER_WITHIN} rows"
        )

    def _refuse_twice(self, keys: Sequence[str | None], titles: Sequence[str], line: int) -> None:
        seen = set[str]()
        for key, title in zip(keys, titles, strict=True):
            if key in seen:
                raise SourceError(self.path, f"has the column {title!r} twice", line=line)
            seen |= {key} if key else set()

    def _refuse_open_end(
        self, keys: Sequence[str | None], number: int, cells: Sequence[str]
    ) -> None:
        """Refuse a file that may be cut off in a cell that is asked for."""
        many = len(cells)
        if many < len(keys):
            told = f"breaks off in row {number}, behind {counted(many, 'cell')} of {len(keys)}"
            raise SourceError(self.path, f"{told}; get it anew, as a whole")
        if many == len(keys) and keys[-1] is not None:
            problem = (
                f"has no end of line behind {cells[-1]!r} in row {number}, so that it may be cut off;"
                " get it anew, or add one if it is whole"
            )
            raise SourceError(self.path, problem)

    def _tables(self) -> Iterator[TableRows]:
        """Yield the sheets of a workbook, or the ways in which a text may be separated."""
        with opened(self.path, limit=MAX_BYTES) as file:
            begins = file.read(_BEGINS)
            if begins.startswith(_ZIP):
                from kg.tables.workbook import sheet_names

                file.seek(0)
                sheets: list[str] | None = sheet_names(file, self.path)
            else:
                sheets = None
                encoding = self._encoding(file, begins)
        if sheets is not None:
            for name in sheets:
                yield self._table(".xlsx", Dialect(), name)
            return
        for delimiter in ",;\t":
            yield self._table(".csv", Dialect(encoding=encoding, delimiter=delimiter), None)

    def _encoding(self, file: BinaryIO, begins: bytes) -> str:
        """Return how a text is encoded: in UTF-8 where all of it is, else as spreadsheets of the west do.

        Raises:
            SourceError: it is encoded otherwise: names would be read as others.
        """
        if known := utf_16_of(begins):
            return known
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(begins)
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            file.seek(0)
            lines = enumerate(iter(lambda: file.readline(_PIECE), b""), 1)
            odd = next((number for number, line in lines if not is_western(line)), None)
            if odd is not None:
                problem = "is neither UTF-8 nor windows-1252; save it as UTF-8"
                raise SourceError(self.path, problem, line=odd) from None
            return "cp1252"
        return "utf-8"

    def _table(self, kind: str, dialect: Dialect, sheet: str | None) -> TableRows:
        bare = Metadata(self.path, "", SimpleNamespace(columns=()), {}, dialect, sheet)
        return TableRows(self.path, bare, kind)


def _with_last(rows: Iterator[TableRow]) -> Iterator[tuple[int, Sequence[str], bool]]:
    """Yield the number and the cells of rows, and of each whether it is the last."""
    before = next(rows, None)
    while before is not None:
        after = next(rows, None)
        yield *before, after is None
        before = after


def _text(cells: Sequence[str], at: int) -> str:
    cell = cells[at] if at < len(cells) else ""
    if isinstance(cell, Fault):
        return ""
    return cell.shown if isinstance(cell, PerCent) else str(cell).strip()
