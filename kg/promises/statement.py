"""A statement as a value: what it says, who says so, and where in which text; and in which order statements stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.base import Cell

    Said = Mapping[str, tuple[Cell, ...]]
    """What a statement says: the values of its properties, by local name."""

# Named here, not read from the ontology: a sentence has to be made for each, and two graphs are
# compared of which neither need hold the ontology.
KINDS: Final = ("Target", "Observation", "StatusReport", "Relation", "Retraction")
"""The five classes of statements, by local name."""
_CLASSES: Final = {kind: f"cp:{kind}" for kind in KINDS}

_FIGURES: Final = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Span:
    """A place in a text: `start` and `end` are code points, 0-based, the end exclusive."""

    section: str
    start: int
    end: int
    sha256: str = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """A source: `name` is its slug, `publisher` the slug of who published it."""

    name: str
    title: str
    url: str | None
    publisher: str
    published: str


@dataclass(frozen=True)
class Statement:
    """One statement.

    `name` is its slug, `kind` one of `KINDS`, `says` its properties by local name, each with the
    sorted values that it has (IRIs by their shortest name); `rows` count from 1, a header included, and
    `elements` are places in a file of data: XPaths, JSON Pointers, cells.
    """

    name: str
    kind: str
    says: Said
    source: Origin
    spans: tuple[Span, ...]
    rows: tuple[int, ...] = ()
    elements: tuple[str, ...] = ()

    def one(self, key: str) -> Cell:
        """Return the first value of the property `key`, or None."""
        values = self.says.get(key)
        return values[0] if values else None

    def text(self, key: str) -> str | None:
        """Return the first value of the property `key` as text, without the prefix `cp:`."""
        value = self.one(key)
        return None if value is None else str(value).removeprefix("cp:")

    @property
    def things(self) -> tuple[str, ...]:
        """The slugs of the things that this is about: its own, or both ends of a relation."""
        keys = ("subject", "object") if self.kind == "Relation" else ("about",)
        return tuple([str(value) for key in keys for value in self.says.get(key, ())])

    @property
    def locator(self) -> str:
        """Where the words stand, for people."""
        if self.rows:
            return ", ".join(f"row {row}" for row in self.rows)
        if self.elements:
            return ", ".join(f"element {place}" for place in self.elements)
        if not self.spans:
            return "the article as a whole"
        return "; ".join(
            f"section {span.section}, characters {span.start}–{span.end}" for span in self.spans
        )


def statement_of(
    name: str,
    says: Said,
    spans: Mapping[str, Span],
    sources: Mapping[str, Origin],
) -> Statement:
    """Return a statement of what it says by local names, and of the spans and sources that there are."""
    source = str(says["source"][0]) if "source" in says else ""
    evidence = filter(None, (spans.get(str(value)) for value in says.get("evidence", ())))
    places = (_place(str(one)) for one in says.get("element", ()))
    return Statement(
        name,
        kind_of(says.get("type", ())),
        says,
        # A source that nobody describes is for the shapes to report; its statements still count.
        sources.get(source) or Origin(source, source, None, "", ""),
        tuple(sorted(evidence, key=_by_ends)) if "evidence" in says else (),
        tuple(sorted(_row(str(row)) for row in says["row"])) if "row" in says else (),
        tuple(sorted(places, key=_by_place)) if "element" in says else (),
    )


def _by_ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def sorted_values(values: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the values of a property in order."""
    # Sorted as texts: the values of one property need not be comparable with each other.
    return tuple(sorted(values, key=str))


def kind_of(types: Collection[Cell]) -> str:
    """Return which of `KINDS` the types of a statement make it."""
    return next((kind for kind, class_ in _CLASSES.items() if class_ in types), "Statement")


def _row(name: str) -> int:
    """Return the number in the name of a row, `TABLE#row=N`, or 0 where it is called otherwise."""
    number = name.rpartition("#row=")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


def _place(name: str) -> str:
    """Return the place in the name of an element, `SOURCE#PLACE`, or all of it where it is called otherwise.

    >>> _place("notice-1#/html/body/p%5B2%5D"), _place("the-title")
    ('/html/body/p[2]', 'the-title')
    """
    _, mark, place = name.partition("#")
    return unquote(place) if mark else name


def _by_place(place: str) -> list[str]:
    """Return by what places stand in order: the tenth comes after the second.

    >>> sorted(["/p[10]", "/p[2]"], key=_by_place)
    ['/p[2]', '/p[10]']
    """
    return [f"{len(part):03}{part}" if part.isdecimal() else part for part in _FIGURES.split(place)]


def in_order(statement: Statement) -> tuple[str, int, list[str], list[str], str]:
    """Return by what statements stand in order: source, place, and then their names."""
    # What is said by the whole article comes before its parts.
    first = statement.rows[0] if statement.rows else -1
    first = statement.spans[0].start if statement.spans else first
    element = _by_place(statement.elements[0]) if statement.elements else []
    # The tenth comes after the second.
    own = statement.name.removeprefix(statement.source.name)
    parts = [f"{len(part):03}{part}" for part in own.split(".")]
    return statement.source.name, first, element, parts, statement.name


def span_of(node: Mapping[str, Cell]) -> Span | None:
    """Return the span that a node is, by its properties' local names, or None where it is none."""
    start, end = node.get("start"), node.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        return None
    return Span(str(node.get("section", "")), start, end, str(node.get("sha256", "")))
