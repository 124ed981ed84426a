"""Numbers as a text says them: figures, words of numbers, scales, ranges, multiples, shares and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text, as exact as the text has it.

    `start` and `end` are the code points of all its words, end-exclusive, with those of the comparator
    ("at least", "around"), of a baseline ("from 250 to") and of the currency or per cent sign.
    `value` is exact; a range has `minimum` and `maximum` instead. `factor` is what a value is
    multiplied by ("double" is 2, "three-fold" 3), `baseline` what it is counted from. `comparator`
    is a term of `kg terms comparators`, None for a bare number, and `unit` one of `kg terms units`
    as a source writes it (`PERCENT`, `INR`), None for a count of things that the text names behind.
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


def find_amounts(text: str, language: str = "en") -> list[Amount]:
    """Return the numbers of a text that count or measure, in their order; days and years are none."""
    raise NotImplementedError
