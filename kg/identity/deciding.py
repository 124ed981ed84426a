"""Whether a company is one that is known: by identifiers first, by names second, and never against either.

Measured on two published tables whose companies have ISINs: of 649 pairs of rows with one ISIN 189 have
different names, and about 60 of these are different companies; of 509 with one name 51 have different
ISINs, and some of these are different companies. So an ISIN or a ticker, which identifies what a company
has issued and is often looked up by whoever makes a table, joins only what is called the same; and a name
joins nobody whose identifiers differ. An LEI or an item of Wikidata, which identifies the company
itself, joins it whatever it is called.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.base import shorten
from kg.identity.company_names import comparable, formed_apart
from kg.identity.identifiers import LEI, SCHEMES, TICKER, WIKIDATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.identity.companies import Described
    from kg.identity.identifiers import Identifier
    from kg.identity.known import KnownCompanies


class Objection(NamedTuple):
    """What speaks against taking a company for a known one: of which identifier, if of one, and why."""

    identifier: Identifier | None
    message: str


class Decision(NamedTuple):
    """The known company that a company is, and `by` what; or None, and what speaks against.

    `by` is an identifier, or None where it is the name alone.
    """

    same: str | None = None
    by: Identifier | None = None
    against: Objection | None = None


def decide(company: Described, known: KnownCompanies) -> Decision:
    """Decide which known company a company is, all of whose identifiers can be relied on.

    >>> from kg.identity.companies import Described
    >>> from kg.identity.identifiers import Identifier
    >>> from kg.identity.known import KnownCompanies
    >>> lei = Identifier("LEI", "00000000000000000098")
    >>> meta = Described("a:meta", frozenset({"Meta Platforms"}), frozenset(), frozenset({lei}))
    >>> told = Described("a:1", frozenset({"Facebook"}), frozenset(), frozenset({lei}))
    >>> decision = decide(told, KnownCompanies([meta]))
    >>> decision.same, str(decision.by)
    ('a:meta', 'LEI 00000000000000000098')
    """
    pointing: defaultdict[str, list[Identifier]] = defaultdict(list)
    for one in sorted(company.identifiers, key=_rank):
        bearers = sorted(known.bearers(one))
        if len(bearers) > 1:
            both = " and ".join(map(shorten, bearers))
            return _not(one, f"{both} have it, too: mend the one whose it is not")
        for iri in bearers:
            pointing[iri].append(one)
    if len(pointing) > 1:
        return _disagreeing(pointing)
    named = known.named(*company.names)
    if not pointing:
        return _by_name(company, named, known)
    ((iri, by),) = pointing.items()
    return _by_identifier(company, by, named, known.by_iri[iri])


def _rank(identifier: Identifier) -> tuple[int, str]:
    return list(SCHEMES).index(identifier.scheme), identifier.value


def _not(identifier: Identifier | None, why: str) -> Decision:
    return Decision(against=Objection(identifier, why))


def _disagreeing(pointing: Mapping[str, list[Identifier]]) -> Decision:
    (iri, (first, *_)), *others = pointing.items()
    rest = " and ".join(f"the {by[0]} that of {shorten(other)}" for other, by in others)
    return _not(first, f"it is that of {shorten(iri)}, but {rest}: mend the one that is wrong")


def _by_identifier(
    company: Described, by: list[Identifier], named: set[str], known: Described
) -> Decision:
    """Decide about a company whose identifiers, in their order, point to one known company."""
    itself = [one for one in by if SCHEMES[one.scheme].of_company]
    first, whose = (itself or by)[0], shorten(known.iri)
    if named and known.iri not in named:
        other = " and ".join(map(shorten, sorted(named)))
        return _not(
            first, f"it is that of {whose}, but the name is that of {other}: mend one of them"
        )
    if why := differing(company, known, (LEI.name, WIKIDATA.name)):
        return _not(first, f"it is that of {whose}, but {why}: mend the one that is wrong")
    if itself or company.shares_name(known) or not comparable(company.names, known.names):
        return Decision(known.iri, first)
    called = f"{_name(company)} is not what {whose} is called"
    remedy = f"if they are one, add this name to those of {whose}"
    return _not(first, f"it is that of {whose}, but {called}: {remedy}")


def _by_name(company: Described, named: set[str], known: KnownCompanies) -> Decision:
    """Decide about a company to which no identifier points."""
    if len(named) != 1:
        return Decision()
    (iri,) = named
    other, whose = known.by_iri[iri], shorten(iri)
    if why := differing(company, other, SCHEMES):
        remedy = "" if "LEI" in why else f": if they are one, add this one to those of {whose}"
        return _not(None, f"it is called as {whose} is, but {why}{remedy}")
    if formed_apart(company.names, other.names):
        return Decision()
    return Decision(iri)


def differing(one: Described, other: Described, schemes: Iterable[str]) -> str | None:
    """Return which identifiers say that two companies are two, in words; None where none of some schemes says so.

    Several ISINs are several securities of one company, so one that both have is enough; a ticker says
    nothing of another exchange.
    """
    for scheme in schemes:
        here, there = one.values(scheme), other.values(scheme)
        if scheme == TICKER.name:
            exchanges = {value.partition(":")[0] for value in here}
            there = frozenset(value for value in there if value.partition(":")[0] in exchanges)
        if here and there and here.isdisjoint(there):
            return f"the {scheme}s differ ({min(here)}, {min(there)})"
    return None


def _name(company: Described) -> str:
    return min(company.labels or company.names, default=shorten(company.iri))
