"""A cluster of Apache Spark, and work that is done there.

Nothing here schedules or ships work: Spark does.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from kg.base import (
    MissingExtraError,
    UsageError,
    WorkerError,
    abridge,
    in_order,
)
from kg.sources.fingerprint import software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyspark import RDD, Broadcast, SparkConf, SparkContext

    from kg.base import Spread

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


def over_spark(master: str) -> Spread:
    """Return what does work on the Spark cluster at `master`; what it is given and gives back travels.

    Raises:
        UsageError: no cluster has such an address.
    """
    refuse_no_cluster(master)

    def spread(
        work: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task], /
    ) -> Iterator[_Result]:
        with connected(master) as cluster:
            given = cluster.broadcast((software_fingerprint(), work, common))
            workers = cluster.defaultParallelism

            def done(task: _Task) -> _Result:
                (found,) = cluster.parallelize([task], 1).map(partial(_worked, given)).collect()
                return cast("_Result", found)

            # A job a task, from a thread each, so that none waits for the slowest of others.
            threads = ThreadPoolExecutor(_AHEAD * workers)
            try:
                yield from in_order(lambda task: threads.submit(done, task), tasks, workers)
            finally:
                # Whoever is interrupted does not wait for what is on its way: it ends with the connection.
                threads.shutdown(wait=False, cancel_futures=True)

    return spread


def refuse_no_cluster(master: str) -> None:
    """Refuse what is the address of no cluster: told before anything is read, as where nothing has changed none is asked."""
    if not _MASTER.fullmatch(master):
        raise UsageError(
            f"{abridge(master)!r} is no Spark cluster; give spark://HOST:PORT, k8s://ADDRESS, yarn or local[2]"
        )


# What runs elsewhere: plain functions of this module, found there by their names.


def _worked(given: Broadcast[tuple[str, Callable[[Any, Any], Any], Any]], task: Any) -> Any:
    software, work, common = given.value
    refuse_other_software(software)
    return work(common, task)


def on_disk(values: RDD[_Task]) -> RDD[_Task]:
    """Return values that are kept on the disks of the workers once they are made, and made anew where a worker has gone."""
    from pyspark import StorageLevel  # whoever has an RDD has it

    return values.persist(StorageLevel.DISK_ONLY)


def refuse_other_software(software: str) -> None:
    """Refuse to work for who has another version: what comes of it would be another."""
    if software_fingerprint() != software:
        raise RuntimeError(_OTHER)


_OTHER: Final = "the workers of Spark have another version of kg or its libraries"


_KEPT: Final = ContextVar[contextlib.ExitStack | None]("_KEPT", default=None)


@contextlib.contextmanager
def one_connection() -> Iterator[None]:
    """Have whoever connects to a cluster meanwhile share one connection, which the first of them makes: that takes seconds."""
    with contextlib.ExitStack() as kept:
        before = _KEPT.set(kept)
        kept.callback(_KEPT.reset, before)
        yield


@contextlib.contextmanager
def connected(master: str) -> Iterator[SparkContext]:
    """Connect to a cluster, and turn what goes wrong there into one sentence."""
    try:
        from py4j.protocol import Py4JError  # an extra
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
    except ImportError:
        raise MissingExtraError("Spark", "pyspark", "spark") from None
    settings = SparkConf().setMaster(master).setAppName("kg build")
    for name, value in _SETTINGS.items():
        settings.setIfMissing(name, value)
    try:
        cluster, ours = _context(settings)
        if master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
            cluster.pythonExec = sys.executable  # the workers are on this machine
        with contextlib.ExitStack() as now:
            if ours:
                (_KEPT.get() or now).callback(cluster.stop)
            yield cluster
    except (Py4JError, PySparkException) as error:
        raise WorkerError(f"Spark at {abridge(master)}: {_plain(str(error))}") from None


def _context(settings: SparkConf) -> tuple[SparkContext, bool]:
    """Return a connection to a cluster, and whether it is ours: who brought one stops it."""
    from pyspark import SparkContext

    interrupted = signal.getsignal(signal.SIGINT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for pandas, which nothing here uses
            cluster = SparkContext(conf=settings)
    except ValueError:  # there is one in this process, and there can only be one
        return SparkContext.getOrCreate(), False
    # Being interrupted is for who runs this: Spark would ask the cluster amid another question, which breaks both.
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, interrupted)
    return cluster, True


_SETTINGS: Final = {
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    "spark.driver.maxResultSize": "0",  # the graph comes back, whatever its size
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def _plain(error: str) -> str:
    """Return what a user can do about an error of Spark, else what is behind it."""
    if any(sign in error for sign in _SIGNS):
        return f"{_OTHER}, or none; install there what is installed here"
    if "JAVA_GATEWAY_EXITED" in error:
        return "Java did not start; install Java 17 or newer, or set JAVA_HOME"
    return cause_of(error)


# What is sent are functions by their names, which another version may not have.
_SIGNS: Final = (_OTHER, "No module named 'kg'", "No module named 'kg.", "on <module 'kg.")


def cause_of(error: str) -> str:
    r"""Return what is behind an error of Spark, in its own words.

    Java tells of it from the outside in, and of what was raised in Python as Python does.

    >>> cause_of("calling o1.exists.\n: java.io.IOException: It broke.\n\tat x\nCaused by: java.net.ConnectException: Refused")
    'Refused'
    """
    first, *lines = error.strip().splitlines() or [""]
    told = first
    for number, line in enumerate(lines):
        if line.startswith((": ", "Caused by: ")):
            _, name, words = [*line.split(": ", 2), ""][:3]
            told = words or name
            if told.endswith(_TRACEBACK):
                told = next((one for one in lines[number + 1 :] if one[:1] != " "), told)
    return told


_TRACEBACK: Final = "Traceback (most recent call last):"
