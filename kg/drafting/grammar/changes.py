"""Times and verbs of a clause that only tell how something changes: from when, by how long, and to which number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.senses import TURNS

if TYPE_CHECKING:
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.said import Said
    from kg.drafting.times.days import Period

_MOVING: Final = 4
_BEFORE: Final = 5


def is_base(period: Period, said: Said) -> bool:
    """Whether a time is the year that a change is counted against: "15 per cent on 2016 levels"."""
    published, reading = said.memory.published, said.reading
    is_old = published is not None and period.latest is not None and period.latest < published
    if not is_old or tuple(period.precision) != ("year",):
        return False
    first, last = reading.number(period.start), reading.number(period.end)
    begin = max(0, first - _BEFORE)
    hits = said.memory.language.baselines.find(reading.words[begin:last])
    return any(begin + hit.last >= first for hit in hits)


def is_duration(period: Period, reading: Reading, language: PlanWords) -> bool:
    """Whether a time is only how much later something comes: "by two years"."""
    words = reading.words[reading.number(period.start) : reading.number(period.end)]
    if language.one_duration.find(words[:_BEFORE]):
        return True
    ends = bool(words) and words[-1].folded in language.durations
    return ends and words[0].folded in language.by


def is_movement(said: Said) -> bool:
    """Whether the verb of a turn only tells how a number moves: "revenue dropped to 5 billion"."""
    cue, reading = said.clause.cue, said.reading
    if said.clause.sense not in TURNS or cue is None:
        return False
    hits = said.memory.language.sinking.find(reading.words[cue : cue + _MOVING])
    ends = {cue + hit.last for hit in hits if hit.first == 0}
    # "It fell 400 short of its target" tells of the target.
    until = said.clause.cue_end or cue
    return any(until <= reading.number(amount.start) in ends for amount in said.amounts)
