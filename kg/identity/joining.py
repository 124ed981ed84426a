"""What a join brings: names and identifiers that a known company gets, or a name that it never had.

Nothing is joined here, and nothing taken over; whoever reads an import is told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import shorten
from kg.identity.companies import ALIAS
from kg.identity.company_names import bare
from kg.identity.identifiers import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from kg.identity.companies import Described
    from kg.identity.deciding import Decision
    from kg.identity.identifiers import Identifier


def is_renamed(company: Described, known: Described) -> bool:
    """Tell whether a company has names, and none that a known one has.

    >>> from kg.identity.companies import Described
    >>> old, new = (Described("a:a", frozenset({name}), frozenset(), frozenset()) for name in ("Bolt", "Acme"))
    >>> is_renamed(new, old), is_renamed(old, old)
    (True, False)
    """
    return bool(company.names and known.names) and not company.shares_name(known)


def renaming(company: Described, known: Described, decision: Decision) -> str:
    """Return what to say of a company that is joined though no known name is its own."""
    names = " and ".join(sorted(company.labels or company.names))
    return (
        f"it is taken for {shorten(known.iri)} ({min(known.labels or known.names)}) by its {decision.by}, which is"
        f" not called {names}: if they are one, add this name to those of {shorten(known.iri)}; if not, mend the"
        f" {decision.by.scheme if decision.by else 'name'}"
    )


def added(
    company: Described, known: Described, withdrawn: Container[Identifier], *, with_names: bool
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a known company gets by a join: by whom, the property, the value, and in words to whom."""
    to = f"it is added to {shorten(known.iri)}"
    theirs = {*map(bare, known.names)}
    for name in sorted(company.names) if with_names else ():
        if bare(name) not in theirs:  # another legal form is no news
            yield company.iri, ALIAS, name, to
    for one in sorted(company.identifiers - known.identifiers):
        if one not in withdrawn:
            yield company.iri, SCHEMES[one.scheme].path, one.value, to
