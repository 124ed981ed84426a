"""Fiscal years whose ends nobody has told: between which days the last day of one lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.formats.cells import year_in

if TYPE_CHECKING:
    from kg.formats.batch import Node

_FISCAL: Final = re.compile("FY ?([0-9]{4})")


class TargetYear(NamedTuple):
    """A year by which something is to be done, which may be a fiscal one."""

    year: int
    fiscal: bool

    @property
    def first_end(self) -> str:
        """The first day on which the year can end."""
        return f"{self.year}-01-31" if self.fiscal else f"{self.year}-12-31"

    @property
    def last_end(self) -> str:
        """The last day on which the year can end.

        Companies name a fiscal year by the calendar year in which it ends, or by that in which it begins.
        """
        return f"{self.year + 1}-11-30" if self.fiscal else f"{self.year}-12-31"

    def due(self) -> Node:
        """Return the keys of what is due by it: never earlier than the words allow.

        >>> TargetYear(2030, fiscal=False).due()
        {'due': '2030-12-31', 'due_precision': 'year'}
        >>> TargetYear(2030, fiscal=True).due()["due"]
        '2031-11-30'
        """
        if not self.fiscal:
            return {"due": self.last_end, "due_precision": "year"}
        return {
            "due_earliest": self.first_end,
            "due": self.last_end,
            "due_precision": ["fiscal-year", "inferred"],
        }


def target_year(cell: str) -> TargetYear | None:
    """Return the year that a cell names, such as 2030 or FY2030, or None.

    >>> target_year("FY2030"), target_year("2030.0"), target_year("soon")
    (TargetYear(year=2030, fiscal=True), TargetYear(year=2030, fiscal=False), None)
    """
    found = _FISCAL.fullmatch(cell.strip())
    year = year_in(found[1] if found else cell)
    return None if year is None else TargetYear(year, fiscal=found is not None)
