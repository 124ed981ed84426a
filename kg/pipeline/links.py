"""Which statements of a graph have to be looked at together: read from the footprints of rules.

A rule goes from its focus on along its patterns (`rule_footprint.py`). Where one leads back, from an object to whatever
is said of it, all of that has to be at hand: both ends are *joined*. Where one leads forward, what is looked at of the
object is known by its predicates: it can be given to whoever names the object, and that is *around*. What is looked
at along any number of steps, or from nowhere, is *shared* by all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from kg.base import RDF
from kg.pipeline.affected import tie_of
from kg.pipeline.rule_footprint import footprint_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pipeline.derivation import Rule
    from kg.pipeline.rule_footprint import BoundPattern, Extreme, RuleFootprint

_TYPE: Final = f"<{RDF}type>"
_OBJECT: Final = 2
"""The place of an object in a pattern."""


@dataclass
class Links:
    """How what is said hangs together; predicates and classes as N-Triples write them.

    Attributes:
        joined: predicates of which both ends are in one neighbourhood.
        around: by a predicate, those that are looked at of its object.
        shared: predicates of which every neighbourhood sees all.
        kinds: classes of which every neighbourhood sees what is of them.
        extremes: the one value that all that is said by a predicate comes to.
        turned: predicates from whose objects something leads back: that is at hand only where they are joined.
        afar: predicates of whose objects something is looked at that is not shared.
    """

    joined: set[str] = field(default_factory=set)
    around: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shared: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    extremes: set[Extreme] = field(default_factory=set)
    turned: set[str] = field(default_factory=set)
    afar: set[str] = field(default_factory=set)

    def add(
        self, joined: Iterable[str], around: Mapping[str, Iterable[str]], shared: Iterable[str]
    ) -> None:
        """Add what somebody else looks at, who is no rule."""
        self.joined.update(joined)
        self.shared.update(shared)
        for predicate, seen in around.items():
            self.around[predicate].update(seen)

    def settle(self) -> Links:
        """Leave out what is seen anyhow, and return this."""
        self.afar = {one for one, seen in self.around.items() if seen - self.shared}
        apart = self.joined | self.shared
        around = {one: seen - self.shared for one, seen in self.around.items() if one not in apart}
        self.around = defaultdict(set, {one: seen for one, seen in around.items() if seen})
        return self

    @property
    def are_near(self) -> bool:
        """Whether all that is looked at can be at hand: nothing leads back from afar, and no way around comes round."""
        try:
            TopologicalSorter(self.around).prepare()
        except CycleError:
            return False
        return self.turned <= self.joined and self.afar.isdisjoint(self.shared)


def links_of(rules: Mapping[str, Rule]) -> Links | None:
    """Return how `rules` hang what they look at together, or None where that is not known of one of them.

    >>> from kg.pipeline.derivation import load_rules
    >>> links = links_of(load_rules())
    >>> any(name.endswith("#about>") for name in links.joined), any(name.endswith("#locatedIn>") for name in links.shared)
    (True, True)
    """
    links = Links()
    for rule in rules.values():
        footprint = footprint_of(rule)
        if footprint is None or not _follow(footprint, links):
            return None
    return links


def _follow(footprint: RuleFootprint, links: Links) -> bool:
    """Add what a rule looks at; tell whether all of that is known."""
    links.extremes.update(threshold.comparison.extreme for threshold in footprint.thresholds)
    # What stands as a predicate is a word of the data, and what is said of it is for all to see.
    words = {one.predicate for one in footprint.patterns if one.predicate.focus is not None}
    for number, pattern in enumerate(footprint.patterns):
        place = tie_of(pattern)[1]
        of_word = place in words or (place.met is not None and place.at == 1)
        if pattern.apart or pattern.repeated or of_word:
            known = _share(pattern, links)
        else:
            anchored = _is_anchored(footprint, number, pattern)
            known = anchored and _look(footprint, pattern, links)
        if not known:
            return False
    return True


def _share(pattern: BoundPattern, links: Links) -> bool:
    """Have all see what a pattern matches; tell whether that can be told by its predicate, or by a class."""
    name, kind = pattern.predicate.is_, pattern.object.is_
    if name is None or (name == _TYPE and kind is None):
        return False
    if name == _TYPE:
        links.kinds.add(kind or "")
    else:
        links.shared.add(name)
    return True


def _look(footprint: RuleFootprint, pattern: BoundPattern, links: Links) -> bool:
    """Add what a pattern looks at from a node; tell whether that is known."""
    at, place = tie_of(pattern)
    name, before = pattern.predicate.is_, None
    ahead = place.met is not None and place.at == _OBJECT
    if ahead:
        before = footprint.patterns[place.met or 0].predicate.is_
    if at == 1 or ((at == _OBJECT or ahead) and name is None) or (ahead and before is None):
        return False
    if at == _OBJECT:
        links.joined.add(name or "")
        if ahead:
            links.turned.add(before or "")
    elif ahead:
        links.around[before or ""].add(name or "")
    return True


def _is_anchored(footprint: RuleFootprint, number: int, pattern: BoundPattern) -> bool:
    """Tell whether a pattern that has a focus of several variables is the one that has them all."""
    several = {place.focus for place in pattern[:3] if place.focus is not None}
    return all(footprint.anchors.get(focus, number) == number for focus in several)
