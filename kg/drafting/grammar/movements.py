"""How much something grew or fell, in per cent, which is no level of it: "revenue of 5 billion, up 12 per cent"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.spots import MONEY, Spot
from kg.drafting.grammar.telling import unit_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

_SHARE: Final = "unit:PERCENT"
_NEAR: Final = 4
_BESIDE: Final = 2


def moved(said: Said, unit: str, number: tuple[int, int]) -> str | None:
    """Return what tells how much grew what is counted before: "revenue of 5 billion, up 12 per cent"."""
    language, indicators = said.memory.language, said.memory.indicators
    first, last = number
    near = said.reading.words[max(said.clause.first, first - _NEAR) : first]
    hits = language.moving.find(near) if unit == _SHARE else []
    behind = said.reading.words[last : last + _BESIDE] if unit == _SHARE else []
    is_compared = any(hit.first == 0 for hit in language.compared.find(behind))
    if not is_compared and (not hits or hits[-1].last != len(near)):
        return None
    begin = first - len(near) + hits[-1].first if hits else first
    # "Sales reached 3 billion last year, a rise of 18 per cent": the time stands between.
    while begin > said.clause.first and _is_between(said, begin - 1):
        begin -= 1
    before = said.reading.words[said.clause.first : begin]
    spot = Spot(before, len(before), len(before), MONEY)
    found = indicators.choose(spot, said.company, barred=said.memory.barred)
    return indicators.rate_of(found)


def is_moved(said: Said, amount: Amount) -> bool:
    """Whether a number stands right behind how something moved, and is no level of it: "sales of electric cars fell 25 per cent"."""
    first = said.reading.number(amount.start)
    near = said.reading.words[max(said.clause.first, first - _NEAR) : first]
    language = said.memory.language
    hits = [
        hit
        for hit in language.moving.find(near)
        # "It made up 30 per cent": only a comma makes "up" tell how something moved.
        if near[hit.first].folded not in language.ups or not _is_behind_word(near, hit.first)
    ]
    return unit_name(amount) == "PERCENT" and bool(hits) and hits[-1].last == len(near)


def _is_behind_word(words: Sequence[Word], number: int) -> bool:
    return number > 0 and words[number - 1].folded.isalpha()


def _is_between(said: Said, number: int) -> bool:
    """Whether a word is a comma or part of a time."""
    word = said.reading.words[number]
    return word.folded == "," or any(p.start <= word.start < p.end for p in said.reading.periods)
