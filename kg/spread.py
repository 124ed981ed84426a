"""Reading many files here, in processes, or on a cluster: the same sources in the same order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from kg import sources
from kg.sources import File, Source

Reader: TypeAlias = Callable[[Sequence[File]], list[Source]]
"""Reads files, and raises the error of the first one that cannot be read."""


def here(files: Sequence[File]) -> list[Source]:
    """Read `files` one after the other."""
    return [sources.read(file) for file in files]
