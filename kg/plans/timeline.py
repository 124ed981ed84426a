"""Plans in time: when each was announced and is due, what put it off, how far it is, how it ended.

An initiative's days come from its status reports, a target's from the statement itself. A target
that several sources state is one plan, and one that updates another of the same thing and indicator
stands for both: the earlier one's due day is a step on its way. Nothing here depends on the day on
which one looks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.base import ID, Cell
from kg.plans.plan import Plan, Progress, StatusChange, puts_off, since, statuses, steps
from kg.plans.promises import group_promises
from kg.plans.sentences import Words
from kg.plans.statements import load_statements
from kg.plans.verdicts import Indicator, Verdict, judge, share_done
from kg.query import load_question, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.plans.statements import Statement
    from kg.query import Index

# Whose plan it is: an initiative, what it establishes, or what an organization sets out to reach.
_OWNERS: Final = """SELECT ?thing ?initiative ?company WHERE {
  { ?initiative cp:company ?company . BIND (?initiative AS ?thing) }
  UNION { ?initiative cp:company ?company ; cp:establishes ?thing }
  UNION { ?company a cp:Organization . BIND (?company AS ?thing) }
}"""
_INDICATORS: Final = """SELECT ?indicator ?direction ?aggregation WHERE {
  ?indicator a cp:Indicator .
  OPTIONAL { ?indicator cp:direction ?direction }
  OPTIONAL { ?indicator cp:aggregation ?aggregation }
}"""
_ENDINGS: Final = ("achieved", "missed", "abandoned")

Scope: TypeAlias = tuple[Cell, ...]
Promise: TypeAlias = "tuple[Statement, ...]"  # a target and those that repeat it


def plan_timeline(index: Index, said: Mapping[str, Statement] | None = None) -> dict[str, Plan]:
    """Return every initiative and target by IRI; see `Plan`.

    `said` are the statements of the graph, if they have been loaded already.

    A target that a newer one took the place of is no plan any more: the newer one has it `before`.
    Nor is one that repeats another: the first of `kg.plans.promises` stands for all.

    >>> import kg
    >>> found = plan_timeline(kg.build(check=False).index)
    >>> refinery = found[ID + "dangote-refinery"]
    >>> refinery.start, [step.day for step in refinery.steps][-2:], refinery.outcome.status
    ('2013-01-01', ['2022-09-30', '2023-12-31'], 'achieved')
    """
    said = load_statements(index) if said is None else said
    words = Words.of(index)
    owners = {
        str(thing): (None if initiative is None else str(initiative), str(company))
        for thing, initiative, company in sorted(select_rows(index, _OWNERS), key=str)
    }
    about: dict[str, list[Statement]] = {}
    for statement in said.values():
        for thing in statement.says.get("about", ()):
            about.setdefault(str(thing), []).append(statement)
    changes = _changes(index)
    found = {
        ID + name: _initiative(about.get(name, ()), changes.get(name, ()), ID + company, words)
        for name, (initiative, company) in owners.items()
        if name == initiative
    }
    indicators = {
        str(name): Indicator(str(direction or ""), str(aggregation or ""))
        for name, direction, aggregation in select_rows(index, _INDICATORS)
    }
    promises = group_promises(said)
    firsts = {promise[0].name: promise for promise in promises.values()}
    before = {name: _replaced(promise, promises) for name, promise in firsts.items()}
    replaced = {old[0].name for old in before.values() if old}
    observed = _observed(said.values())
    for name, promise in sorted(firsts.items()):
        if name not in replaced:
            plan = _target(_chain(promise, before), owners, observed, indicators, words)
            found[ID + name] = plan
            if plan.within and plan.steps:
                whole = found[plan.within]
                found[plan.within] = replace(
                    whole, reach=max(whole.reach or "", plan.steps[-1].day)
                )
    return found


def _changes(index: Index) -> dict[str, list[StatusChange]]:
    """Return when the status of each initiative changed, as the question `changes` tells it."""
    query = load_question("changes").bind({}, resolve=str, today=date.min)
    changes: dict[str, list[StatusChange]] = {}
    for on, _, initiative, _, after, _, _, _, fact in select_rows(index, query):
        held = changes.setdefault(str(initiative), [])
        change = StatusChange(str(on), str(after).removeprefix("cp:"), ID + str(fact))
        if not held or (held[-1].day, held[-1].status) != (change.day, change.status):
            held.append(change)
    return changes


def _initiative(
    about: Iterable[Statement], changes: Sequence[StatusChange], company: str, words: Words
) -> Plan:
    # Of the words of one day those that put something off come after what they put off.
    told = sorted(about, key=lambda s: (since(s), puts_off(s), str(s.one("due"))))
    firm = [s for s in told if s.kind in ("StatusReport", "Target")] or told
    last = changes[-1] if changes else None
    return Plan(
        company=company,
        within=None,
        start=since(firm[0]) or None if firm else None,
        steps=steps((s for s in told if s.kind == "StatusReport"), words),
        changes=tuple(changes),
        outcome=last if last and last.status in _ENDINGS else None,
    )


def _target(
    chain: Sequence[Promise],
    owners: Mapping[str, tuple[str | None, str]],
    observed: Mapping[Scope, Sequence[Statement]],
    indicators: Mapping[str, Indicator],
    words: Words,
) -> Plan:
    told = [one for promise in chain for one in sorted(promise, key=since)]
    target = chain[-1][0]
    initiative, company = owners.get(str(target.one("about")), (None, None))
    # Who gives another day for what he confirms, puts nothing off.
    dated = (one for promise in chain for one in promise if one.one("due") == promise[0].one("due"))
    due = steps(dated, words)
    if due and target.one("due") is None and since(target) > due[-1].day:
        due = ()  # changed when its day had passed, and given no other
    judged, found = _judged(chain[-1], observed, indicators)
    outcome = next(iter(statuses(sorted(chain[-1], key=since))[-1:]), None)
    if found:
        outcome = StatusChange(found.day, found.name, ID + found.observation.name)
    elif outcome and outcome.status not in _ENDINGS:
        outcome = None
    return Plan(
        company=ID + company if company else None,
        within=ID + initiative if initiative else None,
        start=min(map(since, told)) or None,
        steps=due,
        changes=statuses(told),
        progress=_progress(
            judged, found, observed.get(_scope(judged), ()), _indicator(judged, indicators), words
        ),
        outcome=outcome,
        before=tuple(ID + promise[0].name for promise in chain[:-1]),
    )


def _judged(
    promise: Promise,
    observed: Mapping[Scope, Sequence[Statement]],
    indicators: Mapping[str, Indicator],
) -> tuple[Statement, Verdict | None]:
    """Return the target of a promise that the figures tell most about, and what they tell."""
    found = [
        (one, judge(one, observed.get(_scope(one), ()), _indicator(one, indicators)))
        for one in promise
    ]
    return min(found, key=lambda pair: _weight(*pair))


def _indicator(target: Statement, indicators: Mapping[str, Indicator]) -> Indicator:
    return indicators.get(str(target.one("indicator")), Indicator("", ""))


def _weight(target: Statement, found: Verdict | None) -> tuple[bool, str, int]:
    """What was met by its day comes first, then what was told of first; see `track-record`."""
    if found is None:
        return True, "", 0
    late = found.day if found.day > str(target.one("due")) else ""
    return False, late, ("met", "partly", "missed").index(found.name)


def _replaced(promise: Promise, promises: Mapping[str, Promise]) -> Promise | None:
    """Return the target that `promise` took the place of, if there is one."""
    first = promise[0]
    for newer in promise:
        for name in newer.says.get("updates", ()):
            old = promises.get(str(name))
            if (
                old
                and old[0].name != first.name
                and old[0].one("indicator") == first.one("indicator")
                and set(old[0].things) & set(first.things)
            ):
                return old
    return None


def _chain(promise: Promise, before: Mapping[str, Promise | None]) -> list[Promise]:
    """Return the targets that `promise` took the place of, oldest first, and itself."""
    chain, seen = [promise], {promise[0].name}
    while (old := before[chain[-1][0].name]) and old[0].name not in seen:
        chain.append(old)
        seen.add(old[0].name)
    return chain[::-1]


def _scope(statement: Statement) -> Scope:
    """What two figures must have in common to be compared: thing, indicator, place and unit."""
    return tuple(statement.one(key) for key in ("about", "indicator", "place", "unit"))


def _observed(said: Iterable[Statement]) -> dict[Scope, list[Statement]]:
    """Return what was observed, not forecast, by everything that it is about and its scope."""
    observed: dict[Scope, list[Statement]] = {}
    for statement in said:
        if statement.kind == "Observation" and statement.text("kind") not in (None, "forecast"):
            for thing in statement.says.get("about", ()):
                observed.setdefault((thing, *_scope(statement)[1:]), []).append(statement)
    return observed


def _progress(
    target: Statement,
    found: Verdict | None,
    observed: Sequence[Statement],
    indicator: Indicator,
    words: Words,
) -> Progress | None:
    latest = {str(name) for name in target.says.get("latestObservation", ())}
    newest = next((one for one in observed if one.name in latest), None)
    observation = found.observation if found else newest
    if observation is None:
        return None
    part = share_done(target, observation, indicator)
    return Progress(
        None if part is None else float(round(part, 4)),
        words.sentence(observation),
        ID + observation.name,
    )
