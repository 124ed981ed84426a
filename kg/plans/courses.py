"""The course of a promise for people to read: what was promised when, and what was seen of it.

A promise that another took the place of has the course of the one that holds: each is a revision of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.base import ID
from kg.plans.plain import plain
from kg.plans.plan import since
from kg.plans.spelling import spell_day
from kg.promises import chain_promises, load_courses, load_promises
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.plans.sentences import Words
    from kg.promises import Course, Judged, Sighting, Statement
    from kg.query import Index

MOST: Final = 400
"""How many figures a course has: more dots than that are a smear, and no reader goes through them."""

# How a promise was moved by the one that took its place, and when that could be known.
_MOVES: Final = """SELECT ?promise ?later ?moved WHERE {
  ?promise cp:hasOutcome ?outcome . ?outcome cp:replacedBy ?later ; cp:moved ?moved
}"""
_ASIDE: Final = {
    "only-forecasts": "a forecast",
    "direction-not-known": "with no word on whether more is wanted",
    "wants-nothing": "that shows nothing, as any would be enough",
    "only-before-it-was-promised": "from before it was promised",
    "only-other-places": "of another place",
    "only-other-parts": "of another part",
    "counts-from-another-day": "counted from another day",
    "other-base": "against another base",
    "other-period": "of another period",
}
COMPARATORS: Final = {
    "at-least": "at least",
    "at-most": "at most",
    "more-than": "more than",
    "less-than": "less than",
    "approximately": "about",
}


@dataclass(frozen=True)
class Revision:
    """What was promised from the day `said` on, known from the day `published`: `value` by `day`.

    `words` are the due day no more exactly than it is known, `about` what stands before the number, `low`
    and `high` the ends of a range, and `moved` how it differs from the one before. `fact` is the statement.
    """

    value: float
    said: str
    published: str
    fact: str
    day: str | None = None
    words: str = ""
    about: str = ""
    low: float | None = None
    high: float | None = None
    moved: str = ""


@dataclass(frozen=True)
class Seen:
    """What was seen: `value` as stated, certainly from `low` to `high`, on some day from `first` to `day`.

    An end that is the value is left out, and where there is none it is `open`: up or down. `aside` says why it cannot decide, or not both ways; `corrected` is the day from which it counts no more.
    """

    value: float
    day: str
    published: str
    fact: str
    first: str | None = None
    low: float | None = None
    high: float | None = None
    open: str = ""
    about: str = ""
    aside: str = ""
    corrected: str | None = None


@dataclass(frozen=True)
class Drawn:
    """A promise over time: of what `measure`, in what `unit`, whether more is wanted (`up`), or a `rank`.

    The way begins at `baseline`, on `baseline_day` if that is told. `left` is how many figures are left out
    of many, and `others` how many in other units.
    """

    measure: str
    unit: str
    up: bool
    revisions: tuple[Revision, ...]
    figures: tuple[Seen, ...]
    baseline: float | None = None
    baseline_day: str | None = None
    left: int = 0
    others: int = 0
    rank: bool = False


def draw_courses(
    index: Index, statements: Mapping[str, Statement], words: Words
) -> dict[str, dict[str, Any]]:
    """Return the courses of promises as mappings, by the IRI of their target: the fields of `Drawn`.

    A target that another one took the place of is `within` the course of the one that holds. A promise of one number of which nothing else is known is no course.
    """
    courses = load_courses(index, statements)
    moves = {(str(old), str(new)): str(moved) for old, new, moved in select_rows(index, _MOVES)}
    drawn: dict[str, dict[str, Any]] = {}
    for chain in chain_promises(load_promises(index, statements)):
        course = _drawn(chain, courses, moves, statements, words)
        if course is None:
            continue
        iri = ID + chain[-1].first.name
        drawn[iri] = plain(course)
        drawn |= {ID + old.first.name: {"within": iri} for old in chain[:-1]}
    return drawn


def _drawn(
    chain: Sequence[Judged],
    courses: Mapping[str, tuple[Course, ...]],
    moves: Mapping[tuple[str, str], str],
    statements: Mapping[str, Statement],
    words: Words,
) -> Drawn | None:
    main = _of_unit(chain[-1], courses.get(chain[-1].name, ()))
    if main is None:
        return None
    same = [
        (promise, course)
        for promise in chain
        for course in courses.get(promise.name, ())
        if (course.unit, course.measure, course.up) == (main.unit, main.measure, main.up)
    ]
    every = {
        one.statement
        for promise in chain
        for c in courses.get(promise.name, ())
        for one in c.sightings
    }
    seen = _seen(course.sightings for _, course in same)
    kept = _bounded(seen, {promise.rests_on for promise in chain})
    revisions = _in_order(_revisions(same, moves, statements))
    begun = next((course for _, course in same if course.baseline is not None), main)
    if not kept and begun.baseline is None and len(revisions) < 2:  # noqa: PLR2004 - one is no course
        return None
    return Drawn(
        words.label(main.measure),
        sign_of(main.unit, words),
        main.up,
        revisions,
        tuple(_figure(one, statements[one.statement]) for one in kept),
        _float(begun.baseline),
        begun.baseline_day.isoformat() if begun.baseline_day else None,
        len(seen) - len(kept),
        len(every) - len(seen),
        main.counted == "ordinal",
    )


def sign_of(unit: str, words: Words) -> str:
    """Return what stands behind a number in a unit: nothing behind a bare count."""
    plain = unit in ("", "unit:NUM", "unit:UNITLESS")
    return words.symbols.get(unit, "" if plain else words.label(unit))


def _of_unit(promise: Judged, courses: Sequence[Course]) -> Course | None:
    """Return the course in the unit of the figure that the verdict rests on, else that of the first statement."""
    decided = (
        course
        for course in courses
        if any(one.statement == promise.rests_on for one in course.sightings)
    )
    return next(decided, next(iter(courses), None))


def _seen(sightings: Iterable[Iterable[Sighting]]) -> list[Sighting]:
    """Return each sighting once; where one promise of several can be decided by it, it can."""
    best: dict[str, Sighting] = {}
    for one in (one for some in sightings for one in some):
        if one.statement not in best or not one.aside:
            best[one.statement] = one
    return sorted(best.values(), key=lambda one: (one.last, one.first, one.statement))


def _bounded(seen: Sequence[Sighting], decisive: set[str | None]) -> list[Sighting]:
    """Return what decides, and of the others the latest."""
    if len(seen) <= MOST:
        return list(seen)
    first = [one for one in seen if one.statement in decisive]
    rest = [one for one in seen if one.statement not in decisive and not one.aside]
    kept = {one.statement for one in [*first, *rest[len(first) - MOST :]]}
    return [one for one in seen if one.statement in kept]


def _revisions(
    same: Iterable[tuple[Judged, Course]],
    moves: Mapping[tuple[str, str], str],
    statements: Mapping[str, Statement],
) -> Iterable[Revision]:
    before: Judged | None = None
    for promise, course in same:
        target = statements[course.target]
        due = target.one("due") or promise.first.one("due")
        precise = target.says.get("duePrecision") or promise.first.says.get("duePrecision", ())
        value = _float(course.wanted)
        if value is None:
            continue
        yield Revision(
            value,
            min(map(since, promise.statements)),
            min(one.source.published for one in promise.statements),
            ID + target.name,
            None if due is None else str(due),
            "" if due is None else spell_day(due, precise),
            COMPARATORS.get(target.text("comparator") or "", ""),
            _float(course.low),
            _float(course.high),
            moves.get((before.name, promise.name), "") if before else "",
        )
        before = promise


def _in_order(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """Return revisions with the days on which they were said; one that is only recalled was said before the next."""
    ordered: list[Revision] = []
    for one in reversed(list(revisions)):
        said = min(one.said, ordered[-1].said) if ordered else one.said
        ordered.append(replace(one, said=said))
    return tuple(reversed(ordered))


def _figure(one: Sighting, said: Statement) -> Seen:
    corrected = said.one("correctedOn")
    return Seen(
        _float(one.value) or 0,
        one.last.isoformat(),
        said.source.published,
        ID + one.statement,
        None if one.first == one.last else one.first.isoformat(),
        None if one.low == one.value else _float(one.low),
        None if one.high == one.value else _float(one.high),
        "down" if one.low is None else "up" if one.high is None else "",
        COMPARATORS.get(said.text("comparator") or "", ""),
        _ASIDE.get(one.aside or "", one.aside or ""),
        None if corrected is None else str(corrected),
    )


def _float(value: Decimal | None) -> float | None:
    """Return a number as a picture draws it; one that is out of all bounds is none."""
    number = math.nan if value is None else float(value)
    return number if math.isfinite(number) else None
