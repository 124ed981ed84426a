"""What is wrong with shapes of one's own, before data is held against them.

An engine passes over what it does not know, and then finds nothing: a shape that says `sh:minCuont`
would let everything pass. So what it would pass over is refused, and so are queries that reach out
and shapes that deny themselves, of which nobody can say what they find.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import RDF, SHACL, Reach, SourceError, abridge, nearest, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base import Finding
    from kg.pipeline.shapes import Shapes

MAX_PATH: Final = 16
"""How deeply the path of a shape may nest."""

_MOST_COMPARED: Final = 50
"""For how many unknown terms it is said what may be meant."""

_WORDS: Final = ["and", "class", "in", "not", "or"]

_REST: Final = ox.NamedNode(RDF + "rest")

_TERMS: Final = """SELECT DISTINCT ?g ?term {
  GRAPH ?g { { ?s ?term ?o } UNION { ?s ?p ?term FILTER isIRI(?term) } }
  FILTER STRSTARTS(STR(?term), STR(sh:))
} ORDER BY ?g ?term"""

_PATHS: Final = """SELECT ?g ?shape (COUNT(DISTINCT ?path) AS ?paths) {
  GRAPH ?g { { ?x sh:property ?shape } UNION { ?shape a sh:PropertyShape } }
  OPTIONAL { ?shape sh:path ?path }
} GROUP BY ?g ?shape HAVING (COUNT(DISTINCT ?path) != 1) ORDER BY ?g ?shape"""

_LITERALS: Final = """SELECT ?g ?shape ?term ?value {
  VALUES ?term {
    sh:targetClass sh:targetSubjectsOf sh:targetObjectsOf sh:property sh:node sh:class sh:datatype
  }
  GRAPH ?g { ?shape ?term ?value FILTER isLiteral(?value) }
} ORDER BY ?g ?shape ?term ?value"""

_QUERIES: Final = """SELECT ?g ?of ?text {
  VALUES ?term { sh:select sh:ask }
  GRAPH ?g { ?of ?term ?text FILTER isLiteral(?text) }
} ORDER BY ?g ?of ?text"""

_DECLARED: Final = """SELECT ?prefix ?namespace {
  <$1> sh:prefixes/owl:imports*/sh:declare ?one .
  ?one sh:prefix ?prefix ; sh:namespace ?namespace
} ORDER BY ?prefix ?namespace"""

_USES: Final = """SELECT ?g ?from ?to ?denied {
  {
    VALUES (?by ?denied) {
      (sh:node false) (sh:property false) (sh:qualifiedValueShape false) (sh:not true)
    }
    GRAPH ?g { ?from ?by ?to }
  } UNION {
    VALUES (?by ?denied) { (sh:and false) (sh:or false) (sh:xone true) }
    GRAPH ?g { ?from ?by ?list . ?list rdf:rest* ?rest . ?rest rdf:first ?to }
  } UNION {
    BIND (true AS ?denied)
    GRAPH ?g { ?from sh:qualifiedMaxCount ?most ; sh:qualifiedValueShape ?to }
  }
} ORDER BY ?g ?from ?to ?denied"""


def find_faults(shapes: Shapes) -> list[Finding]:
    """Return what keeps shapes from being held against anything, in the order of their files."""
    found = [
        *_without_shapes(shapes),
        *_unknown_terms(shapes),
        *_pathless(shapes),
        *_deep_paths(shapes),
        *_literals(shapes),
        *_bad_queries(shapes),
        *_denying_themselves(shapes),
    ]
    order = [str(path) for path in shapes.paths.values()]

    def place(finding: Finding) -> tuple[int, int, str]:
        path, _, line = (finding.location or "").rpartition(":")
        known = path in order and line.isdecimal()
        path = path if known else finding.location or ""
        number = order.index(path) if path in order else len(order)
        return number, int(line) if known else 0, finding.message

    return sorted(set(found), key=place)


def find_self_references(shapes: Shapes) -> Iterator[Finding]:
    """Yield a hint for each shape that comes to refer to itself, of which SHACL does not say what it means."""
    told = set()
    for graph, shape, _, _ in _recursive(shapes):
        if (name := shapes.named(shape)) not in told:
            told.add(name)
            yield shapes.hint(
                graph,
                name,
                "refers to itself, of which SHACL does not say what it means: other engines may find something else",
            )


def _without_shapes(shapes: Shapes) -> Iterator[Finding]:
    told = {row["g"].value for row in shapes.select(_TERMS)}
    for graph in shapes.paths:
        if graph not in told:
            yield shapes.fault(graph, "holds no shape; write one as a sh:NodeShape with a target")


def _unknown_terms(shapes: Shapes) -> Iterator[Finding]:
    from rdflib import SH, URIRef  # the one list of the terms of SHACL that is kept up

    # What is a word of Python, such as sh:class, is known by the one way and not by the other.
    known = [str(term).removeprefix(SHACL) for term in dir(SH)] + _WORDS
    found = ((row["g"].value, row["term"].value) for row in shapes.select(_TERMS))
    unknown = [pair for pair in found if URIRef(pair[1]) not in SH and pair[1] != SHACL]
    for number, (graph, term) in enumerate(unknown):
        # Whoever has more of them has another reason than a slip.
        near = nearest(term.removeprefix(SHACL), known) if number < _MOST_COMPARED else []
        meant = f"; did you mean sh:{near[0]}?" if near else ""
        problem = f"{shorten(term)} is no term of SHACL{meant}"
        yield shapes.fault(graph, problem, term)


def _pathless(shapes: Shapes) -> Iterator[Finding]:
    for row in shapes.select(_PATHS):
        graph, shape = row["g"].value, row["shape"].value
        many = int(row["paths"].value)
        problem = (
            f"a property shape has {many} paths; give each a shape of its own"
            if many
            else "a property shape has no sh:path; say which property it is about"
        )
        yield shapes.fault(graph, problem, shapes.named(shape))


def _deep_paths(shapes: Shapes) -> Iterator[Finding]:
    """Yield a fault for each path that nests too deeply for whoever writes it into a report, or in a circle."""
    for row in shapes.select("SELECT ?g ?shape ?path { GRAPH ?g { ?shape sh:path ?path } }"):
        graph, shape, seen = row["g"].value, row["shape"].value, set()
        open_ = [(row["path"], 0)]
        while open_:
            node, depth = open_.pop()
            if depth > MAX_PATH:
                problem = f"a path nests more than {MAX_PATH} levels, or in a circle"
                yield shapes.fault(graph, problem, shapes.named(shape))
                break
            if isinstance(node, ox.NamedNode) and (node, depth) not in seen:
                seen.add((node, depth))
                # What follows in a list is no deeper.
                open_ += [
                    (quad.object, depth + (quad.predicate != _REST))
                    for quad in shapes.store.quads_for_pattern(node, None, None)
                ]


def _literals(shapes: Shapes) -> Iterator[Finding]:
    for row in shapes.select(_LITERALS):
        graph, shape, term = (row[name].value for name in ("g", "shape", "term"))
        problem = f"{shorten(term)} is a text, {abridge(row['value'].value, 60)!r}; write an IRI"
        yield shapes.fault(graph, problem, shapes.named(shape), term)


def _bad_queries(shapes: Shapes) -> Iterator[Finding]:
    for row in shapes.select(_QUERIES):
        graph, of, text = row["g"].value, row["of"].value, row["text"].value
        if problem := _problem(shapes, of, text):
            path, line = shapes.place(graph, shapes.named(of))
            line = _line_of(shapes.texts[graph], text) or line
            yield from SourceError(path, problem, line=line).as_findings()


def _problem(shapes: Shapes, of: str, text: str) -> str | None:
    reach = Reach.of(text)
    if reach.problem:
        return reach.problem
    # Both would find nothing, and let all pass: the data is one graph to a shape.
    if reach.graphs:
        return "the query of a shape asks FROM a graph; leave it out, a shape sees all data as one"
    if reach.tells_graphs:
        return "the query of a shape asks a GRAPH; leave it out, a shape sees all data as one"
    rows = shapes.select(_DECLARED.replace("$1", of))
    prefixes = {row["prefix"].value: row["namespace"].value for row in rows}
    try:
        # Of nothing, to have it read: the engine of shapes does not tell whose query it cannot read.
        ox.Store().query(text.replace("$PATH", "<urn:path>"), prefixes=prefixes)
    except (SyntaxError, ValueError, RuntimeError) as error:
        # Without the dozens of signs that might stand there.
        where, _, _ = " ".join(str(error).split()).partition(": expected")
        return f"the query of a shape cannot be read: {where}"
    return None


def _line_of(text: str, query: str) -> int | None:
    """Return the line where a query begins that is written as it stands, and once."""
    first = max(query.splitlines(), key=len, default="").strip()
    if not first or text.count(first) != 1:
        return None
    return text.count("\n", 0, text.index(first)) + 1


def _denying_themselves(shapes: Shapes) -> Iterator[Finding]:
    for graph, shape, _, denied in _recursive(shapes):
        if denied:
            yield shapes.fault(
                graph,
                "a shape comes to deny itself, so that nobody can say what it finds;"
                " take it out of its sh:not, sh:xone or sh:qualifiedMaxCount",
                shapes.named(shape),
            )


_Use = tuple[str, str, str, bool]  # the graph, the shape, what it uses, and whether it denies it


def _recursive(shapes: Shapes) -> list[_Use]:
    """Return the uses of shapes by shapes that lead back to where they begin."""
    uses = [_use(row) for row in shapes.select(_USES)]
    part = _parts(uses)
    return [use for use in uses if part[use[1]] == part[use[2]]]


def _use(row: Any) -> _Use:
    return row["g"].value, row["from"].value, row["to"].value, row["denied"].value == "true"


def _parts(uses: Iterable[_Use]) -> dict[str, int]:
    import rustworkx as rx  # few have shapes of their own

    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    graph = rx.PyDiGraph()
    graph.extend_from_edge_list([(numbers[use[1]], numbers[use[2]]) for use in uses])
    names = list(numbers)
    components = enumerate(rx.strongly_connected_components(graph))
    return {names[number]: which for which, members in components for number in members}
