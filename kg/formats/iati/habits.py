"""Habits of publishers of IATI that a file betrays, and that make what they say elsewhere tell nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.formats.iati.values import UnclearError, read_day, read_moment, read_number, read_truth

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Habits:
    """The references of publishers with a habit.

    `ascending` are those who call every indicator so, also where a target lies below its baseline, and never the
    contrary. `early` are those who fill in actuals before their period is over.
    """

    ascending: frozenset[str] = frozenset()
    early: frozenset[str] = frozenset()


class HabitFinder:
    """Finds habits while a file is looked through, an element after the other.

    >>> finder = HabitFinder()
    >>> for name, attributes in [
    ...     ("reporting-org", {"ref": "XM-1"}), ("indicator", {"ascending": "1"}),
    ...     ("baseline", {"value": "177"}), ("target", {"value": "89"}),
    ... ]:
    ...     finder.see(name, attributes)
    >>> finder.habits().ascending
    frozenset({'XM-1'})
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._reporter, self._is_up = "", False
        self._updated: date | None = None
        self._end: date | None = None
        self._baselines: list[Decimal | None] = []
        self._gainsaid, self._telling, self._early = set[str](), set[str](), set[str]()
        self._takes = {
            "iati-activity": self._activity, "reporting-org": self._reporting,
            "indicator": self._indicator, "baseline": self._baseline,
            "period-end": self._period_end, "target": self._target, "actual": self._actual,
        }  # fmt: skip

    def see(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if take := self._takes.get(name):
            take(attributes)

    def _activity(self, attributes: Mapping[str, str]) -> None:
        self._reporter, self._updated = "", read_moment(attributes.get("last-updated-datetime"))

    def _reporting(self, attributes: Mapping[str, str]) -> None:
        self._reporter = attributes.get("ref", "")

    def _indicator(self, attributes: Mapping[str, str]) -> None:
        told = read_truth(attributes.get("ascending"))
        self._is_up, self._baselines, self._end = told is True, [], None
        if told is False:
            self._telling.add(self._reporter)

    def _baseline(self, attributes: Mapping[str, str]) -> None:
        self._baselines.append(_number(attributes))

    def _period_end(self, attributes: Mapping[str, str]) -> None:
        self._end = _day(attributes)

    def _target(self, attributes: Mapping[str, str]) -> None:
        if not self._is_up or len(self._baselines) != 1:
            return
        begin, end = self._baselines[0], _number(attributes)
        if begin is not None and end is not None and end < begin:
            self._gainsaid.add(self._reporter)

    def _actual(self, attributes: Mapping[str, str]) -> None:
        if self._updated and self._end and self._end > self._updated and attributes.get("value"):
            self._early.add(self._reporter)

    def habits(self) -> Habits:
        """Return what was found."""
        return Habits(frozenset(self._gainsaid - self._telling), frozenset(self._early))


def _number(attributes: Mapping[str, str]) -> Decimal | None:
    with suppress(UnclearError):
        return Decimal(read_number(attributes.get("value", ""), percent=True, grouped=True))
    return None


def _day(attributes: Mapping[str, str]) -> date | None:
    with suppress(UnclearError):
        return read_day(attributes.get("iso-date"))
    return None
