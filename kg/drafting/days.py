"""Days as a text says them, told against the day of its publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kg.drafting.language import code_of
from kg.drafting.numerals import read
from kg.drafting.quantities import words_of
from kg.drafting.stretches import Stretch
from kg.drafting.time_words import time_words_of
from kg.drafting.times import Clock, Times

if TYPE_CHECKING:
    from datetime import date

    from kg.drafting.numerals import Numbers
    from kg.drafting.time_words import TimeWords
    from kg.drafting.tokens import Tokens

_STOPS: Final = frozenset({".", "!", "?", ";", "\n", "。", "！", "？"})
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
    code = code_of(language)
    tokens, numbers = read(text, code)
    finder = _Finder(tokens, numbers, code, Clock(published, fiscal_year_ends))
    return [
        Period(
            tokens.starts[first],
            tokens.ends[last - 1],
            found.earliest,
            found.latest,
            found.precision,
            role,
        )
        for first, last, found, role in finder.all()
    ]


def taken_by_times(tokens: Tokens, numbers: Numbers, code: str) -> list[bool]:
    """Return which of the tokens belong to a time, so that no figure among them counts anything."""
    taken = [False] * len(tokens)
    for first, last, _, _ in _Finder(tokens, numbers, code, Clock(None)).all():
        taken[first:last] = [True] * (last - first)
    return taken


class _Finder:
    """Finds times and the prepositions before them."""

    def __init__(self, tokens: Tokens, numbers: Numbers, code: str, clock: Clock) -> None:
        self.tokens, self.words = tokens, time_words_of(code)
        counts = {
            at: (last, int(value))
            for at, (last, value) in numbers.items()
            if value <= _LONGEST and value % 1 == 0
        }
        self.times = Times(tokens, self.words, words_of(code), clock, counts)
        self.future = _future(tokens, self.words)

    def all(self) -> list[tuple[int, int, Stretch, str]]:
        found = []
        at = 0
        while at < len(self.tokens):
            one = self.one(at)
            if one:
                found.append((at, *one))
            at = one[0] if one else at + 1
        return found

    def one(self, at: int) -> tuple[int, Stretch, str] | None:
        """Return the time that begins at a token with its preposition, if any does."""
        preposition = self.words.roles.at(self.tokens, at)
        if preposition is None:
            found = self.times.at(at, ahead=self.future[at], bare=True)
            if found is None:
                return None
            last, whole = self.joined(found, between=False)
            return last, whole, "at" if whole.precision[:1] == ("day",) else "in"
        begin, role = preposition
        found = self.times.at(begin, ahead=self.ahead(at, begin, role))
        if found is None:
            return None
        last, whole = self.joined(found, between=role == "between")
        if role == "between":
            return (last, whole, "in") if last != found[0] else None
        if role == "from" and last != found[0]:
            role = "in"
        return last, *_bounded(whole, role)

    def ahead(self, at: int, begin: int, role: str) -> bool | None:
        """Tell whether a time without a year lies ahead of the publication."""
        if role in {"by", "until", "before"} or self.tokens.word(begin - 1) in self.words.ahead:
            return True
        return False if role == "since" else self.future[at]

    def joined(self, found: tuple[int, Stretch], *, between: bool) -> tuple[int, Stretch]:
        """Return a time with another that it leads to: from 2018 to 2020."""
        last, one = found
        joins = self.words.both if between else self.words.joined
        if self.tokens.word(last) not in joins or not one.precision:
            return found
        other = self.times.at(last + 1, ahead=self.future[last])
        if other is None or one.earliest is None or other[1].latest is None:
            return found
        if other[1].latest <= one.earliest:
            return found
        return other[0], Stretch(one.earliest, other[1].latest, other[1].precision)


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


def _future(tokens: Tokens, words: TimeWords) -> list[bool]:
    """Return for each token whether what stands before it in its sentence tells of what is to come."""
    ahead = False
    found = []
    for word in tokens.words:
        ahead = word in words.future or (ahead and word not in _STOPS)
        found.append(ahead)
    return found
