"""Reading many files: here, in processes, or on a cluster of Apache Spark, to the same bytes.

Reading is a pure function of one file and the rest is a union, so it spreads without a thought for
order. Nothing here schedules or ships work: the standard library does, or Spark. Large files of
N-Triples and N-Quads are read in pieces. Errors come back as values, and that of the first file is
raised, as if the files had been read one after the other.
"""

from __future__ import annotations

import contextlib
import functools
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg import inputs, record, sources
from kg.base import SourceError, UsageError, WorkerError, abridge, nquads
from kg.inputs import File, Piece
from kg.sources import Source, Trace

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

_LOG: Final = Path(__file__).with_name("log4j2.properties")
_ROUNDS: Final = 8  # how often a worker comes back for more: files differ in size


PAYS: Final = 1 << 20
"""For how many bytes it pays to start a process."""


class Read(NamedTuple):
    """What files say: a trace of each, in their order, and the union of their quads."""

    traces: list[Trace]
    quads: bytes


Reader: TypeAlias = Callable[[Sequence[File]], Read]
"""Reads files, and raises the error of the first one that cannot be read."""


def here(files: Sequence[File]) -> Read:
    """Read `files` one after the other.

    >>> here([]).quads
    b''
    """
    said = [sources.read(file) for file in files]
    return Read([source.trace for source in said], nquads.union(s.quads for s in said))


def processes(workers: int) -> Reader:
    """Return a reader that reads in up to `workers` processes of this machine, as many as pay.

    They are started afresh, as `multiprocessing` documents: a script that asks for them does so under
    `if __name__ == "__main__"`.
    """

    def read(files: Sequence[File]) -> Read:
        count = min(workers, sum(map(inputs.size, files)) // PAYS)
        pieces = [piece for file in files for piece in inputs.pieces(file)] if count > 1 else []
        count = min(count, len(pieces))
        if count <= 1:
            return here(files)
        # Imported here: whoever reads in this process does not wait for it.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        # Not forked: a fork does not carry the engine's threads along.
        fresh = multiprocessing.get_context("spawn")
        size = math.ceil(len(pieces) / (count * _ROUNDS))
        quads: list[bytes] = []

        def heads(outcomes: Iterable[Source | SourceError]) -> Iterator[Trace | SourceError]:
            for outcome in outcomes:
                if isinstance(outcome, Source):
                    quads.append(outcome.quads)
                yield _head(outcome)

        try:
            with ProcessPoolExecutor(count, mp_context=fresh) as pool:
                outcomes = pool.map(_read, pieces, chunksize=size)
                traces = _traces(pieces, heads(outcomes), quads)
        except BrokenProcessPool:
            raise WorkerError(
                "a process that read sources was killed, perhaps for lack of memory;"
                " build with fewer workers"
            ) from None
        return Read(traces, nquads.union(quads))

    return read


def spark(master: str) -> Reader:
    """Return a reader that reads on the Spark cluster at `master`, such as `spark://host:7077`.

    The bytes of the files travel, so its workers need no disk in common with this machine, but this
    version of this package. Spark makes the union. A context that is active is used.
    """

    def read(files: Sequence[File]) -> Read:
        if not files:
            return here(files)
        pieces = [piece for file in files for piece in inputs.pieces(file)]
        loaded = [(piece, _loaded(piece)) for piece in pieces]
        with _cluster(master) as cluster:
            size = sum(map(inputs.size, files))
            slices = min(len(pieces), cluster.defaultParallelism + size // inputs.PIECE)
            parse = functools.partial(_parse, record.basis())
            outcomes: RDD[Source | SourceError] = cluster.parallelize(loaded, slices).map(parse)
            outcomes = outcomes.persist()
            more: list[bytes] = []
            traces = _traces(pieces, outcomes.map(_head).collect(), more)
            lines = outcomes.flatMap(_lines).distinct(slices).sortBy(_itself).collect()
        return Read(traces, nquads.union([b"".join(lines), *more]))

    return read


def _traces(
    pieces: Sequence[Piece], heads: Iterable[Trace | SourceError], more: list[bytes]
) -> list[Trace]:
    """Return the trace of every file from what became of its pieces, or raise the first error.

    A piece in which there is something wrong has no line numbers to name, and one of comments alone
    nothing to say: then the whole file is read here, and what it says goes to `more`.
    """
    traces: list[Trace] = []
    pairs = zip(pieces, heads, strict=True)
    for file, group in groupby(pairs, key=lambda pair: pair[0].file):
        found = list(group)
        errors = [head for _, head in found if isinstance(head, SourceError)]
        parts = [head for _, head in found if isinstance(head, Trace)]
        whole = found[0][0].digest
        if whole is None and errors:
            raise errors[0]
        if whole is None:
            traces += parts
        elif errors:
            source = sources.read(file)
            traces.append(source.trace)
            more.append(source.quads)
        else:
            graphs = sorted({graph for part in parts for graph in part.graphs})
            traces.append(Trace(whole, parts[0].suffix, tuple(graphs)))
    return traces


# What runs elsewhere: plain functions of this module, found there by their names.


def _read(piece: Piece) -> Source | SourceError:
    try:
        return sources.parse(piece.file, piece.load())
    except SourceError as error:
        return error


def _loaded(piece: Piece) -> bytes | SourceError:
    try:
        return piece.load()
    except SourceError as error:
        return error


def _parse(basis: str, loaded: tuple[Piece, bytes | SourceError]) -> Source | SourceError:
    piece, data = loaded
    if record.basis() != basis:
        raise RuntimeError(_OTHER)
    if isinstance(data, SourceError):
        return data
    try:
        return sources.parse(piece.file, data)
    except SourceError as error:
        return error


def _head(outcome: Source | SourceError) -> Trace | SourceError:
    return outcome.trace if isinstance(outcome, Source) else outcome


def _lines(outcome: Source | SourceError) -> list[bytes]:
    return outcome.quads.splitlines(keepends=True) if isinstance(outcome, Source) else []


def _itself(line: bytes) -> bytes:
    return line


_OTHER: Final = "the workers of Spark have another version of kg or its libraries"


@contextlib.contextmanager
def _cluster(master: str) -> Iterator[SparkContext]:
    """Connect to a cluster, and turn what goes wrong there into one sentence."""
    try:
        from py4j.protocol import Py4JError  # an extra
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        raise UsageError("Spark needs PySpark: pip install 'corporate-plans-kg[spark]'") from None
    settings = SparkConf().setMaster(master).setAppName("kg build")
    for name, value in _SETTINGS.items():
        settings.setIfMissing(name, value)
    try:
        ours = True
        try:
            cluster = SparkContext(conf=settings)
        except ValueError:  # there is one in this process, and there can only be one
            cluster, ours = SparkContext.getOrCreate(), False
        if master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
            cluster.pythonExec = sys.executable  # the workers are on this machine
        try:
            yield cluster
        finally:
            if ours:
                cluster.stop()
    except (Py4JError, PySparkException) as error:
        raise WorkerError(f"Spark at {abridge(master)}: {_plain(str(error))}") from None


_SETTINGS: Final = {
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    "spark.driver.maxResultSize": "0",  # the graph comes back, whatever its size
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def _plain(error: str) -> str:
    """Return what a user can do about an error of Spark, else its first line."""
    if _OTHER in error or "No module named 'kg'" in error:
        return f"{_OTHER}, or none; install there what is installed here"
    if "JAVA_GATEWAY_EXITED" in error:
        return "Java did not start; install Java 17 or newer, or set JAVA_HOME"
    return error.strip().partition("\n")[0]
