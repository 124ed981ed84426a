"""What clauses tell to come that have no verb of planning, and what is told to be done on a day to come."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import COMPANIES

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said

_SHORT: Final = 3
_LEVELS: Final = frozenset({"growth", "employment", "venture-investment", "climate"})
"""The kinds of which a noun may be no thing, but a level: prices, pay, emissions."""


def comes(said: Said) -> bool:
    """Whether something is to come, though no verb of planning says so: "the shop opens on 19 July", "Acme to build plant"."""
    if said.clause.sense is not None:
        return False
    ways = (_is_scheduled, _is_event, _is_dated, _is_headline)
    return any(way(said) for way in ways) and not _is_of_no_plan(said)


def _is_scheduled(said: Said) -> bool:
    """Whether something is done on a day to come: "the shop opens on 19 July"."""
    hits = said.memory.language.scheduled.find(said.words)
    # "Until the end of the year" ends nothing.
    return said.is_ahead and any(
        not said.reading.is_told(said.words[hit.first].start) for hit in hits
    )


def is_later(said: Said) -> bool:
    """Whether a day is named together with an earlier one that is not so any more: "in 2025, not in 2024"."""
    language, words = said.memory.language, said.reading.words
    for one, other in pairwise(said.periods):
        at = said.reading.number(other.start)
        near = words[max(0, at - _SHORT) : at]
        is_denied = bool(language.denied_numbers.find(near))
        if is_denied and one.latest and other.latest and one.latest > other.latest:
            return True
    return False


def is_begun_later(said: Said) -> bool:
    """Whether what begins begins on a day to come: "work starts in May"."""
    cue, end = said.clause.cue, said.clause.cue_end
    if cue is None or end is None or said.clause.sense != "underway" or not said.is_ahead:
        return False
    words, language = said.reading.words[cue:end], said.memory.language
    # "It is nearing its end": what is near ends later, and is under way.
    hits = (hit for hit in language.scheduled.find(words) if hit.last == end - cue)
    return any(not h.first or words[h.first - 1].folded not in language.articles for h in hits)


def is_done_later(said: Said) -> bool:
    """Whether what is told to be done is done on a day to come: "once it is running in 2025", "after its launch in May"."""
    published = said.memory.published
    return (
        said.clause.sense == "achieved"
        and published is not None
        and bool(said.periods)
        and all(p.earliest and p.earliest > published and p.role != "until" for p in said.periods)
    )


def _is_event(said: Said) -> bool:
    """Whether a point of a list says on which day to come something begins or ends: "Start of production: early 2027"."""
    is_label = said.clause.joint == ":" and said.clause.first == 0
    return is_label and said.is_ahead and bool(said.memory.language.events.find(said.words))


def _is_dated(said: Said) -> bool:
    """Whether a clause without a verb of planning names an undertaking and a day to come: "Deliveries run from May"."""
    published, language = said.memory.published, said.memory.language
    is_past = any(word.folded in language.past for word in said.words)
    if said.clause.cue is not None or published is None or is_past or not said.periods:
        return False
    is_thing = bool(set(said.kinds()) - _LEVELS)
    return is_thing and all(
        p.earliest and p.earliest > published and p.role not in {"until", "before"}
        for p in said.periods
    )


def _is_headline(said: Said) -> bool:
    """Whether a line without a verb of its own says what somebody is to do: "Acme to build plant in Ohio"."""
    language, words = said.memory.language, said.reading.words
    if said.clause.cue is not None or said.clause.first:
        return False
    for mention in said.reading.mentions:
        last = said.reading.number(mention.end)
        if mention.type in COMPANIES and last < len(words) and words[last].folded in language.to:
            acts = (language.actions, language.scheduled, language.undone)
            begins = words[last + 1 : last + 1 + _SHORT]
            return any(hit.first == 0 for phrases in acts for hit in phrases.find(begins))
    return False


def _is_of_no_plan(said: Said) -> bool:
    """Whether what something comes of on a day is no plan: "the lease of its plant ends in 2027"."""
    language = said.memory.language
    stops = language.others | language.locating | language.scopes | language.finite
    told = (word for word in said.words if not said.reading.is_told(word.start))
    words = [word.folded for word in told if word.folded[0].isalnum()]
    head = next((n for n, word in enumerate(words) if n and word in stops), len(words))
    return bool(set(words[:head]) & (language.no_plans - language.same))
