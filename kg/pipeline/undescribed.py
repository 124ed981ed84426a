"""Which nodes of a large graph may be described by nobody, or be of no class: told by its lines, before any query.

The queries of `ontology/shapes` that tell it ask of every node. In an index on a disk that takes longer than all
other checks; here the lines go by once, in order, and what is left is asked, which mostly is nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, ID, PREFIXES, RDF, Change, SpilledLines, StoreError, nquads
from kg.pipeline.footprint import Footprint, declared_paths
from kg.pipeline.surroundings import Surroundings
from kg.pipeline.validation import UNDESCRIBED, find_undescribed, load_queries
from kg.query import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.base import Finding
    from kg.pipeline.surroundings import LinesOf

_TYPE: Final = f"<{RDF}type>".encode()
_OURS: Final = f"<{ID}".encode()
_CLASSES: Final = (f"<{CP}".encode(), f"<{PREFIXES['qudt']}".encode())
_OF_EVIDENCE: Final = frozenset(f"<{CP}{name}>".encode() for name in ("evidence", "text"))
_AT_ONCE: Final = 100_000


def undescribed_suspects(asserted: Path, folder: Path) -> set[str]:
    """Return the IRIs of the nodes that may be described by nobody, or be of no class of ours.

    Args:
        asserted: the graph, as sorted lines of canonical N-Quads.
        folder: where what is sorted lies meanwhile.

    Raises:
        StoreError: the folder cannot be written.
    """
    named, untyped = (SpilledLines(folder, error=StoreError) for _ in range(2))
    described = SpilledLines(folder, error=StoreError)
    objects, evidence = set[bytes](), SpilledLines(folder, error=StoreError)
    with asserted.open("rb") as lines:
        described.add_sorted(_subjects(lines, objects, named, evidence, untyped))
    named.add(list(objects))
    dangling = (one for one, side in nquads.differing(named, described) if side == 0)
    classless = (one for one, side in nquads.differing(untyped, evidence) if side == 0)
    found = {line[1:-2].decode() for each in (dangling, classless) for line in each}
    for one in (named, untyped, described, evidence):
        one.clear()
    return found


def _subjects(
    lines: Iterable[bytes],
    objects: set[bytes],
    named: SpilledLines,
    evidence: SpilledLines,
    untyped: SpilledLines,
) -> Iterator[bytes]:
    """Yield the subjects that are ours, and put aside what they name, what is evidence, and who has no class of ours."""
    spans, classless = list[bytes](), list[bytes]()
    for subject, own in groupby(lines, nquads.subject_of):
        has_class = False
        for line in own:
            _, predicate, rest = line.split(b" ", 2)
            if rest[:1] != b"<":
                continue
            value = rest.split(b" ", 1)[0]
            if predicate == _TYPE and value.startswith(_CLASSES):
                has_class = True
            if value.startswith(_OURS):
                objects.add(value + b"\n")
                if predicate in _OF_EVIDENCE:
                    spans.append(value + b"\n")
        if subject.startswith(_OURS):
            yield subject + b"\n"
            if not has_class:
                classless.append(subject + b"\n")
        if len(objects) > _AT_ONCE:
            for kept, found in ((named, list(objects)), (evidence, spans), (untyped, classless)):
                kept.add(found)
            objects.clear()
            spans, classless = [], []
    evidence.add(spans)
    untyped.add(classless)


def undescribed_among(
    nodes: set[str], store: ox.Store, lines_of: LinesOf
) -> list[tuple[str, Finding]]:
    """Return what the queries find of some nodes in the index over a graph, with the names of the queries."""
    if not nodes:
        return []
    queries = load_queries()
    paths = frozenset().union(*(declared_paths(queries[name]) for name in UNDESCRIBED))
    around = Surroundings(store, Change(), lines_of)
    region = around.region(Footprint.along(paths), map(ox.NamedNode, nodes))
    return [one for one in find_undescribed(Index.of(region)) if one[1].node in nodes]
