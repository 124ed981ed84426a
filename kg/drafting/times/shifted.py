"""A time a year before another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from kg.drafting.times.days import Period

_LEAP: Final = 29


def year_before(period: Period) -> Period:
    """Return the time a year before another, which nobody says in words of its own.

    >>> from datetime import date
    >>> from kg.drafting import find_periods
    >>> [one] = find_periods("in the second quarter of 2024", date(2024, 8, 1))
    >>> found = year_before(one)
    >>> found.latest, found.precision
    (datetime.date(2023, 6, 30), ('quarter', 'inferred'))
    """
    precision = period.precision
    if "inferred" not in precision:
        precision = (*precision, "inferred")
    return replace(
        period,
        earliest=period.earliest and _back(period.earliest),
        latest=period.latest and _back(period.latest),
        precision=precision,
    )


def _back(day: date) -> date | None:
    """Return a day a year earlier; the last of February stays the last of it."""
    if day.year == day.min.year:
        return None
    is_leap = day.month == 2 and day.day == _LEAP  # noqa: PLR2004, February
    return day.replace(year=day.year - 1, day=28 if is_leap else day.day)
