"""A graph in neighbourhoods: what rules and judging look at together, in files of their own.

What is *joined* (`links.py`) is one neighbourhood: a company with its plans, all statements about these and who
denies, corrects or replaces them. What is looked at *around* it, such as the day of a source or the class of who
stands at the other end of a relation, is copied to it, and what is *shared* is given to all. Small neighbourhoods
lie in one file together. In memory are the names of what is joined, with a number each, and nothing that is said.
"""

from __future__ import annotations

import contextlib
import re
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zlib import crc32

from kg.base import RDF, SpilledLines, StoreError, nquads
from kg.promises import JUDGED, JUDGED_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.pipeline.links import Links

LINES: Final = 250_000
"""How many lines that are looked at neighbourhoods have that lie in one file."""

MOST: Final = 200
"""How many files there may be: beyond that each has more lines."""

_WEIGHT: Final = 12
"""How many lines stand for one link, on the whole: a statement has as many that are looked at."""

_TYPE: Final = f"<{RDF}type>".encode()
_WRITTEN: Final = frozenset(f"<{name}>".encode() for name in JUDGED)
_OF_BOTH: Final = frozenset(f"<{name}>".encode() for name in JUDGED_BY)
# As what judging made is called: more than what is called so is no harm.
_MADE: Final = re.compile(rb"\.promise|\.status\.")
_PREDICATE: Final = f"<{RDF}predicate>".encode()


@dataclass
class Neighbourhoods:
    """Files with the neighbourhoods of a graph, and what is shared by all of them.

    Attributes:
        own: a file a group of neighbourhoods.
        around: what is copied to each, in the same order; a file may be missing.
    """

    own: list[Path]
    around: list[Path]

    def paths(self) -> Iterator[tuple[Path, Path]]:
        """Yield the two files of each group."""
        return zip(self.own, self.around, strict=True)


class _Joined:
    """Nodes that are joined, by number: who is one with whom (union-find)."""

    def __init__(self) -> None:
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

    def packed(self, most: int) -> tuple[Callable[[bytes], int], int]:
        """Return what tells the place of a node, and how many places there are: each with no more than `most`, if it can be."""
        most = max(most, len(self._heads) // MOST)
        sizes: dict[int, int] = {}
        for number in range(len(self._heads)):
            head = self._head(number)
            sizes[head] = sizes.get(head, 0) + 1
        places: dict[int, int] = {}
        place, filled = 0, 0
        for head, size in sizes.items():
            if filled and filled + size > most:
                place, filled = place + 1, 0
            places[head] = place
            filled += size
        count = place + 1
        numbers, placed = (
            self._numbers,
            array("l", (places[self._head(n)] for n in range(len(self._heads)))),
        )

        def place_of(node: bytes) -> int:
            number = numbers.get(node)
            # Whoever is joined to nobody can lie anywhere.
            return crc32(node) % count if number is None else placed[number]

        return place_of, count


@dataclass
class Survey:
    """What one look at all lines of a graph tells.

    Attributes:
        joined: who is joined to whom.
        shared: the lines that all see.
        words: which predicates relations have, or classes of predicates that all see, in angle brackets.
        values: the values of predicates of which one value counts, by predicate.
        told: whether anything may say what judging tells.
    """

    joined: _Joined = field(default_factory=_Joined)
    shared: list[bytes] = field(default_factory=list)
    words: set[bytes] = field(default_factory=set)
    values: defaultdict[bytes, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    told: bool = False


def survey_graph(asserted: Path, links: Links) -> Survey:
    """Return what one look at a graph tells, given as sorted lines of canonical N-Quads."""
    with asserted.open("rb") as lines:
        return _surveyed(lines, links)


def part_graph(
    asserted: Path, folder: Path, links: Links, survey: Survey, seen: Iterable[str]
) -> Neighbourhoods:
    """Write the neighbourhoods of a graph to files in a folder.

    Args:
        asserted: the graph, as sorted lines of canonical N-Quads.
        folder: an empty one.
        links: how what is said hangs together.
        survey: what a look at it has told.
        seen: the IRIs of the predicates that are looked at at all; words are as well.

    Raises:
        StoreError: the folder cannot be written.
    """
    place_of, count = survey.joined.packed(max(LINES // _WEIGHT, 1))
    made = Neighbourhoods(
        [folder / f"own-{place}.nq" for place in range(count)],
        [folder / f"around-{place}.nq" for place in range(count)],
    )
    parting = _Parting(made, links, place_of)
    with asserted.open("rb") as each:
        parting.part(each, survey.words.union(f"<{name}>".encode() for name in seen))
    return made


def _surveyed(lines: Iterable[bytes], links: Links) -> Survey:
    survey = Survey()
    valued = {f"<{one.predicate}>".encode() for one in links.extremes}
    joined, shared, kinds = (
        {one.encode() for one in names} for names in (links.joined, links.shared, links.kinds)
    )
    join, share, use = survey.joined.join, survey.shared.append, survey.words.add
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in joined:
            value = rest.rsplit(b" ", 2)[0]
            if value[:1] != b'"':
                join(subject, value)
        elif predicate in valued:
            survey.values[predicate].add(rest.rsplit(b" ", 2)[0])
        elif predicate in shared:
            share(line)
        elif predicate == _PREDICATE:
            use(rest.rsplit(b" ", 2)[0])
        elif predicate == _TYPE:
            value = rest.rsplit(b" ", 2)[0]
            if value in kinds:
                share(line)
                use(subject)
            elif value in _WRITTEN:
                survey.told = True
        elif predicate in _WRITTEN and (predicate not in _OF_BOTH or _MADE.search(subject)):
            survey.told = True
    return survey


class _Parting:
    """Writes lines to where they belong, and copies of what is around."""

    def __init__(
        self, made: Neighbourhoods, links: Links, place_of: Callable[[bytes], int]
    ) -> None:
        self._made, self._place_of = made, place_of
        # By the predicate that leads there: which predicates are looked at of its object, by number.
        self._around = {
            one.encode(): frozenset(name.encode() for name in seen)
            for one, seen in links.around.items()
        }
        self._leads = sorted(self._around)
        self._copied = frozenset().union(*self._around.values())
        self._shared = {one.encode() for one in links.shared}

    def part(self, lines: Iterable[bytes], seen: Container[bytes]) -> None:
        """Write lines of a graph, those with predicates that are seen, and what is looked at of what they name."""
        folder = self._made.own[0].parent
        named, copied = SpilledLines(folder, error=StoreError), folder / "copied.nq"
        with contextlib.ExitStack() as files:
            own = [files.enter_context(path.open("wb")) for path in self._made.own]
            kept = files.enter_context(copied.open("wb"))
            self._write(lines, seen, [one.write for one in own], kept.write, named)
        while named_more := self._copy(copied, named):
            named.clear()
            named = named_more
        copied.unlink()

    def _write(
        self,
        lines: Iterable[bytes],
        seen: Container[bytes],
        own: Sequence[Callable[[bytes], object]],
        keep: Callable[[bytes], object],
        named: SpilledLines,
    ) -> None:
        around, copied, shared, place_of = self._around, self._copied, self._shared, self._place_of
        last, before, place, names = b"", b"", 0, list[bytes]()
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate in shared or predicate not in seen:
                continue
            if subject != last:
                last, place = subject, place_of(subject)
            triple = line[: line.rindex(b" <")] + b" .\n"
            if triple == before:
                continue  # two graphs say the same
            before = triple
            own[place](triple)
            if predicate in copied:
                keep(triple)
            if predicate in around:
                self._name(names, rest, predicate, place)
                if len(names) > 100_000:
                    named.add(names)
                    names = []
        named.add(names)

    def _name(self, names: list[bytes], rest: bytes, predicate: bytes, place: int) -> None:
        """Note that what stands in the rest of a line is looked at from a place, and by which predicate it was found."""
        value = rest.rsplit(b" ", 2)[0]
        if value[:1] != b'"' and self._place_of(value) != place:
            names.append(b"%b %d %d\n" % (value, place, self._leads.index(predicate)))

    def _copy(self, copied: Path, named: SpilledLines) -> SpilledLines | None:
        """Copy what is looked at of what is `named` to where it is; return what that names in turn, if anything."""
        more = SpilledLines(copied.parent, error=StoreError)
        names = list[bytes]()
        with copied.open("rb") as lines, contextlib.ExitStack() as files:
            opened = {}
            for predicate, line, place in self._met(lines, named):
                if place not in opened:
                    opened[place] = files.enter_context(self._made.around[place].open("ab"))
                opened[place].write(line)
                if predicate in self._around:
                    self._name(names, line.split(b" ", 2)[2], predicate, place)
        more.add(names)
        return more if names else None

    def _met(
        self, lines: Iterable[bytes], named: Iterable[bytes]
    ) -> Iterator[tuple[bytes, bytes, int]]:
        """Yield lines of what is named, with their predicates, and the places that look at them."""
        subjects = groupby(lines, nquads.subject_of)
        subject, own = next(subjects, (None, iter(())))
        for node, each in groupby(named, nquads.subject_of):
            # Both are sorted, and nothing sorts before the space behind a name.
            while subject is not None and subject + b" " < node + b" ":
                subject, own = next(subjects, (None, iter(())))
            if subject is None:
                return
            if subject != node:
                continue
            looks = [
                (int(place), self._around[self._leads[int(lead)]])
                for _, place, lead in map(bytes.split, each)
            ]
            for line in own:
                predicate = line.split(b" ", 2)[1]
                for place in {place for place, wanted in looks if predicate in wanted}:
                    yield predicate, line, place
