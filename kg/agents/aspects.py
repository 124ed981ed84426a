"""In what a claim agrees with a promise and in what it differs, one aspect after the other.

Where the graph does not say how it is with an aspect, that is no difference.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal

from kg.agents.cited import clean
from kg.base import UsageError, fold, to_text
from kg.promises import first_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.plans import Words
    from kg.promises import Statement

Agrees = Literal["yes", "near", "no", "unsaid"]
"""Near is what a claim says of a company that acts through another, or of a number within a range that was stated."""

_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_ALIKE: Final = 0.8
"""How alike two words are that mean the same: centre and centers, shop and shops."""

_SMALL: Final = frozenset({"a", "an", "and", "by", "for", "in", "of", "on", "the", "to"})
_VALUES: Final = ("value", "minimum", "maximum")
_UNSEEN: Final = frozenset({"met", "partly", "abandoned", "replaced"})
"""What may have become of an open promise though no source here tells of it: before its day it cannot be missed."""

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
    """What a claim says of a promise; `thing` is the slug of what is called as its `what`, if anything is.

    `company` is the label of who promised.
    """

    company: str
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
class HeldPromise:
    """A promise that a claim is held against, by the statements that make it, the first for all.

    `names` are the slugs by which it can be meant, `called` its words, `places` and `speakers` the
    labels of where it is to be kept and who said so; `is_there` and `is_theirs` tell whether that is
    within the place of the claim, and on its speaker's word. `others` are the labels of who made it, if
    that is not the company of the claim but those through which it acts.
    """

    statements: Sequence[Statement]
    names: frozenset[str]
    called: str
    verdict: str
    places: str = ""
    speakers: str = ""
    is_there: bool = False
    is_theirs: bool = False
    others: str = ""


def compare(claim: Claim, held: HeldPromise, words: Words) -> list[Aspect]:
    """Return every aspect that a claim has, held against a promise; the company where it is another's."""
    given = (
        _ASPECTS[name](str(value) if name != "value" else to_text(value), claim, held, words)
        for name in _ASPECTS
        if (value := getattr(claim, name)) is not None
    )
    return [*_company(claim, held), *given]


def _company(claim: Claim, held: HeldPromise) -> Iterator[Aspect]:
    """Yield whose promise it is, where the company of a claim has not made it itself."""
    if held.others:
        here = f"{held.others}, through which {claim.company} acts, and not {claim.company} itself"
        yield Aspect("company", clean(claim.company), clean(here), "near")


def _aspect(name: str, claimed: str, here: str, *, same: bool) -> Aspect:
    agrees: Agrees = "yes" if same else "no" if here else "unsaid"
    return Aspect(name, clean(claimed), clean(here), agrees)


def _what(claimed: str, claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    meant = claim.thing in held.names or _has_words(held.called, claimed)
    return _aspect("what", claimed, held.called, same=meant)


def _has_words(called: str, what: str) -> bool:
    """Tell whether something is called by all words of a few, or by words like them.

    >>> _has_words("500 service centres by 2017", "service centers"), _has_words("500 shops", "jobs")
    (True, False)
    """
    known = set(re.findall(r"\w+", fold(called)))
    wanted = [word for word in re.findall(r"\w+", fold(what)) if word not in _SMALL]
    return bool(wanted) and all(get_close_matches(word, known, 1, _ALIKE) for word in wanted)


def _value(claimed: str, claim: Claim, held: HeldPromise, words: Words) -> Aspect:
    made = [one for one in _of_what(claim, held) if any(key in one.says for key in _VALUES)]
    here = "; ".join(dict.fromkeys(words.short(one) for one in made))
    if any(_is_value(one, claim.value) for one in made):
        return _aspect("value", claimed, here, same=True)
    if any(_is_within(one, claim.value) for one in made):
        # Who says one number says more than who says a range.
        return Aspect("value", claimed, clean(f"within the range that was stated: {here}"), "near")
    return _aspect("value", claimed, here, same=False)


def _of_what(claim: Claim, held: HeldPromise) -> Sequence[Statement]:
    """Return the statements whose numbers a claim can mean.

    What confirms a promise can count something else: that 250 become twice as many is no promise of two.
    """
    counted = {one.one("indicator") for one in held.statements}
    wanted = claim.thing if claim.thing in counted else held.statements[0].one("indicator")
    return [one for one in held.statements if one.one("indicator") == wanted]


def _is_value(statement: Statement, value: Decimal | None) -> bool:
    """Tell whether a number is the one that was stated: that of a range with one end alone, too."""
    said, low, high = (_numbers(statement, key) for key in _VALUES)
    return value in said or (not (low and high) and value in (*low, *high))


def _is_within(statement: Statement, value: Decimal | None) -> bool:
    low, high = _numbers(statement, "minimum"), _numbers(statement, "maximum")
    return bool(value is not None and low and high and min(low) <= value <= max(high))


def _numbers(statement: Statement, key: str) -> list[Decimal]:
    values = statement.says.get(key, ())
    return [Decimal(str(value)) for value in values if isinstance(value, int | Decimal)]


def _unit(claimed: str, claim: Claim, held: HeldPromise, words: Words) -> Aspect:
    made = _of_what(claim, held)
    # In two currencies it is two numbers: the unit is that of the number which is claimed.
    its = (one for one in made if _is_value(one, claim.value) or _is_within(one, claim.value))
    made = list(its) or made
    told = dict.fromkeys(_symbol(one, words) or words.short(one) for one in made)
    same = any(_is_unit(claimed, one, held, words) for one in made)
    return _aspect("unit", claimed, "; ".join(told), same=same)


def _symbol(statement: Statement, words: Words) -> str:
    own = statement.one("unit")
    return words.symbols.get(str(own if own is not None else statement.one("indicator")), "")


def _is_unit(claimed: str, statement: Statement, held: HeldPromise, words: Words) -> bool:
    symbol, own = _symbol(statement, words), str(statement.one("unit") or "")
    names = {symbol, own.rpartition(":")[2], words.label(own)}
    names |= _PER_CENT if symbol == "%" else set()
    # Of jobs and shops what is counted is the unit.
    counted = not symbol and _has_words(held.called, claimed)
    return counted or fold(claimed) in {fold(one) for one in names if one}


def _place(claimed: str, _claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    return _aspect("place", claimed, held.places, same=held.is_there)


def _due(claimed: str, _claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    start, end = period(claimed)
    days = [
        (day, first_day(day, one.says.get("duePrecision", ())))
        for one in held.statements
        if isinstance(day := one.one("due"), date)
    ]
    told = (f"{day}" if first == day else f"{first} to {day}" for day, first in days)
    # By the end of a period is by its last day, and who names a year may mean any day of it.
    same = any(start <= day <= end for day, _ in days)
    return _aspect("due", claimed, "; ".join(dict.fromkeys(told)), same=same)


def _said(claimed: str, _claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    start, end = period(claimed)
    days = {one.source.published for one in held.statements if one.source.published}
    days |= {str(day) for one in held.statements for day in one.says.get("uttered", ())}
    same = any(str(start) <= day <= str(end) for day in days)
    return _aspect("said", claimed, "; ".join(sorted(days)), same=same)


def _speaker(claimed: str, _claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    return _aspect("speaker", claimed, held.speakers, same=held.is_theirs)


def _verdict(claimed: str, _claim: Claim, held: HeldPromise, _words: Words) -> Aspect:
    same = claimed == held.verdict
    aspect = _aspect("verdict", claimed, held.verdict, same=same)
    # What nobody knows is not otherwise than somebody says.
    unseen = held.verdict == "undetermined" or (held.verdict == "open" and claimed in _UNSEEN)
    return replace(aspect, agrees="unsaid") if unseen and not same else aspect


_ASPECTS: Final[Mapping[str, Callable[[str, Claim, HeldPromise, Words], Aspect]]] = {
    "what": _what,
    "value": _value,
    "unit": _unit,
    "place": _place,
    "due": _due,
    "said": _said,
    "speaker": _speaker,
    "verdict": _verdict,
}
"""How each aspect is compared: of what is claimed, as text, with all of the claim and the promise."""


def period(day: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    Raises:
        UsageError: it is none of these.

    >>> period("2017"), period("2020-02")[1]
    ((datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)), datetime.date(2020, 2, 29))
    """
    written = _DAY.fullmatch(day)
    year, month, last = (int(part or 0) for part in written.groups()) if written else (0, 0, 0)
    try:
        if last:
            return date(year, month, last), date(year, month, last)
        end = month or 12
        return date(year, month or 1, 1), date(year, end, monthrange(year, end)[1])
    except ValueError:
        raise UsageError(f"{day[:40]!r} is no day; give YYYY, YYYY-MM or YYYY-MM-DD") from None
