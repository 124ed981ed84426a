"""The companies that are known already, found by what identifies them and by what they are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.identity.company_names import bare, is_telling
from kg.identity.identifiers import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.identity.companies import Described
    from kg.identity.identifiers import Identifier


class KnownCompanies:
    """Companies that are known, by their IRIs, with what they are found by.

    >>> from kg.identity.companies import Described
    >>> acme = Described("a:acme", frozenset({"Acme"}), frozenset({"AC"}), frozenset())
    >>> known = KnownCompanies([acme])
    >>> known.named("Acme Inc."), known.named("AC"), known.named("Bolt")
    ({'a:acme'}, set(), set())
    """

    def __init__(self, companies: Iterable[Described]) -> None:
        """Take companies, with the other organizations among them that have an identifier."""
        self.by_iri: dict[str, Described] = {}
        self.by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """By bare name who bears it, each with the name as it is written."""
        self._telling: defaultdict[str, set[str]] = defaultdict(set)
        self._bearers: defaultdict[Identifier, set[str]] = defaultdict(set)
        for company in companies:
            if company.is_company or company.identifiers:
                self._add(company)

    def _add(self, company: Described) -> None:
        self.by_iri[company.iri] = company
        for one in company.identifiers:
            # What cannot be an identifier identifies nobody, wherever it is met again.
            if fault_of(one) is None:
                self._bearers[one].add(company.iri)
        if not company.is_company:
            return  # A newspaper is no company for being called like one.
        for name in (*sorted(company.aliases), *sorted(company.labels)):
            self.by_name[bare(name)][company.iri] = name
            if name in company.labels or is_telling(name, company.labels):
                self._telling[bare(name)].add(company.iri)

    def bearers(self, identifier: Identifier) -> set[str]:
        """Return the IRIs of those that have an identifier: of one that is right, one at most."""
        return self._bearers.get(identifier, set())

    def named(self, *names: str) -> set[str]:
        """Return the IRIs of the companies that one of some names tells, its legal form aside."""
        return set().union(*(self._telling.get(bare(name), ()) for name in names))

    def names(self, iris: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return all names of some of them, by their IRIs."""
        return {iri: self.by_iri[iri].names for iri in sorted(set(iris))}
