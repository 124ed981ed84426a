"""Numbers that are the whole of which another number is told, or a part that is only of a kind: "500 of Acme's 6,000 jobs"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said

_BESIDE: Final = 2
_NAME: Final = 7


def is_whole(said: Said, amount: Amount) -> bool:
    """Whether a number is the whole of which another one is told: "25 shops, 10 of them in India", "8 of the 20 jobs"."""
    words, language = said.reading.words, said.memory.language
    number = said.reading.number(amount.start)
    later = next((each for each in said.amounts if each.start > amount.start), None)
    places = [at for at, _ in said.memory.whereabouts.places(said.reading)]
    if later is not None and places and later.unit == amount.unit:
        between = range(number, said.reading.number(later.start))
        behind = said.reading.number(later.end)
        hits = language.again.find(words[behind : behind + _BESIDE])
        if hits and hits[0].first == 0 and not any(at in between for at in places):
            return True
    ends = {said.reading.number(each.end) for each in said.amounts if each.end <= amount.start}
    owners, determiners = language.owners - language.by, language.determiners
    before = [word.folded for word in words[max(0, number - _BESIDE) : number]]
    is_of = len(before) == _BESIDE and before[0] in owners and before[1] in determiners
    if is_of and number - _BESIDE in ends:
        return True
    # "Up to 500 of Acme's 6,000 jobs"
    owning = [n for n in range(max(0, number - _NAME), number) if words[n].folded in owners]
    counts = {said.reading.number(a.end) for a in said.amounts if a.unit == amount.unit}
    if before[-1:] and before[-1] in owners and number - 1 in counts:
        return True  # "1,600 of 5,000 jobs"
    return bool(owning) and owning[-1] in counts and owns(words, number - _BESIDE)


def is_of_a_kind(said: Said, amount: Amount) -> bool:
    """Whether a number is of those that are of a kind: "43 aircraft, of which 20 are leased"."""
    words, language = said.reading.words, said.memory.language
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    before = [word.folded for word in words[max(0, first - _BESIDE) : first]]
    is_of = (
        len(before) == _BESIDE and before[0] in language.owners and before[1] in language.relative
    )
    behind = words[last : last + _BESIDE]
    if not is_of or len(behind) < _BESIDE or behind[0].folded not in language.finite:
        return False
    return behind[1].folded not in language.locating and not said.reading.is_told(behind[1].start)
