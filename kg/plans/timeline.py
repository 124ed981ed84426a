"""Plans in time: when each was announced and is due, what put it off, how far it is, how it ended.

An initiative's days come from its status reports, a target's from the statement itself. A target
that several sources state is one plan, and one that updates another of the same thing and indicator
stands for both: the earlier one's due day is a step on its way. Nothing here depends on the day on
which one looks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import ID
from kg.plans.figures import Figures
from kg.plans.plan import Plan, StatusChange, puts_off, since, statuses, steps
from kg.plans.promises import group_promises
from kg.plans.revisions import chain_revisions
from kg.plans.sentences import Words
from kg.plans.statements import load_statements
from kg.query import Answer, load_question, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.plans.plan import Step
    from kg.plans.promises import Promise
    from kg.plans.statements import Statement
    from kg.plans.verdicts import Verdict
    from kg.query import Index

# Whose plan it is: an initiative, what it establishes, or what an organization sets out to reach.
_OWNERS: Final = """SELECT ?thing ?initiative ?company WHERE {
  { ?initiative cp:company ?company . BIND (?initiative AS ?thing) }
  UNION { ?initiative cp:company ?company ; cp:establishes ?thing }
  UNION { ?company a cp:Organization . BIND (?company AS ?thing) }
}"""
_ENDINGS: Final = ("achieved", "missed", "abandoned")


class _Owner(NamedTuple):
    """Whose plans are about a thing, and the initiative that they belong to, if it has one."""

    initiative: str | None
    company: str


def plan_timeline(
    index: Index, statements: Mapping[str, Statement] | None = None
) -> dict[str, Plan]:
    """Return every initiative and target by IRI; see `Plan`.

    `statements` are those of the graph, if they have been loaded already.

    A target that a newer one took the place of is no plan any more: the newer one has it `before`.
    Nor is one that repeats another: the first of `kg.plans.promises` stands for all.

    >>> import kg
    >>> plans = plan_timeline(kg.build(check=False).index)
    >>> refinery = plans[ID + "dangote-refinery"]
    >>> refinery.start, [step.day for step in refinery.steps][-2:], refinery.outcome.status
    ('2013-01-01', ['2022-09-30', '2023-12-31'], 'achieved')
    """
    statements = load_statements(index) if statements is None else statements
    words = Words.of(index)
    owners = _owners(index)
    figures = Figures.of(index, statements.values())
    plans = _initiatives(index, statements, owners, words)
    for chain in chain_revisions(group_promises(statements)):
        target = _target(chain, owners, figures, words)
        plans[ID + chain[-1][0].name] = target
        if target.within and target.steps:
            whole = plans[target.within]
            plans[target.within] = replace(
                whole, reach=max(whole.reach or "", target.steps[-1].day)
            )
    return plans


def _owners(index: Index) -> dict[str, _Owner]:
    # Sorted, for a thing can have several: an engine's order must not decide which one is taken.
    return {
        str(thing): _Owner(None if initiative is None else str(initiative), str(company))
        for thing, initiative, company in sorted(select_rows(index, _OWNERS), key=str)
    }


def _changes(index: Index) -> dict[str, list[StatusChange]]:
    """Return when the status of each initiative changed, as the question `changes` tells it."""
    query = load_question("changes").bind({}, resolve=str, today=date.min)
    changes: dict[str, list[StatusChange]] = {}
    for row in Answer(lambda: index.query(query)):
        status = str(row["after"]).removeprefix("cp:")
        change = StatusChange(str(row["day"]), status, ID + str(row["statement"]))
        earlier = changes.setdefault(str(row["initiative"]), [])
        # The question has a row for everybody on whose word it changed; the first will do.
        if not earlier or (earlier[-1].day, earlier[-1].status) != (change.day, change.status):
            earlier.append(change)
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
    changes = _changes(index)
    return {
        ID + name: _initiative(about.get(name, ()), changes.get(name, ()), owner.company, words)
        for name, owner in owners.items()
        if name == owner.initiative
    }


def _initiative(
    about: Iterable[Statement], changes: Sequence[StatusChange], company: str, words: Words
) -> Plan:
    # Of the words of one day those that put something off come after what they put off.
    ordered = sorted(about, key=lambda s: (since(s), puts_off(s), str(s.one("due"))))
    reports = [statement for statement in ordered if statement.kind == "StatusReport"]
    # What was counted before anybody spoke of a plan does not make the plan any older.
    firm = [statement for statement in ordered if statement.kind in ("StatusReport", "Target")]
    first = next(iter(firm or ordered), None)
    return Plan(
        company=ID + company,
        within=None,
        start=(since(first) or None) if first else None,
        steps=steps(reports, words),
        changes=tuple(changes),
        outcome=_ending(changes),
    )


def _target(
    chain: Sequence[Promise], owners: Mapping[str, _Owner], figures: Figures, words: Words
) -> Plan:
    spoken = [target for promise in chain for target in sorted(promise, key=since)]
    owner = owners.get(str(chain[-1][0].one("about")))
    judged, verdict = figures.judge(chain[-1])
    return Plan(
        company=ID + owner.company if owner else None,
        within=ID + owner.initiative if owner and owner.initiative else None,
        start=min(map(since, spoken)) or None,
        steps=_due_days(chain, words),
        changes=statuses(spoken),
        progress=figures.progress(judged, verdict, words),
        outcome=_outcome(chain[-1], verdict),
        before=tuple(ID + promise[0].name for promise in chain[:-1]),
    )


def _due_days(chain: Sequence[Promise], words: Words) -> tuple[Step, ...]:
    # Who gives another day for what he confirms, puts nothing off.
    agreeing = (
        target
        for promise in chain
        for target in promise
        if target.one("due") == promise[0].one("due")
    )
    days = steps(agreeing, words)
    latest = chain[-1][0]
    if days and latest.one("due") is None and since(latest) > days[-1].day:
        return ()  # changed when its day had passed, and given no other
    return days


def _outcome(promise: Promise, verdict: Verdict | None) -> StatusChange | None:
    """Return how a target ended: figures count for more than what somebody says of it."""
    if verdict:
        return StatusChange(verdict.day, verdict.name, ID + verdict.observation.name)
    return _ending(statuses(sorted(promise, key=since)))


def _ending(changes: Sequence[StatusChange]) -> StatusChange | None:
    """Return the last of some changes if nothing can follow it."""
    last = changes[-1] if changes else None
    return last if last and last.status in _ENDINGS else None
