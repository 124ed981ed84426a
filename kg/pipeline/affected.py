"""Back along the footprint of a rule: from triples that have changed to the values of its focus that they concern."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.pipeline.overlay import Overlay, Triple
    from kg.pipeline.rule_footprint import BoundPattern, RuleFootprint, Slot

Foci = set[tuple[int, tuple[Any, ...]]]
"""Values of a focus, each with the number of that focus."""


def term_of(text: str) -> Any:
    """Return a term as N-Triples write it, as the engine keeps it."""
    store = ox.Store()
    store.load(f"<a:a> <a:a> {text} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    (quad,) = store
    return quad.object


class AffectedFoci:
    """Finds by the footprint of a rule which values of its focus a change of a graph concerns."""

    def __init__(self, footprint: RuleFootprint, view: Overlay) -> None:
        """Put terms into the places of `footprint`."""
        self._footprint = footprint
        self._view = view
        self._terms: dict[str, Any] = {}
        self._constants = [self._terms_of(pattern) for pattern in footprint.patterns]
        self._ties = [tie_of(pattern) for pattern in footprint.patterns]
        self._over: dict[tuple[int, int, Any, bool], Foci] = {}
        self._by_predicate: defaultdict[Any, list[int]] = defaultdict(list)
        for number, pattern in enumerate(footprint.patterns):
            if not pattern.repeated:
                self._by_predicate[self._constants[number][1]].append(number)

    def _terms_of(self, places: Iterable[Any]) -> tuple[Any, Any, Any]:
        s, p, o = (
            None if place.is_ is None else self._term(place.is_) for place in tuple(places)[:3]
        )
        return s, p, o

    def _term(self, text: str) -> Any:
        if text not in self._terms:
            self._terms[text] = term_of(text)
        return self._terms[text]

    def concerned(self, triples: Iterable[Triple], *, now: bool) -> Foci | None:
        """Return what triples concern that are there before or `now`; None where that is everything."""
        self._over.clear()
        found: Foci = set()
        for triple in triples:
            for number in (
                *self._by_predicate.get(triple[1], ()),
                *self._by_predicate.get(None, ()),
            ):
                constants = self._constants[number]
                if all(
                    term is None or term == own for term, own in zip(constants, triple, strict=True)
                ):
                    if self._footprint.patterns[number].apart:
                        return None
                    found |= self._back(number, triple, now=now)
        return found

    def _back(self, number: int, triple: Triple, *, now: bool) -> Foci:
        """Return the values of the focus to which a match of a pattern leads."""
        pattern = self._footprint.patterns[number]
        at, place = self._ties[number]
        if place.focus is None:
            assert place.met is not None  # noqa: S101 - for the type checker: it has a tie
            return self._back_over(place.met, place.at, triple[at], now=now)
        anchor = self._footprint.anchors.get(place.focus)
        if anchor is None:
            return {(place.focus, (triple[at],))}
        if anchor == number:
            return self._anchored(place.focus, pattern, triple, now=now)
        found: Foci = set()
        for end, other in enumerate(self._footprint.patterns[anchor][:3]):
            if other == place:
                for match in self._matches(anchor, {end: triple[at]}, now=now):
                    found |= self._anchored(
                        place.focus, self._footprint.patterns[anchor], match, now=now
                    )
        return found

    def _anchored(self, focus: int, anchor: BoundPattern, triple: Triple, *, now: bool) -> Foci:
        """Return a focus of several variables, of a match that has them all, if it can be one."""
        values = {
            place.at: triple[at] for at, place in enumerate(anchor[:3]) if place.focus is not None
        }
        for number in self._footprint.needs[focus]:
            pattern = self._footprint.patterns[number]
            given = {
                at: values[place.at]
                for at, place in enumerate(pattern[:3])
                if place.focus is not None
            }
            if not any(True for _ in self._matches(number, given, now=now)):
                return set()
        return {(focus, tuple(values[at] for at in range(len(values))))}

    def _back_over(self, number: int, at: int, value: Any, *, now: bool) -> Foci:
        """Return the values of the focus to which all matches of a pattern lead that have a value there."""
        key = (number, at, value, now)
        if key not in self._over:
            pattern = self._footprint.patterns[number]
            if pattern.repeated:
                tie, _ = self._ties[number]
                ends = (
                    self._closure(number, [value], start=at, now=now)[0] if tie != at else [value]
                )
                matches: Iterable[Triple] = [
                    _pseudo(tie, end, value, self._constants[number][1]) for end in ends
                ]
            else:
                matches = self._matches(number, {at: value}, now=now)
            found: Foci = set()
            for match in matches:
                found |= self._back(number, match, now=now)
            self._over[key] = found
        return self._over[key]

    def _matches(self, number: int, given: dict[int, Any], *, now: bool | None) -> Iterable[Triple]:
        terms = list(self._constants[number])
        for at, value in given.items():
            if terms[at] is not None and terms[at] != value:
                return ()
            terms[at] = value
        return self._view.matches(*terms, now=now)

    def _closure(
        self, number: int, values: Iterable[Any], *, start: int, now: bool | None
    ) -> tuple[set[Any], set[Triple]]:
        """Return what a repeated pattern reaches from values at its `start`, themselves included, and by which triples."""
        predicate = self._constants[number][1]
        reached, along = set(values), set()
        waiting = list(reached)
        while waiting:
            one = waiting.pop()
            ends = (one, predicate, None) if start == 0 else (None, predicate, one)
            for triple in self._view.matches(*ends, now=now):
                along.add(triple)
                other = triple[2 - start]
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached, along


def tie_of(pattern: BoundPattern) -> tuple[int, Slot]:
    """Return the place of a pattern that leads to the focus, itself before what is met."""
    places = [(at, place) for at, place in enumerate(pattern[:3])]
    return next(
        (one for one in places if one[1].focus is not None),
        next((one for one in places if one[1].met is not None), places[0]),
    )


def _pseudo(tie: int, end: Any, value: Any, predicate: Any) -> Triple:
    """Return a match of a repeated pattern: its two ends."""
    return (end, predicate, value) if tie == 0 else (value, predicate, end)
