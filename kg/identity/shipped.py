"""The companies that are known without more: those of the shipped articles, which people have looked at one by one."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from kg.base import data_folder, nquads
from kg.sources import find_files, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.sources import File


def things_files() -> list[File]:
    """Return the files that describe the things of the shipped articles."""
    return find_files([data_folder() / "things"])


def known_lines(own: Iterable[bytes] = ()) -> Iterator[bytes]:
    """Yield what describes known companies as N-Quads in order: the shipped things, and those of one's own.

    Args:
        own: N-Quads in order, such as those of a store or of sources that the user has.

    >>> any(b"/id/xiaomi>" in line for line in known_lines())
    True
    """
    shipped = nquads.union(read_source(file).quads for file in things_files())
    return heapq.merge(nquads.split(shipped), own)
