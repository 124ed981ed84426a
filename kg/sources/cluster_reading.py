"""Reading on a cluster of Apache Spark, to the same bytes as here.

The bytes of the files travel to its workers, some at a time, and what comes of them is made one there.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby, starmap
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.sources.cluster import connected, on_disk, refuse_no_cluster, refuse_other_software
from kg.sources.files import size_of, split
from kg.sources.fingerprint import software_fingerprint
from kg.sources.parallel import (
    has_graphs,
    head_of,
    is_read,
    join_heads,
    loaded,
    one_by_one,
    parsed,
)
from kg.sources.reader import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pyspark import RDD, Broadcast, SparkContext

    from kg.base import SourceError
    from kg.sources.files import File, Piece
    from kg.sources.parallel import Put, Reader
    from kg.sources.reader import Fingerprint

Loaded = tuple["Piece", "bytes | SourceError"]

_SENT: Final = 32 << 20
"""How many bytes of files travel together at most, about, and are read by one worker."""


class SourcesOnSpark(NamedTuple):
    """What became of files on a cluster.

    Attributes:
        pieces: what the files were cut in.
        outcomes: what each of these says, or what is wrong with it, in the same order.
    """

    pieces: Sequence[Piece]
    outcomes: RDD[Source | SourceError]

    def fingerprints(self) -> list[Fingerprint]:
        """Return the fingerprint of every file, or raise the first error; see `join_heads`."""
        return join_heads(self.pieces, self.outcomes.map(head_of).collect())

    def refuse_faulty(self) -> None:
        """Raise the first error, if there is any; of what is in order nothing comes here but that it is."""
        told = zip(self.pieces, self.outcomes.map(_has_graphs).collect(), strict=True)
        for _, group in groupby(told, key=lambda pair: pair[0].file):
            (first, _), *_ = each = list(group)
            if not is_read(first, [found for _, found in each]):
                self.fingerprints()

    def quads(self) -> RDD[bytes]:
        """Return what the files say, as pieces of N-Quads."""
        return self.outcomes.flatMap(_quads)

    def sharing(self) -> dict[str, Fingerprint]:
        """Return the fingerprints, by the names of their files, of those that introduce what another one does."""
        counted = self.outcomes.flatMap(_ids).reduceByKey(add).filter(_is_shared).keys()
        shared = frozenset(counted.collect())
        if not shared:
            return {}
        found = self.outcomes.zipWithIndex().flatMap(partial(_introducing, shared)).collect()
        return {self.pieces[number].file.name: fingerprint for number, fingerprint in found}


def read_on(cluster: SparkContext, files: Sequence[File]) -> SourcesOnSpark:
    """Have a cluster read files, which travel there, and are read when it is asked for what they say."""
    pieces = [piece for file in files for piece in split(file)]
    at_once = min(_SENT, sum(map(size_of, files)) // cluster.defaultParallelism)
    read = [
        cluster.parallelize([None], 1).flatMap(partial(_parsed, cluster.broadcast(sent)))
        for sent in _sent(pieces, at_once)
    ]
    outcomes = cluster.union(read) if read else cluster.emptyRDD()
    # Asked for more than once, and parsed once.
    return SourcesOnSpark(pieces, on_disk(outcomes))


def _sent(pieces: Sequence[Piece], at_once: int) -> Iterator[tuple[str, list[Loaded]]]:
    """Yield pieces as they travel: read here, as a worker need not see the same disk, and no more in memory than one such."""
    software = software_fingerprint()
    some: list[Loaded] = []
    size = 0
    for piece in pieces:
        data = loaded(piece)
        some.append((piece, data))
        size += len(data) if isinstance(data, bytes) else 0
        if size > at_once:
            yield software, some
            some, size = [], 0
    if some:
        yield software, some


def spark(master: str) -> Reader:
    """Return a reader that reads on the Spark cluster at `master`, such as `spark://host:7077`.

    The bytes of the files travel, so its workers need no disk in common with this machine, but this
    version of this package. Spark makes the union. A context that is active is used.

    Raises:
        UsageError: no cluster has such an address.
    """
    refuse_no_cluster(master)

    def read(files: Sequence[File], put: Put) -> list[Fingerprint]:
        if not files:
            return one_by_one(files, put)
        with connected(master) as cluster:
            read = read_on(cluster, files)
            fingerprints = read.fingerprints()
            # One part of them at a time is here; who puts them sorts them.
            for quads in read.quads().toLocalIterator(prefetchPartitions=True):
                put(quads)
        return fingerprints

    return read


# What runs elsewhere: plain functions of this module, found there by their names.


def _parsed(sent: Broadcast[tuple[str, list[Loaded]]], _: None) -> Iterator[Source | SourceError]:
    software, some = sent.value
    refuse_other_software(software)
    return starmap(parsed, some)


def _quads(outcome: Source | SourceError) -> list[bytes]:
    return [outcome.quads] if isinstance(outcome, Source) else []


def _has_graphs(outcome: Source | SourceError) -> bool | None:
    return has_graphs(head_of(outcome))


def _ids(outcome: Source | SourceError) -> list[tuple[str, int]]:
    return [(one, 1) for one in outcome.fingerprint.ids] if isinstance(outcome, Source) else []


def _is_shared(counted: tuple[str, int]) -> bool:
    return counted[1] > 1


def _introducing(
    ids: Collection[str], numbered: tuple[Source | SourceError, int]
) -> list[tuple[int, Fingerprint]]:
    outcome, number = numbered
    if isinstance(outcome, Source) and any(one in ids for one in outcome.fingerprint.ids):
        return [(number, outcome.fingerprint)]
    return []
