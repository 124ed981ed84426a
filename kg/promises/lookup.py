"""What a store says of one statement or thing, looked up where all of it is too much to read.

Everything here is found by its name in the indexes of the engine: what it costs grows with what is
found, not with the store. What names a thing by a text, which the shapes refuse, is not found by that thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, DERIVED, RDF, lengthen, to_python
from kg.promises.claims import KEYS_JUDGED, KINDS_JUDGED
from kg.promises.grouping import wish_of
from kg.promises.promise import milestone_of
from kg.promises.statement import Origin, Statement
from kg.promises.written import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base import Cell

_TYPE: Final = ox.NamedNode(RDF + "type")
_ORIGIN: Final = Origin("", "", None, "", "")
_KINDS: Final = {CP + kind: kind for kind in KINDS_JUDGED}
_KEYS: Final = {CP + key: key for key in KEYS_JUDGED}
_DERIVED: Final = ox.NamedNode(DERIVED)
# A company can have thousands of plans: the engine goes from one to the next without a word to us. Each on its
# own, since what follows a union is read whole.
_PLANNED: Final = f"""SELECT DISTINCT ?target {{
  {{ SELECT DISTINCT ?plan {{ %s }} }} ?target <{CP}about> ?plan
  %s FILTER EXISTS {{ ?target a <{CP}Target> }}
}}"""
_PLANS: Final = (
    f"?plan <{CP}company> %s",
    f"?owner <{CP}company> %s . ?owner <{CP}establishes> ?plan",
)
_INDICATOR, _PLACE = ox.NamedNode(CP + "indicator"), ox.NamedNode(CP + "place")


class PromiseLookup:
    """Statements of a store by name, and what is linked to them, each looked up once."""

    def __init__(self, store: ox.Store) -> None:
        """Look things up in a `store`, which does not change meanwhile."""
        self._store = store
        self._statements: dict[str, Statement | None] = {}
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}
        self._alike: dict[tuple[str, str, str | None], dict[object, list[str]]] = {}
        self.quads: dict[str, list[ox.Quad]] = {}
        """What judging reads of each statement that was looked up."""

    def statement(self, name: str) -> Statement | None:
        """Return what a statement says that judging reads, without its origin, or None where it has no source."""
        if name not in self._statements:
            self._statements[name] = self._read(name)
        return self._statements[name]

    def _read(self, name: str) -> Statement | None:
        says: dict[str, set[Cell]] = {}
        kinds, quads = set(), []
        for quad in self.about(name):
            if quad.predicate == _TYPE:
                kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
                if kind in _KINDS:
                    kinds.add(_KINDS[kind])
                    quads.append(quad)
            elif quad.predicate.value in _KEYS:
                says.setdefault(_KEYS[quad.predicate.value], set()).add(to_python(quad.object))
                quads.append(quad)
        if "source" not in says:
            return None
        self.quads[name] = quads
        told = {key: tuple(sorted(values, key=str)) for key, values in says.items()}
        # Of several kinds the last counts, as where all are read.
        kind = next((kind for kind in reversed(KINDS_JUDGED) if kind in kinds), "Statement")
        return Statement(name, kind, told, _ORIGIN, ())

    def about(self, name: str, key: str | None = None) -> Iterator[ox.Quad]:
        """Yield what a store says of what is called so, by one property or all; not what judging told of it before."""
        predicate = None if key is None else ox.NamedNode(key)
        for quad in self._store.quads_for_pattern(node_of(name), predicate, None):
            if quad.graph_name != _DERIVED or quad.predicate.value not in WRITTEN:
                yield quad

    def values(self, name: str, key: str) -> list[str]:
        """Return the names that something has under a property of the ontology."""
        return [str(to_python(quad.object)) for quad in self.about(name, CP + key)]

    def having(self, key: str, name: str) -> tuple[str, ...]:
        """Return the names of all that have something of a name under a property of the ontology."""
        if (key, name) not in self._found:
            node, predicate = node_of(name), ox.NamedNode(CP + key)
            quads = self._store.quads_for_pattern(None, predicate, node)
            names = dict.fromkeys(str(to_python(quad.subject)) for quad in quads)
            self._found[key, name] = tuple(names)
        return self._found[key, name]

    def told(
        self, thing: str, kind: str, by: str | None = None, *, placed: bool = False
    ) -> Iterator[Statement]:
        """Yield the statements of a kind about a thing; those `by` an indicator, or that name a place, alone where asked."""
        for name in self.having("about", thing):
            if name in self._statements or self._may_be(name, kind, by, placed=placed):
                one = self.statement(name)
                if one is None or one.kind != kind or (placed and "place" not in one.says):
                    continue
                if by is None or indicator_of(one) == by:
                    yield one

    def _may_be(self, name: str, kind: str, by: str | None, *, placed: bool) -> bool:
        # A look for one triple costs a tenth of reading a statement, of which a company has many.
        node = node_of(name)
        pairs: list[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | None]] = []
        pairs += [(_INDICATOR, node_of(by))] if by else []
        pairs += [(_PLACE, None)] if placed else []
        pairs += [(_TYPE, ox.NamedNode(CP + kind))]
        return all(
            any(True for _ in self._store.quads_for_pattern(node, *pair, None)) for pair in pairs
        )

    def planned(self, company: str, by: str | None) -> set[str]:
        """Return the names of the targets by an indicator about the plans of a company and what these establish."""
        whose, indicator = node_of(company), node_of(by or "")
        if not isinstance(whose, ox.NamedNode):
            return set()
        told = f"FILTER EXISTS {{ ?target <{CP}indicator> {indicator} }}" if by else ""
        found: set[str] = set()
        for plans in _PLANS:
            query = _PLANNED % (plans % whose, told)
            rows = self._store.query(query, use_default_graph_as_union=True)
            found.update(str(to_python(row[0])) for row in rows)  # type: ignore[union-attr]
        return found

    def makers(self, thing: str) -> Iterator[str]:
        """Yield the names of the statements about a thing that promise something."""
        for kind in ("Target", "StatusReport"):
            for one in self.told(thing, kind):
                if makes_promise(one):
                    yield one.name

    def neighbours(self, one: Statement, keys: Iterable[str]) -> Iterator[str]:
        """Yield the names of what a statement names under some properties, and of what names it."""
        for key in keys:
            yield from map(str, one.says.get(key, ()))
            yield from self.having(key, one.name)

    def alike(self, one: Statement) -> Iterable[str]:
        """Return the names of the statements that want what one wants, which is about something."""
        by = indicator_of(one) if one.kind == "Target" else None
        key = one.kind, one.things[0], by
        if key not in self._alike:
            found: dict[object, list[str]] = {}
            for other in self.told(one.things[0], one.kind, by):
                found.setdefault(wanted_by(other), []).append(other.name)
            self._alike[key] = found
        return self._alike[key].get(wanted_by(one), ())


def indicator_of(one: Statement) -> str | None:
    """Return the indicator by which a statement is compared with others, if it names one."""
    indicator = one.one("indicator")
    return None if indicator is None else str(indicator)


def makes_promise(one: Statement) -> bool:
    """Tell whether a statement promises something: a figure, or that something is done by a day."""
    return one.kind == "Target" or milestone_of(one) is not None


def wanted_by(one: Statement) -> object:
    """Return what those have in common that make one promise for wanting the same."""
    return wish_of(one) if one.kind == "Target" else milestone_of(one)


def node_of(name: str) -> ox.NamedNode | ox.BlankNode:
    """Return what a name stands for; what can be no name is a node that no store has."""
    if name.startswith("_:"):
        return ox.BlankNode(name.removeprefix("_:"))
    try:
        return ox.NamedNode(lengthen(name))
    except ValueError:
        return ox.BlankNode()
