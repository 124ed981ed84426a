"""Sentences in clauses, each with one verb of planning at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.joined_clauses import resume, with_labels, with_predicates
from kg.drafting.grammar.joints import CONDITIONS, find_starts
from kg.drafting.grammar.senses import FUTURE, find_cues, sense_of
from kg.drafting.grammar.unreal import without_unreal

if TYPE_CHECKING:
    from collections.abc import Sequence, Set as AbstractSet

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.words import Word

_CLOSE: Final = 5
_PAIR: Final = 2
# What stands before such a clause is whole, and leads on to nothing.
_WHOLE: Final = CONDITIONS | {"relative", "speech"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one verb of planning at most.

    `first` and `last` count words of the sentence, `last` excluded, and so do `cue` and `cue_end`, the place
    of the verb; `past` says that it tells of what was. `sense` is a status of `kg terms statuses`,
    `former`, `forecast`, one of `kg.drafting.grammar.senses.SILENT`, or None where the words tell of no plan.
    `joint` is how the clause is joined to what stands before, and `subject` the first word of who or what acts
    in it, where that stands before a clause between.
    """

    first: int
    last: int
    joint: str = ""
    sense: str | None = None
    cue: int | None = None
    cue_end: int | None = None
    past: bool = False
    subject: int | None = None


def split_clauses(
    words: Sequence[Word], language: PlanWords, times: AbstractSet[int] = frozenset()
) -> list[Clause]:
    """Return the clauses of a sentence, given as its words; those numbered in `times` tell a time: "in May".

    >>> from kg.drafting.grammar.plan_words import plan_words
    >>> from kg.drafting.grammar.words import split_words
    >>> words = split_words("It has opened a plant but no longer plans to build the second one if prices fall.")
    >>> [clause.sense for clause in split_clauses(words, plan_words("en"))]
    ['achieved', 'abandoned', 'condition']
    """
    fixed = {n for hit in language.fixed.find(words) for n in range(hit.first, hit.last)}
    aside = {n for hit in language.asides.find(words) for n in range(hit.first, hit.last)}
    kept = [
        number
        for number, word in enumerate(words)
        if number not in aside
        and (
            word.folded not in language.adverbs
            or number in fixed
            or {number, number + 1} <= times  # "since May"
            or _begins_cue(words, number, language)
        )
    ]
    bare = [words[number] for number in kept]
    if not bare:
        return []
    timed = {number for number, at in enumerate(kept) if at in times}
    cues = [cue for cue in find_cues(bare, language, timed) if cue.first not in timed]
    starts = find_starts(bare, cues, language, timed)
    clauses = []
    for first, last in pairwise([*sorted(starts), len(bare)]):
        here = [cue for cue in cues if first <= cue.first < last]
        if _is_inside_subject(here, bare, language):
            here = here[1:]
        is_past = bool(here) and bare[here[0].first].folded in language.past
        clauses.append(_clause(Clause(first, last, starts[first], past=is_past), here))
    joined = with_labels(with_predicates(_joined(clauses, bare, language), bare, language), bare)
    joined = _with_questions(resume(joined, bare, language), bare, language)
    whole = [_unbared(clause, kept, len(words)) for clause in joined]
    if _is_undecided(whole, words, language):
        return [replace(whole[0], sense="considered", cue=0, cue_end=1)]
    if any(_is_unreal(clause, words, language) for clause in whole):
        return [replace(clause, sense="refused") for clause in whole]
    return without_unreal(_conditioned(_denied(whole, words, language)), words, language.not_so)


def _begins_cue(words: Sequence[Word], number: int, language: PlanWords) -> bool:
    """Whether an adverb is part of a verb of planning: "it once planned"."""
    if not language.cues.begins(words[number].folded):
        return False
    return any(hit.first == 0 for hit in language.cues.find(words[number : number + _CLOSE])[:1])


def _is_inside_subject(cues: Sequence[Hit[str]], bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether the first verb only tells which thing is meant: "the first trams to be built there were handed over"."""
    if len(cues) < _PAIR or not cues[0].first or bare[cues[0].first].folded not in language.to:
        return False
    return bare[cues[1].first].folded in language.finite and cues[1].first > cues[0].last


def _clause(clause: Clause, cues: Sequence[Hit[str]]) -> Clause:
    """Return a clause with what its verbs tell."""
    if clause.joint in CONDITIONS:
        return replace(clause, sense=clause.joint)
    if not cues:
        return clause
    sense = sense_of([cue.meaning for cue in cues])
    return replace(clause, sense=sense, cue=cues[0].first, cue_end=cues[0].last)


def _joined(clauses: list[Clause], bare: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Join what stands before a verb, as "In India, it plans to", to its clause."""
    joined: list[Clause] = []
    for clause in clauses:
        if joined and _only_leads(joined[-1], clause, bare, language):
            joined[-1] = replace(joined[-1], sense=None, cue=None, cue_end=None)
        if joined and _leads_on(joined[-1], clause, bare, language):
            before = joined.pop()
            clause = replace(clause, first=before.first, joint=before.joint)  # noqa: PLW2901
        joined.append(clause)
    return joined


def _only_leads(before: Clause, clause: Clause, bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether what stands before a comma is no clause of its own: "Under a deal signed on Tuesday, it will"."""
    if before.first or before.cue is None or before.cue < _PAIR or clause.cue is None:
        return False
    is_led = bare[0].folded in language.others | language.locating | language.scopes
    is_participle = before.cue_end == before.cue + 1 and before.sense in {"achieved", "announced"}
    return is_led and is_participle and bare[clause.first].folded == ","


def _leads_on(before: Clause, clause: Clause, bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether what stands before a clause leads on to it, and tells nothing itself."""
    if before.sense is not None or before.joint in _WHOLE:
        return False
    following = bare[clause.first + 1].folded if clause.first + 1 < len(bare) else ""
    by_comma = bare[clause.first].folded == "," and following not in language.joining
    return before.last - before.first == 1 or (clause.joint == "cued" and by_comma)


def _unbared(clause: Clause, kept: Sequence[int], count: int) -> Clause:
    """Return a clause that counts all words, those left out among them."""
    at = [*kept, count]
    first = at[clause.first] if clause.first else 0
    cue = None if clause.cue is None else at[clause.cue]
    end = None if clause.cue_end is None else at[clause.cue_end - 1] + 1
    subject = None if clause.subject is None else at[clause.subject] if clause.subject else 0
    return replace(clause, first=first, last=at[clause.last], cue=cue, cue_end=end, subject=subject)


def _is_undecided(clauses: Sequence[Clause], words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a sentence only says that a question is open: "Whether it will build there, too, is open"."""
    if clauses[0].joint != "question" or clauses[0].first:
        return False
    behind = words[_PAIR:] if len(clauses) == 1 else words[clauses[0].last :]
    return bool(language.undecided.find(behind))


def _denied(clauses: list[Clause], words: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Have what is denied be no plan, and what stands behind the colon of a plan be one: "a goal: 500 shops"."""
    told = clauses[:1]
    for clause in clauses[1:]:
        before = told[-1]
        end = before.first if before.cue_end is None else before.cue_end
        near = before.last - end < _CLOSE
        begins = words[clause.first : clause.first + _CLOSE]
        goes_on = clause.joint in {"cued", "relative", "said"} and not _turns(begins, language)
        is_not_so = before.sense in {"refused", "forecast"} and goes_on and near
        is_told_of = (
            clause.joint == ":"
            and clause.sense is None
            and before.sense in FUTURE
            and not language.company_words.find(begins)
        )
        is_same = is_not_so or is_told_of
        told.append(replace(clause, sense=before.sense) if is_same else clause)
    return told


def _with_questions(
    clauses: list[Clause], bare: Sequence[Word], language: PlanWords
) -> list[Clause]:
    """Have what somebody weighs be told of together with that: "it is weighing up whether to shut its plant"."""
    told: list[Clause] = []
    for clause in clauses:
        before = told[-1] if told else None
        behind = bare[clause.first + 1 : clause.first + _PAIR]
        is_act = bool(behind) and behind[0].folded in language.to
        if before and before.sense == "considered" and clause.joint == "question" and is_act:
            told[-1] = replace(before, last=clause.last)
        else:
            told.append(clause)
    return told


def _turns(words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a clause begins with what sets it against the one before: ", but kept its target"."""
    hits = language.joints.find(words[:2])
    return any("apart" in hit.meanings for hit in hits)


def _is_unreal(clause: Clause, words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a condition was not met, so that nothing follows from it: "if it had built the plant"."""
    inside = words[clause.first : clause.last]
    return clause.sense == "condition" and any(word.folded in language.unreal for word in inside)


def _conditioned(clauses: list[Clause]) -> list[Clause]:
    """Have what is planned on a condition be no more than considered."""
    if not any(clause.sense == "condition" for clause in clauses):
        return clauses
    return [replace(c, sense="considered") if c.sense == "announced" else c for c in clauses]
