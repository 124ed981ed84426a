"""Data is held against shapes of one's own, beside the shipped ones.

What only the ontology describes is not told: nobody who brings data can mend it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import ONTOLOGY, SHACL, Report, SourceError, nquads, shorten, spelt
from kg.pipeline.shape_engine import held_against
from kg.pipeline.shape_faults import find_faults, find_self_references
from kg.pipeline.shape_targets import find_idle
from kg.pipeline.shapes import read_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Finding
    from kg.pipeline.shapes import Shapes
    from kg.query import Index
    from kg.sources import File

_COMPONENT: Final = "ConstraintComponent"
_LONGEST: Final = 60


class OwnShapes:
    """The shapes of some files, and what is wrong with these."""

    def __init__(self, files: Sequence[File]) -> None:
        """Read `files`.

        Raises:
            SourceError: a file does not exist.
        """
        self._shapes, faults = read_shapes(files)
        self.faults: tuple[Finding, ...] = (*faults, *find_faults(self._shapes))

    def hold_against(self, index: Index, asserted: bytes) -> tuple[Report, Report]:
        """Return what the shapes find in the data, and what is to be said of the shapes themselves."""
        shapes = self._shapes
        if self.faults or not shapes.paths:
            return Report(), Report(self.faults)
        try:
            results = list(held_against(shapes.to_ntriples(), "ntriples", asserted))
        except ValueError as error:
            return Report(), Report(_refused(shapes, error))
        told = [_told(finding, shapes) for finding in results]
        hints = (*find_self_references(shapes), *find_idle(shapes, index))
        return Report(tuple(_of_data(told, asserted))), Report(hints)


def _of_data(findings: list[Finding], asserted: bytes) -> Iterable[Finding]:
    """Return the findings but for those about what the ontology alone describes."""
    nodes = {f"<{finding.node}>".encode() for finding in findings}
    data, ontology = set[bytes](), set[bytes]()
    for line in nquads.split(asserted) if nodes else ():
        subject = nquads.subject_of(line)
        if subject in nodes:
            (ontology if nquads.graph_of(line) == ONTOLOGY else data).add(subject)
    foreign = {node.decode()[1:-1] for node in ontology - data}
    return [finding for finding in findings if finding.node not in foreign]


def _told(finding: Finding, shapes: Shapes) -> Finding:
    """Return a finding with the name of its shape, and with a sentence where the shape has none."""
    message = finding.message or _sentence(finding, shapes)
    return replace(finding, shape=shapes.named(finding.shape), message=message)


def _sentence(finding: Finding, shapes: Shapes) -> str:
    """Say which constraint is broken, as the shape has it.

    Of a component that the user has made it is the name.
    """
    component = finding.component or ""
    local = component.removeprefix(SHACL).removesuffix(_COMPONENT)
    if not component.startswith(SHACL):
        return f"breaks {shorten(component)}"
    name = "sparql" if local == "SPARQL" else local[:1].lower() + local[1:]
    values = shapes.values(finding.shape, name)
    if len(values) != 1 or "genid" in values[0].value:
        return f"breaks sh:{name}"
    value = values[0]
    text = shorten(value.value) if isinstance(value, ox.NamedNode) else value.value
    return f"breaks sh:{name} {spelt(text[:_LONGEST])}"


def _refused(shapes: Shapes, error: ValueError) -> tuple[Finding, ...]:
    """Say in which file the engine refuses something, as well as that can be told.

    It names no place, but often a term; where only one place has that term, it is this one.
    """
    problem = " ".join(str(error).removeprefix("invalid shapes graph: ").split())
    terms = [SHACL + name for name in re.findall(r"\bsh:(\w+)", problem)]
    places = [
        (graph, term)
        for graph in shapes.paths
        for term in terms
        if term in shapes.lines[graph].mentions
    ]
    if len({graph for graph, _ in places}) == 1:
        graph, term = places[0]
        once = shapes.texts[graph].count("sh:" + term.removeprefix(SHACL)) == 1
        return (shapes.fault(graph, f"is refused: {problem}", *([term] if once else [])),)
    return tuple(
        finding
        for path in shapes.paths.values()
        for finding in SourceError(path, f"is refused: {problem}").as_findings()
    )
