"""Sources become a graph: read, check, derive.

Reading is a pure function of one file, and what the files say is a union of sorted lines, so it
does not matter in which order or by which process they are read.
"""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from kg import home, rules, shapes, sources
from kg.errors import FindingsError, SourceError
from kg.index import Index
from kg.namespaces import CP, ID, ONTOLOGY
from kg.report import Finding, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.sources import File, Source

_ONTOLOGY_PARTS = ("header.ttl", "core", "vocab", "alignments")


@dataclass(frozen=True)
class Build:
    """A graph that has been built.

    `asserted` and `derived` are sorted canonical N-Quads, `index` answers queries over both,
    `read` names the files by digest, `report` is None where the shapes were not asked.
    """

    asserted: bytes = field(repr=False)
    derived: bytes = field(repr=False)
    index: Index = field(repr=False)
    read: dict[str, str]
    report: Report | None = None


def shipped() -> list[File]:
    """Return the files of the shipped data."""
    return sources.find([home.data()])


def ontology() -> list[File]:
    """Return the files of the ontology and its vocabularies, without shapes, rules, questions."""
    root = home.ontology()
    return sources.find([root / part for part in _ONTOLOGY_PARTS])


def build(files: Sequence[File], *, check: bool = True) -> Build:
    """Build a graph from `files` and the ontology.

    Raises:
        SourceError: a file that cannot be read, or two files that introduce the same id.
        FindingsError: the data breaks a shape; only where `check` is set.

    >>> built = build(shipped(), check=False)
    >>> built.asserted.count(b"cp:") == 0 and len(built.read) >= 10
    True
    """
    said = _read(files)
    vocabulary = _in_graph([sources.read(file) for file in ontology()], ONTOLOGY)
    asserted = _union([*(source.quads for source in said), vocabulary])
    index, report = Index.of(asserted), None
    if check:
        found = shapes.check(index, asserted, shapes.load(), shapes.queries())
        report = Report(tuple(_placed(found.findings, said)))
        if not report.conforms:
            raise FindingsError(report)
    derived = rules.derive(index, rules.load())
    read = {file.name: source.digest for file, source in zip(files, said, strict=True)}
    return Build(asserted, derived, index, read, report)


def check(files: Sequence[File]) -> Report:
    """Return what the shapes find in `files`, without building anything.

    Raises:
        SourceError: as `build`.
    """
    try:
        return build(files).report or Report()
    except FindingsError as error:
        return error.report


def _read(files: Sequence[File]) -> list[Source]:
    said = [sources.read(file) for file in files]
    owner: dict[str, Source] = {}
    for source in said:
        for name in sorted(source.ids):
            if name in owner and owner[name].path != source.path:
                raise SourceError(
                    source.path,
                    f"has the id {name!r}, which {owner[name].path} has already",
                    line=sources.line_of(source.path, name),
                )
            owner[name] = source
    return said


def _union(parts: Iterable[bytes]) -> bytes:
    lines = heapq.merge(*(part.splitlines(keepends=True) for part in parts))
    return b"".join(line for line, _ in groupby(lines))


def _in_graph(modules: Iterable[Source], graph: str) -> bytes:
    """Return the modules of the ontology in the one graph that is the ontology's own."""
    moved = re.compile(rb"<[^<>\s]*> \.\n$")
    lines = (
        moved.sub(f"<{graph}> .\n".encode(), line)
        for module in modules
        for line in module.quads.splitlines(keepends=True)
    )
    return b"".join(sorted(set(lines)))


def _placed(findings: Iterable[Finding], said: Sequence[Source]) -> Iterable[Finding]:
    """Add to every finding the file, and in YAML the line, that it comes from."""
    wanted = {finding.node for finding in findings}
    subjects: dict[str, Source] = {}
    references: dict[str, tuple[Source, str, str]] = {}
    for source in said if wanted else ():
        for line in source.quads.decode().splitlines():
            subject, predicate, value = (part.strip("<>") for part in line.split(" ", 3)[:3])
            if subject in wanted:
                subjects.setdefault(subject, source)
            if value in wanted:
                references.setdefault(value, (source, subject, predicate))
    for finding in findings:
        if finding.node in subjects:
            source, node, path = subjects[finding.node], finding.node, finding.path
        elif finding.node in references:
            source, node, path = references[finding.node]
        else:
            yield finding
            continue
        at = sources.line_of(source.path, node.removeprefix(ID), _key(path))
        yield replace(finding, place=f"{source.path}:{at}" if at else str(source.path))


def _key(path: str | None) -> str | None:
    """Return the YAML key of a property: cp:dueEarliest is written due_earliest."""
    if not path:
        return None
    local = path.removeprefix(CP) if path.startswith(CP) else re.split("[#/]", path)[-1]
    return re.sub("([A-Z])", lambda found: "_" + found[1].lower(), local)
