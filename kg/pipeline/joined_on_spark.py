"""Who is joined to whom, where that is too much for one machine: the connected components of a graph on Spark.

The algorithm of Kiveris et al., Connected Components in MapReduce and Beyond (SoCC 2014, alternating large and small stars):
in each round every node tells those it knows of the least of them, until nothing changes. The rounds grow with the
logarithm of the nodes.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

from kg.sources import on_disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import RDD

Edge = tuple[int, int]


def heads_of(edges: RDD[Edge], parts: int) -> RDD[Edge]:
    """Return each node that is joined to a lesser one, with the least one of all that it is joined to.

    Args:
        edges: pairs of nodes, which are numbers; a pair may be of one node.
        parts: into how many pieces they are parted.
    """
    # Kept as it came about: a worker that goes costs time, and nothing else.
    now, before = on_disk(edges.distinct(parts)), None
    while (told := _told(now)) != before:
        large = now.flatMap(_both_ways).groupByKey(parts).flatMap(_large_star)
        small = large.groupByKey(parts).flatMap(_small_star).distinct(parts)
        now, before = on_disk(small), told
    return now


def _told(edges: RDD[Edge]) -> tuple[int, int]:
    """Return what tells one set of edges from another."""
    told = edges.mapPartitions(_told_of).collect()
    return sum(count for count, _ in told), reduce(xor, (mark for _, mark in told), 0)


def _told_of(edges: Iterable[Edge]) -> Iterator[tuple[int, int]]:
    hashes = [hash(edge) for edge in edges]  # of numbers, so that they are the same everywhere
    yield len(hashes), reduce(xor, hashes, 0)


def _both_ways(edge: Edge) -> tuple[Edge, ...]:
    one, other = edge
    return (edge, (other, one)) if one != other else ()


def _large_star(known: tuple[int, Iterable[int]]) -> Iterator[Edge]:
    """Join all that are greater than a node, and known to it, to the least that it knows."""
    node, others = known[0], set(known[1])
    least = min(node, *others)
    return ((other, least) for other in others if other > node)


def _small_star(known: tuple[int, Iterable[int]]) -> Iterator[Edge]:
    """Join a node, and all that it knows, which are lesser, to the least of these."""
    node, others = known[0], set(known[1])
    least = min(others)
    return ((other, least) for other in {node, *others} if other != least)
