"""Words by which a text and the label of a thing are held against each other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.words import Word

_SHORTEST: Final = 4
_STEM: Final = 5


def content_words(words: Sequence[Word]) -> set[str]:
    """Return how the longer of some words begin.

    Words that begin alike are mostly forms of one word, in any language that is read here.

    >>> sorted(content_words(split_words("It opens two stores")))
    ['opens', 'store']
    """
    return {word.folded[:_STEM] for word in words if len(word.folded) >= _SHORTEST}


@lru_cache(maxsize=1 << 12)  # the labels of a graph are asked for again and again
def label_words(label: str) -> frozenset[str]:
    """Return how the longer words of a label begin.

    >>> sorted(label_words("stores in India"))
    ['india', 'store']
    """
    return frozenset(content_words(split_words(label)))
