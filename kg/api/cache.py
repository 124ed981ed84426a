"""The graph of the shipped data, kept between runs of the command.

Reading and deriving the shipped data takes longer than answering a question. So the command keeps
the result as a store in the user's cache, one for each place where `kg` is installed, and takes from
it whatever has not changed since, as a build does: by what the disk tells of files, else by what they hold
(`kg.api.shipped_seen`). Nothing is lost with the cache.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path
from typing import Final

from kg.api.shipped_seen import has_seen, keep_shipped, look_at_what_ships
from kg.base import CURRENT, LOCK, SHIPPED_LICENCE, StoreError, data_folder, locked
from kg.graph import Graph, open_earlier, open_graph

KEPT: Final = 4
"""How many stores stay: those of the last installations."""


def shipped_graph() -> Graph:
    """Return the graph of the shipped data, from the cache if it is there and sound.

    Where the cache cannot be written, the graph is built every time.
    """
    told = look_at_what_ships()
    try:
        before = open_graph(kept_folder())
        held = before.content.snapshot
        if held and has_seen(held.folder, told):
            held.hold_index()  # what is damaged is made anew at once
            return Graph(held, licence=SHIPPED_LICENCE)
        graph = _build(before)
        # The very same index says that nothing has changed, so that there is nothing to keep.
        if graph.index is before.index:
            if held:
                keep_shipped(held.folder, told)
            return graph
    except StoreError:
        graph = _build(None)
    if made := keep(graph):
        keep_shipped(made, told)
    return graph


def _build(before: Graph | None) -> Graph:
    from kg.api.building import build  # nearly always nothing has changed

    return build(check=False, before=before)


def kept() -> Graph | None:
    """Return what the cache holds, for a build of the shipped data to start from."""
    return open_earlier(kept_folder())


def keep(graph: Graph) -> Path | None:
    """Keep `graph`, which is that of the shipped data, for the next run; return the snapshot, or None where there is none."""
    folder, made = kept_folder(), None
    try:
        made = Path(graph.save(folder))
        os.utime(folder)  # what is used stays, also where nothing of it had to be written
        _sweep(folder.parent)
    except (StoreError, OSError):
        pass  # a read-only or full disk, or another run that sweeps, costs time, not the answer
    return made


def kept_folder() -> Path:
    """Return the folder of the store in which the graph of the shipped data is kept."""
    base = os.environ.get("XDG_CACHE_HOME")
    # Two checkouts have different data: each has a store of its own.
    place = zlib.crc32(str(data_folder()).encode("utf-8", "surrogateescape"))
    return (Path(base) if base else Path.home() / ".cache") / "kg" / f"{place:08x}"


def cache_folder() -> Path:
    """Return the folder of the stores that are kept."""
    return kept_folder().parent


def forget_store(store: Path | str) -> bool:
    """Have a store of the cache made anew when it is next needed; tell whether it is one, and will be."""
    if Path(store).parent != cache_folder():
        return False
    try:
        (Path(store) / CURRENT).unlink(missing_ok=True)
    except OSError:
        return False  # a read-only cache, say
    return True


def _sweep(folder: Path) -> None:
    import shutil  # for what is kept anew alone

    # Checkouts come and go, and their stores with them; those written last stay.
    stores = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in stores[KEPT:]:
        # Not while another run writes it.
        with contextlib.suppress(OSError), locked(old / LOCK):
            shutil.rmtree(old, ignore_errors=True)
