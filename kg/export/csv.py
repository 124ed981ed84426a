"""CSV for spreadsheets: all statements in one table, in which nothing is taken for a formula.

It is no CSV of the W3C, in which `kg query -f csv` answers: a spreadsheet runs what begins like a formula.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.export.tables import load_all_statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query import Index

_BETWEEN: Final = "; "
# What spreadsheets take for the beginning of a formula, the full-width forms of East Asia included.
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(index: Index) -> bytes:
    r"""Return all statements as one table.

    Raises:
        OutputError: a value that is not of the kind of its column.

    >>> import kg
    >>> write_csv(kg.build(check=False).index)[:23]
    b'\xef\xbb\xbfstatement,class,says'
    """
    table = load_all_statements(index)
    return sheet([column.name for column in table.columns], table.rows)


def sheet(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    r"""Return rows as CSV that any spreadsheet opens and that none runs anything of.

    >>> sheet(["a", "b"], [["=1+1", -1.5], [["x", "y"], None]])
    b"\xef\xbb\xbfa,b\r\n'=1+1,-1.5\r\nx; y,\r\n"
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")  # without it Excel reads another encoding
    writer = csv.writer(out)
    writer.writerow(map(safe_text, head))
    # The library writes None as nothing, which most cells are.
    writer.writerows([None if value is None else _cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


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
