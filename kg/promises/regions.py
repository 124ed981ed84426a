"""What a change of a graph touches: whose promises and statuses can differ, and all that judging these looks at.

Found from both sides. From the change to the promises, each kind of link by what the judge does with it:

- **What makes one promise of statements** (`grouping`, `promise`) is followed to the end, since one that
  goes can part two and one that comes can join them: who wants the same of the same thing, confirms,
  contradicts or differs from it. What a promise of these `updates` is judged again, and no further:
  that it is replaced changes nothing of what it replaced itself.
- **A status report**, or a target with a place, can matter to every promise about the same things
  (`evidence`, `milestones`). A target without one matters to its own promise alone.
- **An observation** matters to the targets about the same things, and about the plans of the company that
  it is about, by the same indicator; not to the plans of others, nor to what is promised by another indicator.
- **Who contradicts** any of these matters as what it contradicts does, whichever of both says so. Those
  that both deny a third are never held against each other but by what is a neighbour itself.
- **A source** matters by its day and publisher to all that it says, a place by what lies around it to all
  that names it, an indicator by its definition to all targets by it, a plan by its company to all promises
  about it and its facilities. What these are called is not looked at.
- **A status** of a thing follows from what reports on it (`reportsOn`, which a rule derives), alone.

Nothing depends on the day on which the last source was published: an outcome stands from the day on which it
could be known, and each of these is told beforehand. What the rules make of that day, as that a relation has
ended, is part of the change.

Everything is judged again, for a reason that is named, only where what all is judged by changes, and where
promises are about nothing, which the shapes refuse: nothing tells which of them are alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, RDF, SCHEMA, to_python
from kg.promises.claims import KEYS_JUDGED, KINDS_JUDGED, TRAITS
from kg.promises.derivation import CLASSES, WRITTEN, Only, name_of_judged
from kg.promises.surroundings import Surroundings, indicator_of, makes_promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.promises.statements import Statement

_TYPE: Final = RDF + "type"
_ORGANIZATION: Final = CP + "Organization"
_KINDS: Final = frozenset(CP + kind for kind in KINDS_JUDGED)
_SAID: Final = frozenset(CP + key for key in KEYS_JUDGED)
_OF_SOURCES: Final = (SCHEMA + "datePublished", SCHEMA + "publisher")
_OF_INDICATORS: Final = tuple(CP + key for key in ("aggregation", "direction", "unit", *TRAITS))
_COMPANY: Final = CP + "company"
_ESTABLISHES: Final = CP + "establishes"
_AROUND: Final = CP + "locatedIn"
_JOINING: Final = ("confirms", "contradicts", "differsFrom")
_NAMED: Final = {
    "source": _OF_SOURCES,
    "indicator": _OF_INDICATORS,
    "place": (_AROUND,),
}
"""What is read of what statements name, by the property by which they do."""

_OF_ALL: Final = {CP + "policyValue": "the figures of policy", CP + "rank": "the ranks of statuses"}


@dataclass
class Touched:
    """What a change touches.

    `said` are statements, `about` things, all promises about which are judged again, `measured` indicators.
    `statements` and `things` are whose promises and statuses a source tells as well. `everything` is the
    reason for which all is judged again, if it is.
    """

    said: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    measured: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    everything: str | None = None


@dataclass
class Region:
    """What is judged again, and the `quads` that judging it looks at; `everything` is the reason to judge all.

    `only` are the statements whose promises, and the things whose statuses, are judged.
    """

    only: Only
    quads: list[ox.Quad] = field(default_factory=list)
    everything: str | None = None


def region_of(old: ox.Store, new: ox.Store, quads: Iterable[ox.Quad]) -> Region:
    """Return what is to be judged again where `quads` differ between an old graph and a new one."""
    before, after = Surroundings(old), Surroundings(new)
    touched = _touched(old, new, quads, after)
    if touched.everything:
        return Region(Only(frozenset(), frozenset()), everything=touched.everything)
    seeds = _Seeds(before, after)
    seeds.add(touched)
    names = seeds.statements()
    made = linked(filter(None, map(after.statement, names)), after)
    names.update(one.name for one in made)
    if any(not one.things for one in (*made, *seeds.made)):
        return Region(Only(frozenset(), frozenset()), everything="a promise about nothing")
    only = Only(names, touched.things | seeds.things)
    if not (only.statements or only.things):
        return Region(only)
    return Region(only, list(_gathered(new, after, only)))


# From the change to what it touches.


def _touched(
    old: ox.Store, new: ox.Store, quads: Iterable[ox.Quad], after: Surroundings
) -> Touched:
    touched = Touched()
    for quad in quads:
        _restated(touched, quad)
        triple = quad.subject, quad.predicate, quad.object
        # In whatever graph it stands: judging does not look.
        if all(any(True for _ in one.quads_for_pattern(*triple, None)) for one in (old, new)):
            continue
        _touch(touched, quad, after)
    return touched


def _restated(touched: Touched, quad: ox.Quad) -> None:
    """Touch whose promise or status a source tells of, as an export does: what it tells is not derived as well."""
    kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
    if quad.predicate.value in WRITTEN or kind in CLASSES:
        for name in (to_python(quad.subject), to_python(quad.object)):
            if made := name_of_judged(str(name)):
                touched.statements |= {made.statement} if made.statement else set()
                touched.things |= {made.thing} if made.thing else set()


def _touch(touched: Touched, quad: ox.Quad, after: Surroundings) -> None:
    key, name = quad.predicate.value, str(to_python(quad.subject))
    if key == _TYPE:
        kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        touched.said |= {name} if kind in _KINDS else set()
        touched.about |= {name} if kind == _ORGANIZATION else set()
    if key in _SAID:
        touched.said.add(name)
    if key in _OF_SOURCES:
        touched.said.update(after.having("source", name))
    if key in _OF_INDICATORS:
        touched.measured.add(name)
    if key == _COMPANY:
        touched.about.update((name, *after.values(name, "establishes")))
    if key == _ESTABLISHES:
        touched.about.add(str(to_python(quad.object)))
    if key == _AROUND:
        touched.said.update(after.having("place", name))
    touched.everything = touched.everything or _OF_ALL.get(key)


class _Seeds:
    """The statements from which promises differ, in what they are made of or in how they are judged."""

    def __init__(self, before: Surroundings, after: Surroundings) -> None:
        self._before, self._after = before, after
        self.made: list[Statement] = []
        self._judged: set[str] = set()
        self._measured: set[tuple[str, str | None]] = set()
        self.things: set[str] = set()

    def add(self, touched: Touched) -> None:
        self._judged |= touched.statements
        for thing in touched.about:
            self._judged.update(self._after.makers(thing))
        for indicator in touched.measured:
            self._judged.update(self._after.having("indicator", indicator))
        for name in touched.said:
            for one in self._versions(name):
                self._add(one)

    def _versions(self, name: str) -> Iterator[Statement]:
        for around in (self._before, self._after):
            one = around.statement(name)
            if one is not None:
                yield one

    def _add(self, one: Statement) -> None:
        """Add what a statement that differs can matter to."""
        self.things.update(map(str, one.says.get("reportsOn", ())))
        self._judged.add(one.name)
        self._matter(one)
        for name in self._after.neighbours(one, ("contradicts",)):
            if other := self._after.statement(name):
                self._matter(other)
        if makes_promise(one):
            self.made.append(one)

    def _matter(self, one: Statement) -> None:
        """Add whose promises a statement is evidence for."""
        if one.kind == "Target":
            self._judged.add(one.name)
        if one.kind == "StatusReport" or (one.kind == "Target" and "place" in one.says):
            for thing in one.things:
                self._judged.update(self._after.makers(thing))
        if one.kind == "Observation":
            for thing in one.things:
                self._measure(thing, indicator_of(one))

    def _measure(self, thing: str, indicator: str | None) -> None:
        if (thing, indicator) in self._measured:
            return
        self._measured.add((thing, indicator))
        found = self._after.told(thing, "Target", indicator)
        self._judged.update(one.name for one in found)
        self._judged |= self._after.planned(thing, indicator)

    def statements(self) -> set[str]:
        """Return the names of the statements whose promises differ, those of the promises that these update included."""
        made = linked(self.made, self._after)
        updated = {str(name) for one in made for name in one.says.get("updates", ())}
        return self._judged | updated | {one.name for one in made}


def linked(seeds: Iterable[Statement], after: Surroundings) -> list[Statement]:
    """Return the statements that some make promises with, or did before, and all that can have kept them apart.

    What went is among the seeds, so that what it held together or apart is found by what it said.
    """
    found: dict[int, Statement] = {}
    waiting = [one for one in seeds if makes_promise(one)]
    while waiting:
        one = waiting.pop()
        if id(one) in found:
            continue
        found[id(one)] = one
        names = dict.fromkeys(after.neighbours(one, _JOINING))
        names |= dict.fromkeys(after.alike(one) if one.things else ())
        others = map(after.statement, names)
        waiting += [other for other in others if other is not None and makes_promise(other)]
    return list(found.values())


# From what is judged to all that judging it looks at.


class _Gathering:
    """The statements that judging some promises and statuses looks at, by name."""

    def __init__(self, after: Surroundings) -> None:
        self._after = after
        self.statements: dict[str, Statement] = {}
        self.things: dict[str, None] = {}

    def add(self, found: Iterable[Statement | None]) -> None:
        self.statements |= {one.name: one for one in found if one is not None}

    def of_promises(self, names: Iterable[str]) -> None:
        """Add promises, what tells of them, who contradicts any of that, and what took their place."""
        after = self._after
        made = [
            one for one in map(after.statement, names) if one is not None and makes_promise(one)
        ]
        self.add(made)
        for one in made:
            self.things |= dict.fromkeys(one.things)
        for thing in self.things:
            self.add(after.told(thing, "StatusReport"))
            self.add(after.told(thing, "Target", placed=True))
        for thing, indicator in dict.fromkeys(self._measured(made)):
            self.add(after.told(thing, "Observation", indicator))
        for one in list(self.statements.values()):
            self.add(map(after.statement, after.neighbours(one, ("contradicts",))))
        later = (name for one in made for name in after.having("updates", one.name))
        followers = [one for one in map(after.statement, later) if one is not None]
        self.add(linked(followers, after))

    def _measured(self, made: Iterable[Statement]) -> Iterator[tuple[str, str | None]]:
        for one in made:
            if one.kind == "Target":
                indicator = indicator_of(one)
                for thing in one.things:
                    yield thing, indicator
                    for company in self._companies(thing):
                        yield company, indicator

    def _companies(self, thing: str) -> Iterator[str]:
        for plan in (thing, *self._after.having("establishes", thing)):
            yield from self._after.values(plan, "company")

    def of_things(self, things: Iterable[str]) -> None:
        """Add what reports on the status of some things."""
        for thing in things:
            self.add(map(self._after.statement, self._after.having("reportsOn", thing)))

    def quads(self) -> Iterator[ox.Quad]:
        """Yield what is said of all that was added, and of the sources, places, indicators and companies that it names."""
        after = self._after
        for name in self.statements:
            yield from after.quads[name]
        for key, read in _NAMED.items():
            named = {
                str(value) for one in self.statements.values() for value in one.says.get(key, ())
            }
            for name in named:
                for each in read:
                    yield from after.about(name, each)
        for thing in self.things:
            yield from after.about(thing, _TYPE)
            for plan in (thing, *after.having("establishes", thing)):
                yield from (
                    quad for key in (_COMPANY, _ESTABLISHES) for quad in after.about(plan, key)
                )


def _gathered(new: ox.Store, after: Surroundings, only: Only) -> Iterator[ox.Quad]:
    gathering = _Gathering(after)
    gathering.of_promises(only.statements)
    gathering.of_things(only.things)
    yield from gathering.quads()
    # A handful, which are scanned: what all is judged by.
    for key in _OF_ALL:
        yield from new.quads_for_pattern(None, ox.NamedNode(key), None)
