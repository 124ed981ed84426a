"""Sentences and words, cut plainly, so that no tool is measured by how another cuts them."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import LCSseq

_SENTENCE: Final = re.compile(r"[^\s.!?][^\n.!?]*(?:[.!?](?![\s\"”’'])[^\n.!?]*)*[.!?]*[\"”’']*")
_WORD: Final = re.compile(r"\w+(?:[.,]\d+)*")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where sentences begin and end: at a full stop before a space, and at the end of a line.

    >>> [("It has 1.5 bn. More?\\nNo")[start:end] for start, end in sentences("It has 1.5 bn. More?\\nNo")]
    ['It has 1.5 bn.', 'More?', 'No']
    """
    return [found.span() for found in _SENTENCE.finditer(text)]


def words_of(text: str) -> list[str]:
    """Return the words of a text, in small letters, figures whole."""
    return _WORD.findall(text.lower())


def rouge_l(gold: str, proposed: str) -> float:
    """Return ROUGE-L (F1): the longest common subsequence of words against both lengths.

    >>> rouge_l("500 centres by June", "plans 500 centres")
    0.5714285714285714
    """
    one, other = words_of(gold), words_of(proposed)
    if not one or not other:
        return float(one == other)
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other))
