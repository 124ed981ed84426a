"""Numbers that are no level of what they seem to count: of one of many, a difference, a capacity, a price, people who only move."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.indicators import INVESTMENT
from kg.drafting.grammar.telling import is_money, unit_name

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said

_NEAR: Final = 3
_BESIDE: Final = 2
_REACH: Final = 7
_CUTS: Final = frozenset(",;:")


def is_no_level(said: Said, amount: Amount, indicator: str) -> bool:
    """Whether a number of an indicator is something else than how much of it there is, or is to be."""
    by_words = (
        _is_of_region,
        _is_of_other,
        _is_apiece,
        _is_difference,
        _is_owned,
        _is_multiplied,
        _is_part_told_of,
        _is_change_and_level,
    )
    by_kind = (_is_price, _is_shifted, _is_capacity)
    return any(tells(said, amount) for tells in by_words) or any(
        tells(said, amount, indicator) for tells in by_kind
    )


def _is_of_region(said: Said, amount: Amount) -> bool:
    """Whether a number is told of where something is, and not of who does it: "a plant in a region that lost 1,500 jobs"."""
    at = _relative_before(said, amount)
    words = said.reading.words
    noun = at - 1 - (at > 1 and words[at - 1].folded == ",")
    return at > 0 and words[noun].folded in said.memory.language.regions


def _is_of_other(said: Said, amount: Amount) -> bool:
    """Whether a number is told of somebody else within a clause: "it sold its stake in Bolt, which has 40 shops"."""
    at, words, text = _relative_before(said, amount), said.reading.words, said.reading.text
    if at - _BESIDE <= said.clause.first or words[at - 1].folded != ",":
        return False
    start = words[at - _BESIDE].start
    own = (m for m in said.reading.mentions if m.start <= start < m.end)
    return text[start].isupper() and all(m.thing != said.company for m in own)


def _relative_before(said: Said, amount: Amount) -> int:
    """Return the number of the word by which a relative clause begins right before a number, 0 where none does."""
    last = said.reading.number(amount.start)
    near = range(last - 1, max(0, last - _REACH), -1)
    relative = said.memory.language.relative
    return next((n for n in near if said.reading.words[n].folded in relative), 0)


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
