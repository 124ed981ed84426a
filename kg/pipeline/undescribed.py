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
    from collections.abc import Iterable
    from pathlib import Path

    from kg.base import Finding
    from kg.pipeline.surroundings import LinesOf

_TYPE: Final = f"<{RDF}type>".encode()
_OURS: Final = f"<{ID}".encode()
_CLASSES: Final = f"<{CP}".encode()
_UNITS: Final = frozenset(f"<{PREFIXES['qudt']}{one}>".encode() for one in ("Unit", "CurrencyUnit"))
_OF_EVIDENCE: Final = frozenset(f"<{CP}{name}>".encode() for name in ("evidence", "text"))
_NAMELESS: Final = b"/.well-known/genid/"
_AT_ONCE: Final = 100_000
_SORTS: Final = ("described", "named", "untyped", "evidence")


def undescribed_suspects(asserted: Path, folder: Path) -> set[str]:
    """Return the IRIs of the nodes that may be described by nobody, or be of no class of ours.

    Args:
        asserted: the graph, as sorted lines of canonical N-Quads.
        folder: where what is sorted lies meanwhile.

    Raises:
        StoreError: the folder cannot be written.
    """
    noted = _Noted(folder)
    with asserted.open("rb") as lines:
        for subject, own in groupby(lines, nquads.subject_of):
            noted.note(subject, own)
    return noted.suspects()


class _Noted:
    """Nodes of ours, as lines: who is `described`, `named`, of no class (`untyped`), and who is `evidence`."""

    def __init__(self, folder: Path) -> None:
        self._sets: dict[str, set[bytes]] = {name: set() for name in _SORTS}
        self._lines = {name: SpilledLines(folder, error=StoreError) for name in _SORTS}

    def note(self, subject: bytes, own: Iterable[bytes]) -> None:
        """Note all that is said of a node."""
        objects, evidence = self._sets["named"], self._sets["evidence"]
        typed = False
        for line in own:
            _, predicate, rest = line.split(b" ", 2)
            value = rest.split(b" ", 1)[0]
            typed = typed or (
                predicate == _TYPE and (value.startswith(_CLASSES) or value in _UNITS)
            )
            if value.startswith(_OURS):
                objects.add(value + b"\n")
                if predicate in _OF_EVIDENCE:
                    evidence.add(value + b"\n")
        if subject.startswith(_OURS):
            self._sets["described"].add(subject + b"\n")
            if not typed and _NAMELESS not in subject:  # of what has no name no class is asked
                self._sets["untyped"].add(subject + b"\n")
        if len(objects) + len(self._sets["described"]) > _AT_ONCE:
            self._keep()

    def _keep(self) -> None:
        for name, found in self._sets.items():
            self._lines[name].add(list(found))
            found.clear()

    def suspects(self) -> set[str]:
        """Return the IRIs of those who are named and not described, or of no class and no evidence."""
        self._keep()
        apart = (("named", "described"), ("untyped", "evidence"))
        found = {
            line[1:-2].decode()
            for some, others in apart
            for line, side in nquads.differing(self._lines[some], self._lines[others])
            if side == 0
        }
        for lines in self._lines.values():
            lines.clear()
        return found


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
