"""The graph of the shipped data, kept between runs of the command.

Reading and deriving the shipped data takes longer than answering a question. So the command keeps
the result as a store in the user's cache, under the digest of every byte that it depends on: a
changed file is another store, and a stale answer cannot be. Nothing is lost with the cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg import home, store
from kg.errors import StoreError
from kg.graph import Graph, build, open_

KEPT: Final = 4
"""How many stores stay: those of the last installations and states of the data."""


def shipped() -> Graph:
    """Return the graph of the shipped data, from the cache if it is there and sound.

    Where the cache cannot be written, the graph is built every time.
    """
    folder = _folder()
    try:
        graph = open_(folder)
        _ = graph.index
    except StoreError:
        graph = build(check=False)
        _keep(graph, folder)
    return graph


def keep(graph: Graph) -> None:
    """Keep `graph`, which is that of the shipped data, for the next run."""
    _keep(graph, _folder())


def _keep(graph: Graph, folder: Path) -> None:
    try:
        graph.save(folder)
        _sweep(folder.parent)
    except StoreError:
        pass  # a read-only or full disk costs time, not the answer


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "kg" / _key()


def _key() -> str:
    """Return the digest of the shipped files, of the engine and of the layout of a store."""
    digest = hashlib.sha256(f"{ox.__version__} {store.FORMAT}".encode())
    for root in (home.ontology(), home.data()):
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            data = path.read_bytes()
            digest.update(f"\0{path.relative_to(root)}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()[:16]


def _sweep(folder: Path) -> None:
    stores = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in stores[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
