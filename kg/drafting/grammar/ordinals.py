"""How many of something there are by the order of the newest: "its 3,000th shop", "shop number 1,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.amounts.amounts import Amount
from kg.drafting.amounts.orders import find_orders
from kg.drafting.grammar.spots import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.amounts.orders import Order
    from kg.drafting.grammar.said import Said

_NEAR: Final = 5
_CLOSE: Final = 2
_COUNT: Final = "unit:NUM"


def ordinals(said: Said) -> Iterator[Amount]:
    """Yield the numbers of things that a clause tells by their order, where an indicator counts what is there of them."""
    reading = said.reading
    start, end = said.words[0].start, said.words[-1].end
    for order in find_orders(reading.text, said.memory.code, start, end):
        if not any(each.start <= order.start < each.end for each in reading.periods):
            indicator = _counting(said, order)
            is_counted = order.is_labelled or _ends_in_noun(said, order)
            if indicator and is_counted and said.memory.indicators.is_stock(indicator):
                yield Amount(order.start, order.end, value=order.value)


def _ends_in_noun(said: Said, order: Order) -> bool:
    """Whether the noun behind an ordinal is whole: not "the 100th store manager", and not "the 10th largest chain"."""
    language, words = said.memory.language, said.reading.words
    begin = said.reading.number(order.end)
    near = words[begin : min(begin + _NEAR, said.clause.last)]
    hits = language.kinds.find(near)
    if language.ranks.find(near) or not hits or hits[0].first >= _CLOSE:
        return False
    end = begin + hits[0].last
    if end >= said.clause.last or not words[end].folded.isalpha():
        return True
    follows = language.others | language.locating | language.scopes | language.finite
    follows |= language.joining | language.to | language.adverbs
    is_verb = bool(language.cues.find(words[end : end + 1])) or words[end].folded.endswith("ed")
    return words[end].folded in follows or is_verb or said.reading.is_told(words[end].start)


def _counting(said: Said, order: Order) -> str | None:
    """Return what counts the things of which one has a place in an order: named behind it, or before "number"."""
    words, number = said.reading.words, said.reading.number(order.start)
    last = said.reading.number(order.end)
    near = words[last : min(last + _NEAR, said.clause.last)]
    if order.is_labelled:
        near = words[max(said.clause.first, number - 1) : number]
    at = len(near) if order.is_labelled else 0
    spot = Spot(near, at, at, _COUNT)
    return said.memory.indicators.choose(spot, said.company, barred=said.memory.barred)
