"""Where the clauses of a sentence begin, and what joins each to what stands before."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set as AbstractSet

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.words import Word

CONDITIONS: Final = frozenset({"condition", "question"})
_CLOSE: Final = 5
_FEW: Final = 5
_SPEECH: Final = 9
_REACH: Final = 10
_BREAKS: Final = frozenset(";:")
_ENDING: Final = frozenset(",;:.")
_CLOSED: Final = frozenset('“”„«»",.')


def find_starts(
    words: Sequence[Word],
    cues: Sequence[Hit[str]],
    language: PlanWords,
    times: AbstractSet[int] = frozenset(),
) -> dict[int, str]:
    """Return where clauses begin, by the numbers of their first words, with what joins them.

    Words numbered in `times` tell a time, and join nothing: "before the end of the year". That is one of the keys of `joints` in the file of a language (`apart`, `relative`, `cued`, `condition`,
    `question`); `speech` where it is told who speaks, `said` for what is said then; `resumed` where a
    sentence goes on behind a relative clause; a colon, semicolon or dash; "" for the first one.
    """
    inside = {at for cue in cues for at in range(cue.first + 1, cue.last)}
    inside |= {
        number
        for hit in language.unjoined.find(words)
        # ", so far 20 people have been hired" is told apart.
        if not hit.first or words[hit.first - 1].folded[-1].isalnum()
        for number in range(hit.first, hit.last)
    }
    inside |= times
    # "14 per cent a year before.": nothing follows that it could join.
    inside |= {
        n for n, word in enumerate(words[:-1]) if words[n + 1].folded in (_CLOSED | _BREAKS) - {","}
    }
    found = language.joints.find_all(words)
    # "Has yet to say when" joins once.
    inside |= {at for hit in found for at in range(hit.first + 1, hit.last)}
    joints = {hit.first: hit for hit in found if hit.first not in inside}
    spoken = [hit for hit in language.reporting.find(words) if hit.meaning == "verbs"]
    starts = {0: "", **_set_apart(spoken, words)}
    begun = {cue.first for cue in cues}
    for at, hit in joints.items():
        says = any(0 <= at - each.last < _SPEECH for each in spoken)
        if "cued" not in hit.meanings:
            starts[at] = hit.meaning
        elif (
            _ends_aside(at, words, begun, language)
            or _adds_clause(at, words, starts, begun, language)
            or (
                _is_cued(at, words, begun, says=says and words[at].folded not in language.joining)
                and not (words[at].folded in language.joining and _joins_names(at, starts, begun))
            )
        ):
            starts[at] = "relative" if "relative" in hit.meanings and not says else "cued"
    for each in spoken:
        if (
            each.last < len(words)
            and each.last not in inside
            and words[each.last].folded not in _CLOSED
        ):
            starts.setdefault(each.last, "said")
    _end_relatives(starts, cues, words, language)
    for at, word in enumerate(words):
        # "(2021: 430 million)" and "(LSE: BLT)" are of one piece.
        is_bracketed = word.folded == ":" and at > 1 and words[at - 2].folded == "("
        if (word.folded in _BREAKS and not is_bracketed) or _is_dash(words, at):
            starts.setdefault(at, word.folded)
    _end_conditions(starts, words)
    _end_leads(starts, cues, words)
    return starts


def _set_apart(spoken: Sequence[Hit[str]], words: Sequence[Word]) -> dict[int, str]:
    """Return where it is told behind what is said who says it: ", Jane Roe told the Gazette"."""
    apart = {}
    for hit in spoken:
        before = range(max(0, hit.first - _SPEECH), hit.first)
        commas = [n for n in before if words[n].folded == "," and not _is_inside(words, n)]
        if commas:
            apart[commas[-1]] = "speech"
    return apart


def _is_inside(words: Sequence[Word], at: int) -> bool:
    """Whether a comma is part of a number: 25,000."""
    following = words[at + 1] if at + 1 < len(words) else words[at]
    return words[at].end == following.start and following.folded[0].isdigit()


def _is_cued(at: int, words: Sequence[Word], begun: set[int], *, says: bool) -> bool:
    """Whether a word that joins names, too, joins clauses here: a verb of planning follows, or what is said."""
    if _is_inside(words, at):
        return False
    behind = sorted(cue for cue in begun if at < cue <= at + _CLOSE)
    if behind and words[at].folded != ",":
        between = [word.folded for word in words[at + 1 : behind[0]]]
        # "Which works for Acme and Bolt, plans to": names are joined, and no clauses.
        behind = [] if between[-1:] == [","] and between.count(",") == 1 else behind
    follows = bool(behind)
    return follows or (says and words[at].folded.isalpha())


def _adds_clause(
    at: int,
    words: Sequence[Word],
    starts: Mapping[int, str],
    begun: set[int],
    language: PlanWords,
) -> bool:
    """Whether ", and" adds a clause with a subject and a verb of its own to one that has its verb: ", and sales of it were"."""
    behind = words[at + 1 : at + 2]
    if words[at].folded != "," or not behind or behind[0].folded not in language.joining:
        return False
    told = language.finite | language.counting
    verbs = begun | {n for n, word in enumerate(words) if word.folded in told}
    last = max(start for start in starts if start <= at)
    if not any(last < verb < at for verb in verbs):
        return False
    until = next((n for n in range(at + 2, len(words)) if words[n].folded in _ENDING), len(words))
    return any(at + 2 < verb <= at + _REACH and verb < until for verb in verbs)


def _ends_aside(at: int, words: Sequence[Word], begun: set[int], language: PlanWords) -> bool:
    """Whether a comma ends what another one began, and a verb follows: "The berth, opened in May, handles", ", has"."""
    behind = words[at + 1 : at + 2]
    if words[at].folded != "," or not behind or not is_verb(behind[0], language):
        return False
    commas = [n for n in range(max(0, at - _REACH), at) if words[n].folded == ","]
    return bool(commas) and commas[-1] > 0 and bool(begun & {commas[-1] + 1, commas[-1] + 2})


def is_verb(word: Word, language: PlanWords) -> bool:
    """Whether a word may be the verb of a clause of which the subject stands before a comma: "is", "employs"."""
    return word.folded in language.finite or word.folded.endswith(language.verb_endings)


def _joins_names(at: int, starts: Mapping[int, str], begun: set[int]) -> bool:
    """Whether "and" stands so early that what it joins is who acts: "Acme and Bolt are building"."""
    last = max(start for start in starts if start <= at)
    early = at - last <= _FEW and at + 1 not in begun
    return early and not any(last <= cue < at for cue in begun)


def _is_dash(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a dash between spaces, which joins no words as a hyphen does."""
    if words[at].folded != "-" or not 0 < at < len(words) - 1:
        return False
    return words[at - 1].end < words[at].start and words[at].end < words[at + 1].start


def _end_relatives(
    starts: dict[int, str], cues: Sequence[Hit[str]], words: Sequence[Word], language: PlanWords
) -> None:
    """Have "which it is building" end where the verb of the whole sentence stands: "will open in May"."""
    # "Which should have begun" has one verb.
    chained = {cue.last for cue in cues}
    finite = [
        cue.first
        for cue in cues
        if cue.first not in chained
        and (cue.meaning != "achieved" or words[cue.first].folded in language.finite)
    ]
    for at in [at for at, joint in starts.items() if joint == "relative"]:
        end = min((other for other in starts if other > at), default=None)
        inside = [cue for cue in finite if cue > at and (end is None or cue < end)]
        if len(inside) > 1:
            starts[inside[1]] = "resumed"


def _end_conditions(starts: dict[int, str], words: Sequence[Word]) -> None:
    """Have a condition or a question end with its comma."""
    begun = sorted(starts)
    commas = [
        at for at, word in enumerate(words) if word.folded == "," and not _is_inside(words, at)
    ]
    for at in [at for at in begun if starts[at] in CONDITIONS]:
        comma = next(iter(commas[bisect_right(commas, at) :][:1]), None)
        other = next(iter(begun[bisect_right(begun, at) :][:1]), len(words))
        if comma is not None and comma < other:
            starts[comma] = ","


def _end_leads(starts: dict[int, str], cues: Sequence[Hit[str]], words: Sequence[Word]) -> None:
    """Have what a sentence begins with and tells without a verb end with its comma: "Following the opening of a base, it flies"."""
    if not cues or cues[0].first or cues[0].meaning != "achieved":
        return
    comma = next(
        (n for n, w in enumerate(words) if w.folded == "," and not _is_inside(words, n)), 0
    )
    if comma > cues[0].last and not any(0 < start < comma for start in starts):
        starts.setdefault(comma, ",")
