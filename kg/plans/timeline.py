"""Plans in time: when each was announced and is due, what put it off, how far it is, how it ended.

An initiative's days come from its status reports, a target's from the statement itself. A target
that several sources state is one plan, and one that updates another of the same thing and indicator
stands for both: the earlier one's due day is a step on its way. Nothing here depends on the day on
which one looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.base import ID
from kg.plans.plan import Former, Plan, Progress, StatusChange, puts_off, since, statuses, steps
from kg.plans.sentences import Words
from kg.promises import (
    ENDINGS,
    chain_promises,
    load_beginnings,
    load_promises,
    load_statements,
)
from kg.query import select_pairs, select_typed, select_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from kg.plans.plan import Step
    from kg.promises import Beginning, Judged, Statement
    from kg.query import Index


class _Owner(NamedTuple):
    """Whose plans are about a thing, and the initiative that they belong to, if it has one."""

    initiative: str | None
    companies: tuple[str, ...]


def plan_timeline(
    index: Index,
    statements: Mapping[str, Statement] | None = None,
    words: Words | None = None,
) -> dict[str, Plan]:
    """Return every initiative and target by IRI; see `Plan`.

    `statements` and `words` are those of the graph, if they have been loaded already.

    A target that a newer one took the place of is no plan any more: the newer one has it `before`.
    Nor is one that repeats another: the first statement of a promise stands for all.

    >>> import kg
    >>> plans = plan_timeline(kg.build(check=False).index)
    >>> refinery = plans[ID + "dangote-refinery"]
    >>> refinery.start, [step.day for step in refinery.steps][-2:], refinery.outcome.status
    ('2013-01-01', ['2022-09-30', '2023-12-31'], 'achieved')
    """
    statements = load_statements(index) if statements is None else statements
    words = words or Words.of(index)
    owners = _owners(index)
    plans = _initiatives(index, statements, owners, words)
    for chain in chain_promises(load_promises(index, statements)):
        target = _target(chain, owners, statements, words)
        plans[ID + chain[-1].first.name] = target
        if target.within and target.steps:
            whole = plans[target.within]
            plans[target.within] = replace(
                whole, reach=max(whole.reach or "", target.steps[-1].day)
            )
    return plans


def _owners(index: Index) -> dict[str, _Owner]:
    """Return whose plan it is: an initiative, what it establishes, or what an organization sets out to reach."""
    planners = select_values(index, "cp:company")
    things = [(name, name) for name in planners]
    things += [(str(built), name) for name, built in select_pairs(index, "cp:establishes")]
    rows: list[tuple[str, str | None, str]] = [
        (thing, name, company) for thing, name in things for company in planners.get(name, ())
    ]
    rows += [(name, None, name) for name, _ in select_typed(index, ["cp:Organization"])]
    owners: dict[str, _Owner] = {}
    # Sorted, for a thing can have several: an engine's order must not decide which one comes first.
    for thing, own, company in sorted(rows, key=str):
        before = owners.get(thing)
        companies = dict.fromkeys((*(before.companies if before else ()), company))
        owners[thing] = _Owner(own, tuple(companies))
    return owners


def _changes(begun: Iterable[Beginning]) -> list[StatusChange]:
    """Return when a status changed, each time once: of all on whose word it did the first will do."""
    changes: list[StatusChange] = []
    for one in begun:
        if not changes or (changes[-1].day, changes[-1].status) != (one.day, one.status):
            changes.append(StatusChange(one.day, one.status, ID + one.statement))
    return changes


def _initiatives(
    index: Index,
    statements: Mapping[str, Statement],
    owners: Mapping[str, _Owner],
    words: Words,
) -> dict[str, Plan]:
    about: dict[str, list[Statement]] = {}
    for statement in statements.values():
        for thing in statement.says.get("about", ()):
            about.setdefault(str(thing), []).append(statement)
    begun = load_beginnings(index)
    return {
        ID + name: _initiative(
            about.get(name, ()), _changes(begun.get(name, ())), owner.companies, words
        )
        for name, owner in owners.items()
        if name == owner.initiative
    }


def _initiative(
    about: Iterable[Statement],
    changes: Sequence[StatusChange],
    companies: Sequence[str],
    words: Words,
) -> Plan:
    # Of the words of one day those that put something off come after what they put off.
    ordered = sorted(about, key=lambda s: (since(s), puts_off(s), str(s.one("due"))))
    reports = [statement for statement in ordered if statement.kind == "StatusReport"]
    # What was counted before anybody spoke of a plan does not make the plan any older.
    firm = [statement for statement in ordered if statement.kind in ("StatusReport", "Target")]
    first = next(iter(firm or ordered), None)
    return Plan(
        company=ID + companies[0],
        others=tuple(ID + company for company in companies[1:]),
        within=None,
        start=(since(first) or None) if first else None,
        steps=steps(reports, words),
        changes=tuple(changes),
        outcome=_ending(changes),
    )


def _target(
    chain: Sequence[Judged],
    owners: Mapping[str, _Owner],
    statements: Mapping[str, Statement],
    words: Words,
) -> Plan:
    spoken = [one for promise in chain for one in sorted(promise.statements, key=since)]
    promise = chain[-1]
    owner = owners.get(str(promise.first.one("about")))
    # Who is said to keep it keeps it; else those whose plan it is about.
    promisers = tuple(map(str, promise.first.says.get("promisedBy", ())))
    companies = promisers or (owner.companies if owner else ())
    grounds = statements.get(promise.rests_on or "")
    return Plan(
        company=ID + companies[0] if companies else None,
        others=tuple(ID + company for company in companies[1:]),
        within=ID + owner.initiative if owner and owner.initiative else None,
        start=min(map(since, spoken)) or None,
        steps=_due_days(chain, words),
        changes=statuses(spoken),
        progress=_progress(promise, grounds, words),
        outcome=_outcome(promise, grounds),
        before=tuple(ID + old.first.name for old in chain[:-1]),
        former=tuple(_former(old, statements, words) for old in chain[:-1] if old.was_due),
    )


def _former(promise: Judged, statements: Mapping[str, Statement], words: Words) -> Former:
    grounds = statements.get(promise.rests_on or "")
    progress, outcome = _progress(promise, grounds, words), _outcome(promise, grounds)
    return Former(ID + promise.first.name, progress, outcome)


def _due_days(chain: Sequence[Judged], words: Words) -> tuple[Step, ...]:
    # Who gives another day for what he confirms, puts nothing off.
    agreeing = (
        target
        for promise in chain
        for target in promise.statements
        if target.one("due") == promise.first.one("due")
    )
    days = steps(agreeing, words)
    latest = chain[-1].first
    if days and latest.one("due") is None and since(latest) > days[-1].day:
        return ()  # changed when its day had passed, and given no other
    return days


def _progress(promise: Judged, grounds: Statement | None, words: Words) -> Progress | None:
    """Return the figure that decided on a promise, else its latest one."""
    if grounds is None or grounds.kind != "Observation":
        return None
    return Progress(
        _part(promise.share),
        words.sentence(grounds),
        ID + grounds.name,
        _part(promise.share_at_most),
        promise.is_own_count,
    )


def _part(share: Decimal | None) -> float | None:
    return None if share is None else float(round(share, 4))


def _outcome(promise: Judged, grounds: Statement | None) -> StatusChange | None:
    """Return how a promise ended, from the day of what it rests on."""
    if not promise.is_ended or grounds is None:
        return None
    day = grounds.one("when") or since(grounds)
    return StatusChange(str(day), promise.verdict, ID + grounds.name)


def _ending(changes: Sequence[StatusChange]) -> StatusChange | None:
    """Return the last of some changes if nothing can follow it."""
    last = changes[-1] if changes else None
    return last if last and last.status in ENDINGS else None
