"""What a company forecasts of itself, line by line of its accounts: the question `guidance`, for a table and a chart."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kg.base import counted, shorten, to_python
from kg.pages.asking import Part, ask_question
from kg.plans import Words, sign_of, spell_number, spell_per_cent, spell_period
from kg.promises import outcome_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame

MOST: Final = 240
"""How many forecasts a page tells: those of twenty years of twelve lines."""

_NAMING: Final = ("indicator", "among", "unit")
"""The columns that say what a line is."""

_MONTH: Final = 30.4  # days
_YEAR: Final = 12  # months

_Row = dict[str, Any]


@dataclass(frozen=True)
class ForecastStep:
    """What was forecast from the day `said` on: `value`, or from `low` to `high`, in `words`; it leads to its statement."""

    said: str
    value: float
    low: float | None
    high: float | None
    words: str
    link: str


@dataclass(frozen=True)
class ForecastResult:
    """What came of a forecast: the `value`, and by how many per cent it is `above` the last forecast, or below."""

    value: float
    words: str
    name: str
    link: str
    above: str
    above_first: str


@dataclass(frozen=True)
class ForecastPeriod:
    """A period of a line, for people and from `since` to `due`: its forecasts in order, and how the last one stands.

    `promise` is the statement of the last forecast; `first`, `last` and `revised` are what a table says.
    """

    period: str
    since: str
    due: str
    steps: Sequence[ForecastStep]
    first: str
    first_said: str
    last: str
    last_said: str
    revised: str
    promise: str
    outcome: str
    result: ForecastResult | None


@dataclass(frozen=True)
class ForecastLine:
    """A line of accounts: what it is called, its `unit`, and its periods in order."""

    label: str
    unit: str
    periods: Sequence[ForecastPeriod]

    @property
    def plain(self) -> Mapping[str, Any]:
        """The line as JSON has it."""
        return asdict(self)


def forecasts_of(desk: Desk, frame: Frame, company: str) -> tuple[list[ForecastLine], int]:
    """Return the lines of which a company forecasts something, and how many forecasts of it are left out."""
    asked = ask_question(desk.graph, "guidance", {"company": company}, Part(most=MOST))
    rows = [dict(zip(asked.columns, map(to_python, row), strict=True)) for row in asked.rows]
    named = {str(row[name]) for row in rows for name in _NAMING if row[name]}
    words = Words.for_some(desk.index, (), named)
    teller = _ForecastTeller(desk, frame, words)
    lines = [teller.line(list(group)) for _, group in groupby(sorted(rows, key=_line), key=_line)]
    return lines, asked.total - len(rows)


def _line(row: _Row) -> tuple[object, ...]:
    """Return what tells a line from others: the figure, of which accounts, and how long its periods are.

    The longest go first: a year before its first half.
    """
    return (row["indicator"], row["among"] or "", row["unit"] or "", -_months(row))


def _months(row: _Row) -> int:
    """Return of how many months a period is, 0 where it is not told when it begins."""
    return round((row["due"] - row["since"]).days / _MONTH) if row["since"] else 0


class _ForecastTeller:
    """Tells rows of the question for people."""

    def __init__(self, desk: Desk, frame: Frame, words: Words) -> None:
        self._desk, self._frame, self._words = desk, frame, words

    def line(self, rows: Sequence[_Row]) -> ForecastLine:
        first = rows[0]
        parts = [self._words.label(first[name]) for name in ("indicator", "among") if first[name]]
        if _months(first) not in (0, _YEAR):
            parts.append(counted(_months(first), "month"))
        return ForecastLine(
            ", ".join(parts), self._sign(first), [self._period(row) for row in rows]
        )

    def _sign(self, row: _Row) -> str:
        return sign_of(row["unit"], self._words) if row["unit"] else ""

    def _period(self, row: _Row) -> ForecastPeriod:
        name = row["promise"]
        said = self._desk.statements([name])[name]
        revised = int(row["revisions"])
        return ForecastPeriod(
            period=spell_period(said),
            since=str(row["since"] or ""),
            due=str(row["due"]),
            steps=list(self._steps(row)),
            first=_range(row["first"], row["firstMaximum"]),
            first_said=str(row["firstSaid"]),
            last=_range(row["last"], row["lastMaximum"]),
            last_said=str(row["lastSaid"]),
            revised=f"revised {counted(revised, 'time')}" if revised else "",
            promise=name,
            outcome=outcome_of(row["verdict"].removeprefix("cp:"), None),
            result=self._result(row) if row["result"] is not None else None,
        )

    def _result(self, row: _Row) -> ForecastResult:
        name = row["restsOn"]
        words = spell_number(row["result"])
        above, above_first = spell_per_cent(row["aboveLast"]), spell_per_cent(row["aboveFirst"])
        return ForecastResult(
            float(row["result"]), words, name, self._frame.to(name), above, above_first
        )

    def _steps(self, row: _Row) -> Iterator[ForecastStep]:
        """Yield the forecasts of a period: the course of the last one, or that alone where it has none."""
        link = self._frame.to(row["promise"])
        course = self._desk.course(row["promise"])
        # Several can have stated it in several units, and a course is in one of them.
        alike = course.get("revisions", ()) if course.get("unit") == self._sign(row) else ()
        for one in alike:
            words = _range(one["low"] if one["low"] is not None else one["value"], one["high"])
            to = self._frame.to(shorten(one["fact"]))
            yield ForecastStep(one["said"], one["value"], one["low"], one["high"], words, to)
        if not alike and row["last"] is not None:
            high = row["lastMaximum"]
            value = float(row["last"])
            low, end = (None, None) if high is None else (value, float(high))
            words = _range(row["last"], high)
            yield ForecastStep(str(row["lastSaid"]), value, low, end, words, link)


def _range(low: Decimal | float | None, high: Decimal | float | None) -> str:
    """Return a figure, or a range of which one end may be open."""
    if high is None or low is None or low == high:
        return spell_number(low if low is not None else high)
    return f"{spell_number(low)} to {spell_number(high)}"
