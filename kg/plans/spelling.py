"""Days and numbers as people say them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

_SCALES: Final = (
    (Decimal(10**12), "trillion"),
    (Decimal(10**9), "billion"),
    (Decimal(10**6), "million"),
)
# From here on numbers have no name, and more digits than a division of decimals keeps.
_UNNAMED: Final = Decimal(10**18)


def spell_day(value: object, precisions: tuple[object, ...]) -> str:
    """Return a day no more exactly than it is known.

    >>> spell_day(date(2017, 6, 30), ("cp:half-year", "cp:inferred"))
    'the first half of 2017'
    >>> spell_day(date(2016, 12, 31), ("cp:quarter",)), spell_day(date(2020, 3, 31), ("cp:month",))
    ('the fourth quarter of 2016', 'March 2020')
    >>> spell_day(date(2031, 11, 30), ("cp:fiscal-year", "cp:inferred"))
    'a fiscal year that ends by November 2031'
    """
    return _spelt(value, precisions) if isinstance(value, date) else str(value)


@lru_cache(maxsize=1 << 12)  # the same days come again with many statements
def _spelt(value: date, precisions: tuple[object, ...]) -> str:
    # A day can be both a half-year and inferred, which is no part of its spelling but of a fiscal year.
    known = {str(precision).removeprefix("cp:") for precision in precisions}
    ordinal = ("first", "second", "third", "fourth")
    month = f"{_MONTHS[value.month - 1]} {value.year}"
    # Nobody has told when it ends: the day is the last on which it can.
    if {"fiscal-year", "inferred"} <= known:
        return f"a fiscal year that ends by {month}"
    spelt = {
        "year": str(value.year),
        "fiscal-year": f"the fiscal year to {month}",
        "half-year": f"the {ordinal[(value.month - 1) // 6]} half of {value.year}",
        "quarter": f"the {ordinal[(value.month - 1) // 3]} quarter of {value.year}",
        "month": month,
    }
    return next((words for name, words in spelt.items() if name in known), value.isoformat())


# Not strftime: the same graph has to give the same bytes in every locale.
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def spell_number(value: object) -> str:
    """Return a number as people say it.

    >>> spell_number(Decimal("15000000000")), spell_number(250), spell_number(float("inf"))
    ('15 billion', '250', 'Infinity')
    """
    if not isinstance(value, Decimal | int | float) or isinstance(value, bool):
        return str(value)
    number = Decimal(str(value))
    for scale, word in _SCALES:
        # Three decimals at most: 1,234,567 is not "1.234567 million".
        if number.is_finite() and scale <= abs(number) < _UNNAMED and number % (scale / 1000) == 0:
            return f"{(number / scale).normalize():f} {word}"
    return f"{number:,f}"


def spell_way(least: Decimal | None, most: Decimal | None) -> str:
    """Say how much of the way is gone, as far as that can be told.

    >>> spell_way(Decimal("1.25"), Decimal("1.39")), spell_way(None, Decimal("0.5"))
    ('125% to 139% of the way', 'at most 50% of the way')
    >>> spell_way(Decimal("0.998"), Decimal("0.998")), spell_way(None, None)
    ('99.8% of the way', '')
    """
    begin, end = (None if one is None else _percent(one) for one in (least, most))
    if begin is None and end is None:
        return ""
    if begin == end:
        return f"{begin} of the way"
    told = (
        f"{begin} to {end}" if begin and end else f"at least {begin}" if begin else f"at most {end}"
    )
    return f"{told} of the way"


def spell_per_cent(value: Decimal | float | None) -> str:
    r"""Return by how many per cent something is above something else, or below, with a sign.

    >>> spell_per_cent(Decimal("7.625")), spell_per_cent(-10), spell_per_cent(0), spell_per_cent(None)
    ('+7.6 %', '\u221210.0 %', '0.0 %', '')
    """
    if value is None:
        return ""
    rounded = round(Decimal(str(value)), 1)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.1f} %"


def _percent(share: Decimal) -> str:
    percent = (share * 100).quantize(Decimal(1), ROUND_HALF_UP)
    if share < 1 and percent == 100:  # noqa: PLR2004 - all of the way, which it was not
        percent = (share * 100).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{percent:,}%"
