"""What the shipped shapes ask of several keys together, as JSON Schema: either these, or those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.base import CP
from kg.reports.shape_rules import targeted
from kg.reports.shape_store import ShapeStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.reports.shape_rules import NodeTarget
    from kg.reports.shape_store import ShapeNode

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, or a part of one."""

_WORDS: Final = (("or", "anyOf"), ("xone", "oneOf"), ("and", "allOf"))

_TOLD: Final = frozenset({"property", "not", *(word for word, _ in _WORDS)})
"""What a shape of a node may say to be told of keys alone."""


@dataclass(frozen=True)
class Condition:
    """What a shape asks of several keys together, as a JSON Schema, and what it says to whoever breaks it."""

    message: str
    schema: Schema


def conditions(target: NodeTarget, keys: Mapping[str, str]) -> list[Condition]:
    """Return what shapes ask of several keys together; `keys` are by property.

    What cannot be said as JSON Schema is left out.

    >>> from kg.reports.shape_rules import NodeTarget
    >>> keys = {CP + name: name for name in ("value", "minimum", "maximum")}
    >>> [list(one.schema) for one in conditions(NodeTarget({CP + "Target"}), keys)]
    [['oneOf']]
    """
    reader = _ConditionReader(keys)
    return [*reader.always(target), *reader.where_there_is()]


class _ConditionReader:
    """Reads shapes as conditions of keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys, self._shapes = keys, ShapeStore.shipped()

    def always(self, target: NodeTarget) -> Iterator[Condition]:
        for shape in targeted(self._shapes, target):
            for choice in self._choices(shape):
                yield Condition(self._shapes.message(shape), choice)

    def where_there_is(self) -> Iterator[Condition]:
        """Yield what holds only of nodes that have a certain key."""
        for shape in self._shapes.named:
            for when in self._shapes.values(shape, "targetSubjectsOf"):
                name, choices = self._keys.get(when.value), list(self._choices(shape))
                if name and choices:
                    then = {"dependencies": {name: {"allOf": choices}}}
                    yield Condition(self._shapes.message(shape), then)

    def _choices(self, shape: ShapeNode) -> Iterator[Schema]:
        """Yield the alternatives of a shape of nodes that can be told of keys alone."""
        if self._shapes.values(shape, "path"):
            return
        for word, of_schema in _WORDS:
            parts = [self._of_node(node) for node in self._shapes.listed(shape, word)]
            if parts and None not in parts:
                yield {of_schema: parts}

    def _of_node(self, shape: ShapeNode) -> Schema | None:
        """Return what a shape without a target asks of a node, or None where it cannot be told."""
        said = self._shapes.said(shape)
        if not said or not said <= _TOLD:
            return None
        parts = [self._of_key(inner) for inner in self._shapes.nodes(shape, "property")]
        for inner in self._shapes.nodes(shape, "not"):
            negated = self._of_node(inner)
            parts.append(None if negated is None else {"not": negated})
        parts += self._choices(shape)
        if None in parts:
            return None
        return parts[0] if len(parts) == 1 else {"allOf": parts}

    def _of_key(self, shape: ShapeNode) -> Schema | None:
        paths = list(self._shapes.paths(shape))
        name = self._keys.get(paths[0]) if len(paths) == 1 else None
        if name is None:
            return None
        if values := self._shapes.values(shape, "hasValue"):
            one = has_one(local_name(value.value) for value in values)
            return {"required": [name], "properties": {name: one}}
        most = self._shapes.number(shape, "maxCount", usual=-1)
        if most == 0:
            return {"properties": {name: False}}
        # What is no list is one value, of which this says nothing.
        once: Schema = {"properties": {name: {"maxItems": most}}} if most > 0 else {}
        needed = self._shapes.number(shape, "minCount") > 0
        return {"required": [name], **once} if needed else once or None


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
