"""A graph as it was and as it is now, looked up in the index of what it was and in what has changed since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.promises import is_judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pipeline.rule_footprint import Extreme

Triple = tuple[Any, Any, Any]
"""A subject, a predicate and an object, as terms of the engine."""

_SUBJECTS: Final = (ox.NamedNode, ox.BlankNode, type(None))

_FEW: Final = 200
"""Up to how many triples of a node are taken together."""


def triples_of(lines: bytes) -> list[Triple]:
    """Return the triples of N-Quads as the engine keeps them, each once."""
    store = ox.Store()  # it writes some literals in a way of its own
    store.extend(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    return list(dict.fromkeys((quad.subject, quad.predicate, quad.object) for quad in store))


def extreme_in(store: ox.Store, extreme: Extreme) -> Any:
    """Return the last or first value that a predicate has in a store, or None where it has none."""
    query = f"SELECT ({extreme.function}(?o) AS ?one) {{ ?s <{extreme.predicate}> ?o }}"
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
    return next(iter(rows))[0]


class Overlay:
    """The triples of a graph, in whatever graphs of it, before a change and `now`, without what is judged.

    `lost` are those that there were and are not now, `found` those that there are now and were not.
    """

    def __init__(self, old: ox.Store, new: ox.Store) -> None:
        """Look at the graph `old`; `new` is asked for extremes alone, which rules do not change."""
        self._old, self._new = old, new
        self._extremes: dict[tuple[Extreme, bool], Any] = {}
        self.lost: set[Triple] = set()
        self.found: set[Triple] = set()
        self._found_with: defaultdict[Any, set[Triple]] = defaultdict(set)
        self._touched: set[Any] = set()
        self._known: dict[tuple[Any, Any, Any], list[Triple]] = {}
        self._asked: dict[Any, int] = {}
        self._around: dict[Any, dict[Any, list[Triple]] | None] = {}

    def lose(self, triple: Triple) -> None:
        """Note that a triple is there no longer."""
        if triple in self.found:
            self.found.discard(triple)
            for term in triple:
                self._found_with[term].discard(triple)
        else:
            self.lost.add(triple)
            self._touched.update(triple)

    def find(self, triple: Triple) -> None:
        """Note that a triple is there, which was not."""
        if triple in self.lost:
            self.lost.discard(triple)
        else:
            self.found.add(triple)
            self._touched.update(triple)
            for term in triple:
                self._found_with[term].add(triple)

    def touches(self, predicate: str) -> bool:
        """Tell whether triples with a predicate may have been lost or found."""
        return ox.NamedNode(predicate) in self._touched

    def has(self, triple: Triple, *, now: bool) -> bool:
        """Tell whether there is a triple."""
        if now and (triple in self.found or triple in self.lost):
            return triple in self.found
        return bool(self._before(*triple))

    def matches(
        self, subject: Any, predicate: Any, value: Any, *, now: bool | None
    ) -> Iterable[Triple]:
        """Return the triples with these terms, where None is any, before or `now`; with None those of both."""
        if not isinstance(subject, _SUBJECTS) or not isinstance(predicate, ox.NamedNode | None):
            return ()
        before = self._before(subject, predicate, value)
        if now is False:
            return before
        terms = [term for term in (subject, value, predicate) if term is not None]
        if not all(term in self._touched for term in terms):
            return before
        found = self._found_with[terms[0]] if terms else self.found
        return [one for one in before if now is None or one not in self.lost] + [
            one
            for one in found
            if (subject is None or one[0] == subject)
            and (predicate is None or one[1] == predicate)
            and (value is None or one[2] == value)
        ]

    def extreme(self, extreme: Extreme, *, now: bool) -> Any:
        """Return the last or first value that a predicate has, or None where it has none."""
        key = (extreme, now)
        if key not in self._extremes:
            if now:
                self._extremes[key] = self._extreme_now(extreme)
            else:
                # One look at all in each change, which are the days of sources: a hundredth of a graph.
                self._extremes[key] = extreme_in(self._old, extreme)
        return self._extremes[key]

    def _extreme_now(self, extreme: Extreme) -> Any:
        """Return an extreme of what there is now: what it was, or what has been found, where the old one is there still."""
        before, predicate = self.extreme(extreme, now=False), ox.NamedNode(extreme.predicate)
        if predicate not in self._touched:
            return before
        if before is None or not self.matches(None, predicate, before, now=True):
            return extreme_in(self._new, extreme)
        few = ox.Store()
        few.add(ox.Quad(predicate, predicate, before))
        few.extend(ox.Quad(*triple) for triple in self._found_with[predicate])
        return extreme_in(few, extreme)

    def _before(self, subject: Any, predicate: Any, value: Any) -> list[Triple]:
        key = (subject, predicate, value)
        if (known := self._known.get(key)) is not None:
            return known
        if subject is not None and predicate is not None and (around := self._star(subject)):
            found = around.get(predicate, [])
            if value is not None:
                found = [one for one in found if one[2] == value]
        else:
            found = list(self._looked_up(*key))
        self._known[key] = found
        return found

    def _star(self, subject: Any) -> dict[Any, list[Triple]] | None:
        """Return all triples of a subject by predicate, once it is asked for the third time and has few."""
        if subject in self._around:
            return self._around[subject]
        asked = self._asked[subject] = self._asked.get(subject, 0) + 1
        if asked < 3:  # noqa: PLR2004 - one look at all costs as much as two at some
            return None
        around: dict[Any, list[Triple]] = {}
        for number, triple in enumerate(self._looked_up(subject, None, None)):
            if number == _FEW:
                self._around[subject] = None
                return None
            around.setdefault(triple[1], []).append(triple)
        # What there is nothing of has no predicate at all, and is not asked for again either.
        self._around[subject] = around or {None: []}
        return self._around[subject]

    def _looked_up(self, subject: Any, predicate: Any, value: Any) -> Iterator[Triple]:
        seen: set[Triple] = set()
        for quad in self._old.quads_for_pattern(subject, predicate, value, None):
            triple = (quad.subject, quad.predicate, quad.object)
            if triple not in seen and not is_judged(quad):
                seen.add(triple)
                yield triple
