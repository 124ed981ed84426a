"""The neighbourhoods of a graph, written to files: each line where its subject lies, with copies of what is looked at around.

Small ones lie in one file together. What is copied is found by names, which are sorted and go along with the lines.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.base import SpilledLines, StoreError, nquads
from kg.pipeline.local_graph import Neighbours

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.pipeline.links import Links
    from kg.pipeline.neighbourhoods import GraphSurvey

LINES: Final = 250_000
"""How many lines that are looked at neighbourhoods have that lie in one file."""

_A_NODE: Final = 12
"""How many lines stand for one node that is joined, on the whole: a statement has as many that are looked at."""

_AT_ONCE: Final = 100_000
"""How many names are in memory before they are sorted aside."""


@dataclass(frozen=True)
class Neighbourhoods:
    """Files with the neighbourhoods of a graph, as lines of N-Triples.

    Attributes:
        own: a file a group of neighbourhoods.
        around: what is copied to each, in the same order; a file may be missing.
    """

    own: Sequence[Path]
    around: Sequence[Path]

    def __iter__(self) -> Iterator[Neighbours]:
        """Yield what is in the two files of each group."""
        for own, around in zip(self.own, self.around, strict=True):
            yield Neighbours(own.read_bytes(), around.read_bytes() if around.exists() else b"")


def part_graph(
    asserted: Path, folder: Path, links: Links, survey: GraphSurvey, looked: Container[bytes]
) -> Neighbourhoods:
    """Write the neighbourhoods of a graph to files in a folder.

    Args:
        asserted: the graph, as sorted lines of canonical N-Quads.
        folder: where the files, and what is sorted meanwhile, lie.
        links: how what is said hangs together.
        survey: what a look at it has told.
        looked: the predicates that are looked at at all; see `LocalRules.looked`.

    Raises:
        StoreError: the folder cannot be written.
    """
    place_of, count = survey.joined.packed(LINES // _A_NODE)
    own, around = (
        [folder / f"{name}-{place}.nt" for place in range(count)] for name in ("own", "around")
    )
    copies = _CopiedTriples(links, place_of, folder)
    with contextlib.ExitStack() as files:
        puts = [files.enter_context(path.open("wb")).write for path in own]
        lines = files.enter_context(asserted.open("rb"))
        copies.wanted(_written(lines, looked, place_of, puts))
    copies.write(around)
    return Neighbourhoods(own, around)


def _written(
    lines: Iterable[bytes],
    looked: Container[bytes],
    place_of: Callable[[bytes], int],
    puts: Sequence[Callable[[bytes], object]],
) -> Iterator[tuple[bytes, int]]:
    """Put what is looked at where its subject lies, as triples, and yield it with that place."""
    last, before, place = b"", b"", 0
    for line in lines:
        subject, predicate, _ = line.split(b" ", 2)
        if predicate not in looked:
            continue
        triple = line[: line.rindex(b" <")] + b" .\n"
        if triple == before:
            continue  # two graphs say the same
        before = triple
        if subject != last:
            last, place = subject, place_of(subject)
        puts[place](triple)
        yield triple, place


class _CopiedTriples:
    """What is copied to where it is looked at: names are sorted, and go along with the lines."""

    def __init__(self, links: Links, place_of: Callable[[bytes], int], folder: Path) -> None:
        self._around = {
            one.encode(): frozenset(map(str.encode, seen)) for one, seen in links.around.items()
        }
        self._leads = sorted(self._around)
        self._copied = frozenset[bytes]().union(*self._around.values())
        self._place_of = place_of
        self._lines = folder / "copied.nt"
        self._named = SpilledLines(folder, error=StoreError)

    def wanted(self, triples: Iterable[tuple[bytes, int]]) -> None:
        """Note what is named by triples that lie at some places, and keep what may be copied."""
        with self._lines.open("wb") as kept:
            names: list[bytes] = []
            for triple, place in triples:
                predicate = triple.split(b" ", 2)[1]
                if predicate in self._copied:
                    kept.write(triple)
                if predicate in self._around:
                    self._name(names, triple, predicate, place)
                    if len(names) > _AT_ONCE:
                        self._named.add(names)
                        names = []
            self._named.add(names)

    def _name(self, names: list[bytes], triple: bytes, predicate: bytes, place: int) -> None:
        """Note that the object of a triple is looked at from a place, and by which predicate it was found."""
        value = triple.split(b" ", 2)[2][:-3]
        if value[:1] != b'"' and self._place_of(value) != place:
            names.append(b"%b %d %d\n" % (value, place, self._leads.index(predicate)))

    def write(self, around: Sequence[Path]) -> None:
        """Write what is named to the files where it is looked at, and what that names in turn."""
        named = self._named
        while True:
            names: list[bytes] = []
            with self._lines.open("rb") as lines, contextlib.ExitStack() as files:
                puts: dict[int, Callable[[bytes], object]] = {}
                for predicate, triple, place in self._met(lines, named):
                    if place not in puts:
                        puts[place] = files.enter_context(around[place].open("ab")).write
                    puts[place](triple)
                    if predicate in self._around:
                        self._name(names, triple, predicate, place)
            named.clear()
            if not names:
                return
            named.add(names)

    def _met(
        self, triples: Iterable[bytes], named: Iterable[bytes]
    ) -> Iterator[tuple[bytes, bytes, int]]:
        """Yield triples of what is named, with their predicates, and the places that look at them."""
        subjects = groupby(triples, nquads.subject_of)
        subject, own = next(subjects, (None, iter(())))
        for node, each in groupby(named, nquads.subject_of):
            # Both are sorted, and nothing sorts before the space behind a name.
            while subject is not None and subject + b" " < node + b" ":
                subject, own = next(subjects, (None, iter(())))
            if subject is None:
                return
            if subject == node:
                looks = [line.split() for line in each]
                for triple in own:
                    predicate = triple.split(b" ", 2)[1]
                    for place in sorted(
                        {int(p) for _, p, lead in looks if predicate in self._seen(lead)}
                    ):
                        yield predicate, triple, place

    def _seen(self, lead: bytes) -> frozenset[bytes]:
        return self._around[self._leads[int(lead)]]
