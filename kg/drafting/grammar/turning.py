"""What comes and goes in place of what is there: "cut 500 jobs" counts no jobs, and "opened 12 shops last year" no shops."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import within
from kg.drafting.grammar.unreal import idle_verbs, spanning_verbs

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said

_BESIDE: Final = 2
_REACH: Final = 6


def turned(said: Said, indicator: str, first: int) -> str | None:
    """Return what counts what goes ("cut 500 jobs") or comes, where the number is not what is then there."""
    language, indicators = said.memory.language, said.memory.indicators
    if first and said.reading.words[first - 1].folded in language.to | language.origins:
        # "It will cut its staff to 2,000": so many stay, and nobody knows how many go.
        return None if indicators.is_undone(indicator) else indicator
    if _is_undone(said, first):
        return indicators.undone(indicator)
    if any(hit.last == first for hit in language.reaching.find(said.reading.words[:first])):
        return indicator
    opened = indicators.opened(indicator)
    if opened and _is_opened(said, first):
        return opened
    is_added = bool(language.adding.find(said.reading.words[said.clause.first : first]))
    if opened and (is_added or _is_of_period(said, first) or _is_more_opened(said, first)):
        return opened
    return indicators.gained(indicator) if language.gaining.find(said.words) else indicator


def _is_undone(said: Said, first: int) -> bool:
    """Whether the verb of a number says that something goes: of two verbs the nearer one before the number counts."""
    language, begin = said.memory.language, said.clause.first
    before = said.reading.words[begin:first]
    without = _tells_nothing(said)
    gone = [
        hit.first
        for hit in language.undone.find(before)
        if without.isdisjoint(range(hit.first, hit.last))
    ]
    made = [hit.first for hit in language.actions.find(before) if hit.first not in gone]
    # A plant employs so many, and its closure costs so many jobs.
    counting = language.counting - language.prices
    made += [number for number, word in enumerate(before) if word.folded in counting]
    made = sorted({*made} - {*gone})
    if gone or made:
        return bool(gone) and (not made or gone[-1] > made[-1])
    # "Acme, which has 1,500 people, lost 5 million": what stands behind a comma is of something else, but not
    # what goes on behind two: "two of them, in Ohio, are to be sold".
    hits = [
        hit.first
        for hit in language.undone.find(said.words)
        if without.isdisjoint(range(hit.first, hit.last))
    ]
    commas = [n - begin for n in range(first + 1, said.clause.last) if _is_comma(said, n)]
    return any(sum(comma < hit for comma in commas) != 1 for hit in hits)


def _is_comma(said: Said, number: int) -> bool:
    """Whether a word is a comma, and no part of a number."""
    words = said.reading.words
    following = words[number + 1] if number + 1 < len(words) else words[number]
    is_inside = words[number].end == following.start and following.folded[0].isdecimal()
    return words[number].folded == "," and not is_inside


def _tells_nothing(said: Said) -> set[int]:
    """Return the verbs of a clause by which nothing goes: "it closed 2023 with 500 people"."""
    words, language = said.words, said.memory.language.not_so
    timed = {
        number
        for number, word in enumerate(words)
        if any(each.start <= word.start < each.end for each in said.reading.periods)
    }
    known = said.memory.language
    seeming = [*known.seeming.find(words), *known.nearing.find(words)]
    taken = {number for hit in seeming for number in range(hit.first, hit.last)}
    return idle_verbs(words, language) | spanning_verbs(words, timed, language) | taken


def _is_opened(said: Said, first: int) -> bool:
    """Whether it is told behind a number, and what it counts, that so many were opened: "nine were opened"."""
    language, words = said.memory.language, said.reading.words
    near = words[first : min(first + _REACH, said.clause.last)]
    return any(
        one.folded in language.being and other.folded in language.was_opened
        for one, other in pairwise(near)
    )


def _is_more_opened(said: Said, first: int) -> bool:
    """Whether so many more open: "ten more will open before Christmas", "it opens two more shops"."""
    language, words = said.memory.language, said.reading.words
    near = {word.folded for word in words[max(0, first - 1) : first + _BESIDE + 1]}
    before, behind = words[said.clause.first : first], words[first : said.clause.last]
    opens = language.opening.find(behind) or language.opening.find(before)
    return bool(near & language.more) and bool(opens)


def _is_of_period(said: Said, first: int) -> bool:
    """Whether a number tells how many of something open in a time, and not how many there are then."""
    language = said.memory.language
    opens = language.opening.find(said.reading.words[said.clause.first : first])
    behind = said.reading.words[first : said.clause.last]
    is_rate = bool(language.yearly.find(behind))
    # "In its last fiscal year" is a time, though no calendar tells which.
    times = within(said.reading.periods, *said.reading.span(said.clause))
    is_timed = any(period.role in {"in", "at"} for period in times)
    return bool(opens) and (is_rate or is_timed or said.memory.report is not None)
