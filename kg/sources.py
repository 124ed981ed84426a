"""A file becomes quads, one named graph per source; nothing else reads the files users bring.

YAML-LD, JSON-LD, Turtle, TriG, N-Triples, N-Quads and RDF/XML are read. What comes out is canonical
N-Quads, sorted: the same file gives the same bytes. Blank nodes are given IRIs in the order in
which they appear (RDF 1.1 Concepts, section 3.5), so nothing further on has to treat them apart.
"""

from __future__ import annotations

import hashlib
import itertools
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg import sandbox, yamlld
from kg.errors import SourceError
from kg.namespaces import DERIVED, ID, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_YAML: Final = frozenset({".yaml", ".yml"})
_LINES: Final = frozenset({".nt", ".nq"})
_RDF: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
SUFFIXES: Final = tuple(sorted({*_YAML, *_RDF}))
"""The endings of the files that can be read."""

# What an export holds besides sources: it is made anew by every build, whoever wrote it.
_OURS: Final = frozenset({DERIVED, ONTOLOGY})

_PLAIN: Final = (ox.NamedNode, ox.Literal)

MAX_BYTES: Final = {"line": 16 << 30, "document": 256 << 20}
"""How large a file may be: those read line by line, and those read as one document."""


PIECE: Final = 8 << 20
"""How many bytes of a large file of lines are worth a worker."""


class File(NamedTuple):
    """A file to read: its `path`, and the `name` that its graph gets where it gives none itself."""

    path: Path
    name: str


class Piece(NamedTuple):
    """All of a file; or its bytes from `start` to `end`, and the SHA-256 `digest` of the whole."""

    file: File
    start: int = 0
    end: int = 0
    digest: str | None = None

    def load(self) -> bytes:
        """Return the bytes.

        Raises:
            SourceError: the file is none that can be read.
        """
        path = self.file.path
        if path.suffix.lower() not in SUFFIXES and path.exists():
            raise SourceError(path, f"is no source; sources end in {', '.join(SUFFIXES)}")
        return content(path, self.start, self.end if self.digest else None)


@dataclass(frozen=True)
class Trace:
    """What is remembered of a file that has been read: enough to tell whether it says the same still.

    `digest` is the SHA-256 of its bytes and `suffix` its ending, which says how they are read;
    `graphs` are the IRIs of the graphs that it adds to and `ids` the local names of the nodes that
    a YAML-LD file introduces, both sorted.
    """

    digest: str
    suffix: str
    graphs: tuple[str, ...] = field(repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Source:
    """What one file says: `quads` are sorted canonical N-Quads, one statement a line."""

    trace: Trace
    quads: bytes = field(repr=False)

    def __len__(self) -> int:
        """Return how many quads the source holds."""
        return self.quads.count(b"\n")


def find(paths: Iterable[Path | str]) -> list[File]:
    """Return the source files among `paths`, folders walked in order of names.

    Raises:
        SourceError: a path that does not exist, is no source, or a folder without any source.

    >>> from kg import home
    >>> [file.name for file in find([home.data() / "things"])][:2]
    ['companies', 'conditions']
    """
    files: list[File] = []
    for path in map(Path, paths):
        if _is_folder(path):
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not inside:
                raise SourceError(path, f"holds no source; sources end in {', '.join(SUFFIXES)}")
            files += [File(p, p.relative_to(path).with_suffix("").as_posix()) for p in inside]
        else:
            files.append(File(path, path.stem))
    return told_apart(files)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise SourceError(path, f"cannot be read: {error.strerror}") from None


def told_apart(files: Iterable[File]) -> list[File]:
    """Number the files whose names give the same IRI, so that each has a graph of its own.

    >>> [file.name for file in told_apart([File(Path("a"), "a b"), File(Path("b"), "a-b")])]
    ['a b', 'a-b-2']
    """
    last: dict[str, int] = {}
    taken: set[str] = set()
    apart: list[File] = []
    for path, name in files:
        free = name
        while _safe(free) in taken:
            last[name] = last.get(name, 1) + 1
            free = f"{name}-{last[name]}"
        taken.add(_safe(free))
        apart.append(File(path, free))
    return apart


def read(file: File) -> Source:
    """Read one file.

    Raises:
        SourceError: it cannot be read, is not what its ending says, or goes beyond the bounds.

    >>> from kg import home
    >>> len(read(File(home.data() / "things" / "people.ttl", "people"))) > 5
    True
    """
    return parse(file, Piece(file).load())


def parse(file: File, data: bytes) -> Source:
    """Read the bytes of one file; its path tells their format and names it in errors.

    Raises:
        SourceError: as `read`.

    >>> len(parse(File(Path("a.nt"), "a"), b"<a:s> <a:p> 'o' .".replace(b"'", b'"')))
    1
    """
    suffix = file.path.suffix.lower()
    ids: Iterable[str] = ()
    if suffix in _YAML:
        document = yamlld.read(text(data, file.path), file.path)
        graph = ox.NamedNode(ID + document.id)
        if graph.value in _OURS:
            raise SourceError(file.path, f"has the id {document.id!r}, which is reserved", line=1)
        quads = _parsed(document.jsonld, ox.RdfFormat.JSON_LD, graph, file.path)
        ids = sorted(key for key in document.lines if isinstance(key, str))
        empty = "says nothing but its id; give it a type and a title"
    else:
        _bound(data, suffix, file.path)
        graph = ox.NamedNode(f"{ID}file/{_safe(file.name)}")
        quads = _parsed(data, _RDF[suffix], graph, file.path)
        empty = "is empty; leave it out, or write a triple"
    lines = canonical(quads)
    if not lines:
        raise SourceError(file.path, empty)
    graphs = sorted({graph_of(line) for line in lines})
    digest = hashlib.sha256(data).hexdigest()
    return Source(Trace(digest, suffix, tuple(graphs), tuple(ids)), b"".join(lines))


def graph_of(line: bytes) -> str:
    r"""Return the IRI of the graph of a canonical N-Quad.

    >>> graph_of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    'a:g'
    """
    return line[line.rindex(b" <") + 2 : -4].decode()


def without(quads: bytes, graphs: Container[str]) -> bytes:
    r"""Return the lines of canonical N-Quads that are in none of `graphs`.

    >>> without(b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .\n", {"a:g"})
    b'<a:s> <a:p> <a:o> <a:h> .\n'
    """
    lines = quads.splitlines(keepends=True)
    return b"".join(line for line in lines if graph_of(line) not in graphs)


def union(parts: Iterable[bytes]) -> bytes:
    r"""Return the union of canonical N-Quads, each of them sorted.

    >>> union([b"<a:s> <a:p> <a:o> <a:g> .\n"] * 2)
    b'<a:s> <a:p> <a:o> <a:g> .\n'
    """
    lines = _once([line for part in parts for line in part.splitlines(keepends=True)])
    return b"".join(lines)


def unchanged(file: File, trace: Trace) -> bool:
    """Tell whether `file` is, to the byte, what `trace` remembers.

    >>> from kg import home
    >>> people = File(home.data() / "things" / "people.ttl", "people")
    >>> unchanged(people, read(people).trace)
    True
    """
    suffix = file.path.suffix.lower()
    if suffix != trace.suffix:
        return False
    try:
        data = content(file.path)
    except SourceError:
        return False  # reading it says so, in its turn
    return hashlib.sha256(data).hexdigest() == trace.digest


def size(file: File) -> int:
    """Return how many bytes a file has, 0 where it cannot be told."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def pieces(file: File) -> list[Piece]:
    """Cut a file of lines in pieces of about `PIECE` bytes, each of which can be read by itself.

    A file of another format is one piece, and so is one with blank nodes, whose names hold throughout.

    >>> from kg import home
    >>> len(pieces(File(home.data() / "things" / "people.ttl", "people")))
    1
    """
    if file.path.suffix.lower() not in _LINES:
        return [Piece(file)]
    try:
        data = Piece(file).load()
    except SourceError:
        return [Piece(file)]  # reading it says so, in its turn
    if len(data) <= PIECE or b"_:" in data:
        return [Piece(file)]
    cuts = [0]
    while end := data.find(b"\n", cuts[-1] + PIECE) + 1:
        cuts.append(end)
    digest = hashlib.sha256(data).hexdigest()
    ends = [*cuts[1:], len(data)]
    return [Piece(file, *cut, digest) for cut in zip(cuts, ends, strict=True) if cut[0] < cut[1]]


def lines_of(path: Path) -> dict[str | tuple[str, str], int]:
    """Return the lines where a YAML-LD file introduces its nodes and their keys.

    See `kg.yamlld.Document`; empty where the file is of another format or has changed since.
    """
    if path.suffix.lower() not in _YAML:
        return {}
    try:
        return yamlld.read(text(path.read_bytes(), path), path).lines
    except (SourceError, OSError):
        return {}


def content(
    path: Path, start: int = 0, end: int | None = None, *, limit: int | None = None
) -> bytes:
    """Return the bytes of a file, or of a part, which is no larger than its ending allows, or `limit`."""
    if limit is None:
        limit = MAX_BYTES["line" if path.suffix.lower() in _LINES else "document"]
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(path, "is not a file" if not path.is_dir() else "is a folder")
        if status.st_size > limit:
            raise SourceError(path, f"is larger than {limit >> 20:,} MiB; split it")
        with path.open("rb") as file:
            file.seek(start)
            return file.read() if end is None else file.read(end - start)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise SourceError(path, f"cannot be read: {problem}") from None


def text(data: bytes, path: Path) -> str:
    """Return the text of a file in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "is not UTF-8; save it as UTF-8", line=line) from None


def _bound(data: bytes, suffix: str, path: Path) -> None:
    """Refuse what would overrun the parser: deep nesting, and entities in XML."""
    if suffix in {".rdf", ".xml"}:
        try:
            fault = sandbox.xml_problem(data)
        except (ValueError, LookupError) as error:
            raise SourceError(path, f"is not XML: {error}") from None
        if fault is not None:
            raise SourceError(path, fault[1], line=fault[0])
        return
    scan = sandbox.json_too_deep if suffix == ".jsonld" else sandbox.turtle_too_deep
    if (line := scan(data)) is not None:
        raise SourceError(path, f"nests more than {sandbox.MAX_DEPTH} levels", line=line)


def _parsed(
    data: bytes, syntax: ox.RdfFormat, graph: ox.NamedNode, path: Path
) -> Iterator[ox.Quad]:
    try:
        yield from _named(ox.parse(data, syntax, base_iri=ID), graph, path)
    except SyntaxError as error:
        line = error.args[1][1] if len(error.args) > 1 else None
        problem = str(error.args[0]).partition(": ")
        said = problem[2] if problem[1] else problem[0]
        if "LoadDocumentCallback" in said:
            said = "names a context to be fetched, which is refused; write the context out"
        raise SourceError(path, f"is not {syntax.name}: {said}", line=line) from None
    except (ValueError, LookupError) as error:
        raise SourceError(path, f"is not {syntax.name}: {error}") from None
    except MemoryError:
        raise SourceError(path, "holds a text that is too long for the engine") from None


def _named(quads: Iterable[ox.Quad], graph: ox.NamedNode, path: Path) -> Iterator[ox.Quad]:
    """Put quads of the default graph into `graph`, and give blank nodes IRIs in it."""
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def named(node: ox.BlankNode) -> ox.NamedNode:
        if node not in names:
            names[node] = ox.NamedNode(f"{graph.value}/.well-known/genid/{len(names) + 1}")
        return names[node]

    for quad in quads:
        subject, predicate, object_, context = quad
        if isinstance(context, ox.NamedNode):
            if context.value in _OURS:
                continue
            if isinstance(subject, ox.NamedNode) and isinstance(object_, _PLAIN):
                yield quad
                continue
        if isinstance(object_, ox.Triple) or isinstance(subject, ox.Triple):
            raise SourceError(path, "uses triple terms of RDF 1.2, which are not supported")
        yield ox.Quad(
            named(subject) if isinstance(subject, ox.BlankNode) else subject,
            predicate,
            named(object_) if isinstance(object_, ox.BlankNode) else object_,
            graph
            if isinstance(context, ox.DefaultGraph)
            else named(context)
            if isinstance(context, ox.BlankNode)
            else context,
        )


def canonical(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Return `quads` as lines of canonical N-Quads, sorted, each once."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return _once(data.splitlines(keepends=True))


def _once(lines: list[bytes]) -> list[bytes]:
    # Sorting merges what is sorted already, which a set or heapq.merge would not make use of.
    lines.sort()
    return [line for line, _ in itertools.groupby(lines)]


def _safe(name: str) -> str:
    """Return `name` with what an IRI cannot hold replaced."""
    return "".join(c if c.isalnum() or c in "-._/~" else "-" for c in name)
