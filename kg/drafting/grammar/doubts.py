"""Numbers that are left out, for their words do not say that so much is there, or shall be.

"200 more shops" tells of no number of shops, "short of the 25 per cent that it had promised" not that it is
25, and "a year earlier" is told against a time that stands elsewhere.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.attributes import is_worth_told
from kg.drafting.grammar.indicators import INVESTMENT
from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.senses import TARGETED
from kg.drafting.grammar.telling import is_money, unit_name
from kg.drafting.grammar.wholes import is_of_a_kind, is_whole

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.times.days import Period

_NEAR: Final = 3
_BESIDE: Final = 2
_REACH: Final = 7
_CUTS: Final = frozenset(",;:")
_ENDING: Final = frozenset({"by", "until"})


def is_doubtful(said: Said, amount: Amount, indicator: str, period: Period | None) -> bool:
    """Whether a number of an indicator, at a time, is no level that is reached or to be reached."""
    others = (_is_of_another, _is_denied, _is_apiece, _is_difference, _is_owned, _is_multiplied)
    if any(is_other(said, amount) for is_other in others):
        return True
    is_others = is_promised(said, amount) and _is_by_another(said, amount)
    by_kind = (_is_in_aside, _is_price, _is_shifted)
    if is_others or any(is_other(said, amount, indicator) for is_other in by_kind):
        return True
    if (
        is_of_a_kind(said, amount)
        or _is_capacity(said, amount, indicator)
        or _is_part_told_of(said, amount)
        or _is_of_either(said)
        or _is_change_and_level(said, amount)
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


def _is_apiece(said: Said, amount: Amount) -> bool:
    """Whether a number is that of one of many: "a loss of $30,000 each", "the average worker earns $83,000", "each shop will employ 45"."""
    language, words, number = (
        said.memory.language,
        said.reading.words,
        said.reading.number(amount.end),
    )
    near = words[number : number + _NEAR]
    leading = [word.folded for word in said.words if word.folded not in language.joining | {","}]
    # "45 people for each shop"
    behind = {after.folded for word, after in pairwise(near) if word.folded in language.others}
    if unit_name(amount) != "PERCENT" and {*leading[:1], *behind} & language.of_each:
        return True
    hits = language.apiece.find(near)
    is_average = any(word.folded in language.averages for word in said.words)
    return is_money(amount) and (is_average or any(hit.first == 0 for hit in hits))


def _is_change_and_level(said: Said, amount: Amount) -> bool:
    """Whether two numbers that read as a range may be a change and what comes of it: "cut it by 200 to 900"."""
    is_range = amount.minimum is not None and unit_name(amount) != "PERCENT"
    return is_range and said.reading.before(amount.start) in said.memory.language.by


def _is_capacity(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether a number is what a plant can make, and not what it makes: "runs at half of its capacity of 650,000"."""
    number = said.reading.number(amount.start)
    near = said.reading.words[max(0, number - _NEAR) : number]
    is_made = indicator.endswith(("-throughput", "-output"))
    language = said.memory.language
    is_of = said.reading.before(amount.start) in language.owners - language.by
    is_now = not said.is_planned and is_made and is_of
    return is_now and any(word.folded in language.capacities for word in near)


def _is_multiplied(said: Said, amount: Amount) -> bool:
    """Whether a number is how many there were of what becomes so many times as much: "it will double its workforce of 120"."""
    is_of = said.reading.before(amount.start) in said.memory.language.owners
    times = (one.factor for one in said.amounts if one.value is None and one.end <= amount.start)
    return is_of and any(factor is not None and factor > 1 for factor in times)


def _is_part_told_of(said: Said, amount: Amount) -> bool:
    """Whether of a part of a share more is told: "90 per cent, up to 10 per cent of which may be hybrids"."""
    number = said.reading.number(amount.end)
    hits = said.memory.language.of_which.find(said.reading.words[number : number + _BESIDE])
    is_behind = bool(hits) and hits[0].first == 0
    others = (
        unit_name(each) == "PERCENT" and each.end <= amount.start for each in said.reading.amounts
    )
    return is_behind and unit_name(amount) == "PERCENT" and any(others)


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


def _is_difference(said: Said, amount: Amount) -> bool:
    """Whether a number tells how far something is from another: "260 jobs short", "812 fewer stores than"."""
    if unit_name(amount) == "PERCENT":
        return False  # so much more than before is how much something grew
    first = said.reading.number(amount.end)
    later = (said.reading.number(a.start) for a in said.amounts if a.start > amount.start)
    near = said.reading.words[first : min(first + _REACH, said.clause.last, *later)]
    ends = [number for number, word in enumerate(near) if word.folded in _CUTS]
    hits = said.memory.language.differing.find(near[: ends[0]] if ends else near)
    return any(hit.first <= _BESIDE for hit in hits)


def _is_owned(said: Said, amount: Amount) -> bool:
    """Whether a part of a whole is what somebody owns of another company: "of which it owns 40 per cent"."""
    number = said.reading.number(amount.start)
    near = said.reading.words[max(said.clause.first, number - _BESIDE) : number]
    return unit_name(amount) == "PERCENT" and bool(said.memory.language.owning.find(near))


def _is_in_aside(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether people are told of between two commas before the verb: "The works, closed with the loss of 300 jobs, is to"."""
    words, clause = said.reading.words, said.clause
    if clause.cue is None or not said.memory.indicators.counts_people(indicator):
        return False
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    commas = [n for n in range(clause.first, clause.cue) if words[n].folded == ","]
    inside = [n for n in commas if n >= last]
    return inside == [clause.cue - 1] and any(clause.first < n < first for n in commas)


def _is_price(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether money is what a contract or a company is worth, or was sold for: "trains, worth £310 million", "it sold half for $5 million"."""
    if indicator != INVESTMENT:
        return False
    language, clause, words = said.memory.language, said.clause, said.reading.words
    before = words[clause.first : said.reading.number(amount.start)]
    if before and before[-1].folded in language.paying and language.dealing.find(before):
        return True
    if any(hit.last == len(before) for hit in language.priced.find_all(before)):
        return True
    is_worth = said.reading.before(amount.start) in language.worth
    inside = {word.folded for word in words[clause.first : clause.last]}
    return is_worth and bool(inside & language.contracts)


def _is_shifted(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether people only go elsewhere, so that there are no more and no fewer: "it will move 900 jobs to Krakow"."""
    first = said.reading.number(amount.start)
    near = said.reading.words[max(said.clause.first, first - _NEAR) : first]
    is_people = said.memory.indicators.counts_people(indicator)
    return is_people and bool(said.memory.language.shifting.find(near))


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
