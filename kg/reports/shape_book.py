"""What the shipped shapes ask of a node, read as facts: which keys it may have, and what each of them takes.

A shape that tells of one node and its own properties is read; what follows paths, compares two
values or is a query says nothing that an author could be told beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from kg.base import CP, RDF, SHACL, SKOS, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet

_Node: TypeAlias = ox.NamedNode | ox.BlankNode
_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

_NIL: Final = RDF + "nil"

# A shape that says more of a value than these is about two values, or about all of them together.
_OF_TWO: Final = frozenset({"lessThan", "lessThanOrEquals", "disjoint", "equals", "hasValue", "not"})


@dataclass(frozen=True)
class PathRule:
    """What one shape asks of the values of one property, `path`, of a node.

    `alone` is false where the shape is about several properties at once: what it counts is then
    not the values of this one. `when` is the property that a node has where the rule holds, None
    where it holds of every node of its class. `schemes`, `classes` and `members` are what a value
    may belong to, as IRIs.
    """

    path: str
    message: str
    alone: bool = True
    when: str | None = None
    required: bool = False
    single: bool = False
    pattern: str | None = None
    least: str | None = None
    most: str | None = None
    schemes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    plain: bool = True


@dataclass(frozen=True)
class NodeTarget:
    """Which shapes are asked for: those of nodes of some classes, and of what some properties lead to."""

    classes: AbstractSet[str]
    led_to_by: AbstractSet[str] = frozenset()


class ShapeBook:
    """The shipped shapes."""

    def __init__(self, store: ox.Store) -> None:
        """Take shapes as triples of the default graph."""
        self._store = store
        shapes = {quad.subject for quad in store if quad.predicate.value.startswith(SHACL)}
        self._shapes = sorted((one for one in shapes if isinstance(one, ox.NamedNode)), key=str)

    @classmethod
    @cache
    def shipped(cls) -> ShapeBook:
        """Return the shapes that ship with the ontology."""
        store = ox.Store()
        for path in sorted((ontology_folder() / "shapes").glob("*.ttl")):
            store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        return cls(store)

    def allowed(self, target: NodeTarget) -> frozenset[str] | None:
        """Return the properties that a node may have, or None where no shape says.

        >>> from kg.base import CP
        >>> sorted(ShapeBook.shipped().allowed(NodeTarget({CP + "Retraction"})))[0][-10:]
        'confidence'
        """
        allowed: frozenset[str] | None = None
        for shape in self._of(target):
            if any(term.value == "true" for term in self._values(shape, "closed")):
                (ignored,) = self._values(shape, "ignoredProperties")
                own = frozenset(term.value for term in self._list(ignored))
                allowed = own if allowed is None else allowed & own
        return allowed

    def rules(self, target: NodeTarget, properties: AbstractSet[str]) -> list[PathRule]:
        """Return what shapes ask of the properties of a node, those that hold of every node first."""
        found = [rule for shape in self._of(target) for rule in self._rules(shape, None)]
        for shape in self._shapes:
            for when in self._values(shape, "targetSubjectsOf"):
                if when.value in properties:
                    found += self._rules(shape, when.value)
        return [rule for rule in found if rule.path in properties]

    def conditions(self, target: NodeTarget, key: Callable[[str], str | None]) -> list[Schema]:
        """Return what shapes ask of several properties together, as JSON Schema.

        `key` gives the key of a property. What cannot be said so is left out.
        """
        found = [condition for shape in self._of(target) for condition in self._choices(shape, key)]
        for shape in self._shapes:
            for when in self._values(shape, "targetSubjectsOf"):
                name = key(when.value)
                if name and (choices := list(self._choices(shape, key))):
                    found.append({"dependencies": {name: {"allOf": choices}}})
        return found

    def _of(self, target: NodeTarget) -> Iterator[_Node]:
        for shape in self._shapes:
            classes = {term.value for term in self._values(shape, "targetClass")}
            objects = {term.value for term in self._values(shape, "targetObjectsOf")}
            if classes & target.classes or objects & target.led_to_by:
                yield shape

    def _rules(self, shape: _Node, when: str | None) -> Iterator[PathRule]:
        said = {quad.predicate.value for quad in self._store.quads_for_pattern(shape, None, None)}
        paths = list(self._paths(shape))
        # Of a property that only begins the path, or that a node has besides, nothing is asked.
        for path in paths:
            alone = len(paths) == 1
            yield PathRule(
                path=path,
                message=self._message(shape),
                alone=alone,
                when=None if when == path or (when in paths and not alone) else when,
                required=alone and self._number(shape, "minCount", "qualifiedMinCount") > 0,
                single=alone and (self._number(shape, "maxCount") == 1 or SHACL + "uniqueLang" in said),
                pattern=self._one(shape, "pattern"),
                least=self._one(shape, "minInclusive"),
                most=self._one(shape, "maxInclusive"),
                schemes=tuple(self._schemes(shape)),
                classes=tuple(self._classes(shape)),
                members=tuple(term.value for term in self._listed(shape, "in")),
                plain=not any(SHACL + name in said for name in _OF_TWO),
            )

    def _paths(self, shape: _Node) -> Iterator[str]:
        """Yield the properties that a shape is about; nothing where its path has several steps."""
        for path in self._values(shape, "path"):
            if isinstance(path, ox.NamedNode):
                yield path.value
            else:
                steps = list(self._listed(path, "alternativePath"))
                if all(isinstance(step, ox.NamedNode) for step in steps):
                    yield from (step.value for step in steps)

    def _schemes(self, shape: _Node) -> Iterator[str]:
        """Yield the schemes of which a shape has a value be a concept."""
        for node in self._values(shape, "node"):
            for inner in self._values(node, "property"):
                if SKOS + "inScheme" in self._paths(inner):
                    yield from (term.value for term in self._values(inner, "hasValue"))

    def _classes(self, shape: _Node) -> Iterator[str]:
        yield from (term.value for term in self._values(shape, "class"))
        for node in self._listed(shape, "or"):
            yield from (term.value for term in self._values(node, "class"))

    def _choices(self, shape: _Node, key: Callable[[str], str | None]) -> Iterator[Schema]:
        """Yield the alternatives of a shape of nodes that can be told of keys alone."""
        if self._values(shape, "path"):
            return
        for name, word in (("or", "anyOf"), ("xone", "oneOf"), ("and", "allOf")):
            parts = [self._said(node, key) for node in self._listed(shape, name)]
            if parts and all(part is not None for part in parts):
                yield {word: parts}

    def _said(self, shape: _Term, key: Callable[[str], str | None]) -> Schema | None:
        """Return what a shape without a target asks of a node, or None where it cannot be told."""
        told = {"property", "not", "or", "xone", "and"}
        constraints = [
            quad.predicate.value.removeprefix(SHACL)
            for quad in self._store.quads_for_pattern(shape, None, None)
            if quad.predicate.value.startswith(SHACL)
        ]
        if not constraints or not told.issuperset(constraints):
            return None
        parts = [self._of_property(inner, key) for inner in self._values(shape, "property")]
        for inner in self._values(shape, "not"):
            negated = self._said(inner, key)
            parts.append(None if negated is None else {"not": negated})
        parts += self._choices(shape, key)
        if not all(parts):
            return None
        return parts[0] if len(parts) == 1 else {"allOf": parts}

    def _of_property(self, shape: _Term, key: Callable[[str], str | None]) -> Schema | None:
        paths = list(self._paths(shape)) if not isinstance(shape, ox.Literal) else []
        name = key(paths[0]) if len(paths) == 1 else None
        if name is None:
            return None
        if values := self._values(shape, "hasValue"):
            of = {"properties": {name: has_one(local_name(one.value) for one in values)}}
            return {"required": [name], **of}
        most, least = self._number(shape, "maxCount", usual=-1), self._number(shape, "minCount")
        if most == 0:
            return {"properties": {name: False}}
        # What is no list is one value, of which this says nothing.
        once = {"properties": {name: {"maxItems": most}}} if most > 0 else {}
        return {"required": [name], **once} if least else once or None

    def _message(self, shape: _Node) -> str:
        return next((term.value for term in self._values(shape, "message")), "")

    def _number(self, shape: _Term, *names: str, usual: int = 0) -> int:
        values = [int(term.value) for name in names for term in self._values(shape, name)]
        return max(values, default=usual)

    def _one(self, shape: _Node, name: str) -> str | None:
        return next((term.value for term in self._values(shape, name)), None)

    def _values(self, node: _Term, name: str) -> list[_Term]:
        """Return the values that a node has of a property of SHACL, in their order."""
        if isinstance(node, ox.Literal):
            return []
        quads = self._store.quads_for_pattern(node, ox.NamedNode(SHACL + name), None)
        return sorted((_plain(quad.object) for quad in quads), key=str)

    def _listed(self, node: _Node, name: str) -> Iterator[_Term]:
        for head in self._values(node, name):
            yield from self._list(head)

    def _list(self, head: _Term) -> Iterator[_Term]:
        first, rest = ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")
        while not isinstance(head, ox.Literal) and head.value != _NIL:
            (item,) = self._store.quads_for_pattern(head, first, None)
            (after,) = self._store.quads_for_pattern(head, rest, None)
            yield _plain(item.object)
            head = _plain(after.object)


def local_name(iri: str) -> str:
    """Return the last part of the address of a term, as an author writes it.

    >>> local_name("https://w3id.org/corporate-plans/ontology#at-least")
    'at-least'
    """
    return iri.replace("#", "/").rpartition("/")[2]


def in_full(names: Iterable[str], *, prefixed: bool = True) -> Schema:
    """Return the JSON Schema of one of some terms by a name with a prefix, or by its address.

    With `prefixed` false its short name will do, too.

    >>> in_full(["low"])["pattern"][-7:]
    ')(low)$'
    """
    address = CP.replace(".", r"\.")
    prefix = f"(cp:|{address})" + ("" if prefixed else "?")
    return {"type": "string", "pattern": f"^{prefix}({'|'.join(names)})$"}


def has_one(names: Iterable[str]) -> Schema:
    """Return that one of the values of a key is among some terms, whether it has one or a list.

    >>> has_one(["low"])["anyOf"][1]["contains"]["pattern"][-8:]
    ')?(low)$'
    """
    # By a pattern: an editor would offer what an enum lists, wherever it stands.
    among = in_full(names, prefixed=False)
    return {"anyOf": [among, {"type": "array", "contains": among}]}


def _plain(term: object) -> _Term:
    assert isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal))  # noqa: S101 - no shape has triple terms
    return term
