"""Numbers that tell how large is what the text has told to be planned: "Investment: $3 billion", "the $28 million project"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.counting import unit_of

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said

_LEADING: Final = 3


def is_fact_of_plan(said: Said, indicator: str) -> bool:
    """Whether a point of a list tells how large is what the text has told to be planned: "Investment: $3 billion"."""
    if said.clause.sense is not None:
        return False
    if said.memory.is_planned and _is_price(said) and said.memory.indicators.is_of_site(indicator):
        return True
    if said.clause.cue is not None:
        return False
    same = said.memory.language.same
    if any(word.folded in said.memory.language.amounting for word in said.words):
        return False  # "investment amounted to 5 million" tells of what has been spent
    # "The project has a budget of 5 million" tells of what is planned, too.
    is_label = (said.clause.joint == ":" and said.clause.first == 0) or any(
        word.folded in same and word.folded not in said.memory.language.pronouns
        for word in said.words[:_LEADING]
    )
    is_label = is_label or _is_of_plan(said)
    is_there = bool(said.memory.language.already.find(said.words))
    is_planned = said.memory.is_planned or (said.memory.turn is not None and _names_plan(said))
    return is_label and not is_there and is_planned and said.memory.indicators.is_of_site(indicator)


def is_aim_moved(said: Said) -> bool:
    """Whether what is cut or raised is an aim, so that what it comes from was one, too: "cut its goal from 70 per cent"."""
    words, clause, language = said.reading.words, said.clause, said.memory.language
    if clause.cue is None or not said.amounts:
        return False
    between = words[clause.cue : said.reading.number(said.amounts[0].start)]
    hits = language.moving_aims.find(between)
    return any(hit.first == 0 for hit in hits)


def is_going(said: Said, indicator: str) -> bool:
    """Whether people are told in the present to go: "all 180 jobs go"."""
    is_cut = said.memory.indicators.is_undone(indicator)
    is_told = is_cut and said.clause.sense is None
    return is_told and bool(said.memory.language.going.find_all(said.words))


def is_told_there(said: Said, amount: Amount) -> bool:
    """Whether it is told beside a number that so much is there by now, among what is planned: "to the 180 there now"."""
    if said.clause.sense == "underway" and not said.is_ahead and _goes_along(said, amount):
        return True  # "work goes on with 80 people"
    words, already = said.reading.words, said.memory.language.already
    first, last = said.reading.number(amount.start), said.reading.number(amount.end)
    end, begin = min(last + _LEADING, said.clause.last), max(said.clause.first, first - _LEADING)
    behind = [last + hit.first for hit in already.find(words[last:end])]
    before = [hit for hit in already.find(words[begin:first]) if hit.last - hit.first > 1]
    places = [*behind, *(begin + hit.first for hit in before)]
    return any(_is_now(said, words[at].start) for at in places)


def is_fallen_short(said: Said, amount: Amount) -> bool:
    """Whether a number is what was reached of one that was missed: "it missed its goal of 500 shops, opening only 280"."""
    if said.clause.sense != "missed":
        return False
    earlier = [each for each in said.amounts if each.end <= amount.start]
    alike = [each for each in earlier if unit_of(each) == unit_of(amount)]
    if not alike:
        return False
    words, first = said.reading.words, said.reading.number(amount.start)
    between = [word.folded for word in words[said.reading.number(alike[-1].end) : first]]
    # "It missed its goals of 500 shops, 20 hotels and 2,000 jobs": a list of goals.
    behind = between[between.index(",") + 1 :] if "," in between else []
    return bool(behind) and behind[0] in said.memory.language.fallen_short


def _goes_along(said: Said, amount: Amount) -> bool:
    return said.reading.before(amount.start) in said.memory.language.along


def _is_now(said: Said, place: int) -> bool:
    """Whether a word tells of today, and not of another time: "now", and not "this year"."""
    times = [each for each in said.reading.periods if each.start <= place < each.end]
    return all(each.latest == each.earliest == said.memory.published for each in times)


def _is_price(said: Said) -> bool:
    """Whether a clause begins with what a plan costs: "The cost is put at 5 million"."""
    language = said.memory.language
    words = [word.folded for word in said.words[:_LEADING]]
    was = any(word.folded in language.past for word in said.words)
    is_definite = bool(words) and words[0] in language.definite | language.possessives
    return is_definite and not was and bool(set(words) & language.prices)


def _is_of_plan(said: Said) -> bool:
    """Whether a number stands with an article before what is planned, or is put on it: "the $28 million project"."""
    language, words = said.memory.language, said.reading.words
    if any(word.folded in language.having | language.past for word in said.words):
        return False  # "close to 5 million of it has been spent"
    if _names_plan(said):
        return True
    first = said.reading.number(said.amounts[0].start) if said.amounts else said.clause.first
    near = words[said.clause.first : first]
    return any(
        one.folded in language.definite and other.folded in language.same - language.pronouns
        for one, other in pairwise(near)
    )


def _names_plan(said: Said) -> bool:
    """Whether a number stands between an article and what is planned: "the $28 million project"."""
    language, words = said.memory.language, said.reading.words
    for amount in said.amounts:
        first, last = said.reading.number(amount.start), said.reading.number(amount.end)
        before = words[first - 1].folded if first else ""
        behind = words[last].folded if last < len(words) else ""
        if before in language.definite and behind in language.same - language.pronouns:
            return True
    return False
