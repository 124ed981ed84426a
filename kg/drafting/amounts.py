"""Numbers as a text says them: figures, words of numbers, scales, ranges, multiples, shares and money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.drafting.days import taken_by_times
from kg.drafting.language import code_of, table_of
from kg.drafting.numerals import read
from kg.drafting.quantities import Quantity, find_quantities, plain
from kg.drafting.tokens import TokenPhrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.drafting.tokens import TextTokens

_FAR: Final = 6
"""How many tokens may stand between "from 250" and "to 500"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, as exact as the text has it.

    `start` and `end` are the code points of all its words, end-exclusive, with those of the comparator
    ("at least", "around"), of a baseline ("from 250 to") and of the currency or per cent sign.
    `value` is exact; a range has `minimum` and `maximum` instead. `factor` is what a value is
    multiplied by ("double" is 2, "three-fold" 3), `baseline` what it is counted from; an amount may
    have a baseline alone ("from 250 shops", "up from 250"). `comparator`
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
    code = code_of(language)
    tokens, numbers = read(text, code)
    taken = taken_by_times(tokens, numbers, code)
    quantities = find_quantities(tokens, numbers, taken, code)
    return _Combiner(tokens, _words_of(code), taken).amounts(quantities)


class _Between:
    """What a language says between and around numbers."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.front = TokenPhrases(_turned(table["comparators"]))
        self.behind = TokenPhrases(_turned(table["behind"]))
        self.baseline = TokenPhrases(dict.fromkeys(table["baseline"], ""))
        self.between, self.both = frozenset(table["between"]), frozenset(table["and"])
        self.list = frozenset(table["list"])
        self.origin, self.aim = frozenset(table["from"]), frozenset(table["to"])
        self.range = frozenset(table["range"])
        other = dict.fromkeys(table["multiplied"]["other"], Decimal(0))
        self.multiples = TokenPhrases(
            {w: Decimal(n) for w, n in _turned(table["multiples"]).items()} | other
        )
        self.multiplied = TokenPhrases(dict.fromkeys(table["multiplied"]["behind"], ""))
        self.occasions = frozenset(table["multiplied"]["not_before"])
        self.shares = TokenPhrases(_turned(table["shares"]))
        self.cuts = TokenPhrases(_turned(table["cuts"]))
        shared = table["shared"]
        self.shared, self.not_behind = frozenset(shared["before"]), frozenset(shared["not_behind"])
        self.not_shared = TokenPhrases(dict.fromkeys(shared["not_before"], ""))


def _turned(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {phrase: meaning for meaning, phrases in table.items() for phrase in phrases}


@cache
def _words_of(code: str) -> _Between:
    return _Between(table_of(code)["amounts"])


class _Piece(NamedTuple):
    """A quantity with the comparator around it, between the tokens `first` and `last` (exclusive)."""

    first: int
    last: int
    quantity: Quantity
    comparator: str | None


class _Combiner:
    """Makes amounts of quantities and the words around them."""

    def __init__(self, tokens: TextTokens, words: _Between, taken: list[bool]) -> None:
        self.tokens, self.words, self.taken = tokens, words, taken

    def amounts(self, quantities: list[Quantity]) -> list[Amount]:
        pieces = [self.compared(one) for one in quantities]
        found: list[Amount] = []
        at = 0
        while at < len(pieces):
            two = pieces[at + 1] if at + 1 < len(pieces) else None
            if two and (shared := self.shared(pieces[at], two)):
                pieces[at] = shared
            joined = two and self.joined(pieces[at], two)
            found.append(joined or self.single(pieces[at], two))
            at += 2 if joined else 1
        return self.apart([*found, *self.multiples(), *self.shares()])

    def compared(self, one: Quantity) -> _Piece:
        front = self.words.front.before(self.tokens, one.first)
        if front and any(self.taken[front[0] : one.first]):
            front = None
        behind = self.words.behind.at(self.tokens, one.last)
        comparator = front[1] if front else behind[1] if behind else None
        return _Piece(
            front[0] if front else one.first, behind[0] if behind else one.last, one, comparator
        )

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
        pair = _alike(one.quantity, two.quantity)
        if pair is None:
            return None
        words, gap = self.words, self.tokens.words[one.last : two.first]
        between = gap[0] if len(gap) == 1 else ""
        before = self.tokens.word(one.first - 1)
        first, second, unit = pair
        if before in words.origin and between in words.aim:
            return self.amount(one.first - 1, two, value=second, baseline=first, unit=unit)
        turned = before in words.aim and between in words.origin
        if turned or self.is_baseline(one, two, gap):
            begin = one.first - turned
            return self.amount(begin, one, value=first, baseline=second, unit=unit, last=two.last)
        if first < second and before in words.between and between in words.both:
            return self.range(one.first - 1, two, first, second, unit)
        if first < second and between in words.range:
            return self.range(one.first, two, first, second, unit)
        return None

    def is_baseline(self, one: _Piece, two: _Piece, gap: list[str]) -> bool:
        """Tell whether the second number is where the first began: 500, up from 250."""
        found = self.words.baseline.at(self.tokens, one.last + (gap[:1] == [","]))
        return found is not None and found[0] == two.first

    def range(
        self, first: int, two: _Piece, low: Decimal, high: Decimal, unit: str | None
    ) -> Amount:
        whole = self.amount(first, two, minimum=low, maximum=high, unit=unit)
        return replace(whole, comparator="between")

    def single(self, one: _Piece, two: _Piece | None) -> Amount:
        quantity = one.quantity
        unit = quantity.unit
        if quantity.bare or quantity.scale is None:
            times = self.words.multiplied.at(self.tokens, one.last)
            if times and self.tokens.word(times[0]) not in self.words.occasions and unit is None:
                return self.amount(one.first, one, factor=quantity.value, last=times[0])
        origin = self.words.baseline.before(self.tokens, one.first)
        if origin:
            return self.amount(origin[0], one, baseline=quantity.value, unit=unit)
        if self.tokens.word(one.first - 1) in self.words.origin and (
            self.tokens.word(one.first - 2) == "," or (two and self.leads(one, two))
        ):
            return self.amount(one.first - 1, one, baseline=quantity.value, unit=unit)
        return self.amount(one.first, one, value=quantity.value, unit=unit)

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

    def multiples(self) -> list[Amount]:
        tokens = self.tokens
        found = []
        for at, word in enumerate(tokens.words):
            if word in self.words.multiples and not self.taken[at]:
                one = self.words.multiples.at(tokens, at)
                if one and one[1]:
                    found.append(self.plainly(at, one[0], factor=one[1]))
        return found

    def shares(self) -> list[Amount]:
        tokens = self.tokens
        found = []
        for at, word in enumerate(tokens.words):
            if word in self.words.cuts and (cut := self.words.cuts.at(tokens, at)):
                found.append(self.plainly(at, cut[0], value=Decimal(cut[1]), unit="PERCENT"))
            if word in self.words.shares and (share := self.words.shares.at(tokens, at)):
                last = share[0]
                if (
                    tokens.word(last) in self.words.shared
                    and tokens.word(at - 1) not in self.words.not_behind
                    and not self.words.not_shared.at(tokens, last)
                    and not any(self.taken[at:last])
                ):
                    found.append(self.plainly(at, last, value=Decimal(share[1]), unit="PERCENT"))
        return found

    def plainly(self, first: int, last: int, **values: Any) -> Amount:
        front = self.words.front.before(self.tokens, first)
        begin = front[0] if front else first
        comparator = front[1] if front else None
        starts, ends = self.tokens.starts, self.tokens.ends
        return Amount(starts[begin], ends[last - 1], comparator=comparator, **values)

    def apart(self, found: list[Amount]) -> list[Amount]:
        """Return amounts in their order, without those that begin within another."""
        kept: list[Amount] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept


def _alike(one: Quantity, two: Quantity) -> tuple[Decimal, Decimal, str | None] | None:
    """Return two numbers of one unit, with the scale that the first leaves to the second, or None."""
    if one.unit and two.unit and one.unit != two.unit:
        return None
    # "$5 to 10" is money throughout, and "5% to 10" is not a share of 10.
    if one.unit and not two.unit and one.front is None:
        return None
    if one.points and not two.points:
        return None
    first = one.value
    if one.scale is None and two.scale is not None and one.figure < two.figure:
        first = plain(one.figure * two.scale)
    return first, two.value, one.unit or two.unit
