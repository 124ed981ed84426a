"""Clauses that are one, or go on with what stands before another: labels, numbers that begin a line, subjects before a comma."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.joints import is_verb
from kg.drafting.grammar.senses import FUTURE, STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.words import Word

_PAIR: Final = 2
_LABEL: Final = 9
_SHORT: Final = 3
_LONG: Final = 4


def resume(clauses: list[Clause], bare: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Have ", was put off" go on with what stands before the clause between: "The plant, which ..., was put off".

    What is told between ("The plant, planned for 2023, was put off") only tells which thing is meant.
    """
    told: list[Clause] = []
    for clause in clauses:
        before = told[-1] if told else None
        if clause.joint == "resumed" and len(told) > 1:
            clause = replace(clause, subject=told[-2].first)  # noqa: PLW2901
        elif before is not None and _goes_on(clause, bare, language, before):
            if before.joint == "relative" and len(told) > 1:
                clause = replace(clause, joint="resumed", subject=told[-2].first)  # noqa: PLW2901
            elif before.cue is not None and _is_aside(before, bare, language):
                told[-1:] = _parted(before, bare)
                clause = replace(clause, joint="resumed", subject=before.first)  # noqa: PLW2901
        told.append(clause)
    return told


def _goes_on(clause: Clause, bare: Sequence[Word], language: PlanWords, before: Clause) -> bool:
    """Whether a clause begins with a comma and a verb, so that its subject stands before."""
    begins = bare[clause.first : clause.first + _PAIR]
    if len(begins) < _PAIR or begins[0].folded != ",":
        return False
    is_finite = begins[1].folded in language.finite
    if clause.cue is None:
        return before.joint != "relative" and is_verb(begins[1], language)
    is_next = before.joint == "relative" and clause.cue == clause.first + 1
    return clause.cue <= clause.first + _PAIR and (is_finite or is_next)


def _parted(clause: Clause, bare: Sequence[Word]) -> list[Clause]:
    """Return a subject and what is told of it between two commas; what was to come only tells which thing is meant."""
    label = replace(clause, sense=None, cue=None, cue_end=None)
    if clause.sense not in STATUSES - FUTURE:
        return [label]
    comma = next(n for n in range(clause.cue or 0, clause.first, -1) if bare[n].folded == ",")
    aside = replace(clause, first=comma, joint="relative", subject=clause.first)
    return [replace(label, last=comma), aside]


def _is_aside(clause: Clause, bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether the verb of a clause stands behind a comma and has no subject: "The plant, planned for 2023", "long delayed"."""
    cue = clause.cue or 0
    before = [word.folded for word in bare[max(clause.first, cue - _PAIR) : cue]]
    is_behind = before[-1:] == [","] or (before[:1] == [","] and before[-1] in language.lasting)
    return cue > clause.first + 1 and is_behind and bare[cue].folded not in language.finite


def with_predicates(
    clauses: list[Clause], bare: Sequence[Word], language: PlanWords
) -> list[Clause]:
    """Have "The new plant: on hold." be one clause with the sense of what stands behind the colon."""
    if len(clauses) < _PAIR or clauses[1].joint != ":" or clauses[0].cue is not None:
        return clauses
    label, told = clauses[:_PAIR]
    if sum(word.folded.isalnum() for word in bare[: label.last]) > _LABEL:
        return clauses
    first = told.first
    while first < told.last and not bare[first].folded.isalnum():
        first += 1
    hits = language.predicates.find(bare[first : first + _LONG])
    if not hits or hits[0].first:
        return clauses
    one = replace(
        label,
        last=told.last,
        joint=":",
        sense=hits[0].meaning,
        cue=first,
        cue_end=first + hits[0].last,
    )
    return [one, *clauses[2:]]


def with_labels(clauses: list[Clause], bare: Sequence[Word]) -> list[Clause]:
    """Have "Start of production: early 2027" be one clause, if a sentence is no more than that."""
    if len(clauses) < _PAIR:
        return clauses
    if _is_number(clauses, bare):
        count = _PAIR
        told = replace(clauses[1], first=clauses[0].first, joint=":")
        if told.cue is None and len(clauses) > _PAIR and clauses[_PAIR].joint == "relative":
            # "500 - people who will be hired"
            told = replace(clauses[_PAIR], first=clauses[0].first, joint=":")
            count += 1
        return [told, *clauses[count:]]
    if len(clauses) != _PAIR or clauses[1].joint != ":":
        return clauses
    label = sum(word.folded.isalnum() for word in bare[: clauses[0].last])
    # With a full stop it is a label only if it is short: "The brand is strong: it has 300 shops."
    if label > (_SHORT if bare[-1].folded == "." else _LABEL):
        return clauses
    if any(clause.cue is not None or clause.sense is not None for clause in clauses):
        return clauses
    return [replace(clauses[0], last=clauses[1].last, joint=":")]


def _is_number(clauses: Sequence[Clause], bare: Sequence[Word]) -> bool:
    """Whether a line begins with a number and tells behind a dash what it is: "120 million - phones a year"."""
    head = bare[: clauses[0].last]
    is_figure = any(word.folded[0].isdecimal() for word in head)
    is_short = sum(word.folded.isalpha() for word in head) <= _SHORT
    return (
        clauses[1].joint == "-"
        and clauses[0].cue is None
        and is_figure
        and is_short
        and any(word.folded.isalpha() for word in bare[clauses[1].first : clauses[1].last])
    )
