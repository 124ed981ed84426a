"""The records of a table, one after the other, whatever kind of file it is.

Nothing here holds more than a record: a table may be as long as the disk is large. What is read is
digested on its way, so that the digest is of the very bytes that were understood.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from kg.base import SourceError
from kg.sources import opened
from kg.tables.encodings import is_western, utf_16_of
from kg.tables.lexical import Lexical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.tables.metadata import Metadata

SUFFIXES: Final = (".csv", ".tsv", ".parquet", ".xlsx")
"""The endings of the tables that can be read."""

MAX_BYTES: Final = {".csv": 16 << 30, ".tsv": 16 << 30, ".parquet": 1 << 30, ".xlsx": 256 << 20}
"""How large a table may be, in bytes."""

MAX_LINE: Final = 4 << 20
"""How many characters a line of text may have."""


_BEGINS: Final = 4096
"""By how many of its first bytes UTF-16 is told."""


class TableRow(NamedTuple):
    """The cells of a row and its number; rows count from 1, and blank ones count."""

    number: int
    cells: list[str]


class TableRows:
    """The records of a file, header and all; `digest` is its SHA-256 once all are read.

    `open_end` then tells whether the last cell may be cut off: no end of line stands behind it, and no
    quotation mark. A whole file may end so, too.
    """

    def __init__(self, path: Path, metadata: Metadata, kind: str | None = None) -> None:
        """Take a table, which is not opened before it is read; `kind` is its ending, whatever it is called.

        Raises:
            SourceError: it is none by its ending.
        """
        self.path, self._metadata = path, metadata
        self._kind = kind or kind_of(path)
        self._sha = hashlib.sha256()
        self.open_end = False

    @property
    def digest(self) -> str:
        """The SHA-256 of all that has been read."""
        return self._sha.hexdigest()

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the records; those that the dialect passes over count and are left out."""
        dialect, number = self._metadata.dialect, 0
        skipped, takes_all = dialect.skipRows, dialect.takes_all
        # Closed by itself: whoever breaks off half-way leaves no file and no process behind.
        for number, cells in enumerate(self._raw(), 1):
            if number <= skipped:
                continue
            if takes_all:
                if cells:
                    yield TableRow(number, cells)
            elif not dialect.is_passed_over(cells):
                yield TableRow(number, dialect.cells(cells))
        if not number:
            raise SourceError(self.path, "is empty; it has not even a header")

    def _raw(self) -> Iterator[list[str]]:
        with opened(self.path, limit=MAX_BYTES[self._kind]) as file:
            if self._kind == ".xlsx":
                from kg.tables.workbook import sheet_rows

                self._digest(file)
                yield from sheet_rows(file, self.path, self._metadata)
            elif self._kind == ".parquet":
                self._digest(file)
                yield from self._parquet()
            else:
                dialect = self._metadata.dialect
                text = io.BufferedReader(_Digesting(file, self._sha), 1 << 16)
                yield from self._split(text, dialect.encoding, dict(dialect.python), "CSV")

    def _parquet(self) -> Iterator[list[str]]:
        from kg.tables.parquet import TYPED, parquet_as_text

        with parquet_as_text(self.path) as text:
            marks = text.readline(MAX_LINE).strip()
            typed = [at for at, mark in enumerate(marks) if mark == ord(TYPED)]
            for number, cells in enumerate(self._split(text, "utf-8", {"strict": True}, "Parquet")):
                for at in typed if number else ():
                    if at < len(cells):  # the last row may be all that came of it
                        cells[at] = Lexical(cells[at])
                yield cells

    def _digest(self, file: BinaryIO) -> None:
        """Digest a file that is not read from beginning to end."""
        while piece := file.read(1 << 20):
            self._sha.update(piece)
        file.seek(0)

    def _split(
        self, data: io.BufferedReader | BinaryIO, encoding: str, words: dict[str, object], name: str
    ) -> Iterator[list[str]]:
        """Yield the records of delimited text."""
        # A mark before the text is none of its characters.
        encoding = "utf-8-sig" if encoding == "utf-8" else encoding
        text = io.TextIOWrapper(data, encoding=encoding, newline="")
        lines = _BoundedLines(text, self.path)
        reader = csv.reader(lines, **words)  # type: ignore[arg-type]
        try:
            yield from reader
            closed = ("\n", "\r", *(mark for mark in (words.get("quotechar"),) if mark))
            self.open_end = not lines.last.endswith(closed)  # type: ignore[arg-type]
        except csv.Error as error:
            raise SourceError(self.path, f"is not {name}: {error}", line=reader.line_num) from None
        except UnicodeError:
            raise self._undecodable(encoding) from None
        finally:
            text.detach()  # whoever opened the file closes it

    def _undecodable(self, encoding: str) -> SourceError:
        """Return what is wrong with a text that is not in its encoding, and in which line."""
        with opened(self.path, limit=MAX_BYTES[self._kind]) as file:
            likely = utf_16_of(file.read(_BEGINS))
            file.seek(0)
            lines = enumerate(iter(lambda: file.readline(MAX_LINE), b""), 1)
            odd = next(((number, line) for number, line in lines if not _is_utf8(line)), None)
        if self._metadata.path == self.path:  # nothing says how it is encoded
            return SourceError(self.path, f"breaks off or is damaged: it is no {encoding}")
        if encoding != "utf-8-sig":
            said = f"is not in {encoding}, as {self._metadata.path.name} says"
            if odd is None and likely is None:
                said += '; it is in UTF-8, so leave "encoding" out of the dialect there'
            return SourceError(self.path, said)
        number, line = odd or (None, b"")
        if likely is None and is_western(line):
            likely = "windows-1252"
        such = f', such as "dialect": {{"encoding": "{likely}"}}' if likely else " (its dialect)"
        said = f"is not UTF-8; save it as UTF-8, or name its encoding in its metadata{such}"
        return SourceError(self.path, said, line=number)


def kind_of(path: Path) -> str:
    """Return the ending of a table.

    Raises:
        SourceError: it is none of those that can be read.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise SourceError(path, f"is no table; tables end in {' or '.join(SUFFIXES)}")
    return kind


class _BoundedLines:
    """The lines of a text, none of which may be without an end; `last` is the last of those that were read."""

    def __init__(self, text: io.TextIOBase, path: Path) -> None:
        self._text, self._path = text, path
        self.last = "\n"

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(iter(lambda: self._text.readline(MAX_LINE + 1), ""), 1):
            if len(line) > MAX_LINE:
                problem = f"has a line of more than {MAX_LINE:,} characters"
                raise SourceError(self._path, problem, line=number)
            self.last = line
            yield line


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Digesting(io.RawIOBase):
    """A file that is digested as it is read."""

    def __init__(self, file: BinaryIO, sha: hashlib._Hash) -> None:
        self._file, self._sha = file, sha

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._file.read(len(buffer))
        self._sha.update(piece)
        buffer[: len(piece)] = piece
        return len(piece)
