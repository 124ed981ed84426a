"""What the shipped shapes ask of a node, read as facts: which keys it may have, and what each of them takes.

A shape that tells of one node and its own properties is read; what follows paths, compares two
values or is a query says nothing that an author could be told beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import SKOS
from kg.reports.shape_store import ShapeStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Set as AbstractSet

    from kg.reports.shape_store import ShapeNode

# A shape that says more of a value than these is about two values, or about all of them together.
_OF_TWO: Final = frozenset(
    {"lessThan", "lessThanOrEquals", "disjoint", "equals", "hasValue", "not"}
)


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


def targeted(shapes: ShapeStore, target: NodeTarget) -> Iterator[ShapeNode]:
    """Yield the shapes that hold of every node of a target."""
    for shape in shapes.named:
        classes = {term.value for term in shapes.values(shape, "targetClass")}
        objects = {term.value for term in shapes.values(shape, "targetObjectsOf")}
        if classes & target.classes or objects & target.led_to_by:
            yield shape


def allowed_properties(target: NodeTarget) -> frozenset[str] | None:
    """Return the properties that a node may have, or None where no shape says.

    >>> from kg.base import CP
    >>> CP + "corrects" in (allowed_properties(NodeTarget({CP + "Retraction"})) or ())
    True
    """
    shapes, allowed = ShapeStore.shipped(), None
    for shape in targeted(shapes, target):
        if shapes.first(shape, "closed") == "true":
            own = frozenset(term.value for term in shapes.listed(shape, "ignoredProperties"))
            allowed = own if allowed is None else allowed & own
    return allowed


def path_rules(target: NodeTarget, properties: AbstractSet[str]) -> list[PathRule]:
    """Return what shapes ask of the properties of a node, those that hold of every node first.

    >>> from kg.base import CP
    >>> [rule.single for rule in path_rules(NodeTarget({CP + "Target"}), {CP + "due"})][:1]
    [True]
    """
    shapes = ShapeStore.shipped()
    found = [rule for shape in targeted(shapes, target) for rule in _rules(shapes, shape, None)]
    for shape in shapes.named:
        for when in shapes.values(shape, "targetSubjectsOf"):
            if when.value in properties:
                found += _rules(shapes, shape, when.value)
    return [rule for rule in found if rule.path in properties]


def _rules(shapes: ShapeStore, shape: ShapeNode, when: str | None) -> Iterator[PathRule]:
    said, paths = shapes.said(shape), list(shapes.paths(shape))
    alone = len(paths) == 1
    for path in paths:
        yield PathRule(
            path=path,
            message=shapes.message(shape),
            alone=alone,
            when=None if when in paths and (when == path or not alone) else when,
            required=alone and shapes.number(shape, "minCount", "qualifiedMinCount") > 0,
            single=alone and (shapes.number(shape, "maxCount") == 1 or "uniqueLang" in said),
            pattern=shapes.first(shape, "pattern"),
            least=shapes.first(shape, "minInclusive"),
            most=shapes.first(shape, "maxInclusive"),
            schemes=tuple(_schemes(shapes, shape)),
            classes=tuple(_classes(shapes, shape)),
            members=tuple(term.value for term in shapes.listed(shape, "in")),
            plain=not said & _OF_TWO,
        )


def _schemes(shapes: ShapeStore, shape: ShapeNode) -> Iterator[str]:
    """Yield the schemes of which a shape has a value be a concept."""
    for node in shapes.nodes(shape, "node"):
        for inner in shapes.nodes(node, "property"):
            if SKOS + "inScheme" in shapes.paths(inner):
                yield from (term.value for term in shapes.values(inner, "hasValue"))


def _classes(shapes: ShapeStore, shape: ShapeNode) -> Iterator[str]:
    for node in (shape, *shapes.listed(shape, "or")):
        yield from shapes.classes(node)
