"""Lines that lie on a cluster put in order, in parts that follow each other and are about even."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.base import nquads
from kg.pipeline.homes import letters_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import RDD

    from kg.pipeline.homes import Letter

_SAMPLED: Final = 50
"""How many lines of each part are looked at, about, to part all of them evenly: they are here together."""

_TOGETHER: Final = 5000
"""How many lines travel together."""


def in_order_on(pieces: RDD[list[bytes]], parts: int, count: int) -> RDD[bytes]:
    """Return all lines in order, each once and some thousand together.

    Args:
        pieces: lines in no order.
        parts: in how many parts they come.
        count: how many they are, about.
    """
    every = max(1, count // (parts * _SAMPLED))
    samples = sorted(pieces.flatMap(partial(_sampled, every)).collect())
    bounds = [samples[len(samples) * n // parts] for n in range(1, parts)] if samples else []
    letters = pieces.flatMap(partial(_to_parts, bounds)).partitionBy(len(bounds) + 1)
    return letters.mapPartitions(_in_order)


def _sampled(every: int, lines: list[bytes]) -> list[bytes]:
    return lines[::every]


def _to_parts(bounds: list[bytes], lines: list[bytes]) -> Iterator[Letter]:
    return letters_to(partial(bisect_right, bounds), lines)


def _in_order(letters: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    lines = sorted({line for _, some in letters for line in nquads.split(some)})
    return (b"".join(lines[at : at + _TOGETHER]) for at in range(0, len(lines), _TOGETHER))
