"""Tables that are published in a form of their own: known by their columns, their rows as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

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


def row(source: str, number: int) -> Node:
    """Return the row of a table that a statement rests on, as a part of the statement.

    >>> row("sbti-2026-06-04", 7)["cp:row"]["id"]
    'sbti-2026-06-04#row=7'
    """
    return {"cp:row": {"id": f"{source}#row={number}", "type": "Row", "at": f"row={number}"}}
