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

# Characters that XML 1.0 cannot hold in any way, as canonical N-Quads write them.
_NOT_XML = re.compile(rb"(?<!\\)(?:\\\\)*\\(?:u00(?:0[0-8BCEF]|1[0-9A-F])|[bf])|\xef\xbf[\xbe\xbf]")
_GRAPH = re.compile(rb" <[^<>\s]*> \.\n$")


def write(asserted: bytes, derived: bytes, form: str) -> bytes:
    """Return the union of two sets of sorted N-Quads in one of the RDF formats.

    Raises:
        OutputError: RDF/XML cannot hold a character of the data.
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
    data = b"".join(_triples(lines))
    if form == "rdf" and (bad := _NOT_XML.search(data)):
        line = data[data.rfind(b"\n", 0, bad.start()) + 1 : bad.start()]
        subject = line.split(b" ", 1)[0].decode()
        raise OutputError(f"RDF/XML cannot hold a control character of {subject}; take Turtle")
    triples = (quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
    return _spaced(ox.serialize(triples, format=_FORMATS[form], prefixes=PREFIXES) or b"", form)


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
