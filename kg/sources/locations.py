"""Every finding gets its place: the file, and the line where it has any, that it comes from.

The shapes look at the graph, where a node has no place. But the graph that a quad stands in tells
the file, and a YAML-LD file can be read again for its lines. A line of N-Triples or N-Quads is a
statement. Of Turtle and the rest no parser tells where a statement stands.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.base import Finding, Report, shorten
from kg.sources.context import key_of
from kg.sources.files import LINES
from kg.sources.reader import lines_of
from kg.sources.said import PlacedPart, SaidOfNodes

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.sources.files import File
    from kg.sources.reader import Fingerprint

_Part: TypeAlias = "tuple[str, str | None, str | None]"  # a node, its property, and the value
_Find: TypeAlias = "Callable[[str, str | None, str | None], int | None]"


def locate(
    report: Report,
    asserted: Iterable[bytes],
    files: Sequence[File],
    fingerprints: Mapping[str, Fingerprint],
) -> Report:
    """Return `report` with locations, and in their order.

    `asserted` are the lines of what `files` say, `fingerprints` are by their names. What a finding is about lies where it is
    said: the value of a node, or its values, of which those of the last file came to the others, which the message
    then names. Else a node lies where it is described, else where it is first mentioned. What only the ontology knows
    stays without a location.
    """
    if not report.findings:
        return report
    said = SaidOfNodes(report.findings, asserted, _owners(files, fingerprints))
    # Read again only for files that have something to tell, and once each.
    lines: dict[int, _Find] = {}

    def place(part: PlacedPart) -> str:
        file = files[part.number].path
        if part.number not in lines:
            lines[part.number] = _lines(file, said.nodes)
        at = lines[part.number](part.node, part.path, part.value)
        return f"{file}:{at}" if at else str(file)

    def located(finding: Finding) -> Finding:
        finding = replace(finding, key=finding.path and key_of(finding.path))
        places = list(dict.fromkeys(map(place, said.parts(finding))))
        if not places:
            return finding
        message = finding.message
        if others := " and ".join(places[1:]):
            message += f" See also {others}." if message.endswith(".") else f"; see also {others}"
        return replace(finding, location=places[0], message=message)

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
