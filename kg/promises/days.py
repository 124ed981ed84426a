"""How long a day that is known to the year, the quarter or the month can have been.

A day of a precision is the last day of its period: the end of 2020 stands for any day of 2020.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Cell

_YEAR: Final = 12
_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": _YEAR, "fiscal-year": _YEAR}


def first_day(last: date, precisions: Iterable[Cell] = ()) -> date:
    """Return the first day of the period that ends on `last`, which is known to some `precisions`.

    >>> first_day(date(2020, 12, 31), ["cp:year"]), first_day(date(2020, 5, 4))
    (datetime.date(2020, 1, 1), datetime.date(2020, 5, 4))
    >>> first_day(date(2021, 3, 31), ["cp:fiscal-year", "cp:inferred"])
    datetime.date(2020, 4, 1)
    """
    months = _months(_names(precisions))
    if not months:
        return last
    before = last.year * _YEAR + last.month - months
    return date(before // _YEAR, before % _YEAR + 1, 1) if before >= _YEAR else date.min


def last_day(first: date, precisions: Iterable[Cell] = ()) -> date:
    """Return the last day of the period that begins on or holds `first`, which is known to some `precisions`.

    >>> last_day(date(2015, 7, 1), ["cp:month"]), last_day(date(2015, 7, 1))
    (datetime.date(2015, 7, 31), datetime.date(2015, 7, 1))
    >>> last_day(date(2020, 4, 1), ["cp:fiscal-year"])
    datetime.date(2021, 3, 31)
    """
    names = _names(precisions)
    months = _months(names)
    if not months:
        return first
    # A fiscal year begins on its own day, the other periods with the calendar's.
    month = first.month - 1
    begun = month if "fiscal-year" in names else month // months * months
    after = first.year * _YEAR + begun + months
    if after // _YEAR > date.max.year:
        return date.max
    return day_before(date(after // _YEAR, after % _YEAR + 1, 1))


def is_year(precisions: Iterable[Cell]) -> bool:
    """Tell whether the words of a source name a year as a whole, and it was not merely understood.

    >>> is_year(["cp:year"]), is_year(["cp:year", "cp:inferred"])
    (True, False)
    """
    names = _names(precisions)
    return bool(names & {"year", "fiscal-year"}) and "inferred" not in names


def _names(precisions: Iterable[Cell]) -> set[str]:
    return {str(precision).removeprefix("cp:") for precision in precisions}


def _months(names: set[str]) -> int:
    """Return how many months the longest period among some precisions has; a day has none."""
    return max((_MONTHS[name] for name in names & _MONTHS.keys()), default=0)


def years_after(day: date, years: int) -> date:
    """Return the same day some years on; the 29th of February becomes the 28th.

    >>> years_after(date(2020, 2, 29), 1)
    datetime.date(2021, 2, 28)
    """
    year = day.year + years
    if year > date.max.year:
        return date.max
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def day_after(day: date) -> date:
    """Return the next day; there is none after the last that a calendar has."""
    return day if day == date.max else day + timedelta(days=1)


def day_before(day: date) -> date:
    """Return the day before; there is none before the first that a calendar has."""
    return day if day == date.min else day - timedelta(days=1)
