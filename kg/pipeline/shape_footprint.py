"""What SHACL shapes look at from their focus nodes on, read from the shapes.

What is not known here is refused, and so are shapes whose findings are about another node than the one
that they start from: then nothing is said of which findings a change concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import RDF, RDFS, SHACL
from kg.pipeline.footprint import Path, PathStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OWL_CLASS: Final = "http://www.w3.org/2002/07/owl#Class"

_CLASSES: Final = (
    PathStep(frozenset({RDF + "type"})),
    PathStep(frozenset({RDFS + "subClassOf"}), many=True),
)
_ANY: Final = (PathStep(None),)

# What says nothing but of the value itself, or of how many values there are.
_OF_VALUES: Final = {
    *(SHACL + name for name in [
        "message", "severity", "deactivated", "name", "description", "order", "group", "path",
        "defaultValue", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "minCount",
        "maxCount", "datatype", "nodeKind", "minInclusive", "maxInclusive", "minExclusive",
        "maxExclusive", "pattern", "flags", "minLength", "maxLength", "languageIn", "uniqueLang", "in",
        "hasValue", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount",
    ]),
    *(RDF + "type", RDFS + "label", RDFS + "comment"),
}  # fmt: skip
_COMPARED: Final = frozenset(
    SHACL + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals")
)
_SHAPES: Final = frozenset(SHACL + name for name in ("node", "not", "qualifiedValueShape"))
_LISTS: Final = frozenset(SHACL + name for name in ("and", "or", "xone"))


def shape_paths(shapes: bytes) -> frozenset[Path]:
    """Return the paths that shapes in Turtle look along, from the nodes that they target.

    Raises:
        ValueError: the shapes say what is not known here.

    >>> found = shape_paths(b"PREFIX : <a:> PREFIX sh: <http://www.w3.org/ns/shacl#>"
    ...     b" :s a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; sh:minCount 1 .")
    >>> [[sorted(step.predicates) for step in path] for path in found]
    [[['a:p']]]
    """
    return frozenset(_ShapesRead(shapes).paths())


class _ShapesRead:
    """The reading of one graph of shapes."""

    def __init__(self, shapes: bytes) -> None:
        self._store = ox.Store()
        self._store.load(shapes, format=ox.RdfFormat.TURTLE)

    def paths(self) -> Iterator[Path]:
        for shape in dict.fromkeys(quad.subject for quad in self._store):
            if (shape, SHACL + "deactivated", "true") in self:
                continue
            targets = list(self._targets(shape))
            if targets:
                yield from targets
                yield from self._constraints(shape, (), ())

    def __contains__(self, said: tuple[ox.Triple, str, str]) -> bool:
        subject, predicate, value = said
        return any(value == str(one.value) for one in self._values(subject, predicate))

    def _values(self, subject: Any, predicate: str) -> list[Any]:
        return [
            quad.object
            for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        ]

    def _targets(self, shape: Any) -> Iterator[Path]:
        if self._values(shape, SHACL + "target"):
            raise ValueError("a shape selects its targets by a query")
        classes = {_iri(one) for one in self._values(shape, RDF + "type")}
        if self._values(shape, SHACL + "targetClass") or classes & {RDFS + "Class", _OWL_CLASS}:
            yield _CLASSES
        for value in self._values(shape, SHACL + "targetSubjectsOf"):
            yield (PathStep(frozenset({_iri(value)})),)
        for value in self._values(shape, SHACL + "targetObjectsOf"):
            yield (PathStep(frozenset({_iri(value)}), inverse=True, once=True),)
        for _ in self._values(shape, SHACL + "targetNode"):
            yield ()

    def _constraints(self, shape: Any, focus: Path, above: tuple[Any, ...]) -> Iterator[Path]:
        """Yield what `shape` looks at from a node at the end of `focus`."""
        if shape in above:
            raise ValueError(f"the shape {shape} refers to itself")
        above = (*above, shape)
        path = self._values(shape, SHACL + "path")
        # Where the values of the shape stand: one way each.
        ends = [focus + way for one in path for way in self._ways(one)] if path else [focus]
        yield from filter(None, ends)
        for quad in self._store.quads_for_pattern(shape, None, None):
            said, value = quad.predicate.value, quad.object
            # A property within a property is told of the value, and not of the node.
            if said in _SHAPES or (said == SHACL + "property" and not path):
                yield from self._all(ends, [value], above)
            elif said in _LISTS:
                yield from self._all(ends, self._list(value), above)
            else:
                yield from _looked_at(said, value, focus, ends)

    def _all(
        self, ends: Iterable[Path], shapes: Iterable[Any], above: tuple[Any, ...]
    ) -> Iterator[Path]:
        shapes = list(shapes)
        for end in ends:
            for shape in shapes:
                yield from self._constraints(shape, end, above)

    def _ways(self, path: Any) -> list[Path]:
        """Return the ways that a path of SHACL can be gone along."""
        if isinstance(path, ox.NamedNode):
            return [(PathStep(frozenset({path.value})),)]
        if self._values(path, RDF + "first"):
            ways: list[Path] = [()]
            for one in self._list(path):
                ways = [way + more for way in ways for more in self._ways(one)]
            return ways
        ((said, value),) = [
            (quad.predicate.value, quad.object)
            for quad in self._store.quads_for_pattern(path, None, None)
        ]
        if said == SHACL + "alternativePath":
            return _joined([way for one in self._list(value) for way in self._ways(one)])
        return _changed(said.removeprefix(SHACL), self._ways(value))

    def _list(self, start: Any) -> list[Any]:
        found, seen = [], set()
        while start not in seen and (first := self._values(start, RDF + "first")):
            seen.add(start)
            found += first
            (start,) = self._values(start, RDF + "rest")
        return found


def _looked_at(said: str, value: Any, focus: Path, ends: list[Path]) -> Iterator[Path]:
    """Yield what a constraint without shapes in it looks at, from the node and from the values."""
    if said == SHACL + "class":
        yield from (end + _CLASSES for end in ends)
    elif said == SHACL + "closed":
        yield from (end + _ANY for end in ends)
    elif said in _COMPARED:
        yield (*focus, PathStep(frozenset({_iri(value)})))
    elif said not in _OF_VALUES:
        raise ValueError(f"a shape has {said}, of which it is not known what it looks at")


def _changed(name: str, inner: list[Path]) -> list[Path]:
    """Return the ways of a path that is gone inversely, or another number of times than once."""
    if name == "zeroOrOnePath":
        return [(), *inner]
    step = inner[0][0] if len(inner) == 1 and len(inner[0]) == 1 else None
    if step is None or step.many:
        raise ValueError(f"a path of shapes has {name} of more than one step")
    many = step._replace(many=True)
    ways: dict[str, list[Path]] = {
        "inversePath": [(step._replace(inverse=not step.inverse),)],
        "zeroOrMorePath": [(many,)],
        "oneOrMorePath": [(step, many)],
    }
    if name not in ways:
        raise ValueError(f"a path of shapes has {name}, which is not known")
    return ways[name]


def _joined(ways: list[Path]) -> list[Path]:
    """Return alternatives with all that are one plain step made one."""
    plain = [way[0] for way in ways if len(way) == 1 and way[0] == PathStep(way[0].predicates)]
    if len(plain) < 2:  # noqa: PLR2004
        return ways
    names = frozenset(name for step in plain for name in step.predicates or ())
    return [(PathStep(names),), *(way for way in ways if not (len(way) == 1 and way[0] in plain))]


def _iri(term: Any) -> str:
    if not isinstance(term, ox.NamedNode):
        raise ValueError(f"a shape names {term}, which is no IRI")  # noqa: TRY004 - what is said, not a type
    return term.value
