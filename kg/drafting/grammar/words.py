"""The words of a text with their places, folded as names are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Thai and its neighbours, Burmese, Khmer, Hiragana, and Chinese characters: nobody sees where a word
# ends, so each character is one. Katakana, which writes foreign names, is left: it stands apart by itself.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_KATAKANA: Final = "\u30a0-\u30ff"
_WORDS: Final = re.compile(
    rf"[{_UNSPACED}]|[{_KATAKANA}]+|[^\W_{_UNSPACED}{_KATAKANA}]+|\S", re.UNICODE
)


class Word(NamedTuple):
    """A word, or a sign, of a text: its place in code points, end-exclusive, and how it is compared."""

    start: int
    end: int
    folded: str


def split_words(text: str) -> list[Word]:
    """Return the words and signs of a text in their order; what nobody sees is none.

    >>> [word.folded for word in split_words("L\u2019Or\u00e9al's \u5c0f\u7c73")]
    ['l', "'", 'oreal', "'", 's', '小', '米']
    """
    return list(_words(text))


def owns(words: Sequence[Word], at: int) -> bool:
    """Tell whether what stands before a word has something.

    >>> owns(split_words("Acme's supplier"), 1)
    True
    """
    return [word.folded for word in words[at : at + 2]] == ["'", "s"]


def _words(text: str) -> Iterator[Word]:
    for found in _WORDS.finditer(text):
        if folded := _folded(found[0]):
            yield Word(found.start(), found.end(), folded)


@lru_cache(maxsize=1 << 14)  # most words come again; a text of other words costs what folding costs
def _folded(word: str) -> str:
    return fold(word)
