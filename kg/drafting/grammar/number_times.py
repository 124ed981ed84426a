"""The time of a number: in its own part of a clause, shared with another number, or told before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import within
from kg.drafting.grammar.senses import TARGETED
from kg.drafting.grammar.telling import unit_name

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.times.days import Period

_PART: Final = 4


def period_of(said: Said, number: int, amount: Amount) -> Period | None:
    """Return the time of a number: the one in its own part of the clause, else the only one of the clause."""
    own = _own_period(said, number, amount)
    if own is None and (other := _of_one_rise(said, number)) is not None:
        own = _own_period(said, other, said.amounts[other])
    # What is planned together is due together; what was counted was counted apart.
    if own or said.clause.sense not in TARGETED:
        return own
    if _is_untold(said, number, amount):
        return None
    alone = said.periods or said.leading()
    # "By 2030, it said in 2015, it would": what is planned is for the one that is to come.
    ahead = [each for each in alone if len(alone) == 1 or _is_by(said, each)]
    return ahead[0] if len(ahead) == 1 else _then(said)


def _is_untold(said: Said, number: int, amount: Amount) -> bool:
    """Whether a number has a time of its own that no calendar tells: "500 people by Easter and 300 by the end of 2025"."""
    is_last = number + 1 >= len(said.amounts)
    end = said.reading.span(said.clause)[1] if is_last else said.amounts[number + 1].start
    times = within(said.reading.periods, amount.end, end)
    return any(each.latest is None and each.role == "by" for each in times)


def _of_one_rise(said: Said, number: int) -> int | None:
    """Return the other of two numbers of which one tells how much the other has grown: "rose 6% to 640 million"."""
    for first, other in ((number, number + 1), (number - 1, number - 1)):
        if first < 0 or first + 1 >= len(said.amounts):
            continue
        if first == number and _is_part(said, number):
            return other
        is_rate = unit_name(said.amounts[first]) == "PERCENT"
        before = said.reading.before(said.amounts[first + 1].start)
        if is_rate and before in said.memory.language.to:
            return other
    return None


def _is_part(said: Said, number: int) -> bool:
    """Whether a number is a part of the one behind it: "281 of the promised 13,000 people by the end of 2019"."""
    last = said.reading.number(said.amounts[number].end)
    between = said.reading.words[last : said.reading.number(said.amounts[number + 1].start)]
    owners = said.memory.language.owners - said.memory.language.by
    return 1 < len(between) <= _PART and between[0].folded in owners


def _own_period(said: Said, number: int, amount: Amount) -> Period | None:
    """Return the time in the part of the clause that tells of a number."""
    # What stands behind a number that another one grows from is the time of that.
    starts = [start for start, _ in said.origins.values() if start >= amount.end]
    starts += [each.start for each in said.amounts[number + 1 : number + 2]]
    later = min(starts, default=None)
    earlier = said.amounts[number - 1].end if number else -1
    behind = [
        p
        for p in said.periods
        if p.start >= amount.end and (later is None or p.end <= later) and not _leads(said, p)
    ]
    before = [p for p in said.periods if earlier <= p.start < amount.start]
    before = [p for p in before if _leads(said, p)] or before
    if said.clause.joint == "relative":
        # "Which was fined in 2023, employs 1,400 people": behind the comma goes on what stood before it.
        before = [p for p in before if said.reading.words[said.reading.number(p.end)].folded != ","]
    # "To 23 per cent from 28 per cent a year earlier": that was then.
    return next(iter(before if said.ends_in_origin(amount) else behind + before), None)


def _is_by(said: Said, period: Period) -> bool:
    """Whether a time is a last day that is still to come."""
    published = said.memory.published
    is_ahead = bool(published and period.latest and period.latest > published)
    return is_ahead and period.role == "by"


def _then(said: Said) -> Period | None:
    """Return the time to come that was told last in the paragraph, where a clause points back to it: "by then"."""
    told = said.memory.ahead
    pointing = bool(told) and not said.periods and said.memory.language.by_then.find(said.words)
    if not pointing or told is None:
        return None
    precision = (*told.precision, *({"inferred"} - {*told.precision}))
    return replace(told, precision=precision)


def _leads(said: Said, period: Period) -> bool:
    """Whether a time tells of the number behind it alone: "1,940 people (2021: 1,870)"."""
    last = said.reading.number(period.end)
    return last < len(said.reading.words) and said.reading.words[last].folded == ":"
