"""Sentences in clauses, and what the verb of each tells: planned, begun, done, put off, given up or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.plan_words import PlanWords
    from kg.drafting.phrases import Hit
    from kg.drafting.words import Word

FUTURE: Final = frozenset({"considered", "announced"})
UNTOLD: Final = frozenset({"refused", "former", "condition", "question"})
"""Senses of which no plan follows: not planned, planned once, or only asked about."""

_TURNS: Final = frozenset({"postponed", "abandoned", "reduced", "missed"})
_CLOSE: Final = 5
_SPEECH: Final = 9
_BREAKS: Final = frozenset(";:—–")
_QUOTES: Final = frozenset("“”„«»\"")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one verb of planning at most.

    `first` and `last` count words of the sentence, `last` excluded, and so do `cue` and `cue_end`, the place
    of the verb. `sense` is a status of `kg terms statuses`, one of `UNTOLD`, `forecast`, or None where
    the words tell of no plan. `joint` is what joins it to what stands before.
    """

    first: int
    last: int
    joint: str = ""
    sense: str | None = None
    cue: int | None = None
    cue_end: int | None = None
    past: bool = False


def split_clauses(words: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Return the clauses of a sentence, given as its words.

    >>> from kg.drafting.plan_words import plan_words
    >>> from kg.drafting.words import split_words
    >>> words = split_words("It has opened a plant but no longer plans to build the second one if prices fall.")
    >>> [clause.sense for clause in split_clauses(words, plan_words("en"))]
    ['achieved', 'abandoned', 'condition']
    """
    kept = [number for number, word in enumerate(words) if word.folded not in language.adverbs]
    bare = [words[number] for number in kept]
    cues = language.cues.find(bare)
    starts = _starts(bare, cues, language)
    clauses = []
    edges = [*sorted(starts), len(bare)]
    for first, last in zip(edges, edges[1:], strict=False):
        here = [cue for cue in cues if first <= cue.first < last]
        clause = _clause(first, last, starts[first], here, bare, language)
        clauses.append(clause)
    whole = [_unbared(clause, kept, len(words)) for clause in _joined(clauses, bare)]
    return _conditioned(whole)


def _joined(clauses: list[Clause], bare: Sequence[Word]) -> list[Clause]:
    """Join what stands before a verb, as "In India, it plans to", to its clause."""
    joined: list[Clause] = []
    for clause in clauses:
        before = joined[-1] if joined else None
        short = before is not None and before.last - before.first == 1
        if (
            before is not None
            and before.sense is None
            and (short or (clause.joint == "cued" and _leads_on(clause, bare)))
        ):
            joined[-1] = replace(clause, first=before.first, joint=before.joint)
        else:
            joined.append(clause)
    return joined


def _starts(bare: Sequence[Word], cues: Sequence[Hit[str]], language: PlanWords) -> dict[int, str]:
    """Return where clauses begin, and what joins them."""
    starts = {0: ""}
    begun = {cue.first for cue in cues}
    inside = {at for cue in cues for at in range(cue.first + 1, cue.last)}
    joints = {hit.first: hit for hit in language.joints.find_all(bare) if hit.first not in inside}
    spoken = [hit for hit in language.reporting.find(bare) if hit.meaning == "verbs"]
    for at, hit in joints.items():
        kind = hit.meaning
        follows = any(at < cue <= at + _CLOSE for cue in begun)
        says = any(0 <= at - each.last < _SPEECH for each in spoken)
        word = bare[at].folded
        if kind != "cued" or follows or (says and word not in {",", "and", "or"} and _is_that(word)):
            starts[at] = kind if kind != "always" else word
    for each in spoken:
        if each.last < len(bare) and bare[each.last].folded not in _QUOTES | {",", "."}:
            starts.setdefault(each.last, "said")
    for at, word in enumerate(bare):
        if word.folded in _BREAKS:
            starts.setdefault(at, word.folded)
    _end_conditions(starts, bare)
    return starts


def _is_that(word: str) -> bool:
    return word.isalpha()


def _end_conditions(starts: dict[int, str], bare: Sequence[Word]) -> None:
    """Have a condition or a question end with its comma."""
    for at, joint in list(starts.items()):
        if joint in {"condition", "question"}:
            ends = (n for n in range(at + 1, len(bare)) if bare[n].folded == ",")
            comma = next(ends, None)
            if comma is not None and not any(at < other <= comma for other in starts):
                starts[comma] = ","


def _clause(
    first: int,
    last: int,
    joint: str,
    cues: Sequence[Hit[str]],
    bare: Sequence[Word],
    language: PlanWords,
) -> Clause:
    if joint in {"condition", "question"}:
        return Clause(first, last, joint, joint)
    if not cues:
        return Clause(first, last, joint)
    cue = cues[0]
    past = bare[cue.first].folded in language.past
    return Clause(first, last, joint, _sense([each.meaning for each in cues]), cue.first, cue.last, past)


def _sense(senses: Sequence[str]) -> str | None:
    """Return what the verbs of one clause tell together, the outer one standing first."""
    outer = senses[0]
    turn = next((each for each in senses if each in _TURNS), None)
    if "refused" in senses:
        # "was not shelved", "has not delayed": the opposite of a turn is no news of a plan.
        return "refused"
    if turn:
        # What may be put off is not put off.
        return "refused" if outer == "considered" else turn
    if "former" in senses:
        return "former"
    if outer == "announced" and "considered" in senses[1:2]:
        return "considered"
    return outer


def _leads_on(clause: Clause, bare: Sequence[Word]) -> bool:
    """Whether what stands before a clause has no verb of its own: "Acme and Bolt are building"."""
    word = bare[clause.first].folded
    return word == "," or (word in {"and", "or"} and clause.cue != clause.first + 1)


def _unbared(clause: Clause, kept: Sequence[int], count: int) -> Clause:
    """Return a clause that counts all words, those left out among them."""
    at = [*kept, count]
    first = at[clause.first] if clause.first else 0
    cue = None if clause.cue is None else at[clause.cue]
    end = None if clause.cue_end is None else at[clause.cue_end - 1] + 1
    return replace(clause, first=first, last=at[clause.last], cue=cue, cue_end=end)


def _conditioned(clauses: list[Clause]) -> list[Clause]:
    """Have what is planned on a condition be no more than considered."""
    if not any(clause.sense == "condition" for clause in clauses):
        return clauses
    return [replace(c, sense="considered") if c.sense == "announced" else c for c in clauses]
