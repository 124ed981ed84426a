"""A promise and its outcomes as values, and the promises that all statements together make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.promises.grouping import group_promises
from kg.promises.known import is_considered, published, said_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from kg.promises.claims import Claims
    from kg.promises.contradicted import Contradictions
    from kg.promises.statement import Statement
    from kg.promises.verdicts import Verdict


@dataclass(frozen=True)
class Outcome:
    """A verdict, and `since` which day it could be known.

    `replaced_by` is the promise that was known by then to have taken its place, and `moved` how:
    lowered, raised, later, earlier.
    """

    since: date
    verdict: Verdict
    replaced_by: str | None = None
    moved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promise:
    """What all `statements` of one target, or of one status that is due by a day, have in common.

    The first statement stands for all and gives the `name`. It was `said` on the first day that is
    known, and is `due` by its last day. `aim` is the number that is to be reached, from a `baseline`.
    `outcomes` are in order of days; none stands from the day on which all that was said of it had been
    `taken_back`.
    """

    name: str
    statements: tuple[Statement, ...]
    about: tuple[str, ...]
    said: date
    due: date | None
    aim: Decimal | None = None
    baseline: Decimal | None = None
    taken_back: date | None = None
    outcomes: tuple[Outcome, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, statements: Sequence[Statement], contradictions: Contradictions) -> Promise:
        """Return the promise that some statements make, not judged yet."""
        days = (statement.one("due") for statement in statements)
        return cls(
            f"{statements[0].name}.promise",
            tuple(statements),
            tuple(dict.fromkeys(thing for one in statements for thing in one.things)),
            min(map(said_on, statements)),
            next((day for day in days if isinstance(day, date)), None),
            taken_back=_taken_back(statements, contradictions),
        )


def _taken_back(statements: Iterable[Statement], contradictions: Contradictions) -> date | None:
    """Return the day on which the last of some statements was corrected or known to be misread, if all of them were."""
    days = []
    for one in statements:
        corrected, misread = one.one("correctedOn"), contradictions.misread_since(one)
        ends = [day for day in (corrected, misread) if isinstance(day, date)]
        if not ends:
            return None
        days.append(min(ends))
    return max(days)


def made_promises(claims: Claims) -> Iterator[Promise]:
    """Yield every promise of a graph, not judged yet: of figures, and of what is to be done by a day."""
    for statements in (*_targets(claims), *_milestones(claims)):
        yield Promise.of(statements, claims.contradictions)


def _targets(claims: Claims) -> Iterator[Sequence[Statement]]:
    for name, statements in group_promises(claims.statements).items():
        if statements[0].name == name:
            yield statements


def _milestones(claims: Claims) -> Iterator[Sequence[Statement]]:
    """Yield what is to be done by a day: the status reports of one thing with one due day."""
    milestones: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in claims.statements.values():
        if milestone := milestone_of(statement):
            milestones[milestone].append(statement)
    for statements in milestones.values():
        ordered = sorted(statements, key=lambda one: (said_on(one), published(one), one.name))
        yield from _by_place(ordered, claims)


def milestone_of(statement: Statement) -> tuple[object, ...] | None:
    """Return what is to be done when and by whom, if a statement reports that something is still to be done by a day."""
    due = statement.one("due") if statement.kind == "StatusReport" else None
    if not isinstance(due, date) or is_considered(statement):
        return None
    return statement.things, due, statement.says.get("promisedBy", ())


def _by_place(statements: Iterable[Statement], claims: Claims) -> list[list[Statement]]:
    """Part statements by where something is to be done; each goes with the first that is not of elsewhere."""
    parts: list[list[Statement]] = []
    for one in statements:
        same = (part for part in parts if not any(claims.lie_apart(one, its) for its in part))
        part = next(same, None)
        if part is None:
            parts.append([one])
        else:
            part.append(one)
    return parts
