"""What is looked up from some nodes on in a graph that lies on a cluster of Spark: each step goes through all of it.

So nobody is asked of what is in order: only what a finding may be meant for is looked up so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.base import nquads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import RDD

    from kg.pipeline.footprint import Footprint, PathStep
    from kg.pipeline.surroundings import Term


class LookedUpOnSpark(NamedTuple):
    """A graph on a cluster, of which `said` are pieces of N-Quads in no order."""

    said: RDD[bytes]

    def naming(self, nodes: Iterable[Term]) -> set[ox.Quad]:
        """Return all that has one of some nodes as its object."""
        return self._with(None, nodes, inverse=True)

    def seen(self, footprint: Footprint, nodes: Iterable[Term]) -> set[ox.Quad]:
        """Return what is looked at from some nodes, along paths that ask for no more than the ends of statements."""
        found: set[ox.Quad] = set()
        reached: list[set[Term]] = [set(nodes), *(set() for _ in footprint.looks[1:])]
        for place, (start, step) in footprint:
            rest = reached[start]
            ends = set(rest) if step.many else set()
            while rest:
                quads = self._along(step, rest)
                found |= quads
                new = {one.subject if step.inverse else one.object for one in quads} - ends
                ends |= new
                rest = new if step.many else set()
            reached[place] = ends
        return found

    def _along(self, step: PathStep, nodes: set[Term]) -> set[ox.Quad]:
        names = frozenset(f"<{name}>".encode() for name in step.predicates or ())
        return self._with(names or None, nodes, inverse=step.inverse)

    def _with(
        self, predicates: frozenset[bytes] | None, nodes: Iterable[Term], *, inverse: bool
    ) -> set[ox.Quad]:
        ends = frozenset(str(node).encode() for node in nodes)
        if not ends:
            return set()
        lines = self.said.flatMap(partial(_lines_with, predicates, ends, inverse)).collect()
        return set(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


# What runs elsewhere: a plain function of this module, found there by its name.


def _lines_with(
    predicates: frozenset[bytes] | None,
    ends: frozenset[bytes],
    inverse: bool,  # noqa: FBT001 - given in advance
    piece: bytes,
) -> Iterator[bytes]:
    """Yield the lines with one of some predicates, if any are given, and one of some nodes at an end."""
    for line in nquads.split(piece):
        subject, predicate, value, _ = nquads.parts(line)
        if (value if inverse else subject) in ends and (not predicates or predicate in predicates):
            yield line
