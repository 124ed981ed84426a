"""How a cell is written: held against the form of its datatype before it is a value.

Without a `format` that is the lexical form of XML Schema, with one what CSVW makes of it (Model for
Tabular Data, sections 6.4.2 to 6.4.4). csvw reads the metadata and knows the formats; that it would
take `2019_2020` for a number and `2020-01-31x` for a day is why cells are not left to it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_FORMAT: Final = 100
"""How many characters the format of a number or a day may have."""

SPACES: Final = " \u00a0\u2009\u202f"
"""What separates groups of digits where a space does: by eye nobody tells them apart."""


class Lexical(str):
    """A cell that has a type already, as in a spreadsheet: it is in the form of XML Schema."""

    __slots__ = ()


class PerCent(Lexical):
    """A number that the spreadsheet shows as a percentage: 0.45 for 45%."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """The number as people see it."""
        return f"{Decimal(self).scaleb(2).normalize():f}%"


class Fault(str):
    """A cell that holds an error instead of a value."""

    __slots__ = ()


class Value(NamedTuple):
    """What a cell holds: the `text` of its literal, what its bounds are held against, and a datatype other than the column's."""

    text: str
    held: Any
    datatype: str | None = None


_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE: Final = re.compile(rf"(?:{_DECIMAL.pattern})(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_FORMS: Final = {"integer": _WHOLE, "decimal": _DECIMAL, "double": _DOUBLE, "number": _DOUBLE}


def reader(base: str, form: Any) -> Callable[[str], Value]:
    """Return what reads a cell of a datatype, by its `format` if it has one.

    Raises:
        ValueError: there is no such format. What is returned raises it of a cell, in a clause
            without a subject.

    >>> reader("decimal", {"decimalChar": ",", "groupChar": "."})("1.234,5").text
    '1234.5'
    >>> reader("date", "dd.MM.yyyy")("31.01.2020").text
    '2020-01-31'
    """
    if base in _FORMS:
        from kg.tables.numbers import Numbers

        return Numbers(base, _FORMS[base], form).read
    if base in {"date", "dateTime", "datetime"}:
        from kg.tables.days import Days

        return Days(base, form).read
    if base == "boolean":
        return _truths(form)
    return lambda cell: Value(cell, cell)


def _truths(form: Any) -> Callable[[str], Value]:
    """Return what reads a truth value, by a format such as `Yes|No`."""
    if form is None:
        known = {"true": True, "1": True, "false": False, "0": False}
        told = "true nor false"
    else:
        true, _, false = str(form).partition("|")
        if not true or not false or "|" in false:
            raise ValueError(f"has the format {form!r} for truth values; write it as Yes|No")
        known, told = {true: True, false: False}, f"{true} nor {false}"

    def read(cell: str) -> Value:
        plain = {"true": True, "false": False} if isinstance(cell, Lexical) else known
        if cell not in plain:
            raise ValueError(f"is neither {told}")
        return Value(str(plain[cell]).lower(), plain[cell])

    return read
