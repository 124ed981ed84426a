"""What stands in the cells of a published table: years, days and numbers, read strictly."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Between which years anything that a company plans or reports can lie."""

_FIRST_OF_ANY: Final = 500
_YEAR: Final = re.compile(r"([0-9]{4})(?:\.0)?")
_DAYS: Final = (
    re.compile(
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ][0-9:.Z+-]{1,20})?"
    ),
    re.compile(
        r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?: [0-9]{1,2}:[0-9:]{2,5})?"
    ),
)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?")


def day_of_plans(text: str) -> date:
    """Return a day as ISO 8601 has it, if it is one of years that anything planned or reported can lie in.

    Raises:
        ValueError: it is none.

    >>> day_of_plans("2030-12-31")
    datetime.date(2030, 12, 31)
    """
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def stands_for_none(day: date) -> bool:
    """Tell whether a day stands for one that is not known, as 0001-01-01 and 9999-12-31 do.

    Companies are older than plans: the eldest is of the sixth century.

    >>> stands_for_none(date(9999, 12, 31)), stands_for_none(date(1, 1, 1)), stands_for_none(date(1288, 6, 16))
    (True, True, False)
    """
    return not _FIRST_OF_ANY <= day.year <= LAST_YEAR


def year_in(cell: str) -> int | None:
    """Return the year that a cell holds, or None.

    >>> year_in("2030"), year_in("2030.0"), year_in("203")
    (2030, 2030, None)
    """
    found = _YEAR.fullmatch(cell.strip())
    year = int(found[1]) if found else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def day_in(cell: str) -> date | None:
    """Return the day that a cell holds, which is written day first where it is not as ISO 8601 has it.

    >>> day_in("01/08/2024"), day_in("2024-08-01T01:00:00"), day_in("31/02/2024")
    (datetime.date(2024, 8, 1), datetime.date(2024, 8, 1), None)
    >>> day_in("01/12/2024 00:00"), day_in("1/12/2024 0:00:00")  # as spreadsheets write it again
    (datetime.date(2024, 12, 1), datetime.date(2024, 12, 1))
    >>> day_in("9999-12-31")  # which stands for none
    """
    for form in _DAYS:
        if found := form.fullmatch(cell.strip()):
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
            return None if stands_for_none(day) else day
    return None


def number_in(cell: str) -> str | None:
    """Return the number that a cell holds as a decimal, without a sign for per cent, or None.

    >>> number_in("0.40"), number_in("45%"), number_in("1e-05"), number_in("1,5")
    ('0.40', '45', '0.00001', None)
    """
    text = cell.strip().removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return format(Decimal(text), "f")
    except InvalidOperation:
        return None
