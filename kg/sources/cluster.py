"""Reading, and other work, on a cluster of Apache Spark, to the same bytes as here.

Nothing here schedules or ships work: Spark does. The bytes of the files travel to its workers, and
what comes of them is made one there.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from kg.base import (
    MissingExtraError,
    SourceError,
    UsageError,
    WorkerError,
    abridge,
    in_order,
    nquads,
)
from kg.sources.files import PIECE, size_of, split
from kg.sources.fingerprint import software_fingerprint
from kg.sources.parallel import head_of, join_heads, one_by_one
from kg.sources.reader import Source, parse_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyspark import RDD, Broadcast, SparkContext

    from kg.base import Spread
    from kg.sources.files import File, Piece
    from kg.sources.parallel import Put, Reader
    from kg.sources.reader import Fingerprint

_Common = TypeVar("_Common")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_AHEAD: Final = 2
"""How many tasks of each worker of a cluster are on their way."""

# What Spark takes for a master: https://spark.apache.org/docs/latest/submitting-applications.html#master-urls
_MASTER: Final = re.compile(
    r"spark://[^\s/]+|k8s://\S+|yarn|local(?:\[(?:\d+|\*)(?:, *\d+)?\])?|local-cluster\[[\d, ]+\]"
)

_LOG: Final = Path(__file__).with_name("log4j2.properties")


def spark(master: str) -> Reader:
    """Return a reader that reads on the Spark cluster at `master`, such as `spark://host:7077`.

    The bytes of the files travel, so its workers need no disk in common with this machine, but this
    version of this package. Spark makes the union. A context that is active is used.

    Raises:
        UsageError: no cluster has such an address.
    """
    _refuse_other(master)

    def read(files: Sequence[File], put: Put) -> list[Fingerprint]:
        if not files:
            return one_by_one(files, put)
        # Read here and sent: a worker need not see the same disk.
        pieces = [piece for file in files for piece in split(file)]
        loaded = [(piece, _loaded(piece)) for piece in pieces]
        with connected(master) as cluster:
            size = sum(map(size_of, files))
            slices = min(len(pieces), cluster.defaultParallelism + size // PIECE)
            parse = partial(_parse, software_fingerprint())
            outcomes: RDD[Source | SourceError] = cluster.parallelize(loaded, slices).map(parse)
            # Collected twice, for the fingerprints and for the lines: parsed once.
            outcomes = outcomes.persist()
            fingerprints = join_heads(pieces, outcomes.map(head_of).collect())
            lines = outcomes.flatMap(_lines).distinct(slices).glom()
            # One part of them at a time is here; who puts them sorts them.
            for part in lines.toLocalIterator(prefetchPartitions=True):
                put(b"".join(part))
        return fingerprints

    return read


def over_spark(master: str) -> Spread:
    """Return what does work on the Spark cluster at `master`; what it is given and gives back travels.

    Raises:
        UsageError: no cluster has such an address.
    """
    _refuse_other(master)

    def spread(
        work: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task], /
    ) -> Iterator[_Result]:
        with connected(master) as cluster:
            given = cluster.broadcast((software_fingerprint(), work, common))
            workers = cluster.defaultParallelism
            # A job a task, from a thread each, so that none waits for the slowest of others.
            with ThreadPoolExecutor(_AHEAD * workers) as threads:

                def done(task: _Task) -> _Result:
                    (found,) = cluster.parallelize([task], 1).map(partial(_worked, given)).collect()
                    return cast("_Result", found)

                yield from in_order(lambda task: threads.submit(done, task), tasks, workers)

    return spread


def _refuse_other(master: str) -> None:
    """Refuse what is the address of no cluster: told before anything is read, as where nothing has changed none is asked."""
    if not _MASTER.fullmatch(master):
        raise UsageError(
            f"{abridge(master)!r} is no Spark cluster; give spark://HOST:PORT, k8s://ADDRESS, yarn or local[2]"
        )


# What runs elsewhere: plain functions of this module, found there by their names.


def _loaded(piece: Piece) -> bytes | SourceError:
    try:
        return piece.load()
    except SourceError as error:
        return error


def _worked(given: Broadcast[tuple[str, Callable[[Any, Any], Any], Any]], task: Any) -> Any:
    software, work, common = given.value
    if software_fingerprint() != software:
        raise RuntimeError(_OTHER)
    return work(common, task)


def _parse(software: str, loaded: tuple[Piece, bytes | SourceError]) -> Source | SourceError:
    piece, data = loaded
    if software_fingerprint() != software:
        raise RuntimeError(_OTHER)
    if isinstance(data, SourceError):
        return data
    try:
        return parse_source(piece.file, data, whole=piece.digest is None)
    except SourceError as error:
        return error


def _lines(outcome: Source | SourceError) -> list[bytes]:
    return nquads.split(outcome.quads) if isinstance(outcome, Source) else []


_OTHER: Final = "the workers of Spark have another version of kg or its libraries"


@contextlib.contextmanager
def connected(master: str) -> Iterator[SparkContext]:
    """Connect to a cluster, and turn what goes wrong there into one sentence."""
    try:
        from py4j.protocol import Py4JError  # an extra
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        raise MissingExtraError("Spark", "pyspark", "spark") from None
    settings = SparkConf().setMaster(master).setAppName("kg build")
    for name, value in _SETTINGS.items():
        settings.setIfMissing(name, value)
    try:
        ours = True
        try:
            cluster = SparkContext(conf=settings)
        except ValueError:  # there is one in this process, and there can only be one
            # Who brought it stops it.
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
