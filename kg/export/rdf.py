"""The RDF formats, written by the engine's serialisers from sorted lines.

Writing in the order of the sorted N-Quads makes the output deterministic and keeps together what
belongs to one subject, so a small change to the graph is a small change to the file.
"""

from __future__ import annotations

import io
import re
from heapq import merge
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import PREFIXES, RDF_FORMATS, OutputError, nquads, xml_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECE: Final = 100_000
"""How many lines are parsed at a time."""

# A line of Turtle that begins what is said of a subject: line ends in literals are escaped.
_SUBJECT = re.compile(rb"\n(?=[^\t@])")


def write_rdf(asserted: bytes, derived: bytes, form: str) -> bytes:
    """Return the union of two sets of sorted N-Quads in one of the RDF formats.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of the data.
    """
    # What is merged and parsed piece by piece is never in memory as lines.
    lines = merge(io.BytesIO(asserted), io.BytesIO(derived))
    if form == "nq":
        return _joined(lines)
    if form == "nt":
        return _joined(_triples(lines))
    if form in {"trig", "jsonld"}:
        # Both group by graph, so what is of one graph has to come together.
        return _spaced(_written((line for _, line in sorted(map(_by_graph, lines))), form), form)
    if form == "rdf":
        _refuse_predicates(chain(io.BytesIO(asserted), io.BytesIO(derived)))
        return _rdf_xml(_triples(lines))
    return _spaced(_written(_triples(lines), form), form)


def _joined(lines: Iterable[bytes]) -> bytes:
    data = io.BytesIO()
    data.writelines(lines)
    return data.getvalue()


def _written(lines: Iterable[bytes], form: str) -> bytes:
    # An iterator, so that the pieces follow each other instead of each beginning anew.
    rest = iter(lines)
    pieces = iter(lambda: b"".join(islice(rest, _PIECE)), b"")
    quads = chain.from_iterable(ox.parse(piece, ox.RdfFormat.N_QUADS) for piece in pieces)
    return ox.serialize(quads, format=RDF_FORMATS[form].syntax, prefixes=PREFIXES) or b""


def _rdf_xml(triples: Iterable[bytes]) -> bytes:
    """Write RDF/XML, where control characters have no place, not even as references."""
    data = _written(triples, "rdf")
    if (at := xml_fault(data)) is not None:
        subject = data[:at].rpartition(b'rdf:about="')[2].partition(b'"')[0].decode()
        raise OutputError(f"RDF/XML cannot hold a control character of <{subject}>; take Turtle")
    return data


def _refuse_predicates(lines: Iterable[bytes]) -> None:
    """Refuse predicates that cannot be the name of an element, as RDF/XML wants them to be."""
    for predicate in sorted({nquads.parts(line)[1] for line in lines}):
        if not _is_element(predicate):
            name = predicate.decode()
            raise OutputError(f"RDF/XML cannot hold the predicate {name}; take Turtle")


def _is_element(predicate: bytes) -> bool:
    # Tried out: which names XML allows and which ones RDF/XML keeps for itself, the engine knows.
    try:
        data = _written([b"<a:s> %s <a:o> .\n" % predicate], "rdf")
        return xml_fault(data) is None and any(
            True for _ in ox.parse(data, RDF_FORMATS["rdf"].syntax)
        )
    except (OSError, SyntaxError):
        return False


def _triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Drop the graphs, which changes no order; the same triple in two graphs comes once."""
    # The same in two graphs are neighbours: only the end of a line tells them apart.
    return (triple + b" .\n" for triple, _ in groupby(nquads.triples(lines)))


def _by_graph(line: bytes) -> tuple[bytes, bytes]:
    return nquads.parts(line)[3], line


def _spaced(data: bytes, form: str) -> bytes:
    """Put an empty line before every subject of Turtle."""
    return _SUBJECT.sub(b"\n\n", data) if form == "ttl" else data
