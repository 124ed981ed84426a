"""The names of what may stand in a place of a graph, and the nearest of them to what stands there.

A shape knows by which class or scheme a value would be right, so that what belongs to these is what may stand there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, PREFIXES, lengthen, nearest, shorten
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.base import Finding
    from kg.query import Index

_CLASS: Final = CP + "ClassShape"
_OWL_CLASS: Final = PREFIXES["owl"] + "Class"
MISSING: Final = frozenset({CP + "ReferenceShape", CP + "dangling"})
"""The shapes that find a thing that is named, and of which nothing is told."""
NAMELESS: Final = MISSING | {_CLASS}
"""The shapes that find a node by what refers to it."""

_MOST_COMPARED: Final = 200_000
"""How many pairs of names are compared in all: some seconds."""

# What may stand where a shape finds something else.
_WANTED: Final = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?shape ?scheme ?class ?member {
  { ?shape sh:node/sh:property ?of . ?of sh:path skos:inScheme ; sh:hasValue ?scheme }
  UNION { ?shape sh:class ?class }
  UNION { ?shape sh:or/rdf:rest*/rdf:first/sh:property ?of . ?of sh:path/rdf:first rdf:type ; sh:hasValue ?class }
  UNION { ?shape sh:in/rdf:rest*/rdf:first ?member }
}"""
_IN_SCHEME: Final = """SELECT (STR(?it) AS ?iri) ?name {
  ?it skos:inScheme <$1> ; skos:prefLabel ?name
}"""
_OF_CLASS: Final = """SELECT (STR(?it) AS ?iri) ?name {
  { SELECT ?below { ?below rdfs:subClassOf* <$1> } }
  ?it a ?below . OPTIONAL { ?it rdfs:label|skos:altLabel|cp:symbol ?name }
} LIMIT 100000"""
_OF_RANGE: Final = (
    """SELECT (STR(?class) AS ?iri) { <$1> rdfs:range|schema:rangeIncludes ?class }"""
)

_NAMED_AT: Final = "rdfs:label|skos:altLabel|cp:symbol"
MEMBERS_AT: Final = {
    "class": f"^rdfs:subClassOf*/^rdf:type/({_NAMED_AT})",
    "scheme": "^skos:inScheme/skos:prefLabel",
}
"""What the queries above look at from a class or a scheme on; see `kg.pipeline.footprint`."""
RANGES_AT: Final = "(rdfs:range|schema:rangeIncludes)"
"""What they look at from a property on, to tell of which classes its values are."""


def kinds_wanted(
    findings: Iterable[Finding], shapes: bytes, ranges: Iterable[str]
) -> set[tuple[str, str]]:
    """Return the classes and schemes, each after which of the two it is, that suggestions may be looked for in.

    `ranges` are the classes of the values of the properties by which what is missing is mentioned.
    """
    wanted = _wanted(shapes)
    kinds: set[tuple[str, str]] = set()
    for finding in findings:
        kinds |= wanted.get(finding.shape, set())
        if finding.shape == _CLASS:
            kinds.add(("class", _OWL_CLASS))
        elif finding.shape in MISSING:
            kinds |= {("class", CP + "Thing"), *(("class", one) for one in ranges)}
    return {(how, iri) for how, iri in kinds if how != "member"}


class KnownNames:
    """The names of what may stand in some place, looked up once for each kind of place."""

    def __init__(self, index: Index, shapes: bytes) -> None:
        """Take the graph, and the `shapes` that say what may stand where."""
        self._index, self._wanted = index, _wanted(shapes)
        self._names: dict[tuple[str, str], dict[str, str]] = {}
        self._near: dict[tuple[str, tuple[tuple[str, str], ...]], str | None] = {}
        self._left = _MOST_COMPARED

    def of_shape(self, shape: str) -> set[tuple[str, str]]:
        """Return the classes, schemes and terms among which a shape looks for a value."""
        return self._wanted.get(shape, set())

    def near(self, finding: Finding) -> str | None:
        """Return what the value of a finding may be meant for, as an author writes it."""
        if finding.value is None:
            return None
        kinds = tuple(sorted(self._kinds(finding)))
        # One mistake is often made in many places.
        if (finding.value, kinds) not in self._near:
            self._near[finding.value, kinds] = self._nearest(finding.value, kinds)
        return self._near[finding.value, kinds]

    def _nearest(self, value: str, kinds: Iterable[tuple[str, str]]) -> str | None:
        # With very many mistakes the first are told what they may be meant for.
        if self._left < 0:
            return None
        names: dict[str, str] = {}
        for kind in kinds:
            names |= self._named(*kind)
        self._left -= len(names)
        if self._left < 0 or value.removeprefix("cp:") in names.values():
            return None
        found = nearest(_written(lengthen(value)), names)
        return found[0] if found else None

    def _kinds(self, finding: Finding) -> set[tuple[str, str]]:
        if finding.shape == _CLASS:
            return {("class", _OWL_CLASS)}
        kinds = self.of_shape(finding.shape)
        if kinds or finding.shape not in MISSING or finding.path is None:
            return kinds
        ranges = {str(iri) for (iri,) in self._rows(_OF_RANGE, finding.path)}
        return {("class", iri) for iri in ranges} or {("class", CP + "Thing")}

    def _named(self, how: str, iri: str) -> dict[str, str]:
        """Return what people call the members of a class or scheme, each with what is to be written."""
        if (how, iri) not in self._names:
            names: dict[str, str] = {}
            if how == "member":
                names[_written(iri)] = _written(iri)
            else:
                query = _IN_SCHEME if how == "scheme" else _OF_CLASS
                for it, name in sorted(self._rows(query, iri), key=str):
                    written = _written(str(it))
                    names[written.partition(":")[2] or written] = written
                    names.update({str(name): written} if name else {})
            self._names[how, iri] = names
        return self._names[how, iri]

    def _rows(self, query: str, iri: str) -> Iterable[tuple[object, ...]]:
        return select_rows(self._index, query.replace("$1", iri))


def _written(iri: str) -> str:
    return shorten(iri).removeprefix("cp:")


def _wanted(shapes: bytes) -> dict[str, set[tuple[str, str]]]:
    """Return by shape of which schemes or classes, or which terms themselves, a value may be."""
    store = ox.Store()
    store.load(shapes, format=ox.RdfFormat.TURTLE)
    rows = store.query(_WANTED)
    wanted: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
    for row in rows:
        for how in ("scheme", "class", "member"):
            if isinstance(row[how], ox.NamedNode):
                wanted[row["shape"].value].add((how, row[how].value))
    return wanted
