"""Every finding gets its place: the file, and the line where it has any, that it comes from.

The shapes look at the graph, where a node has no place. But the graph that a quad stands in tells
the file, and a YAML-LD file can be read again for its lines. A line of N-Triples or N-Quads is a
statement. Of Turtle and the rest no parser tells where a statement stands.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.base import MOST_SHOWN, Finding, Report, lengthen, nquads, shorten
from kg.sources.context import key_of
from kg.sources.files import LINES
from kg.sources.reader import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.sources.files import File
    from kg.sources.reader import Fingerprint

_Part: TypeAlias = "tuple[str, str | None, str | None]"  # a node, its property, and the value
_Find: TypeAlias = "Callable[[str, str | None, str | None], int | None]"

_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"')


def locate(
    report: Report,
    asserted: bytes,
    files: Sequence[File],
    fingerprints: Mapping[str, Fingerprint],
) -> Report:
    """Return `report` with locations, and in their order.

    `asserted` is what `files` say, `fingerprints` are by their names. A node lies where it is described, else where it is first mentioned. What only the ontology
    knows stays without a location.
    """
    if not report.findings:
        return report
    nodes = {f"<{finding.node}>".encode() for finding in report.findings}
    described, mentioned, bearers = _sources_of(nodes, asserted, _owners(files, fingerprints))
    wanted = {*described, *(node for _, node, _ in mentioned.values())}
    # Read again only for files that have something to tell, and once each.
    lines: dict[int, _Find] = {}

    def located(finding: Finding) -> Finding:
        finding = replace(finding, key=finding.path and key_of(finding.path))
        node, path = finding.node, finding.path
        value = finding.value and lengthen(finding.value)
        if node in described:
            number = described[node]
            path = path or bearers.get((node, finding.value or ""))
        elif node in mentioned:
            value = node
            number, node, path = mentioned[node]
        else:
            return finding
        file = files[number].path
        if number not in lines:
            lines[number] = _lines(file, wanted)
        at = lines[number](node, path, value)
        return replace(finding, location=f"{file}:{at}" if at else str(file))

    return in_order(map(located, report.findings), files)


def in_order(findings: Iterable[Finding], files: Sequence[File]) -> Report:
    """Return findings as an author goes through the files: those without a place come last."""
    numbers = {str(file.path): number for number, file in enumerate(files)}

    def place(finding: Finding) -> tuple[bool, int, int]:
        where = finding.location or ""
        path, _, line = where.rpartition(":")
        known = path in numbers and line.isdecimal()
        path, line = (path, line) if known else (where, "0")
        return not finding.violation, numbers.get(path, len(numbers)), int(line)

    return Report(tuple(sorted(findings, key=place)))


def _lines(path: Path, nodes: Iterable[str]) -> _Find:
    """Return what finds the line of a file where a node has a property, with a value, or begins."""
    if path.suffix.lower() in LINES:
        numbers = _statements(path, {f"<{node}>".encode() for node in nodes})
        return lambda node, path, value: (
            numbers.get((node, path, value))
            or numbers.get((node, path, None))
            or numbers.get((node, None, None))
        )
    known = lines_of(path)

    def find(node: str, predicate: str | None, _: str | None) -> int | None:
        name, key = shorten(node), predicate and key_of(predicate)
        return (known.get((name, key)) if key else None) or known.get(name)

    return find


def _statements(path: Path, nodes: Container[bytes]) -> dict[_Part, int]:
    """Return the lines of what `nodes` say; of a property with several values none is the one."""
    numbers: dict[_Part, int] = {}
    with contextlib.suppress(OSError), path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            # The user's own file: its lines are N-Quads, but with space and comments as they please.
            terms = line.split(None, 3)
            if terms and terms[0] in nodes:
                node, predicate, value = (term.decode(errors="replace")[1:-1] for term in terms[:3])
                numbers.setdefault((node, None, None), number)
                numbers.setdefault((node, predicate, value), number)
                several = (node, predicate, None) in numbers
                numbers[node, predicate, None] = 0 if several else number
    return numbers


def _owners(files: Sequence[File], fingerprints: Mapping[str, Fingerprint]) -> dict[str, int]:
    """Return the first of the files that add to a graph, by the graph's IRI."""
    first: dict[str, int] = {}
    for number, file in enumerate(files):
        for graph in fingerprints[file.name].graphs:
            first.setdefault(graph, number)
    return first


def _sources_of(
    nodes: Container[bytes], asserted: bytes, owners: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, tuple[int, str, str]], dict[tuple[str, str], str]]:
    """Return by node the file that describes it, and that, node and property, which mentions it.

    The third is the property by which a node bears a literal, by both.
    """
    described: dict[str, int] = {}
    mentioned: dict[str, tuple[int, str, str]] = {}
    bearers: dict[tuple[str, str], str] = {}
    for line in nquads.split(asserted):
        subject, predicate, value, graph = nquads.parts(line)
        if subject not in nodes and value not in nodes:
            continue
        number = owners.get(graph.decode()[1:-1])
        if number is None:
            continue  # of the ontology
        node, path = subject.decode()[1:-1], predicate.decode()[1:-1]
        if subject in nodes:
            described[node] = min(number, described.get(node, number))
            if literal := _LITERAL.match(value):
                bearers.setdefault((node, literal[1].decode()[:MOST_SHOWN]), path)
        if value in nodes:
            mention, thing = (number, node, path), value.decode()[1:-1]
            mentioned[thing] = min(mention, mentioned.get(thing, mention))
    return described, mentioned, bearers
