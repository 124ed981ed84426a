"""In what a claim agrees with a promise and in what it differs, one aspect after the other.

Where the graph does not say how it is with an aspect, that is no difference.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal

from kg.agents.cited import clean
from kg.base import UsageError, fold, to_text
from kg.promises import first_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.plans import Words
    from kg.promises import Statement

Agrees = Literal["yes", "no", "unsaid"]

_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_ALIKE: Final = 0.8
"""How alike two words are that mean the same: centre and centers, shop and shops."""

_SMALL: Final = frozenset({"a", "an", "and", "by", "for", "in", "of", "on", "the", "to"})
_VALUES: Final = ("value", "minimum", "maximum")
_PER_CENT: Final = frozenset({"%", "percent", "per cent", "percentage"})


@dataclass(frozen=True)
class Aspect:
    """One aspect of a claim: what it says, what this graph has, and whether they agree."""

    aspect: str
    claimed: str
    here: str
    agrees: Agrees


@dataclass(frozen=True)
class Claim:
    """What a claim says of a promise; `thing` is the slug of what is called as its `what`, if anything is."""

    what: str | None = None
    thing: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    place: str | None = None
    due: str | None = None
    said: str | None = None
    speaker: str | None = None
    verdict: str | None = None


@dataclass(frozen=True)
class Held:
    """A promise that a claim is held against, by the statements that make it, the first for all.

    `names` are the slugs by which it can be meant, `called` its words, `places` and `speakers` the
    labels of where it is to be kept and who said so; `is_there` and `is_theirs` tell whether that is
    within the place of the claim, and on its speaker's word.
    """

    statements: Sequence[Statement]
    names: frozenset[str]
    called: str
    verdict: str
    places: str = ""
    speakers: str = ""
    is_there: bool = False
    is_theirs: bool = False


def compare(claim: Claim, held: Held, words: Words) -> list[Aspect]:
    """Return every aspect that a claim has, held against a promise."""
    return list(_compared(claim, held, words))


def _compared(claim: Claim, held: Held, words: Words) -> Iterator[Aspect]:
    if claim.what is not None:
        meant = claim.thing in held.names or _has_words(held.called, claim.what)
        yield _aspect("what", claim.what, held.called, "yes" if meant else "no")
    if claim.value is not None:
        yield _value(claim.value, held, words)
    if claim.unit is not None:
        yield _unit(claim.unit, held, words)
    if claim.place is not None:
        yield _named("place", claim.place, held.places, agrees=held.is_there)
    if claim.due is not None:
        yield _due(claim.due, held)
    if claim.said is not None:
        yield _said(claim.said, held)
    if claim.speaker is not None:
        yield _named("speaker", claim.speaker, held.speakers, agrees=held.is_theirs)
    if claim.verdict is not None:
        same: Agrees = "yes" if claim.verdict == held.verdict else "no"
        # What nobody knows is not otherwise than somebody says.
        told = "unsaid" if same == "no" and held.verdict == "undetermined" else same
        yield _aspect("verdict", claim.verdict, held.verdict, told)


def _aspect(name: str, claimed: str, here: str, agrees: Agrees) -> Aspect:
    return Aspect(name, clean(claimed), clean(here), agrees)


def _named(name: str, claimed: str, here: str, *, agrees: bool) -> Aspect:
    return _aspect(name, claimed, here, "yes" if agrees else "no" if here else "unsaid")


def _has_words(called: str, what: str) -> bool:
    """Tell whether something is called by all words of a few, or by words like them.

    >>> _has_words("500 service centres by 2017", "service centers"), _has_words("500 shops", "jobs")
    (True, False)
    """
    known = set(re.findall(r"\w+", fold(called)))
    wanted = [word for word in re.findall(r"\w+", fold(what)) if word not in _SMALL]
    return bool(wanted) and all(get_close_matches(word, known, 1, _ALIKE) for word in wanted)


def _value(value: Decimal, held: Held, words: Words) -> Aspect:
    made = [one for one in held.statements if any(key in one.says for key in _VALUES)]
    if not made:
        return _aspect("value", to_text(value), "", "unsaid")
    here = "; ".join(dict.fromkeys(words.short(one) for one in made))
    same = any(_has_value(one, value) for one in made)
    return _aspect("value", to_text(value), here, "yes" if same else "no")


def _has_value(statement: Statement, value: Decimal) -> bool:
    said, low, high = ([*map(_number, statement.says.get(key, ()))] for key in _VALUES)
    between = bool(low and high) and min(low) <= value <= max(high)
    return between or value in (*said, *low, *high)


def _number(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def _unit(unit: str, held: Held, words: Words) -> Aspect:
    first = held.statements[0]
    name = first.one("unit") if first.one("unit") is not None else first.one("indicator")
    symbol = words.symbols.get(str(name), "")
    names = {symbol, str(first.one("unit") or "").rpartition(":")[2], words.label(first.one("unit") or "")}
    names |= _PER_CENT if symbol == "%" else set()
    same = fold(unit) in {fold(one) for one in names if one} or (
        not symbol and _has_words(held.called, unit)  # jobs, shops: what is counted is its unit
    )
    return _aspect("unit", unit, symbol or words.short(first), "yes" if same else "no")


def _due(due: str, held: Held) -> Aspect:
    start, end = period(due)
    days = [
        (day, first_day(day, one.says.get("duePrecision", ())))
        for one in held.statements
        if isinstance(day := one.one("due"), date)
    ]
    here = "; ".join(
        dict.fromkeys(f"{day}" if first == day else f"{first} to {day}" for day, first in days)
    )
    # By the end of a period is by its last day, and who names a year may mean any day of it.
    same = any(start <= day <= end for day, _ in days)
    return _aspect("due", due, here, "yes" if same else "no" if days else "unsaid")


def _said(said: str, held: Held) -> Aspect:
    start, end = period(said)
    days = {one.source.published for one in held.statements if one.source.published}
    days |= {str(day) for one in held.statements for day in one.says.get("uttered", ())}
    same = any(str(start) <= day <= str(end) for day in days)
    return _aspect("said", said, "; ".join(sorted(days)), "yes" if same else "no" if days else "unsaid")


def period(day: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    Raises:
        UsageError: it is none of these.

    >>> period("2017"), period("2020-02")[1]
    ((datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)), datetime.date(2020, 2, 29))
    """
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        year, month, last = (*map(int, day.split("-")), 0, 0)[:3]
        if last:
            return date(year, month, last), date(year, month, last)
        end = month or 12
        return date(year, month or 1, 1), date(year, end, monthrange(year, end)[1])
    except ValueError:
        raise UsageError(f"{day[:40]!r} is no day; give YYYY, YYYY-MM or YYYY-MM-DD") from None
