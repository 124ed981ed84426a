"""How every promise fared, day by day: derived facts, each with what it rests on.

An outcome stands from the day on which it could be known until another one could; so what is asked
of a day, past or present, is looked up and not judged again. Nothing depends on today.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.plans.claims import published
from kg.plans.comparable import aim_of, figure_of, unit_of
from kg.plans.days import day_after, last_day
from kg.plans.promises import gainsaid, group_promises
from kg.plans.verdicts import Report, Verdict, judge_figures, judge_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.plans.claims import Claims
    from kg.plans.statements import Statement
    from kg.plans.verdicts import Aim, Figure, Policy

_ENDS: Final = ("achieved", "missed", "abandoned")


@dataclass(frozen=True)
class Outcome:
    """A verdict, and from which day on it could be known."""

    since: date
    verdict: Verdict


@dataclass(frozen=True)
class Promise:
    """What all `statements` of one target, or of one status that is due by a day, have in common.

    The first statement stands for all and gives the name; `replaced_by` is the promise that took its
    place and `moved` how: lowered, raised, later, earlier. `outcomes` are in order of days.
    """

    statements: tuple[Statement, ...]
    outcomes: tuple[Outcome, ...] = field(default=(), repr=False)
    replaced_by: str | None = None
    moved: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The slug: that of its first statement, and what it is."""
        return f"{self.statements[0].name}.promise"

    @cached_property
    def due(self) -> date | None:
        """The last day of what was promised."""
        days = (statement.one("due") for statement in self.statements)
        return next((day for day in days if isinstance(day, date)), None)

    @cached_property
    def said(self) -> date:
        """The first day on which it is known to have been said."""
        return min(map(said_on, self.statements))

    @cached_property
    def about(self) -> tuple[str, ...]:
        """All things that any of its statements is about."""
        return tuple(dict.fromkeys(thing for s in self.statements for thing in s.things))

    @property
    def is_figure(self) -> bool:
        """Whether a figure is to be reached, and not a status."""
        return self.statements[0].kind == "Target"


def judge_promises(claims: Claims, policy: Policy) -> list[Promise]:
    """Return every promise of a graph with its outcomes, in order of names."""
    promises = [*_figure_promises(claims), *_milestones(claims)]
    judge = _Judge(claims, policy, promises)
    return sorted(map(judge.judged, promises), key=lambda promise: promise.name)


def said_on(statement: Statement) -> date:
    """Return the day on which a statement was said, else that of its source."""
    uttered = statement.one("uttered")
    return uttered if isinstance(uttered, date) else published(statement)


def _figure_promises(claims: Claims) -> Iterator[Promise]:
    groups = group_promises(claims.statements)
    for name, statements in groups.items():
        if statements[0].name == name:
            yield Promise(statements)


def _milestones(claims: Claims) -> Iterator[Promise]:
    """Yield what is to be done by a day: the status reports of one thing with one due day."""
    milestones: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in claims.statements.values():
        # What is only considered is promised by nobody.
        if (
            statement.kind == "StatusReport"
            and isinstance(statement.one("due"), date)
            and statement.text("status") != "considered"
        ):
            milestones[statement.things, statement.one("due")].append(statement)
    for statements in milestones.values():
        yield Promise(tuple(sorted(statements, key=lambda s: (said_on(s), published(s), s.name))))


class _Judge:
    """Judges promises by all that is claimed."""

    def __init__(self, claims: Claims, policy: Policy, promises: Sequence[Promise]) -> None:
        self._claims = claims
        self._policy = policy
        self._observations: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        self._reports: defaultdict[str, list[Statement]] = defaultdict(list)
        self._places: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
        for statement in claims.statements.values():
            self._file(statement)
        self._promises = {s.name: promise for promise in promises for s in promise.statements}
        self._followers: defaultdict[str, list[tuple[Statement, Promise]]] = defaultdict(list)
        for promise in promises:
            for statement in promise.statements:
                for old in self._followed(statement):
                    if old is not promise and _is_revision(promise, old):
                        self._followers[old.name].append((statement, promise))

    def _file(self, statement: Statement) -> None:
        """Put a statement where it is found."""
        for thing in statement.things:
            if statement.kind == "Observation":
                key = (thing, str(statement.one("indicator")), unit_of(statement, self._claims))
                self._observations[key].append(statement)
                continue
            if statement.kind == "StatusReport":
                self._reports[thing].append(statement)
            if (place := statement.one("place")) is not None:
                self._places[thing].append((published(statement), str(place)))

    def _followed(self, statement: Statement) -> Iterator[Promise]:
        """Yield the promises that a statement takes the place of."""
        for name in map(str, statement.says.get("updates", ())):
            if name in self._promises:
                yield self._promises[name]

    def judged(self, promise: Promise) -> Promise:
        """Return a promise with its outcomes."""
        follower = min(
            self._followers.get(promise.name, ()), key=lambda pair: (said_on(pair[0]), pair[0].name),
            default=None,
        )  # fmt: skip
        evidence = self._evidence(promise)
        known = {published(statement) for statement in (*promise.statements, *evidence)}
        if follower:
            known.add(published(follower[0]))
        begin = min(map(published, promise.statements))
        if promise.due:
            known |= {
                day_after(s.one("due"))
                for s in promise.statements
                if isinstance(s.one("due"), date)
            }  # type: ignore[arg-type]
        outcomes: list[Outcome] = []
        for day in sorted(day for day in known if day >= begin):
            verdict = self._verdict(promise, evidence, follower, day)
            if not outcomes or outcomes[-1].verdict != verdict:
                outcomes.append(Outcome(day, verdict))
        return replace(
            promise,
            outcomes=tuple(outcomes),
            replaced_by=follower[1].name if follower else None,
            moved=self._moved(promise, follower[1]) if follower else (),
        )

    def _evidence(self, promise: Promise) -> list[Statement]:
        """Return the observations and reports that can tell of a promise."""
        found: dict[str, Statement] = {}
        for thing in promise.about:
            for report in self._reports.get(thing, ()):
                found[report.name] = report
        if promise.is_figure:
            for target in promise.statements:
                found.update((one.name, one) for one in self._candidates(target))
        return list(found.values())

    def _candidates(self, target: Statement) -> Iterator[Statement]:
        """Yield the observations of what a target is about, and of whose plan it is."""
        measure = str(target.one("indicator")), unit_of(target, self._claims)
        for thing in target.things:
            yield from self._observations.get((thing, *measure), ())
            for company in self._claims.companies.get(thing, ()):
                yield from self._observations.get((company, *measure), ())

    def _verdict(
        self,
        promise: Promise,
        evidence: Sequence[Statement],
        follower: tuple[Statement, Promise] | None,
        day: date,
    ) -> Verdict:
        """Return what could be told of a promise on a day."""
        known = [statement for statement in evidence if published(statement) <= day]
        if promise.is_figure:
            verdict = self._by_figures(promise, known, day)
            if not verdict.is_conclusive:
                told = judge_reports(promise.due, _own_reports(promise, known, day), day)
                verdict = told if told.is_conclusive else verdict
        else:
            reports = [
                r for r in map(_report, known) if r.status != "missed" or _is_own(promise, known, r)
            ]
            verdict = judge_reports(promise.due, reports, day)
        if verdict.name == "met" or follower is None or published(follower[0]) > day:
            return verdict
        # What is replaced before its day is neither kept nor broken.
        if said_on(follower[0]) <= (promise.due or date.max):
            return Verdict("replaced")
        return verdict

    def _by_figures(self, promise: Promise, known: Sequence[Statement], day: date) -> Verdict:
        spoken = [s for s in promise.statements if published(s) <= day]
        readings = [self._reading(promise, target, known, day) for target in _readings(spoken)]
        verdicts = [verdict for verdict in readings if verdict is not None]
        if not verdicts:
            return Verdict("open" if promise.due is None or day <= promise.due else "undetermined",
                           None if promise.due is None or day <= promise.due else "no-figure")  # fmt: skip
        if len({verdict.name for verdict in verdicts}) == 1:
            return verdicts[0]
        still = next((verdict for verdict in verdicts if verdict.name == "open"), None)
        return still or Verdict("undetermined", "readings-differ")

    def _reading(
        self, promise: Promise, target: Statement, known: Sequence[Statement], day: date
    ) -> Verdict | None:
        """Judge one reading of a promise: as it is put first, else as others put it."""
        alike = [
            target,
            *(s for s in promise.statements if s is not target and published(s) <= day),
        ]
        verdicts = []
        for put in alike if target is promise.statements[0] else [target]:
            verdict = self._put(promise, put, known, day)
            if verdict is None:
                continue
            verdicts.append(verdict)
            if verdict.rests_on:
                break  # who repeats a promise in another unit counts where there are no figures of the first
        return next((v for v in verdicts if v.rests_on), verdicts[0] if verdicts else None)

    def _put(
        self, promise: Promise, target: Statement, known: Sequence[Statement], day: date
    ) -> Verdict | None:
        due = target.one("due")
        aim = aim_of(
            target, due if isinstance(due, date) else promise.due, self._claims, self._policy
        )
        if aim is None:
            return None
        return judge_figures(
            _filled(aim, promise, target, self._claims, self._policy),
            list(self._figures(promise, target, aim, known, day)),
            day,
            self._policy,
        )

    def _figures(
        self, promise: Promise, target: Statement, aim: Aim, known: Sequence[Statement], day: date
    ) -> Iterator[Figure]:
        candidates = {one.name for one in self._candidates(target)}
        its_own = self._own_place(target, day)
        # Who recalls a promise after its day does not tell when it was made.
        said = promise.said if promise.due is None or promise.said <= promise.due else None
        for observation in known:
            if observation.name not in candidates:
                continue
            places = _filled_places(target.one("place"), observation.one("place"), its_own)
            of_plan = not set(observation.things).isdisjoint(target.things)
            # A company's whole count is no plan's, unless the place that it is of says so.
            if of_plan or (places[0] is not None and observation.one("place") == places[0]):
                yield figure_of(observation, target, aim, places, said, self._claims, self._policy)

    def _own_place(self, target: Statement, day: date) -> str | None:
        """Return the place that the plans and reports of a thing are of, if there is exactly one."""
        places = {
            place
            for thing in target.things
            for known, place in self._places.get(thing, ())
            if known <= day
        }
        return places.pop() if len(places) == 1 else None

    def _moved(self, promise: Promise, later: Promise) -> tuple[str, ...]:
        """Return how a later promise moved an earlier one."""
        moved = []
        aims = [
            aim_of(p.statements[0], p.due, self._claims, self._policy) for p in (promise, later)
        ]
        old, new = aims
        if old and new and old.value != new.value:
            moved.append("raised" if new.value > old.value else "lowered")
        if promise.due and later.due and promise.due != later.due:
            moved.append("later" if later.due > promise.due else "earlier")
        return tuple(moved)


def _filled_places(wanted: Cell, found: Cell, its_own: str | None) -> tuple[str | None, str | None]:
    """Return where a target and an observation hold; what only one of them states is the plan's own."""
    first, second = (None if place is None else str(place) for place in (wanted, found))
    if (first is None) != (second is None):
        return first or its_own, second or its_own
    return first, second


def _filled(aim: Aim, promise: Promise, target: Statement, claims: Claims, policy: Policy) -> Aim:
    """Return an aim with what others who put it so say of it: where it began, and that it binds no one."""
    for other in promise.statements:
        same = aim_of(other, aim.due, claims, policy)
        if same is None or (same.value, same.up) != (aim.value, aim.up):
            continue
        if other.one("unit") == target.one("unit"):
            baseline = same.baseline if aim.baseline is None else aim.baseline
            aim = replace(aim, baseline=baseline, binding=aim.binding and same.binding,
                          slack=max(aim.slack, same.slack))  # fmt: skip
    return aim


def _readings(spoken: Sequence[Statement]) -> list[Statement]:
    """Return the first of some statements, and those that remember it otherwise."""
    if not spoken:
        return []
    first, *others = spoken
    names = {statement.name for statement in spoken}
    rivals = {name for statement in spoken for name in gainsaid(statement)}
    return [
        first,
        *(one for one in others if one.name in rivals or not names.isdisjoint(gainsaid(one))),
    ]


def _own_reports(promise: Promise, known: Iterable[Statement], day: date) -> list[Report]:
    """Return how a promise of a figure ended by what is said of it: not of its plan, unless that ended."""
    own = [
        _report(s) for s in promise.statements if published(s) <= day and s.text("status") in _ENDS
    ]
    # Who gives up a plan gives up what was promised before; a new figure of the same day stays.
    plan = [
        _report(s)
        for s in known
        if s.kind == "StatusReport"
        and s.text("status") == "abandoned"
        and promise.said < said_on(s)
    ]
    due = promise.due or date.max
    # What was given up after its day may have been reached by it.
    return [r for r in (*own, *plan) if r.status != "abandoned" or r.last <= due]


def _is_own(promise: Promise, known: Iterable[Statement], report: Report) -> bool:
    """Whether a report is of this due day: another may have been missed earlier."""
    statement = next(s for s in known if s.name == report.name)
    return statement.one("due") in (None, promise.due)


def _report(statement: Statement) -> Report:
    begun = statement.one("from")
    if isinstance(begun, date):
        # The first day of a period stands for it; but what is reported has begun by then.
        end = last_day(begun, statement.says.get("fromPrecision", ()))
        days = begun, max(begun, min(end, published(statement)))
    elif statement.kind == "Target":
        days = said_on(statement), said_on(statement)
    else:
        days = date.min, said_on(statement)
    return Report(statement.name, statement.text("status") or "", *days,
                  unsure=statement.text("confidence") == "low")  # fmt: skip


def _is_revision(promise: Promise, old: Promise) -> bool:
    first, earlier = promise.statements[0], old.statements[0]
    same = first.kind == earlier.kind and first.one("indicator") == earlier.one("indicator")
    return same and not set(promise.about).isdisjoint(old.about)
