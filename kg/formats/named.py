"""Companies as tables name them: plain names, readable ids, and the codes that are theirs alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import fold
from kg.identity import Identifier, fault_of

if TYPE_CHECKING:
    from collections import Counter

_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)  # joiners stay, without which words of India and Iran are other words
_OTHER: Final = re.compile(r"[\W_]+")
_SCHEMES: Final = {"isin": "ISIN", "lei": "LEI"}
_SEPARATED: Final = re.compile("[;,\\s]+")


def plain_name(text: str) -> str:
    r"""Return a name as it is read: single spaces, and nothing that nobody sees.

    >>> plain_name(" Acme\u200b  Cement\n\0\u202e\ufffe")
    'Acme Cement'
    """
    return " ".join(_UNSEEN.sub("", text).split())


def slug(text: str) -> str:
    """Return a text as part of an id: letters and figures, in small, joined by hyphens.

    >>> slug("Carbon intensity (tonnes of CO2 / MWh)")
    'carbon-intensity-tonnes-of-co2-mwh'
    """
    return _OTHER.sub("-", fold(text)).strip("-")


class Codes:
    """The codes of the companies of a file; one that two companies give is neither's."""

    def __init__(self) -> None:
        """Begin with none."""
        self._owners: dict[tuple[str, str], set[str]] = {}

    def add(self, company: str, kind: str, cell: str, left_out: Counter[str]) -> None:
        """Keep the codes of a cell, `isin` or `lei`; what is none is counted."""
        for code in filter(None, _SEPARATED.split(cell)):
            if fault_of(Identifier(_SCHEMES[kind], code)) is None:
                self._owners.setdefault((kind, code), set()).add(company)
            else:
                left_out[f"{_SCHEMES[kind]}s that are none"] += 1

    def shared(self) -> int:
        """How many codes several companies give."""
        return sum(len(owners) > 1 for owners in self._owners.values())

    def by_company(self) -> dict[str, dict[str, list[str]]]:
        """Return what a company is to have, by its id: the keys of a thing with their codes."""
        found: dict[str, dict[str, list[str]]] = {}
        for (kind, code), owners in sorted(self._owners.items()):
            for company in owners if len(owners) == 1 else ():
                found.setdefault(company, {}).setdefault(kind, []).append(code)
        return found


def one_or_many(codes: dict[str, list[str]]) -> dict[str, str | list[str]]:
    """Return codes as a thing has them: one alone, several in a list; of LEIs the one.

    >>> one_or_many({"isin": ["XS0000000017"], "lei": []})
    {'isin': 'XS0000000017'}
    """
    return {
        key: values[0] if len(values) == 1 else values for key, values in codes.items() if values
    }
