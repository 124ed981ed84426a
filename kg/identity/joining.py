"""What a join brings: names and identifiers that a known company gets.

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
    from kg.identity.identifiers import Identifier


def added(
    company: Described, known: Described, withdrawn: Container[Identifier]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a known company gets by a join: by whom, the property, the value, and in words to whom."""
    to = f"it is added to {shorten(known.iri)}"
    theirs = {*map(bare, known.names)}
    for name in sorted(company.names):
        if bare(name) not in theirs:  # another legal form is no news
            yield company.iri, ALIAS, name, to
    for one in sorted(company.identifiers - known.identifiers):
        if one not in withdrawn:
            yield company.iri, SCHEMES[one.scheme].path, one.value, to
