"""Phrases found among the words of a text, all at once and in linear time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from kg.base import fold
from kg.drafting.grammar.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.drafting.grammar.words import Word

T = TypeVar("T")

_LONGEST_WORD: Final = 40
_GAP: Final = "..."
_HYPHEN: Final = "-"
_MOST_IN_GAP: Final = 12
# What a gap between the words of a phrase may not reach over.
_STOPS: Final = frozenset('.;:!?()"“”„«»—')


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase that was found: its first and one past its last word, and all that it stands for.

    `weight` is how many words of the phrase itself were met, those in its gaps left out.
    """

    first: int
    last: int
    meanings: tuple[T, ...]
    weight: int = 1

    @property
    def meaning(self) -> T:
        """What it stands for first of all."""
        return self.meanings[0]


class Phrases(Generic[T]):
    """Phrases by what they stand for.

    A phrase is written as its words, `a|b` where one or the other may stand, `a?` where a word may
    be missing (a hyphen may stand anywhere), `...` for up to twelve words between, and `*end` for any word that ends so.
    """

    def __init__(self, meanings: Iterable[tuple[str, T]]) -> None:
        """Take pairs of a phrase and what it stands for; a phrase may stand for several things."""
        self._root: dict[str, object] = {}
        self._endings: dict[str, tuple[T, ...]] = {}
        for phrase, meaning in meanings:
            for words in filter(None, _spelt_out(phrase)):
                self._add(words, meaning)

    def _add(self, words: tuple[str, ...], meaning: T) -> None:
        if len(words) == 1 and words[0].startswith("*"):
            _append(self._endings, words[0][1:], meaning)
            return
        node = self._root
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        _append(node, "", meaning)

    def find(self, words: Sequence[Word]) -> list[Hit[T]]:
        """Return the longest phrase at each place, in their order; none begins within another.

        >>> plans = Phrases([("plan|plans to", "announced"), ("has ... opened", "achieved")])
        >>> [hit.meaning for hit in plans.find(split_words("It has just now opened one and plans to grow"))]
        ['achieved', 'announced']
        """
        hits: list[Hit[T]] = []
        end = 0
        for at in self._places(words):
            hit = self._at(words, at) if at >= end else None
            if hit is not None:
                hits.append(hit)
                end = hit.last
        return hits

    def find_all(self, words: Sequence[Word]) -> list[Hit[T]]:
        """Return the longest phrase at each place, those within others among them."""
        hits = (self._at(words, at) for at in self._places(words))
        return [hit for hit in hits if hit is not None]

    def find_every(self, words: Sequence[Word]) -> list[Hit[T]]:
        """Return all phrases, shorter ones at the same place among them."""
        places = (at for at, word in enumerate(words) if word.folded in self._root)
        ends = ((at, end) for at in places for end in _ends(self._root, words, at, 0))
        hits: list[Hit[T]] = [Hit(at, *end) for at, end in ends]  # type: ignore[arg-type]
        return hits or self.find_all(words) if self._endings else hits

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with a word."""
        return word in self._root

    def _places(self, words: Sequence[Word]) -> Sequence[int]:
        """Return where a phrase may begin: nearly nowhere, and it is asked often."""
        if self._endings:
            return range(len(words))
        root = self._root
        return [at for at, word in enumerate(words) if word.folded in root]

    def _at(self, words: Sequence[Word], at: int) -> Hit[T] | None:
        word = words[at].folded
        if word in self._root:
            ends = _ends(self._root, words, at, 0)
            best = max(ends, key=lambda end: (end[0], end[2]), default=None)
            if best is not None:
                return Hit(at, *best)  # type: ignore[arg-type]
        if self._endings and len(word) <= _LONGEST_WORD:
            for cut in range(len(word)):
                if word[cut:] in self._endings:
                    return Hit(at, at + 1, self._endings[word[cut:]])
        return None


def _append(table: dict[str, Any], key: str, meaning: object) -> None:
    others = table.get(key, ())
    table[key] = others if meaning in others else (*others, meaning)


def _ends(
    node: dict[str, Any], words: Sequence[Word], at: int, met: int
) -> Iterator[tuple[int, object, int]]:
    """Yield where phrases end that go on from `at`, what they stand for, and how many words were met."""
    if "" in node:
        yield at, node[""], met
    if met and at < len(words) and words[at].folded == _HYPHEN:
        yield from _ends(node, words, at + 1, met)
        return
    if at < len(words) and words[at].folded in node:
        yield from _ends(node[words[at].folded], words, at + 1, met + 1)
    if _GAP in node:
        for skipped in range(at, min(at + _MOST_IN_GAP, len(words))):
            yield from _ends(node[_GAP], words, skipped, met)
            if words[skipped].folded in _STOPS and not _is_inside(words, skipped):
                return


def _is_inside(words: Sequence[Word], at: int) -> bool:
    """Whether a sign is part of a number: 3.2."""
    if not 0 < at < len(words) - 1:
        return False
    before, behind = words[at - 1], words[at + 1]
    is_close = before.end == words[at].start and words[at].end == behind.start
    return is_close and before.folded[-1].isdecimal() and behind.folded[0].isdecimal()


def _spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield all ways in which a phrase can be written, each as the words that a text has."""
    choices = []
    for part in phrase.split():
        optional = part.endswith("?") and part != "?"
        options = part.rstrip("?").split("|") if optional else part.split("|")
        choices.append([*options, ""] if optional else options)
    for words in product(*choices):
        yield tuple(piece for word in words for piece in _pieces(word))


@cache
def _pieces(word: str) -> tuple[str, ...]:
    if word == _GAP or word.startswith("*"):
        return (word if word == _GAP else fold(word),)
    return tuple(token.folded for token in split_words(word) if token.folded != _HYPHEN)
