"""The footprint of a rule (`rule_footprint.py`), found in its patterns: these are put behind each other from the focus on.

As `footprints.json` has them: `python -m kg.pipeline.rule_analysis`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rdflib.term import URIRef, Variable

from kg.pipeline.derivation import load_rules
from kg.pipeline.patterns import read_patterns
from kg.pipeline.rule_footprint import (
    ANYTHING,
    KEPT,
    BoundPattern,
    Head,
    RuleFootprint,
    Slot,
    Threshold,
    digest_of,
    tell_footprint,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pipeline.patterns import Patterns, TriplePattern, Way


def find_footprint(query: str, foci: tuple[str, ...]) -> RuleFootprint | None:
    """Return the footprint of a rule with one of `foci`, or None where it can only be run over the whole.

    >>> found = find_footprint("CONSTRUCT { ?s <a:r> ?v } { ?s <a:p> ?o . ?o <a:q> ?v }", ("s",))
    >>> [pattern.predicate.is_ for pattern in found.patterns], found.patterns[1].subject
    (['<a:p>', '<a:q>'], Slot(is_=None, focus=None, met=0, at=2))
    >>> find_footprint("CONSTRUCT { ?s <a:r> ?o } { ?s <a:p> ?o } LIMIT 1", ("s",))
    """
    try:
        patterns = read_patterns(query)
    except ValueError:
        return None
    named = tuple(tuple(one.split()) for one in foci)
    if patterns.assigned.intersection(name for one in named for name in one):
        return None
    if not named or patterns.beyond or patterns.whole or not patterns.template:
        return None
    if any(not isinstance(end, URIRef | Variable) for one in patterns.template for end in one[:2]):
        return None
    return _Analysis(patterns, named).footprint()


def _names(step: TriplePattern) -> list[tuple[int, Variable]]:
    """Return the variables of a pattern, with their places."""
    return [(at, end) for at, end in enumerate(step[:3]) if isinstance(end, Variable)]


class _Analysis:
    """The analysis of one rule."""

    def __init__(self, query: Patterns, foci: tuple[tuple[str, ...], ...]) -> None:
        self.query = query
        self.foci = foci
        self.everywhere = {
            name for way in query.ways for step in way for _, name in _names(step)
        } - {Variable(name) for name in query.assigned}
        self.bound: dict[BoundPattern, int] = {}
        self.thresholds: dict[Threshold, None] = {}
        self.heads: dict[Head, None] = {}
        self.anchors: dict[int, int] = {}
        self.needs: dict[int, tuple[int, ...]] = {}

    def footprint(self) -> RuleFootprint | None:
        for way in self.query.ways:
            focus = self._focus(way)
            if focus is None or not self._follow(way, focus):
                return None
        return RuleFootprint(
            self.foci,
            tuple((s.n3(), p.n3(), o.n3()) for s, p, o in self.query.template),
            tuple(self.bound),
            tuple(self.thresholds),
            tuple(self.heads),
            self.anchors,
            self.needs,
            grows=not self.query.grouped
            and not self.query.extremes
            and not any(step.part for way in self.query.ways for step in way),
            bases=tuple(dict.fromkeys(map(self._bases, self.query.ways))),
        )

    def _focus(self, way: Way) -> int | None:
        """Return which focus a way has: the first of which it has any variable, and it must have all, and surely."""
        own = {name for step in way if not step.compared for _, name in _names(step)}
        sure = {
            name for step in way if not step.part and not step.compared for _, name in _names(step)
        }
        for number, names in enumerate(self.foci):
            if own.intersection(map(Variable, names)):
                return number if sure.issuperset(map(Variable, names)) else None
        return None

    def _bases(self, way: Way) -> tuple[str, ...]:
        """Return the predicates of the patterns that must hold of the focus of a way, and have it at an end."""
        focus = self._focus(way)
        names = {Variable(name) for name in self.foci[focus]} if focus is not None else set()
        found = {
            step.predicate.n3()
            for step in way
            if not (step.part or step.compared or step.repeated)
            and isinstance(step.predicate, URIRef)
            and names.intersection((step.subject, step.object))
        }
        return tuple(sorted(found))

    def _follow(self, way: Way, focus: int) -> bool:
        steps = [step for step in way if not step.compared]
        names = [Variable(name) for name in self.foci[focus]]
        known: dict[tuple[int, ...], dict[Variable, Slot]] = {
            (): {name: Slot(focus=focus, at=at) for at, name in enumerate(names)}
        }
        numbers: dict[int, int] = {}
        # What must hold first: a part leads over what it hangs on, never over another part.
        for part in sorted({(), *(step.part for step in steps)}, key=lambda one: (len(one), one)):
            around = [known[one] for one in known if one == part[: len(one)]]
            reached = {name: place for one in around for name, place in one.items()}
            rest = [(n, step) for n, step in enumerate(steps) if step.part == part]
            while rest:
                near = [
                    (n, step)
                    for n, step in rest
                    if any(name in reached for _, name in _names(step))
                ]
                met: dict[Variable, Slot] = {}
                # Those that reach no node lead nowhere: they stand apart.
                for n, step in near or rest:
                    numbers[n] = self._bind(step, reached if near else {})
                    for at, name in _names(step) if near else ():
                        if name not in reached:
                            met.setdefault(name, Slot(met=numbers[n], at=at))
                reached |= met
                rest = [one for one in rest if one not in near] if near else []
            known[part] = reached
        if len(names) > 1:
            anchors = [
                numbers[n]
                for n, step in enumerate(steps)
                if not step.part and {name for _, name in _names(step)}.issuperset(names)
            ]
            if not anchors:
                return False
            self.anchors[focus] = anchors[0]
            bound = list(self.bound)
            self.needs[focus] = tuple(
                numbers[n]
                for n, step in enumerate(steps)
                if not step.part and numbers[n] != anchors[0] and bound[numbers[n]].leads_straight
            )
        return self._compare(way, steps, numbers) and self._head(steps, numbers, focus, names)

    def _bind(self, step: TriplePattern, reached: Mapping[Variable, Slot]) -> int:
        subject, predicate, value = (
            reached.get(end, ANYTHING) if isinstance(end, Variable) else Slot(is_=end.n3())
            for end in step[:3]
        )
        pattern = BoundPattern(subject, predicate, value, step.repeated)
        return self.bound.setdefault(pattern, len(self.bound))

    def _compare(self, way: Way, steps: list[TriplePattern], numbers: Mapping[int, int]) -> bool:
        """Note where values are held against an extreme; tell whether that is of patterns."""
        for one in way:
            if one.compared:
                places = [
                    (n, at)
                    for n, step in enumerate(steps)
                    for at, name in _names(step)
                    if name == one.subject
                ]
                # Each of them may be the one that has the value.
                if not places or any(at == 1 or steps[n].repeated for n, at in places):
                    return False
                self.thresholds |= {
                    Threshold(numbers[n], at, one.compared): None for n, at in places
                }
        return True

    def _head(
        self,
        steps: list[TriplePattern],
        numbers: Mapping[int, int],
        focus: int,
        names: list[Variable],
    ) -> bool:
        """Note how what a way derives leads back to its focus; tell whether all of that does."""
        own = {name for step in steps for _, name in _names(step)}
        bound = {name for step in steps if not step.part for _, name in _names(step)}
        for template, triple in enumerate(self.query.template):
            variables = {end: at for at, end in enumerate(triple) if isinstance(end, Variable)}
            if not own.issuperset(self.everywhere.intersection(variables)):
                continue  # another way derives it: what no way has is computed
            if set(names) <= variables.keys():
                straight = tuple(variables[name] for name in names)
                self.heads[
                    Head(template, focus, straight, checks=_checks(steps, None, variables))
                ] = None
                continue
            starts = [
                # Where the focus stands itself, and by its subject rather than by what many may share.
                (names[0] not in step[:3], variables[name], at, n)
                for n, step in enumerate(steps)
                if not step.part and not step.repeated
                for at, name in _names(step)
                if variables.get(name, 1) != 1 and at != 1
            ]
            if not starts or not bound.intersection(variables):
                return False
            _, of, at, start = min(starts)
            checks = _checks(steps, start, variables)
            self.heads[Head(template, focus, None, numbers[start], at, of, checks)] = None
        return True


def _checks(
    steps: list[TriplePattern], start: int | None, variables: Mapping[Variable, int]
) -> tuple[tuple[Slot, Slot, Slot], ...]:
    """Return the patterns that hold of what a triple, and a match of its `start`, have, and of nothing else."""
    met = [] if start is None else _names(steps[start])
    places = {name: Slot(met=0, at=at) for at, name in met}
    places |= {name: Slot(focus=0, at=at) for name, at in variables.items()}
    found = []
    for n, step in enumerate(steps):
        if n == start or step.part or step.repeated:
            continue
        if all(not isinstance(end, Variable) or end in places for end in step[:3]):
            found.append(
                tuple(
                    places[end] if isinstance(end, Variable) else Slot(is_=end.n3())
                    for end in step[:3]
                )
            )
    return tuple((s, p, o) for s, p, o in found)


def kept_footprints() -> str:
    """Return the footprints of the shipped rules, one rule a line."""
    found = {
        digest_of(rule): find_footprint(rule.query, rule.focus) for rule in load_rules().values()
    }
    lines = [
        f'"{digest}": {json.dumps(tell_footprint(footprint))}'
        for digest, footprint in found.items()
        if footprint
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    KEPT.write_text(kept_footprints(), encoding="utf-8")
