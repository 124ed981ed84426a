"""Numbers and days as people write them in a source: 672 million, 1.5 lakh crore, 2024-05, by 2030.

What can be read in one way only is read, and kept exactly. What can be read in two is refused with what it
may mean; what is no number and no day is left as it is, for the shapes to tell of.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from kg.sources.figures import SCALES, plain, read_figure

NUMBERS: Final = frozenset({"value", "minimum", "maximum", "baseline"})
"""The keys whose numbers may be written so."""

LAST_DAYS: Final = frozenset({"due", "when", "until", "uttered"})
"""The keys of which a month or a year stands for its last day, with a precision beside it."""

FIRST_DAYS: Final = frozenset({"from"})
"""The keys of which it stands for its first."""

DAYS_ALONE: Final = frozenset({"due_earliest", "when_start", "counts_from", "baseline_date"})
"""The keys of days that have no precision."""

_BEGINNINGS: Final = DAYS_ALONE - {"baseline_date"}
"""Those of them from which something begins."""

DAYS: Final = LAST_DAYS | FIRST_DAYS | DAYS_ALONE

_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DOUBTFUL: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_NUMBER: Final = re.compile(r"([+-]?)([0-9][0-9.,' ]*+)(?:-?([a-z][a-z ]*))?")
_RANGE: Final = re.compile(
    r"(?<![0-9.,])([0-9][0-9.,]*+) ?(?:-|–| to ) ?([0-9][0-9.,]*+)( ?[a-z][a-z ]*)?"
)
_EXPONENT: Final = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?e\+?[0-9]{1,2}")
_CURRENCIES: Final = {
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "rs.": "INR", "rs": "INR", "rmb": "CNY",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "inr": "INR", "cny": "CNY",
}  # fmt: skip
_COMPARATORS: Final = {
    "about": "approximately", "around": "approximately", "nearly": "approximately", "at least": "at-least", "at most": "at-most", "up to": "at-most",
    "more than": "more-than", "over": "more-than", "less than": "less-than", "under": "less-than", "exactly": "exactly",
}  # fmt: skip

PLAIN_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEAD: Final = re.compile(r"(by |in |until |since )?(?:the )?(end of )?(?:the )?(?:year )?(.++)")
_LED: Final = {
    "by ": frozenset({"due", "until"}),
    "until ": frozenset({"due", "until"}),
    "since ": frozenset({"from"}),
}
"""The words of which a period may stand behind some keys alone."""

_YEAR: Final = re.compile(r"[12][0-9]{3}")
_MONTH: Final = re.compile(r"([12][0-9]{3})-([0-9]{2})")
_PART: Final = re.compile(
    r"(?:([qh])([1-4])|([1-4])([qh]))[ -]?([12][0-9]{3})|([12][0-9]{3})[ -]?([qh])([1-4])"
)
_FISCAL: Final = re.compile(r"(?:fy|fiscal year|financial year|fiscal) ?'?([0-9]{2}|[12][0-9]{3})")
_SPAN: Final = re.compile(r"([12][0-9]{3})[-/–]([0-9]{2}|[12][0-9]{3})")
_NAMED: Final = re.compile(r"(?:([0-9]{1,2}) )?([a-z]{3,9})\.?(?: ([0-9]{1,2}),)? ([12][0-9]{3})")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class WrittenValue(NamedTuple):
    """What was written: the value that it stands for, its precision if it says one, and what is wrong, if anything."""

    value: str
    precision: str | None = None
    problem: str | None = None


def written_number(text: str) -> WrittenValue:
    """Return the number that people mean by what they write.

    >>> [written_number(text).value for text in ("672 million", "1.5 lakh crore", "5,000", "12")]
    ['672000000', '1500000000000', '5000', '12']
    >>> written_number("1.500").problem
    'which may be 1500 or 1.5; write the one that is meant'
    >>> written_number("at least 500").problem
    "which is more than a number; write 500, and 'comparator: at-least'"
    """
    if _PLAIN.fullmatch(text):
        return WrittenValue(text, problem=_doubt(text))
    said = " ".join(text.lower().split())
    if (number := _number(said)) is not None:
        if other := _number_elsewhere(said):
            both = f"which may be {other} or {number}; write the one that is meant"
            return WrittenValue(number, problem=both)
        # An m is a million, a thousand or a metre, by who writes it.
        short = len(said.rstrip("mkb")) == len(said) - 1
        return WrittenValue(
            number, problem=f"which may be {number}; write it so" if short else None
        )
    return WrittenValue(text, problem=_european(said) or _more_than_a_number(said))


def written_day(key: str, text: str) -> WrittenValue:
    """Return the day that people mean by what they write after a key, and how precisely it is known.

    >>> written_day("due", "2024-05"), written_day("from", "2024-05")[:2]
    (WrittenValue(value='2024-05-31', precision='month', problem=None), ('2024-05-01', 'month'))
    >>> written_day("due", "by 2030")[:2], written_day("when", "Q3 2019")[:2]
    (('2030-12-31', 'year'), ('2019-09-30', 'quarter'))
    >>> written_day("due", "FY2026").problem
    "whose last day only the company's own year tells; write it, such as 'due: 2026-03-31', and 'due_precision: fiscal-year'"
    """
    if PLAIN_DAY.fullmatch(text):
        return WrittenValue(text)
    lead, end, said = _LEAD.fullmatch(" ".join(text.lower().split()) or " ").groups()  # type: ignore[union-attr]
    if problem := _two_days(key, said):
        return WrittenValue(text, problem=problem)
    found = _period(said)
    if found is None or key not in _LED.get(lead, DAYS):
        return WrittenValue(text)
    first, last, precision = found
    if key in FIRST_DAYS:
        if end:
            return WrittenValue(text)
        last = first
    if key in DAYS_ALONE and precision != "day":
        return WrittenValue(
            text, problem=f"which is no day; write its first day, {first}, or its last, {last}"
        )
    return WrittenValue(last.isoformat(), None if precision == "day" else precision)


def _doubt(text: str) -> str | None:
    """Return what a number may be where thousands are set apart by dots in other countries."""
    if not _DOUBTFUL.fullmatch(text):
        return None
    short = text.rstrip("0").removesuffix(".")
    other = short if len(short) < len(text) else f"{text}0"
    return f"which may be {text.replace('.', '')} or {other}; write the one that is meant"


def _number(said: str) -> str | None:
    match = _NUMBER.fullmatch(said)
    if not match:
        return None
    sign, shown, scale = match.groups()
    figure = read_figure(shown.strip(), ".", ",'")
    power = SCALES.get(scale.strip()) if scale else Decimal(1)
    if figure is None or power is None:
        return None
    return f"{sign.replace('+', '')}{plain(figure.value * power)}"


def _number_elsewhere(said: str) -> str | None:
    """Return what a number with a scale is where a dot sets thousands apart: 1.500 million."""
    dotted = _DOUBTFUL.match(said)
    behind = dotted and said[dotted.end() :]
    if not dotted or not behind or behind[0].isdecimal():
        return None
    return _number(f"{dotted[0].replace('.', '')}{behind}")


def _european(said: str) -> str | None:
    figure = read_figure(said, ",", ".")
    return f"which may be {plain(figure.value)}; write it so" if figure else None


def _more_than_a_number(said: str) -> str | None:
    """Return what to write where a number stands with its unit or comparator, or where there are two."""
    if said.endswith("%") and (number := _number(said[:-1].strip())):
        return f"which is more than a number; write {number}, and 'unit: PERCENT'"
    if _EXPONENT.fullmatch(said):
        return f"which is no number in figures; write {plain(Decimal(said))}"
    if match := _RANGE.fullmatch(said):
        low, high = (_number(f"{shown}{match[3] or ''}") for shown in match.groups()[:2])
        if low and high:
            return (
                f"which are two numbers; write 'minimum: {low}' and 'maximum: {high}' in its place"
            )
    return _compared(said) or _money(said)


def _compared(said: str) -> str | None:
    for words, comparator in _COMPARATORS.items():
        if said.startswith(f"{words} ") and (number := _number(said.removeprefix(words).strip())):
            return f"which is more than a number; write {number}, and 'comparator: {comparator}'"
    return None


def _money(said: str) -> str | None:
    for sign, unit in _CURRENCIES.items():
        if sign in {said[: len(sign)], said[-len(sign) :]}:
            rest = said.removeprefix(sign) if said.startswith(sign) else said.removesuffix(sign)
            if number := _number(rest.strip()):
                return f"which is more than a number; write {number}, and 'unit: {unit}'"
    return None


def _period(said: str) -> tuple[date, date, str] | None:
    """Return the first and last day of a day, month, quarter, half-year or year, and its precision."""
    if _YEAR.fullmatch(said):
        return _months(int(said), 1, 12, "year")
    if match := _MONTH.fullmatch(said):
        return _months(int(match[1]), int(match[2]), 1, "month")
    if match := _PART.fullmatch(said):
        year = int(match[5] or match[6])
        number = int(match[2] or match[3] or match[8])
        quarter = (match[1] or match[4] or match[7]) == "q"
        count, unit = (3, "quarter") if quarter else (6, "half-year")
        return _months(year, (number - 1) * count + 1, count, unit)
    match = _NAMED.fullmatch(said)
    if match and (month := _month(match[2])):
        year, day = int(match[4]), match[1] or match[3]
        if day is None:
            return _months(year, month, 1, "month")
        if (match[1] is None or match[3] is None) and 1 <= int(day) <= monthrange(year, month)[1]:
            one = date(year, month, int(day))
            return one, one, "day"
    return None


def _months(year: int, month: int, count: int, precision: str) -> tuple[date, date, str] | None:
    last = month + count - 1
    if not 1 <= month <= last <= len(_MONTHS):
        return None
    return date(year, month, 1), date(year, last, monthrange(year, last)[1]), precision


def _month(name: str) -> int | None:
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return found[0] if len(found) == 1 else 9 if name == "sept" else None


def _two_days(key: str, said: str) -> str | None:
    """Return what to write for what may be two days, or is told by the company alone."""
    if match := _FISCAL.fullmatch(said):
        year = match[1] if len(match[1]) == len("2026") else f"20{match[1]}"
        which, example = _fiscal_day(key, int(year))
        return f"whose {which} day only the company's own year tells; write it, such as {example}"
    if (match := _SPAN.fullmatch(said)) and (year := _second(match[1], match[2])):
        month = f"{match[1]}-{match[2]}, a month, or " if int(match[2]) <= len(_MONTHS) else ""
        which, example = _fiscal_day(key, year)
        return (
            f"which may be {month}two years; write the {which} day that is meant, such as {example}"
        )
    return None


def _fiscal_day(key: str, year: int) -> tuple[str, str]:
    """Return which day of a fiscal year belongs behind a key, and an example of how it is written."""
    first = key in FIRST_DAYS or key in _BEGINNINGS
    example = f"'{key}: {f'{year - 1}-04-01' if first else f'{year}-03-31'}'"
    if key not in DAYS_ALONE:
        example += f", and '{key}_precision: fiscal-year'"
    return "first" if first else "last", example


def _second(first: str, second: str) -> int | None:
    """Return the later of two years that follow each other, or None where they do not."""
    year = int(second if len(second) == len(first) else first[:2] + second)
    return year if year == int(first) + 1 else None
