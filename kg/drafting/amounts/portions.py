"""Multiples and parts that a text says in words: double, three-fold, half of, by a third, three in four."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.sources import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.amounts.around_numbers import AroundNumbers
    from kg.drafting.amounts.quantities import Quantity
    from kg.drafting.tokens import TextTokens

_PARTS: Final = 10
"""A whole of which so many parts are told has no more."""

_EXACT: Final = 10_000


class WordedShare(NamedTuple):
    """A multiple (`factor`) or a part in per cent between two tokens; a part is None where no number is exact.

    It is `near` where its words have no number of per cent: a third is about 33, and this is what it is exactly.
    """

    first: int
    last: int
    part: Decimal | None = None
    factor: Decimal | None = None
    near: Fraction | None = None
    comparator: str | None = None


def find_multiples(
    tokens: TextTokens, words: AroundNumbers, taken: list[bool]
) -> Iterator[WordedShare]:
    """Yield the words that say a multiple by themselves: double, tenfold, halve."""
    for at, word in enumerate(tokens.words):
        if word in words.multiples and not taken[at]:
            one = words.multiples.at(tokens, at)
            if one and one[1]:
                yield WordedShare(at, one[0], factor=one[1])


def find_shares(
    tokens: TextTokens, words: AroundNumbers, taken: list[bool]
) -> Iterator[WordedShare]:
    """Yield the words that say a part: half of its phones, cut by half, a third of all."""
    for at, word in enumerate(tokens.words):
        if word in words.cuts and (cut := words.cuts.at(tokens, at)):
            yield WordedShare(at, cut[0], Decimal(cut[1]))
        if word not in words.shares or not (share := words.shares.at(tokens, at)):
            continue
        behind = words.behind.at(tokens, share[0])
        last = behind[0] if behind else share[0]
        # The first half of the year is a time, and a third plant an ordinal.
        is_part = (
            tokens.word(last) in words.shared or _stands_alone(tokens, words, at, last)
        ) and not (tokens.word(at - 1) in words.not_behind or words.not_shared.at(tokens, last))
        if is_part and not any(taken[at:last]):
            exact = Fraction(share[1])
            near = exact * 100 if share[1] in words.near else None
            comparator = behind[1] if behind else None
            part = Decimal(round(near or exact))
            yield WordedShare(at, last, part, near=near, comparator=comparator)


def _stands_alone(tokens: TextTokens, words: AroundNumbers, at: int, last: int) -> bool:
    """Whether a part is said of what was named before: "climb to half by 2019", "grew by more than a third"."""
    front = words.front.before(tokens, at)
    before = tokens.word(front[0] - 1 if front else at - 1)
    behind = tokens.word(last)
    return before in words.leading_shares and (
        not behind.isalpha() or behind in words.ending_shares
    )


def find_ratios(
    tokens: TextTokens, words: AroundNumbers, quantities: list[Quantity]
) -> Iterator[WordedShare]:
    """Yield the parts that are told as three in four; those without a number of per cent, too."""
    for one in quantities:
        link = words.ratio.before(tokens, one.first) if one.bare_number else None
        part = words.ones.before(tokens, link[0]) if link else None
        if link and part is None and tokens.word(one.last) in words.ending_ratios:
            # "Three phones in ten are"
            noun = tokens.word(link[0] - 1)
            part = words.ones.before(tokens, link[0] - 1) if noun.isalpha() else None
        if part and (number := Decimal(part[1])) < one.value <= _PARTS:
            exact = number * _EXACT % one.value == 0
            yield WordedShare(part[0], one.last, plain(number * 100 / one.value) if exact else None)
