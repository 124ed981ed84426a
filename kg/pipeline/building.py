"""Sources become a graph: read, check, derive.

Reading is a pure function of one file, and what the files say is a union of sorted lines, so it
does not matter in which order or by which process they are read, nor in which build: given an
earlier build, only the files that have changed since are read, and only their graphs replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.base import (
    ONTOLOGY,
    FindingsError,
    SourceError,
    StoreError,
    data_folder,
    nquads,
    ontology_folder,
)
from kg.pipeline.derivation import derive, load_rules
from kg.pipeline.validation import load_queries, load_shapes, validate
from kg.query import Index, LocalIndex
from kg.sources import (
    Record,
    find_files,
    is_unchanged,
    lines_of,
    locate,
    one_by_one,
    read_source,
    software_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.base import Report
    from kg.query import GraphContent
    from kg.sources import File, Fingerprint, Reader
    from kg.store import Snapshot

_ONTOLOGY_PARTS = ("header.ttl", "core", "vocab", "alignments")


@dataclass(frozen=True)
class MemoryGraph:
    """A graph in memory: sorted canonical N-Quads, and the index over both."""

    asserted: bytes = field(repr=False)
    derived: bytes = field(repr=False)
    index: LocalIndex = field(repr=False)


@dataclass(frozen=True)
class Build:
    """A graph that has been built.

    `held` is the graph itself: just made, or that of the earlier build where nothing has changed;
    `record` is for the next build, and `files` are those that were read for this or an earlier one.
    """

    held: GraphContent = field(repr=False)
    record: Record
    files: Sequence[File] = field(repr=False)

    @property
    def asserted(self) -> bytes:
        """What the sources say, as sorted canonical N-Quads."""
        return self.held.asserted

    @property
    def derived(self) -> bytes:
        """What the rules derive from it, as sorted canonical N-Quads."""
        return self.held.derived

    @property
    def index(self) -> Index:
        """What answers queries over both."""
        return self.held.index

    @cached_property
    def report(self) -> Report | None:
        """What the shapes found, with places, or None where they were not asked."""
        found = self.record.report
        return found and locate(found, self.asserted, self.files, self.record.sources)


def shipped_files(*, all_: bool = False) -> list[File]:
    """Return the files of the shipped data; the tables, many times larger than the rest, if `all_`."""
    apart = data_folder() / "tables"
    files = [file for file in find_files([data_folder()]) if all_ or apart not in file.path.parents]
    return files + (find_files(sorted(apart.glob("*.csv"))) if all_ else [])


def ontology_files() -> list[File]:
    """Return the files of the ontology and its vocabularies, without shapes, rules, questions."""
    root = ontology_folder()
    return find_files([root / part for part in _ONTOLOGY_PARTS])


def build(
    files: Sequence[File],
    *,
    check: bool = True,
    before: Snapshot | Build | None = None,
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
    >>> build(shipped_files(), check=False, before=built).held is built.held
    True
    """
    try:
        if before is not None and before.record.software == software_fingerprint():
            return _rebuilt(files, before, read, unchanged, check=check)
    except StoreError:
        pass  # the earlier build is damaged: make everything anew
    asserted, fingerprints = _said(files, read)
    return _made(asserted, files, fingerprints, check=check)


def check(files: Sequence[File], *, read: Reader = one_by_one) -> Report:
    """Return what the shapes find in `files`, without building anything.

    Raises:
        SourceError: as `build`.
    """
    asserted, fingerprints = _said(files, read)
    return locate(_found(asserted, Index.of(asserted)), asserted, files, fingerprints)


def _said(files: Sequence[File], read: Reader) -> tuple[bytes, dict[str, Fingerprint]]:
    """Return what `files` and the ontology say, and the fingerprints of the files by name."""
    said = read(files)
    fingerprints = {
        file.name: fingerprint for file, fingerprint in zip(files, said.fingerprints, strict=True)
    }
    _refuse_shared_ids(files, fingerprints)
    vocabulary = nquads.union(read_source(file).quads for file in ontology_files())
    return nquads.union([said.quads, nquads.in_graph(vocabulary, ONTOLOGY)]), fingerprints


def _rebuilt(
    files: Sequence[File],
    before: Snapshot | Build,
    read: Reader,
    unchanged: Callable[[File, Fingerprint], bool],
    *,
    check: bool,
) -> Build:
    """Build from what has changed since `before`, which was made by the same software."""
    old = before.record.sources
    kept = {
        file.name: old[file.name]
        for file in files
        if file.name in old and unchanged(file, old[file.name])
    }
    # What stands in these graphs is replaced, so whoever else adds to them is read again as well.
    dirty = {graph for name in old.keys() - kept.keys() for graph in old[name].graphs}
    kept = {
        name: fingerprint
        for name, fingerprint in kept.items()
        if dirty.isdisjoint(fingerprint.graphs)
    }
    changed = [file for file in files if file.name not in kept]
    said = read(changed)
    kept.update(zip((file.name for file in changed), said.fingerprints, strict=True))
    fingerprints = {file.name: kept[file.name] for file in files}
    _refuse_shared_ids(files, fingerprints)
    held: GraphContent = before.held if isinstance(before, Build) else before
    if changed or dirty:
        left = nquads.without(before.asserted, dirty)
        asserted = nquads.union([left, said.quads])
        if asserted != before.asserted:
            return _made(asserted, files, fingerprints, check=check)
    found = before.record.report
    if check:
        found = found or _found(before.asserted, Index.of(before.asserted))
        _raise_violations(found, before.asserted, files, fingerprints)
    return Build(held, Record(fingerprints, before.record.software, found), files)


def _made(
    asserted: bytes, files: Sequence[File], fingerprints: dict[str, Fingerprint], *, check: bool
) -> Build:
    index, found = Index.of(asserted), None
    if check:
        found = _found(asserted, index)
        _raise_violations(found, asserted, files, fingerprints)
    derived = derive(index, load_rules())
    return Build(
        MemoryGraph(asserted, derived, index),
        Record(fingerprints, software_fingerprint(), found),
        files,
    )


def _found(asserted: bytes, index: Index) -> Report:
    return validate(index, asserted, load_shapes(), load_queries())


def _raise_violations(
    found: Report, asserted: bytes, files: Sequence[File], fingerprints: Mapping[str, Fingerprint]
) -> None:
    if not found.conforms:
        raise FindingsError(locate(found, asserted, files, fingerprints))


def _refuse_shared_ids(files: Sequence[File], fingerprints: Mapping[str, Fingerprint]) -> None:
    """Refuse an id that two YAML-LD files introduce."""
    owner: dict[str, File] = {}
    for file in files:
        for name in fingerprints[file.name].ids:
            if name in owner:
                raise SourceError(
                    file.path,
                    f"has the id {name!r}, which {owner[name].path} has already",
                    line=lines_of(file.path).get(name),
                )
            owner[name] = file
