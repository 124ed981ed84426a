"""Whether a company is one that is known: by identifiers first, by names second, and never against either.

Measured on two published tables whose companies have ISINs: of 649 pairs of rows with one ISIN 189 have
different names, and about 50 of these are different companies; of 509 with one name 51 have different
ISINs, and some of these are different companies. So an ISIN or a ticker, which identifies what a company
has issued and is often looked up by whoever makes a table, joins only what is called the same; and a name
joins nobody whose identifiers differ. Nor does an LEI or an item of Wikidata join what is called otherwise,
though it identifies the company itself: whoever makes a table puts that of a parent beside its subsidiary, and what
a file says of one would decide on a promise of the other. Who has renamed itself is joined once a person
adds the name. An exchange gives its codes anew, so that a ticker joins what is called the same by
every name that it has here, in whatever script.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import shorten
from kg.identity.company_names import bare, comparable, formed_apart
from kg.identity.identifiers import ISIN, LEI, SCHEMES, TICKER, WIKIDATA, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.identity.companies import Described
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
    >>> meta = Described("a:meta", frozenset({"Meta Platforms", "Facebook"}), frozenset(), frozenset({lei}))
    >>> told = Described("a:1", frozenset({"Facebook Inc."}), frozenset(), frozenset({lei}))
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
        return _disagreeing(pointing, known)
    named = known.named(*company.names)
    if not pointing:
        return _by_name(company, named, known)
    ((iri, by),) = pointing.items()
    return _by_identifier(company, by, named, known.by_iri[iri])


def _rank(identifier: Identifier) -> tuple[int, str]:
    return list(SCHEMES).index(identifier.scheme), identifier.value


def _not(identifier: Identifier | None, why: str) -> Decision:
    return Decision(against=Objection(identifier, why))


def _disagreeing(pointing: Mapping[str, list[Identifier]], known: KnownCompanies) -> Decision:
    (iri, (first, *_)), *others = pointing.items()
    rest = " and ".join(f"the {by[0]} that of {_who(known.by_iri[other])}" for other, by in others)
    return _not(
        first, f"it is that of {_who(known.by_iri[iri])}, but {rest}: mend the one that is wrong"
    )


def _by_identifier(
    company: Described, by: list[Identifier], named: set[str], known: Described
) -> Decision:
    """Decide about a company whose identifiers, in their order, point to one known company."""
    itself = [one for one in by if SCHEMES[one.scheme].of_company]
    first, whose = (itself or by)[0], _who(known)
    if named and known.iri not in named:
        other = " and ".join(map(shorten, sorted(named)))
        return _not(
            first, f"it is that of {whose}, but the name is that of {other}: mend one of them"
        )
    if why := differing(company, known, (LEI.name, WIKIDATA.name)):
        return _not(first, f"it is that of {whose}, but {why}: mend the one that is wrong")
    if unlike := _unlike(company, known, every=first.scheme == TICKER.name):
        remedy = f"if they are one, add this name to those of {shorten(known.iri)}"
        return _not(first, f"it is that of {whose}, which is not called {unlike}: {remedy}")
    return Decision(known.iri, first)


def _unlike(company: Described, known: Described, *, every: bool) -> str | None:
    """Return a name by which a known company is not called, where one in common is not enough or there is none."""
    theirs = {*map(bare, known.names)}
    others = sorted(name for name in company.names if bare(name) not in theirs)
    if not theirs or not others or (len(others) < len(company.names) and not every):
        return None
    labels = [name for name in others if name in company.labels]
    return (labels or others)[0]


def _by_name(company: Described, named: set[str], known: KnownCompanies) -> Decision:
    """Decide about a company to which no identifier points."""
    if len(named) != 1:
        return Decision()
    (iri,) = named
    other = known.by_iri[iri]
    if why := differing(company, other, SCHEMES):
        # A company has one LEI, and may have another item or security that nobody has told yet.
        add = "" if why.scheme == LEI.name else f": if they are one, add its own to {shorten(iri)}"
        return _not(None, f"it is called as {_who(other)} is, but {why}{add}")
    if formed_apart(company.names, other.names):
        return Decision()
    if against := _called_otherwise(company, other) or _listed_elsewhere(company, other):
        return Decision(against=against)
    return Decision(iri)


def _called_otherwise(company: Described, other: Described) -> Objection | None:
    """Return what speaks against a namesake: that another file, or row, calls what has this id by another name."""
    known = {*map(bare, other.names)}
    for label in sorted(company.labels | company.elsewhere):
        if bare(label) in known:
            continue
        if label in company.elsewhere or comparable(frozenset({label}), other.names):
            return Objection(
                None,
                f"it is called as {_who(other)} is, and {label} as well: if they are one, add this name to those of"
                f" {shorten(other.iri)}",
            )
    return None


_COUNTRIES: Final = {"XTKS": "JP"}
"""Exchanges at which nearly all shares are of companies of one country, with how the ISINs of these begin."""


def _listed_elsewhere(company: Described, other: Described) -> Objection | None:
    """Return what speaks against a namesake: shares at an exchange of another country than all its known ones."""
    isins, tickers = other.values(ISIN.name), other.values(TICKER.name)
    for ticker in sorted(company.values(TICKER.name)):
        exchange = ticker.partition(":")[0]
        country = _COUNTRIES.get(exchange)
        if not country or not isins or any(one.startswith(country) for one in isins):
            continue
        if not any(one.startswith(f"{exchange}:") for one in tickers):
            return Objection(
                Identifier(TICKER.name, ticker),
                f"it is called as {_who(other)} is, whose shares are of another country ({min(isins)}): if they"
                f" are one, add this ticker to {shorten(other.iri)}",
            )
    return None


class DifferentNumbers(NamedTuple):
    """Identifiers of one scheme, of which two companies have none in common: one of each."""

    scheme: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        """Return it as a part of a sentence."""
        return f"the {self.scheme}s differ ({self.ours}, {self.theirs})"


def differing(one: Described, other: Described, schemes: Iterable[str]) -> DifferentNumbers | None:
    """Return what says that two companies are two, of some schemes; None where nothing does.

    Several ISINs are several securities of one company, so one that both have is enough; a ticker says
    nothing of another exchange.
    """
    for scheme in schemes:
        ours, theirs = one.values(scheme), other.values(scheme)
        if scheme == TICKER.name:
            exchanges = {value.partition(":")[0] for value in ours}
            theirs = frozenset(value for value in theirs if value.partition(":")[0] in exchanges)
        if ours and theirs and ours.isdisjoint(theirs):
            return DifferentNumbers(scheme, min(ours), min(theirs))
    return None


def _who(company: Described) -> str:
    return f"{shorten(company.iri)} ({_name(company)})"


def _name(company: Described) -> str:
    return min(company.labels or company.names, default=shorten(company.iri))
