"""The sections of a text: the first part of a statement's number, and of the place of its evidence.

A text with numbered headings ("1) Offline shops") has the sections that they name, and what stands
before the first of them is section 0. Any other text has its paragraphs, counted from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_HEADING: Final = re.compile(
    r"^[ \t]{0,3}(\d{1,2})(?:\.(?=[ \t])|[)、．）])[ \t\u3000]*\S", re.MULTILINE
)
_PARAGRAPH: Final = re.compile(r"^[^\n]*\S", re.MULTILINE)
_FEWEST: Final = 2
"""How many numbered headings are needed: a single one may be anything."""


class TextSection(NamedTuple):
    """A part of a text: its `name`, and its code points from `start` to `end`, which is not in it.

    The sections of a text cover all of it.
    """

    name: str
    start: int
    end: int


def find_sections(text: str) -> list[TextSection]:
    r"""Return the sections of a normalised text, in their order; of an empty text none.

    >>> [section.name for section in find_sections("Plans\n1) Shops\nMore.\n2) Jobs\nMany.")]
    ['0', '1', '2']
    >>> find_sections("One.\n\nTwo.\n")
    [TextSection(name='1', start=0, end=6), TextSection(name='2', start=6, end=11)]
    """
    if not text:
        return []
    headings = list(_headings(text))
    if len(headings) >= _FEWEST:
        before = [] if headings[0][1] == 0 else [("0", 0)]
        return _cut([*before, *headings], len(text))
    starts = [0, *_paragraphs(text)]
    return _cut(((str(number), start) for number, start in enumerate(starts, 1)), len(text))


def section_at(sections: Sequence[TextSection], place: int) -> str:
    """Return the name of the section in which the code point at `place` stands.

    Raises:
        ValueError: there are no sections.

    >>> section_at([TextSection("1", 0, 6), TextSection("2", 6, 11)], 6)
    '2'
    """
    if not sections:
        raise ValueError("a text without characters has no sections")
    at = bisect_right(sections, place, key=attrgetter("start"))
    return sections[max(at - 1, 0)].name


def _headings(text: str) -> Iterator[tuple[str, int]]:
    """Find headings that count on from 1: a number at the beginning of a line may be any figure."""
    number = 0
    for found in _HEADING.finditer(text):
        if int(found[1]) == number + 1:
            number += 1
            yield str(number), found.start()


def _paragraphs(text: str) -> Iterator[int]:
    """Find where paragraphs begin, but the first: behind empty lines, or, without any, at each line."""
    last = None
    lines = list(_PARAGRAPH.finditer(text))
    apart = any(text.count("\n", one.end(), two.start()) > 1 for one, two in pairwise(lines))
    for line in lines:
        if last is not None and (not apart or text.count("\n", last, line.start()) > 1):
            yield line.start()
        last = line.end()


def _cut(starts: Iterable[tuple[str, int]], length: int) -> list[TextSection]:
    named = list(starts)
    ends = [*(start for _, start in named[1:]), length]
    return [TextSection(name, start, end) for (name, start), end in zip(named, ends, strict=True)]
