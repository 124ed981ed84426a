"""What is wrong with a file that no reader takes: what it is instead, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import RDF_SUFFIXES, SourceError, abridge
from kg.formats.archives import open_zip
from kg.formats.bounds import look_at_prolog
from kg.formats.opening import MAX_BYTES
from kg.formats.workbooks import open_workbook
from kg.sources import YAML, opened

if TYPE_CHECKING:
    from kg.formats.opening import Opening

NO_FORMAT: Final = "is of no format that can be imported"
LISTED: Final = "kg import --list lists those"

_TABLE: Final = f"is a table of no format that is known ({LISTED}); give a mapping with -m"
_MAGIC: Final = (
    (b"%PDF-", "PDF", "find the data that it was made of"),
    (b"PAR1", "Parquet", "give a mapping with -m"),
    (b"\xd0\xcf\x11\xe0", "an old file of Microsoft Office", "save it as XLSX"),
    (b"\x1f\x8b", "packed with gzip", "unpack it"),
    (b"<!DOCTYPE html", "a page of HTML", "kg draft reads pages"),
    (b"<html", "a page of HTML", "kg draft reads pages"),
)


def unknown_problem(opening: Opening) -> SourceError:
    """Return what is wrong with a file that is of no format: that it is hostile, or what it is instead.

    >>> from pathlib import Path
    >>> from kg.formats.opening import Opening
    >>> str(unknown_problem(Opening(Path("a.pdf"), b"%PDF-1.7 ...")))
    'a.pdf: is PDF, which is of no format that can be imported; find the data that it was made of'
    """
    # Raises UsageError where it may be of a format, and the library that tells is not installed.
    try:
        _look_for_worse(opening)
    except SourceError as error:
        return error
    return SourceError(opening.path, _what(opening))


def _look_for_worse(opening: Opening) -> None:
    """Tell whether it could be of a format, were it not refused."""
    if opening.xml is not None:
        with opened(opening.path, limit=MAX_BYTES) as file:
            look_at_prolog(file, opening.path)
    elif "xl/workbook.xml" in opening.members:
        with open_workbook(opening.path):
            pass
    elif opening.head.startswith(b"PK\x03\x04"):
        with open_zip(opening.path):
            pass


def _what(opening: Opening) -> str:
    start = opening.head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "is empty"
    if opening.path.suffix.lower() in (*YAML, *RDF_SUFFIXES):
        return f"{NO_FORMAT}; if it is a source already, kg check and kg build read it"
    for magic, name, advice in _MAGIC:
        if start.startswith(magic.lower()):
            return f"is {name}, which {NO_FORMAT}; {advice}"
    return _shape(opening)


def _shape(opening: Opening) -> str:
    if opening.xml is not None:
        root = abridge(opening.xml.name, 60)
        return f"is XML with the root {root!r}, which {NO_FORMAT}; {LISTED}"
    if opening.json:
        return f"is JSON, but {NO_FORMAT}; {LISTED}"
    if opening.sheets or len(opening.rows) > 1:
        return _TABLE
    return f"{NO_FORMAT}; {LISTED}, and a table needs a mapping (-m)"
