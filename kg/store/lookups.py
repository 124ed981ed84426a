"""Single lines of a snapshot are looked up where they lie: those parts are opened that are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import PartedLines
from kg.store.snapshot import Snapshot, reading

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.manifest import Manifest
    from kg.store.sheaf import Sheaf


def looked_into(folder: Path, sheaf: Sheaf, *, compared: bool) -> PartedLines:
    """Return a sheaf of the snapshot in a folder to be looked into.

    Each part that is opened is `compared` with what was written, or not. Where it is damaged a StoreError is raised then.
    """
    read = sheaf.held if compared else sheaf.mapped

    def part(at: int) -> bytes | mmap.mmap:
        with reading(folder):
            return read(at)

    return PartedLines(sheaf.firsts, sheaf.size, part)


def sources_of(folder: Path, manifest: Manifest) -> PartedLines:
    """Return what a snapshot remembers of its sources, by lines."""
    # Of another one: what is remembered of a snapshot does not keep that.
    return looked_into(folder, Snapshot(folder, manifest).sheaf("sources"), compared=True)


class SaidLines:
    """What is said and derived in a snapshot, opened when it is looked into, as often as that may be."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Take the folder of a snapshot, and what it claims of itself."""
        # Of another one, or neither would be given up while the other is there.
        self._snapshot = Snapshot(folder, manifest)

    def __iter__(self) -> Iterator[PartedLines]:
        """Yield what is said, then what is derived."""
        for name in ("asserted", "derived"):
            sheaf = self._snapshot.sheaf(name)
            yield looked_into(self._snapshot.folder, sheaf, compared=False)
