"""Promises and their outcomes as triples, for every store to hold and every question to read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import CP, ID, RDF, XSD
from kg.plans.claims import Claims
from kg.plans.days import day_before
from kg.plans.outcomes import judge_promises
from kg.plans.verdicts import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kg.plans.outcomes import Outcome, Promise
    from kg.plans.verdicts import Verdict

_TYPE: Final = ox.NamedNode(RDF + "type")
_PROMISE: Final = ox.NamedNode(CP + "Promise")
_OUTCOME: Final = ox.NamedNode(CP + "Outcome")
_DATE: Final = ox.NamedNode(XSD + "date")
_DECIMAL: Final = ox.NamedNode(XSD + "decimal")
_POLICIES: Final = ("half-of-the-way", "about-tolerance", "above-allowance", "years-after")
_PLACES: Final = Decimal("0.0001")


def derive_promises(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield what follows of promises from all that a store holds, rules included.

    The figures of policy are those of the ontology in the same store; without them nothing is judged.

    >>> import kg
    >>> triples = derive_promises(kg.build(check=False).index.store)
    >>> sum(triple.predicate.value == CP + "firstStatedBy" for triple in triples) > 100
    True
    """
    policy = _policy(store)
    if policy is None:
        return
    claims = Claims.of(store)
    for promise in judge_promises(claims, policy):
        yield from _promise(promise, claims)


def _policy(store: ox.Store) -> Policy | None:
    values = [
        Decimal(quad.object.value)
        for name in _POLICIES
        for quad in store.quads_for_pattern(
            ox.NamedNode(CP + name), ox.NamedNode(CP + "policyValue"), None
        )
        if isinstance(quad.object, ox.Literal)
    ]
    if len(values) != len(_POLICIES):
        return None
    half, tolerance, above, years = values
    return Policy(half, tolerance, above, int(years))


def _promise(promise: Promise, claims: Claims) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(ID + promise.name)
    yield ox.Triple(subject, _TYPE, _PROMISE)
    yield _link(subject, "firstStatedBy", promise.statements[0].name)
    for statement in promise.statements:
        yield _link(subject, "statedBy", statement.name)
    for thing in _whose(promise, claims):
        yield ox.Triple(ox.NamedNode(ID + thing), ox.NamedNode(CP + "hasPromise"), subject)
    yield _day(subject, "promisedOn", promise.said)
    if promise.due:
        yield _day(subject, "dueBy", promise.due)
    if promise.replaced_by:
        yield _link(subject, "replacedBy", promise.replaced_by)
        for how in promise.moved:
            yield ox.Triple(subject, ox.NamedNode(CP + "moved"), ox.Literal(how))
    ends = [*(outcome.since for outcome in promise.outcomes[1:]), None]
    for number, (outcome, end) in enumerate(zip(promise.outcomes, ends, strict=True), 1):
        node = ox.NamedNode(f"{subject.value}.{number}")
        yield ox.Triple(subject, ox.NamedNode(CP + "hasOutcome"), node)
        yield from _outcome(node, outcome, end)


def _whose(promise: Promise, claims: Claims) -> Iterable[str]:
    """Return what a promise is about, and the companies whose initiatives that is."""
    companies = (company for thing in promise.about for company in claims.companies.get(thing, ()))
    return sorted({*promise.about, *companies})


def _outcome(node: ox.NamedNode, outcome: Outcome, end: date | None) -> Iterator[ox.Triple]:
    verdict = outcome.verdict
    yield ox.Triple(node, _TYPE, _OUTCOME)
    yield _concept(node, "verdict", verdict.name)
    yield _day(node, "standsFrom", outcome.since)
    if end is not None:
        yield _day(node, "standsUntil", day_before(end))
    if verdict.reason:
        yield _concept(node, "reason", verdict.reason)
    if verdict.rests_on:
        yield _link(node, "restsOn", verdict.rests_on)
    if verdict.disputed:
        yield ox.Triple(node, ox.NamedNode(CP + "isDisputed"), ox.Literal(value=True))
    yield from _shares(node, verdict)


def _shares(node: ox.NamedNode, verdict: Verdict) -> Iterator[ox.Triple]:
    ends: Sequence[Decimal | None] = verdict.share or (None, None)
    for name, end in zip(("shareAtLeast", "shareAtMost"), ends, strict=True):
        if end is not None:
            # Four places: more would pretend to know more than who counted.
            text = f"{end.quantize(_PLACES).normalize():f}" if abs(end) < 10**20 else f"{end:f}"
            yield ox.Triple(node, ox.NamedNode(CP + name), ox.Literal(text, datatype=_DECIMAL))


def _link(subject: ox.NamedNode, name: str, target: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(CP + name), ox.NamedNode(ID + target))


def _concept(subject: ox.NamedNode, name: str, concept: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(CP + name), ox.NamedNode(CP + concept))


def _day(subject: ox.NamedNode, name: str, day: date) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(CP + name), ox.Literal(day.isoformat(), datatype=_DATE))
