"""Taking the graph away: one module per family of formats.

`export` returns the bytes of the whole graph in one of `FORMATS`; the same graph gives the same
bytes, and what an RDF format holds reads back as the same canonical graph, literal for literal.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.base import UnknownNameError, UsageError

if TYPE_CHECKING:
    from kg.query import GraphContent

SUFFIXES: Final = {
    ".ttl": "ttl",
    ".nt": "nt",
    ".nq": "nq",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdf",
    ".xml": "rdf",
    ".graphml": "graphml",
}
FORMATS: Final = tuple(dict.fromkeys(SUFFIXES.values()))
"""Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML and GraphML."""

PARTS: Final = ("all", "asserted", "derived")
"""What was said and derived together, or one of them."""


def guess(path: str) -> str:
    """Return the format that the ending of `path` stands for.

    >>> guess("plans.ttl"), guess("plans.jsonld")
    ('ttl', 'jsonld')
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"{path!r} has no ending that stands for a format; end it in {', '.join(SUFFIXES)},"
            " or name the format with -f"
        )
    return SUFFIXES[suffix]


def export(graph: GraphContent, form: str = "ttl", *, part: str = "all") -> bytes:
    """Return the graph in the format `form`, the whole or one `part` of it.

    Raises:
        UnknownName: no such format or part.
        OutputError: the format cannot hold what the graph holds.

    >>> import kg
    >>> export(kg.build(check=False)).startswith(b"@prefix ")
    True
    """
    if form not in FORMATS:
        raise UnknownNameError("format", form, FORMATS)
    if part not in PARTS:
        raise UnknownNameError("part", part, PARTS)
    if form == "graphml" and part != "all":
        raise UsageError("GraphML holds the network of the whole graph; leave the part out")
    if form == "graphml":
        from kg.export import graphml
        from kg.plans import project_network  # NetworkX is slow to import

        return graphml.write(project_network(graph.index))
    from kg.export import rdf  # beside its sibling

    said = graph.asserted if part != "derived" else b""
    derived = graph.derived if part != "asserted" else b""
    return rdf.write(said, derived, form)
