"""Words found in a text: where they stand, exactly or nearly so, and never within another number or word.

Nearly means: with other white space, quotes, dashes or soft hyphens, or with other capitals and widths of
characters. That is tried only where the words as they are stand nowhere, and it is told.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES: Final = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»＂「」『』"), '"'),
}
_SIGNS: Final = {**_DASHES, **_QUOTES, ord("…"): "..."}
# What nobody sees: soft hyphens, joiners, marks of direction.
_UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")

# Scripts that put no space between words: where one ends there, no character tells.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_MARKS: Final = frozenset(".,'’٫٬\u00a0\u2009\u202f")
"""What stands between the digits of one number."""

WAYS: Final = (
    None,
    "with other white space or signs",
    "with other capitals, white space or signs",
)
"""How words may be found, in the order in which that is tried: at first as they are."""

_LONGEST: Final = 1_000_000
"""In a longer text nothing near is looked for."""


class Passage(NamedTuple):
    """Where words stand: their code points from `start` to `end`, which is not in it; and in which `way`.

    That is one of `WAYS`, None where they stand there as they are.
    """

    start: int
    end: int
    way: str | None = None


def find_passages(text: str, words: str) -> list[Passage]:
    r"""Return where words stand in a normalised text, in its order.

    All of them are found in the same way: nearly only where they stand nowhere as they are.

    >>> find_passages("In 500 shops, 1,500 shops.", "500 shops")
    [Passage(start=3, end=12, way=None)]
    >>> [passage.way for passage in find_passages("Many\n Shops", "many shops")]
    ['with other capitals, white space or signs']
    """
    words = unicodedata.normalize("NFC", words).strip()
    for level, way in enumerate(WAYS):
        folded, places = _folded(text, level)
        sought = _folded(words, level)[0].strip()
        if sought and (found := list(_all(text, folded, places, sought))):
            return [Passage(start, end, way) for start, end in found]
    return []


def find_near(text: str, words: str) -> tuple[int, int] | None:
    """Return where most of the words stand in a row, None where none of them does.

    >>> find_near("It has 500 service centers in India.", "500 service centres")
    (7, 18)
    """
    if len(text) > _LONGEST:
        return None
    ours, theirs = (list(re.finditer(r"\w+", part)) for part in (words, text))
    match = SequenceMatcher(
        None,
        [one[0].casefold() for one in ours],
        [one[0].casefold() for one in theirs],
        autojunk=False,
    ).find_longest_match()
    if not match.size:
        return None
    return theirs[match.b].start(), theirs[match.b + match.size - 1].end()


def _all(text: str, folded: str, places: list[int], sought: str) -> Iterator[tuple[int, int]]:
    at = folded.find(sought)
    while at >= 0:
        last = at + len(sought) - 1
        start, end = places[at], places[last] + 1
        # One character may have become several, of which not only some are meant.
        whole = (at == 0 or places[at - 1] != start) and (
            last + 1 == len(places) or places[last + 1] != places[last]
        )
        if whole and _stands_apart(text, start, end):
            yield start, end
        at = folded.find(sought, at + 1)


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Tell whether neither a word nor a number goes on beyond a span."""
    return not (_goes_on(text, start) or _goes_on(text, end))


def _goes_on(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if not before or not after:
        return False
    if before.isdigit() and after.isdigit():
        return True
    if _is_mark(text, at - 1) or _is_mark(text, at):
        return True
    if not (_is_word(before) and _is_word(after)):
        return False
    return not (_UNSPACED.match(before) or _UNSPACED.match(after))


def _is_mark(text: str, at: int) -> bool:
    """Tell whether a mark within a number stands there."""
    return text[at] in _MARKS and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _is_word(c: str) -> bool:
    return c.isalnum() or unicodedata.combining(c) > 0


@lru_cache(maxsize=8)
def _folded(text: str, level: int) -> tuple[str, list[int]]:
    """Return a text as it is compared at a level, with the place of each of its characters in the text."""
    if level == 0:
        return text, list(range(len(text)))
    folded: list[str] = []
    places: list[int] = []
    for place, c in enumerate(text):
        for one in _fold_one(c, level):
            if one == " " and folded and folded[-1] == " ":
                continue
            folded.append(one)
            places.append(place)
    return _without_space_between(folded, places)


def _fold_one(c: str, level: int) -> str:
    if c in _UNSEEN:
        return ""
    if c.isspace():
        return " "
    c = c.translate(_SIGNS)
    return unicodedata.normalize("NFKC", c).casefold() if level > 1 else c


def _without_space_between(folded: list[str], places: list[int]) -> tuple[str, list[int]]:
    """Leave out spaces beside characters of scripts that have none: there only lines are broken."""
    kept = [
        number
        for number, c in enumerate(folded)
        if c != " "
        or not any(
            map(
                _UNSPACED.match,
                [*folded[max(number - 1, 0) : number], *folded[number + 1 : number + 2]],
            )
        )
    ]
    return "".join(folded[number] for number in kept), [places[number] for number in kept]
