"""What is written in an inline XBRL document, as numbers and days: formats, scales, signs, eras."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

MAX_DIGITS: Final = 60
"""How many digits a number may have; what is counted in a filing has 15."""

MAX_SCALE: Final = 30
"""By how many powers of ten a number may be scaled, up or down."""

_POINT: Final = frozenset({"numdotdecimal", "numdotdecimalin", "numcommadot", "numspacedot"})
_COMMA: Final = frozenset({"numcommadecimal", "numcommadecimalin", "numdotcomma", "numspacecomma"})
_DASH: Final = frozenset({"numdash", "zerodash", "fixedzero"})
_UNITS: Final = frozenset({"numunitdecimal"})

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_MAIN_AND_PART: Final = re.compile(r"([0-9]+)[^0-9.]+([0-9]{1,2})[^0-9.]*")
_GAPS: Final = re.compile(r"\s+")

_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The eras of Japan since it has had the Gregorian calendar, each with the year before its first."""

_ERA_LETTERS: Final = dict(zip("MTSHR", _ERAS.values(), strict=True))
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_IN_ERA: Final = re.compile(
    rf"({'|'.join(_ERAS)}|[MTSHR](?=[0-9]))(元|[0-9]{{1,2}})[年.]([0-9]{{1,2}})[月.]([0-9]{{1,2}})日?"
)
_IN_YEAR: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_DAY: Final = re.compile(f"{_IN_ERA.pattern}|{_IN_YEAR.pattern}|{_ISO.pattern}")


def read_number(words: str, form: str = "", scale: str = "", sign: str = "") -> Decimal:
    """Return the number that words of a document stand for, exactly.

    Args:
        words: what is shown, such as `1,234`.
        form: the local name of its format, such as `numdotdecimal`, of any registry; "" is a plain number.
        scale: by which power of ten it is multiplied.
        sign: `-` where it is negative.

    Raises:
        ValueError: the words are no number in this format, or the format is not known.

    >>> read_number("1,234", "numdotdecimal", "6", "-"), read_number("9.3", "num-dot-decimal", "-2")
    (Decimal('-1234000000'), Decimal('0.093'))
    >>> read_number("12円50銭", "numunitdecimal"), read_number("―", "zerodash")
    (Decimal('12.50'), Decimal('0'))
    """
    number = Decimal(_digits(_GAPS.sub(" ", words).strip(), form.lower().replace("-", "")))
    if sign not in ("", "-"):
        raise ValueError(f"the sign {sign!r}")
    power = _scale(scale)
    _, digits, exponent = number.as_tuple()
    # A context of decimals would round what is scaled: this does not.
    exact = Decimal((int(sign == "-" and any(digits)), digits, int(exponent) + power))
    return exact if exact.as_tuple().exponent <= 0 else Decimal(format(exact, "f"))  # type: ignore[operator]


def _scale(scale: str) -> int:
    try:
        power = int(scale or "0")
    except ValueError:
        power = MAX_SCALE + 1
    if abs(power) > MAX_SCALE:
        raise ValueError(f"the scale {scale[:20]!r}")
    return power


def _digits(shown: str, form: str) -> str:
    """Return what is shown in a format as digits with a point."""
    if form in _DASH:
        if any(mark.isdecimal() for mark in shown.replace("0", "")):
            raise ValueError(f"{shown[:40]!r} for nothing")
        return "0"
    if form in _UNITS:
        parts = _MAIN_AND_PART.fullmatch(shown)
        # "5 sen" are five hundredths.
        plain = f"{parts[1]}.{parts[2]:>02}" if parts else ""
    elif form in _POINT:
        plain = shown.replace(",", "").replace(" ", "")
    elif form in _COMMA:
        plain = shown.replace(".", "").replace(" ", "").replace(",", ".")
    elif form:
        raise ValueError(f"the format {form[:40]!r}")
    else:
        plain = shown
    if len(plain) > MAX_DIGITS or not _PLAIN.fullmatch(plain):
        raise ValueError(f"{shown[:40]!r} for a number")
    return plain


def plain_number(number: Decimal) -> str:
    """Return a number in digits, without zeros that say nothing.

    >>> plain_number(Decimal("5.00")), plain_number(Decimal("-1E+3")), plain_number(Decimal("0.0"))
    ('5', '-1000', '0')
    """
    shown = format(number, "f")
    return (shown.rstrip("0").rstrip(".") or "0") if "." in shown else shown


def find_days(words: str) -> list[date]:
    """Return the days that stand in a text, in order: by era (平成26年1月16日), by year (2014年1月16日) or in figures.

    >>> find_days("平成３１年４月３０日に公表、令和元年5月1日"), find_days("2014-01-16"), find_days("H26.2.30")
    ([datetime.date(2019, 4, 30), datetime.date(2019, 5, 1)], [datetime.date(2014, 1, 16)], [])
    """
    # Forms of compatibility are what a keyboard of full width writes.
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", words))
    return [day for found in _DAY.finditer(plain) if (day := _day(found))]


def _day(found: re.Match[str]) -> date | None:
    era, year, *in_era = found.groups()[:4]
    if era:
        before = _ERAS[era] if era in _ERAS else _ERA_LETTERS[era]
        parts = [before + (1 if year == "元" else int(year)), *map(int, in_era)]
    else:
        parts = [int(part) for part in found.groups()[4:] if part]
    try:
        return date(*parts)
    except ValueError:
        return None
