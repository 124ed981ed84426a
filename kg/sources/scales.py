"""What the words behind a figure multiply it by, where people write in English."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

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
