"""What companies forecast of themselves, line by line of their accounts: for a chart of forecasts, revisions and results.

It is what the question `guidance` answers, of every day: a page looks up what was known on the one that is picked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.base import ID, counted
from kg.plans.courses import COMPARATORS, Revision, sign_of
from kg.plans.plain import plain
from kg.plans.plan import since
from kg.plans.spelling import spell_day, spell_per_cent
from kg.promises import CONCLUSIVE, chain_promises, load_promises, load_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.plans.sentences import Words
    from kg.promises import Judged, Statement, Told
    from kg.query import Index

    _Line = tuple[str, str, str, int]

_MONTH: Final = 30.4  # days
_YEAR: Final = 12  # months


@dataclass(frozen=True)
class GuidanceResult:
    """What came of a forecast: `value`, as the statement `fact` says, told from the day `since` on, `until` a last one.

    `above` is by how many per cent that is above the last forecast, or below, with a sign; `above_first` the
    same of the first one, where it was revised. Of a forecast of zero there is none.
    """

    value: float
    fact: str
    since: str
    until: str | None
    above: str
    above_first: str


@dataclass(frozen=True)
class GuidancePeriod:
    """A period, in `words`, that ends on the day `due`: its forecasts in order, and their results.

    `target` is the last forecast, by its IRI.
    """

    target: str
    words: str
    due: str
    steps: tuple[Revision, ...]
    results: tuple[GuidanceResult, ...]


@dataclass(frozen=True)
class GuidanceLine:
    """A line of accounts: what it is called, its `unit`, and its periods in order."""

    label: str
    unit: str
    periods: tuple[GuidancePeriod, ...]


def draw_forecasts(
    index: Index,
    statements: Mapping[str, Statement],
    words: Words,
    courses: Mapping[str, Mapping[str, Any]],
) -> dict[str, list[dict[str, Any]]]:
    """Return what companies forecast of themselves as mappings, by their IRIs: the fields of `GuidanceLine`.

    A forecast is a target of a figure that is about a company itself and not about one of its plans, and has a
    day. `courses` are those of `draw_courses`, which tell which figures are in the unit of the forecast.
    """
    records = {record.name: record for record in load_records(index)}
    lines: dict[str, dict[_Line, list[GuidancePeriod]]] = {}
    for chain in chain_promises(load_promises(index, statements)):
        last = chain[-1].first
        if all(said.one("correctedOn") for said in chain[-1].statements):
            continue  # a mistake, of which nothing came
        keepers = records[chain[-1].name].companies if chain[-1].name in records else ()
        own = [company for company in keepers if company in last.says.get("about", ())]
        if own and last.one("due") and last.one("indicator"):
            course = courses.get(ID + last.name, {})
            period = _period(chain[-1], records[chain[-1].name].told, course)
            # Several can have stated it in several units: its course is in that of the figure that decides.
            line = _line(last, course.get("unit", _sign(last, words)))
            for company in own:
                lines.setdefault(ID + company, {}).setdefault(line, []).append(period)
    return {
        company: [plain(_drawn(line, found[line], words)) for line in sorted(found)]
        for company, found in sorted(lines.items())
    }


def _line(target: Statement, sign: str) -> _Line:
    """Return what tells a line from others: the figure, of which accounts, in what unit, and how long its periods are.

    The longest go first: a year before its first half.
    """
    indicator = str(target.one("indicator"))
    return indicator, str(target.one("among") or ""), sign, -_months(target)


def _sign(target: Statement, words: Words) -> str:
    unit = target.one("unit")
    usual = words.symbols.get(str(target.one("indicator")), "")
    return usual if unit is None else sign_of(str(unit), words)


def _months(target: Statement) -> int:
    """Return of how many months a period is, 0 where it is not told when it begins."""
    begun, due = target.one("countsFrom"), target.one("due")
    if not isinstance(begun, date) or not isinstance(due, date):
        return 0
    return round((due - begun).days / _MONTH)


def _drawn(line: _Line, periods: Iterable[GuidancePeriod], words: Words) -> GuidanceLine:
    indicator, among, unit, months = line
    parts = [words.label(name) for name in (indicator, among) if name]
    if -months not in (0, _YEAR):
        parts.append(counted(-months, "month"))
    ordered = sorted(periods, key=lambda one: (one.due, one.target))
    return GuidanceLine(", ".join(parts), unit, tuple(ordered))


def _period(promise: Judged, told: Iterable[Told], course: Mapping[str, Any]) -> GuidancePeriod:
    last = promise.first
    steps = tuple(Revision(**one) for one in course.get("revisions", ())) or tuple(_only(promise))
    figures = {one["fact"]: one["value"] for one in course.get("figures", ())}
    return GuidancePeriod(
        ID + last.name,
        spell_period(last),
        str(last.one("due")),
        steps,
        tuple(_results(told, steps, figures)),
    )


def _only(promise: Judged) -> Iterator[Revision]:
    """Yield what was forecast once and never held against anything, so that it has no course."""
    said = promise.first
    ends = [_number(said, key) for key in ("value", "minimum", "maximum")]
    value = next((one for one in ends if one is not None), None)
    if value is not None:
        about = COMPARATORS.get(said.text("comparator") or "", "")
        day, published = min(map(since, promise.statements)), said.source.published
        yield Revision(
            value, day, published, ID + said.name, about=about, low=ends[1], high=ends[2]
        )


def _number(said: Statement, key: str) -> float | None:
    value = said.one(key)
    number = math.nan if value is None else float(str(value))
    return number if math.isfinite(number) else None


def spell_period(target: Statement) -> str:
    """Return the period of a forecast for people: a year by its name, any other by its days.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> spell_period(load_statements(kg.build(check=False).index)["medianama-2017-03-28.3.4"])
    'the first half of 2017'
    """
    begun, due = target.one("countsFrom"), target.one("due")
    precisions = target.says.get("duePrecision", ())
    return spell_day(due, precisions) if precisions or not begun else f"{begun} to {due}"


def _results(
    told: Iterable[Told], steps: Sequence[Revision], figures: Mapping[str, float]
) -> Iterator[GuidanceResult]:
    """Yield the figures on which a verdict rests; what is merely the latest that can be compared is no result."""
    for one in told:
        fact = ID + (one.rests_on or "")
        if one.verdict in CONCLUSIVE and fact in figures and steps:
            value = figures[fact]
            first = _above(value, steps[0]) if len(steps) > 1 else ""
            yield GuidanceResult(value, fact, one.since, one.until, _above(value, steps[-1]), first)


def _above(value: float, forecast: Revision) -> str:
    r"""Return by how many per cent of a forecast's nearer end a value is beyond it, with a sign.

    >>> eight = Revision(8, "2025-05-10", "2025-05-10", "urn:a", low=7.8, high=8.2)
    >>> _above(8.61, eight), _above(8, eight), _above(7.02, eight)
    ('+5.0 %', '0.0 %', '\u221210.0 %')
    """
    low = forecast.value if forecast.low is None else forecast.low
    high = forecast.value if forecast.high is None else forecast.high
    end = min(max(value, low), high)
    if not end:
        return ""
    return spell_per_cent(100 * (value - end) / abs(end))
