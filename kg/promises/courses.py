"""What was promised and what was observed of it, as numbers: for a chart of one promise over time.

Which figures are held against a promise is the judge's matter; nothing is compared here anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.promises.amounts import first_number, number, unit_of
from kg.promises.claims import Claims
from kg.promises.derivation import read_policy
from kg.promises.outcomes import wanted_of_promises

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.promises.promise import Promise
    from kg.promises.readings import Wanted
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Figure
    from kg.promises.wants import Want
    from kg.query import Index


@dataclass(frozen=True)
class Sighting:
    """An observation that is held against a promise: `value` as it is stated, certainly from `low` to `high`.

    It is of some day from `first` to `last`; None is no bound. `aside` is the reason for which it cannot
    decide, or can show one thing only.
    """

    statement: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    first: date
    last: date
    aside: str | None = None


@dataclass(frozen=True)
class Course:
    """A promise in one `unit`: what is `wanted` by the statement `target`, at least if `up`, and what was seen of it.

    `low` and `high` are the ends of what was promised, where it was a range. `baseline` is where the way
    begins, on the day `baseline_day` if one is told. `counted` is how values add up.
    """

    target: str
    measure: str
    unit: str
    wanted: Decimal
    up: bool
    low: Decimal | None
    high: Decimal | None
    baseline: Decimal | None
    baseline_day: date | None
    counted: str
    sightings: tuple[Sighting, ...]


def load_courses(
    index: Index, statements: Mapping[str, Statement]
) -> dict[str, tuple[Course, ...]]:
    """Return the courses of each promise of a figure, by its name: one a unit, that of its first statement first.

    `statements` are those of the graph. Without the figures of policy, which the ontology has, nothing is comparable.

    >>> import kg
    >>> from kg.promises import load_statements
    >>> index = kg.build(check=False).index
    >>> [course, *_] = load_courses(index, load_statements(index))["medianama-2017-03-28.3.4.promise"]
    >>> str(course.wanted), str(course.baseline), len(course.sightings) > 5
    ('500', '250', True)
    """
    policy = read_policy(index)
    if policy is None:
        return {}
    claims = Claims.about(index, statements)
    return {
        promise.name: tuple(_courses(promise, wanted, claims))
        for promise, wanted in wanted_of_promises(claims, policy)
    }


def _courses(promise: Promise, wanted: Sequence[Wanted], claims: Claims) -> Iterable[Course]:
    by_unit: dict[str, list[Wanted]] = {}
    for one in wanted:
        by_unit.setdefault(unit_of(one.want.target, claims), []).append(one)
    for unit, same in by_unit.items():
        seen: dict[str, Sighting] = {}
        for figures in {id(one.figures): one.figures for one in same}.values():
            for statement, figure in figures.held():
                _see(seen, statement, figure)
        course = _course(same[0].want, unit, promise)
        yield replace(course, sightings=tuple(sorted(seen.values(), key=_order)))


def _course(want: Want, unit: str, promise: Promise) -> Course:
    target, aim = want.target, want.aim
    day = target.one("baselineDate")
    return Course(
        target.name,
        str(target.one("indicator")),
        unit,
        aim.value,
        aim.up,
        number(target.one("minimum")),
        number(target.one("maximum")),
        promise.baseline if aim.baseline is None else aim.baseline,
        day if isinstance(day, date) else None,
        aim.counted,
        (),
    )


def _see(seen: dict[str, Sighting], statement: Statement, figure: Figure) -> None:
    """Add an observation to those `seen`, unless it is of something else; readings that it tells more of come first."""
    value = first_number(statement, ("value", "minimum", "maximum"))
    if value is None or (figure.no_reach and figure.no_short):
        return
    aside = figure.empty or figure.no_reach or figure.no_short
    if figure.name in seen and (aside or not seen[figure.name].aside):
        return
    seen[figure.name] = Sighting(
        figure.name, value, figure.low, figure.high, figure.first, figure.last, aside
    )


def _order(sighting: Sighting) -> tuple[date, date, str]:
    return sighting.last, sighting.first, sighting.statement
