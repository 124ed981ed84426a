"""A graph goes into a folder as a new snapshot; see `kg.store.snapshot`.

It is written aside, compared with its manifest, renamed into place, and only then named by
`current`, so a reader sees a whole snapshot or the one before it.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import shutil
import tempfile
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CURRENT, LOCK, StoreError, nquads, replace_file, write_file
from kg.query import list_written
from kg.store.snapshot import (
    FILES,
    FORMAT,
    OURS,
    Manifest,
    current_snapshot,
    index_digests,
    sound_snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from kg.sources import Record
    from kg.store.snapshot import Snapshot

_LITTLE: Final = 20
"""Where less than one in so many quads has changed, the index is patched and not made anew."""


def write_snapshot(
    folder: Path, asserted: bytes, derived: bytes, record: Record, known: Snapshot | None = None
) -> Path:
    """Make the store in `folder` hold a graph, as a new snapshot; return the folder of that.

    The older ones are swept. The same content is the same snapshot, so writing it again changes
    nothing. If `known` is a snapshot there still, and untouched since it was read, it is not read again.

    Raises:
        StoreError: the folder cannot be written, or another build is writing it.
    """
    contents = (asserted, derived, record.to_bytes())
    manifest = _claimed(contents)
    identity = json.dumps([manifest.digests, manifest.engine])
    final = folder / sha256(identity.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Sweeping removes what is in it, so it has to be ours: whoever made it left a lock.
        if not (folder / LOCK).exists() and any(folder.iterdir()):
            raise StoreError(f"{folder}: holds other things; name a folder for the store alone")
        with _locked(folder):
            before = current_snapshot(folder)
            if not sound_snapshot(final, known):
                old = sound_snapshot(before, known) if before else None
                _make(final, contents, manifest, old)
            replace_file(folder / CURRENT, (final.name + "\n").encode())
            # Whoever opened the snapshot before this one may still be reading it.
            _sweep(folder, {final, before})
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return final


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


def _make(final: Path, contents: Sequence[bytes], manifest: Manifest, old: Snapshot | None) -> None:
    """Make a snapshot beside the others, and rename it into its place."""
    with tempfile.TemporaryDirectory(dir=final.parent, prefix="new-") as aside:
        _fill(Path(aside) / "snapshot", contents, manifest, old)
        if final.exists():  # and is not sound
            final.rename(Path(aside) / "damaged")
        (Path(aside) / "snapshot").rename(final)


def _sweep(folder: Path, kept: Container[Path | None]) -> None:
    for path in folder.iterdir():
        if OURS.fullmatch(path.name) and path not in kept:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f".{CURRENT}-"):  # of a build killed while it wrote the name
            path.unlink(missing_ok=True)


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
    manifest = replace(manifest, index=index_digests(index, linked))
    write_file(aside / "manifest.json", json.dumps(asdict(manifest), indent=1).encode())


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
) -> Mapping[int, str] | None:
    """Make the index from that of the snapshot before, where little has changed since.

    Returns the digests of the files that both share, by inode, or None where it cannot be so,
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


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{folder}: another build is writing it; wait for its end") from None
        yield
