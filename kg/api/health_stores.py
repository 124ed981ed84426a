"""How stores are: the cache, a store in a folder, compared to the byte, or one at an endpoint."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api import cache
from kg.api.health import Health
from kg.api.health_disks import folder_size, mebibytes
from kg.base import LOCK, DamageError, KgError, counted, is_locked, left_aside
from kg.store import RemoteGraph, is_url, open_store, store_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Snapshot


def examine_cache() -> Iterator[Health]:
    """Yield how the stores are that commands keep between runs, each of which is made anew if it is lost."""
    folder = cache.cache_folder()
    try:
        stores = sorted(path for path in folder.iterdir() if path.is_dir())
    except FileNotFoundError:
        yield Health("cache", "ok", f"nothing in {folder} yet")
        return
    except OSError as error:
        yield Health("cache", "wrong", f"{folder}: cannot be read: {error.strerror}", _ELSEWHERE)
        return
    size = mebibytes(sum(map(folder_size, stores)))
    kept = counted(len(stores), "store")
    if not os.access(folder, os.W_OK):
        says = f"{folder}: cannot be written, so that every command makes the graph anew"
        yield Health("cache", "wrong", says, _ELSEWHERE)
    yield Health("cache", "ok", f"{kept} of {cache.KEPT} at most, {size}, in {folder}")
    for store in stores:
        yield from _kept(store)


_ELSEWHERE = "set XDG_CACHE_HOME to a folder that you may read and write"


def _kept(store: Path) -> Iterator[Health]:
    fault = store_fault(store)
    if isinstance(fault, DamageError):
        yield Health("cache", "wrong", f"{store}: is damaged: {fault.what}", f"rm -r {store}")
    elif fault:
        # Of another version, say: whoever comes to need it makes it anew.
        yield Health("cache", "note", f"{fault}; that is done when it is needed")


def examine_store(place: Path | str) -> Iterator[Health]:
    """Yield how a store is that a user names."""
    try:
        opened = open_store(place)
        if isinstance(opened, RemoteGraph):
            yield _endpoint(str(place), opened)
        else:
            yield from _snapshot(Path(place), opened)
    except DamageError as error:
        yield _damaged(error)
    except KgError as error:
        yield Health.wrong("store", str(error))
    if not is_url(place):
        yield from _left(Path(place))


def _damaged(error: DamageError) -> Health:
    says = f"{error.store}: is damaged: {error.what}"
    return Health("store", "wrong", says, _again(error.store))


def _again(place: object) -> str:
    return f"run again the kg build that made it, with --store {place}"


def _snapshot(folder: Path, opened: Snapshot) -> Iterator[Health]:
    manifest = opened.manifest
    fault = store_fault(folder)
    if isinstance(fault, DamageError):
        yield _damaged(fault)
        return
    if fault:
        yield Health.wrong("store", str(fault))
        return
    # Only now: the engine is not to see what is damaged.
    held = len(opened.index)
    if held != manifest.indexed:
        says = f"{folder}: the engine finds {held:,} of {counted(manifest.indexed, 'quad')}"
        yield Health("store", "wrong", says, _again(folder))
        return
    built = datetime.fromtimestamp((opened.folder / "manifest.json").stat().st_mtime, UTC)
    yield Health(
        "store",
        "ok",
        f"{folder}: {counted(manifest.asserted + manifest.derived, 'quad')} of"
        f" {counted(len(opened.record.sources), 'file')}, {mebibytes(folder_size(opened.folder))},"
        f" built on {built:%Y-%m-%d} by Oxigraph {manifest.engine}; every file is as it was written",
    )
    if opened.record.software != _software():
        says = f"{folder}: was built by another version of kg; the next build makes all anew"
        yield Health("store", "note", says)


def _software() -> str:
    from kg.sources import software_fingerprint  # which is slow to find

    return software_fingerprint()


def _left(folder: Path) -> Iterator[Health]:
    """Yield what builds that were killed have left in a store, unless one is at it."""
    if is_locked(folder / LOCK):
        yield Health("store", "note", f"{folder}: a build is writing it")
        return
    left = left_aside(folder)
    if left:
        size = mebibytes(sum(map(folder_size, left)))
        says = f"{folder}: {counted(len(left), 'thing')} of killed builds, {size};"
        yield Health("store", "note", f"{says} the next build of it removes them")


def _endpoint(url: str, remote: RemoteGraph) -> Health:
    """Return how a store at an endpoint is: whether all graphs of the build are there."""
    again = _again(url)
    if remote.unfinished:
        return Health("store", "wrong", f"{url}: a build is not finished", again)
    counts = Counter(remote.counts())
    empty = sorted(g for g, entry in remote.entries.items() if entry.triples and not counts[g])
    if empty:
        says = (
            f"{url}: {counted(len(empty), 'graph')} of the build not there, the first <{empty[0]}>"
        )
        return Health("store", "wrong", says, again)
    # Of literals of one value some products keep one.
    held = sum(counts[graph] for graph in remote.entries)
    graphs = counted(len(remote.entries), "graph")
    says = f"{url}: {held:,} of {counted(len(remote), 'triple')} in {graphs}; the build is finished"
    return Health("store", "ok", says)
