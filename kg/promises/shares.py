"""How much of the way to an aim a figure has gone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kg.promises.verdicts import Aim, Figure

Share: TypeAlias = "tuple[Decimal | None, Decimal | None]"
"""The least and the most that can have been gone; 1 is the whole, None is no bound."""


def share_of(aim: Aim, figure: Figure) -> Share | None:
    """Return the part of the way from the baseline to the aim that a figure has gone, as bounds.

    Without a baseline the way begins at nothing where more is wanted; a place in an order is no part
    of a way. Above 1 it went further, below 0 the wrong way.

    >>> from datetime import date
    >>> from kg.promises.verdicts import Aim, Figure
    >>> day = date(2017, 7, 1)
    >>> share_of(Aim(Decimal(500), True, day), Figure("count", Decimal(400), None, day, day))
    (Decimal('0.8'), None)
    """
    start = _start(aim)
    if start is None or start == aim.value or aim.counted == "ordinal":
        return None
    low, high = (_part(end, start, aim.value) for end in (figure.low, figure.high))
    if aim.value < start:
        low, high = high, low
    # Of a wider place only the most is known that can be of the narrower one, and the reverse.
    least, most = None if figure.no_reach else low, None if figure.no_short else high
    return None if least is None and most is None else (least, most)


def _start(aim: Aim) -> Decimal | None:
    if aim.baseline is None and aim.up and aim.value > 0:
        return Decimal(0)
    return aim.baseline


def _part(end: Decimal | None, start: Decimal, goal: Decimal) -> Decimal | None:
    return None if end is None else (end - start) / (goal - start)
