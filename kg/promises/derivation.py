"""Promises, their outcomes and what status things were in, as triples for every store to hold."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import CP, ID, RDF, XSD, lengthen
from kg.promises.amounts import first_number, number
from kg.promises.claims import Claims
from kg.promises.days import day_before
from kg.promises.lives import status_periods
from kg.promises.outcomes import judge_promises
from kg.promises.verdicts import Policy
from kg.query import LocalIndex, select_rows

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Set as AbstractSet
    from datetime import date

    import pyoxigraph as ox

    from kg.promises.lives import StatusPeriod
    from kg.promises.promise import Outcome, Promise
    from kg.promises.verdicts import Verdict
    from kg.query import Index

_POLICIES: Final = ("half-of-the-way", "about-tolerance", "above-allowance", "years-after")
_PLACES: Final = Decimal("0.0001")
_TYPE: Final = f"<{RDF}type>"


class Only(NamedTuple):
    """What is judged of a graph: the promises that any of some `statements` make, and the periods of some `things`."""

    statements: AbstractSet[str]
    things: AbstractSet[str]


# Written as text: there are many of them, and an object for each term would cost more than judging.
Pair = tuple[str, str]
"""A predicate and an object, as N-Triples write them."""


def derive_promises(store: ox.Store, only: Only | None = None) -> Iterator[str]:
    """Yield what follows of promises and statuses from all that a store holds, rules included, as N-Triples without the dots.

    The figures of policy are those of the ontology in the same store; without them nothing is judged.
    Where `only` some are asked for, the others are not judged.

    >>> import kg
    >>> triples = derive_promises(kg.build(check=False).index.store)
    >>> sum("firstStatedBy" in triple for triple in triples) > 100
    True
    """
    policy = read_policy(LocalIndex(store))
    if policy is None:
        return
    claims = Claims.of(store)
    for promise in judge_promises(claims, policy, only and only.statements):
        yield from _promise(promise, claims)
    for thing, periods in status_periods(claims).items():
        if only is None or thing in only.things:
            for place, period in enumerate(periods, 1):
                yield from _period(thing, f"{thing}.status.{place}", period)


def read_policy(index: Index) -> Policy | None:
    """Return the figures of policy of the ontology, or None where they are not all there."""
    rows = select_rows(index, "SELECT ?policy ?value { ?policy cp:policyValue ?value }")
    values = {str(name).removeprefix("cp:"): number(value) for name, value in sorted(rows, key=str)}
    figures = [value for name in _POLICIES if (value := values.get(name)) is not None]
    if len(figures) != len(_POLICIES):
        return None
    half, tolerance, above, years = figures
    return Policy(half, tolerance, above, int(years))


def _promise(promise: Promise, claims: Claims) -> Iterator[str]:
    subject = _iri(promise.name)
    for predicate, value in _facts(promise):
        yield f"{subject} {predicate} {value}"
    made = _promisers(promise, claims)
    for who in sorted(made):
        yield f"{subject} {_property('promisedBy')} {_iri(who)}"
    for thing in sorted({*promise.about, *made}):
        yield f"{_iri(thing)} {_property('hasPromise')} {subject}"
    own = {*made, *promise.about, *_speakers(promise)}
    ends = pairwise([*(outcome.since for outcome in promise.outcomes), promise.taken_back])
    for place, (outcome, (_, end)) in enumerate(zip(promise.outcomes, ends, strict=True), 1):
        node = _iri(f"{promise.name}.{place}")
        yield f"{subject} <{CP}hasOutcome> {node}"
        for predicate, value in (*_told(outcome, end, claims), *_own_word(outcome, own, claims)):
            yield f"{node} {predicate} {value}"


def _period(thing: str, name: str, period: StatusPeriod) -> Iterator[str]:
    node = _iri(name)
    yield f"{_iri(thing)} <{CP}hasStatusPeriod> {node}"
    yield f"{node} {_TYPE} <{CP}StatusPeriod>"
    yield f"{node} {_property('inStatus')} {_iri(period.status)}"
    yield f"{node} {_property('standsFrom')} {_day(period.since)}"
    if period.until:
        yield f"{node} {_property('standsUntil')} {_day(period.until)}"
    if period.before:
        yield f"{node} {_property('statusBefore')} {_iri(period.before)}"
    for report in period.reports:
        yield f"{node} {_property('reportedBy')} {_iri(report)}"


def _facts(promise: Promise) -> Iterator[Pair]:
    yield _TYPE, f"<{CP}Promise>"
    yield _property("firstStatedBy"), _iri(promise.statements[0].name)
    for statement in promise.statements:
        yield _property("statedBy"), _iri(statement.name)
    yield _property("promisedOn"), _day(promise.said)
    if promise.due:
        yield _property("dueBy"), _day(promise.due)
    yield from _numbers({"aim": promise.aim, "baseline": promise.baseline}.items())


def _told(outcome: Outcome, end: date | None, claims: Claims) -> Iterator[Pair]:
    verdict = outcome.verdict
    yield _TYPE, f"<{CP}Outcome>"
    yield _property("verdict"), f"<{CP}{verdict.name}>"
    yield _property("standsFrom"), _day(outcome.since)
    if end is not None:
        yield _property("standsUntil"), _day(day_before(end))
    if verdict.reason:
        yield _property("undeterminedFor"), f"<{CP}{verdict.reason}>"
    if verdict.disputed:
        yield _property("isDisputed"), f'"true"^^<{XSD}boolean>'
    if outcome.replaced_by:
        yield _property("replacedBy"), _iri(outcome.replaced_by)
    if outcome.moved:
        yield _property("moved"), f'"{", ".join(outcome.moved)}"'
    yield from _grounds(verdict, claims)


def _own_word(outcome: Outcome, own: Container[str], claims: Claims) -> Iterator[Pair]:
    """Tell that an outcome rests on a figure or a report of one of those whose `own` promise it is of."""
    grounds = claims.statements.get(outcome.verdict.rests_on or "")
    if grounds:
        said = (*grounds.says.get("speaker", ()), *grounds.says.get("onBehalfOf", ()))
        if any(who in own for who in (*map(str, said), grounds.source.publisher)):
            yield _property("isOwnCount"), f'"true"^^<{XSD}boolean>'


def _grounds(verdict: Verdict, claims: Claims) -> Iterator[Pair]:
    if verdict.rests_on:
        yield _property("restsOn"), _iri(verdict.rests_on)
        grounds = claims.statements[verdict.rests_on]
        if grounds.kind == "Observation":
            value = first_number(grounds, ("value", "minimum", "maximum"))
            yield from _numbers([("observedValue", value)])
    if verdict.day:
        yield _property("observedOn"), _day(verdict.day)
    yield from _numbers(zip(("shareAtLeast", "shareAtMost"), verdict.share or (), strict=False))


def _promisers(promise: Promise, claims: Claims) -> set[str]:
    """Return who made a promise: who is said to keep it, else the companies whose plan it is about."""
    others = {str(who) for one in promise.statements for who in one.says.get("promisedBy", ())}
    companies = {who for thing in promise.about for who in claims.companies.get(thing, ())}
    return others or companies | claims.organizations.intersection(promise.about)


def _speakers(promise: Promise) -> Iterator[str]:
    for statement in promise.statements:
        yield from map(str, statement.says.get("speaker", ()))


def _numbers(values: Iterable[tuple[str, Decimal | None]]) -> Iterator[Pair]:
    for name, value in values:
        if value is not None:
            # Four places of a share: more would pretend to know more than who counted.
            short = name.startswith("share") and abs(value) < 10**20
            text = f"{value.quantize(_PLACES) if short else value:f}"
            # As an engine writes a decimal itself: no zeros at its end, and none below nothing.
            text = text.rstrip("0").rstrip(".") if "." in text else text
            text = "0" if text == "-0" else text
            yield _property(name), f'"{text}"^^<{XSD}decimal>'


def _property(name: str) -> str:
    return f"<{CP}{name}>"


def _iri(name: str) -> str:
    # Slugs lie in id:; a prefixed name or an IRI stands for itself.
    return f"<{ID}{name}>" if ":" not in name else f"<{lengthen(name)}>"


def _day(day: date) -> str:
    return f'"{day.isoformat()}"^^<{XSD}date>'
