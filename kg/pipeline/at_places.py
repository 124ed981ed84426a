"""What is done where some neighbourhoods of a graph lie together, with copies of what is looked at around them.

Each function is given what is known everywhere, and the letters that came to one place (`homes.py`); Spark calls it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.base import nquads
from kg.pipeline.homes import by_sort, letters_to, number_of
from kg.pipeline.local_graph import LocalGraph, Neighbours, Setting, triples_in
from kg.pipeline.shape_engine import against_shapes
from kg.pipeline.validation import find_broken, load_shapes
from kg.query import Index
from kg.sources import refuse_other_software

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import Broadcast

    from kg.base import Finding
    from kg.pipeline.homes import Letter


class KnownEverywhere(NamedTuple):
    """What is known wherever a neighbourhood is looked at.

    Attributes:
        software: of which version that has to be, by `software_fingerprint`.
        setting: what is the same wherever rules run.
        lines: what is said and shared, as N-Quads.
        looked: the predicates of a neighbourhood's own that rules look at.
    """

    software: str
    setting: Setting
    lines: frozenset[bytes]
    looked: frozenset[bytes]


def examined_at(
    given: Broadcast[KnownEverywhere], pair: tuple[int, Iterable[tuple[str, bytes]]]
) -> list[Finding]:
    """Return what is wrong with the nodes of a place."""
    refuse_other_software(given.value.software)
    came = by_sort(pair[1])
    about = {nquads.subject_of(line)[1:-1].decode() for line in came["own"]}
    about |= {nquads.parts(line)[2][1:-1].decode() for line in came["mention"]}
    region = b"".join(sorted(set().union(*came.values(), given.value.lines)))
    return find_broken(Index.of(region), against_shapes(region, load_shapes()), about)


def _graph_at(
    given: Broadcast[KnownEverywhere], pair: tuple[int, Iterable[tuple[str, bytes]]]
) -> LocalGraph:
    """Return the graph of a place, as rules see it."""
    known, came = given.value, by_sort(pair[1])
    refuse_other_software(known.software)
    own = (line for line in came["own"] if line.split(b" ", 2)[1] in known.looked)
    sides = (b"".join(sorted(triples_in(lines))) for lines in (own, came["around"]))
    return LocalGraph(known.setting, Neighbours(*sides))


def first_derived_at(given: Broadcast[KnownEverywhere], pair: tuple[int, Any]) -> set[bytes]:
    """Return what the first rules derive at a place that is shared, as triples."""
    return _graph_at(given, pair).shared_derived()


def derived_at(
    given: Broadcast[KnownEverywhere], homes: int, pair: tuple[int, Any]
) -> Iterator[Letter]:
    """Yield letters to homes with the triples that follow at a place: there it is known which are said anyhow."""
    found = _graph_at(given, pair).derive()
    return by_home({*triples_in(nquads.split(found.unsaid)), *found.apart}, homes)


def by_home(triples: Iterable[bytes], homes: int) -> Iterator[Letter]:
    """Yield letters to the homes of the subjects of some triples."""
    return letters_to(lambda one: number_of(nquads.subject_of(one)) % homes, triples)
