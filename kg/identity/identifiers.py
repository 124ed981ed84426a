"""The identifiers of companies: by which property each is given, what it identifies, and whether it can be one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import CP, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable

_ITEM: Final = "http://www.wikidata.org/entity/"


class Identifier(NamedTuple):
    """An identifier: the name of its scheme, and its value as it is written."""

    scheme: str
    value: str

    def __str__(self) -> str:
        """Return it as people write it."""
        return f"{self.scheme} {self.value}"


class Scheme(NamedTuple):
    """A scheme of identifiers: its `name`, and the property by which it is given.

    `of_company` tells whether it identifies the company itself, of which it then has one; the others
    identify securities, of which a company has several, and of whose owner the names have to be the same.
    `fault` tells why a value cannot be one, or None.
    """

    name: str
    path: str
    of_company: bool
    fault: Callable[[str], str | None]


def _lei_fault(value: str) -> str | None:
    from stdnum import exceptions, lei  # few graphs have any

    try:
        if lei.validate(value) == value:
            return None
    except exceptions.InvalidChecksum:
        return "its last two digits do not check the others, so that some of it is mistyped"
    except exceptions.ValidationError:
        pass
    return "no LEI looks like this: it has 18 capitals and digits, and 2 digits"


def _isin_fault(value: str) -> str | None:
    from stdnum import exceptions, isin  # the same

    try:
        if isin.validate(value) == value:
            return None
    except exceptions.InvalidChecksum:
        return "its last digit does not check the others, so that some of it is mistyped"
    except exceptions.ValidationError:
        pass
    return (
        "no ISIN looks like this: it has the code of a country, 9 capitals and digits, and a digit"
    )


def _item_fault(value: str) -> str | None:
    return None if re.fullmatch(r"wikidata:Q[1-9][0-9]*", value) else "it is no item of Wikidata"


def _ticker_fault(value: str) -> str | None:
    if re.fullmatch(r"[0-9A-Z]{4}:[0-9A-Z.-]{1,12}", value):
        return None
    return "it is no code of an exchange, a colon and the code of shares there, like XTKS:7203"


LEI: Final = Scheme("LEI", CP + "lei", True, _lei_fault)
ISIN: Final = Scheme("ISIN", CP + "isin", False, _isin_fault)
WIKIDATA: Final = Scheme("Wikidata item", SKOS + "exactMatch", True, _item_fault)
TICKER: Final = Scheme("ticker", CP + "ticker", False, _ticker_fault)

SCHEMES: Final = {scheme.name: scheme for scheme in (LEI, ISIN, WIKIDATA, TICKER)}
"""The schemes by their names, in the order in which companies are joined by them."""

_BY_PATH: Final = {scheme.path: scheme.name for scheme in SCHEMES.values()}


def identifier_of(path: str, value: str) -> Identifier | None:
    """Return what a property and its value identify a company by, if it is that.

    Args:
        path: the IRI of a property.
        value: its value, a text or an IRI. A match that is no item of Wikidata identifies nobody here.

    >>> from kg.base import CP, SKOS
    >>> str(identifier_of(SKOS + "exactMatch", "http://www.wikidata.org/entity/Q44294"))
    'Wikidata item wikidata:Q44294'
    >>> identifier_of(SKOS + "exactMatch", "https://acme.example/"), identifier_of(CP + "note", "a")
    (None, None)
    """
    scheme = _BY_PATH.get(path)
    if scheme == WIKIDATA.name:
        if not value.startswith(_ITEM):
            return None
        value = "wikidata:" + value.removeprefix(_ITEM)
    return Identifier(scheme, value) if scheme else None


def fault_of(identifier: Identifier) -> str | None:
    """Return why nothing is identified by this, by its form and its check digits; None where it may be right.

    >>> fault_of(Identifier("ISIN", "US3453708600"))
    >>> fault_of(Identifier("ISIN", "US3453708606"))
    'its last digit does not check the others, so that some of it is mistyped'
    """
    return SCHEMES[identifier.scheme].fault(identifier.value)
