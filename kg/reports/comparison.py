"""What two graphs say differently: statements and things, not triples.

Compared is what was said. A triple that one graph says and the other derives is no difference, nor
is the file or the graph that it stands in: so a store, its sources and its exports are the same.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import pyoxigraph as ox

from kg.base import CP, nquads, shorten
from kg.plans import Words
from kg.promises import load_statements
from kg.query import Index
from kg.reports.difference import Difference, Item, PropertyChange

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from kg.promises import Statement
    from kg.query import GraphContent

# The nodes that these lead to have no life of their own: they are told with what they belong to.
_PARTS: Final = frozenset(f"<{CP}{name}>".encode() for name in ("evidence", "text"))

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Values: TypeAlias = set[tuple[str, _Term]]
"""What is said of one node: pairs of a property and a value."""


def diff(before: GraphContent, after: GraphContent) -> Difference:
    """Return the statements and things that differ between two graphs.

    An endpoint keeps values and not how they were written, so beside one only values count.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> len(kg.diff(graph, graph))
    0
    """
    if not (before.exact and after.exact):
        before, after = _NormalisedGraph.of(before), _NormalisedGraph.of(after)
    # What is the same in both is never parsed: of two large graphs little differs, as a rule.
    nodes = _differing(before.asserted, after.asserted)
    nodes |= {owner for graph in (before, after) for owner in _owners(graph.asserted, nodes)}
    old, new = _Side(before, nodes), _Side(after, nodes)
    items = [_item(name, old, new) for name in sorted({*old.asserted, *new.asserted})]
    return Difference(tuple(sorted(filter(None, items), key=lambda item: item.is_statement)))


@dataclass(frozen=True)
class _NormalisedGraph:
    """A graph whose values are written in one way, however they were said."""

    asserted: bytes
    derived: bytes
    index: Index
    exact: bool = False
    written: ClassVar = None

    @classmethod
    def of(cls, graph: GraphContent) -> _NormalisedGraph:
        return cls(_normalised(graph.asserted), _normalised(graph.derived), graph.index)

    def pieces(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` in pieces of whole lines."""
        return (self.derived if part == "derived" else self.asserted,)

    def lines(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` line by line."""
        return io.BytesIO(self.derived if part == "derived" else self.asserted)


def _normalised(quads: bytes) -> bytes:
    # Oxigraph writes literals of known datatypes anew, as endpoints do.
    dump = Index.of(quads).store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(nquads.split(dump)))


def _differing(before: bytes, after: bytes) -> set[bytes]:
    """Return the subjects of the triples that only one of two sorted sets of N-Quads holds."""
    if before == after:
        return set()
    sides = (nquads.triples(io.BytesIO(quads)) for quads in (before, after))
    return {nquads.subject_of(triple) for triple, _ in nquads.differing(*sides)}


def _owners(quads: bytes, nodes: Container[bytes]) -> Iterator[bytes]:
    """Return the nodes that some of `nodes` are parts of."""
    for triple in nquads.triples(io.BytesIO(quads)):
        subject, predicate, part = nquads.triple_parts(triple)
        if predicate in _PARTS and part in nodes:
            yield subject


class _Side:
    """What one of the two graphs asserts of some nodes, by node; what it derives; in which words."""

    def __init__(self, graph: GraphContent, nodes: Container[bytes]) -> None:
        self._graph = graph
        self._quads = _about(graph.asserted, nodes)
        quads = list(ox.parse(self._quads, ox.RdfFormat.N_QUADS))
        parts = {quad.object: quad for quad in quads if str(quad.predicate).encode() in _PARTS}
        self.asserted = _by_node(quads, parts)
        derived = ox.parse(_about(graph.derived, nodes), ox.RdfFormat.N_QUADS)
        self.derived = _by_node(derived, parts)

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        # From what differs alone: an index of the whole graph would take far longer to ask.
        return load_statements(Index.of(self._quads))

    @cached_property
    def _words(self) -> Words:
        return Words.of(self._graph.index)

    def describe(self, node: str) -> tuple[str, str]:
        """Return the class of a node, and the sentence that it amounts to, or its label."""
        name = shorten(node)
        if name in self._statements:
            statement = self._statements[name]
            return statement.kind, self._words.sentence(statement)
        classes = sorted(_text(v) for p, v in self.asserted[node] if p == "rdf:type")
        return ", ".join(class_.removeprefix("cp:") for class_ in classes), self._words.label(name)


def _about(quads: bytes, nodes: Container[bytes]) -> bytes:
    """Return the quads whose subject is one of `nodes`."""
    return b"".join(line for line in io.BytesIO(quads) if nquads.subject_of(line) in nodes)


def _by_node(quads: Iterable[ox.Quad], parts: Mapping[_Term, ox.Quad]) -> dict[str, _Values]:
    """Return properties and values by node; those of a part are properties of what it belongs to."""
    values: dict[str, _Values] = {}
    for quad in quads:
        node, path = quad.subject, shorten(quad.predicate.value)
        if node in parts:
            link = parts[node]
            node, path = link.subject, f"{shorten(link.predicate.value)}/{path}"
        values.setdefault(str(node).strip("<>"), set()).add((path, quad.object))
    return values


def _item(node: str, before: _Side, after: _Side) -> Item | None:
    was, now = before.asserted.get(node, set()), after.asserted.get(node, set())
    # What is only derived on the other side is said on both, in other ways.
    lost = was - now - after.derived.get(node, set())
    gained = now - was - before.derived.get(node, set())
    if not lost and not gained:
        return None
    kind, says = (after if now else before).describe(node)
    if not was or not now:
        return Item("added" if now else "removed", kind, shorten(node), says)
    return Item("changed", kind, shorten(node), says, _changes(lost | gained, was, now))


def _changes(changed: _Values, was: _Values, now: _Values) -> tuple[PropertyChange, ...]:
    """Return the properties of `changed`, each with all values before and after."""
    return tuple(
        _change(path, [v for p, v in was if p == path], [v for p, v in now if p == path])
        for path in sorted({path for path, _ in changed})
    )


def _change(path: str, was: list[_Term], now: list[_Term]) -> PropertyChange:
    before, after = sorted(map(_text, was)), sorted(map(_text, now))
    if before == after:  # they differ in language or datatype alone
        before, after = sorted(map(str, was)), sorted(map(str, now))
    return PropertyChange(path, tuple(before), tuple(after))


def _text(term: _Term) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)
