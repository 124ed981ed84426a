"""Tables that are published in a form of their own: known by their columns, their rows as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.formats.opening import open_beginning
from kg.formats.workbooks import open_workbook
from kg.tables import HeadedTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.opening import Opening


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
        for rows in (opening.rows, *opening.sheets.values())
        for titles in rows
    )


def headed_table(
    path: Path, key_of: Callable[[str], str | None], needed: Collection[str]
) -> tuple[HeadedTable, date | None]:
    """Return a table by its header, and the day on which it was saved, where it is a workbook that says so.

    Raises:
        SourceError: it is no file, or a workbook beyond the bounds.
        UsageError: it is a workbook, and openpyxl is not installed.
    """
    saved = None
    if open_beginning(path).head.startswith(b"PK\x03\x04"):
        with open_workbook(path) as book:
            saved = book.saved.date() if book.saved else None
    return HeadedTable(path, key_of, needed), saved


def row(source: str, number: int) -> Node:
    """Return the row of a table that a statement rests on, for its key `row`.

    >>> row("sbti-2026-06-04", 7)["id"]
    'sbti-2026-06-04#row=7'
    """
    return {"id": f"{source}#row={number}", "type": "Row", "at": f"row={number}"}
