"""What is wrong after a change, looked at only where the change touches.

Each shape and query looks along certain paths from a node on (`kg.pipeline.footprint`). A finding about a
node that looks at nothing of what has changed is what it was. What the others look at is taken out of
the graph (`kg.pipeline.surroundings`), in every digit and as small as that may be, and held against all
shapes and queries as a whole graph would be: of the nodes in question it tells the same.

What was found before is told in other words than it was found in: where something missing is named, and
without what only follows. So whatever a report speaks of is looked at again, which costs little where a
graph was good enough to be kept.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.base import Report, lengthen, nquads
from kg.pipeline import known_names, relating, updating, validation
from kg.pipeline.footprint import Footprint, declared_paths, read_paths
from kg.pipeline.shape_engine import against_shapes
from kg.pipeline.shape_footprint import shape_paths
from kg.pipeline.surroundings import Surroundings
from kg.query import Index

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.base import Change, Finding
    from kg.pipeline.surroundings import LinesOf, Quads, Term


def examine_change(report: Report, old: Quads, change: Change, lines_of: LinesOf) -> Report:
    """Return all that is wrong after a change, as `examine` would of the whole graph.

    Args:
        report: all that was found in the graph before, without places.
        old: the index over the graph before; what is derived there is not looked at.
        change: what has gone from what was asserted, and come to it.
        lines_of: gives the lines of what the graph before asserted of some subjects.

    >>> from kg.base import Change
    >>> examine_change(Report(), ox.Store(), Change(), lambda subjects: [])
    Report(findings=(), more=0)
    """
    after, footprint = Surroundings(old, change, lines_of), footprint_with()
    nodes, texts = _suspects(report, after, footprint)
    return _examined(after, nodes | after.touched(footprint), texts)


def examine_nodes(nodes: Iterable[Term], old: Quads, change: Change, lines_of: LinesOf) -> Report:
    """Return all that is wrong with some nodes after a change, whether or not it touches them.

    Hints are told as well, but for those that go through a whole graph; see `examine_change`.
    """
    after = Surroundings(old, change, lines_of)
    return _examined(after, set(nodes), (), validation.load_hints())


def _examined(
    after: Surroundings,
    nodes: set[Term],
    texts: Collection[ox.Quad],
    hints: Mapping[str, str] | None = None,
) -> Report:
    """Return all that is wrong with `nodes` and `texts`, with what some queries find that is no fault."""
    if not nodes:
        return Report()
    shapes, hints = validation.load_shapes(), hints or {}
    # What a hint looks at is a little more of the same.
    region = after.region(footprint_with(*hints.values()), nodes, texts)
    index, about = Index.of(region), {str(getattr(node, "value", node)) for node in nodes}
    broken = against_shapes(region, shapes)
    found = validation.find_broken(index, broken, about)
    meant = Index.of(meant_by(after, found, shapes))
    asked = (one for one in validation.find_asked(index, hints) if one.node in about)
    return Report((*validation.as_told(found, meant, shapes).findings, *sorted(asked)))


@cache
def footprint_with(*hints: str) -> Footprint:
    """Return what the shipped shapes and queries look at from a node on, and the queries of `hints`."""
    declared = f"{relating.LOOKS_AT} {updating.LOOKS_AT} {validation.LINKS_LOOK_AT}"
    queries = map(declared_paths, [*validation.load_queries().values(), *hints])
    paths = chain(shape_paths(validation.load_shapes()), read_paths(declared), *queries)
    return Footprint.along(paths)


def _suspects(
    report: Report, after: Surroundings, footprint: Footprint
) -> tuple[set[Term], Collection[ox.Quad]]:
    """Return the nodes that a report speaks of, and all statements with a text that is looked at as a node."""
    if not report.findings:
        return set(), ()
    named = {finding.node for finding in report.findings}
    named |= {lengthen(finding.value) for finding in report.findings if finding.value}
    nodes: set[Term] = set(filter(None, map(_node, named)))
    # What one of them names may be missing, without being told while another fault explains it.
    nodes |= {quad.object for node in list(nodes) for quad in after.after(node, None, None)}
    looked = {
        name for _, look in footprint if look.step.once for name in look.step.predicates or ()
    }
    # A text is found by what says it alone. This goes through all that is said with these properties: nobody
    # keeps a graph of which anything is told here.
    texts = [
        quad
        for name in sorted(looked)
        for quad in after.after(None, name, None)
        if isinstance(quad.object, ox.Literal)
    ]
    return nodes, texts


def _node(name: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(name)
    except ValueError:
        return None  # a text


class LookedUp(Protocol):
    """A graph that is looked up from some nodes on."""

    def naming(self, nodes: Iterable[Term], /) -> set[ox.Quad]:
        """Return all that has one of some nodes as its object."""

    def seen(self, footprint: Footprint, nodes: Iterable[Term], /) -> set[ox.Quad]:
        """Return what is looked at from some nodes."""


def meant_by(graph: LookedUp, found: Collection[Finding], shapes: bytes) -> bytes:
    """Return all in a graph that says what findings may be meant for, and where what is missing is named, as N-Quads."""
    if not found:
        return b""
    missing = {finding.node for finding in found if finding.shape in known_names.NAMELESS}
    mentions = graph.naming(filter(None, map(_node, missing)))
    ranges = _seen(graph, known_names.RANGES_AT, {quad.predicate for quad in mentions})
    classes = {quad.object.value for quad in ranges if isinstance(quad.object, ox.NamedNode)}
    kinds = known_names.kinds_wanted(found, shapes, classes)
    quads = mentions | ranges
    for how, path in known_names.MEMBERS_AT.items():
        quads |= _seen(graph, path, {ox.NamedNode(iri) for kind, iri in kinds if kind == how})
    return b"".join(nquads.canonical(quads))


def _seen(graph: LookedUp, path: str, starts: Iterable[Term]) -> set[ox.Quad]:
    return graph.seen(Footprint.along(read_paths(path)), starts)
