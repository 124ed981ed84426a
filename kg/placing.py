"""Every finding gets its place: the file, and in YAML the line, that what it is about comes from.

The shapes look at the graph, where a node has no place. But the graph that a quad stands in tells
the file, and a YAML-LD file can be read again for its lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg import nquads, sources, yamlld
from kg.namespaces import ID
from kg.report import MOST_SHOWN, Finding, Report

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from kg.inputs import File
    from kg.sources import Trace

_LITERAL = re.compile(rb' "((?:[^"\\]|\\.)*)"')


def place(
    found: Report, asserted: bytes, files: Sequence[File], traces: Mapping[str, Trace]
) -> Report:
    """Return `found` with places; `asserted` is what `files` say, and `traces` is of their names.

    A node lies where it is described, else where it is first mentioned. What only the ontology
    knows stays without a place.
    """
    if not found.findings:
        return found
    nodes = {f"<{finding.node}>".encode() for finding in found.findings}
    described, mentioned, bearers = _sources_of(nodes, asserted, _owners(files, traces))
    lines: dict[int, dict[str | tuple[str, str], int]] = {}

    def placed(finding: Finding) -> Finding:
        node, path = finding.node, finding.path
        if node in described:
            number = described[node]
            path = path or bearers.get((node, finding.value or ""))
        elif node in mentioned:
            number, node, path = mentioned[node]
        else:
            return finding
        file = files[number].path
        if number not in lines:
            lines[number] = sources.lines_of(file)
        name, key = node.removeprefix(ID), path and yamlld.key_of(path)
        at = (lines[number].get((name, key)) if key else None) or lines[number].get(name)
        return replace(finding, place=f"{file}:{at}" if at else str(file))

    return Report(tuple(map(placed, found.findings)))


def _owners(files: Sequence[File], traces: Mapping[str, Trace]) -> dict[str, int]:
    """Return the first of the files that add to a graph, by the graph's IRI."""
    first: dict[str, int] = {}
    for number, file in enumerate(files):
        for graph in traces[file.name].graphs:
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
    for line in asserted.splitlines(keepends=True):
        subject, predicate, value = line.split(b" ", 3)[:3]
        if subject not in nodes and value not in nodes:
            continue
        number = owners.get(nquads.graph_of(line))
        if number is None:
            continue  # of the ontology
        node, path = subject.decode()[1:-1], predicate.decode()[1:-1]
        if subject in nodes:
            described[node] = min(number, described.get(node, number))
            if literal := _LITERAL.search(line):
                bearers.setdefault((node, literal[1].decode()[:MOST_SHOWN]), path)
        if value in nodes:
            mention, thing = (number, node, path), value.decode()[1:-1]
            mentioned[thing] = min(mention, mentioned.get(thing, mention))
    return described, mentioned, bearers
