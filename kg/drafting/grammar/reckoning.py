"""The time that a report is of ("results for the second quarter"), and figures of it without a time of their own.

"Revenue was 5 million", "at the end of the quarter" and "a year earlier" are told against that time, or against the one
that stands before them in their sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import within
from kg.drafting.grammar.senses import TARGETED
from kg.drafting.times.shifted import year_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.said import Said
    from kg.drafting.times.days import Period

_SOON: Final = 200
"""How many days at most lie between a time and a report of it."""

_LONG: Final = 80
"""How many days a time has of which there are reports."""

_FIRST: Final = 3
"""In how many sentences of a text stands what it is a report of."""

_BEFORE: Final = 6
_BEHIND: Final = 8


def report_period(
    readings: Sequence[Reading], language: PlanWords, published: date | None
) -> Period | None:
    """Return the time that a text is a report of, None where its first sentences name none, or two."""
    if published is None:
        return None
    found = [
        period
        for reading in readings[:_FIRST]
        for period in reading.periods
        if _is_over(period, published) and _is_reported(period, reading, language)
    ]
    return found[0] if len({(one.earliest, one.latest) for one in found}) == 1 else None


def _is_over(period: Period, published: date) -> bool:
    """Whether a time is a quarter or more that was over when somebody may have reported on it."""
    if period.earliest is None or period.latest is None or period.role not in {"in", "at"}:
        return False
    is_long = (period.latest - period.earliest).days >= _LONG
    return is_long and 0 <= (published - period.latest).days <= _SOON


def _is_reported(period: Period, reading: Reading, language: PlanWords) -> bool:
    """Whether a time stands behind "results", or is all that a sentence without a verb and a number names."""
    first, last = reading.number(period.start), reading.number(period.end)
    hits = language.reports.find(reading.words[max(0, first - _BEFORE) : last])
    if hits:
        return True
    is_named = any(word.folded in language.time_nouns for word in reading.words[first:last])
    is_bare = all(clause.sense is None for clause in reading.clauses) and not reading.amounts
    return is_named and is_bare


def told_time(said: Said, amount: Amount, own: Period | None, indicator: str) -> Period | None:
    """Return the time of a number that was counted: its own, or that of the report where its words say no other."""
    if said.clause.sense in TARGETED or said.is_planned:
        return own
    if not said.ends_in_origin(amount) and year_before_behind(said, amount.end):
        is_rate = said.memory.indicators.is_growth(indicator)
        base = said.memory.base or said.memory.report
        if base is None:
            return own
        return base if is_rate else year_before(base)
    report = said.memory.report
    if report is None or said.company != said.memory.actors.thread.main:
        return own
    if own is None and _is_free(said, amount):
        is_named = said.memory.language.of_report.find(said.words)
        return report if is_named or _is_of_time(said, indicator) else None
    return report if own is not None and _is_same(said, own, report) else own


def year_before_behind(said: Said, end: int) -> int | None:
    """Return where it ends that a number was so a year before, behind its end: "from 28 per cent a year earlier"."""
    first = said.reading.number(end)
    later = (said.reading.number(a.start) for a in said.amounts if a.start >= end)
    near = said.reading.words[first : min([first + _BEHIND, said.clause.last, *later])]
    cuts = [n for n, word in enumerate(near) if word.folded in {",", ";"}]
    hits = said.memory.language.year_before.find(near[: cuts[0]] if cuts else near)
    return said.reading.words[first + hits[0].last - 1].end if hits else None


def _is_free(said: Said, amount: Amount) -> bool:
    """Whether no other time stands in the sentence that may be the one of a number, but one that it is held against."""
    before = within(said.reading.periods, 0, amount.start)
    return not any(not _is_held_against(said, each) for each in [*before, *said.periods])


def _is_held_against(said: Said, period: Period) -> bool:
    """Whether a time is that of the year before: "against 48 million a year earlier"."""
    first, last = said.reading.number(period.start), said.reading.number(period.end)
    hits = said.memory.language.year_before.find(said.reading.words[max(0, first - 1) : last + 1])
    return bool(hits)


def _is_of_time(said: Said, indicator: str) -> bool:
    """Whether an indicator counts what comes in a time, or how much something grows."""
    return said.memory.is_of_time(indicator) or said.memory.indicators.is_growth(indicator)


def _is_same(said: Said, own: Period, report: Period) -> bool:
    """Whether a time is the report's, said again: "at the end of the quarter", "during the year"."""
    words = said.reading.words
    first, last = said.reading.number(own.start), said.reading.number(own.end)
    folded = [word.folded for word in words[first:last]]
    is_definite = len(folded) > 1 and folded[-2] in said.memory.language.definite
    is_noun = folded[-1] in said.memory.language.time_nouns
    return is_definite and is_noun and own.precision[:1] == report.precision[:1]
