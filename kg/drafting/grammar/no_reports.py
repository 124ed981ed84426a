"""Clauses with a verb of plans that report of no undertaking: what only names a thing, does something itself, or can never be told to have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.grammar.senses import FUTURE, TURNS

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said

_NEAR: Final = 2


def tells_nothing(said: Said, status: str) -> bool:
    """Whether a clause gives no undertaking a status, whatever its verb: what goes may be what a plan is for."""
    if status in TURNS and _is_aim(said):
        return True  # "it wants to drop plastic bags" is the plan itself
    return _only_names(said) or _is_of_nothing(said) or (status in FUTURE and _is_idle(said))


def is_vague(said: Said, status: str, about: str) -> bool:
    """Whether nobody could say later that what is planned has come: "it will have to hire", without a number and a day; or ever: "it hired a manager"."""
    is_told = status == "achieved" or (status in FUTURE and not said.is_ahead)
    return about.endswith("-employment") and is_told


def _is_idle(said: Said) -> bool:
    """Whether an undertaking is not what is to come, but does something itself: "the fleet will allow it"."""
    language, end = said.memory.language, said.clause.cue_end
    if end is None or said.is_ahead:
        return False
    cue = said.reading.words[said.clause.cue or 0 : end]
    if any(hit.first == 0 for hit in language.scheduled.find(cue)):
        return False  # "the shop opens on Saturday"
    if said.clause.sense != "former" and language.actions.find(cue):
        return False  # "it is joining forces with Bolt"
    if said.periods and cue[-1].folded in language.as_planned:
        return False  # "its launch had been promised for January"
    is_passive = bool({word.folded for word in cue} & language.being - language.finite)
    if is_passive and said.clause.sense == "considered":
        return False  # "a bakery is being looked at"
    behind = said.reading.words[end : said.clause.last]
    periods = [] if said.clause.sense == "former" else said.periods
    timed = [any(p.start <= word.start < p.end for p in periods) for word in behind]
    # "Was announced on Monday": a day is nothing that is done.
    is_more = any(
        word.folded.isalpha() and not any(timed[n : n + _NEAR]) for n, word in enumerate(behind)
    )
    steps = (
        language.kinds, language.actions, language.scheduled, language.undone, language.cues
    )  # fmt: skip
    return is_more and not any(phrases.find(behind) for phrases in steps)


def _is_aim(said: Said) -> bool:
    """Whether what is to go is what a plan is for, as plastic or emissions, and no plan is named that is given up."""
    words = {word.folded for word in said.words}
    return set(said.kinds()) == {"climate"} and not words & said.memory.language.plan_nouns


def _is_of_nothing(said: Said) -> bool:
    """Whether it is not told of what undertaking something has come about: "at the opening of the fair"."""
    end = said.clause.cue_end
    if end is None or said.clause.sense != "achieved" or said.kinds():
        return False
    return said.reading.words[end - 1].folded in said.memory.language.owners


def _only_names(said: Said) -> bool:
    """Whether a clause only says which thing its sentence tells of: "the plant that it is building will open"."""
    if said.clause.joint == "relative" and said.clause.sense in FUTURE:
        place = said.reading.words[said.clause.first].start
        before = (a for a in said.reading.amounts if a.end <= place)
        if any(said.clause.first - said.reading.number(a.end) <= _NEAR for a in before):
            return True  # "the 3,000 jobs that it wants to fill"
    later = next((c for c in said.reading.clauses if c.first == said.clause.last), None)
    if said.clause.joint != "relative" or later is None or later.joint != "resumed":
        return False
    if said.clause.sense not in FUTURE and _is_set_off(said):
        return False  # "the berth, opened in May, is full" tells that it was opened
    # "Acme, which is building a plant, will" tells of the plant, too.
    between = said.reading.words[later.subject or 0 : said.clause.first]
    hits = said.memory.language.company_words.find(between)
    if any("nouns" in hit.meanings for hit in hits):
        return False
    first = said.reading.words[later.subject or 0].start
    end = said.reading.words[said.clause.first].start
    return not any(
        each.type in COMPANIES and first <= each.start and 0 <= end - each.end <= _NEAR
        for each in said.reading.mentions
    )


def _is_set_off(said: Said) -> bool:
    """Whether a comma stands before what is told of a thing, so that it does not tell which one is meant."""
    words, first = said.reading.words, said.clause.first
    before = [word.folded for word in words[max(0, first - _NEAR) : first + 1]]
    return "," in before
