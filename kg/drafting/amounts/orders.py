"""Places in an order that tell how many of something there are: "its 3,000th shop", "shop number 1,000"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from kg.drafting.language import code_of, lexicon_of

_FEWEST: Final = 10
"""Below it nobody counts by the order: "its second shop" may be the second of a kind."""


class Order(NamedTuple):
    """A place in an order: where it stands in a text, and its number; `is_labelled` where it stands behind "number"."""

    start: int
    end: int
    value: Decimal
    is_labelled: bool


def find_orders(
    text: str, language: str = "en", start: int = 0, end: int | None = None
) -> list[Order]:
    """Return the places in an order that a text names between two of its own places, from ten on.

    >>> [int(one.value) for one in find_orders("its 3,000th shop, and the hundredth in May, the 9th month")]
    [3000, 100]

    Raises:
        LanguageError: there are no words of that language.
    """
    code = code_of(language)
    pattern = _pattern(code)
    if pattern is None:
        return []
    words = lexicon_of(code)["ordinals"]["words"]
    found = []
    for one in pattern.finditer(text, start, len(text) if end is None else end):
        figure = one["figure"] or one["labelled"]
        value = Decimal(figure.replace(",", "") if figure else words[one["word"].lower()])
        if value >= _FEWEST:
            found.append(Order(one.start(), one.end(), value, one["labelled"] is not None))
    return found


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    table = lexicon_of(code).get("ordinals")
    if table is None:
        return None
    endings, words, labels = (
        "|".join(map(re.escape, table[key])) for key in ("endings", "words", "labels")
    )
    figure = r"\d{1,3}(?:,\d{3})++|\d++"
    return re.compile(
        rf"(?<![\w.,-])(?:(?P<figure>{figure})(?:{endings})|(?P<word>{words})|(?:{labels}) (?P<labelled>{figure}))(?![\w-])",
        re.IGNORECASE,
    )
