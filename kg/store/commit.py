"""A graph goes into a folder as a new snapshot; see `kg.store.snapshot`.

It is written aside, flushed, renamed into place, and only then named by `current`, so a reader sees a
whole snapshot or the one before it. `kg.store.snapshot_change` makes one of what has changed since the one before.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import (
    CURRENT,
    LOCK,
    StoreError,
    busy,
    held_folder,
    lies_aside,
    locked,
    made_folder,
    parts_of,
    sweep,
    sync_folder,
    sync_tree,
    write_file,
    written_aside,
)
from kg.query import list_written
from kg.store.comparison import sound_snapshot
from kg.store.index_files import list_files, note_files
from kg.store.index_patching import change_between, growth, patch_index
from kg.store.manifest import (
    FORMAT,
    OURS,
    RECORD,
    SHEAVES,
    Anew,
    Manifest,
    WholeFile,
    WholeSheaf,
    current_snapshot,
)
from kg.store.sheaf_lists import write_list
from kg.store.sheaf_writing import described, write_sheaf

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.sources import Record
    from kg.store.index_files import IndexFile
    from kg.store.sheaf import Sheaf
    from kg.store.snapshot import Snapshot

LITTLE: Final = 20
"""Where less than one in so many quads has changed, the index is patched and not made anew."""

_ROOM: Final = 4 << 20
"""How many bytes more than a quarter an index may take that has been patched."""


@contextlib.contextmanager
def prepared_snapshot(
    folder: Path, asserted: bytes, derived: bytes, record: Record, known: Snapshot | None = None
) -> Iterator[Callable[[], Path]]:
    """Make a snapshot of a graph for the store in `folder`; lend what commits it and returns its folder.

    Only renaming is left to that. Until then the store is as it was, and so it stays if that is
    never called; nobody else writes to it meanwhile. The older ones are swept. The same content is
    the same snapshot, so writing it again changes nothing. If `known` is a snapshot there still, and
    untouched since it was read, it is not read again.

    Raises:
        StoreError: the folder cannot be written, or another build is writing it.
    """
    with contextlib.ExitStack() as held:
        with told(folder):
            whole = _Given({"asserted": asserted, "derived": derived}, record)
            commit = _prepare(folder, whole, known, held)

        def told_commit() -> Path:
            with told(folder):
                return commit()

        yield told_commit


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Have it told in a sentence why a store cannot be written."""
    try:
        yield
    except BlockingIOError:
        raise StoreError(busy(folder)) from None
    except OSError as error:
        # The engine tells what it was about, and at the end of that what the system said.
        reason = error.strerror or str(error).rpartition(": ")[2]
        raise StoreError(f"{folder}: cannot be written: {reason}") from None


class _Given:
    """All that a build gives: what is said and derived, and what is remembered."""

    def __init__(self, said: Mapping[str, bytes], record: Record) -> None:
        """Take the lines of what is said and derived by name, and what is remembered."""
        self.said, self.record = said, record.head
        self.lines = {**said, "sources": record.lines}
        self.parts = {name: described(data) for name, data in self.lines.items()}

    @property
    def manifest(self) -> Manifest:
        """What a manifest says of it, before there is an index, from which the rest follows."""
        sheaves = {name: WholeSheaf.of(parts) for name, parts in self.parts.items()}
        record = file_of(self.record)
        return Manifest(FORMAT, ox.__version__, sheaves, {}, record, 0, {}, Anew(0, 0))


def file_of(data: bytes) -> WholeFile:
    """Return what a manifest says of a file of these bytes."""
    return WholeFile(len(data), sha256(data).hexdigest())


def _prepare(
    folder: Path, whole: _Given, known: Snapshot | None, held: contextlib.ExitStack
) -> Callable[[], Path]:
    final = folder / whole.manifest.name
    store = Claimed(folder, held)
    made = None
    if not sound_snapshot(final, known):
        old = sound_snapshot(store.before, known) if store.before else None
        made = held.enter_context(held_folder(folder))
        _fill(made / "snapshot", whole, old)
    return store.prepare(final, made)


class Claimed:
    """A store to which nobody else writes meanwhile, and the snapshot that counts in it."""

    def __init__(self, folder: Path, held: contextlib.ExitStack) -> None:
        """Make the folder of a store, where there is none, and lock it until `held` is closed.

        Raises:
            StoreError: it holds other things.
            BlockingIOError: another build is writing it.
            OSError: as the system has it.
        """
        self.folder, self._held = folder, held
        held.enter_context(made_folder(folder))
        # Sweeping removes what is in it, so it has to be ours: whoever made it left a lock.
        # Looked at once: another build may lock it and be done between two looks.
        names = {path.name for path in folder.iterdir()}
        if LOCK not in names and not all(map(lies_aside, names)):
            raise StoreError(f"{folder}: holds other things; name a folder for the store alone")
        self._stay = held.enter_context(locked(folder / LOCK))
        self.before = current_snapshot(folder)

    def prepare(self, final: Path, made: Path | None) -> Callable[[], Path]:
        """Return what puts a snapshot that lies in the folder `made` into its place; without one, it is there."""
        names = {self.folder / CURRENT: (final.name + "\n").encode()}
        put = self._held.enter_context(written_aside(names if self.before != final else {}))

        def commit() -> Path:
            self._stay()
            if made:
                if final.exists():  # and is not sound
                    final.rename(made / "damaged")
                (made / "snapshot").rename(final)
            # Before there is a name for it; and where a killed build came no further.
            sync_folder(self.folder)
            put()
            # Whoever opened the snapshot before this one may still be reading it.
            _sweep(self.folder, {final, self.before})
            return final

        return commit


def _sweep(folder: Path, kept: Container[Path | None]) -> None:
    for path in folder.iterdir():
        if OURS.fullmatch(path.name) and path not in kept:
            shutil.rmtree(path, ignore_errors=True)
    sweep(folder)


def _fill(aside: Path, whole: _Given, old: Snapshot | None) -> None:
    aside.mkdir()
    lines = {**whole.lines, "written": list_written(whole.said.values())}
    sheaves = {
        name: write_sheaf(aside / name, parts_of(lines[name]), old.sheaf(name) if old else None)
        for name in SHEAVES
    }
    write_file(aside / RECORD, whole.record)
    manifest = replace(whole.manifest, **told_of_sheaves(sheaves))
    index = aside / "index"
    patched = _patched(index, sheaves, old) if old else None
    if patched is None:
        shutil.rmtree(index, ignore_errors=True)
        indexed = _load(index, whole.said.values())
        patched = told_of_index(index, indexed)
    write_file(aside / "manifest.json", replace(manifest, **patched).to_bytes())
    sync_tree(aside)  # the engine's own files, too


def told_of_sheaves(sheaves: Mapping[str, Sheaf]) -> dict[str, Any]:
    """Return what a manifest says of sheaves, the parts of which are listed beside them from now on."""
    return {
        "sheaves": {name: WholeSheaf.of(sheaf.parts) for name, sheaf in sheaves.items()},
        "lists": {name: write_list(sheaf) for name, sheaf in sheaves.items()},
    }


def told_of_index(index: Path, indexed: int) -> dict[str, Any]:
    """Return what a manifest says of an index that was made anew, of so many quads."""
    files = note_files(index)
    return {"indexed": indexed, "index": files, "anew": Anew(indexed, size_of(files))}


def _load(index: Path, quads: Iterable[bytes]) -> int:
    """Make an index of N-Quads; return how many it holds. It is written until this returns."""
    store = ox.Store(index)
    for data in quads:
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return len(store)


def size_of(files: Mapping[str, IndexFile]) -> int:
    """Return how many bytes the files of an index have."""
    return sum(file.size for file in files.values())


def _patched(index: Path, sheaves: Mapping[str, Sheaf], old: Snapshot) -> dict[str, Any] | None:
    """Make the index from that of the snapshot before, where little has changed since.

    Returns what the manifest says of it, or None where it cannot be so, whatever is at `index` then.
    """
    if old.manifest.engine != ox.__version__:
        return None
    try:
        return _patch(index, sheaves, old)
    except (OSError, RuntimeError, ValueError):
        return None  # such as a full disk, which is met again when all is made anew


def _patch(index: Path, sheaves: Mapping[str, Sheaf], old: Snapshot) -> dict[str, Any] | None:
    exact = old.manifest.asserted + old.manifest.derived
    changes = []
    for name in ("asserted", "derived"):
        change = change_between(old.sheaf(name), sheaves[name], exact // LITTLE)
        if change is None:
            return None
        changes.append((change, sheaves[name]))
    old.index.store.backup(index)  # hard links, which nothing writes to
    store = ox.Store(index)
    for change, now in changes:
        patch_index(store, change, now, shared=old.manifest.indexed != exact)
    store.flush()
    indexed = old.manifest.indexed + growth(old.index.store, store, changes)
    if len(store) != indexed:
        return None
    if compact := grown_beyond(index, indexed, old.manifest.anew):
        store.optimize()
        store.flush()
    del store
    files = note_files(index, old.linked)
    anew = Anew(indexed, size_of(files)) if compact else old.manifest.anew
    return {"indexed": indexed, "index": files, "anew": anew}


def grown_beyond(index: Path, indexed: int, anew: Anew) -> bool:
    """Tell whether an index that was patched again and again takes much more room than one made anew."""
    size = 0
    for path in list_files(index):
        # The engine removes what it needs no more meanwhile.
        with contextlib.suppress(FileNotFoundError):
            size += path.stat().st_size
    return size > _ROOM + 1.25 * anew.size * indexed / max(1, anew.indexed)
