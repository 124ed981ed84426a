"""What shapes of one's own look at: a shape that selects nothing finds nothing, and nobody notices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.base import RDFS, SHACL, nearest, shorten
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.base import Finding
    from kg.pipeline.shapes import Shapes
    from kg.query import Index

_IDLE: Final = f"""SELECT DISTINCT ?g ?shape {{
  GRAPH ?g {{ VALUES ?class {{ sh:NodeShape sh:PropertyShape }} ?shape a ?class }}
  FILTER NOT EXISTS {{ ?shape sh:deactivated true }}
  FILTER NOT EXISTS {{
    VALUES ?by {{ sh:targetClass sh:targetNode sh:targetSubjectsOf sh:targetObjectsOf sh:target }}
    ?shape ?by ?target
  }}
  FILTER NOT EXISTS {{ VALUES ?class {{ <{RDFS}Class> owl:Class }} ?shape a ?class }}
  FILTER NOT EXISTS {{ ?user ?uses ?shape FILTER (?uses != sh:shape) }}
}} ORDER BY ?g ?shape"""

_TARGETS: Final = f"""SELECT DISTINCT ?g ?shape ?by ?target {{
  {{
    VALUES ?by {{ sh:targetClass sh:targetNode sh:targetSubjectsOf sh:targetObjectsOf }}
    GRAPH ?g {{ ?shape ?by ?target FILTER isIRI(?target) }}
  }} UNION {{
    VALUES ?class {{ <{RDFS}Class> owl:Class }}
    GRAPH ?g {{ ?shape a sh:NodeShape, ?class }}
    BIND (sh:targetClass AS ?by) BIND (?shape AS ?target)
  }}
  FILTER NOT EXISTS {{ ?shape sh:deactivated true }}
}} ORDER BY ?g ?shape ?by ?target"""

_OFF: Final = """SELECT DISTINCT ?g ?term {
  VALUES ?term { sh:js sh:jsLibrary sh:rule sh:entailment sh:values owl:imports }
  GRAPH ?g { ?s ?term ?o }
} ORDER BY ?g ?term"""

_SELECTS: Final = {
    "targetClass": "{ SELECT ?c { ?c rdfs:subClassOf* <$1> } } ?x a ?c",
    "targetNode": "{ <$1> ?p ?o } UNION { ?s ?q <$1> }",
    "targetSubjectsOf": "?s <$1> ?o",
    "targetObjectsOf": "?s <$1> ?o",
}
_NAMES: Final = {
    "targetClass": "SELECT DISTINCT (STR(?c) AS ?name) { ?x a ?c }",
    "targetSubjectsOf": "SELECT DISTINCT (STR(?p) AS ?name) { ?x ?p ?o }",
    "targetObjectsOf": "SELECT DISTINCT (STR(?p) AS ?name) { ?x ?p ?o }",
}


def find_idle(shapes: Shapes, index: Index) -> Iterator[Finding]:
    """Yield hints for shapes that look at nothing in `index`, and for what is not carried out."""
    for row in shapes.select(_OFF):
        graph, term = row["g"].value, shorten(row["term"].value)
        yield replace(shapes.hint(graph, row["term"].value, _off(term)), node="")
    for row in shapes.select(_IDLE):
        yield shapes.hint(
            row["g"].value,
            row["shape"].value,
            "selects nothing: it has no target, and no other shape refers to it",
        )
    yield from _empty(shapes, index)


def _off(term: str) -> str:
    if term == "owl:imports":
        return "nothing is fetched: give what is imported as another --shapes"
    return f"{term} is not carried out: data is held against what is said, by SHACL Core and SPARQL"


def _empty(shapes: Shapes, index: Index) -> Iterator[Finding]:
    """Yield a hint for each shape all of whose targets select nothing."""
    targets: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in shapes.select(_TARGETS):
        key = row["g"].value, row["shape"].value
        targets.setdefault(key, []).append(
            (row["by"].value.removeprefix(SHACL), row["target"].value)
        )
    names = _Names(index)
    advanced = {
        row["shape"].value for row in shapes.select("SELECT ?shape { ?shape sh:target ?t }")
    }
    for (graph, shape), given in targets.items():
        if shape in advanced or any(_selects(index, by, target) for by, target in given):
            continue
        by, target = given[0]
        yield shapes.hint(graph, shape, f"selects nothing: {_missing(names, by, target)}")


def _selects(index: Index, by: str, target: str) -> bool:
    query = f"SELECT (1 AS ?found) {{ {_SELECTS[by].replace('$1', target)} }} LIMIT 1"
    return bool(select_rows(index, query))


def _missing(names: _Names, by: str, target: str) -> str:
    name = shorten(target)
    if by == "targetNode":
        return f"the data knows no {name}"
    told = f"nothing is a {name}" if by == "targetClass" else f"nothing has {name}"
    # By what follows the prefix: two names that share one are not alike for that.
    near = nearest(_local(name), names[by])
    return f"{told}; did you mean {near[0]}?" if near else told


class _Names(dict[str, dict[str, str]]):
    """What the data has as targets of a kind, by what follows the prefix; looked up once each."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, by: str) -> dict[str, str]:
        names = (shorten(str(row[0])) for row in select_rows(self._index, _NAMES[by]))
        self[by] = {_local(one): one for one in names}
        return self[by]


def _local(name: str) -> str:
    return re.split("[/#:]", name)[-1]
