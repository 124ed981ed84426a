"""Texts that are one article: the same words under another address, or nearly the same.

Of each text the smallest digests of its runs of words are kept (a bottom-k sketch, Broder 1997): two
texts that share most of these share most of their words.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from typing import Final

from kg.base import fold

_RUN: Final = 5
_KEPT: Final = 32
_SHARED: Final = 0.8
_UNSPACED: Final = 40
"""From how many characters a word is a run of text in a script without spaces."""


class TextBook:
    """Texts by their names, in which those that are alike are found."""

    def __init__(self) -> None:
        """Begin without a text."""
        self._whole: dict[str, str] = {}
        self._bearers: defaultdict[int, list[str]] = defaultdict(list)

    def find(self, text: str) -> tuple[str, bool] | None:
        """Return the name of a text that is the same but for white space and case, or nearly so.

        With it comes whether it is quite the same.

        >>> book = TextBook()
        >>> book.add("a", "Acme will open twenty shops in India by 2030, said Jo Doe on Monday.")
        >>> book.find("ACME will  open twenty shops in India by 2030, said Jo Doe on Monday.")
        ('a', True)
        >>> book.find("Acme will close.") is None
        True
        """
        folded = fold(text)
        if folded in self._whole:
            return self._whole[folded], True
        sketch = _sketch(folded)
        # What half of all texts have, such as a notice below each, tells nothing but costs much.
        shared = Counter(name for one in sketch for name in self._bearers[one][:_KEPT])
        name, count = max(shared.items(), key=lambda pair: pair[1], default=("", 0))
        return (name, False) if count >= max(_SHARED * len(sketch), 1) else None

    def add(self, name: str, text: str) -> None:
        """Add a text."""
        folded = fold(text)
        self._whole.setdefault(folded, name)
        for one in _sketch(folded):
            self._bearers[one].append(name)


def _sketch(folded: str) -> tuple[int, ...]:
    words = folded.split()
    if any(len(word) >= _UNSPACED for word in words):
        words = list(folded.replace(" ", ""))
    runs = {" ".join(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 0))}
    return tuple(sorted({zlib.crc32(run.encode()) for run in runs})[:_KEPT])
