"""Words and places in the user's own copy of a text, as they are shown to that user."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kg.base import abridge, spelt
from kg.drafting.files.edits import line_end, line_start
from kg.drafting.grammar.sentences import split_sentences
from kg.drafting.language import languages, table_of
from kg.drafting.passages import find_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.papers.copies import TextCopy
    from kg.drafting.passages import Passage

_AROUND: Final = 24
"""How many characters of a text are shown on either side of a place."""

_MOST_PLACES: Final = 4

_FARTHEST: Final = 300
"""How far from a span its sentence may begin and end."""


def tell_several(copy: TextCopy, words: str, passages: Sequence[Passage]) -> str:
    """Return what is wrong with words that stand at several places, and how one of them is named."""
    places = [
        f"{number}. line {line_of(copy.text, one.start)}, {context_of(copy.text, one.start, one.end)}"
        for number, one in enumerate(passages[:_MOST_PLACES], 1)
    ]
    more = f" and {len(passages) - len(places)} more" if len(passages) > len(places) else ""
    return (
        f"has {quote(words)}, which stands {len(passages)} times in {copy.path}:"
        f" {'; '.join(places)}{more}; give more of the words, or say which by {{words: ..., nth: 2}}"
    )


def tell_none(text: str, words: str) -> str:
    """Return what there is in a text in the place of words that do not stand in it.

    >>> tell_none("In 2020 it had 1,500 shops.", "500 shops")
    "'500 shops' is only a part of a longer word or number in line 1, 'In 2020 it had 1,500 shops.'"
    """
    if not words.strip():
        return "there is nothing but white space in them"
    at = text.find(words.strip())
    if at >= 0:
        within = context_of(text, at, at + len(words.strip()))
        where = f"line {line_of(text, at)}, {within}"
        return f"{quote(words)} is only a part of a longer word or number in {where}"
    near = find_near(text, words)
    if near is None:
        return f"{quote(words)}, nor anything like it"
    parts = "; several places make a list" if "..." in words or "…" in words else ""
    where = f"line {line_of(text, near[0])}, {context_of(text, *near)}"
    return f"{quote(words)}; the nearest is in {where}{parts}"


def line_of(text: str, place: int) -> int:
    r"""Return the 1-based line in which a place stands.

    >>> line_of("a\nb", 2)
    2
    """
    return text.count("\n", 0, place) + 1


def context_of(text: str, start: int, end: int) -> str:
    """Return a span with what stands around it in its line, in quotes."""
    before = max(start - _AROUND, line_start(text, start))
    after = min(end + _AROUND, line_end(text, end))
    left = "…" if before > line_start(text, start) else ""
    right = "…" if after < line_end(text, end) else ""
    within = " ".join(text[before:after].split())
    return f"'{left}{spelt(abridge(within, 90))}{right}'"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentences begin and end in which a span stands; of very long ones a part.

    >>> text = "One. Two shops for Rs. 5 each, says N. Rao. Three."
    >>> text[slice(*sentence_around(text, 5, 14))]
    'Two shops for Rs. 5 each, says N. Rao.'
    """
    first = max(start - _FARTHEST, 0)
    found = [
        (first + one.start, first + one.end)
        for one in split_sentences(text[first : end + _FARTHEST], _abbreviations())
    ]
    around = [(left, right) for left, right in found if left < end and right > start]
    return min([start, *(left for left, _ in around)]), max([end, *(right for _, right in around)])


@cache
def _abbreviations() -> frozenset[str]:
    """Return what ends no sentence in any language that there is, for a source may be in each."""
    tables = (table_of(code).get("plans", {}) for code in languages())
    return frozenset(word for table in tables for word in table.get("abbreviations", ()))


def quote(words: str) -> str:
    """Return words in quotes, on one line and not too many of them."""
    return f"'{spelt(abridge(' '.join(words.split()), 60))}'"
