"""A graph goes into a folder as a new snapshot; see `kg.store.snapshot`.

It is written aside, flushed, renamed into place, and only then named by `current`, so a reader sees a
whole snapshot or the one before it.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import replace
from hashlib import sha256
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

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
    nquads,
    sweep,
    sync_folder,
    sync_tree,
    write_file,
    written_aside,
)
from kg.query import list_written
from kg.store.index_files import note_files
from kg.store.manifest import FILES, FORMAT, OURS, Manifest, current_snapshot
from kg.store.snapshot import sound_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.sources import Record
    from kg.store.index_files import IndexFile
    from kg.store.snapshot import Snapshot

_LITTLE: Final = 20
"""Where less than one in so many quads has changed, the index is patched and not made anew."""


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
    contents = (asserted, derived, record.to_bytes())
    with contextlib.ExitStack() as held:
        with _told(folder):
            commit = _prepare(folder, contents, known, held)

        def told_commit() -> Path:
            with _told(folder):
                return commit()

        yield told_commit


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except BlockingIOError:
        raise StoreError(busy(folder)) from None
    except OSError as error:
        # The engine tells what it was about, and at the end of that what the system said.
        reason = error.strerror or str(error).rpartition(": ")[2]
        raise StoreError(f"{folder}: cannot be written: {reason}") from None


def _prepare(
    folder: Path, contents: Sequence[bytes], known: Snapshot | None, held: contextlib.ExitStack
) -> Callable[[], Path]:
    manifest = _claimed(contents)
    identity = json.dumps([manifest.digests, manifest.engine])
    final = folder / sha256(identity.encode()).hexdigest()[:16]
    held.enter_context(made_folder(folder))
    # Sweeping removes what is in it, so it has to be ours: whoever made it left a lock.
    others = (path for path in folder.iterdir() if not lies_aside(path.name))
    if not (folder / LOCK).exists() and any(others):
        raise StoreError(f"{folder}: holds other things; name a folder for the store alone")
    stay = held.enter_context(locked(folder / LOCK))
    before = current_snapshot(folder)
    made = None
    if not sound_snapshot(final, known):
        old = sound_snapshot(before, known) if before else None
        made = held.enter_context(held_folder(folder))
        _fill(made / "snapshot", contents, manifest, old)
    name = {folder / CURRENT: (final.name + "\n").encode()}
    put = held.enter_context(written_aside(name if before != final else {}))

    def commit() -> Path:
        stay()
        if made:
            if final.exists():  # and is not sound
                final.rename(made / "damaged")
            (made / "snapshot").rename(final)
        sync_folder(
            folder
        )  # before there is a name for it; and where a killed build came no further
        put()
        # Whoever opened the snapshot before this one may still be reading it.
        _sweep(folder, {final, before})
        return final

    return commit


def _claimed(contents: Sequence[bytes]) -> Manifest:
    """Return what a manifest says of the files that a build gives, before there is an index.

    What follows from them, and from the engine, is made only where a snapshot is.
    """
    asserted, derived = (data.count(b"\n") for data in contents[:2])
    manifest = Manifest(FORMAT, ox.__version__, asserted, derived, (), (), asserted + derived, {})
    return _with_files(manifest, contents)


def _with_files(manifest: Manifest, contents: Sequence[bytes]) -> Manifest:
    """Return what a manifest says with the sizes and digests of all files, the first of which it has."""
    known = len(manifest.digests)
    digests = (sha256(data).hexdigest() for data in contents[known:])
    return replace(manifest, sizes=tuple(map(len, contents)), digests=(*manifest.digests, *digests))


def _sweep(folder: Path, kept: Container[Path | None]) -> None:
    for path in folder.iterdir():
        if OURS.fullmatch(path.name) and path not in kept:
            shutil.rmtree(path, ignore_errors=True)
    sweep(folder)


def _fill(aside: Path, contents: Sequence[bytes], manifest: Manifest, old: Snapshot | None) -> None:
    aside.mkdir()
    contents = (*contents, list_written(*contents[:2]))
    manifest = _with_files(manifest, contents)
    for name, data in zip(FILES, contents, strict=True):
        write_file(aside / name, data)
    index = aside / "index"
    linked = _patched(index, contents, manifest, old) if old else None
    if linked is None:
        shutil.rmtree(index, ignore_errors=True)
        manifest = replace(manifest, indexed=_load(index, contents[:2]))
    manifest = replace(manifest, index=note_files(index, linked))
    write_file(aside / "manifest.json", manifest.to_bytes())
    sync_tree(aside)  # the engine's own files, too


def _load(index: Path, parts: Sequence[bytes]) -> int:
    """Make an index of N-Quads; return how many it holds. It is written until this returns."""
    store = ox.Store(index)
    for data in parts:
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()
    return len(store)


def _patched(
    index: Path, contents: Sequence[bytes], manifest: Manifest, old: Snapshot
) -> Mapping[int, IndexFile] | None:
    """Make the index from that of the snapshot before, where little has changed since.

    Returns the files that both share, by inode, or None where it cannot be so,
    whatever is at `index` then.
    """
    try:
        changes = _changes(contents, old)
        if changes is None:
            return None
        old.index.store.backup(index)  # hard links, which nothing writes to
        store = ox.Store(index)
        _patch(store, *changes)
        return old.linked if len(store) == manifest.indexed else None
    except (OSError, RuntimeError, ValueError):
        return None  # such as a full disk, which is met again when all is made anew


def _changes(contents: Sequence[bytes], old: Snapshot) -> tuple[bytes, bytes] | None:
    """Return the N-Quads that have gone and that have come, or None where they are many."""
    exact = old.manifest.asserted + old.manifest.derived
    # Two literals of one value are one in the index, so that taking one away takes both.
    if old.manifest.engine != ox.__version__ or old.manifest.indexed != exact:
        return None
    befores = map(io.BytesIO, (old.asserted, old.derived))
    pairs = zip(befores, map(io.BytesIO, contents[:2]), strict=True)
    changes = chain.from_iterable(nquads.differing(*pair) for pair in pairs)
    few = list(islice(changes, exact // _LITTLE + 1))
    if len(few) > exact // _LITTLE:
        return None
    gone, fresh = (b"".join(line for line, side in few if side == which) for which in (0, 1))
    return gone, fresh


def _patch(store: ox.Store, gone: bytes, fresh: bytes) -> None:
    touched = set()
    for quad in ox.parse(gone, ox.RdfFormat.N_QUADS):
        store.remove(quad)
        touched.add(quad.graph_name)
    store.extend(ox.parse(fresh, ox.RdfFormat.N_QUADS))
    for graph in touched:  # the engine keeps one in which nothing is left
        if not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)
    store.flush()
