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

from kg.base import (
    PREFIXES,
    RDF_FORMATS,
    OutputError,
    SpilledLines,
    keep_returns,
    nquads,
    xml_fault,
)
from kg.export.aside import put_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PIECE: Final = 20_000
"""How many lines are parsed at a time."""

_ANY: Final = b"<a:s> <a:p> <a:o> .\n"
"""A triple that Turtle writes as N-Triples do: what it writes before it is no more than the prefixes."""

# A line of Turtle that begins what is said of a subject: line ends in literals are escaped.
_SUBJECT = re.compile(rb"\n(?=[^\t@])")

# A line with a backslash, and in it what may have one: a literal, an IRI or a prefixed name.
# Each begins where nothing of the kind comes before it: a text of a million letters is gone through once.
_ESCAPED_LINE = re.compile(rb"^[^\n\\]*+\\[^\n]*+", re.MULTILINE)
_TOKEN = re.compile(
    rb'"(?:[^"\\]|\\.)*+"?|<[^<>]*+>'
    rb"|(?<![\w:-])([A-Za-z][\w-]*+):([^\s\\]*+\\.(?:[^\s\\]|\\.)*+)"
)


def write_rdf(asserted: bytes, derived: bytes, form: str) -> bytes:
    """Return the union of two sets of sorted N-Quads in one of the RDF formats.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of the data.
    """
    return _joined(rdf_pieces(lambda: (io.BytesIO(asserted), io.BytesIO(derived)), form))


def rdf_pieces(parts: Callable[[], Iterable[Iterable[bytes]]], form: str) -> Iterator[bytes]:
    r"""Yield the union of sorted lines of canonical N-Quads in one of the RDF formats, piece by piece.

    `parts` gives the lines of each part, from the first one, however often it is called. No more is in
    memory than a piece, or what is said of one subject. TriG and JSON-LD bring together what is of one
    graph, and RDF/XML is refused before anything is written: what is large of these is written aside first.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of the data.

    >>> b"".join(rdf_pieces(lambda: [[b"<a:s> <a:p> <a:o> <a:g> .\n"]], "nt"))
    b'<a:s> <a:p> <a:o> .\n'
    """
    if form == "rdf":
        _refuse_predicates(chain.from_iterable(parts()))
    if form in {"trig", "jsonld"}:
        return _graphs(_by_graph(parts()), form)
    lines = merge(*parts())
    if form == "nq":
        return _batches(lines)
    if form == "nt":
        return _batches(_triples(lines))
    return _rdf_xml(_triples(lines)) if form == "rdf" else _turtle(_triples(lines))


def write_rdf_xml(triples: bytes) -> bytes:
    r"""Return N-Triples, in their order, as RDF/XML.

    Raises:
        OutputError: RDF/XML cannot hold a predicate or a character of them.

    >>> write_rdf_xml(b"<a:s> <a:p> <a:o> .\n").count(b'rdf:about="a:s"')
    1
    """
    lines = nquads.split(triples)
    _refuse_predicates(lines)
    return b"".join(_rdf_xml(lines))


def _joined(lines: Iterable[bytes]) -> bytes:
    data = io.BytesIO()
    data.writelines(lines)
    return data.getvalue()


def _batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield some lines as pieces of many."""
    rest = iter(lines)
    return iter(lambda: b"".join(islice(rest, _PIECE)), b"")


def _by_subject(triples: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted triples as pieces of many, of which none ends in the midst of a subject."""
    rest = iter(triples)
    ahead: list[bytes] = []
    while piece := [*ahead, *islice(rest, _PIECE)]:
        last = nquads.subject_of(piece[-1]) + b" "
        ahead = []
        for line in rest:
            if not line.startswith(last):
                ahead = [line]
                break
            piece.append(line)
        yield b"".join(piece)


def _turtle(triples: Iterable[bytes]) -> Iterator[bytes]:
    # A serialiser remembers the subject, and nothing else: pieces of whole subjects follow each other
    # as if they had been written at once.
    head = _written([_ANY], "ttl").removesuffix(_ANY)
    for at, piece in enumerate(_by_subject(triples)):
        if at == 0:
            yield head
        body = _plain(_written([piece], "ttl").removeprefix(head))
        # With the end of the line before it, as the first subject of a piece is parted from it, too.
        yield _SUBJECT.sub(b"\n\n", b"\n" + body)[1:]


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    return chain.from_iterable(ox.parse(piece, ox.RdfFormat.N_QUADS) for piece in _batches(lines))


def _written(lines: Iterable[bytes], form: str) -> bytes:
    # An iterator, so that the pieces follow each other instead of each beginning anew.
    return ox.serialize(_quads(lines), format=RDF_FORMATS[form].syntax, prefixes=PREFIXES) or b""


def _graphs(lines: Iterable[bytes], form: str) -> Iterator[bytes]:
    with put_aside(_quads(lines), form) as written:
        if form == "trig":
            yield from map(_plain, written.pieces(lines=True))
        else:
            yield from written.pieces()


def _rdf_xml(triples: Iterable[bytes]) -> Iterator[bytes]:
    """Yield RDF/XML, where control characters have no place, not even as references."""
    with put_aside(_quads(triples), "rdf") as written:
        if (at := xml_fault(written.pieces())) is not None:
            subject = written.before(at, b'rdf:about="').partition(b'"')[0].decode()
            raise OutputError(
                f"RDF/XML cannot hold a control character of <{subject}>; take Turtle"
            )
        yield from map(keep_returns, written.pieces())


def _refuse_predicates(lines: Iterable[bytes]) -> None:
    """Refuse predicates that cannot be the name of an element, as RDF/XML wants them to be."""
    for predicate in sorted({line.split(b" ", 2)[1] for line in lines}):
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


def _by_graph(parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Yield lines with what is of one graph together, in the order of graphs."""
    sorted_lines = SpilledLines()
    for lines in map(iter, parts):
        while piece := [*islice(lines, _PIECE)]:
            # No graph begins as another one does: each ends in a bracket.
            sorted_lines.add([line[line.rindex(b" <") + 1 : -2] + line for line in piece])
    return (line[line.index(b" ") + 1 :] for line in sorted_lines)


def _plain(data: bytes) -> bytes:
    """Write the names of Turtle that would need an escape, such as one with a slash, as whole IRIs.

    The OWL API, and with it Protégé, knows no such escapes, takes the file for another format and
    reads next to nothing of it, without a word.
    """
    return _ESCAPED_LINE.sub(lambda line: _TOKEN.sub(_lengthened, line[0]), data)


def _lengthened(token: re.Match[bytes]) -> bytes:
    if token[1] is None:
        return token[0]
    local = re.sub(rb"\\(.)", rb"\1", token[2])
    return b"<%s%s>" % (PREFIXES[token[1].decode()].encode(), local)
