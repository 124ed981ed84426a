"""Sentences and quotations of a text, with their places.

It is our own: pysbd 0.3.4 takes a quotation of several sentences for one, ends one behind "Pvt.", and takes seventy
times as long; what follows here needs the sentences of a quotation apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

_LINE: Final = re.compile(r"[^\n]+")
# A stop, with the quotation marks and brackets that close behind it.
_STOP: Final = re.compile(r"[.!?…。！？]+[\"'”’»«“)\]]*")
_ENDS: Final = frozenset('.!?…。！？:”"»')
_WIDE: Final = frozenset("。！？")
_WORD_BEFORE: Final = 20
_OPENING: Final = "\"'“”„‘«»(["
# What a sentence may begin with, too: $500 million.
_SIGNS: Final = frozenset("…$€£₹¥₩")
_PAIRS: Final = {"“": "”", "„": "“", "«": "»", "»": "«", '"': '"', "「": "」"}
# What has no full stop for so long is a list, or noise; it is taken in pieces, so that reading stays linear.
_LONGEST: Final = 1500
# Nobody says more than that in one breath: a mark that is closed nowhere opens nothing.
_LONGEST_QUOTATION: Final = 2000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place, and the line that it stands in, counted from 0.

    `heading` says that it is alone in its line, and has no full stop or a number before it.
    """

    start: int
    end: int
    line: int
    heading: bool


def split_sentences(text: str, abbreviations: Container[str] = ()) -> list[Sentence]:
    r"""Return the sentences of a text; a sentence ends with its line, or after 1,500 characters, at the latest.

    >>> text = "Growth\nIt cost Rs. 5.5 crore. “No,” he said."
    >>> [text[each.start : each.end] for each in split_sentences(text, {"rs"})]
    ['Growth', 'It cost Rs. 5.5 crore.', '“No,” he said.']
    """
    found = []
    for number, line in enumerate(_LINE.finditer(text)):
        parts = list(_parts(text, line.start(), line.end(), abbreviations))
        last = line[0].rstrip()[-1:]
        heading = len(parts) == 1 and (last not in _ENDS or _is_numbered(line[0]))
        found += [Sentence(start, end, number, heading) for start, end in parts]
    return found


def _is_numbered(line: str) -> bool:
    """Whether a line heads what follows by its number: "2) New plants", "3. Jobs"."""
    number = next(iter(line.split(maxsplit=1)), "")
    return number.endswith((".", ")")) and number[:-1].isdigit()


def _parts(
    text: str, start: int, end: int, abbreviations: Container[str]
) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends_here(text, stop, abbreviations):
            continue
        yield from _trimmed(text, start, stop.end())
        start = stop.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        last = end
        if end - start > _LONGEST:
            space = text.rfind(" ", start, start + _LONGEST)
            last = space if space > start else start + _LONGEST
        part = text[start:last]
        bare = part.strip()
        if bare:
            begin = start + len(part) - len(part.lstrip())
            yield begin, begin + len(bare)
        start = last


def _ends_here(text: str, stop: re.Match[str], abbreviations: Container[str]) -> bool:
    if stop[0][0] in _WIDE:
        return True
    following = text[stop.end() : stop.end() + 3]
    if stop[0] == "…" and following[:1].isupper():
        return True
    if not following[:1].isspace():
        return False
    begins = following.lstrip(" \t\u00a0")[:1]
    if not (begins.isupper() or begins.isdigit() or begins in _OPENING or begins in _SIGNS):
        # Scripts without capitals begin a sentence with any letter.
        return begins.isalpha() and begins.lower() == begins.upper()
    if stop[0] != ".":
        return True
    before = text[max(0, stop.start() - _WORD_BEFORE) : stop.start()]
    word = re.split(r"[\s(]", before)[-1]
    return not (len(word) == 1 and word.isupper()) and word.lower() not in abbreviations


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return the places between quotation marks, in their order; none reaches over a line.

    >>> text = 'He said: “We will grow.” Then "no".'
    >>> [text[start:end] for start, end in find_quotations(text)]
    ['We will grow.', 'no']
    """
    found = []
    opened, closes = -1, ""
    for at, sign in enumerate(text):
        if closes and (sign == closes or (closes == "“" and sign == "”")):
            found.append((opened, at))
            closes = ""
        elif sign == "\n" or (closes and at - opened > _LONGEST_QUOTATION):
            closes = ""
        elif not closes and sign in _PAIRS:
            opened, closes = at + 1, _PAIRS[sign]
    return found


class Quotations:
    """Which places of a text are quoted."""

    def __init__(
        self,
        text: str,
        answers: Sequence[tuple[int, int]] = (),
        speakers: Mapping[int, str] | None = None,
    ) -> None:
        """Find the quotations of a text; the `answers` of an interview are quotations as well.

        `speakers` has who gives them, as far as that is known, by where each begins.
        """
        self.speakers = speakers or {}
        self.spans = list(answers)
        self._starts = [start for start, _ in self.spans]
        # What is quoted within an answer is said by whoever answers.
        apart = [span for span in find_quotations(text) if self.around(span[0]) is None]
        self.spans = sorted([*apart, *answers])
        self._starts = [start for start, _ in self.spans]

    def around(self, at: int) -> tuple[int, int] | None:
        """Return the quotation that a place stands in, None where it stands in none."""
        number = bisect_right(self._starts, at) - 1
        return self.spans[number] if number >= 0 and at < self.spans[number][1] else None
