"""Which statements of a graph have to be looked at together: read from the footprints of rules.

A rule goes from its focus on along its patterns (`rule_footprint.py`). Where one leads back, from an object to whatever
is said of it, all of that has to be at hand: both ends are *joined*. Where one leads forward, what is looked at of the
object is known by its predicates: it can be given to whoever names the object, and that is *around*. What is looked
at along any number of steps, or from nowhere, is *shared* by all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import RDF
from kg.pipeline.affected import tie_of
from kg.pipeline.rule_footprint import footprint_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pipeline.derivation import Rule
    from kg.pipeline.rule_footprint import BoundPattern, Extreme, RuleFootprint

_TYPE: Final = f"<{RDF}type>"


@dataclass
class Links:
    """How what is said hangs together; predicates and classes as N-Triples write them.

    Attributes:
        joined: predicates of which both ends are in one neighbourhood.
        around: by a predicate, those that are looked at of its object.
        shared: predicates of which every neighbourhood sees all.
        kinds: classes of which every neighbourhood sees what is of them.
        extremes: the one value that all that is said by a predicate comes to.
    """

    joined: set[str] = field(default_factory=set)
    around: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shared: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    extremes: set[Extreme] = field(default_factory=set)

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
        apart = self.joined | self.shared
        around = {one: seen - self.shared for one, seen in self.around.items() if one not in apart}
        self.around = defaultdict(set, {one: seen for one, seen in around.items() if seen})
        return self


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
    patterns = footprint.patterns
    links.extremes.update(threshold.comparison.extreme for threshold in footprint.thresholds)
    # What stands as a predicate somewhere is a word of the data, and what is said of it is for all to see.
    words = {one.predicate._replace(is_=None) for one in patterns if one.predicate.is_ is None}
    for number, pattern in enumerate(patterns):
        name = pattern.predicate.is_
        at, place = tie_of(pattern)
        if pattern.apart or pattern.repeated or place in words:
            if name is None or (name == _TYPE and pattern.object.is_ is None):
                return False
            if name == _TYPE:
                links.kinds.add(pattern.object.is_ or "")
            else:
                links.shared.add(name)
        elif at == 1 or not _is_anchored(footprint, number, pattern):
            return False
        elif at == 2:  # noqa: PLR2004 - the object
            if name is None:
                return False
            links.joined.add(name)
        elif place.met is not None and place.at == 2:  # noqa: PLR2004
            before = patterns[place.met].predicate.is_
            if name is None or before is None:
                return False
            links.around[before].add(name)
    return True


def _is_anchored(footprint: RuleFootprint, number: int, pattern: BoundPattern) -> bool:
    """Tell whether a pattern that has a focus of several variables is the one that has them all."""
    several = {place.focus for place in pattern[:3] if place.focus is not None}
    return all(footprint.anchors.get(focus, number) == number for focus in several)
