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

from kg.base import CP, RDF, to_python
from kg.promises.claims import KEYS_JUDGED, KINDS_JUDGED
from kg.promises.derivation import Only
from kg.promises.gathering import (
    AROUND,
    COMPANY,
    ESTABLISHES,
    OF_ALL,
    OF_INDICATORS,
    OF_SOURCES,
    gathered,
    linked,
)
from kg.promises.lookup import PromiseLookup, indicator_of, makes_promise
from kg.promises.written import CLASSES, WRITTEN, name_of_judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.promises.statement import Statement

_TYPE: Final = RDF + "type"
_ORGANIZATION: Final = CP + "Organization"
_KINDS: Final = frozenset(CP + kind for kind in KINDS_JUDGED)
_SAID: Final = frozenset(CP + key for key in KEYS_JUDGED)


@dataclass
class Touched:
    """What a change touches.

    `said` are statements, `about` things, all promises about which are judged again, `measured` indicators.
    `statements` and `things` are whose promises and statuses a source tells as well. `everything` says, as
    a clause, why all is judged again, if it is.
    """

    said: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    measured: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    everything: str | None = None


@dataclass
class Region:
    """What is judged again, and the `quads` that judging it looks at; `everything` says why that is all, if it is.

    `only` are the statements whose promises, and the things whose statuses, are judged.
    """

    only: Only
    quads: list[ox.Quad] = field(default_factory=list)
    everything: str | None = None


def region_of(old: ox.Store, new: ox.Store, quads: Iterable[ox.Quad]) -> Region:
    """Return what is to be judged again where `quads` differ between an old graph and a new one."""
    before, after = PromiseLookup(old), PromiseLookup(new)
    touched = _touched(old, new, quads, after)
    if touched.everything:
        return Region(Only(frozenset(), frozenset()), everything=touched.everything)
    seeds = _Seeds(before, after)
    seeds.add(touched)
    names = seeds.statements()
    made = linked(filter(None, map(after.statement, names)), after)
    names.update(one.name for one in made)
    if any(not one.things for one in (*made, *seeds.made)):
        return Region(Only(frozenset(), frozenset()), everything="a promise is about nothing")
    only = Only(names, touched.things | seeds.things)
    if not (only.statements or only.things):
        return Region(only)
    return Region(only, list(gathered(new, after, only)))


# From the change to what it touches.


def _touched(
    old: ox.Store, new: ox.Store, quads: Iterable[ox.Quad], after: PromiseLookup
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


def _touch(touched: Touched, quad: ox.Quad, after: PromiseLookup) -> None:
    key, name = quad.predicate.value, str(to_python(quad.subject))
    if key == _TYPE:
        kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        touched.said |= {name} if kind in _KINDS else set()
        touched.about |= {name} if kind == _ORGANIZATION else set()
    if key in _SAID:
        touched.said.add(name)
    if key in OF_SOURCES:
        touched.said.update(after.having("source", name))
    if key in OF_INDICATORS:
        touched.measured.add(name)
    if key == COMPANY:
        touched.about.update((name, *after.values(name, "establishes")))
    if key == ESTABLISHES:
        touched.about.add(str(to_python(quad.object)))
    if key == AROUND:
        touched.said.update(after.having("place", name))
    touched.everything = touched.everything or OF_ALL.get(key)


class _Seeds:
    """The statements from which promises differ, in what they are made of or in how they are judged."""

    def __init__(self, before: PromiseLookup, after: PromiseLookup) -> None:
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
