"""Rows as a table for people, on a terminal or in Markdown."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.base import to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.base import Cell
    from kg.query.behind import Behind


def format_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    width: int | None = None,
    markdown: bool = False,
) -> str:
    """Return rows as a table for people, `width` characters wide, or in Markdown.

    >>> print(format_table(["place", "plants"], [("india", 3), ("world", 12)], markdown=True), end="")
    | place | plants |
    |-------|--------|
    | india |      3 |
    | world |     12 |
    """
    bar = "\\|" if markdown else "|"
    table = Table(box=box.MARKDOWN if markdown else box.SIMPLE_HEAD, pad_edge=markdown)
    for at, column in enumerate(columns):
        numeric = all(map(_is_numeric, (row[at] for row in rows)))
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        cells = (to_text(cell).replace("|", bar) for cell in row)
        table.add_row(*map(Text, cells))  # as Text, brackets of the data are no marks of rich's
    out = io.StringIO()
    Console(file=out, width=width or 10_000, no_color=True).print(table)
    lines = filter(None, map(str.rstrip, out.getvalue().splitlines()))
    return "\n".join(lines) + "\n"


def _is_numeric(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float | Decimal)


def format_behind(columns: Sequence[str], rows: Sequence[Sequence[Cell]], behind: Behind) -> str:
    """Return the names of what the numbers of rows count, a line for each number that counts something.

    >>> from kg.query.behind import Behind
    >>> columns, row = ["who", "met", "metNames"], ["lei-jun", 2, "x.1, y.2"]
    >>> print(format_behind(columns, [row], Behind("who", ("met",), "")), end="")
    <BLANKLINE>
    - lei-jun, met: x.1, y.2
    """
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    lines = [
        f"- {to_text(row[behind.of])}, {column}: {to_text(row[names])}\n"
        for row in named
        for column, names in behind.names.items()
        if row[names]
    ]
    return "".join(["\n", *lines] if lines else lines)
