"""Stretches of the calendar: years, halves, quarters, months and fiscal years, and how far they are from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple

_YEAR: Final = 12
DECEMBER: Final = 12
_DECADE: Final = 10
MONTHS: Final = {
    "month": 1,
    "quarter": 3,
    "half-year": 6,
    "year": _YEAR,
    "fiscal-year": _YEAR,
    "decade": 120,
}
"""How many months a unit of the calendar has."""

UNITS: Final = {1: "month", 3: "quarter", 6: "half-year", _YEAR: "fiscal-year"}
"""What so many months are, where they need not begin with the calendar."""

DAYS: Final = {"day": 1, "week": 7}
"""How many days a shorter one has."""


class Stretch(NamedTuple):
    """A time from its first to its last day, both None where no calendar tells them.

    `precision` has terms of `kg terms precisions`.
    """

    earliest: date | None = None
    latest: date | None = None
    precision: tuple[str, ...] = ()

    @property
    def inferred(self) -> Stretch:
        """The same time, which follows from the day of publication."""
        if "inferred" in self.precision:
            return self
        return self._replace(precision=(*self.precision, "inferred"))


def months_from(year: int, month: int, count: int) -> tuple[date, date] | None:
    """Return the first and last day of `count` months, the first being a month of a year, counted on.

    >>> months_from(2019, 13, 3)
    (datetime.date(2020, 1, 1), datetime.date(2020, 3, 31))
    """
    first, last = year * _YEAR + month - 1, year * _YEAR + month + count - 2
    if first < _YEAR or last // _YEAR > date.max.year:
        return None
    days = monthrange(last // _YEAR, last % _YEAR + 1)[1]
    return (
        date(first // _YEAR, first % _YEAR + 1, 1),
        date(last // _YEAR, last % _YEAR + 1, days),
    )


def stretch(year: int, month: int, unit: str) -> Stretch:
    """Return the year, half-year, quarter or month that begins with a month.

    >>> stretch(2017, 4, "fiscal-year")
    Stretch(earliest=datetime.date(2017, 4, 1), latest=datetime.date(2018, 3, 31), precision=('fiscal-year',))
    """
    days = months_from(year, month, MONTHS[unit])
    if days is None:
        return Stretch(precision=(unit,))
    # A quarter of a fiscal year that the calendar's quarters do not share is known by its last day.
    whole = unit == "fiscal-year" or days[1].month % MONTHS[unit] == 0
    return Stretch(*days, (unit if whole else "day",))


def fiscal_year(year: int, ends: int) -> Stretch:
    """Return the fiscal year that ends in a year, in its month `ends`."""
    return stretch(year - 1, ends + 1, "fiscal-year")


def part_of(whole: Stretch, number: int, unit: str) -> Stretch | None:
    """Return the quarter or half of a year with a number, or None where there is none.

    >>> part_of(fiscal_year(2018, 3), 3, "quarter").latest
    datetime.date(2017, 12, 31)
    """
    count = MONTHS[unit]
    if not 1 <= number <= _YEAR // count:
        return None
    behind = whole.precision[1:]
    if whole.earliest is None:
        return Stretch(precision=(unit, *behind))
    one = stretch(whole.earliest.year, whole.earliest.month + (number - 1) * count, unit)
    return one._replace(precision=(*one.precision, *behind))


def unit_around(day: date, unit: str, steps: int, ends: int) -> Stretch:
    """Return the year, quarter, month, week or day that is `steps` after the one of a day.

    >>> unit_around(date(2017, 3, 28), "quarter", -1, 12)[:2]
    (datetime.date(2016, 10, 1), datetime.date(2016, 12, 31))
    >>> unit_around(date(2017, 5, 1), "fiscal-year", 0, 3).latest
    datetime.date(2018, 3, 31)
    """
    if unit in DAYS:
        begin = day - timedelta(days=day.weekday()) if unit == "week" else day
        try:
            first = begin + timedelta(days=DAYS[unit] * steps)
            return Stretch(first, first + timedelta(days=DAYS[unit] - 1), ("day",))
        except OverflowError:
            return Stretch(precision=("day",))
    if unit == "fiscal-year":
        return fiscal_year(day.year + (day.month > ends) + steps, ends)
    if unit == "decade":
        # "The end of the decade" is said of 2029 and of 2030, so only the later one is never too early.
        last = (day.year // _DECADE + 1 + steps) * _DECADE
        whole = months_from(last - _DECADE + 1, 1, MONTHS["decade"])
        return Stretch(*whole, ("year",)) if whole else Stretch(precision=("year",))
    count = MONTHS[unit]
    return stretch(day.year, (day.month - 1) // count * count + 1 + steps * count, unit)


def after(day: date, number: int, unit: str) -> Stretch:
    """Return the time from a day on that lasts a number of units.

    Of years and months the last month counts as a whole.

    >>> after(date(2017, 3, 28), 3, "year")
    Stretch(earliest=datetime.date(2017, 3, 28), latest=datetime.date(2020, 3, 31), precision=('month',))
    """
    if unit in DAYS:
        try:
            return Stretch(day, day + timedelta(days=DAYS[unit] * number), ("day",))
        except OverflowError:
            return Stretch(precision=("day",))
    end = months_from(day.year, day.month + number * MONTHS[unit], 1)
    return Stretch(day, end[1], ("month",)) if end else Stretch(precision=("month",))
