"""All that judging some promises and statuses looks at, gathered from a graph that is too large to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, RDF, SCHEMA
from kg.promises.claims import TRAITS
from kg.promises.lookup import PromiseLookup, indicator_of, makes_promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.promises.derivation import Only
    from kg.promises.statement import Statement

_TYPE: Final = RDF + "type"
OF_SOURCES: Final = (SCHEMA + "datePublished", SCHEMA + "publisher")
OF_INDICATORS: Final = tuple(CP + key for key in ("aggregation", "direction", "unit", *TRAITS))
COMPANY: Final = CP + "company"
ESTABLISHES: Final = CP + "establishes"
AROUND: Final = CP + "locatedIn"
_JOINING: Final = ("confirms", "contradicts", "differsFrom")
_NAMED: Final = {
    "source": OF_SOURCES,
    "indicator": OF_INDICATORS,
    "place": (AROUND,),
}
"""What is read of what statements name, by the property by which they do."""

OF_ALL: Final = {
    CP + "policyValue": "the figures of policy have changed",
    CP + "rank": "the ranks of statuses have changed",
}
"""What all is judged by, with what is told where it has changed."""

JUDGED_LINKS: Final = (
    tuple(
        f"<{key}>"
        for key in (
            COMPANY,
            ESTABLISHES,
            *(CP + key for key in ("about", "reportsOn", "updates", *_JOINING)),
        )
    ),
    {
        f"<{CP}{key}>": tuple(f"<{each}>" for each in read)
        for key, read in _NAMED.items()
        if read != (AROUND,)
    },
    tuple(f"<{key}>" for key in (AROUND, *OF_ALL)),
)
"""How what judging looks at hangs together: what is looked at from both ends, what of the objects of some properties, and what from everywhere.

All as N-Triples write it: see `kg.pipeline.links`."""


def linked(seeds: Iterable[Statement], after: PromiseLookup) -> list[Statement]:
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


class _Gathering:
    """The statements that judging some promises and statuses looks at, by name."""

    def __init__(self, after: PromiseLookup) -> None:
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
                    quad for key in (COMPANY, ESTABLISHES) for quad in after.about(plan, key)
                )


def gathered(new: ox.Store, after: PromiseLookup, only: Only) -> Iterator[ox.Quad]:
    """Yield all that judging some promises and statuses of a `new` graph looks at."""
    gathering = _Gathering(after)
    gathering.of_promises(only.statements)
    gathering.of_things(only.things)
    yield from gathering.quads()
    # A handful, which are scanned: what all is judged by.
    for key in OF_ALL:
        yield from new.quads_for_pattern(None, ox.NamedNode(key), None)
