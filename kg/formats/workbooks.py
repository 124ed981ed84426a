"""Workbooks (XLSX) that users bring, opened within the bounds."""

from __future__ import annotations

import warnings
import zipfile
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kg.base import MissingExtraError, SourceError
from kg.formats.archives import MAX_ARCHIVE, archive_in, zip_problem
from kg.sources import opened
from kg.tables import outside_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_AT_ONCE: Final = 256  # rows
_PROLOG: Final = 4 << 10
_BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
                  SyntaxError, EOFError, NotImplementedError, OverflowError)  # fmt: skip


class Workbook:
    """A workbook that is read row by row, its formulas by their last results."""

    def __init__(self, book: Any, path: Path) -> None:
        """Take a workbook of openpyxl and where it lies."""
        self._book, self._path = book, path
        self.sheets: tuple[str, ...] = tuple(sheet.title for sheet in book.worksheets)
        self.names: dict[str, str] = {
            name: str(one.attr_text or "") for name, one in book.defined_names.items()
        }
        """What its defined names stand for, as it writes that: `Sheet1!$A$1`."""
        self.saved: datetime | None = book.properties.modified
        """When it was saved last, as far as it says so."""

    def rows(self, sheet: str, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a sheet, at most so many, each as cells of openpyxl.

        Raises:
            SourceError: the file breaks off there.
        """
        with _told(self._path):
            rows = self._book[sheet]
            rows.reset_dimensions()  # what a file says of its own size is often wrong
            following = iter(rows.iter_rows(max_row=most))
        while True:
            with _told(self._path):
                some = list(islice(following, _AT_ONCE))
            if not some:
                return
            yield from some


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook.

    One that takes cells out of other files is refused: what they are nobody can tell from it.

    Raises:
        SourceError: it is no file, too large, no workbook, swells too much or has outside links.
        UsageError: openpyxl is not installed.
    """
    try:
        import openpyxl  # only those who bring a workbook wait for it
    except ImportError:
        raise MissingExtraError("a workbook (XLSX)", "openpyxl", "tables") from None
    with opened(path, limit=MAX_ARCHIVE) as file:
        with _told(path):
            with archive_in(file) as archive:
                if problem := workbook_problem(archive):
                    raise SourceError(path, problem)
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        yield Workbook(book, path)


def workbook_problem(archive: zipfile.ZipFile) -> str | None:
    """Return why a workbook is not read, as a clause without a subject, or None."""
    problem = outside_problem(archive.namelist()) or zip_problem(archive)
    if problem is None and any(map(partial(_has_doctype, archive), archive.namelist())):
        problem = "declares a DOCTYPE in one of its parts, which is refused: entities can be made to explode"
    return problem


def _has_doctype(archive: zipfile.ZipFile, name: str) -> bool:
    """Tell whether a part begins with a DOCTYPE; no program writes one, and none writes much before."""
    if not name.endswith((".xml", ".rels")):
        return False
    with archive.open(name) as part:
        return b"<!DOCTYPE" in part.read(_PROLOG)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what the library meets in a file that is none, and keep what it only warns of to ourselves."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not read, such as drawings
            yield
    except _BROKEN as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(path, f"is not XLSX: {problem}") from None
