"""Identifiers of companies that are mistyped, as their check digits tell, which a shape cannot reckon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import CP, Finding, lengthen
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query import Index

MISTYPED: Final = CP + "mistyped"
"""What a finding names as its shape where an identifier cannot be one."""

# What looks otherwise, the shapes tell.
_LOOKS: Final = {
    "LEI": re.compile("[0-9A-Z]{18}[0-9]{2}"),
    "ISIN": re.compile("[A-Z]{2}[0-9A-Z]{9}[0-9]"),
}


def find_mistyped(index: Index) -> Iterator[Finding]:
    """Yield a finding for every LEI and ISIN that looks like one and is none.

    >>> import kg
    >>> list(find_mistyped(kg.build(check=False).index))
    []
    """
    for scheme, looks in _LOOKS.items():
        path = f"cp:{scheme.lower()}"
        rows = select_rows(index, f"SELECT ?node ?value {{ ?node {path} ?value }}")
        for node, value in sorted((str(node), str(value)) for node, value in rows):
            if looks.fullmatch(value) and (why := _fault(scheme, value)):
                message = f"Nobody has this {scheme}, for {why}: look it up anew."
                yield Finding(
                    lengthen(node), lengthen(path), value, message, MISTYPED, violation=True
                )


def _fault(scheme: str, value: str) -> str | None:
    from kg.identity import Identifier, fault_of  # few graphs have any

    return fault_of(Identifier(scheme, value))
