"""What numbers without words of their own count: what stood before them did: "It has 812.", "the older aim of 9,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.senses import TARGETED
from kg.drafting.grammar.spots import Spot
from kg.drafting.grammar.telling import is_money, unit_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.said import Said
    from kg.drafting.grammar.words import Word

_SHARE: Final = "unit:PERCENT"
COUNT_UNIT: Final = "unit:NUM"
_HUGE: Final = 1_000_000_000
"""So many of a thing are never counted: who names such a number by itself means money."""
_NEAR: Final = 4
_BESIDE: Final = 2


def carried(said: Said, unit: str, number: tuple[int, int]) -> str | None:
    """Return what a number counts that has no words of its own: what stands before it does."""
    memory, language, words = said.memory, said.memory.language, said.reading.words
    first, last = number
    if unit == COUNT_UNIT and _is_of_unit_untold(said, words[first].start):
        return None
    near = memory.in_sentence.get(unit) or _last_in(said, words[:first], unit)
    behind = words[last].folded if last < len(words) else ""
    if behind in language.counted_people:
        # "25 million people" are no shops, and nobody tells whether they are hired or there.
        return near if near and memory.indicators.counts_people(near) else None
    # A share of something else is another share, and a number behind one of something else is of that.
    is_other = unit in memory.in_sentence or (
        unit == _SHARE and behind in language.owners - language.by
    )
    is_bare = _is_bare(said, number)
    found = near or (None if is_other else _from_before(said, unit, is_bare=is_bare))
    if not near and _is_labelled(said, first):
        return None
    if found is None and not is_other and (is_bare or _is_of_plan(said, number)):
        found = None if unit in memory.unknown else memory.only(unit)
    if found and is_turned(said, found, first):
        return None
    is_total = said.reading.before(words[first].start) in language.to
    if found and is_total and memory.indicators.is_opening(found):
        return None  # "it opened 785 shops, taking the total to 6,975"
    # "It opened 50 and has 900": how many there are is no number of what was opened.
    before = {word.folded for word in words[max(0, first - _NEAR) : first]}
    had = said.reading.before(words[first].start) in language.having or language.there <= before
    return None if had and found and memory.is_flow(found) else found


def _is_of_unit_untold(said: Said, place: int) -> bool:
    """Whether a bare number may tell of a unit that nobody names: "100 GWh by 2025; it now has 22", or "70 billion" after so many turbines."""
    if any(each.start == place and (each.value or 0) >= _HUGE for each in said.amounts):
        return True
    earlier = [each for each in said.reading.amounts if each.end <= place]
    counts = {"", "NUM", "PERCENT"}
    return bool(earlier) and unit_name(earlier[-1]) not in counts and not is_money(earlier[-1])


def _is_labelled(said: Said, first: int) -> bool:
    """Whether a point of a list names what its number counts, which is something else: "People: 5,100"."""
    words = said.reading.words[said.clause.first : first]
    ends = [n for n, word in enumerate(words) if word.folded == ":"]
    return bool(ends) and any(word.folded.isalpha() for word in words[: ends[0]])


def is_turned(said: Said, indicator: str, first: int) -> bool:
    """Whether things come of which others were told to go: "it cuts 640 jobs, and will take on 210 of those", "opens three"."""
    if not said.memory.indicators.is_undone(indicator):
        return False
    language = said.memory.language
    before = said.reading.words[said.clause.first : first]
    gone = [hit.first for hit in language.undone.find(before)]
    made = [hit.first for hit in (*language.opening.find(before), *language.making.find(before))]
    is_made = bool(made) and (not gone or made[-1] > gone[-1])
    return is_made or bool(language.gaining.find(said.words))


def _is_bare(said: Said, number: tuple[int, int]) -> bool:
    """Whether a clause has a number and nothing that it counts: "It has 812.", "We run 64 today."."""
    first, last = number
    language = said.memory.language
    skipped = language.adverbs | {".", ",", ";", '"', "”"}
    behind = said.reading.words[last : said.clause.last]
    today = {n for hit in language.already.find(behind) for n in range(hit.first, hit.last)}
    is_alone = all(
        word.folded in skipped or not word.folded.isalnum() or n in today
        for n, word in enumerate(behind)
    )
    hits = said.memory.language.holding.find(said.reading.words[max(0, first - _NEAR) : first])
    return is_alone and bool(hits)


def _is_of_plan(said: Said, number: tuple[int, int]) -> bool:
    """Whether a number without a noun is that of a plan, or of today: "the older aim of 9,000", "just over 3,000 today"."""
    first, last = number
    words, language = said.reading.words, said.memory.language
    behind = words[last].folded if last < len(words) else "."
    if behind.isalpha() and behind not in language.others | language.locating | language.finite:
        return bool(language.already.find(words[last : last + _NEAR])[:1]) and not _is_noun_behind(
            said, last
        )
    before = [word.folded for word in words[max(0, first - _BESIDE) : first]]
    return (
        len(before) == _BESIDE and before[0] in language.plan_nouns and before[1] in language.owners
    )


def _is_noun_behind(said: Said, last: int) -> bool:
    hits = said.memory.language.already.find(said.reading.words[last : last + _NEAR])
    return not hits or hits[0].first > 0


def _from_before(said: Said, unit: str, *, is_bare: bool = False) -> str | None:
    """Return what the sentence before counted, if that goes on."""
    memory = said.memory
    is_planned = said.clause.sense in TARGETED or is_bare
    if unit in memory.before_counts and (is_planned or unit == _SHARE):
        return memory.before_counts[unit]
    return _last_in(said, memory.before, unit) if is_planned else None


def _last_in(said: Said, words: Sequence[Word], unit: str) -> str | None:
    spot = Spot(words, len(words), len(words), unit)
    return said.memory.indicators.choose(spot, said.company, barred=said.memory.barred)
