"""Sources become a graph in parts, on a cluster of Spark and in a file system that it reaches, without passing through here.

    ADDRESS/nquads/part-00000 ...     sorted lines, each part goes on where the one before ends
    ADDRESS/parquet/...               the same statements as a table: subject, predicate, object, graph

The N-Quads, one part after the other, are what `kg export` writes of the same graph built here. Where the address is that of an
endpoint, its graphs are sent there instead (`sent_from_spark.py`).
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.base import DERIVED, FindingsError, OutputError, Report, UsageError, abridge, nquads
from kg.pipeline.building import by_name, ontology_quads
from kg.pipeline.graph_on_spark import GraphOnSpark
from kg.pipeline.only_proposed import with_proposed
from kg.pipeline.sent_from_spark import send_from
from kg.pipeline.sharing import refuse_shared_ids, said_in
from kg.sources import cause_of, connected, locate, on_disk, read_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyspark import RDD, SparkContext

    from kg.base import Finding
    from kg.sources import File, SourcesOnSpark
    from kg.store import SentThere

_PART: Final = 32 << 20
"""How many bytes of what the files hold are in one part, about."""


class BuiltParts(NamedTuple):
    """What was built in parts: how many quads are asserted and derived, what the shapes found, and the addresses of all of it."""

    asserted: int
    derived: int
    findings: Sequence[Finding]
    places: Sequence[str]


def build_parts(files: Sequence[File], master: str, place: str | SentThere) -> BuiltParts:
    """Have a graph of `files` and the ontology built on the Spark cluster at `master`, and written to an address.

    Args:
        files: the files, each with a name of its own; they are read here and sent.
        master: the cluster, such as `spark://host:7077`.
        place: where the parts go, in a file system that all workers and this machine reach, such as `hdfs://host/plans`.
            Nothing may lie there yet. Or an endpoint that they reach, to which they send the graphs that have changed.

    Raises:
        SourceError: a file that cannot be read, or two files that introduce the same id.
        FindingsError: the data breaks a shape.
        UsageError: there is no such cluster, the address is a pattern, or the graph cannot be derived from in pieces.
        OutputError: there is something at the address, or nothing can be written to it.
        StoreError, TimeLimitError: of an endpoint, as `upload_graph` in `kg.store`.
        WorkerError: the cluster cannot be reached, or its workers died.
    """
    if isinstance(place, str):
        _refuse_pattern(place)
    with connected(master) as cluster:
        if isinstance(place, str):
            with _told_of(place):
                _refuse_taken(cluster, place)
        read = read_on(cluster, files)
        read.refuse_faulty()
        _refuse_shared(files, read)
        size = sum(read.quads().map(len).collect())
        homes = max(cluster.defaultParallelism, size // _PART + 1)
        graph = GraphOnSpark(cluster, read.quads(), homes)
        findings = graph.findings()
        if any(one.violation for one in findings):
            _refuse(findings, files, read)
        parts = on_disk(graph.parts())
        counts = parts.map(_counted).collect()
        if isinstance(place, str):
            with _told_of(place):
                places = _write(cluster, parts, place)
        else:
            send_from(parts, homes, place, by_name(files, read.fingerprints()))
            places = [place.url]
    asserted, derived = (sum(numbers) for numbers in zip(*counts, strict=True))
    return BuiltParts(asserted, derived, findings, places)


def _refuse_pattern(address: str) -> None:
    if found := set(address) & {*"*?[]{}\\"}:
        raise UsageError(
            f"{abridge(address)}: Spark takes {min(found)} for a pattern of addresses; name one without it"
        )


@contextlib.contextmanager
def _told_of(address: str) -> Iterator[None]:
    """Tell what goes wrong with a file system of what was to be written there."""
    from py4j.protocol import Py4JJavaError  # whoever has a cluster has it

    try:
        yield
    except Py4JJavaError as error:
        raise OutputError(
            f"{abridge(address)}: cannot be written: {cause_of(str(error))}"
        ) from None


def _refuse_taken(cluster: SparkContext, address: str) -> None:
    # There is no other way to ask that of the file systems of Spark from Python.
    java: Any = cluster._jvm  # noqa: SLF001
    settings = cluster._jsc.hadoopConfiguration()  # noqa: SLF001
    path = java.org.apache.hadoop.fs.Path(address)
    if path.getFileSystem(settings).exists(path):
        raise OutputError(f"{address}: is there already; name an address where nothing is")


def _refuse_shared(files: Sequence[File], read: SourcesOnSpark) -> None:
    sharing = read.sharing()
    refuse_shared_ids(
        [file for file in files if file.name in sharing], sharing, partial(_said_of, read)
    )


def _said_of(read: SourcesOnSpark, nodes: set[bytes]) -> Iterable[bytes]:
    return read.quads().flatMap(partial(_lines_of, frozenset(nodes))).collect()


def _refuse(findings: Sequence[Finding], files: Sequence[File], read: SourcesOnSpark) -> None:
    """Tell what is wrong, and where: the lines pass by here, a part at a time."""
    lines = read.quads().flatMap(nquads.split).toLocalIterator()
    report = Report(tuple(findings))
    found = locate(report, lines, files, by_name(files, read.fingerprints())).findings

    def said_of(nodes: set[bytes]) -> Iterable[bytes]:
        return [*_said_of(read, nodes), *said_in(ontology_quads())(nodes)]

    raise FindingsError(Report(tuple(with_proposed(found, said_of, files))))


def _write(cluster: SparkContext, parts: RDD[bytes], address: str) -> list[str]:
    """Write what is in order to an address; return the folders there."""
    from pyspark.sql import SparkSession

    parts.map(_without_last_end).saveAsTextFile(f"{address}/nquads")
    session = SparkSession(cluster)
    lines = session.read.text(f"{address}/nquads")
    terms = lines.selectExpr(
        *(f"regexp_extract(value, r'{_LINE}', {n}) AS {name}" for n, name in enumerate(_TERMS, 1))
    )
    terms.write.parquet(f"{address}/parquet")
    return [f"{address}/nquads", f"{address}/parquet"]


_TERMS: Final = ("subject", "predicate", "object", "graph")
# With `s`, as to Java more ends a line than to N-Quads, such as U+2028 within a text.
_LINE: Final = r"(?s)^(\S+) (\S+) (.+) (\S+) \.$"


# What runs elsewhere: plain functions of this module, found there by their names.


def _lines_of(nodes: frozenset[bytes], quads: bytes) -> Iterator[bytes]:
    return (line for line in nquads.split(quads) if nquads.subject_of(line) in nodes)


def _counted(lines: bytes) -> tuple[int, int]:
    derived = lines.count(f" <{DERIVED}> .\n".encode())
    return lines.count(b"\n") - derived, derived


def _without_last_end(lines: bytes) -> bytes:
    return lines[:-1]  # which Spark writes
