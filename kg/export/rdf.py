"""The RDF formats, written by the engine's serialisers from sorted lines.

Writing in the order of the sorted N-Quads makes the output deterministic and keeps together what
belongs to one subject, so a small change to the graph is a small change to the file.
"""

from __future__ import annotations

import heapq
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.answer import xml_fault
from kg.errors import OutputError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}

_GRAPH = re.compile(rb" <[^<>\s]*> \.\n$")


def write(asserted: bytes, derived: bytes, form: str) -> bytes:
    """Return the union of two sets of sorted N-Quads in one of the RDF formats.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of the data.
    """
    lines = _merged(asserted, derived)
    if form == "nq":
        return b"".join(lines)
    if form == "nt":
        return b"".join(_triples(lines))
    if form in {"trig", "jsonld"}:
        # Both group by graph, so what is of one graph has to come together.
        data = b"".join(line for _, line in sorted(map(_by_graph, lines)))
        quads = ox.parse(data, ox.RdfFormat.N_QUADS)
        return _spaced(ox.serialize(quads, format=_FORMATS[form], prefixes=PREFIXES) or b"", form)
    if form == "rdf":
        return _rdf_xml(list(_triples(lines)))
    return _spaced(_written(b"".join(_triples(lines)), form), form)


def _written(data: bytes, form: str) -> bytes:
    triples = (quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=_FORMATS[form], prefixes=PREFIXES) or b""


def _rdf_xml(lines: list[bytes]) -> bytes:
    """Write RDF/XML, where a predicate is the name of an element and control characters have no place."""
    for predicate in sorted({line.split(b" ", 2)[1] for line in lines}):
        if not _is_element(predicate):
            name = predicate.decode()
            raise OutputError(f"RDF/XML cannot hold the predicate {name}; take Turtle")
    data = _written(b"".join(lines), "rdf")
    if (at := xml_fault(data)) is not None:
        subject = data[:at].rpartition(b'rdf:about="')[2].partition(b'"')[0].decode()
        raise OutputError(f"RDF/XML cannot hold a control character of <{subject}>; take Turtle")
    return data


def _is_element(predicate: bytes) -> bool:
    try:
        data = _written(b"<a:s> %s <a:o> .\n" % predicate, "rdf")
        return xml_fault(data) is None and any(True for _ in ox.parse(data, _FORMATS["rdf"]))
    except (OSError, SyntaxError):
        return False  # a word that RDF/XML keeps for itself


def _merged(*parts: bytes) -> Iterator[bytes]:
    merged = heapq.merge(*(part.splitlines(keepends=True) for part in parts))
    return (line for line, _ in groupby(merged))


def _triples(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Drop the graphs; the same triple in two graphs comes once."""
    return (line for line, _ in groupby(sorted(_GRAPH.sub(b" .\n", line) for line in lines)))


def _by_graph(line: bytes) -> tuple[bytes, bytes]:
    return line.rsplit(b" ", 2)[1], line


def _spaced(data: bytes, form: str) -> bytes:
    """Put an empty line before every subject of Turtle: line ends in literals are escaped."""
    if form != "ttl":
        return data
    lines = data.splitlines(keepends=True)
    spaced = (line if line.startswith((b"\t", b"@prefix")) else b"\n" + line for line in lines)
    return b"".join(spaced)
