"""Collections as Spark has them, in this process: what is done with them there, at once and without a cluster."""

# ruff: noqa: ARG002, FBT002, N802, N803, N815, TC003 - the names are those of Spark

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import chain
from types import SimpleNamespace
from typing import Any


class Rdd:
    """Values in parts."""

    def __init__(self, parts: Iterable[Iterable[Any]]) -> None:
        self.parts = [list(part) for part in parts]

    def mapPartitionsWithIndex(
        self,
        f: Callable[[int, Iterator[Any]], Iterable[Any]],
        preservesPartitioning: bool = False,
    ) -> Rdd:
        return Rdd(f(number, iter(part)) for number, part in enumerate(self.parts))

    def mapPartitions(self, f: Callable[[Iterator[Any]], Iterable[Any]]) -> Rdd:
        return Rdd(f(iter(part)) for part in self.parts)

    def map(self, f: Callable[[Any], Any]) -> Rdd:
        return Rdd(map(f, part) for part in self.parts)

    def flatMap(self, f: Callable[[Any], Iterable[Any]]) -> Rdd:
        return Rdd(chain.from_iterable(map(f, part)) for part in self.parts)

    def filter(self, f: Callable[[Any], bool]) -> Rdd:
        return Rdd(filter(f, part) for part in self.parts)

    def mapValues(self, f: Callable[[Any], Any]) -> Rdd:
        return self.map(lambda pair: (pair[0], f(pair[1])))

    def union(self, other: Rdd) -> Rdd:
        return Rdd([*self.parts, *other.parts])

    def distinct(self, parts: int) -> Rdd:
        values = {*self.collect()}
        return Rdd([[one for one in values if hash(one) % parts == n] for n in range(parts)])

    def partitionBy(self, parts: int) -> Rdd:
        pairs = self.collect()
        return Rdd([[pair for pair in pairs if pair[0] % parts == n] for n in range(parts)])

    def groupByKey(self, parts: int) -> Rdd:
        def grouped(pairs: Iterable[Any]) -> Iterable[Any]:
            values = defaultdict(list)
            for key, value in pairs:
                values[key].append(value)
            return values.items()

        return self.partitionBy(parts).mapPartitions(grouped)

    def cogroup(self, other: Rdd, parts: int) -> Rdd:
        both = self.mapValues(lambda one: (0, one)).union(other.mapValues(lambda one: (1, one)))
        return both.groupByKey(parts).mapValues(
            lambda some: tuple([one for side, one in some if side == n] for n in (0, 1))
        )

    def persist(self, _: object) -> Rdd:
        return self

    def collect(self) -> list[Any]:
        return [*chain.from_iterable(self.parts)]

    def toLocalIterator(self) -> Iterator[Any]:
        return iter(self.collect())


class Here:
    """A cluster that is this process."""

    defaultParallelism = 3

    def parallelize(self, values: Iterable[Any], parts: int) -> Rdd:
        values = list(values)
        return Rdd(values[n::parts] for n in range(parts))

    def emptyRDD(self) -> Rdd:
        return Rdd([])

    def broadcast(self, value: object) -> SimpleNamespace:
        return SimpleNamespace(value=value)

    def union(self, rdds: list[Rdd]) -> Rdd:
        return reduce(Rdd.union, rdds)
