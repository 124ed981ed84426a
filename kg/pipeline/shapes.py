"""Shapes of one's own are read: SHACL in any syntax of RDF, in one file or several that refer to each other.

They are read as sources are, so that the same bounds hold. A blank node has an IRI from then on, by
which a finding names its shape; only a path stays blank, since a path with an IRI is a property.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import (
    CP,
    PREFIXES,
    RDF_SUFFIXES,
    SHACL,
    Finding,
    SourceError,
    TermLines,
    nquads,
    term_lines,
)
from kg.sources import decode, find_files, parse_source, read_bytes, tell_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.sources import File

OWN: Final = CP + "own-shapes"
"""What a hint names as its shape where it is about a shape of the user's own."""

MAX_SHAPES: Final = 8 << 20
"""How large a file of shapes may be, in bytes."""

_BLANK: Final = "/.well-known/genid/"
_PATH: Final = ox.NamedNode(SHACL + "path")
_PREFIXES: Final = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs", "sh")}


@dataclass
class Shapes:
    """Shapes in `store`, a graph a file; `paths` and `lines` are by the IRIs of these graphs."""

    store: ox.Store = field(default_factory=ox.Store)
    paths: dict[str, Path] = field(default_factory=dict)
    lines: dict[str, TermLines] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def select(self, query: str) -> Iterator[ox.QuerySolution]:
        """Yield the solutions of a query of our own over all files, with ?g where it asks for it."""
        solutions = self.store.query(query, prefixes=_PREFIXES, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - our own queries are SELECT
        return solutions

    def values(self, node: str, name: str) -> list[ox.NamedNode | ox.Literal]:
        """Return the values that `node` has of the property of SHACL called `name`, in their order."""
        quads = self.store.quads_for_pattern(ox.NamedNode(node), ox.NamedNode(SHACL + name), None)
        found = {quad.object for quad in quads}
        return sorted(
            (one for one in found if isinstance(one, (ox.NamedNode, ox.Literal))), key=str
        )

    def named(self, node: str) -> str:
        """Return the nearest shape around `node` that has a name of its own; without any, `node`."""
        known, at = {node}, node
        while _BLANK in at:
            around = self.store.quads_for_pattern(None, None, ox.NamedNode(at))
            outer = min((one.subject.value for one in around if isinstance(one.subject, ox.NamedNode)), default="")  # fmt: skip
            if not outer or outer in known:
                return node
            known.add(outer)
            at = outer
        return at

    def place(self, graph: str, *iris: str) -> tuple[Path, int | None]:
        """Return the file of `graph`, and the line of the first of `iris` that it names."""
        lines = self.lines[graph]
        return self.paths[graph], next(filter(None, map(lines.of, iris)), None)

    def fault(self, graph: str, problem: str, *iris: str) -> Finding:
        """Return what is wrong with the file of `graph`, at the first of `iris`, as a finding."""
        path, line = self.place(graph, *iris)
        (finding,) = SourceError(path, problem, line=line).as_findings()
        return finding

    def hint(self, graph: str, node: str, message: str) -> Finding:
        """Return what may be wrong with the shape `node`, which the file of `graph` describes."""
        node = self.named(node)
        path, line = self.place(graph, node)
        where = f"{path}:{line}" if line else str(path)
        # A shape without any name is called by its file.
        told = "" if _BLANK in node else node
        return Finding(told, None, None, message, OWN, violation=False, location=where)

    def to_ntriples(self) -> str:
        """Return all shapes as one document, as the engine is to have it."""
        inside = self._of_paths()

        def term(one: ox.NamedNode | ox.Literal) -> object:
            return ox.BlankNode(inside[one]) if one in inside else one

        triples = {
            f"{term(quad.subject)} {quad.predicate} {term(quad.object)} .\n" for quad in self.store
        }
        return "".join(sorted(triples))

    def _of_paths(self) -> dict[object, str]:
        """Return labels for the nodes that paths are made of."""
        found: dict[object, str] = {}
        open_ = [quad.object for quad in self.store.quads_for_pattern(None, _PATH, None)]
        # Sorted, since a label is given by place.
        open_.sort(key=str, reverse=True)
        while open_:
            node = open_.pop()
            if isinstance(node, ox.NamedNode) and _BLANK in node.value and node not in found:
                found[node] = f"p{len(found)}"
                inner = {quad.object for quad in self.store.quads_for_pattern(node, None, None)}
                open_ += sorted(inner, key=str, reverse=True)
        return found


def find_shapes(paths: Iterable[Path | str]) -> list[File]:
    """Return the files among `paths` that may hold shapes, folders walked in order of names.

    Raises:
        SourceError: a path that does not exist, or a folder without any.
    """
    # Of a folder what is no RDF, such as the sources beside the shapes, is not meant.
    return tell_apart(
        file
        for path in paths
        for file in find_files([path])
        if file.path.suffix.lower() in RDF_SUFFIXES or file.path == Path(path)
    )


def read_shapes(files: Sequence[File]) -> tuple[Shapes, list[Finding]]:
    """Return the shapes of `files`, and what cannot be read of them.

    Raises:
        SourceError: a file does not exist.
    """
    shapes, faults = Shapes(), list[Finding]()
    for file in files:
        try:
            _add(shapes, file)
        except SourceError as error:
            if not file.path.exists():
                raise
            faults += error.as_findings()
    return shapes, faults


def _add(shapes: Shapes, file: File) -> None:
    form = RDF_SUFFIXES.get(file.path.suffix.lower())
    if form is None and file.path.exists():
        endings = ", ".join(RDF_SUFFIXES)
        raise SourceError(file.path, f"holds no shapes; files of SHACL end in {endings}")
    data = read_bytes(file.path, limit=MAX_SHAPES)
    source = parse_source(file, data)
    # Whatever graphs a file has: shapes are told apart by the file that says them.
    graph = f"{CP}shapes/{len(shapes.paths)}"
    quads = nquads.in_graph(source.quads, graph)
    shapes.store.load(quads, ox.RdfFormat.N_QUADS)
    shapes.paths[graph] = file.path
    # Of JSON-LD and RDF/XML, which may be in another encoding, no line is told.
    of_turtle = form is not None and form.name not in {"jsonld", "rdf"}
    shapes.texts[graph] = decode(data, file.path) if of_turtle else ""
    shapes.lines[graph] = term_lines(shapes.texts[graph])
