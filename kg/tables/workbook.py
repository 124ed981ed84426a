"""A sheet of a workbook (XLSX) as the records of a table.

A cell of a sheet has a type, which its text only shows: what it knows to be a number or a day is
passed on in the form of XML Schema, whatever format its metadata gives to texts.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.base import MissingExtraError, SourceError
from kg.tables.lexical import Fault, Lexical, PerCent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.tables.metadata import Metadata

MAX_SWOLLEN: Final = 2 << 30
"""How large all parts of a workbook may be together, unpacked."""

MAX_HELD: Final = 128 << 20
"""How large the parts may be that have to be in memory, unpacked: texts, styles, names."""

MAX_ROWS: Final = 1 << 20
"""How many rows a sheet may have; no spreadsheet program writes more."""

_SHEETS: Final = "xl/worksheets/"
_LINKS: Final = "xl/externalLinks/"
_DIGITS: Final = ".15g"  # as many as a spreadsheet shows: 0.1 + 0.2 is 0.3 there
_ZEROS: Final = re.compile("0{2,}")
_ASIDE: Final = re.compile(r'"[^"]*+"|\\.|\[[^\]]*+\]?')  # of a format, what stands for no digit
_PER_CENT: Final = re.compile(r'^(?:[^"%\\]|"[^"]*"|\\.)*%')
_BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
                  SyntaxError, EOFError, NotImplementedError, OverflowError, zlib.error)  # fmt: skip


def sheet_rows(file: BinaryIO, path: Path, metadata: Metadata) -> Iterator[list[str]]:
    """Yield the rows of a sheet, each as long as the metadata has columns, or longer.

    Which sheet that is, its `url` says behind a hash (`plans.xlsx#Targets`) where there are several.

    Raises:
        SourceError: it is no workbook, swells too much, or has no such sheet.
        UsageError: openpyxl is not installed.
    """
    with _opened(path) as load:
        formulas = _looked_through(file, path)
        sheet = _sheet(load(file, read_only=True, data_only=True), path, metadata)
        sources: Iterable[Any] = repeat(())
        if formulas:
            sources = _rows(load(file, read_only=True)[sheet.title])
        least = len(metadata.schema.columns) + metadata.dialect.skipColumns
        for number, (cells, said) in enumerate(zip(_rows(sheet), sources, strict=False), 1):
            if number > MAX_ROWS:
                raise SourceError(path, f"has more than {MAX_ROWS:,} rows")
            yield _record(cells, said, least)


def sheet_names(file: BinaryIO, path: Path) -> list[str]:
    """Return what the sheets of a workbook are called that have a row, in their order.

    Raises:
        SourceError: it is no workbook, or swells too much.
        UsageError: openpyxl is not installed.
    """
    with _opened(path) as load:
        _looked_through(file, path)
        book = load(file, read_only=True, data_only=True)
        return [sheet.title for sheet in book.worksheets if next(_rows(sheet), None) is not None]


@contextmanager
def _opened(path: Path) -> Iterator[Callable[..., Any]]:
    """Lend what opens a workbook, and tell what is wrong with it, whatever openpyxl calls that."""
    try:
        import openpyxl  # only those who bring a workbook wait for it
    except ImportError:
        raise MissingExtraError("a table in XLSX", "openpyxl", "tables") from None
    try:
        with warnings.catch_warnings():
            # It warns of what it does not read, such as drawings.
            warnings.simplefilter("ignore")
            yield openpyxl.load_workbook
    except _BROKEN as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(path, f"is not XLSX: {problem}") from None


def _looked_through(file: BinaryIO, path: Path) -> bool:
    """Tell whether a workbook has formulas, and refuse one that swells too much.

    What a part is said to swell to is true: no more is ever read of it.
    """
    with zipfile.ZipFile(file) as parts:
        if outside := outside_problem(parts.namelist()):
            raise SourceError(path, outside)
        sizes = {part.filename: part.file_size for part in parts.infolist()}
        held = sum(size for name, size in sizes.items() if not name.startswith(_SHEETS))
        for size, most in ((sum(sizes.values()), MAX_SWOLLEN), (held, MAX_HELD)):
            if size > most:
                raise SourceError(path, f"swells to more than {most >> 20:,} MiB; split it")
        return any(_has_formula(parts, name) for name in sizes if name.startswith(_SHEETS))


def outside_problem(parts: Iterable[str]) -> str | None:
    """Return why a workbook of these parts is not read, as a clause without a subject, or None.

    What stands in the cells of another file nobody can tell from this one, which has at most what was
    there when it was saved.

    >>> outside_problem(["xl/workbook.xml"]) is None
    True
    """
    if any(name.startswith(_LINKS) for name in parts):
        return "takes cells out of other files; break its links in the spreadsheet program, and save it"
    return None


def _has_formula(parts: zipfile.ZipFile, name: str) -> bool:
    before = b""
    with parts.open(name) as part:
        while piece := part.read(1 << 20):
            if re.search(rb"<(?:\w+:)?f[\s/>]", before + piece):
                return True
            before = piece[-64:]
    return False


def _sheet(book: Any, path: Path, metadata: Metadata) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    wanted = metadata.sheet
    if wanted is None and len(names) != 1:
        known = ", ".join(names) or "none"
        raise SourceError(
            path,
            f'has the sheets {known}; say which in its metadata, as "url": "{path.name}#NAME"',
        )
    if wanted is not None and wanted not in names:
        raise SourceError(path, f"has no sheet {wanted!r}, but {', '.join(names) or 'none'}")
    return book[wanted or names[0]]


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a file says of its own size is often wrong, and would cut it off.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows())


def _record(cells: tuple[Any, ...], said: tuple[Any, ...], least: int) -> list[str]:
    """Return a row as long as the table is wide: sheets leave out what is empty at its end."""
    record = [_text(cell, said[at] if at < len(said) else None) for at, cell in enumerate(cells)]
    while len(record) > least and not record[-1]:
        record.pop()
    if not any(record):
        return []
    return record + [""] * (least - len(record))


def _text(cell: Any, said: Any) -> str:
    """Return a cell as text, which is `Lexical` where the sheet knows its type."""
    value = cell.value
    if value is None:
        # A program that writes formulas and does not reckon leaves their results to others.
        reckoned = said is None or getattr(said, "data_type", None) != "f"
        return "" if reckoned else Fault("a formula without a result")
    if cell.data_type == "e":
        return Fault(value)
    if isinstance(value, str):
        return value
    per_cent = cell.data_type == "n" and _PER_CENT.match(str(cell.number_format or ""))
    return (PerCent if per_cent else Lexical)(_typed(value, cell))


def _typed(value: Any, cell: Any) -> str:
    """Return a value that has a type as XML Schema writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    shape = str(cell.number_format or "")
    if isinstance(value, int | float):
        return _number(value, shape)
    if isinstance(value, datetime):
        # A day is a moment there, often midnight, and only its format tells them apart.
        timed = re.search("[hs]", _ASIDE.sub("", shape.lower()))
        return value.isoformat() if timed else value.date().isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return str(value.isoformat() if isinstance(value, date | time) else value)


def _number(value: float, shape: str) -> str:
    text = format(Decimal(format(value, _DIGITS)), "f") if isinstance(value, float) else str(value)
    # A code such as 01001, which the sheet holds as 1001 and shows with its zeros.
    return text.zfill(len(shape)) if _ZEROS.fullmatch(shape) else text
