"""A text as words, figures and signs with their places, and phrases that are looked for among them.

Every step of the grammar goes over these once, from the left, and looks at a few neighbours: so the time
that a text takes grows with its length, whatever stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")

_HYPHENS: Final = frozenset("-‑–")

_BEYOND: Final = ("",) * 32

_TOKEN: Final = re.compile(
    # Thousands may be set apart by a space; a longer run of digits behind one is another number.
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d)){1,8}(?:[.,]\d+)?+(?![.,]?\d)"
    r"|\d+(?:[.,]\d+|['’]\d{3}(?!\d))*+"
    # Chinese and Japanese set no spaces between words, so each of their characters stands alone.
    r"|[\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+"
    # A blank line ends what stands before it, as a heading.
    r"|\n(?=[^\S\n]{0,9}\n)"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class TextTokens:
    """The tokens of a text: where each begins and ends, and its words in small letters.

    Behind the last word, and so before the first, stand some empty ones, that neighbours may be looked at freely.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str] = field(repr=False)

    def __len__(self) -> int:
        """Return how many tokens there are."""
        return len(self.starts)

    def shown(self, at: int) -> str:
        """Return a token as it is written."""
        return self.text[self.starts[at] : self.ends[at]]

    def word(self, at: int) -> str:
        """Return a token in small letters, or "" where there is none."""
        return self.words[at]

    def glued(self, at: int) -> bool:
        """Tell whether nothing stands between a token and the one before it."""
        return 0 < at < len(self.starts) and self.starts[at] == self.ends[at - 1]

    def is_hyphen(self, at: int) -> bool:
        """Tell whether a token joins two words, or two figures."""
        return self.word(at) in _HYPHENS

    def is_figure(self, at: int) -> bool:
        """Tell whether a token is written in figures."""
        return self.word(at)[:1].isdecimal()

    def is_capital(self, at: int) -> bool:
        """Tell whether a token begins with a capital."""
        return 0 <= at < len(self.starts) and self.text[self.starts[at]].isupper()


def tokenise(text: str) -> TextTokens:
    """Return the tokens of a text.

    >>> tokens = tokenise("Rs 1,500 crore by FY18")
    >>> tokens.words[: len(tokens)]
    ['rs', '1,500', 'crore', 'by', 'fy', '18']
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return TextTokens(
        text,
        [start for start, _ in spans],
        [end for _, end in spans],
        [*[text[start:end].lower() for start, end in spans], *_BEYOND],
    )


class TokenPhrases(Generic[_T]):
    """Words and what each means, where the longest counts.

    What is written without a space in a phrase stands so in a text, too: `US$` is no `us $`.

    >>> phrases = TokenPhrases({"per cent": "PERCENT", "per": "each"})
    >>> tokens = tokenise("20 per cent per annum")
    >>> phrases.at(tokens, 1), phrases.at(tokens, 3), phrases.at(tokens, 4)
    ((3, 'PERCENT'), (4, 'each'), None)
    >>> phrases.before(tokens, 3)
    (1, 'PERCENT')
    """

    def __init__(self, meanings: Mapping[str, _T]) -> None:
        """Make phrases of texts and their meanings."""
        self._by_first: dict[str, list[tuple[list[str], list[bool], _T]]] = {}
        self._by_last: dict[str, list[tuple[list[str], list[bool], _T]]] = {}
        for phrase, meaning in meanings.items():
            tokens = tokenise(phrase)
            words = tokens.words[: len(tokens)]
            glued = [tokens.glued(at) for at in range(len(tokens))]
            self._by_first.setdefault(words[0], []).append((words, glued, meaning))
            self._by_last.setdefault(words[-1], []).append((words, glued, meaning))
        for table in (self._by_first, self._by_last):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._by_first)

    def __contains__(self, word: str) -> bool:
        """Tell whether a phrase begins with a word."""
        return word in self._by_first

    def at(self, tokens: TextTokens, at: int) -> tuple[int, _T] | None:
        """Return behind which token the longest phrase ends that begins at one, and its meaning."""
        for words, glued, meaning in self._by_first.get(tokens.words[at], ()):
            if _holds(tokens, at, words, glued):
                return at + len(words), meaning
        return None

    def before(self, tokens: TextTokens, at: int) -> tuple[int, _T] | None:
        """Return at which token the longest phrase begins that ends right before one, and its meaning."""
        for words, glued, meaning in self._by_last.get(tokens.words[at - 1], ()):
            begin = at - len(words)
            if begin >= 0 and _holds(tokens, begin, words, glued):
                return begin, meaning
        return None


def _holds(tokens: TextTokens, at: int, words: list[str], glued: list[bool]) -> bool:
    if len(words) == 1:
        return True  # which was looked up
    if tokens.words[at : at + len(words)] != words:
        return False
    return all(tokens.glued(at + n) for n in range(1, len(words)) if glued[n])
