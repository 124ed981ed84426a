"""Days as a text says them, told against the day of its publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.drafting.amounts.amount_words import words_of
from kg.drafting.amounts.numerals import read
from kg.drafting.language import code_of
from kg.drafting.times.durations import time_ago
from kg.drafting.times.scene import Clock, Scene
from kg.drafting.times.sides import STOPS, find_sides
from kg.drafting.times.stretches import DECEMBER, UNITS, Stretch
from kg.drafting.times.time_words import time_words_of
from kg.drafting.times.times import needs_preposition, time_at
from kg.drafting.times.year_parts import names_end

if TYPE_CHECKING:
    from datetime import date

    from kg.drafting.amounts.numerals import Numbers
    from kg.drafting.times.scene import Found, Side
    from kg.drafting.tokens import TextTokens

_FEW: Final = 7
_BESIDE: Final = 8
_MARCH: Final = 3
_LONGEST: Final = 100
"""A number of years or months in words is no larger."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a longer time in a text.

    `start` and `end` are the code points of its words, end-exclusive, the preposition among them.
    `earliest` and `latest` are its first and last day; both are None where the words name a time that
    no calendar of ours fixes ("by Diwali"). `precision` has terms of `kg terms precisions`:
    `inferred` stands behind another where it follows from the day of publication. `role` says how the
    time bounds what is said: `by` (a last day), `in` (within it), `since`, `until`, `from`, `at`.
    """

    start: int
    end: int
    earliest: date | None
    latest: date | None
    precision: tuple[str, ...]
    role: str


def find_periods(
    text: str, published: date | None, *, fiscal_year_ends: int = 12, language: str = "en"
) -> list[Period]:
    """Return the times of a text, in their order; `fiscal_year_ends` is the last month of a fiscal year.

    >>> from datetime import date
    >>> [one] = find_periods("500 centres by the first half of this year", date(2017, 3, 28))
    >>> one.latest, one.precision, one.role, one.start
    (datetime.date(2017, 6, 30), ('half-year', 'inferred'), 'by', 12)
    >>> find_periods("open by Diwali", date(2017, 3, 28))[0].latest is None
    True

    Raises:
        LanguageError: there are no words of that language.
        MissingExtraError: the extra `draft` is not installed.
    """
    return list(_found(text, published, fiscal_year_ends, code_of(language)))


@lru_cache(maxsize=4)  # who proposes asks, and who holds what is proposed against the text
def _found(
    text: str, published: date | None, fiscal_year_ends: int, code: str
) -> tuple[Period, ...]:
    tokens, numbers = read(text, code)
    if fiscal_year_ends == DECEMBER and _counts_in_crore(tokens, code):
        fiscal_year_ends = _MARCH
    finder = _PeriodFinder(tokens, numbers, code, Clock(published, fiscal_year_ends))
    return tuple(
        Period(
            tokens.starts[first],
            tokens.ends[last - 1],
            found.earliest,
            found.latest,
            found.precision,
            role,
        )
        for first, last, found, role in finder.all()
    )


def _counts_in_crore(tokens: TextTokens, code: str) -> bool:
    """Tell whether a text counts as companies do whose fiscal year ends with March by law: in crore."""
    return not time_words_of(code).march.isdisjoint(tokens.words)


def taken_by_times(tokens: TextTokens, numbers: Numbers, code: str) -> list[bool]:
    """Return which of the tokens belong to a time, so that no figure among them counts anything."""
    taken = [False] * len(tokens)
    for first, last, _, _ in _PeriodFinder(tokens, numbers, code, Clock(None)).all():
        taken[first:last] = [True] * (last - first)
    return taken


class _PeriodFinder:
    """Finds times and the prepositions before them."""

    def __init__(self, tokens: TextTokens, numbers: Numbers, code: str, clock: Clock) -> None:
        self.tokens, self.words = tokens, time_words_of(code)
        counts = {
            at: (last, int(value))
            for at, (last, value) in numbers.items()
            if value <= _LONGEST and value % 1 == 0
        }
        self.scene = Scene(tokens, self.words, words_of(code), clock, counts)
        self.sides = find_sides(tokens, self.words)

    def all(self) -> list[tuple[int, int, Stretch, str]]:
        found = []
        at = 0
        while at < len(self.tokens):
            one = self.one(at) if self.may_begin(at) else None
            if one:
                found.append((at, *one))
            at = one[0] if one else at + 1
        return found

    def may_begin(self, at: int) -> bool:
        """Tell whether a time may begin with a token, so that little is tried where none does."""
        word, words = self.tokens.words[at], self.words
        return word in words.openers or word[:1].isdecimal() or at in self.scene.counts

    def one(self, at: int) -> tuple[int, Stretch, str] | None:
        """Return the time that begins at a token with its preposition, if any does."""
        preposition = self.words.roles.at(self.tokens, at)
        if preposition is None:
            return self.bare(at)
        begin, role = preposition
        if self.tokens.word(at) in self.words.ago_before and (past := time_ago(self.scene, begin)):
            return *past, "in"
        found = time_at(self.scene, begin, self.side(at, role))
        if found is None or (role == "at" and self.scene.alone(begin) == found):
            return None  # "down 3 per cent on the year" tells against which one
        joins = self.words.both if role == "between" else self.words.joined
        last, whole = self.joined(begin, found, joins)
        if role == "between":
            return (last, whole, "in") if last != found[0] else None
        if role == "from" and last != found[0]:
            role = "in"
        last, role = self.behind(last, role)
        if role == "before" and names_end(self.scene, begin):
            role = "by"
        return last, *_bounded(whole, role)

    def bare(self, at: int) -> tuple[int, Stretch, str] | None:
        """Return the time that begins at a token without a preposition before it."""
        found = time_at(self.scene, at, self.sides[at])
        if found is None:
            return None
        last, whole = self.joined(at, found, self.words.joined)
        if last == found[0] and needs_preposition(self.scene, at, found):
            return None
        last, role = self.behind(last, "at" if _is_day(whole) else "in")
        return last, whole, role

    def behind(self, last: int, role: str) -> tuple[int, str]:
        """Return where a time ends with a preposition behind it, as some languages have them."""
        characters = self.words.characters
        found = characters.roles.at(self.tokens, last) if characters else None
        return found or (last, role)

    def side(self, at: int, role: str) -> Side:
        """Tell on which side of the publication a time lies that has no year."""
        if role in {"by", "until", "before"}:
            return "behind" if self.sides[at] == "behind" and self.is_had(at) else "ahead"
        return "behind" if role == "since" else self.sides[at]

    def is_had(self, at: int) -> bool:
        """Tell whether a verb close by says what there was before a time: "had hired 200 by December"."""
        near = self.tokens.words[max(0, at - _BESIDE) : at + _BESIDE]
        here = min(at, _BESIDE)
        first = max((n + 1 for n in range(here) if near[n] in STOPS), default=0)
        last = next((n for n in range(here, len(near)) if near[n] in STOPS), len(near))
        near = near[first:last]
        # "It had hoped to hire 200 by December" may tell of any.
        return any(
            word in self.words.had and self.words.hoped.isdisjoint(near[n + 1 : n + 2])
            for n, word in enumerate(near)
        )

    def joined(self, at: int, found: Found, joins: frozenset[str]) -> Found:
        """Return a time with another that it leads to: from 2018 to 2020, January-March 2019."""
        last, one = found
        if self.tokens.word(last) not in joins or not one.precision:
            return found
        other = time_at(self.scene, last + 1, self.sides[last])
        if other is None or other[1].latest is None:
            return found
        is_told = "inferred" not in other[1].precision
        if is_told and one.precision in {("month", "inferred"), ("day", "inferred")}:
            # What has no year of its own has that of the other, or the one before.
            clock = Clock(other[1].latest, self.scene.clock.fiscal_year_ends)
            again = time_at(replace(self.scene, clock=clock), at, "behind")
            one = again[1] if again else one
        if one.earliest is None or other[1].latest <= one.earliest:
            return found
        return other[0], _from_to(one.earliest, other[1])


def _from_to(first: date, other: Stretch) -> Stretch:
    """Return the time from a day to the end of another, with the precision of a quarter or half-year if it is one."""
    last = other.latest
    precision = other.precision
    if last and precision[:1] == ("month",) and first.day == 1 and last.year == first.year:
        months = last.month - first.month + 1
        if months in {3, 6} and last.month % months == 0:
            precision = (UNITS[months], *precision[1:])
    return Stretch(first, last, precision)


def _is_day(whole: Stretch) -> bool:
    """Tell whether a time is a day, or a few."""
    if whole.earliest is None or whole.latest is None:
        return whole.precision[:1] == ("day",)
    return (whole.latest - whole.earliest).days < _FEW


def _bounded(whole: Stretch, role: str) -> tuple[Stretch, str]:
    """Return a time and its role, where "before" and "after" leave the time itself out."""
    if role == "before":
        if whole.earliest is None or whole.earliest.toordinal() == 1:
            return whole, "by"
        day = whole.earliest - timedelta(days=1)
        return Stretch(day, day, ("day", *whole.precision[1:])), "by"
    if role == "after":
        if whole.latest is None or whole.latest.year == whole.latest.max.year:
            return whole, "from"
        day = whole.latest + timedelta(days=1)
        return Stretch(day, day, ("day", *whole.precision[1:])), "from"
    return whole, role
