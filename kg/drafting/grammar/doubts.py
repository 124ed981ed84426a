"""Numbers that are left out, for their words do not say that so much is there, or shall be.

"200 more shops" tells of no number of shops, "short of the 25 per cent that it had promised" not that it is
25, and "a year earlier" is told against a time that stands elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.attributes import is_worth_told
from kg.drafting.grammar.no_levels import is_no_level
from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.senses import TARGETED
from kg.drafting.grammar.wholes import is_of_a_kind, is_whole

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.times.days import Period

_NEAR: Final = 3
_BESIDE: Final = 2
_BACK: Final = 6
_ENDING: Final = frozenset({"by", "until"})


def is_doubtful(said: Said, amount: Amount, indicator: str, period: Period | None) -> bool:
    """Whether a number of an indicator, at a time, is no level that is reached or to be reached."""
    if (
        _is_of_another(said, amount)
        or _is_denied(said, amount)
        or is_no_level(said, amount, indicator)
    ):
        return True
    is_others = is_promised(said, amount) and _is_by_another(said, amount)
    if (
        is_others
        or _is_in_aside(said, amount, indicator)
        or is_of_a_kind(said, amount)
        or _is_of_either(said)
        or is_whole(said, amount)
    ):
        return True
    indicators = said.memory.indicators
    is_level = indicators.is_stock(indicator) and not indicators.is_opening(indicator)
    if _is_increase(said, amount) and is_level:
        return True
    if said.is_planned:
        return is_apart(said, amount) or _is_there(said, amount, indicator)
    return (
        _is_short(said, amount)
        or _was_once(said, amount)
        or _is_untold(said, amount)
        or any(_is_to_come(said, each) for each in ([period] if period else said.periods))
        or (period is not None and is_elsewhen(said, period))
    )


def _is_of_another(said: Said, amount: Amount) -> bool:
    """Whether another company is named right before a number: "Acme will hire 300 people, Bolt 200"."""
    earlier = [other.end for other in said.amounts if other.end <= amount.start]
    if not earlier:
        return False
    between = within(said.reading.mentions, max(earlier), amount.start)
    aside = said.memory.language.others
    return any(
        each.type in COMPANIES
        and each.thing != said.company
        and said.reading.before(each.start) not in aside
        for each in between
    )


def _is_denied(said: Said, amount: Amount) -> bool:
    """Whether it is told right before a number that it is not so: "70 million, not 95 million"."""
    words, number = said.reading.words, said.reading.number(amount.start)
    near = words[max(0, number - _BESIDE) : number]
    hits = said.memory.language.denied_numbers.find(near)
    return any(hit.last == len(near) for hit in hits)


def _is_of_either(said: Said) -> bool:
    """Whether more is told of a place or thing of which two companies are named: "it joins Bolt in Ohio, where 50 work"."""
    if said.clause.joint != "relative":
        return False
    start = said.reading.span(said.clause)[0]
    before = {m.thing for m in said.reading.mentions if m.type in COMPANIES and m.start < start}
    inside = within(said.reading.mentions, *said.reading.span(said.clause))
    ends = {m.thing for m in said.reading.mentions if 0 <= start - m.end <= _BESIDE}
    return len(before) > 1 and not ends & before and not any(m.type in COMPANIES for m in inside)


def _is_increase(said: Said, amount: Amount) -> bool:
    """Whether a number tells how many are added: "200 more", "another 200"."""
    words, number = said.reading.words, said.reading.number(amount.end)
    more = said.memory.language.more
    behind = words[number].folded if number < len(words) else ""
    return behind in more or said.reading.before(amount.start) in more


def is_apart(said: Said, amount: Amount) -> bool:
    """Whether a number stands before the verb of a plan, and is no part of what the verb tells of.

    "25 shops will open" and "25 shops and a plant will open" are of one piece, "cut it by 18 per cent, against
    a target of 50" is not.
    """
    clause, reading = said.clause, said.reading
    if (
        clause.cue is None
        or clause.cue_end is None
        or amount.start >= reading.words[clause.cue].start
    ):
        return False
    between = reading.words[reading.number(amount.end) : clause.cue]
    if is_worth_told(said, amount):
        return True
    is_noun = reading.words[clause.cue_end - 1].folded in said.memory.language.owners
    joining = said.memory.language.joining
    commas = (at for at, word in enumerate(between[:-1]) if word.folded == ",")
    return is_noun or any(between[at + 1].folded in joining for at in commas)


def _is_there(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether a number tells of what there is, and not of what is planned: "with its 2,100 employees, it plans a plant"."""
    if amount.start in said.ordered:
        return False  # "it will open its hundredth shop"
    before, language = said.reading.before(amount.start), said.memory.language
    cue = said.clause.cue
    # "The 2,500 workers will vote"
    acts = (
        before in language.definite and cue is not None and cue >= said.reading.number(amount.end)
    )
    is_staff = acts and said.memory.indicators.counts_people(indicator)
    is_had = before in language.possessives or (
        is_staff and said.memory.indicators.is_stock(indicator)
    )
    return is_had and said.memory.indicators.is_level(indicator)


def _was_once(said: Said, amount: Amount) -> bool:
    """Whether so many were there at a time that no calendar tells: "it had 500 shops before the pandemic"."""
    words, language = said.reading.words, said.memory.language
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    is_had = first > 0 and words[first - 1].folded in language.once_had
    behind = {word.folded for word in words[last : last + _BACK]}
    return is_had and not said.periods and bool(behind & language.once)


def _is_by_another(said: Said, amount: Amount) -> bool:
    """Whether more names than that of the company stand behind a number that was promised: "the 20 that Bolt promised"."""
    reading = said.reading
    last = reading.number(amount.end)
    clauses = [each for each in reading.clauses if last <= each.first <= last + _NEAR]
    return any(
        reading.text[word.start].isupper()
        and not any(
            each.start <= word.start < each.end
            and (each.type not in COMPANIES or each.thing == said.company)
            for each in reading.mentions
        )
        and not any(each.start <= word.start < each.end for each in reading.periods)
        for clause in clauses
        if clause.joint == "relative"
        for word in reading.words[clause.first : clause.last]
    )


def _is_short(said: Said, amount: Amount) -> bool:
    """Whether something is less than a number: "short of the 25 per cent"."""
    number = said.reading.number(amount.start)
    near = said.reading.words[max(0, number - _NEAR - 1) : number]
    return bool(said.memory.language.short.find(near))


def _is_in_aside(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether people are told of between two commas before the verb: "The works, closed with the loss of 300 jobs, is to"."""
    words, clause = said.reading.words, said.clause
    if clause.cue is None or not said.memory.indicators.counts_people(indicator):
        return False
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    commas = [n for n in range(clause.first, clause.cue) if words[n].folded == ","]
    inside = [n for n in commas if n >= last]
    return inside == [clause.cue - 1] and any(clause.first < n < first for n in commas)


def is_promised(said: Said, amount: Amount) -> bool:
    """Whether it is told right behind a number that it was only planned: "the 120,000 that it had aimed at"."""
    reading, last = said.reading, said.reading.number(amount.end)
    promised = said.memory.language.promised
    behind = [word.folded for word in reading.words[last : last + _BESIDE]]
    before = reading.before(amount.start)
    if before in promised or (behind and behind[0] in promised):
        return True  # "the planned 900 jobs", "the 600 million approved in 2021"
    return any(
        last <= clause.first <= last + _NEAR
        and clause.joint == "relative"
        and clause.sense in TARGETED
        for clause in reading.clauses
    )


def is_rest(said: Said, amount: Amount) -> bool:
    """Whether only a part of what was promised is told to be there: "281 of the promised 13,000 people"."""
    if not is_promised(said, amount):
        return False
    reading, owners = said.reading, said.memory.language.owners
    begin = reading.number(amount.start)
    ends = [reading.number(other.end) for other in said.amounts if other.end <= amount.start]
    between = reading.words[ends[-1] : begin] if ends else ()
    return 0 < len(between) <= _NEAR + 1 and any(word.folded in owners for word in between)


def _is_untold(said: Said, amount: Amount) -> bool:
    """Whether a heading or a point of a list has a time that no calendar tells: "$3 billion within three years"."""
    end = said.reading.span(said.clause)[1]
    later = (other.start for other in said.amounts if other.start > amount.start)
    until = min([end, *later])
    times = within(said.reading.periods, amount.end, until)
    return said.reading.sentence.heading and any(each.latest is None for each in times)


def is_elsewhen(said: Said, period: Period) -> bool:
    """Whether a time is told against another one than the publication: "a year earlier"."""
    last = said.reading.words[said.reading.number(period.end) - 1]
    return last.folded in said.memory.language.elsewhen


def _is_to_come(said: Said, period: Period) -> bool:
    """Whether a time is still to come, at which nothing can have been counted."""
    published = said.memory.published
    if (
        said.clause.sense == "forecast"
        or published is None
        or period.latest is None
        or period.latest <= published
    ):
        return False
    begins = period.earliest or period.latest
    return period.role in _ENDING or begins >= published
