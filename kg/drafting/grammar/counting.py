"""What the numbers of a clause count: the indicator of each, None where its words do not tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.carrying import carried, is_turned
from kg.drafting.grammar.indicators import FUNDING, INVESTMENT
from kg.drafting.grammar.money import money_of
from kg.drafting.grammar.movements import is_moved, moved
from kg.drafting.grammar.spots import MONEY, Spot
from kg.drafting.grammar.telling import is_money, unit_name
from kg.drafting.grammar.trades import trade_of
from kg.drafting.grammar.turning import turned

if TYPE_CHECKING:
    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.said import Said

_HALF: Final = Decimal("0.5")
_TURNED: Final = {
    "at-most": "at-least",
    "at-least": "at-most",
    "more-than": "less-than",
    "less-than": "more-than",
}
_FRACTION: Final = "unit:FRACTION"
_COUNT: Final = "unit:NUM"
_SHARE: Final = "unit:PERCENT"
_NEAR: Final = 4
_BESIDE: Final = 2
_SITES: Final = frozenset({"energy", "logistics", "manufacturing", "offline-retail", "research"})
"""The kinds of undertaking for which something is built."""


def unit_of(amount: Amount) -> str:
    """Return the unit of a number as indicators have it, `money` for any currency.

    >>> from decimal import Decimal
    >>> from kg.drafting import Amount
    >>> unit_of(Amount(0, 2, value=Decimal(5))), unit_of(Amount(0, 6, factor=Decimal(2)))
    ('unit:NUM', 'unit:FRACTION')
    """
    if amount.factor is not None and amount.value is None:
        return _FRACTION
    return MONEY if is_money(amount) else f"unit:{unit_name(amount) or 'NUM'}"


def is_half(amount: Amount) -> bool:
    """Whether something is halved: a cut of 50 per cent."""
    return amount.value is None and amount.factor == _HALF


def is_multiple(said: Said, amount: Amount) -> bool:
    """Whether the verb of a clause only tells how many times as much there is to be: "is doubling its plant"."""
    cue, end = said.clause.cue, said.clause.cue_end
    is_factor = amount.factor is not None and amount.factor > 1
    if not is_factor or amount.value is not None or cue is None or end is None:
        return False
    return cue <= said.reading.number(amount.start) <= end


def indicator_of(said: Said, number: int) -> str | None:
    """Return the indicator of the number of that order in a clause."""
    found = _indicator_of(said, number)
    if found is None and _is_part(said, number):
        return indicator_of(said, number + 1)
    return found or _of_trade(said, number)


def _of_trade(said: Said, number: int) -> str | None:
    """Return the indicator that is proposed for a number of which the graph has none."""
    trade = None if _is_scope(said, number) else trade_of(said, number)
    if trade is None:
        return None
    said.memory.trades.setdefault(trade.name, trade)
    return trade.name


def _is_part(said: Said, number: int) -> bool:
    """Whether a number is a part of the next one, and counts what that counts: "200 of the planned 900 jobs"."""
    if (
        number + 1 >= len(said.amounts)
        or said.amounts[number].unit != said.amounts[number + 1].unit
    ):
        return False
    language, words = said.memory.language, said.reading.words
    first = said.reading.number(said.amounts[number].end)
    last = said.reading.number(said.amounts[number + 1].start)
    between = [word.folded for word in words[first:last]]
    is_short = _BESIDE <= len(between) <= _BESIDE + 1
    return (
        is_short
        and between[0] in language.owners - language.by
        and between[1] in language.determiners
    )


def _indicator_of(said: Said, number: int) -> str | None:
    amount = said.amounts[number]
    unit = unit_of(amount)
    indicators = said.memory.indicators
    if is_half(amount) and (cut := _found(said, number, _SHARE)) and indicators.is_cut(cut):
        return cut
    found = _found(said, number, unit)
    if found == FUNDING and said.reading.before(amount.start) in said.memory.language.to:
        return None  # what is raised to so much is no money that somebody gives
    is_left = _is_left(said, said.reading.number(amount.start))
    if found and is_left and said.memory.is_flow(found):
        return None
    if found and unit in {_COUNT, _FRACTION} and amount.start not in said.ordered and not is_left:
        found = turned(said, found, said.reading.number(amount.start))
    if found and indicators.is_share(found) and is_moved(said, amount):
        return moved(
            said, unit, (said.reading.number(amount.start), said.reading.number(amount.end))
        )
    if found is None or _is_scope(said, number) or _is_change(said, found, amount):
        return None
    return indicators.growth_of(found) if unit == _FRACTION else found


def _is_left(said: Said, first: int) -> bool:
    """Whether a number tells what there is after something came or went: "closed 14 shops, leaving it with 189"."""
    near = said.reading.words[max(said.clause.first, first - _NEAR - 1) : first]
    return any(hit.last == len(near) for hit in said.memory.language.left_with.find_all(near))


def signed(said: Said, amount: Amount, indicator: str) -> Amount:
    """Return a number with the sign and comparator that the words before it give: a loss, a fall, "has passed"."""
    if is_half(amount) and said.memory.indicators.is_cut(indicator):
        return replace(amount, value=100 * _HALF, factor=None, unit="PERCENT")
    language, words = said.memory.language, said.reading.words
    at = said.reading.number(amount.start)
    near = words[max(said.clause.first, at - _NEAR + 1) : at]
    may_fall = said.memory.indicators.can_be_negative(indicator)
    end = said.reading.number(amount.end)
    behind = language.falling.find(words[end : min(end + _BESIDE, said.clause.last)])
    # "Sales were 2 per cent lower than a year ago"
    is_lower = language.falling.find(near) or any(hit.first == 0 for hit in behind)
    falls = said.memory.indicators.is_growth(indicator) and is_lower
    is_below = may_fall and (falls or bool(language.negative.find(near)))
    if is_below and amount.minimum is not None and amount.maximum is not None:
        return replace(amount, minimum=-amount.maximum, maximum=-amount.minimum)
    if amount.value is not None and amount.value > 0 and is_below:
        # A loss of at most 5 billion is a profit of at least -5 billion.
        turned = _TURNED.get(str(amount.comparator), amount.comparator)
        return replace(amount, value=-amount.value, comparator=turned)
    exceeds = bool(near) and near[-1].folded in language.exceeding
    return replace(amount, comparator="more-than") if exceeds and not amount.comparator else amount


def _found(said: Said, number: int, measured: str) -> str | None:
    """Return what the words of its part count, else those of its clause, else those before."""
    unit = _COUNT if measured == _FRACTION else measured
    memory, reading, clause, amount = said.memory, said.reading, said.clause, said.amounts[number]
    first, last = reading.number(amount.start), reading.number(amount.end)
    counted = memory.counted.get(unit)
    begin = max(clause.first, first - _NEAR)
    again = memory.language.again.find(reading.words[begin : last + _NEAR - 1])
    owners = memory.language.owners
    # "6,200 of them, in 244 cities": these are no cities.
    if counted and any(
        begin + hit.first >= last
        or begin + hit.last == first
        or reading.words[begin + hit.first].folded not in owners
        for hit in again
    ):
        return None if is_turned(said, counted, first) else counted
    left = reading.number(said.amounts[number - 1].end) if number else clause.first
    is_last = number + 1 == len(said.amounts)
    right = clause.last if is_last else reading.number(said.amounts[number + 1].start)
    parts = [(max(left, clause.first), right), (clause.first, clause.last)]
    if unit == _SHARE and (end := _further(said)):
        parts.append((clause.first, end))
    for begin, end in parts:
        spot = _bare(said, (begin, end), (first, last), unit)
        spot = spot._replace(is_factor=measured == _FRACTION)
        found = memory.indicators.choose(spot, said.company, last=counted, barred=memory.barred)
        if found:
            return found
    own = moved(said, measured, (first, last)) or _built(said, measured, (first, last))
    own = own or (money_of(said, (first, last)) if unit == MONEY else None)
    if own:
        return own
    return None if memory.indicators.names_itself(spot) else carried(said, unit, (first, last))


def _further(said: Said) -> int | None:
    """Return where what is told of a share ends, if that stands behind what it is of: "48 per cent of what it sold is"."""
    last = said.clause.last
    behind = [clause for clause in said.reading.clauses if clause.first >= last]
    is_whole = said.amounts and said.clause.cue is None and len(said.amounts) == 1
    if not is_whole or not behind or said.reading.words[last].folded == ",":
        return None
    is_of = said.reading.words[last].folded in said.memory.language.relative
    return behind[0].last if is_of else None


def _built(said: Said, unit: str, number: tuple[int, int]) -> str | None:
    """Return that money is an investment which tells of what it is built with it: "the $28 billion complex"."""
    language, words = said.memory.language, said.reading.words
    first, last = number
    before = words[first - 1].folded if first else ""
    if unit != MONEY or before not in language.determiners:
        return None
    hits = language.kinds.find(words[last : min(last + _NEAR, said.clause.last)])
    return INVESTMENT if hits and _SITES & set(hits[0].meanings) else None


def _bare(said: Said, part: tuple[int, int], number: tuple[int, int], unit: str) -> Spot:
    """Return a number among the words of its part, those that phrases leave out left out."""
    words, adverbs = said.reading.words, said.memory.language.adverbs
    first, last = number
    kept = [n for n in range(*part) if words[n].folded not in adverbs or first <= n < last]
    before = sum(n < first for n in kept)
    inside = sum(first <= n < last for n in kept)
    return Spot([words[n] for n in kept], before, before + inside, unit)


def _is_change(said: Said, indicator: str, amount: Amount) -> bool:
    """Whether a number tells how much something changes, which is no level of it: "by 500", and no cut "to a third"."""
    is_cut = said.memory.indicators.is_cut(indicator) and unit_name(amount) == "PERCENT"
    if is_cut and said.reading.before(amount.start) in said.memory.language.to:
        words = said.reading.words[said.clause.first : said.clause.last]
        determiners = said.memory.language.determiners
        hits = said.memory.language.undone.find(words)
        return any(not hit.first or words[hit.first - 1].folded not in determiners for hit in hits)
    if said.reading.before(amount.start) not in said.memory.language.by:
        return False
    if unit_name(amount) == "PERCENT":
        return said.memory.indicators.is_share(indicator)
    return said.memory.indicators.is_stock(indicator) or is_money(amount)


def _is_scope(said: Said, number: int) -> bool:
    """Whether a number only tells in how many places another one is: 25 stores in nine cities."""
    if number == 0:
        return False
    amount, before = said.amounts[number], said.amounts[number - 1]
    is_scope = said.reading.before(amount.start) in said.memory.language.scopes
    return is_scope and before.unit == amount.unit and said.cut(number - 1) is None
