"""The keys of a statement that tell by whom and when something is said to be or to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.speakers import Voice
    from kg.drafting.times.days import Period

    Keys = dict[str, str | list[str]]


def number_keys(amount: Amount) -> Keys:
    """Return what a statement has of a number; the unit only of money, the indicator has the others.

    >>> from decimal import Decimal
    >>> from kg.drafting import Amount
    >>> number_keys(Amount(0, 9, value=Decimal("1E+9"), comparator="more-than", unit="USD"))
    {'comparator': 'more-than', 'value': '1000000000', 'unit': 'currency:USD'}
    """
    keys: Keys = {}
    if amount.comparator:
        keys["comparator"] = amount.comparator
    if amount.baseline is not None:
        keys["baseline"] = plain(amount.baseline)
    if amount.minimum is not None and amount.maximum is not None:
        keys |= {
            "comparator": "between",
            "minimum": plain(amount.minimum),
            "maximum": plain(amount.maximum),
        }
    elif amount.value is not None:
        keys["value"] = plain(amount.value)
    elif amount.factor is not None:
        keys["value"] = plain(amount.factor)
    if is_money(amount):
        keys["unit"] = f"currency:{unit_name(amount)}"
    return keys


def plain(number: Decimal) -> str:
    """Return a number in figures, without an exponent or zeros behind it."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def unit_name(amount: Amount) -> str:
    """Return the unit of a number without its prefix, "" for a count."""
    return (amount.unit or "").rpartition(":")[2]


def is_money(amount: Amount) -> bool:
    """Whether a number is an amount of money."""
    name = unit_name(amount)
    return len(name) == 3 and name.isalpha() and name.isupper() and name != "NUM"  # noqa: PLR2004, the length of a currency's code


def due_keys(period: Period | None) -> Keys:
    """Return until when something is to be."""
    if period is None or period.latest is None:
        return {}
    return {"due": period.latest.isoformat(), **_precision("due", period)}


def when_keys(period: Period | None, published: date | None) -> Keys:
    """Return when something was; a time that ends after the publication is none of which a figure can tell."""
    if period is None or period.latest is None or period.earliest is None:
        return {}
    if period.role == "since":
        return (
            {"when_start": period.earliest.isoformat()}
            if _is_past(period.earliest, published)
            else {}
        )
    if not _is_past(period.latest, published):
        return {}
    keys: Keys = {}
    if period.earliest != period.latest and period.role in {"in", "at"}:
        keys["when_start"] = period.earliest.isoformat()
    return keys | {"when": period.latest.isoformat(), **_precision("when", period)}


def from_keys(period: Period | None, published: date | None) -> Keys:
    """Return from when on something is so."""
    if period is None or period.earliest is None or not _is_past(period.earliest, published):
        return {}
    return {"from": period.earliest.isoformat(), **_precision("from", period)}


def uttered_keys(period: Period | None) -> Keys:
    """Return when something was said."""
    if period is None or period.latest is None:
        return {}
    return {"uttered": period.latest.isoformat(), **_precision("uttered", period)}


def _is_past(day: date, published: date | None) -> bool:
    return published is not None and day <= published


def _precision(key: str, period: Period) -> Keys:
    """Return how exactly a day is known; to the day is what a source means anyway."""
    words: Sequence[str] = period.precision
    if tuple(words) in {(), ("day",)}:
        return {}
    return {f"{key}_precision": words[0] if len(words) == 1 else list(words)}


def voice_keys(voice: Voice | None, company: str | None, *, quoted: bool, is_outlet: bool) -> Keys:
    """Return who says something, for whom, to whom, and in what manner.

    Args:
        voice: whose words they are, None where nobody is named.
        company: whom a person speaks for.
        quoted: whether the words stand between quotation marks.
        is_outlet: whether `via` is a publisher, whose words are somebody's; an analyst's figures are not.
    """
    if voice is None:
        return {"mode": "quoted" if quoted else "reporters-own"}
    keys: Keys = {}
    if voice.speaker:
        keys["speaker"] = voice.speaker
        if voice.is_person and company:
            keys["on_behalf_of"] = company
    if voice.via:
        keys["via"] = voice.via
    return keys | {"mode": _mode(voice, quoted=quoted, is_outlet=is_outlet)}


def _mode(voice: Voice, *, quoted: bool, is_outlet: bool) -> str:
    if quoted:
        return "quoted"
    if voice.is_filing:
        return "filing"
    if voice.is_anonymous:
        return "anonymous"
    return "paraphrased" if voice.speaker or is_outlet else "reporters-own"
