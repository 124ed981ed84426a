"""Sentences in clauses, and what the verb of each tells: planned, begun, done, put off, given up or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.plan_words import PlanWords
    from kg.drafting.phrases import Hit
    from kg.drafting.words import Word

FUTURE: Final = frozenset({"considered", "announced"})
UNTOLD: Final = frozenset({"refused", "former", "condition", "question"})
"""Senses of which no plan follows: not planned, planned once, or only asked about."""

RELATIVE: Final = frozenset({"which", "who", "whose", "where", "that"})
"""What joins a clause that tells of a thing, and does not go on with what the sentence is about."""

_TURNS: Final = frozenset({"postponed", "abandoned", "reduced", "missed"})
_CLOSE: Final = 5
_FEW: Final = 5
_SPEECH: Final = 9
_BREAKS: Final = frozenset(";:")
_QUOTES: Final = frozenset('“”„«»"')


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
    cues = [cue for cue in language.cues.find(bare) if not _is_noun(cue, bare, language)]
    starts = _starts(bare, cues, language)
    clauses = []
    edges = [*sorted(starts), len(bare)]
    for first, last in zip(edges, edges[1:], strict=False):
        here = [cue for cue in cues if first <= cue.first < last]
        clause = _clause(first, last, starts[first], here, bare, language)
        clauses.append(clause)
    whole = [_unbared(clause, kept, len(words)) for clause in _joined(clauses, bare, language)]
    return _conditioned(whole, words, language)


def _joined(clauses: list[Clause], bare: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Join what stands before a verb, as "In India, it plans to", to its clause."""
    joined: list[Clause] = []
    for clause in clauses:
        before = joined[-1] if joined else None
        short = before is not None and before.last - before.first == 1
        if (
            before is not None
            and before.sense is None
            and before.joint not in RELATIVE
            and before.joint not in {"speech", "condition", "question"}
            and (short or (clause.joint == "cued" and _leads_on(clause, bare, language)))
        ):
            joined[-1] = replace(clause, first=before.first, joint=before.joint)
        else:
            joined.append(clause)
    return joined


def _is_dash(bare: Sequence[Word], at: int) -> bool:
    """Whether a word is a dash between spaces, which joins no words as a hyphen does."""
    if bare[at].folded != "-" or not 0 < at < len(bare) - 1:
        return False
    return bare[at - 1].end < bare[at].start and bare[at].end < bare[at + 1].start


def _is_noun(cue: Hit[str], bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether a word that is a verb of planning elsewhere is a noun here: "its targets", "targets, and"."""
    if cue.last - cue.first > 1 or bare[cue.first].folded not in language.nouns:
        return False
    behind = bare[cue.last].folded if cue.last < len(bare) else "."
    before = bare[cue.first - 1].folded if cue.first else ""
    return behind in _BREAKS | _QUOTES | {",", ".", "and", "or"} or before in language.determiners


def _starts(bare: Sequence[Word], cues: Sequence[Hit[str]], language: PlanWords) -> dict[int, str]:
    """Return where clauses begin, and what joins them."""
    starts = {0: ""}
    begun = {cue.first for cue in cues}
    inside = {at for cue in cues for at in range(cue.first + 1, cue.last)}
    joints = {hit.first: hit for hit in language.joints.find_all(bare) if hit.first not in inside}
    spoken = [hit for hit in language.reporting.find(bare) if hit.meaning == "verbs"]
    _set_apart(starts, spoken, bare)
    for at, hit in joints.items():
        kind = hit.meaning
        follows = any(at < cue <= at + _CLOSE for cue in begun)
        says = any(0 <= at - each.last < _SPEECH for each in spoken)
        word = bare[at].folded
        if kind == "cued" and (
            _is_inside_number(bare, at) or _joins_names(at, word, starts, begun)
        ):
            continue
        if kind != "cued" or follows or (says and word.isalpha() and word not in {"and", "or"}):
            starts[at] = kind if kind != "always" else word
            if kind == "cued" and word == "that" and not says:
                starts[at] = "that"
    for each in spoken:
        if (
            each.last < len(bare)
            and each.last not in inside
            and bare[each.last].folded not in _QUOTES | {",", "."}
        ):
            starts.setdefault(each.last, "said")
    _end_relatives(starts, cues, joints)
    for at, word in enumerate(bare):
        if word.folded in _BREAKS or _is_dash(bare, at):
            starts.setdefault(at, word.folded)
    _end_conditions(starts, bare)
    return starts


def _is_inside_number(bare: Sequence[Word], at: int) -> bool:
    """Whether a comma has no space behind it, as that of 25,000."""
    return at + 1 < len(bare) and bare[at].end == bare[at + 1].start


def _joins_names(at: int, word: str, starts: Mapping[int, str], begun: set[int]) -> bool:
    """Whether "and" stands so early that what it joins is who acts: "Acme and Bolt are building"."""
    last = max(start for start in starts if start <= at)
    early = word != "," and at - last <= _FEW and at + 1 not in begun
    return early and not any(last <= cue < at for cue in begun)


def _set_apart(starts: dict[int, str], spoken: Sequence[Hit[str]], bare: Sequence[Word]) -> None:
    """Have who says it stand apart where that is said behind: ", Jane Roe told the Gazette"."""
    for hit in spoken:
        commas = [n for n in range(max(0, hit.first - _SPEECH), hit.first) if bare[n].folded == ","]
        if commas:
            starts[commas[-1]] = "speech"


def _end_relatives(
    starts: dict[int, str], cues: Sequence[Hit[str]], joints: Mapping[int, Hit[str]]
) -> None:
    """Have "which it is building" end where the verb of the whole sentence stands: "will open in May"."""
    finite = [cue for cue in cues if cue.meaning != "achieved"]
    for at in [at for at in starts if at in joints and starts[at] in RELATIVE]:
        end = min((other for other in starts if other > at), default=None)
        inside = [
            cue.first for cue in finite if cue.first > at and (end is None or cue.first < end)
        ]
        if len(inside) > 1:
            starts[inside[1]] = "resumed"


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
    return Clause(
        first, last, joint, _sense([each.meaning for each in cues]), cue.first, cue.last, past
    )


def _sense(senses: Sequence[str]) -> str | None:
    """Return what the verbs of one clause tell together, the outer one standing first."""
    outer = senses[0]
    if outer == "stated":
        return None
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


def _leads_on(clause: Clause, bare: Sequence[Word], language: PlanWords) -> bool:
    """Whether what stands before a clause leads on to it: "In India, it plans to"."""
    following = bare[clause.first + 1].folded if clause.first + 1 < len(bare) else ""
    return bare[clause.first].folded == "," and following not in language.joining


def _unbared(clause: Clause, kept: Sequence[int], count: int) -> Clause:
    """Return a clause that counts all words, those left out among them."""
    at = [*kept, count]
    first = at[clause.first] if clause.first else 0
    cue = None if clause.cue is None else at[clause.cue]
    end = None if clause.cue_end is None else at[clause.cue_end - 1] + 1
    return replace(clause, first=first, last=at[clause.last], cue=cue, cue_end=end)


def _conditioned(clauses: list[Clause], words: Sequence[Word], language: PlanWords) -> list[Clause]:
    """Have what is planned on a condition be no more than considered, and what is denied be no plan."""
    for number, (before, clause) in enumerate(zip(clauses, clauses[1:], strict=False), start=1):
        if (
            before.sense == "refused"
            and clause.joint in {"cued", "that", "said"}
            and before.last - (before.cue_end or 0) < _CLOSE
        ):
            clauses[number] = replace(clause, sense="refused")
        begins = words[clause.first : clause.first + _CLOSE]
        if (
            clause.joint == ":"
            and clause.sense is None
            and before.sense in FUTURE
            and not language.company_words.find(begins)
        ):
            # "It set a goal: 500 shops by 2020."
            clauses[number] = replace(clause, sense=before.sense)
    if not any(clause.sense == "condition" for clause in clauses):
        return clauses
    return [replace(c, sense="considered") if c.sense == "announced" else c for c in clauses]
