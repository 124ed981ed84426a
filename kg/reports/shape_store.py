"""The shipped shapes as triples: what a shape says in words of SHACL."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.base import RDF, SHACL, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ShapeNode: TypeAlias = ox.NamedNode | ox.BlankNode
ShapeTerm: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_TYPE: Final = ox.NamedNode(RDF + "type")


class ShapeStore:
    """Shapes as triples of the default graph."""

    def __init__(self, store: ox.Store) -> None:
        """Take the triples."""
        self._store = store
        told = {quad.subject for quad in store if quad.predicate.value.startswith(SHACL)}
        self.named = sorted((one for one in told if isinstance(one, ox.NamedNode)), key=str)

    @classmethod
    @cache
    def shipped(cls) -> ShapeStore:
        """Return the shapes that ship with the ontology.

        >>> len(ShapeStore.shipped().named) > 100
        True
        """
        store = ox.Store()
        for path in sorted((ontology_folder() / "shapes").glob("*.ttl")):
            store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        return cls(store)

    def said(self, node: ShapeNode) -> set[str]:
        """Return which words of SHACL a node has."""
        quads = self._store.quads_for_pattern(node, None, None)
        iris = {quad.predicate.value for quad in quads}
        return {iri.removeprefix(SHACL) for iri in iris if iri.startswith(SHACL)}

    def values(self, node: ShapeNode, word: str) -> list[ShapeTerm]:
        """Return the values that a node has of a word of SHACL, in their order."""
        quads = self._store.quads_for_pattern(node, ox.NamedNode(SHACL + word), None)
        return sorted((_plain(quad.object) for quad in quads), key=str)

    def nodes(self, node: ShapeNode, word: str) -> list[ShapeNode]:
        """Return those values that are no literals."""
        return [one for one in self.values(node, word) if not isinstance(one, ox.Literal)]

    def listed(self, node: ShapeNode, word: str) -> Iterator[ShapeNode]:
        """Yield the members of the lists that a node has behind a word, but for literals."""
        for head in self.nodes(node, word):
            yield from self._list(head)

    def first(self, node: ShapeNode, word: str) -> str | None:
        """Return the text of the first value of a word, if there is one."""
        return next((term.value for term in self.values(node, word)), None)

    def number(self, node: ShapeNode, *words: str, usual: int = 0) -> int:
        """Return the largest number behind some words, or the usual one."""
        values = [int(term.value) for word in words for term in self.values(node, word)]
        return max(values, default=usual)

    def message(self, node: ShapeNode) -> str:
        """Return what a shape says to whoever breaks it."""
        return self.first(node, "message") or ""

    def paths(self, shape: ShapeNode) -> Iterator[str]:
        """Yield the properties that a shape is about; nothing where its path has several steps."""
        for path in self.nodes(shape, "path"):
            steps = (
                [path]
                if isinstance(path, ox.NamedNode)
                else [*self.listed(path, "alternativePath")]
            )
            if all(isinstance(step, ox.NamedNode) for step in steps):
                yield from (step.value for step in steps)

    def classes(self, shape: ShapeNode) -> Iterator[str]:
        """Yield the classes of which a shape has a value be an instance: by sh:class, or by what that stands for.

        Nested shapes ask along rdf:type, since for sh:class there the engine goes through all
        instances of the class at each value.
        """
        yield from (term.value for term in self.values(shape, "class"))
        for inner in self.nodes(shape, "property"):
            for path in self.nodes(inner, "path"):
                if any(self._store.quads_for_pattern(path, _FIRST, _TYPE)):
                    yield from (term.value for term in self.values(inner, "hasValue"))

    def _list(self, head: ShapeNode) -> Iterator[ShapeNode]:
        while head.value != RDF + "nil":
            (item,) = self._store.quads_for_pattern(head, _FIRST, None)
            (after,) = self._store.quads_for_pattern(head, _REST, None)
            if not isinstance(value := _plain(item.object), ox.Literal):
                yield value
            assert isinstance(after.object, (ox.NamedNode, ox.BlankNode))  # noqa: S101 - a list goes on
            head = after.object


def _plain(term: object) -> ShapeTerm:
    assert isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal))  # noqa: S101 - no shape has triple terms
    return term
