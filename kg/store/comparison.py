"""Whether the files of a snapshot are as they were written: to the byte, or as far as the disk tells without reading."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.base import StoreError
from kg.store.index_files import differing_file, list_files
from kg.store.manifest import RECORD, SHEAVES
from kg.store.sheaf import compare_whole
from kg.store.sheaf_lists import list_name, open_sheaf
from kg.store.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def compare(snapshot: Snapshot) -> Sequence[tuple[int, ...]] | None:
    """Return `states_of` a snapshot before all of it was found to hold what its manifest says; None if it does not.

    Piece by piece: nothing that is read for that is in memory afterwards, unless the snapshot `keeps` it.
    """
    folder, manifest = snapshot.folder, snapshot.manifest
    try:
        snapshot.hold_index()  # which may set back the times of files
        states = states_of(snapshot)
        kept = snapshot.read_anew() if snapshot.keeps else ()
        for name in SHEAVES:
            if name not in kept:
                open_sheaf(folder, name, manifest.lists[name]).compare()
        compare_whole(folder, RECORD, *manifest.record)
        _ = snapshot.record  # which may be none for all that
        what = differing_file(folder / "index", manifest.index)
    except (StoreError, OSError):
        return None
    return None if what else states


def states_of(snapshot: Snapshot) -> Sequence[tuple[int, ...]]:
    """Return what the disk tells of each file of a snapshot without reading it; any change of one changes that.

    Raises:
        StoreError, OSError: one is missing, or cannot be read.
    """
    folder = snapshot.folder
    files = [folder / name for name in (RECORD, *map(list_name, SHEAVES))]
    # The time of change as well: a tool may set the other one back.
    stats = [
        *(path.stat() for path in (*files, *list_files(folder / "index"))),
        *chain.from_iterable(snapshot.sheaf(name).states() for name in SHEAVES),
    ]
    return [(s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in stats]


def is_untouched(snapshot: Snapshot) -> bool:
    """Tell whether all files look as they were written: names, sizes, times, and the ends of those of the index.

    What has been touched is compared as a whole. A disk that gives other bytes than it was given is noticed
    where these are read: it is told then, and marked for the next one that asks here.
    """
    folder, manifest = snapshot.folder, snapshot.manifest
    try:
        snapshot.hold_index()
        # What was read before tells nothing of the files as they are.
        compare_whole(folder, RECORD, *manifest.record)
        for name in SHEAVES:
            open_sheaf(folder, name, manifest.lists[name]).compare_states()
    except (StoreError, OSError):
        return False
    return True


def untouched_snapshot(folder: Path) -> Snapshot | None:
    """Open a snapshot if it is there and looks as it was written; see `is_untouched`."""
    try:
        found = open_snapshot(folder)
    except StoreError:
        return None
    return found if is_untouched(found) else None


def sound_snapshot(
    folder: Path, known: Snapshot | None = None, *, keep: bool = False
) -> Snapshot | None:
    """Open a snapshot if it is there and holds, to the byte, what its manifest says.

    Where it is the one that is `known`, and untouched since that was read, it is not read again. What is said and derived
    is in memory afterwards if it is to be kept.
    """
    try:
        found = open_snapshot(folder, keep=keep)
    except StoreError:
        return None
    if found == known and known.sound:
        return known
    return found if found.sound else None
