"""CSV for spreadsheets: all statements in one table, in which nothing is taken for a formula.

It is no CSV of the W3C, in which `kg query -f csv` answers: a spreadsheet runs what begins like a formula.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.export.columns import AFTER, BEFORE, SAID
from kg.export.tables import TABLES, each_statement_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query import GraphContent

_BETWEEN: Final = "; "
_MARK: Final = "\ufeff"
"""What such a file begins with: without it Excel reads another encoding."""
# What spreadsheets take for the beginning of a formula, the full-width forms of East Asia included.
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_STATEMENTS: Final = TABLES[:-1]
_COMMON: Final = (*BEFORE, *SAID, *AFTER)
# Those that all have in common stay where people look for them.
_OWN: Final = dict.fromkeys(
    column for table in _STATEMENTS for column in table.columns if column not in _COMMON
)
_COLUMNS: Final = (*BEFORE, *_OWN, *SAID, *AFTER)
_PLACES: Final = {
    table.name: [table.columns.index(one) if one in table.columns else None for one in _COLUMNS]
    for table in _STATEMENTS
}
"""Where the cells of the one table stand in the rows of each other."""


def write_csv(graph: GraphContent) -> bytes:
    r"""Return all statements as one table.

    Raises:
        OutputError: a value that is not of the kind of its column.

    >>> import kg
    >>> write_csv(kg.build(check=False))[:23]
    b'\xef\xbb\xbfstatement,class,says'
    """
    write = csv.writer(_Echo()).writerow
    # As lines they take a third of the room that rows take.
    lines = [
        (str(row[0]), write(_cells(None if at is None else row[at] for at in _PLACES[table.name])))
        for table, row in each_statement_row(graph)
    ]
    lines.sort()
    head = write(column.name for column in _COLUMNS)
    return "".join((_MARK, head, *(line for _, line in lines))).encode()


def sheet(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    r"""Return rows as CSV that any spreadsheet opens and that none runs anything of.

    >>> sheet(["a", "b"], [["=1+1", -1.5], [["x", "y"], None]])
    b"\xef\xbb\xbfa,b\r\n'=1+1,-1.5\r\nx; y,\r\n"
    """
    out = io.StringIO(newline="")
    out.write(_MARK)
    writer = csv.writer(out)
    writer.writerow(map(safe_text, head))
    writer.writerows(map(_cells, rows))
    return out.getvalue().encode()


class _Echo:
    """A file whose lines are returned to who writes them."""

    def write(self, line: str) -> str:
        return line


def _cells(row: Iterable[Any]) -> list[str | None]:
    # The library writes None as nothing, which most cells are.
    return [None if value is None else _cell(value) for value in row]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return safe_text(_BETWEEN.join(map(str, value)))
    if isinstance(value, bool):
        return str(value).upper()  # as spreadsheets write it
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return safe_text(value)
    # A number is one, also below zero; 1e16 would be a text to some.
    return format(value, "f").rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: it is told to be text by an apostrophe.

    >>> safe_text("=HYPERLINK(1)"), safe_text("a=b"), safe_text("-")
    ("'=HYPERLINK(1)", 'a=b', "'-")
    """
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text
