"""The neighbourhoods of a graph: what rules and judging look at together.

What is *joined* (`links.py`) is one neighbourhood: a company with its plans, all statements about these and who
denies, corrects or replaces them. What is looked at *around* it, such as the day of a source or the class of who
stands at the other end of a relation, is copied to it, and what is *shared* is given to all
(`neighbourhood_files.py`). In memory are the names of what is joined, with a number each, and nothing that is said.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zlib import crc32

from kg.base import RDF, nquads
from kg.promises import JUDGED, JUDGED_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from pathlib import Path

    from kg.pipeline.links import Links

MOST: Final = 100
"""How many files there may be: beyond that each has more lines."""

_TYPE: Final = f"<{RDF}type>".encode()
_PREDICATE: Final = f"<{RDF}predicate>".encode()
_JUDGED: Final = frozenset(f"<{name}>".encode() for name in JUDGED)
_OF_BOTH: Final = frozenset(f"<{name}>".encode() for name in JUDGED & JUDGED_BY)
# As what judging made is called: more than what is called so is no harm.
_MADE: Final = re.compile(rb"\.promise|\.status\.")


class JoinedNodes:
    """Nodes by number, and which of them are one neighbourhood (union-find)."""

    def __init__(self) -> None:
        """Have none yet."""
        self._numbers: dict[bytes, int] = {}
        self._heads = array("l")

    def join(self, one: bytes, other: bytes) -> None:
        """Make two nodes one neighbourhood; the earlier one is its head."""
        first, second = sorted((self._head(self._number(one)), self._head(self._number(other))))
        self._heads[second] = first

    def _number(self, node: bytes) -> int:
        number = self._numbers.setdefault(node, len(self._heads))
        if number == len(self._heads):
            self._heads.append(number)
        return number

    def _head(self, number: int) -> int:
        heads = self._heads
        while (head := heads[number]) != number:
            heads[number] = number = heads[head]
        return number

    def pairs(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each node that is joined, with the head of its neighbourhood."""
        nodes = list(self._numbers)
        return ((node, nodes[self._head(number)]) for number, node in enumerate(nodes))

    def packed(self, most: int) -> tuple[Callable[[bytes], int], int]:
        """Return what tells the place of a node, and how many places there are, each with `most` nodes or one neighbourhood."""
        heads = array("l", map(self._head, range(len(self._heads))))
        sizes: dict[int, int] = {}
        for head in heads:
            sizes[head] = sizes.get(head, 0) + 1
        places: dict[int, int] = {}
        most, place, filled = max(most, len(heads) // MOST), 0, 0
        for head, size in sizes.items():
            if filled and filled + size > most:
                place, filled = place + 1, 0
            places[head] = place
            filled += size
        numbers, placed, count = (
            self._numbers,
            array("l", map(places.__getitem__, heads)),
            place + 1,
        )

        def place_of(node: bytes) -> int:
            number = numbers.get(node)
            # Whoever is joined to nobody can lie anywhere.
            return crc32(node) % count if number is None else placed[number]

        return place_of, count


@dataclass
class GraphSurvey:
    """What one look at all lines of a graph tells.

    Attributes:
        joined: who is joined to whom.
        shared: the lines that all see.
        words: which predicates relations have, or classes of predicates that all see, in angle brackets.
        values: the values of predicates of which one value counts, by predicate.
        told: whether anything may say what judging tells.
    """

    joined: JoinedNodes = field(default_factory=JoinedNodes)
    shared: list[bytes] = field(default_factory=list)
    words: set[bytes] = field(default_factory=set)
    values: defaultdict[bytes, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    told: bool = False


def survey_graph(asserted: Path, links: Links) -> GraphSurvey:
    """Return what one look at a graph tells, given as sorted lines of canonical N-Quads."""
    with asserted.open("rb") as lines:
        return survey_lines(lines, links)


def survey_lines(lines: Iterable[bytes], links: Links) -> GraphSurvey:
    """Return what one look at some lines of a graph tells; see `survey_graph`."""
    survey = GraphSurvey()
    joined, shared, kinds = (
        {one.encode() for one in names} for names in (links.joined, links.shared, links.kinds)
    )
    valued = {f"<{one.predicate}>".encode() for one in links.extremes}
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in joined:
            # A text is no node: who is about one, which the shapes refuse, is about nothing.
            if rest[:1] != b'"':
                survey.joined.join(subject, rest.split(b" ", 1)[0])
        elif predicate in shared:
            survey.shared.append(line)
        elif predicate in valued:
            survey.values[predicate].add(rest.rsplit(b" ", 2)[0])
        elif predicate in (_TYPE, _PREDICATE) or predicate in _JUDGED:
            _note(survey, line, kinds)
    return survey


def _note(survey: GraphSurvey, line: bytes, kinds: Container[bytes]) -> None:
    """Note what a line says of a predicate, or whether it may say what judging tells."""
    subject, predicate, value, _ = nquads.parts(line)
    if predicate == _PREDICATE:
        survey.words.add(value)
    elif predicate == _TYPE and value in kinds:
        survey.shared.append(line)
        survey.words.add(subject)
    elif predicate == _TYPE:
        survey.told = survey.told or value in _JUDGED
    elif predicate not in _OF_BOTH or _MADE.search(subject):
        survey.told = True
