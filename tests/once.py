"""What follows from bytes alone is made once for all tests, each of which gets what it would have made.

Whatever a test puts in the place of our own code counts as a part of what something follows from.
"""

from __future__ import annotations

import functools
import shutil
import sys
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from kg.api import cache
from kg.base import ontology_folder
from kg.pipeline import building, checking, examining, proposed
from kg.promises import statements
from kg.query import LocalIndex
from kg.sources import Record, parallel, reader
from kg.store import commit, comparison, places, snapshot
from viz import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from pathlib import Path

    import networkx as nx
    import pytest

    from kg.query import Index
    from kg.sources import File, Fingerprint, Source
    from kg.store import Snapshot

_KEPT = 32
"""How many graphs are kept of those made last: each takes some megabytes."""

_Made = TypeVar("_Made")


class Recent(OrderedDict["Hashable", _Made]):
    """The things that were asked for last."""

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what there is for a key, or make it."""
        if key not in self:
            self[key] = make()
            if len(self) > _KEPT:
                self.popitem(last=False)
        self.move_to_end(key)
        return self[key]


def read_once(patch: pytest.MonkeyPatch, root: Path) -> None:
    """Read what ships once: what a file says follows from its name and its bytes."""
    read: dict[tuple[Path, str, bytes], Source] = {}
    real = reader.parse_source

    @functools.wraps(real)
    def parse(file: File, data: bytes, *, whole: bool = True) -> Source:
        if root not in file.path.parents or not whole:
            return real(file, data, whole=whole)
        key = (file.path, file.name, data)
        if key not in read:
            read[key] = real(file, data)
        return read[key]

    for module in (reader, parallel):
        patch.setattr(module, "parse_source", parse)


def build_once(patch: pytest.MonkeyPatch) -> None:
    """Derive once what follows from what was asserted, which has the ontology in it."""
    kept: Recent[building.Build] = Recent()
    real = building._made

    @functools.wraps(real)
    def made(
        asserted: bytes,
        files: Sequence[File],
        fingerprints: dict[str, Fingerprint],
        *,
        check: bool,
    ) -> building.Build:
        ours = (ontology_folder(), building.derive, building.examine)
        key = (asserted, check, *ours)
        built = kept.once(key, lambda: real(asserted, files, fingerprints, check=check))
        record = Record(fingerprints, building.software_fingerprint(), built.record.report)
        return building.Build(built.content, record, files)

    patch.setattr(building, "_made", made)


def examine_once(patch: pytest.MonkeyPatch) -> None:
    """Examine once what is said: all that is wrong with it follows from it and the ontology."""
    kept: Recent[examining.Examined] = Recent()
    real = examining.examine_quads

    @functools.wraps(real)
    def examined(quads: bytes) -> examining.Examined:
        ours = (ontology_folder(), examining.examine, examining.find_hints, examining.load_hints)
        return kept.once((quads, *ours), lambda: real(quads))

    for module in (checking, proposed):
        patch.setattr(module, "examine_quads", examined)


def open_once(patch: pytest.MonkeyPatch) -> None:
    """Read the cache of the shipped graph once, as long as no file of it has been touched."""
    kept: dict[Path, tuple[Snapshot, object]] = {}
    real = snapshot.open_snapshot

    @functools.wraps(real)
    def opened(folder: Path, *, keep: bool = False) -> Snapshot:
        found = real(folder, keep=keep)
        if keep or folder.parent != cache.kept_folder():
            return found
        now = (found.manifest, comparison.states_of(found))
        if folder not in kept or kept[folder][1] != now:
            kept[folder] = (found, now)
        return kept[folder][0]

    for module in (snapshot, places, comparison):
        patch.setattr(module, "open_snapshot", opened)


def index_once(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Load equal N-Quads once, and copy the index where it is made again."""
    kept: dict[tuple[bytes, ...], tuple[Path, int]] = {}
    real = commit._load

    @functools.wraps(real)
    def load(index: Path, parts: Sequence[bytes]) -> int:
        key = tuple(sha256(part).digest() for part in parts)
        if key not in kept:
            count = real(index, parts)
            kept[key] = (folder / str(len(kept)), count)
            shutil.copytree(index, kept[key][0])
            return count
        copy, count = kept[key]
        shutil.copytree(copy, index, ignore=shutil.ignore_patterns("LOCK", "LOG*"))
        return count

    patch.setattr(commit, "_load", load)


def load_once(patch: pytest.MonkeyPatch) -> None:
    """Load the statements of an index in this process once, since it never changes."""
    kept: WeakKeyDictionary[Index, dict[str, statements.Statement]] = WeakKeyDictionary()
    real = statements.load_statements

    @functools.wraps(real)
    def load(index: Index, about: Any = None) -> Mapping[str, statements.Statement]:
        if about is not None or type(index) is not LocalIndex:
            return real(index, about)
        if index not in kept:
            kept[index] = real(index)
        return dict(kept[index])

    for module in [module for name, module in sys.modules.items() if name.startswith("kg.")]:
        if vars(module).get("load_statements") is real:
            patch.setattr(module, "load_statements", load)


def place_once(patch: pytest.MonkeyPatch) -> None:
    """Place the nodes of equal graphs once."""
    kept: Recent[list[tuple[int, int]]] = Recent()
    real = layout.place

    @functools.wraps(real)
    def place(ties: nx.Graph[int], *, quick: bool = False) -> list[tuple[int, int]]:
        key = (tuple(ties.nodes), tuple(ties.edges), quick)
        return list(kept.once(key, lambda: real(ties, quick=quick)))

    patch.setattr(layout, "place", place)
