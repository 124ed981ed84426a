"""Whether the figures and years of a statement stand in its words: a hint for who checks it, never a verdict.

What a person read may be right where this doubts it, so nothing fails for it: a sum of two numbers, or "all"
that a sentence before says. But 762,000,000 for "672 million" is a slip of the hand that no digest shows.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from kg.base import MissingExtraError, abridge, to_text
from kg.drafting import find_periods, is_said, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting import Period
    from kg.promises import Statement

_NUMBERS: Final = ("value", "minimum", "maximum", "baseline")
_DAYS: Final = {"due": "duePrecision", "when": "whenPrecision"}
_INFERRED: Final = "cp:inferred"
_FISCAL: Final = "cp:fiscal-year"
_SHOWN: Final = 80


def missing_extra() -> str | None:
    """Return what has to be installed before words can be read, as a sentence, or None."""
    if find_spec("text_to_num") is not None:
        return None
    return str(MissingExtraError("holding figures against their words", "text2num", "draft"))


def doubts(statement: Statement, words: str, language: str) -> Iterator[str]:
    """Yield what of a statement does not stand in the `words` of its places, as clauses.

    Nothing is doubted of a language without words of ours, nor of what a text is said only to imply.
    """
    if language.partition("-")[0].lower() not in languages() or statement.one("mode") == _INFERRED:
        return
    for key in _NUMBERS:
        value = statement.one(key)
        if not isinstance(value, Decimal | int) or is_said(Decimal(value), words, language):
            continue
        if key == "baseline" or not _is_multiple(Decimal(value), statement, words, language):
            yield f"its {key}, {to_text(value)}, does not stand in its words, {_shown(words)}"
    published = _day(statement.source.published)
    for key, precision in _DAYS.items():
        day, precise = _day(statement.one(key)), statement.says.get(precision, ())
        if day is None or day == published or _INFERRED in precise:
            continue
        periods = find_periods(words, published, language=language)
        # FY24 may end in March 2025.
        if periods and not _is_told(day, periods, words, _FISCAL in precise):
            yield f"its {key}, {day}, is in no year that its words name, {_shown(words)}"


def _is_multiple(value: Decimal, statement: Statement, words: str, language: str) -> bool:
    """Tell whether a number is so many times what it is counted from as the words say."""
    baseline = statement.one("baseline")
    if not isinstance(baseline, Decimal | int) or baseline in {0, value}:
        return False
    return is_said(value / Decimal(baseline), words, language)


def _is_told(day: date, periods: list[Period], words: str, years_after: int) -> bool:
    """Tell whether some time in the words may hold a day, or `years_after`; one of which no calendar tells may hold any."""
    if str(day.year) in words:
        return True
    return any(
        one.earliest is None
        or one.latest is None
        or one.earliest.year <= day.year <= one.latest.year + years_after
        or day == _day_after(one.latest)
        for one in periods
    )


def _day_after(day: date) -> date:
    # "before 2020" is said of what is due on its first day, too.
    return day if day == date.max else day + timedelta(days=1)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _shown(words: str) -> str:
    return f"“{abridge(' '.join(words.split()), _SHOWN)}”"
