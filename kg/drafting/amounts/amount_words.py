"""What a language says with amounts: scales, units, currencies, and what stands around them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.drafting.language import table_of
from kg.drafting.tokens import TokenPhrases
from kg.sources import SCALES

if TYPE_CHECKING:
    from collections.abc import Mapping


class AmountWords:
    """What a language says with amounts, ready to be looked for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Make phrases of the section `amounts` of a language's file."""
        self.decimal: str = table["decimal"]
        self.groups: str = "".join(table["groups"])
        known = SCALES if table.get("scales_of_sources") else {}
        own = {word: Decimal(str(value)) for word, value in table.get("scales", {}).items()}
        self.scales = TokenPhrases(known | own)
        self.parts = TokenPhrases(
            dict.fromkeys(table["halves"], Decimal("0.5"))
            | {word: Decimal(str(n)) for word, n in table["pairs"].items()}
            | dict.fromkeys(table["articles"], Decimal(1))
        )
        self.pairs = frozenset(table["pairs"])
        self.and_a_half = TokenPhrases(dict.fromkeys(table["and_a_half"], Decimal("0.5")))
        currencies = _meanings(table["currencies"])
        self.unknown = TokenPhrases(dict.fromkeys(table["unknown_currencies"], ""))
        self.shared: Mapping[str, list[str]] = table.get("ambiguous_currencies", {})
        self.lands: Mapping[str, list[str]] = table.get("lands", {})
        self.currencies = TokenPhrases(currencies)
        self.units = TokenPhrases(currencies | _meanings(table["units"]))
        self.scaled = TokenPhrases(_meanings(table["scaled_currencies"]))
        self.points = TokenPhrases(_meanings(table["points"]))
        self.capital_nouns: bool = table.get("capital_nouns", False)
        self.ordinal_dot: bool = table.get("ordinal_dot", False)
        self.ideographs: bool = table.get("ideographs", False)
        self.vague = frozenset(table["vague"])
        self.indefinite = frozenset(table["indefinite"])
        self.minus = frozenset(table["minus"])
        self.labels = frozenset(table["labels"])
        self.times = TokenPhrases(dict.fromkeys([*table["times"], *table["measures"]], ""))
        self.comparators = TokenPhrases(_meanings(table["comparators"]))
        self.multiplied = TokenPhrases(dict.fromkeys(table["multiplied"]["behind"], ""))


def _meanings(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


@cache
def words_of(code: str) -> AmountWords:
    """Return the words of amounts of a language, by its code."""
    return AmountWords(table_of(code)["amounts"])
