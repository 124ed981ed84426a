"""A file becomes quads, one named graph per source; nothing else reads the files users bring.

YAML-LD, JSON-LD, Turtle, TriG, N-Triples, N-Quads and RDF/XML are read. What comes out is canonical
N-Quads, sorted: the same file gives the same bytes. Blank nodes are given IRIs in the order in
which they appear (RDF 1.1 Concepts, section 3.5), so nothing further on has to treat them apart.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import (
    DERIVED,
    ID,
    MAX_DEPTH,
    ONTOLOGY,
    RDF_FORMATS,
    RDF_SUFFIXES,
    Format,
    SourceError,
    expand,
    json_too_deep,
    nquads,
    turtle_too_deep,
    xml_problem,
)
from kg.sources.files import YAML, File, Piece, decode, digest_of_bytes, iri_safe
from kg.sources.waiting import proposes
from kg.sources.yamlld import examine_document, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.sources.document import Document

# What an export holds besides sources: it is made anew by every build, whoever wrote it.
_OURS: Final = frozenset({DERIVED, ONTOLOGY})

# The engine takes a mark for a part of the first line, but in JSON and XML.
_UNMARKED: Final = frozenset(
    {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}
)
_MARKED: Final = (
    "begins with a byte order mark, as some editors write; save it as UTF-8 without one"
)

_PLAIN: Final = (ox.NamedNode, ox.Literal)


@dataclass(frozen=True)
class Fingerprint:
    """What is remembered of a file that has been read: enough to tell whether it says the same still.

    `digest` is the SHA-256 of its bytes and `suffix` its ending, which says how they are read;
    `graphs` are the IRIs of the graphs that it adds to and `ids` the local names of the nodes that
    a YAML-LD file introduces, both sorted. `dependencies` is the digest of what else a table depends on.
    """

    digest: str
    suffix: str
    graphs: tuple[str, ...] = field(repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)
    dependencies: str = ""


@dataclass(frozen=True)
class Source:
    """What one file says: `quads` are sorted canonical N-Quads, one statement a line."""

    fingerprint: Fingerprint
    quads: bytes = field(repr=False)

    def __len__(self) -> int:
        """Return how many quads the source holds."""
        return self.quads.count(b"\n")


def read_source(file: File) -> Source:
    """Read one file.

    Raises:
        SourceError: it cannot be read, is not what its ending says, or goes beyond the bounds.

    >>> from kg.base import data_folder
    >>> len(read_source(File(data_folder() / "things" / "people.ttl", "people"))) > 5
    True
    """
    return parse_source(file, Piece(file).load())


def parse_source(file: File, data: bytes, *, whole: bool = True) -> Source:
    """Read the bytes of one file; its path tells their format and names it in errors.

    A piece that is not the `whole` of one may have nothing to say.

    Raises:
        SourceError: as `read_source`.

    >>> from pathlib import Path
    >>> len(parse_source(File(Path("a.nt"), "a"), b"<a:s> <a:p> 'o' .".replace(b"'", b'"')))
    1
    """
    # The ending decides and not a guess at the content: who names a file says what it is.
    suffix = file.path.suffix.lower()
    if suffix in YAML:
        return source_of(read_document(decode(data, file.path), file.path), file, data)
    _bound(data, RDF_SUFFIXES[suffix], file.path)
    # RDF names no source of itself: its graph is called by the file.
    graph = ox.NamedNode(f"{ID}file/{iri_safe(file.name)}")
    lines = nquads.canonical(_parsed(data, RDF_SUFFIXES[suffix].syntax, graph, file.path))
    if whole and not lines:
        raise SourceError(file.path, "is empty; leave it out, or write a triple")
    if proposes(data, lines, is_json=RDF_SUFFIXES[suffix].name == "jsonld"):
        raise SourceError(
            file.path,
            "has proposals ('proposed'), which wait in sources of YAML alone; leave them out, or write YAML",
        )
    return _source(lines, data, suffix)


def source_of(document: Document, file: File, data: bytes) -> Source:
    """Return what a document says; `data` are the bytes that it was read from."""
    graph = ox.NamedNode(ID + document.id)
    if graph.value in _OURS:
        raise SourceError(file.path, f"has the id {document.id!r}, which is reserved", line=1)
    syntax = RDF_FORMATS["jsonld"].syntax
    lines = nquads.canonical(_parsed(document.jsonld, syntax, graph, file.path))
    if not lines:
        raise SourceError(file.path, "says nothing but its id; give it a type and a title")
    ids = sorted({key for key in document.lines if isinstance(key, str)} - document.waiting)
    return _source(lines, data, file.path.suffix.lower(), tuple(ids))


def _source(lines: list[bytes], data: bytes, suffix: str, ids: tuple[str, ...] = ()) -> Source:
    graphs = sorted({nquads.graph_of(line) for line in lines})
    digest = hashlib.sha256(data).hexdigest()
    return Source(Fingerprint(digest, suffix, tuple(graphs), ids), b"".join(lines))


def salvage_source(file: File) -> tuple[Source, frozenset[str]] | None:
    """Return what can be read of a file that cannot be read as a whole, or None where that is nothing.

    With it come the IRIs of the nodes of which something was left out.
    """
    if file.path.suffix.lower() not in YAML:
        return None
    try:
        data = Piece(file).load()
        document, _ = examine_document(decode(data, file.path), file.path)
        if document is None:
            return None
        incomplete = frozenset(expand(name) or name for name in document.incomplete)
        return source_of(document, file, data), incomplete
    except SourceError:
        return None


def read_yaml(data: bytes, path: Path) -> str:
    """Return the text of a YAML source of which nothing is wrong but that evidence may be in words.

    Raises:
        SourceError: it is no YAML, or cannot be read; all that is wrong with it.

    >>> from pathlib import Path
    >>> read_yaml(b"id: a", Path("a.yaml"))
    'id: a'
    """
    if path.suffix.lower() not in YAML:
        raise SourceError(path, f"is no source of YAML; those end in {' or '.join(sorted(YAML))}")
    text = decode(data, path)
    _, problems = examine_document(text, path, words=True)
    if problems:
        raise SourceError.of(problems)
    return text


def is_unchanged(file: File, fingerprint: Fingerprint) -> bool:
    """Tell whether `file` is, to the byte, what `fingerprint` remembers.

    >>> from kg.base import data_folder
    >>> people = File(data_folder() / "things" / "people.ttl", "people")
    >>> is_unchanged(people, read_source(people).fingerprint)
    True
    """
    # What cannot be read has changed: reading it says so, in its turn.
    same = file.path.suffix.lower() == fingerprint.suffix
    return same and digest_of_bytes(file.path) == fingerprint.digest


def lines_of(path: Path) -> dict[str | tuple[str, str], int]:
    """Return the lines where a YAML-LD file introduces its nodes and their keys.

    See `kg.sources.document.Document`; empty where the file is of another format or has changed since.
    """
    if path.suffix.lower() not in YAML:
        return {}
    try:
        document, _ = examine_document(decode(path.read_bytes(), path), path)
    except (SourceError, OSError):
        return {}
    return document.lines if document else {}


def _bound(data: bytes, form: Format, path: Path) -> None:
    """Refuse what would overrun the parser: deep nesting, and entities in XML."""
    if form.name == "rdf":
        try:
            fault = xml_problem(data)
        except (ValueError, LookupError) as error:
            raise SourceError(path, f"is not XML: {error}") from None
        if fault is not None:
            raise SourceError(path, fault[1], line=fault[0])
        return
    scan = json_too_deep if form.name == "jsonld" else turtle_too_deep
    if (line := scan(data)) is not None:
        raise SourceError(path, f"nests more than {MAX_DEPTH} levels", line=line)


def _parsed(
    data: bytes, syntax: ox.RdfFormat, graph: ox.NamedNode, path: Path
) -> Iterator[ox.Quad]:
    try:
        yield from _named(ox.parse(data, syntax, base_iri=ID), graph, path)
    except SyntaxError as error:
        if data.startswith(codecs.BOM_UTF8) and syntax in _UNMARKED:
            raise SourceError(path, _MARKED, line=1) from None
        line = error.args[1][1] if len(error.args) > 1 else None
        raise SourceError(path, f"is not {syntax.name}: {_plain(error)}", line=line) from None
    except (ValueError, LookupError) as error:
        raise SourceError(path, f"is not {syntax.name}: {error}") from None
    except MemoryError:
        raise SourceError(path, "holds a text that is too long for the engine") from None


def _plain(error: SyntaxError) -> str:
    """Return what a parser says, without the name of the part of it that says so."""
    whole = str(error.args[0])
    _, colon, rest = whole.partition(": ")
    problem = rest if colon else whole
    if "LoadDocumentCallback" in problem:  # what JSON-LD asks for where a context is an address
        return (
            "names a context to be fetched, which is refused; write the context out,"
            ' for schema.org as {"@vocab": "https://schema.org/"}'
        )
    return problem


def _named(quads: Iterable[ox.Quad], graph: ox.NamedNode, path: Path) -> Iterator[ox.Quad]:
    """Put quads of the default graph into `graph`, and give blank nodes IRIs in it."""
    names = _BlankNodeNames(graph)
    for quad in quads:
        subject, predicate, value, context = quad
        in_named_graph = isinstance(context, ox.NamedNode)
        if in_named_graph and context.value in _OURS:
            continue
        # Nearly all of a large file is like this, and nothing is to be done with it.
        if in_named_graph and isinstance(subject, ox.NamedNode) and isinstance(value, _PLAIN):
            yield quad
            continue
        if ox.Triple in (type(value), type(subject)):
            raise SourceError(path, "uses triple terms of RDF 1.2, which are not supported")
        yield ox.Quad(names.of(subject), predicate, names.of(value), names.of(context))


class _BlankNodeNames(dict[ox.BlankNode, ox.NamedNode]):
    """IRIs for the blank nodes of a file, in the order in which they appear."""

    def __init__(self, graph: ox.NamedNode) -> None:
        super().__init__()
        self._graph = graph

    def __missing__(self, node: ox.BlankNode) -> ox.NamedNode:
        name = ox.NamedNode(f"{self._graph.value}/.well-known/genid/{len(self) + 1}")
        self[node] = name
        return name

    def of(self, term: Any) -> Any:
        """Return what a term is called: a blank node by its IRI, the default graph by the file's."""
        if isinstance(term, ox.BlankNode):
            return self[term]
        return self._graph if isinstance(term, ox.DefaultGraph) else term
