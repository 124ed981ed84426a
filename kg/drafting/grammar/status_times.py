"""When a status holds: until when something is to be, or from when on it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.senses import FUTURE, TURNS
from kg.drafting.grammar.telling import due_keys, from_keys
from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.times.days import Period

_NEAR: Final = 4


def times_of(said: Said, status: str) -> Keys:
    """Return until or from when a status holds."""
    published = said.memory.published
    period = _period(said, status)
    if period is None or period.latest is None or (status in TURNS and _is_before(said, period)):
        return {}  # "not before 2027" is no day by which it comes
    if said.is_beyond(period) or (status == "postponed" and _is_not_then(said, period)):
        return {}
    is_past = published is not None and period.latest <= published
    if is_past and status == said.clause.sense == "postponed" and _is_no_new_day(said, period):
        # "Work was halted last week" tells since when, "work, begun in 2021, was halted" does not.
        behind = said.reading.words[said.clause.cue or 0].start < period.start
        return from_keys(period, published) if behind else {}
    if is_past and status == "announced" and (period.role == "by" or _was_to(said, period)):
        return due_keys(period)
    is_done = status in {"achieved", "missed"} or period.role == "since"
    if said.clause.sense != "former" and (
        is_done or (is_past and status in {"underway", "abandoned", "announced"})
    ):
        return from_keys(period, published)
    return due_keys(period)


def _is_no_new_day(said: Said, period: Period) -> bool:
    """Whether the only day of what was put off is none to which it was: "halted last week", and not "put off to 9 August"."""
    reading, to = said.reading, said.memory.language.to
    first, last = reading.number(period.start), reading.number(period.end)
    return len(said.periods) == 1 and not any(
        word.folded in to for word in reading.words[max(0, first - 1) : last]
    )


def _is_not_then(said: Said, period: Period) -> bool:
    """Whether it is denied that something comes in a time: "won't happen this year"."""
    cue, end = said.clause.cue or 0, said.clause.cue_end or 0
    words = {word.folded for word in said.reading.words[cue:end]}
    is_behind = period.start >= said.reading.words[max(0, end - 1)].start
    return (
        is_behind
        and period.role in {"in", "at"}
        and bool(words & said.memory.language.denying_words)
    )


def _was_to(said: Said, period: Period) -> bool:
    """Whether a day is one on which something was to be: "was meant to open in 2020", and not "was approved in 2020"."""
    words, end = said.reading.words, said.clause.cue_end or 1
    return words[end - 1].folded in said.memory.language.to and words[end - 1].start < period.start


def _is_of_thing(said: Said, period: Period) -> bool:
    """Whether a time only tells which thing is meant: "last year's deal was ended", "the hall, announced in 2018, was put off"."""
    words = said.reading.words
    first, last = said.reading.number(period.start), said.reading.number(period.end)
    if owns(words, last):
        return True
    cue = said.clause.cue or 0
    before = {word.folded for word in words[max(said.clause.first, first - _NEAR) : first]}
    behind = words[last].folded if last < len(words) else ""
    return last < cue and "," in before and behind == ","


def _is_aside(said: Said, period: Period) -> bool:
    """Whether a past time and its verb stand apart from the verb of the clause, behind a comma of their own."""
    published, words = said.memory.published, said.reading.words
    cue = said.clause.cue
    if published is None or period.latest is None or period.latest > published or cue is None:
        return False
    between = words[said.reading.number(period.end) : cue]
    return any(word.folded == "," for word in between)


def _is_before(said: Said, period: Period) -> bool:
    """Whether a time is one before which something is, or is not: "not before 2027"."""
    first = said.reading.words[said.reading.number(period.start)].folded
    words = {first, said.reading.before(period.start)}
    return bool(words & said.memory.language.elsewhen)


def _period(said: Said, status: str) -> Period | None:
    """Return the time of a status: the first one that is no beginning, of what is past a past one.

    Of what is put off it is the last one; what it was planned for is none: "will not open in 2026 as planned".
    """
    published, words = said.memory.published, said.reading.words
    begin, end = said.clause.cue or 0, (said.clause.cue_end or 1) - 1
    own = [p for p in said.periods if not _is_of_thing(said, p)]
    behind = [p for p in own if p.start > words[begin].start] or own
    if words[end].folded in said.memory.language.as_planned:
        behind = [p for p in behind if not words[begin].start < p.start < words[end].start]
    periods = [p for p in behind if p.role != "from"] or behind
    if status in FUTURE:
        # "Acme, founded in 2019, will": that tells of who acts.
        periods = [p for p in periods if not _is_aside(said, p)]
        # "It will open the plant that it announced in 2022 by 2027"
        ahead = [p for p in periods if published and p.latest and p.latest > published]
        periods = ahead or periods
    if status in TURNS - {"postponed"} | {"achieved"}:
        periods = [p for p in periods if published and p.earliest and p.earliest <= published]
    if status == "postponed" and periods:
        return max(periods, key=lambda period: (str(period.latest), period.start))
    return next(iter(periods or said.leading()), None)
