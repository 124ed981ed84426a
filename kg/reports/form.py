"""A card as a value: sections of lines, each a sentence with what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST: Final = 100
"""How many lines a section about a thing has: more is for a question to list."""


MOST_SAID: Final = 1_000
"""How many statements the card of a source shows: an article has some dozens, a table can have 20,000."""


class Line(NamedTuple):
    """A sentence, the lines with what stands behind it, and the slugs of the statements that do."""

    sentence: str
    behind: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its lines; `left_out` says how many more there are, and what lists them.

    `total` is how many there are in all parts of the card of a source; see `make_card`.
    """

    heading: str
    lines: tuple[Line, ...]
    left_out: str = ""
    total: int | None = None

    @classmethod
    def of(cls, heading: str, lines: Iterable[Line], command: str) -> Section:
        """Make a section of no more than `MOST` lines; `command` lists them all."""
        every = tuple(lines)
        return cls(heading, every[:MOST], left_out(len(every), command))


def left_out(count: int, command: str, most: int = MOST) -> str:
    """Say how many of `count` lines are left out, and which command lists them; "" if none is.

    >>> left_out(1_100, "kg ask due"), left_out(7, "kg ask due")
    ('and 1,000 more, which kg ask due lists', '')
    """
    return f"and {count - most:,} more, which {command} lists" if count > most else ""


@dataclass(frozen=True)
class Card:
    """A thing or a source: its `name` (slug), `title`, `subtitle`, and sections."""

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]

    def to_text(self) -> str:
        """Return the card as plain text."""
        lines = [f"{self.title}  [{self.name}]", self.subtitle]
        for section in self.sections:
            lines += ["", section.heading]
            for sentence, behind, _ in section.lines:
                lines += [f"  {sentence}", *(f"      {each}" for each in behind)]
            lines += [f"  … {section.left_out}"] if section.left_out else []
        return "\n".join(visible(line) for line in lines) + "\n"
