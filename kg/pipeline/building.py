"""Sources become a graph: read, check, derive.

Reading is a pure function of one file, and what the files say is a union of sorted lines, so it
does not matter in which order or by which process they are read, nor in which build: given an
earlier build, only the files that have changed since are read, and only their graphs replaced.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kg.base import (
    ONTOLOGY,
    FindingsError,
    Report,
    StoreError,
    data_folder,
    nquads,
    ontology_folder,
    without_collector,
)
from kg.pipeline.derivation import derive, load_rules
from kg.pipeline.only_proposed import with_proposed
from kg.pipeline.sharing import refuse_shared_ids, said_in
from kg.pipeline.validation import examine
from kg.query import ContentOwner, GraphContent, Index, written_of
from kg.sources import (
    Record,
    find_files,
    is_unchanged,
    locate,
    one_by_one,
    read_source,
    read_together,
    software_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.query import LocalIndex, Written
    from kg.sources import File, Fingerprint, Reader
    from kg.store import Snapshot

_ONTOLOGY_PARTS = ("header.ttl", "core", "vocab", "alignments")


class RecordedGraph(GraphContent, Protocol):
    """A graph with what is remembered of its making, for a build to start from."""

    @property
    def record(self) -> Record:
        """What the build remembers; that of an endpoint is of no software, so nothing starts from it."""

    @property
    def report(self) -> Report | None:
        """What the shapes found, or None where they were not asked."""

    @property
    def content(self) -> GraphContent:
        """The graph itself."""

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot in a folder that this is, if it is one."""


@dataclass(frozen=True)
class MemoryGraph:
    """A graph in memory: sorted canonical N-Quads, and the index over both."""

    asserted: bytes = field(repr=False)
    derived: bytes = field(repr=False)
    index: LocalIndex = field(repr=False)
    exact: bool = True

    def pieces(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` in pieces of whole lines."""
        return (self.derived if part == "derived" else self.asserted,)

    def lines(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` line by line."""
        return io.BytesIO(self.derived if part == "derived" else self.asserted)

    @cached_property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites, told when it is first wanted."""
        return written_of(self.asserted, self.derived)


@dataclass(frozen=True)
class Build(ContentOwner):
    """A graph that has been built.

    `content` is the graph itself: just made, or that of the earlier build where nothing has changed;
    `record` is for the next build, and `files` are those that were read for this or an earlier one.
    """

    content: GraphContent = field(repr=False)
    record: Record
    files: Sequence[File] = field(repr=False)
    snapshot: Snapshot | None = None

    @cached_property
    def report(self) -> Report | None:
        """What the shapes found, with places, or None where they were not asked."""
        report = self.record.report
        if not (report and report.findings):
            return report  # of a large graph all that is asserted need not be read for that
        return locate(report, self.content.lines("asserted"), self.files, self.record.sources)


def shipped_files(*, tables: bool = False) -> list[File]:
    """Return the files of the shipped data, with the `tables`, many times larger than the rest, or not."""
    # By default what people have read: the tables would be nearly all of every answer.
    apart = data_folder() / "tables"
    files = [
        file for file in find_files([data_folder()]) if tables or apart not in file.path.parents
    ]
    return files + (find_files(sorted(apart.glob("*.csv"))) if tables else [])


def ontology_files() -> list[File]:
    """Return the files of the ontology and its vocabularies, without shapes, rules, questions."""
    root = ontology_folder()
    return find_files([root / part for part in _ONTOLOGY_PARTS])


def build(
    files: Sequence[File],
    *,
    check: bool = True,
    before: RecordedGraph | None = None,
    read: Reader = one_by_one,
    unchanged: Callable[[File, Fingerprint], bool] = is_unchanged,
) -> Build:
    """Build a graph from `files` and the ontology.

    Args:
        files: the files, each with a name of its own.
        check: whether to hold the data against the shapes.
        before: an earlier build; what is unchanged since is taken from it. The result is the same.
        read: how the files are read; see `kg.sources.parallel`.
        unchanged: whether a file is what `before` remembers of it.

    Raises:
        SourceError: a file that cannot be read, or two files that introduce the same id.
        FindingsError: the data breaks a shape; only where `check` is set.

    >>> built = build(shipped_files(), check=False)
    >>> built.asserted.count(b"cp:") == 0 and len(built.record.sources) >= 10
    True
    >>> build(shipped_files(), check=False, before=built).content is built.content
    True
    """
    try:
        if before is not None and before.record.software == software_fingerprint():
            return _rebuilt(files, before, read, unchanged, check=check)
    except StoreError:
        pass  # the earlier build is damaged: make everything anew
    asserted, fingerprints = _read_all(files, read)
    return _made(asserted, files, fingerprints, check=check)


def _read_all(files: Sequence[File], read: Reader) -> tuple[bytes, dict[str, Fingerprint]]:
    """Return what `files` and the ontology say, and the fingerprints of the files by name."""
    reading = read_together(read, files)
    fingerprints = by_name(files, reading.fingerprints)
    refuse_shared_ids(files, fingerprints, said_in(reading.quads))
    return with_ontology(reading.quads), fingerprints


def with_ontology(quads: bytes) -> bytes:
    """Return what was said with the ontology, in a graph of its own: shapes and rules look into it."""
    return nquads.union([quads, ontology_quads()])


def ontology_quads() -> bytes:
    """Return the ontology as it stands in every graph that is built: N-Quads of one graph."""
    vocabulary = nquads.union(read_source(file).quads for file in ontology_files())
    return nquads.in_graph(vocabulary, ONTOLOGY)


def by_name(files: Sequence[File], fingerprints: Iterable[Fingerprint]) -> dict[str, Fingerprint]:
    """Return the fingerprints of files that have been read by their names."""
    return {file.name: one for file, one in zip(files, fingerprints, strict=True)}


def _rebuilt(
    files: Sequence[File],
    before: RecordedGraph,
    read: Reader,
    unchanged: Callable[[File, Fingerprint], bool],
    *,
    check: bool,
) -> Build:
    """Build from what has changed since `before`, which was made by the same software."""
    kept, stale = kept_files(files, before.record.sources, unchanged)
    changed = [file for file in files if file.name not in kept]
    reading = read_together(read, changed)
    kept |= by_name(changed, reading.fingerprints)
    fingerprints = {file.name: kept[file.name] for file in files}
    if changed or stale:
        asserted = nquads.union([nquads.without(before.asserted, stale), reading.quads])
        refuse_shared_ids(files, fingerprints, said_in(asserted))
        # A touched file, or one whose comments alone have changed, says what it said.
        if asserted != before.asserted:
            return _made(asserted, files, fingerprints, check=check)
    report = before.record.report
    if check:
        # The earlier build may have been told not to check.
        report = report or examine(Index.of(before.asserted), before.asserted)
        raise_violations(report, before.asserted, files, fingerprints)
    return Build(before.content, Record(fingerprints, before.record.software, report), files)


def kept_files(
    files: Sequence[File],
    old: Mapping[str, Fingerprint],
    unchanged: Callable[[File, Fingerprint], bool],
) -> tuple[dict[str, Fingerprint], set[str]]:
    """Return the fingerprints of files that need not be read again, and the graphs to be replaced."""
    old = dict(old)  # of all of them, which a store would look up one by one
    kept = {
        file.name: old[file.name]
        for file in files
        if file.name in old and unchanged(file, old[file.name])
    }
    # What stands in these graphs is replaced, so whoever else adds to them is read again as well.
    stale = {graph for name in old.keys() - kept.keys() for graph in old[name].graphs}
    return {name: one for name, one in kept.items() if stale.isdisjoint(one.graphs)}, stale


def _made(
    asserted: bytes, files: Sequence[File], fingerprints: dict[str, Fingerprint], *, check: bool
) -> Build:
    index, report = Index.of(asserted), None
    # What breaks the shapes is not derived from: rules may rely on what the shapes ask for.
    if check:
        report = examine(index, asserted)
        raise_violations(report, asserted, files, fingerprints)
    with without_collector():
        derived = derive(index, load_rules())
    record = Record(fingerprints, software_fingerprint(), report)
    return Build(MemoryGraph(asserted, derived, index), record, files)


def raise_violations(
    report: Report, asserted: bytes, files: Sequence[File], fingerprints: Mapping[str, Fingerprint]
) -> None:
    """Refuse data that break a shape; what is told says where.

    Raises:
        FindingsError: they do.
    """
    if not report.conforms:
        found = locate(report, nquads.split(asserted), files, fingerprints).findings
        raise FindingsError(Report(tuple(with_proposed(found, said_in(asserted), files))))
