"""Taking the graph away: which formats there are, and which module writes them.

`export_graph` returns the bytes of the whole graph in one of `EXPORT_FORMATS`; the same graph gives the
same bytes, and what an RDF format holds reads back as the same canonical graph, literal for literal.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from kg.base import EXPORT_FORMATS, RDF_SUFFIXES, UnknownNameError, UsageError

if TYPE_CHECKING:
    from kg.query import GraphContent

SUFFIXES: Final = {
    **{suffix: form.name for suffix, form in RDF_SUFFIXES.items()},
    ".graphml": "graphml",
}
"""The format that the ending of a file stands for."""

PARTS: Final = ("all", "asserted", "derived")
"""What was said and derived together, or one of them."""


def guess_format(path: str) -> str:
    """Return the format that the ending of `path` stands for.

    >>> guess_format("plans.ttl"), guess_format("plans.jsonld")
    ('ttl', 'jsonld')
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"{path!r} has no ending that stands for a format; end it in {', '.join(SUFFIXES)},"
            " or name the format with -f"
        )
    return SUFFIXES[suffix]


def export_graph(graph: GraphContent, form: str = "ttl", *, part: str = "all") -> bytes:
    """Return the graph in the format `form`, the whole or one `part` of it.

    Raises:
        UnknownNameError: no such format or part.
        OutputError: the format cannot hold what the graph holds.

    >>> import kg
    >>> export_graph(kg.build(check=False)).startswith(b"@prefix ")
    True
    """
    if form not in EXPORT_FORMATS:
        raise UnknownNameError("format", form, EXPORT_FORMATS)
    if part not in PARTS:
        raise UnknownNameError("part", part, PARTS)
    if form == "graphml":
        return _network(graph, part)
    from kg.export.rdf import write_rdf  # the engine's serialisers, which a network needs none of

    asserted = graph.asserted if part != "derived" else b""
    derived = graph.derived if part != "asserted" else b""
    return write_rdf(asserted, derived, form)


def _network(graph: GraphContent, part: str) -> bytes:
    # Its nodes and edges come from what was said and what follows from it together.
    if part != "all":
        raise UsageError("GraphML holds the network of the whole graph; leave the part out")
    from kg.export.graphml import write_graphml
    from kg.plans import project_network  # NetworkX is slow to import

    return write_graphml(project_network(graph.index))
