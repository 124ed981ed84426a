"""Undertakings of which no noun tells the sort: they are known by the words for what is done, put off or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.drafting.grammar.said import Said

_LONGEST: Final = 4
_SHORTEST: Final = 3
_LATE: Final = frozenset({"postponed", "abandoned"})
_DONE: Final = frozenset({"achieved", "underway"})


def noun_of(said: Said, status: str) -> str | None:
    """Return the words for what a status is told of, None where they are not clear.

    That is what a plan is for ("its plan for a reservoir"), what is put off or given up ("the cable to the island was
    scrapped"), and what is done, begun or due at a place of its own ("a treatment works near Delhi is being built").
    """
    return _planned(said) or _worked_on(said) or _undergone(said, status) or _given_up(said, status)


def _planned(said: Said) -> str | None:
    language, words = said.memory.language, said.reading.words
    for at in range(said.clause.first, said.clause.last - 2):
        is_plan = words[at].folded in language.plan_nouns
        if is_plan and words[at + 1].folded == "for" and words[at + 2].folded in language.articles:
            return _noun(said, at + 3, said.clause.last)
    return None


def _worked_on(said: Said) -> str | None:
    """Return what work is done on: "Work on the tunnel has started", "the building of a reservoir"."""
    language, words = said.memory.language, said.reading.words
    clause = said.clause
    first = clause.first if clause.subject is None else clause.subject
    last = first if clause.cue is None else clause.cue
    works = language.same - language.pronouns - language.plan_nouns
    near = range(first, min(last, first + _LONGEST) - 2)
    for at in near:
        is_on = words[at + 1].folded in {"of", "on"} and words[at + 2].folded in language.articles
        if words[at].folded in works and is_on:
            return _noun(said, at + 3, last)
    return None


def _undergone(said: Said, status: str) -> str | None:
    clause, language, words = said.clause, said.memory.language, said.reading.words
    if clause.cue is None or clause.cue_end is None or clause.joint == "relative":
        return None
    first = clause.first if clause.subject is None else clause.subject
    while first < clause.cue and not words[first].folded.isalpha():
        first += 1
    if (
        clause.joint == ":"
        and clause.first == 0
        and ":" in {w.folded for w in words[first : clause.cue]}
    ):
        # A point of a list names what it tells of.
        begin = first + (words[first].folded in language.articles)
        return _noun(said, begin, clause.cue)
    if words[first].folded not in language.articles or not (_is_passive(said) or _stands(said)):
        return None
    places = [at for at, _ in said.memory.whereabouts.places(said.reading)]
    is_there = said.strange is not None or any(first <= at < clause.cue for at in places)
    is_told = status in _LATE or (is_there and (status in _DONE or said.is_ahead))
    # "A night shift was introduced", "its new headquarters is finished": a thing that is new in the text.
    is_new = status in _DONE and words[first].folded not in language.definite
    return _noun(said, first + 1, clause.cue) if is_told or is_new else None


def _given_up(said: Said, status: str) -> str | None:
    """Return what somebody puts off or gives up, by the words right behind the verb: "pulled out of a joint cellar"."""
    language, words, at = said.memory.language, said.reading.words, said.clause.cue_end
    if status not in _LATE or at is None:
        return None
    if at < said.clause.last and words[at].folded in language.others:
        at += 1
    if at >= said.clause.last or words[at].folded not in language.articles:
        return None
    return _noun(said, at + 1, said.clause.last)


def _is_passive(said: Said) -> bool:
    """Whether something is told to be or to become, and not to do anything: "was opened", "is to be opened"."""
    language, words = said.memory.language, said.reading.words
    cue, end = said.clause.cue or 0, said.clause.cue_end or 0
    if cue and words[cue - 1].folded in language.being & language.finite:
        cue -= 1  # "the service was axed"
    verb = [word.folded for word in words[cue : end + 2] if word.folded not in language.adverbs]
    if verb[0] in language.of_several:
        return False  # "the diggers are late"
    is_state = said.clause.sense in _LATE and verb[0] in language.finite - language.having
    return is_state or (verb[0] in language.finite and bool(set(verb[:_LONGEST]) & language.being))


def _stands(said: Said) -> bool:
    """Whether a verb has no object, so that what stands before it is told of: "the order hangs in the balance"."""
    language, at = said.memory.language, said.clause.cue_end or 0
    verb = said.reading.words[said.clause.cue or 0].folded
    if said.clause.sense in {None, "announced", "former"} or verb in language.of_several:
        return False  # "the diggers are late"
    words = said.reading.words[at : min(at + 1, said.clause.last)]
    beside = language.locating | language.others | language.scopes | language.joining
    beside |= language.adverbs | language.lasting | language.along
    return all(
        not word.folded.isalpha() or word.folded in beside or said.reading.is_told(word.start)
        for word in words
    )


def _noun(said: Said, first: int, last: int) -> str | None:
    language, words = said.memory.language, said.reading.words
    stops = language.locating | language.others | language.joining | language.scopes
    end = first
    while end < last and words[end].folded.isalpha() and words[end].folded not in stops:
        if reading_tells(said, end):
            break
        end += 1
    noun = [word.folded for word in words[first:end] if word.folded not in language.modifying]
    is_one = bool(noun) and len(noun) <= _LONGEST and len(noun[-1]) >= _SHORTEST
    is_there = said.strange or said.memory.whereabouts.places(said.reading)
    # "The expansion in Ohio": where it is tells which one.
    unclear = language.pronouns if is_there else language.same
    unclear = unclear | language.plan_nouns | language.foreign | language.generic
    unclear |= language.no_plans
    if len(noun) == 1:
        unclear |= language.groups  # but "the charter business"
    if not is_one or noun[-1] in unclear:
        return None
    return " ".join(noun)


def reading_tells(said: Said, number: int) -> bool:
    """Whether a word is part of a name, a number or a time, or of the verb."""
    cue = said.clause.cue
    return number == cue or said.reading.is_told(said.reading.words[number].start)
