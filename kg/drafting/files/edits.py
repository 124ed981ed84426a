"""Changes to the text of a file at some of its places: all else stays as it is, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """What stands from `start` to `end`, which is not in it, becomes `text`, whose lines end in LF."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    r"""Return a text after edits, of which no two overlap; its lines end as they did.

    >>> edited("a: 1\r\nb: 2\r\n", [Edit(3, 4, "x\ny"), Edit(9, 10, "z")])
    'a: x\r\ny\r\nb: z\r\n'
    """
    first = text.find("\n")
    ending = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
    parts, last = [], 0
    # At one place they stand in the order in which they are given.
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[last:start], new.replace("\n", ending)]
        last = end
    return "".join([*parts, text[last:]])


def line_end(text: str, place: int) -> int:
    r"""Return where the line ends in which a place stands, before what ends it.

    >>> line_end("ab\r\nc", 1), line_end("ab", 1)
    (2, 2)
    """
    end = text.find("\n", place)
    if end < 0:
        return len(text)
    return end - 1 if end > place and text[end - 1] == "\r" else end


def line_start(text: str, place: int) -> int:
    r"""Return where the line begins in which a place stands.

    >>> line_start("ab\ncd", 4)
    3
    """
    return text.rfind("\n", 0, place) + 1
