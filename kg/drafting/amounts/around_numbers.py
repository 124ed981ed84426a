"""What a language says around numbers and between them, ready to be looked for."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.drafting.language import table_of
from kg.drafting.tokens import TokenPhrases

if TYPE_CHECKING:
    from collections.abc import Mapping


class AroundNumbers:
    """What a language says around numbers and between them: at least, from, to, double, half of."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Make phrases of the section `amounts` of its file."""
        self.front = TokenPhrases(_turned(table["comparators"]))
        self.behind = TokenPhrases(_turned(table["behind"]))
        self.baseline = TokenPhrases(dict.fromkeys(table["baseline"], ""))
        self.between, self.both = frozenset(table["between"]), frozenset(table["and"])
        self.ideographs: bool = table.get("ideographs", False)
        self.ratio = TokenPhrases(dict.fromkeys(table.get("ratio", ()), ""))
        self.ones = TokenPhrases(_turned(table.get("ones", {})))
        self.list = frozenset(table["list"])
        self.origin, self.aim = frozenset(table["from"]), frozenset(table["to"])
        self.range = frozenset(table["range"])
        other = dict.fromkeys(table["multiplied"]["other"], Decimal(0))
        self.multiples = TokenPhrases(
            {w: Decimal(n) for w, n in _turned(table["multiples"]).items()} | other
        )
        self.multiplied = TokenPhrases(dict.fromkeys(table["multiplied"]["behind"], ""))
        self.occasions = frozenset(table["multiplied"]["not_before"])
        self.shares = TokenPhrases(_turned(table["shares"] | table["near_shares"]))
        self.near = frozenset(table["near_shares"])
        self.cuts = TokenPhrases(_turned(table["cuts"]))
        shared = table["shared"]
        self.shared, self.not_behind = frozenset(shared["before"]), frozenset(shared["not_behind"])
        self.leading_shares = frozenset(shared.get("alone_behind", ()))
        self.ending_ratios = frozenset(table.get("behind_ratio", ()))
        self.ending_shares = frozenset(shared.get("alone_before", ()))
        self.not_shared = TokenPhrases(dict.fromkeys(shared["not_before"], ""))


def _turned(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


@cache
def around_numbers(code: str) -> AroundNumbers:
    """Return what a language, by its code, says around numbers."""
    return AroundNumbers(table_of(code)["amounts"])
