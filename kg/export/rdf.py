"""The RDF formats, written by the engine's serialisers from sorted lines.

Writing in the order of the sorted N-Quads makes the output deterministic and keeps together what
belongs to one subject, so a small change to the graph is a small change to the file.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.answer import xml_fault
from kg.errors import OutputError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}

# A line of Turtle that begins what is said of a subject: line ends in literals are escaped.
_SUBJECT = re.compile(rb"\n(?=[^\t@])")


def write(asserted: bytes, derived: bytes, form: str) -> bytes:
    """Return the union of two sets of sorted N-Quads in one of the RDF formats.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of the data.
    """
    lines = _union(asserted, derived)
    if form == "nq":
        return b"".join(lines)
    if form == "nt":
        return _triples(lines)
    if form in {"trig", "jsonld"}:
        # Both group by graph, so what is of one graph has to come together.
        data = b"".join(line for _, line in sorted(map(_by_graph, lines)))
        quads = ox.parse(data, ox.RdfFormat.N_QUADS)
        return _spaced(ox.serialize(quads, format=_FORMATS[form], prefixes=PREFIXES) or b"", form)
    if form == "rdf":
        return _rdf_xml(_triples(lines))
    return _spaced(_written(_triples(lines), form), form)


def _written(data: bytes, form: str) -> bytes:
    triples = ox.parse(data, ox.RdfFormat.N_TRIPLES)
    return ox.serialize(triples, format=_FORMATS[form], prefixes=PREFIXES) or b""


def _rdf_xml(triples: bytes) -> bytes:
    """Write RDF/XML, where a predicate is the name of an element and control characters have no place."""
    for predicate in sorted({line.split(b" ", 2)[1] for line in triples.splitlines()}):
        if not _is_element(predicate):
            name = predicate.decode()
            raise OutputError(f"RDF/XML cannot hold the predicate {name}; take Turtle")
    data = _written(triples, "rdf")
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


def _union(*parts: bytes) -> list[bytes]:
    """Return the lines of sorted parts in order: sorting runs that are sorted merges them."""
    lines = [line for part in parts for line in part.splitlines(keepends=True)]
    lines.sort()
    return lines


def _triples(lines: Iterable[bytes]) -> bytes:
    """Drop the graphs, which changes no order; the same triple in two graphs comes once."""
    # The same in two graphs are neighbours: only the end of a line tells them apart.
    triples = groupby([line[: line.rindex(b" <")] for line in lines])
    return b"".join([triple + b" .\n" for triple, _ in triples])


def _by_graph(line: bytes) -> tuple[bytes, bytes]:
    return line.rsplit(b" ", 2)[1], line


def _spaced(data: bytes, form: str) -> bytes:
    """Put an empty line before every subject of Turtle."""
    return _SUBJECT.sub(b"\n\n", data) if form == "ttl" else data
