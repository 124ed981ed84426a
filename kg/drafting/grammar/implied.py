"""Numbers that are said without a figure: "carbon neutral by 2040" is nothing emitted, "every plant will run on" all of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.drafting.amounts.amounts import Amount
from kg.drafting.grammar.spots import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.grammar.said import Said

_SHARE: Final = "unit:PERCENT"
_ALL: Final = Decimal(100)


def implied(said: Said) -> Iterator[tuple[Amount, str]]:
    """Yield what a clause says is to be nothing or all of something, each as a number with its indicator.

    That is so of what is planned alone: what is "all" today is said too lightly to be measured.
    """
    if not said.is_planned or said.amounts:
        return
    language, words = said.memory.language, said.reading.words
    first, last = said.clause.first, said.clause.last
    neutral = language.neutral.find(words[first:last])
    if neutral:
        hit = neutral[0]
        start, end = words[first + hit.first].start, words[first + hit.last - 1].end
        yield Amount(start, end, value=Decimal(0)), hit.meaning
        return
    for at in range(first, last):
        before = words[at - 1].folded if at else ""
        behind = words[at + 1].folded if at + 1 < last else "."
        # "It will not build it after all."
        is_saying = before in language.no_whole and not (behind.isalpha() or behind == "-")
        if words[at].folded not in language.whole or is_saying:
            continue
        spot = Spot(words[first:last], at - first, at - first + 1, _SHARE)
        found = said.memory.indicators.choose(spot, said.company, barred=said.memory.barred)
        if found and said.memory.indicators.may_be_whole(found):
            yield Amount(words[at].start, words[at].end, value=_ALL, unit="PERCENT"), found
            return
