"""The companies of a table or a filing and those that are known already: which are the same, and which may be.

What is the same is decided in `kg.identity.deciding`, company by company. Here it is seen to it that nobody
is taken for another because of what stands elsewhere in the same table: an identifier that two of its
companies have is neither's, and of two with one name the known one may be either. Who confirms a pair that
is merely alike adds the table's name to the known company's other names, `skos:altLabel`, after which they match.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base import CP, Finding, fold, shorten
from kg.identity.companies import companies, telling
from kg.identity.deciding import decide, differing
from kg.identity.evidence import in_order_of_places, where_told
from kg.identity.identifiers import ISIN, LEI, SCHEMES, TICKER, WIKIDATA, Identifier, fault_of
from kg.identity.joining import added
from kg.identity.known import KnownCompanies
from kg.identity.likeness import AlikeNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.identity.companies import Described
    from kg.identity.deciding import Decision, DifferentNumbers
    from kg.identity.identifiers import Scheme
    from kg.identity.likeness import Pair

SHAPE: Final = CP + "identity"
"""What a finding names as its shape where identifiers are wrong or say different things."""


@dataclass(frozen=True)
class Matches:
    """Which companies are the same.

    `certain` are known companies by the IRIs of the table's, `by` what each is known by where that is no
    name, `names` all names of these known ones, `review` the pairs to look at, the most alike of them where
    there are `more`. `conflicts` are what is wrong with identifiers or speaks against a join, each with
    the row or element that it is told in; `withdrawn` are identifiers of the table's companies, by their
    IRIs, that are not theirs as far as can be told. `additions` are what
    the known companies get that nobody had told of them, each by whom, and where they are to be reviewed with
    the row or element, too.
    """

    certain: Mapping[str, str]
    by: Mapping[str, Identifier]
    names: Mapping[str, frozenset[str]]
    review: tuple[Pair, ...]
    more: int = 0
    conflicts: tuple[Finding, ...] = ()
    withdrawn: Mapping[str, frozenset[Identifier]] = field(default_factory=dict)
    additions: tuple[Finding, ...] = ()


def match_companies(
    table: Iterable[bytes], known: Iterable[bytes], *, review: bool = True
) -> Matches:
    r"""Compare the companies of a table with the known ones, both given as lines of N-Quads in order.

    Those of the table are looked at one by one, and repeatedly: there may be more than fit in memory. Which
    row or element tells what a known company gets is looked for where that is to be reviewed.

    >>> type_ = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    >>> company = b"<https://w3id.org/corporate-plans/ontology#Company>"
    >>> label = b"<http://www.w3.org/2000/01/rdf-schema#label>"
    >>> def named(iri: bytes, name: bytes) -> list[bytes]:
    ...     return [b" ".join([iri, label, b'"' + name + b'"@en', b"<a:g> .\n"]),
    ...             b" ".join([iri, type_, company, b"<a:g> .\n"])]
    >>> table = named(b"<a:1>", b"Acme Inc.") + named(b"<a:2>", b"Acme Wind")
    >>> matches = match_companies(table, named(b"<a:acme>", b"Acme"))
    >>> matches.certain, [(pair.name, pair.known) for pair in matches.review]
    ({'a:1': 'a:acme'}, [('Acme Wind', 'Acme')])
    """
    ours, told = KnownCompanies(companies(known)), telling(table)
    matching = _Matching(ours, _Reliable(told))
    for company in companies(told):
        matching.add(company)
    shared = _shared(told, matching.likely)
    matching.settle(shared)
    return matching.matches(table, review=review)


def _shared(table: Iterable[bytes], likely: Mapping[str, tuple[Described, Decision]]) -> set[str]:
    """Return which names of those that are known by name alone several companies of the table have."""
    by_name = (company for company, decision in likely.values() if decision.by is None)
    wanted = {fold(name) for company in by_name for name in company.names}
    if not wanted:
        return set()
    bearers: dict[str, str] = {}
    shared: set[str] = set()
    for company in companies(table):
        for name in wanted.intersection(map(fold, company.names)):
            if bearers.setdefault(name, company.iri) != company.iri:
                shared.add(name)
    return shared


class _Reliable:
    """The identifiers of a table's companies that can be relied on: right by their digits, and of one company."""

    def __init__(self, table: Iterable[bytes]) -> None:
        """Look at all of them: which two companies have is known at the end only."""
        self.faulty: list[tuple[str, Identifier, str]] = []
        self.shared: defaultdict[Identifier, list[str]] = defaultdict(list)
        bearers: dict[Identifier, str] = {}
        for company in companies(table):
            for one in sorted(company.identifiers):
                if why := fault_of(one):
                    self.faulty.append((company.iri, one, why))
                elif SCHEMES[one.scheme].of_company and len(company.values(one.scheme)) > 1:
                    others = ", ".join(sorted(company.values(one.scheme) - {one.value}))
                    why = f"it has {others}, too, and a company has one"
                    self.faulty.append((company.iri, one, why))
                elif (first := bearers.setdefault(one, company.iri)) != company.iri:
                    self.shared[one] = [*(self.shared.get(one) or [first]), company.iri]
        self._bad = {(iri, one) for iri, one, _ in self.faulty}

    def of(self, company: Described) -> Described:
        """Return a company with no other identifiers."""
        good = (
            one
            for one in company.identifiers
            if one not in self.shared and (company.iri, one) not in self._bad
        )
        return company._replace(identifiers=frozenset(good))


class _Matching:
    """The companies of a table that are being decided about."""

    def __init__(self, known: KnownCompanies, reliable: _Reliable) -> None:
        self.likely: dict[str, tuple[Described, Decision]] = {}
        self._known, self._reliable = known, reliable
        self._pairs = AlikeNames(known.by_name)
        self._told: list[tuple[str, Identifier | None, str]] = []
        self._withdrawn: defaultdict[str, set[Identifier]] = defaultdict(set)

    def add(self, given: Described) -> None:
        """Decide about a company by itself."""
        company = self._reliable.of(given)
        decision = decide(company, self._known)
        if decision.same is not None:
            self.likely[company.iri] = company, decision
            return
        if decision.against:
            self._told.append((company.iri, *decision.against))
        self._apart(company)

    def _apart(self, company: Described) -> None:
        """Leave a company the one that it is; what is a known one's identity is then not its own."""

        def is_another(iri: str) -> bool:
            return differing(company, self._known.by_iri[iri], (LEI.name,)) is not None

        self._pairs.add(company.iri, company.names, is_another)
        for one in company.identifiers:
            if self._known.bearers(one):
                self._withdrawn[company.iri].add(one)

    def settle(self, shared: set[str]) -> None:
        """Take back what does not hold beside the other companies of the table."""
        for company, decision in list(self.likely.values()):
            # Of two companies of the table with one name, the known one may be either.
            if decision.by is None and not shared.isdisjoint(map(fold, company.names)):
                self._take_back(company)
        by_known: defaultdict[str, list[Described]] = defaultdict(list)
        for company, decision in self.likely.values():
            by_known[str(decision.same)].append(company)
        for known, several in by_known.items():
            self._settle_beside_each_other(known, several)

    def _settle_beside_each_other(self, known: str, several: list[Described]) -> None:
        """Take back which of several companies of the table are not all the same known one."""
        by_name = [one for one in several if self.likely[one.iri][1].by is None]
        # Two securities that are both known to be of one company are no reason to take it for two.
        if why := _apart_from_each_other(several, (LEI, WIKIDATA)) or _apart_from_each_other(
            by_name, (ISIN,)
        ):
            for company in several:
                told = f"it may be {shorten(known)}, and so may another of the table, but {why}"
                self._told.append((company.iri, None, told))
                self._take_back(company)
            return
        # A table that has identifiers names each company once: the other is of the same name.
        by = next((d.by for company in several if (d := self.likely[company.iri][1]).by), None)
        for company in by_name if by else ():
            told = f"it is called as {shorten(known)} is, but another of the table has its {by}"
            self._told.append((company.iri, None, told))
            self._take_back(company)

    def _take_back(self, company: Described) -> None:
        del self.likely[company.iri]
        self._apart(company)

    def matches(self, table: Iterable[bytes], *, review: bool) -> Matches:
        """Return what became of them all."""
        certain = {iri: str(decision.same) for iri, (_, decision) in self.likely.items()}
        told = [*self._told, *self._unreliable(certain), *self._second_codes()]
        gets = [
            one
            for iri, (company, known) in self._joined()
            for one in added(company, known, self._withdrawn[iri])
        ]
        placed = {one[0] for one in told} | {one[0] for one in gets if review}
        where = where_told(table, placed)
        conflicts = {_finding(*one, where.get(one[0])) for one in told}
        additions = {
            Finding(*one, SHAPE, violation=False, location=where.get(one[0])) for one in gets
        }
        return Matches(
            certain,
            {iri: decision.by for iri, (_, decision) in self.likely.items() if decision.by},
            self._known.names(certain.values()),
            *self._pairs.most_alike(),
            _in_order(conflicts),
            {iri: frozenset(of) for iri, of in self._withdrawn.items() if of},
            _in_order(additions),
        )

    def _joined(self) -> Iterator[tuple[str, tuple[Described, Described]]]:
        """Yield the companies that are known, by their IRIs, each with the known one."""
        for iri, (company, decision) in self.likely.items():
            yield iri, (company, self._known.by_iri[str(decision.same)])

    def _second_codes(self) -> Iterator[tuple[str, Identifier | None, str]]:
        """Tell, and withdraw, codes at an exchange where a known company has another one."""
        for iri, (company, known) in self._joined():
            for code in sorted(company.values(TICKER.name)):
                one = Identifier(TICKER.name, code)
                alone = company._replace(identifiers=frozenset({one}))
                if differing(alone, known, (TICKER.name,)):
                    self._withdrawn[iri].add(one)
                    why = f"{shorten(known.iri)} has another at this exchange; it is left out"
                    yield iri, one, why

    def _unreliable(
        self, certain: Mapping[str, str]
    ) -> Iterable[tuple[str, Identifier | None, str]]:
        """Tell, and withdraw, what cannot be relied on."""
        for iri, one, why in self._reliable.faulty:
            self._withdrawn[iri].add(one)
            yield iri, one, f"{why}; it is left out"
        for one, bearers in self._reliable.shared.items():
            if len({certain.get(iri, iri) for iri in bearers}) == 1:
                continue
            for iri in bearers:
                self._withdrawn[iri].add(one)
            others = " and ".join(shorten(iri) for iri in bearers[1:])
            yield bearers[0], one, f"it is given to {others}, too, so that none of them has it here"


def _apart_from_each_other(
    several: list[Described], schemes: Iterable[Scheme]
) -> DifferentNumbers | None:
    """Return why companies of a table are several, though each may be the same known one."""
    for scheme in schemes:
        with_one = [company for company in several if company.values(scheme.name)]
        for company in with_one[1:]:
            if why := differing(with_one[0], company, (scheme.name,)):
                return why
    return None


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (in_order_of_places(one.location or ""), one)))


def _finding(iri: str, one: Identifier | None, message: str, where: str | None) -> Finding:
    path = SCHEMES[one.scheme].path if one else None
    return Finding(iri, path, one and one.value, message, SHAPE, violation=False, location=where)
