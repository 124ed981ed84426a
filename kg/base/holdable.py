"""What a graph is to hold, wherever it comes from: names that people can read, and numbers that can be computed with."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

MAX_TEXT: Final = 20_000
"""How many characters a text may have, such as a name or a note: some ten pages."""

MAX_DIGITS: Final = 20
"""How many digits a number may have before its point: with more the engine computes nothing."""

_BEYOND: Final = Decimal(10) ** MAX_DIGITS


def is_beyond(number: str) -> bool:
    """Tell whether nothing can be computed with a number; what is none is told elsewhere.

    >>> is_beyond("9" * 20), is_beyond("-1" + "0" * 20), is_beyond("many")
    (False, True, False)
    """
    try:
        return abs(Decimal(number)) >= _BEYOND
    except InvalidOperation:
        return False
