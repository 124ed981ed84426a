"""What a graph is to hold, wherever it comes from: names that people can read, and numbers that can be computed with."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from typing import Final

MAX_TEXT: Final = 20_000
"""How many characters a text may have, such as a name or a note: some ten pages."""

MAX_DIGITS: Final = 20
"""How many digits a number may have before its point: with more the engine computes nothing."""

_BEYOND: Final = Decimal(10) ** MAX_DIGITS
_SURE: Final = Context(prec=15)
"""The digits that a double holds of any number."""
_WRITTEN: Final = 12  # digits; what people write and tell has no more


def is_beyond(number: str) -> bool:
    """Tell whether nothing can be computed with a number; what is none is told elsewhere.

    >>> is_beyond("9" * 20), is_beyond("-1" + "0" * 20), is_beyond("many")
    (False, True, False)
    """
    try:
        return abs(Decimal(number)) >= _BEYOND
    except InvalidOperation:
        return False


def unrounded(number: str) -> str | None:
    """Return the number that another one is but for its last digits, which arithmetic with doubles left there; or None.

    The engine's own cast of the double 5e8 to a decimal is 500000000.000000006643777536, which is equal to no sum of half a billion.

    >>> unrounded("500000000.000000006643777536"), unrounded("0.30000000000000004"), unrounded("33.333333333333333333")
    ('500000000', '0.3', None)
    """
    if len(number.partition(".")[2]) < _SURE.prec:
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    near = _SURE.plus(value)
    if near == value or len(near.normalize().as_tuple().digits) > _WRITTEN:
        return None
    return format(near.normalize(), "f")
