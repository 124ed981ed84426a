"""What the rules derive after a change, from what they derived before: only what the change touches is looked at.

Stratum by stratum (`strata.py`), and exactly as from nothing. Of a rule that does not feed itself what it
derived for the values of its focus that a change concerns is replaced by what it derives for them now. Of
rules that feed each other, or themselves, all is taken back that may rest on what has gone, and derived again
where it still follows (DRed: Gupta, Mumick, Subrahmanian 1993), so that nothing keeps itself alive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import DERIVED, Change, nquads
from kg.pipeline.delta_rule import DeltaRule
from kg.pipeline.derivation import found_by, run_rule
from kg.pipeline.overlay import Overlay, triples_of
from kg.pipeline.rule_footprint import footprint_of
from kg.pipeline.strata import refuse_late, strata
from kg.promises import JUDGED, is_judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.pipeline.affected import Foci
    from kg.pipeline.derivation import Rule
    from kg.pipeline.overlay import Triple

_GRAPH: Final = ox.NamedNode(DERIVED)


class Increment(NamedTuple):
    """What has changed of what the rules derive, and the rules that ran over the `whole` graph for that."""

    change: Change
    whole: tuple[str, ...]


def derive_increment(
    old: ox.Store, new: ox.Store, change: Change, rules: Mapping[str, Rule]
) -> Increment:
    """Make what the rules derive in `new` what follows now, and return what of that has changed, and which rules ran over all.

    Args:
        old: the whole graph before; it is only read.
        new: the asserted quads of now, and what was derived before; the latter is changed.
        change: of the asserted quads.
        rules: all rules, by name, by which `old` was made.

    Raises:
        QueryError: the data have a rule derive what another one has read by then.
    """
    deriving = _Deriving(old, new, change, rules)
    for stratum in strata(rules):
        deriving.done += stratum
        deriving.read_by |= dict.fromkeys(stratum, tuple(deriving.done))
        if any(rules[one].feeds(rules[other]) for one in stratum for other in stratum):
            deriving.again(stratum)
        else:
            deriving.once(stratum[0])
    return Increment(deriving.told(), tuple(sorted(deriving.whole)))


class _Deriving:
    """The state of a derivation: what was `taken` of what was derived, and what is `given`."""

    def __init__(
        self, old: ox.Store, new: ox.Store, change: Change, rules: Mapping[str, Rule]
    ) -> None:
        self.old, self.new, self.rules = old, new, rules
        self.view = Overlay(old, new)
        self.taken: set[Triple] = set()
        self.given: set[Triple] = set()
        self.whole: set[str] = set()
        self.deltas: dict[str, DeltaRule | None] = {}
        self.done: list[str] = []
        self.read_by: dict[str, tuple[str, ...]] = {}
        for triple in triples_of(change.gone):
            if self.view.has(triple, now=False) and not self._said(triple):
                self.view.lose(triple)
        for triple in triples_of(change.fresh):
            if not self.view.has(triple, now=False):
                self.view.find(triple)
            elif ox.Quad(*triple, _GRAPH) in new:
                # What a source says is not derived as well.
                self._take_quad(triple)

    def _said(self, triple: Triple) -> bool:
        """Tell whether a source says a triple now."""
        return any(quad.graph_name != _GRAPH for quad in self.new.quads_for_pattern(*triple, None))

    def delta(self, name: str) -> DeltaRule | None:
        """Return a rule as a delta rule, or None where it cannot be told whom a change concerns."""
        if name not in self.deltas:
            rule = self.rules[name]
            footprint = footprint_of(rule)
            self.deltas[name] = DeltaRule(name, rule, footprint, self.view) if footprint else None
        return self.deltas[name]

    # What is derived

    def take(self, triples: Iterable[Triple]) -> set[Triple]:
        """Take triples back that were derived; return those."""
        taken = {triple for triple in triples if ox.Quad(*triple, _GRAPH) in self.new}
        for triple in taken:
            self._take_quad(triple)
            self.view.lose(triple)
        return taken

    def _take_quad(self, triple: Triple) -> None:
        self.new.remove(ox.Quad(*triple, _GRAPH))
        if triple in self.given:
            self.given.discard(triple)
        else:
            self.taken.add(triple)

    def give(self, name: str, triples: Iterable[Triple]) -> set[Triple]:
        """Have a rule derive triples; return those that were not there."""
        fresh = {triple for triple in triples if not self.view.has(triple, now=True)}
        for triple in fresh:
            self.new.add(ox.Quad(*triple, _GRAPH))
            if triple in self.taken:
                self.taken.discard(triple)
            else:
                self.given.add(triple)
            self.view.find(triple)
        refuse_late(name, _names(fresh), self.rules, self.read_by[name])
        return fresh

    def told(self) -> Change:
        """Return what has changed of what was derived, as lines."""
        gone, fresh = (
            b"".join(nquads.canonical(ox.Quad(*triple, _GRAPH) for triple in triples))
            for triples in (self.taken, self.given)
        )
        return Change(gone, fresh)

    # Rules

    def concerned(self, name: str) -> Foci | None:
        """Return for what a rule has to be run again, by all that has changed so far; None for everything."""
        delta = self.delta(name)
        if delta is None:
            touched = _names(self.view.lost) | _names(self.view.found)
            return None if self.rules[name].is_fed_by(touched) else set()
        found: Foci = set()
        for triples, store, now in (
            (self.view.lost, self.old, False),
            (self.view.found, self.new, True),
        ):
            foci = delta.concerned(triples, now=now)
            if foci is None:
                return None
            found |= foci | delta.crossed(store, now=now)
        return found

    def derived(self, name: str, foci: Foci | None) -> tuple[set[Triple], set[Triple]]:
        """Return what a rule derived for values of its focus, or for all, and what it derives now."""
        delta = self.delta(name)
        if delta is not None and foci is not None:
            return delta.derived(foci)
        if foci is not None:
            return set(), set()
        self.whole.add(name)
        before, after = (
            {
                (one.subject, one.predicate, one.object)
                for one in run_rule(self._whole(name, store), name, self.rules[name].query)
            }
            for store in (self.old, self.new)
        )
        return before, after

    def _whole(self, name: str, store: ox.Store) -> ox.Store:
        """Return a store without what is judged, of which rules know nothing, where a rule could see that."""
        reads = self.rules[name].reads
        if reads is not None and reads.isdisjoint(JUDGED):
            return store
        copy = ox.Store()
        copy.bulk_extend(quad for quad in store if not is_judged(quad))
        return copy

    def give_again(self, names: Iterable[str], triples: Iterable[Triple]) -> None:
        """Have rules derive those of these triples that still follow, for whatever that may be."""
        rest = set(triples)
        for name in names:
            if rest:
                again = rest & self.derived(name, self.headed(name, rest))[1]
                self.give(name, again)
                rest -= again

    def headed(self, name: str, triples: Iterable[Triple]) -> Foci | None:
        """Return for what a rule may derive these triples; None for everything."""
        delta = self.delta(name)
        if delta is not None:
            return delta.deriving(triples, now=True)
        rule = self.rules[name]
        if rule.derives is None or rule.open:
            return None if triples else set()
        names = _names(triples)
        return set() if names.isdisjoint(rule.derives | rule.classes_derived) else None

    def once(self, name: str) -> None:
        """Run a rule that does not feed itself for what has changed."""
        foci = self.concerned(name)
        before, after = self.derived(name, foci)
        vanished = self.take(before - after)
        self.give_again(self.done, vanished)
        # What it derived before is there, or has been lost since.
        self.give(name, {one for one in after if one not in before or one in self.view.lost})
        self.give_again([name], set(self.view.lost))

    def again(self, stratum: tuple[str, ...]) -> None:
        """Run rules that feed each other for what has changed: take back all that may rest on it, and derive again."""
        foci = {name: self.concerned(name) for name in stratum}
        doubtful: set[Triple] = set()
        waiting = dict(foci)
        while waiting:
            before = {one for name, own in waiting.items() for one in self.derived(name, own)[0]}
            newly = {one for one in before - doubtful if ox.Quad(*one, _GRAPH) in self.new}
            doubtful |= newly
            waiting = self._more(stratum, newly, foci, now=False)
        self.take(doubtful)
        self.give_again([name for name in self.done if name not in stratum], doubtful)
        for name in stratum:
            headed = self.headed(name, set(self.view.lost))
            own = foci[name]
            foci[name] = None if headed is None or own is None else own | headed
        waiting = dict(foci)
        while waiting:
            fresh: set[Triple] = set()
            for name, own in waiting.items():
                fresh |= self.give(name, self.derived(name, own)[1])
            waiting = self._more(stratum, fresh, None, now=True)

    def _more(
        self,
        stratum: tuple[str, ...],
        triples: set[Triple],
        known: dict[str, Foci | None] | None,
        *,
        now: bool,
    ) -> dict[str, Foci | None]:
        """Return for what rules are to run because of triples; what is `known` is not told again, and added to."""
        found: dict[str, Foci | None] = {}
        for name in stratum:
            if not triples or (known is not None and known[name] is None):
                continue
            delta = self.delta(name)
            foci = delta.concerned(triples, now=now) if delta else None
            if known is not None:
                own = known[name]
                if foci is not None and own is not None:
                    foci = foci - own
                    known[name] = own | foci
                else:
                    known[name] = None
            if foci is None or foci:
                found[name] = foci
        return found


def _names(triples: Iterable[Triple]) -> set[str]:
    """Return what rules may look for to find these triples; see `Rule.reads`."""
    return {name for _, predicate, value in triples for name in found_by(predicate, value)}
