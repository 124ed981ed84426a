"""A number in figures, by the habits of a language: what parts its thousands and its decimals, and English scales."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

_SPACES: Final = "\u00a0\u2009\u202f"
_WHOLE: Final = re.compile(r"0|[1-9]\d*")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_INDIAN: Final = re.compile(r"[1-9]\d?(?: \d\d)+ \d{3}")
_DECIMALS: Final = re.compile(r"\d+")
_LONGEST: Final = 24
"""How many characters a figure has at most, so that decimals keep all of them, whatever its scale."""

_POWERS: Final = {
    2: "hundred",
    3: "thousand, k",
    5: "lakh, lakhs, lac, lacs",
    6: "million, millions, mn, mln, mio, m",
    7: "crore, crores, cr",
    8: "thousand lakh",
    9: "billion, billions, bn, bln, b, thousand million",
    10: "thousand crore",
    12: "trillion, trillions, tn, trn, lakh crore, lakh crores",
}

SCALES: Final = {
    word: Decimal(10**power) for power, words in _POWERS.items() for word in words.split(", ")
}
"""The words of scales, each with what it stands for: the short scale, and the Indian one."""


class WrittenFigure(NamedTuple):
    """A number in figures. It is `doubtful` where other countries read another number (1.500)."""

    value: Decimal
    doubtful: bool = False


def read_figure(shown: str, decimal: str = ".", groups: str = ",") -> WrittenFigure | None:
    """Return the number that figures stand for, or None where they are none in this language.

    >>> read_figure("1,00,000"), read_figure("12 500.25"), read_figure("5.000,00")
    (WrittenFigure(value=Decimal('100000'), doubtful=False), WrittenFigure(value=Decimal('12500.25'), doubtful=False), None)
    >>> read_figure("1.500"), read_figure("1.500", ",", ".")
    (WrittenFigure(value=Decimal('1.500'), doubtful=True), WrittenFigure(value=Decimal('1500'), doubtful=False))
    """
    if len(shown) > _LONGEST:
        return None
    whole, point, decimals = shown.partition(decimal)
    if point and not _DECIMALS.fullmatch(decimals):
        return None
    marks = {mark for mark in whole if not mark.isdecimal()}
    if len(marks) > 1 or not marks <= {*groups, *_SPACES, " "}:
        return None
    grouped = whole.replace(marks.pop(), " ") if marks else whole
    if not any(form.fullmatch(grouped) for form in (_WHOLE, _THOUSANDS, _INDIAN)):
        return None
    plain = grouped.replace(" ", "")
    doubtful = len(decimals) == len("000") and "0" not in (plain, decimals) and plain == whole
    return WrittenFigure(
        Decimal(f"{plain}.{decimals}" if point else plain), bool(point) and doubtful
    )


def plain(value: Decimal) -> Decimal:
    """Return a number without zeros that say nothing.

    >>> plain(Decimal("1.50") * 100), plain(Decimal("1E+9")), plain(Decimal("0.10"))
    (Decimal('150'), Decimal('1000000000'), Decimal('0.1'))
    """
    return Decimal(f"{value.normalize():f}")
