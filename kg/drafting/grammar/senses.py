"""What the verbs of a clause tell of a plan: that it is made, begun, done, put off, given up or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.unreal import IDLE, comes_to_nothing, idle_verbs, spanning_verbs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set as AbstractSet

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.words import Word

FUTURE: Final = frozenset({"considered", "announced"})
"""The statuses of what is to come."""

TURNS: Final = frozenset({"postponed", "abandoned", "reduced", "missed"})
"""The statuses of what does not come as it was planned."""

STATUSES: Final = FUTURE | TURNS | {"underway", "achieved"}
TARGETED: Final = FUTURE | TURNS | {"former"}
"""The senses in which a number is what is, or was, to be reached."""

SILENT: Final = frozenset({"refused", "condition", "question", IDLE})
"""The senses that state nothing: what is not planned, waited for, asked, or has not come about."""

_SPOKEN: Final = STATUSES | {"former", "forecast"}
_PAIR: Final = 2
_ENDINGS: Final = frozenset(';:,.“”„«»"')


def find_cues(
    words: Sequence[Word], language: PlanWords, times: AbstractSet[int] = frozenset()
) -> list[Hit[str]]:
    """Return the verbs of planning among words, each with what it means; those numbered in `times` tell a time.

    >>> from kg.drafting.grammar.plan_words import plan_words
    >>> from kg.drafting.grammar.words import split_words
    >>> words = split_words("It missed its targets, and now plans to grow.")
    >>> [cue.meaning for cue in find_cues(words, plan_words("en"))]
    ['missed', 'announced']
    """
    hits = language.cues.find(words)
    cues: list[Hit[str]] = []
    while hits:
        cue = _had(hits.pop(0), words, language)
        if cue.meaning in TURNS and _is_stretched(cue, words):
            # What is cut is the number, and no plan: look for other verbs behind its first word.
            begin = cue.first + 1
            hits = [
                replace(hit, first=hit.first + begin, last=hit.last + begin)
                for hit in language.cues.find(words[begin:])
            ]
        elif not (
            _is_noun(cue, words, language)
            or _denies_time(cue, times)
            or _is_compared(cue, words, language)
        ):
            cues.append(cue)
    taken = {number for cue in cues for number in range(cue.first, cue.last)}
    wanting = [hit for hit in _wanting(words, language) if hit.first not in taken]
    return _weighed(sorted([*cues, *wanting], key=lambda cue: cue.first), words, language, times)


def _had(cue: Hit[str], words: Sequence[Word], language: PlanWords) -> Hit[str]:
    """Return "would have" as "would" where somebody says what is to be had: "it said it would have 500 shops", and not "have opened"."""
    if cue.last - cue.first == 1 or cue.last >= len(words):
        return cue
    if words[cue.last - 1].folded not in language.having:
        return cue
    behind = words[cue.last].folded
    is_thing = behind[0].isdigit() or behind in language.articles | language.before_numbers
    first = language.cues.find(words[cue.first : cue.first + 1])
    says = any("verbs" in hit.meanings for hit in language.reporting.find_all(words))
    if not (is_thing and first and says):
        return cue
    return replace(cue, last=cue.first + 1, meanings=first[0].meanings)


def _weighed(
    cues: Sequence[Hit[str]],
    words: Sequence[Word],
    language: PlanWords,
    times: AbstractSet[int],
) -> list[Hit[str]]:
    """Return verbs of planning, those that tell of no plan here with what they mean instead."""
    idle = idle_verbs(words, language.not_so)
    spanning = spanning_verbs(words, times, language.not_so)
    weighed = []
    for cue in cues:
        own = {cue.last - 1, *({cue.last} if cue.meaning in FUTURE else ())}
        is_none = own & idle or comes_to_nothing(cue, words, language.not_so)
        if cue.meaning in _SPOKEN and (is_none or _is_never(cue, words, language)):
            cue = replace(cue, meanings=(IDLE,))  # noqa: PLW2901
        elif cue.last - 1 in spanning:
            cue = replace(cue, meanings=("stated",))  # noqa: PLW2901
        weighed.append(cue)
    return weighed


def _is_never(cue: Hit[str], words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a company has never done something, so that it has given up nothing: "it never opened a plant"."""
    behind = words[cue.last].folded if cue.last < len(words) else ""
    is_any = behind in language.articles - language.definite - language.possessives
    return is_any and bool(language.not_so.nearly.find(words[cue.first : cue.first + 1]))


def _wanting(words: Sequence[Word], language: PlanWords) -> Iterator[Hit[str]]:
    """Yield verbs of planning that are one with a number behind them alone: "it plans 300 shops", "its plans"."""
    for hit in language.wanting.find(words):
        behind = words[hit.last].folded if hit.last < len(words) else ""
        before = words[hit.first - 1].folded if hit.first else ""
        is_number = behind[:1].isdecimal() or behind in language.numbering
        if is_number and before not in language.determiners:
            yield hit


def _is_stretched(cue: Hit[str], words: Sequence[Word]) -> bool:
    """Whether a phrase reaches over a number and a comma: "cut it by 18 per cent by 2023, against a target"."""
    inside = [word.folded for word in words[cue.first : cue.last]]
    return "," in inside and any(word[0].isdigit() for word in inside)


def _is_compared(cue: Hit[str], words: Sequence[Word], language: PlanWords) -> bool:
    """Whether what was planned is only what something is held against: "more than planned", "twice what was budgeted"."""
    before = words[cue.first - 1].folded if cue.first else ""
    return cue.first > 1 and before in language.comparing and cue.meaning in FUTURE | {"former"}


def _denies_time(cue: Hit[str], times: AbstractSet[int]) -> bool:
    """Whether only a time is denied, and not what is planned: "in 2027 rather than 2026"."""
    return cue.meaning == "refused" and cue.last - cue.first == _PAIR and cue.last in times


def _is_noun(cue: Hit[str], words: Sequence[Word], language: PlanWords) -> bool:
    """Whether a word that is a verb of planning elsewhere is a noun here: "its targets", "targets, and"."""
    if cue.last - cue.first > 1:
        return False
    if cue.meaning in TURNS | {"achieved"} and cue.first:
        # "Its expanded factory", "its mothballed works": that tells only which one is meant.
        before = words[cue.first - 1].folded
        if before in language.definite | language.possessives:
            return True
    if words[cue.first].folded not in language.nouns:
        return False
    behind = words[cue.last].folded if cue.last < len(words) else "."
    before = words[cue.first - 1].folded if cue.first else ""
    return behind in _ENDINGS | language.joining or before in language.determiners


def sense_of(meanings: Sequence[str]) -> str | None:
    """Return what the verbs of one clause tell together, the outer one standing first; None where it is no plan.

    The opposite of a turn ("was not shelved") is no news of a plan, and what may be put off is not put off.

    >>> sense_of(["announced", "postponed"]), sense_of(["considered", "abandoned"]), sense_of(["stated"])
    ('postponed', 'refused', None)
    """
    outer = meanings[0]
    turn = next((each for each in meanings if each in TURNS), None)
    if outer == "achieved" and turn == "postponed":
        return outer  # what was opened a year late is open
    if outer == "stated":
        return None
    is_idle = outer == IDLE or (outer in FUTURE and meanings[1:2] == [IDLE])
    if is_idle or "refused" in meanings or (turn and outer == "considered"):
        return IDLE if is_idle else "refused"
    if turn or "former" in meanings:
        return turn or "former"
    if outer == "announced" and "considered" in meanings[1:2]:
        return "considered"
    return outer
