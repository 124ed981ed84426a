"""Tables that are published in a form of their own: known by their columns, their rows as evidence."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kg.formats.batch import Node
    from kg.formats.opening import Opening

_LOOKED_AT: Final = 1 << 20
"""How many bytes of a part of a workbook are looked at for the titles of columns."""

_PARTS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
_TITLE: Final = re.compile(rb">([^<>]{1,100})<")
_LINES: Final = 5
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # a part that is locked by a password, or packed in a way that nothing here knows
)


def has_columns(
    opening: Opening, key_of: Callable[[str], str | None], needed: Collection[str]
) -> bool:
    """Tell whether a file is a table, CSV or XLSX, whose header has some columns.

    Args:
        opening: the beginning of the file.
        key_of: the key of a column by its title, or None.
        needed: the keys that tell this table from others.
    """
    return any(
        set(needed) <= {key_of(" ".join(title.split())) for title in titles}
        for titles in _titles(opening)
    )


def _titles(opening: Opening) -> Iterator[list[str]]:
    """Yield what may be the titles of the columns of a file."""
    if opening.members:
        if "xl/workbook.xml" in opening.members:
            yield list(_texts(opening))
        return
    encoding = "utf-16" if opening.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = opening.head.decode(encoding, errors="replace")
    lines = [line for line in text.splitlines() if line.strip()][:_LINES]
    for delimiter in ",;\t":
        try:
            yield from list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue


def _texts(opening: Opening) -> Iterator[str]:
    """Yield the first texts of a workbook: those of its first rows are among them."""
    try:
        with zipfile.ZipFile(opening.path) as archive:
            for name in _PARTS:
                if name in opening.members:
                    with archive.open(name) as part:
                        for title in _TITLE.findall(part.read(_LOOKED_AT)):
                            yield title.decode(errors="replace")
    except _UNREADABLE:
        return


def row(source: str, number: int) -> Node:
    """Return the row of a table that a statement rests on, as a part of the statement.

    >>> row("sbti-2026-06-04", 7)["cp:row"]["id"]
    'sbti-2026-06-04#row=7'
    """
    return {"cp:row": {"id": f"{source}#row={number}", "type": "Row", "at": f"row={number}"}}
