"""On which side of the publication a time lies that has no year, by the verbs before it: "it opened in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.drafting.times.scene import Side
    from kg.drafting.times.time_words import TimeWords
    from kg.drafting.tokens import TextTokens

STOPS: Final = frozenset({".", "!", "?", ";", ":", "\n", "。", "！", "？"})
"""What a sentence, or a part of one, ends with."""

_OPENING: Final = 7
"""At most so many tokens of a sentence stand before the verb that tells what is to come, with a time."""

_START: Final = 2


def find_sides(tokens: TextTokens, words: TimeWords) -> list[Side]:
    """Return for each token whether what stands before it in its sentence tells of what is to come."""
    found: list[Side] = []
    first = 0
    while first < len(tokens):
        last = first
        while last < len(tokens) and tokens.words[last] not in STOPS:
            last += 1
        found += _sides_in(tokens.words[first : last + 1], words)
        first = last + 1
    return found


def _is_ahead(sentence: list[str], at: int, words: TimeWords) -> bool:
    """Tell whether a word tells of what is to come, or two do: "is to", "are to"."""
    if sentence[at] in words.future:
        return True
    return at > 0 and (sentence[at - 1], sentence[at]) in words.bound


def _sides_in(sentence: list[str], words: TimeWords) -> list[Side]:
    """Return the same for the tokens of one sentence.

    Before the first of such words nobody can tell, but right at the beginning: In December it will open.
    """
    first = next((at for at in range(len(sentence)) if _is_ahead(sentence, at, words)), None)
    if first is None:
        return ["behind"] * len(sentence)
    opening = first <= _OPENING and not words.reported.intersection(sentence[:first])
    ahead: Side = "ahead"
    front: list[Side] = [ahead if opening and at < _START else "unknown" for at in range(first)]
    return front + [ahead] * (len(sentence) - first)
