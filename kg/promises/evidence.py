"""What can tell of a promise: the observations, reports and later promises about the same things."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from kg.promises.amounts import unit_of
from kg.promises.comparable import figure_of
from kg.promises.known import counts_on, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.base import Cell
    from kg.promises.claims import Claims
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Figure, Policy
    from kg.promises.wants import Want


class Evidence:
    """Observations, status reports and places by what they are about."""

    def __init__(self, claims: Claims, policy: Policy) -> None:
        """File all `claims`, which a `policy` judges."""
        self._claims, self._policy = claims, policy
        self._observations: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        self._reports: defaultdict[str, list[Statement]] = defaultdict(list)
        self._places: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
        for statement in claims.statements.values():
            self._file(statement)

    def _file(self, statement: Statement) -> None:
        for thing in statement.things:
            if statement.kind == "Observation":
                measure = str(statement.one("indicator")), unit_of(statement, self._claims)
                self._observations[thing, *measure].append(statement)
                continue
            if statement.kind == "StatusReport":
                self._reports[thing].append(statement)
            if (place := statement.one("place")) is not None:
                self._places[thing].append((published(statement), str(place)))

    def reports(self, promised: Sequence[Statement]) -> list[Statement]:
        """Return the status reports about all that was promised, where it was."""
        wanted = set(promised[0].things)
        found = {report.name: report for thing in wanted for report in self._reports.get(thing, ())}
        # What is reported of a part says nothing of the whole.
        return [
            found[name]
            for name in sorted(found)
            if wanted <= set(found[name].things)
            and not all(self._claims.lie_apart(found[name], one) for one in promised)
        ]

    def observations(self, target: Statement) -> list[Statement]:
        """Return what was observed, in its measure, of what a target is about, and of whose plan it is."""
        measure = str(target.one("indicator")), unit_of(target, self._claims)
        things = dict.fromkeys(target.things)
        for thing in target.things:
            things |= dict.fromkeys(self._claims.companies.get(thing, ()))
        found = {
            one.name: one
            for thing in things
            for one in self._observations.get((thing, *measure), ())
        }
        return list(found.values())

    def figure(self, observation: Statement, want: Want, own_place: str | None) -> Figure | None:
        """Return what an observation says of what is wanted, or None where it is of something else."""
        place = observation.one("place")
        places = _filled(want.target.one("place"), place, own_place)
        its, companies = set(observation.things), self._claims.companies
        if not its.issuperset(want.target.things):
            # A company's whole count is no plan's, unless the place that it is of says so; and what
            # is told of one of two things that were promised together tells nothing of both.
            # Nor is a partner's the whole of what two do together.
            whole = all(
                companies.get(one) and its.issuperset(companies[one]) for one in want.target.things
            )
            if not whole or place is None or str(place) != places[0]:
                return None
        return figure_of(observation, want, places, self._claims, self._policy)

    def own_place(self, target: Statement, day: date) -> str | None:
        """Return the place that plans and reports of a thing are of by a day, if there is exactly one."""
        places = {
            place
            for thing in target.things
            for known, place in self._places.get(thing, ())
            if known <= day
        }
        return places.pop() if len(places) == 1 else None

    def place_days(self, things: Iterable[str]) -> set[date]:
        """Return the days from which on each place was known that plans and reports of things are of."""
        known: dict[str, date] = {}
        for thing in things:
            for day, place in self._places.get(thing, ()):
                known[place] = min(day, known.get(place, day))
        return set(known.values())


class Figures:
    """What the observations say of what is wanted in one scope, by the days on which they were known."""

    def __init__(self, want: Want, evidence: Evidence) -> None:
        """Find them in the `evidence`."""
        self.observations = evidence.observations(want.target)
        self._want, self._evidence = want, evidence
        self._by_place: dict[str | None, list[tuple[Statement, Figure]]] = {}
        self._last: tuple[date | None, list[Figure]] = (None, [])

    def known(self, day: date) -> list[Figure]:
        """Return what was known by a day, and not corrected by then."""
        if not self.observations:
            return []
        # All that want something in this scope ask of one day before they ask of the next.
        if self._last[0] != day:
            self._last = day, self._known(day)
        return self._last[1]

    def _known(self, day: date) -> list[Figure]:
        return [figure for one, figure in self.held(day) if counts_on(one, day)]

    def held(self, day: date = date.max) -> list[tuple[Statement, Figure]]:
        """Return every figure that is held against what is wanted, by where its plan was known to be on a day."""
        place = self._evidence.own_place(self._want.target, day)
        if place not in self._by_place:
            found = (
                (one, self._evidence.figure(one, self._want, place)) for one in self.observations
            )
            self._by_place[place] = [(one, figure) for one, figure in found if figure]
        return self._by_place[place]


def _filled(wanted: Cell, found: Cell, own_place: str | None) -> tuple[str | None, str | None]:
    """Return where a target and an observation hold; what only one of them states is the plan's own."""
    first, second = (None if place is None else str(place) for place in (wanted, found))
    if (first is None) != (second is None):
        return first or own_place, second or own_place
    return first, second
