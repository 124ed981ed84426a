"""What two graphs say differently: statements and things, not triples.

Compared is what was said. A triple that one graph says and the other derives is no difference, nor
is the file or the graph that it stands in: so a store, its sources and its exports are the same.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import pyoxigraph as ox

from kg.base import CP, DIFFERENCE_FORMATS, UsageError, nquads, shorten, visible
from kg.plans import KINDS, Words, load_statements
from kg.query import Index, format_table

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from kg.base import Cell
    from kg.plans import Statement
    from kg.query import GraphContent

COLUMNS: Final = ("change", "kind", "name", "says", "property", "before", "after")

# The nodes that these lead to have no life of their own: they are told with what they belong to.
_PARTS: Final = frozenset(f"<{CP}{name}>".encode() for name in ("evidence", "text"))

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Facts: TypeAlias = dict[str, set[tuple[str, _Term]]]


@dataclass(frozen=True)
class PropertyChange:
    """A property that has other values than before, as sorted texts: IRIs by their shortest name."""

    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A statement or thing that differs.

    `change` is "added", "removed" or "changed"; `kind` its class, `name` its shortest name, `says` the
    sentence that it amounts to, or the label of a thing, after the change where it is there still;
    `properties` are those that have changed, none where it is new or gone.
    """

    change: str
    kind: str
    name: str
    says: str
    properties: tuple[PropertyChange, ...] = ()

    @property
    def is_statement(self) -> bool:
        """Whether this is a statement, not a thing."""
        return self.kind in KINDS


@dataclass(frozen=True)
class Difference:
    """All that differs: things first, then statements, by name. True where anything does."""

    items: tuple[Item, ...] = ()
    kind: ClassVar = "table"

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.items)

    def __len__(self) -> int:
        """Return how many statements and things differ."""
        return len(self.items)

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The difference as rows of `COLUMNS`: one for each property that has changed."""
        return [
            (item.change, item.kind, item.name, item.says, *values)
            for item in self.items
            for values in map(_cells, item.properties or (None,))
        ]

    def write(self, form: str = "table", *, width: int | None = None) -> bytes:
        r"""Return the difference in one of `DIFFERENCE_FORMATS`.

        >>> Difference((Item("added", "Company", "acme", "Acme"),)).write("tsv")
        b'change\tkind\tname\tsays\tproperty\tbefore\tafter\nadded\tCompany\tacme\tAcme\t\t\t\n'
        """
        if form not in DIFFERENCE_FORMATS:
            raise UsageError(
                f"a difference cannot be written as {form}; take {', '.join(DIFFERENCE_FORMATS)}"
            )
        if form == "json":
            items = [asdict(item) for item in self.items]
            return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
        if form == "tsv":
            rows = [COLUMNS, *self.rows]
            lines = ("\t".join(visible(str(cell or "")) for cell in row) for row in rows)
            return "".join(line + "\n" for line in lines).encode()
        return format_table(COLUMNS, self.rows, width=width, markdown=form == "md").encode()


def _cells(change: PropertyChange | None) -> tuple[str | None, ...]:
    if change is None:
        return None, None, None
    return change.property, ", ".join(change.before), ", ".join(change.after)


def diff(before: GraphContent, after: GraphContent) -> Difference:
    """Return the statements and things that differ between two graphs.

    An endpoint keeps values and not how they were written, so beside one only values count.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> len(kg.diff(graph, graph))
    0
    """
    if not (before.exact and after.exact):
        before, after = _Valued.of(before), _Valued.of(after)
    nodes = _differing(before.asserted, after.asserted)
    nodes |= {owner for held in (before, after) for owner in _owners(held.asserted, nodes)}
    old, new = _Side(before, nodes), _Side(after, nodes)
    items = [_item(name, old, new) for name in sorted({*old.said, *new.said})]
    return Difference(tuple(sorted(filter(None, items), key=lambda item: item.is_statement)))


@dataclass(frozen=True)
class _Valued:
    """A graph whose values are written in one way, however they were said."""

    asserted: bytes
    derived: bytes
    index: Index
    exact: bool = False

    @classmethod
    def of(cls, held: GraphContent) -> _Valued:
        return cls(_valued(held.asserted), _valued(held.derived), held.index)


def _valued(quads: bytes) -> bytes:
    dump = Index.of(quads).store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(dump.splitlines(keepends=True)))


def _differing(one: bytes, other: bytes) -> set[bytes]:
    """Return the subjects of the triples that only one of two sorted sets of N-Quads holds."""
    if one == other:
        return set()
    differing = nquads.differing(*(nquads.triples(io.BytesIO(quads)) for quads in (one, other)))
    return {triple.partition(b" ")[0] for triple, _ in differing}


def _owners(quads: bytes, nodes: Container[bytes]) -> Iterator[bytes]:
    """Return the nodes that some of `nodes` are parts of."""
    for subject, predicate, part in (
        triple.split(b" ", 2) for triple in nquads.triples(io.BytesIO(quads))
    ):
        if predicate in _PARTS and part in nodes:
            yield subject


class _Side:
    """What one of the two graphs says of some nodes, by node; what it derives; and in which words."""

    def __init__(self, held: GraphContent, nodes: Container[bytes]) -> None:
        self._held = held
        self._lines = _about(held.asserted, nodes)
        quads = list(ox.parse(self._lines, ox.RdfFormat.N_QUADS))
        parts = {quad.object: quad for quad in quads if str(quad.predicate).encode() in _PARTS}
        self.said = _facts(quads, parts)
        derived = ox.parse(_about(held.derived, nodes), ox.RdfFormat.N_QUADS)
        self.derived = _facts(derived, parts)

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        return load_statements(Index.of(self._lines))

    @cached_property
    def _words(self) -> Words:
        return Words.of(self._held.index)

    def tell(self, node: str) -> tuple[str, str]:
        """Return the class of a node, and the sentence that it amounts to, or its label."""
        name = shorten(node)
        if name in self._statements:
            statement = self._statements[name]
            return statement.kind, self._words.sentence(statement)
        classes = sorted(_text(v) for p, v in self.said[node] if p == "rdf:type")
        return ", ".join(kind.removeprefix("cp:") for kind in classes), self._words.label(name)


def _about(quads: bytes, nodes: Container[bytes]) -> bytes:
    """Return the quads whose subject is one of `nodes`."""
    return b"".join(line for line in io.BytesIO(quads) if line[: line.index(b" ")] in nodes)


def _facts(quads: Iterable[ox.Quad], parts: Mapping[_Term, ox.Quad]) -> _Facts:
    """Return properties and values by node; those of a part are properties of what it belongs to."""
    facts: _Facts = {}
    for quad in quads:
        node, path = quad.subject, shorten(quad.predicate.value)
        if node in parts:
            link = parts[node]
            node, path = link.subject, f"{shorten(link.predicate.value)}/{path}"
        facts.setdefault(str(node).strip("<>"), set()).add((path, quad.object))
    return facts


def _item(node: str, before: _Side, after: _Side) -> Item | None:
    none: set[tuple[str, _Term]] = set()
    was, now = before.said.get(node, none), after.said.get(node, none)
    lost = was - now - after.derived.get(node, none)
    gained = now - was - before.derived.get(node, none)
    if not lost and not gained:
        return None
    kind, says = (after if now else before).tell(node)
    if not was or not now:
        return Item("added" if now else "removed", kind, shorten(node), says)
    changes = [
        _change(path, [v for p, v in was if p == path], [v for p, v in now if p == path])
        for path in sorted({path for path, _ in lost | gained})
    ]
    return Item("changed", kind, shorten(node), says, tuple(changes))


def _change(path: str, was: list[_Term], now: list[_Term]) -> PropertyChange:
    before, after = sorted(map(_text, was)), sorted(map(_text, now))
    if before == after:  # they differ in language or datatype alone
        before, after = sorted(map(str, was)), sorted(map(str, now))
    return PropertyChange(path, tuple(before), tuple(after))


def _text(term: _Term) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)
