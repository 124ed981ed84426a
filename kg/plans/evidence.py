"""What can tell of a promise: the observations, reports and later promises about the same things."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from kg.plans.claims import published
from kg.plans.comparable import figure_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.base import Cell
    from kg.plans.claims import Claims
    from kg.plans.statements import Statement
    from kg.plans.verdicts import Aim, Figure, Policy


class Evidence:
    """Observations, status reports and places by what they are about."""

    def __init__(self, claims: Claims) -> None:
        """File all `claims`."""
        self._claims = claims
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

    def reports(self, things: Iterable[str]) -> list[Statement]:
        """Return the status reports about any of some things, each once."""
        found = {report.name: report for thing in things for report in self._reports.get(thing, ())}
        return list(found.values())

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

    def own_place(self, target: Statement, day: date) -> str | None:
        """Return the place that plans and reports of a thing are of by a day, if there is exactly one."""
        places = {
            place
            for thing in target.things
            for known, place in self._places.get(thing, ())
            if known <= day
        }
        return places.pop() if len(places) == 1 else None


class Want:
    """A target as one source puts it, and the figures that can be held against it."""

    def __init__(
        self,
        target: Statement,
        aim: Aim,
        said: date | None,
        evidence: Evidence,
        claims: Claims,
        policy: Policy,
    ) -> None:
        """Take a `target` and its `aim`; it was first `said` on a day, if that is known."""
        self.target, self.aim = target, aim
        self.observations = evidence.observations(target)
        self._said, self._evidence, self._claims, self._policy = said, evidence, claims, policy
        self._figures: dict[str | None, list[tuple[date, Figure]]] = {}

    def figures(self, day: date) -> list[Figure]:
        """Return what the observations that were known by a day say of the target."""
        if not self.observations:
            return []
        place = self._evidence.own_place(self.target, day)
        if place not in self._figures:
            self._figures[place] = list(self._all_figures(place))
        return [figure for known, figure in self._figures[place] if known <= day]

    def _all_figures(self, own_place: str | None) -> Iterator[tuple[date, Figure]]:
        wanted = self.target.one("place")
        for observation in self.observations:
            place = observation.one("place")
            places = _filled(wanted, place, own_place)
            of_plan = not set(observation.things).isdisjoint(self.target.things)
            # A company's whole count is no plan's, unless the place that it is of says so.
            if of_plan or (place is not None and str(place) == places[0]):
                yield (
                    published(observation),
                    figure_of(
                        observation, self.target, self.aim, places, self._said,
                        self._claims, self._policy,
                    ),
                )  # fmt: skip


def _filled(wanted: Cell, found: Cell, own_place: str | None) -> tuple[str | None, str | None]:
    """Return where a target and an observation hold; what only one of them states is the plan's own."""
    first, second = (None if place is None else str(place) for place in (wanted, found))
    if (first is None) != (second is None):
        return first or own_place, second or own_place
    return first, second
