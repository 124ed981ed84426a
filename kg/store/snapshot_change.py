"""A snapshot of what has changed since the one before: only what that touches is read, hashed and written.

An index is copied by hard links and patched before anything is derived, since what is derived is asked of it. Say
`asserted` is what the changed files say otherwise than before:

    before = open_current(place)
    with changing(before, asserted) as change:
        report = examine_change(before.report, change.old, asserted, before.lines_of)
        derived = derive_increment(change.old, change.new, asserted, load_rules()).change
        judged = judge_change(change.old, change.new, nquads.following(asserted, derived)).change
        made = change.make(nquads.following(derived, judged), Record(fingerprints, software, report))
        with change.prepared() as commit:
            commit()

`change.new` has the asserted quads as they are now and the derived ones as they were, until those that derive have
changed them in it, under `change.asked()`, which tells damage from what else the engine fails at. What is made is the
same, to the byte, as from the whole: see `kg.store.commit`. It lies aside, in a folder of the store, where it can be
asked, and is gone after all unless it is committed.

Of what is taken over without being read names, sizes and times are compared, and of the index the ends of files, as on
opening. A StoreError says that it cannot be changed: make all anew then, which compares all.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.base import (
    DERIVED,
    Change,
    PartedLines,
    held_folder,
    nquads,
    sync_files,
    sync_folders,
    write_file,
)
from kg.query import change_written
from kg.store.commit import LITTLE, Claimed, file_of, grown_beyond, size_of, told, told_of_sheaves
from kg.store.comparison import is_untouched, untouched_snapshot
from kg.store.index_files import note_files
from kg.store.index_patching import drop_empty, growth, patch_index
from kg.store.manifest import (
    RECORD,
    SHEAVES,
    Anew,
    damaged,
    find_fault,
    unreadable,
)
from kg.store.sheaf import PartError
from kg.store.sheaf_lists import list_name
from kg.store.sheaf_writing import change_sheaf, link_sheaf
from kg.store.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.sources import Record
    from kg.store.index_files import IndexFile
    from kg.store.snapshot import Snapshot


def is_little(before: Snapshot, change: Change) -> bool:
    """Tell whether a change is so small that a snapshot is rather changed than made of the whole."""
    held = before.manifest.asserted + before.manifest.derived
    lines = sum(data.count(b"\n") for data in change)
    return before.manifest.engine == ox.__version__ and lines * LITTLE < held


@contextlib.contextmanager
def changing(before: Snapshot, asserted: Change) -> Iterator[Changing]:
    """Lend the index of a snapshot, and a copy of it in which what was asserted has changed.

    Nobody is kept from writing to the store meanwhile.

    Raises:
        StoreError: the store cannot be written, or is damaged; the change may not be of what it holds.
    """
    folder = before.folder.parent
    with contextlib.ExitStack() as held:
        with told(folder), _of(before):
            aside = held.enter_context(held_folder(folder))
            change = Changing(before, asserted, aside)
        try:
            yield change
        finally:
            del change.new  # which writes to the folder that goes


class Changing:
    """What is to become of a snapshot: the index that it has, `old`, and that which it will have, `new`."""

    def __init__(self, before: Snapshot, asserted: Change, aside: Path) -> None:
        """Take over all of a snapshot by links; see `changing`."""
        self._before, self._aside = before, aside
        self._snapshot = aside / "snapshot"
        self._snapshot.mkdir()
        if not is_untouched(before):
            raise find_fault(before.folder, before.manifest) or damaged(
                before.folder, "was touched"
            )
        # All of it now: two builds later the snapshot may be gone.
        self._sheaves = {
            name: link_sheaf(before.sheaf(name), self._snapshot / name) for name in SHEAVES
        }
        self._linked = before.linked
        self._written: list[Path] = []
        self._asserted = asserted
        self._change("asserted", asserted)
        self.old = before.index.store
        self.old.backup(str(aside / "index"))
        self.new = ox.Store(str(aside / "index"))
        exact = before.manifest.asserted + before.manifest.derived
        shared = before.manifest.indexed != exact
        patch_index(self.new, asserted, self._sheaves["asserted"], shared=shared)

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """Tell of the store where the engine fails while `old` and `new` are asked, and `new` is written to."""
        with told(self._before.folder.parent), self._before.asked():
            yield

    def make(self, derived: Change, record: Record) -> Snapshot:
        """Make the snapshot, given how what is derived has changed, as it has in `new`; it lies aside.

        Raises:
            StoreError: the store cannot be written, or is damaged, or `new` holds something else.
        """
        with told(self._before.folder.parent), _of(self._before):
            self._make(derived, record)
        # What is touched from now on is told by its time, whoever has taken it over.
        made = open_snapshot(self._snapshot)
        self._name = made.manifest.name
        return made

    def _make(self, derived: Change, record: Record) -> None:
        before = self._before.manifest
        both = nquads.following(self._asserted, derived)
        written = self._sheaves["written"]
        table = PartedLines(written.firsts, written.size, written.held)
        self._change("derived", derived)
        self._change("written", change_written(both, table, self.old))
        self._change("sources", record.change_from(self._before.record))
        changes = [
            (change, self._sheaves[name])
            for name, change in (("asserted", self._asserted), ("derived", derived))
        ]
        if derived.gone:
            drop_empty(self.new, [ox.NamedNode(DERIVED)])
        indexed = before.indexed + growth(self.old, self.new, changes)
        index, held, anew = self._index(indexed)
        head = record.head
        manifest = replace(
            before,
            **told_of_sheaves(self._sheaves),
            record=file_of(head),
            indexed=indexed,
            index=held,
            anew=anew,
        )
        files = {RECORD: head, "manifest.json": manifest.to_bytes()}
        for name, data in files.items():
            write_file(self._snapshot / name, data)
        known = self._before.manifest.index
        new = [index / name for name, file in held.items() if known.get(name) != file]
        # What is linked has been flushed already, but for its name.
        names = (*files, *map(list_name, self._sheaves))
        sync_files([*self._written, *new, *(self._snapshot / name for name in names)])
        sync_folders(self._snapshot)

    @contextlib.contextmanager
    def prepared(self) -> Iterator[Callable[[], Path]]:
        """Lend what commits the snapshot that `make` has made, and returns its folder; nobody else writes meanwhile.

        Raises:
            StoreError: the store cannot be written, or another build is writing it.
        """
        folder = self._before.folder.parent
        final = folder / self._name
        with contextlib.ExitStack() as held:
            with told(folder):
                store = Claimed(folder, held)
                there = untouched_snapshot(final)
                commit = store.prepare(final, None if there else self._aside)

            def told_commit() -> Path:
                with told(folder):
                    return commit()

            yield told_commit

    def _change(self, name: str, change: Change) -> None:
        self._sheaves[name], written = change_sheaf(self._sheaves[name], change)
        self._written += written

    def _index(self, indexed: int) -> tuple[Path, dict[str, IndexFile], Anew]:
        """Put the index where it belongs; return its folder, its files, and when it was last made anew."""
        index, anew = self._snapshot / "index", self._before.manifest.anew
        # A copy again: nobody writes to that, while what is lent is open until the end.
        self.new.flush()
        self.new.backup(str(index))
        if grown_beyond(index, indexed, anew):
            shutil.rmtree(index)
            self.new.optimize()
            self.new.flush()
            self.new.backup(str(index))
            files = note_files(index, self._linked)
            return index, files, Anew(indexed, size_of(files))
        return index, note_files(index, self._linked), anew


@contextlib.contextmanager
def _of(before: Snapshot) -> Iterator[None]:
    """Have it told of a store where what is taken over from it is damaged, or is not what the change is of."""
    try:
        yield
    except PartError as error:
        raise unreadable(before.folder, error) from None
    except OSError as error:
        if before.folder in Path(str(error.filename or "")).parents:
            raise unreadable(before.folder, error) from None
        # The engine names no file: it may have read a damaged one, or the disk may be full.
        if error.errno is None and (fault := find_fault(before.folder, before.manifest)):
            raise fault from None
        raise
    except (ValueError, RuntimeError) as error:
        raise damaged(before.folder, f"is not what has changed: {error}") from None
