"""Numbers as a text says them: figures, words of numbers, scales, ranges, multiples, shares and money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.drafting.amounts.around_numbers import AroundNumbers, around_numbers
from kg.drafting.amounts.numerals import read
from kg.drafting.amounts.parts_of_names import is_ideograph
from kg.drafting.amounts.portions import WordedShare, find_multiples, find_ratios, find_shares
from kg.drafting.amounts.quantities import Quantity, find_quantities
from kg.drafting.language import code_of
from kg.drafting.times.days import taken_by_times
from kg.sources import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.drafting.tokens import TextTokens

_TIMES_MORE: Final = 10
"""From 300 to 250 million is a fall; what falls from more than so many times as much may be a rise as well."""

_ABOVE: Final = frozenset({"more-than", "at-least"})
_BELOW: Final = frozenset({"less-than", "at-most"})

_FAR: Final = 6
"""How many tokens may stand between "from 250" and "to 500"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, as exact as the text has it.

    `start` and `end` are the code points of all its words, end-exclusive, with those of the comparator
    ("at least", "around"), of a baseline ("from 250 to") and of the currency or per cent sign.
    `value` is exact; a range has `minimum` and `maximum` instead. `factor` is what a value is
    multiplied by ("double" is 2, "three-fold" 3), `baseline` what it is counted from; an amount may
    have a baseline alone ("from 250 shops", "up from 250"), and `baseline_comparator` ("up from about 250"). `comparator`
    is a term of `kg terms comparators`, None for a bare number, and `unit` one of `kg terms units`
    as a source writes it (`PERCENT`, `INR`; `currency:JPY` where it is not listed there), None for a
    count of things that the text names behind. `points` tells that it counts percentage points, by
    which something changes.
    """

    start: int
    end: int
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    factor: Decimal | None = None
    baseline: Decimal | None = None
    comparator: str | None = None
    unit: str | None = None
    points: bool = False
    baseline_comparator: str | None = None


def find_amounts(text: str, language: str = "en") -> list[Amount]:
    """Return the numbers of a text that count or measure, in their order; days and years are none.

    >>> [one] = find_amounts("It will invest up to $10-15 billion by 2020.")
    >>> one.minimum, one.maximum, one.comparator, one.unit
    (Decimal('10000000000'), Decimal('15000000000'), 'between', 'USD')
    >>> [one] = find_amounts("double its centres from 250 to 500")[1:]
    >>> one.baseline, one.value, one.start, one.end
    (Decimal('250'), Decimal('500'), 19, 34)

    Raises:
        LanguageError: there are no words of that language.
        MissingExtraError: the extra `draft` is not installed.
    """
    return list(_found(text, code_of(language)))


@lru_cache(maxsize=4)  # who proposes asks, and who holds what is proposed against the text
def _found(text: str, code: str) -> tuple[Amount, ...]:
    tokens, numbers = read(text, code)
    taken = taken_by_times(tokens, numbers, code)
    quantities = find_quantities(tokens, numbers, taken, code)
    return tuple(_Combiner(tokens, around_numbers(code), taken).amounts(quantities))


class _Piece(NamedTuple):
    """A quantity with the comparator around it, between the tokens `first` and `last` (exclusive)."""

    first: int
    last: int
    quantity: Quantity
    comparator: str | None


class _Combiner:
    """Makes amounts of quantities and the words around them."""

    def __init__(self, tokens: TextTokens, words: AroundNumbers, taken: list[bool]) -> None:
        self.tokens, self.words, self.taken = tokens, words, taken

    def amounts(self, quantities: list[Quantity]) -> list[Amount]:
        ratios = list(find_ratios(self.tokens, self.words, quantities))
        apart = {at for ratio in ratios for at in range(ratio.first, ratio.last)}
        pieces = [self.compared(one) for one in quantities if one.first not in apart]
        found: list[Amount] = []
        at = 0
        while at < len(pieces):
            two = pieces[at + 1] if at + 1 < len(pieces) else None
            if two and (shared := self.shared(pieces[at], two)):
                pieces[at] = shared
            joined = two and self.joined(pieces[at], two)
            found.append(joined or self.single(pieces[at], two))
            at += 2 if joined else 1
        for find in (find_multiples, find_shares):
            ratios += find(self.tokens, self.words, self.taken)
        return _apart(found + [one for ratio in ratios if (one := self.portion(ratio))])

    def portion(self, one: WordedShare) -> Amount | None:
        """Return a multiple or a part with the comparator before it."""
        front = self.words.front.before(self.tokens, one.first)
        comparator = front[1] if front else one.comparator
        comparator = comparator or ("approximately" if one.near else None)
        if (one.part is None and one.factor is None) or _misleads(one, comparator):
            return None
        start = self.tokens.starts[front[0] if front else one.first]
        unit = None if one.part is None else "PERCENT"
        end = self.tokens.ends[one.last - 1]
        return Amount(
            start, end, value=one.part, factor=one.factor, comparator=comparator, unit=unit
        )

    def compared(self, one: Quantity) -> _Piece:
        front = self.words.front.before(self.tokens, one.first)
        if front and any(self.taken[front[0] : one.first]):
            front = None
        behind = self.words.behind.at(self.tokens, one.last) or self.past_counter(one.last)
        comparator = front[1] if front else behind[1] if behind else None
        return _Piece(
            front[0] if front else one.first, behind[0] if behind else one.last, one, comparator
        )

    def past_counter(self, last: int) -> tuple[int, str] | None:
        """Return the comparator behind a number's counter, as in 500店以上, where such words are set."""
        found = self.words.behind.at(self.tokens, last + 1) if self.words.ideographs else None
        return (last, found[1]) if found and is_ideograph(self.tokens.word(last)) else None

    def shared(self, one: _Piece, two: _Piece) -> _Piece | None:
        """Return the first of two numbers of which only the second names scale and unit: 10 and 9 per cent."""
        gap = self.tokens.words[one.last : two.first]
        first, second = one.quantity, two.quantity
        listed = len(gap) == 1 and gap[0] in self.words.list
        if not (listed and first.bare and (second.scale or second.unit) and second.front is None):
            return None
        return one._replace(
            quantity=first._replace(scale=second.scale, unit=second.unit, bare=False)
        )

    def joined(self, one: _Piece, two: _Piece) -> Amount | None:
        """Return what two numbers say together, or None where each stands for itself."""
        before = self.tokens.word(one.first - 1)
        pair = _alike(one.quantity, two.quantity, leads=before in self.words.origin)
        if pair is None:
            return None
        words, gap = self.words, self.tokens.words[one.last : two.first]
        between = gap[0] if len(gap) == 1 else ""
        first, second, unit = pair
        if before in words.origin and between in words.aim:
            whole = self.amount(one.first - 1, two, value=second, baseline=first, unit=unit)
            return replace(whole, baseline_comparator=one.comparator)
        if first is None:
            return None
        turned = before in words.aim and between in words.origin
        if turned or self.is_baseline(one, two, gap):
            begin = one.first - turned
            whole = self.amount(begin, one, value=first, baseline=second, unit=unit, last=two.last)
            return replace(whole, baseline_comparator=two.comparator)
        limited = before in words.between and between in words.both
        if first >= second or not (limited or between in words.range):
            return None
        whole = self.amount(one.first - limited, two, minimum=first, maximum=second, unit=unit)
        return replace(whole, comparator="between")

    def is_baseline(self, one: _Piece, two: _Piece, gap: list[str]) -> bool:
        """Tell whether the second number is where the first began: 500, up from 250."""
        found = self.words.baseline.at(self.tokens, one.last + (gap[:1] == [","]))
        return found is not None and found[0] == two.first

    def single(self, one: _Piece, two: _Piece | None) -> Amount:
        quantity = one.quantity
        unit = quantity.unit
        if quantity.bare or quantity.scale is None:
            times = self.words.multiplied.at(self.tokens, one.last)
            if times and self.tokens.word(times[0]) not in self.words.occasions and unit is None:
                return self.amount(one.first, one, factor=quantity.value, last=times[0])
        origin = self.words.baseline.before(self.tokens, one.first)
        if origin:
            return self.origin(origin[0], one, unit)
        if self.tokens.word(one.first - 1) in self.words.origin and (
            self.tokens.word(one.first - 2) == "," or (two and self.leads(one, two))
        ):
            return self.origin(one.first - 1, one, unit)
        return self.amount(one.first, one, value=quantity.value, unit=unit)

    def origin(self, first: int, one: _Piece, unit: str | None) -> Amount:
        """Return a number that something grows from, by itself."""
        whole = self.amount(first, one, baseline=one.quantity.value, unit=unit)
        return replace(whole, baseline_comparator=one.comparator)

    def leads(self, one: _Piece, two: _Piece) -> bool:
        """Tell whether "from 250 shops" leads to another number, as in "from 250 shops to 500"."""
        gap = self.tokens.words[one.last : two.first]
        return len(gap) <= _FAR and gap[-1:] != [] and gap[-1] in self.words.aim and "." not in gap

    def amount(
        self, first: int, piece: _Piece, *, last: int | None = None, **values: Any
    ) -> Amount:
        end = self.tokens.ends[(piece.last if last is None else last) - 1]
        points = piece.quantity.points
        return Amount(
            self.tokens.starts[first], end, comparator=piece.comparator, points=points, **values
        )


def _misleads(one: WordedShare, comparator: str | None) -> bool:
    """Tell whether a part is rounded across its comparator: less than a third may be more than 33 per cent."""
    if one.near is None or one.part is None:
        return False
    return comparator in (_BELOW if one.part < one.near else _ABOVE)


def _apart(found: list[Amount]) -> list[Amount]:
    """Return amounts in their order, without those that begin within another."""
    kept: list[Amount] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _alike(
    one: Quantity, two: Quantity, *, leads: bool
) -> tuple[Decimal | None, Decimal, str | None] | None:
    """Return two numbers of one unit, with the scale that the first leaves to the second, or None.

    The first of a range is the lower; what `leads` to another may be higher, as in "from 300 to 250 million",
    and is None where its scale cannot be told.
    """
    if one.unit and two.unit and one.unit != two.unit:
        return None
    # "$5 to 10" is money throughout, and "5% to 10" is not a share of 10.
    if one.unit and not two.unit and one.front is None:
        return None
    if one.points and not two.points:
        return None
    first = one.value
    if one.scale is None and two.scale is not None:
        if one.figure < two.figure * (_TIMES_MORE if leads else 1):
            first = plain(one.figure * two.scale)
        elif leads:
            return None, two.value, one.unit or two.unit  # from 250 to 1 million
    return first, two.value, one.unit or two.unit
