"""One rule run for what a change concerns: forward along its footprint to all that matters, and the rule over that."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.pipeline.affected import AffectedFoci
from kg.pipeline.derivation import split_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.pipeline.affected import Foci
    from kg.pipeline.derivation import Rule
    from kg.pipeline.overlay import Overlay, Triple
    from kg.pipeline.rule_footprint import Head, RuleFootprint, Slot

_MANY: Final = 50
"""From how many matches on they are not looked at one by one."""

_SUBJECTS: Final = (ox.NamedNode, ox.BlankNode)
_SOMETHING: Final = ox.NamedNode("urn:x-kg:something")
_CROSSED: Final = """
SELECT ?s ?o {{
  ?s <{predicate}> ?o .
  FILTER (COALESCE(STR({value} {sign} {then}), "") != COALESCE(STR({value} {sign} {now}), ""))
}}"""


_Ends = dict[tuple[int, int], set[Any]]
"""What stands at places of the matches of patterns, by the number of a pattern and the place."""


class DeltaRule(AffectedFoci):
    """A rule over a graph before and after a change, run for the values of its focus that this concerns."""

    def __init__(self, name: str, rule: Rule, footprint: RuleFootprint, view: Overlay) -> None:
        """Take the rule called `name`."""
        super().__init__(footprint, view)
        self._rule = rule
        self._met = {
            (place.met, place.at)
            for pattern in footprint.patterns
            for place in pattern[:3]
            if place.met is not None
        }
        self._template = [self._terms_of_text(triple) for triple in footprint.template]
        self._heads: defaultdict[Any, list[Head]] = defaultdict(list)
        for head in footprint.heads:
            for predicate in self._heads_of(self._template[head.template][1]):
                self._heads[predicate].append(head)
        names = dict.fromkeys(
            [f"?{name}" for focus in footprint.foci for name in focus]
            + [end for triple in footprint.template for end in triple if end.startswith("?")]
        )
        before, _, where = split_rule(name, rule)
        self._query = f"{before} SELECT DISTINCT {' '.join(names)} {where}"
        self._columns = {name: at for at, name in enumerate(names)}

    # From what it derives

    def deriving(self, triples: Iterable[Triple], *, now: bool) -> Foci:
        """Return the values of the focus for which the rule may derive these triples."""
        self._over.clear()
        found: Foci = set()
        for triple in triples:
            for head in (*self._heads.get(triple[1], ()), *self._heads.get(None, ())):
                own = self._template[head.template]
                if all(term is None or term == triple[at] for at, term in enumerate(own)):
                    found |= self._headed(head, triple, now=now)
        return found

    def _heads_of(self, predicate: Any) -> list[Any]:
        """Return which predicates what a template derives may have; None where that is any."""
        if predicate is not None:
            return [predicate]
        if self._rule.open or self._rule.derives is None:
            return [None]
        return [ox.NamedNode(name) for name in sorted(self._rule.derives)]

    def _terms_of_text(self, triple: tuple[str, str, str]) -> list[Any]:
        return [None if end.startswith("?") else self._term(end) for end in triple]

    def _headed(self, head: Head, triple: Triple, *, now: bool) -> Foci:
        if head.straight is not None:
            if self._checked(head, triple, triple, now=now):
                return {(head.focus, tuple(triple[at] for at in head.straight))}
            return set()
        found: Foci = set()
        matches = list(self._matches(head.pattern, {head.at: triple[head.of]}, now=now))
        if len(matches) > _MANY:
            # Of what much is said one look at the other end is better than one at each.
            matches = self._narrowed(head, triple, matches, now=now)
        for match in matches:
            if self._checked(head, triple, match, now=now):
                found |= self._back(head.pattern, match, now=now)
        return found

    def _narrowed(
        self, head: Head, triple: Triple, matches: list[Triple], *, now: bool
    ) -> list[Triple]:
        for check in head.checks:
            met = [at for at, place in enumerate(check) if place.met is not None]
            # Never by a predicate alone, which as much may have as there is.
            if len(met) == 1 and any(place.focus is not None and place.at != 1 for place in check):
                terms = list(self._filled(check, triple, (None, None, None)))
                ends = {one[met[0]] for one in self._view.matches(*terms, now=now)}
                matches = [one for one in matches if one[check[met[0]].at] in ends]
                break
        return matches

    def _checked(self, head: Head, triple: Triple, match: Triple, *, now: bool) -> bool:
        return all(
            any(True for _ in self._view.matches(*self._filled(check, triple, match), now=now))
            for check in head.checks
        )

    def _filled(
        self, check: tuple[Slot, Slot, Slot], triple: Triple, match: Triple
    ) -> tuple[Any, Any, Any]:
        s, p, o = (
            self._term(place.is_)
            if place.is_ is not None
            else triple[place.at]
            if place.met is None
            else match[place.at]
            for place in check
        )
        return s, p, o

    # Forward

    def derived(self, foci: Foci) -> tuple[set[Triple], set[Triple]]:
        """Return what the rule derived for these values of its focus, and what it derives now."""
        if not foci:
            return set(), set()
        # What matters in either graph does no harm in the other, and most of it is in both.
        gathered = self._gathered(foci)
        lost, found = gathered & self._view.lost, gathered & self._view.found
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in gathered - found)
        ends = [
            ox.Quad(_SOMETHING, ox.NamedNode(threshold.comparison.extreme.predicate), value)
            for threshold in self._footprint.thresholds
            if (value := self._view.extreme(threshold.comparison.extreme, now=False)) is not None
        ]
        store.extend(ends)
        before = set(self._constructed(store, foci))
        for quad in (*ends, *(ox.Quad(*triple) for triple in lost)):
            store.remove(quad)
        store.extend(ox.Quad(*triple) for triple in found)
        store.extend(
            ox.Quad(_SOMETHING, ox.NamedNode(threshold.comparison.extreme.predicate), value)
            for threshold in self._footprint.thresholds
            if (value := self._view.extreme(threshold.comparison.extreme, now=True)) is not None
        )
        return before, set(self._constructed(store, foci))

    def _constructed(self, store: ox.Store, foci: Foci) -> Iterator[Triple]:
        rows = store.query(self._query, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
        numbered = [
            (number, [self._columns[f"?{name}"] for name in focus])
            for number, focus in enumerate(self._footprint.foci)
        ]
        template = [
            [self._columns.get(end, self._term(end) if end[0] != "?" else None) for end in triple]
            for triple in self._footprint.template
        ]
        for row in rows:
            values = ((n, tuple(row[at] for at in columns)) for n, columns in numbered)
            # Of what else was gathered not all is there.
            if next((one for one in values if None not in one[1]), None) not in foci:
                continue
            for triple in template:
                s, p, o = (row[end] if isinstance(end, int) else end for end in triple)
                # What a way does not bind, or what can be no triple, is not constructed.
                if isinstance(s, _SUBJECTS) and isinstance(p, ox.NamedNode) and o is not None:
                    yield s, p, o

    def _gathered(self, foci: Foci) -> set[Triple]:
        """Return all triples that can matter to these values of the focus, before or now, and perhaps more."""
        found: set[Triple] = set()
        values: defaultdict[int, set[tuple[Any, ...]]] = defaultdict(set)
        for number, one in foci:
            values[number].add(one)
        ends: dict[tuple[int, int], set[Any]] = {}
        for number, pattern in enumerate(self._footprint.patterns):
            at, place = self._ties[number]
            if pattern.repeated:
                start = self._at(place, values, ends)
                reached, matched = self._closure(number, start, start=at, now=None)
                ends[number, 2 - at] = reached
            else:
                matched = set()
                for given in self._given(number, values, ends):
                    matched.update(self._matches(number, given, now=None))
                for met in (0, 1, 2):
                    if (number, met) in self._met:
                        ends[number, met] = {triple[met] for triple in matched}
            found |= matched
        return found

    def _given(
        self, number: int, values: Mapping[int, set[tuple[Any, ...]]], ends: _Ends
    ) -> Iterator[dict[int, Any]]:
        """Yield what stands at places of a pattern to be looked up."""
        pattern = self._footprint.patterns[number]
        at, place = self._ties[number]
        if pattern.apart:
            # Few, such as the ranks of statuses: the rule has to look at all of them anyway.
            yield {}
        elif place.focus is not None and self._footprint.anchors.get(place.focus) == number:
            own = [(end, one.at) for end, one in enumerate(pattern[:3]) if one.focus is not None]
            for whole in values[place.focus]:
                yield {end: whole[of] for end, of in own}
        else:
            for value in self._at(place, values, ends):
                yield {at: value}

    @staticmethod
    def _at(place: Slot, values: Mapping[int, set[tuple[Any, ...]]], ends: _Ends) -> set[Any]:
        if place.focus is not None:
            return {one[place.at] for one in values.get(place.focus, ())}
        assert place.met is not None  # noqa: S101 - for the type checker: it has a tie
        return ends[place.met, place.at]

    # What is held against an extreme

    def crossed(self, store: ox.Store, *, now: bool) -> Foci:
        """Return what a store has on another side of a threshold since the last day of all, or such, is another."""
        found: Foci = set()
        self._over.clear()
        for threshold in self._footprint.thresholds:
            extreme = threshold.comparison.extreme
            if not self._view.touches(extreme.predicate):
                continue
            then, since = (self._view.extreme(extreme, now=one) for one in (False, True))
            if then == since:
                continue
            predicate = self._constants[threshold.pattern][1]
            # One look at all that the predicate has, such as the days on which something ends.
            query = _CROSSED.format(
                predicate=predicate.value,
                value="?s" if threshold.at == 0 else "?o",
                sign=threshold.comparison.sign,
                then="?none" if then is None else then,
                now="?none" if since is None else since,
            )
            rows = store.query(query, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - for the type checker
            for subject, value in rows:
                found |= self._back(threshold.pattern, (subject, predicate, value), now=now)
        return found
