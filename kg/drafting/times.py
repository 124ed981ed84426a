"""One time of a text, from its first word on: a day, a month, Q3 FY18, the first half of this year, the next three years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.drafting.stretches import (
    Stretch,
    after,
    fiscal_year,
    months_from,
    part_of,
    stretch,
    unit_around,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.drafting.quantities import Words
    from kg.drafting.time_words import TimeWords
    from kg.drafting.tokens import Tokens

_YEAR: Final = re.compile(r"(?:19|20|21)[0-9]{2}")
_CENTURY: Final = 100
_DECEMBER: Final = 12
_NEAR: Final = 8  # months
_MOST: Final = 100  # years or months that somebody plans ahead

Found = tuple[int, Stretch]
"""Behind which token a time ends, and the time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What times are told against: the day of publication, and the last month of a fiscal year."""

    published: date | None
    fiscal_year_ends: int = _DECEMBER


class Times:
    """Reads the time that begins at a token of a text."""

    def __init__(
        self,
        tokens: Tokens,
        words: TimeWords,
        amounts: Words,
        clock: Clock,
        numbers: dict[int, tuple[int, int]],
    ) -> None:
        """Read times among `tokens`; `numbers` are where numbers in words begin and end, and what they are."""
        self.tokens, self.words, self.amounts, self.clock = tokens, words, amounts, clock
        self.numbers = numbers

    def at(self, at: int, *, ahead: bool | None, bare: bool = False) -> Found | None:
        """Return the time that begins at a token, or None.

        `ahead` tells whether what has no year lies ahead of the publication, or behind it; None where nobody can tell.
        A time is `bare` where no preposition stands before it: then "May" and "future" are none.
        """
        found = self.any_at(at, ahead)
        return None if found and bare and self.needs_more(at, found) else found

    def needs_more(self, at: int, found: Found) -> bool:
        """Tell whether words are a time behind a preposition only: May, future, second half, three years."""
        tokens, words = self.tokens, self.words
        begin = self.past_article(at)
        if words.undetermined.at(tokens, at) or words.undetermined.at(tokens, begin):
            return not words.adverbs.at(tokens, at)
        name = self.month_name(at)
        if name and name[0] == found[0]:
            return True
        named = self.part_name(begin)
        if named and named[0] == found[0] and named[2] == "half-year":
            return True
        if any(count and count[0] == found[0] for count in (self.count(at), self.count(begin))):
            return True
        return bool(words.alone.at(tokens, at))

    def any_at(self, at: int, ahead: bool | None) -> Found | None:
        begin = self.past_article(at)
        if alone := self.words.alone.at(self.tokens, at):
            return None if begin == at else self.alone(begin, alone[0])
        readers: tuple[Callable[[int, bool | None], Found | None], ...] = (
            self.undetermined,
            self.written_day,
            self.day_of_month,
            self.month,
            self.fiscal,
            self.part_of_year,
            self.part,
            self.span_of_units,
            self.relative,
            self.year,
            self.day_by_name,
        )
        for place in dict.fromkeys((at, begin)):
            if not self.may_begin(place):
                continue
            for read in readers:
                if found := read(place, ahead):
                    return found
        return None

    def may_begin(self, at: int) -> bool:
        """Tell whether a time may begin with a token, so that little is tried where none does."""
        word = self.tokens.word(at)
        return (
            word in self.words.firsts
            or word[:1].isdecimal()
            or word in {"'", "’"}
            or at in self.numbers
        )

    def past_article(self, at: int) -> int:
        return at + 1 if self.tokens.word(at) in self.words.articles else at

    def past_of(self, at: int) -> int:
        found = self.words.of.at(self.tokens, at)
        return self.past_article(found[0] if found else at)

    def undetermined(self, at: int, _: bool | None) -> Found | None:
        found = self.words.undetermined.at(self.tokens, at)
        if not found:
            return None
        year = self.whole_year(self.past_of(found[0]))
        return (year[0], year[1]) if year else (found[0], Stretch())

    def written_day(self, at: int, _: bool | None) -> Found | None:
        """Read 2017-03-28."""
        tokens = self.tokens
        parts = [tokens.word(at + n) for n in range(5)]
        if not (tokens.is_hyphen(at + 1) and tokens.is_hyphen(at + 3)) or len(parts[0]) != len(
            "2017"
        ):
            return None
        if not all(tokens.glued(at + n) for n in range(1, 5)):
            return None
        day = _day(parts[0], parts[2], parts[4])
        return (at + 5, Stretch(day, day, ("day",))) if day else None

    def day_of_month(self, at: int, ahead: bool | None) -> Found | None:
        """Read 28 March 2017, 28th of March, March 28, 28-29 March."""
        days = self.days(at)
        if days:
            month = self.month_name(self.past_of(days[0]))
            last, number = month or (0, 0)
        else:
            month = self.month_name(at)
            days = self.days(month[0]) if month else None
            last, number = (days[0], month[1]) if days and month else (0, 0)
        if not (days and number):
            return None
        year = self.year_behind(last)
        first = year[1].earliest if year else None
        end = year[0] if year else last
        if year and first is None:
            return end, Stretch(precision=("day", "inferred"))
        if first is None:
            whole = self.nearest(number, ahead)
            if whole.earliest is None:
                return end, Stretch(precision=("day", "inferred"))
            first = whole.earliest
        begin, close = (_day(first.year, number, day) for day in days[1])
        if begin is None or close is None or close < begin:
            return None
        behind = ("inferred",) if not year or "inferred" in year[1].precision else ()
        return end, Stretch(begin, close, ("day", *behind))

    def days(self, at: int) -> tuple[int, tuple[int, int]] | None:
        """Read the number of a day, or a first and a last one."""
        first = self.day_number(at)
        if first is None:
            return None
        if self.tokens.is_hyphen(first[0]) and (last := self.day_number(first[0] + 1)):
            return last[0], (first[1], last[1])
        return first[0], (first[1], first[1])

    def day_number(self, at: int) -> tuple[int, int] | None:
        shown = self.tokens.word(at)
        if not (shown.isdecimal() and len(shown) <= len("31") and 1 <= int(shown) <= 31):
            return None
        behind = self.tokens.word(at + 1)
        suffix = behind in self.words.day_suffixes and self.tokens.glued(at + 1)
        return at + 1 + suffix, int(shown)

    def month_name(self, at: int) -> tuple[int, int] | None:
        if self.words.capitals and not self.tokens.is_capital(at):
            return None
        return self.words.months.at(self.tokens, at)

    def month(self, at: int, ahead: bool | None) -> Found | None:
        """Read March 2019, March of this year, last July; a month alone is the nearest."""
        turn = self.words.relative.at(self.tokens, at)
        if turn and (month := self.month_name(turn[0])):
            return month[0], self.turned(month[1], turn[1])
        month = self.month_name(at)
        if not month:
            return None
        if year := self.year_behind(month[0]):
            return year[0], self.month_in(month[1], year[1])
        return month[0], self.nearest(month[1], ahead)

    def month_in(self, month: int, year: Stretch) -> Stretch:
        behind = year.precision[1:]
        if year.earliest is None or year.latest is None:
            return Stretch(precision=("month", *behind))
        in_first = month >= year.earliest.month
        one = stretch(year.earliest.year if in_first else year.latest.year, month, "month")
        return one._replace(precision=("month", *behind))

    def turned(self, month: int, turn: int) -> Stretch:
        """Return last July or next July: the nearest on that side of the month of publication."""
        day = self.clock.published
        if day is None:
            return Stretch(precision=("month", "inferred"))
        if turn > 0 and month > day.month:
            # In March "next May" is said of that of this year, and of that of the next.
            return Stretch(precision=("month", "inferred"))
        year = day.year + (turn > 0) - (turn < 0 and month >= day.month)
        return stretch(year, month, "month").inferred

    def nearest(self, month: int, ahead: bool | None) -> Stretch:
        """Return the month with a number that is nearest to the publication on the side where it lies.

        What is as near on the other side is not told: a sentence without "will" may tell of a plan.
        """
        day = self.clock.published
        if day is None or ahead is None:
            return Stretch(precision=("month", "inferred"))
        off = (month - day.month) % _DECEMBER if ahead else -((day.month - month) % _DECEMBER)
        if abs(off) > _NEAR:
            return Stretch(precision=("month", "inferred"))
        return stretch(day.year, day.month + off, "month").inferred

    def year_behind(self, at: int) -> Found | None:
        """Read the year that follows a month or a quarter, with or without an "of"."""
        found = self.whole_year(at)
        if found:
            return found
        of = self.words.of.at(self.tokens, at)
        return self.whole_year(self.past_article(of[0])) if of else None

    def whole_year(self, at: int) -> Found | None:
        """Read a year, a fiscal year, or one told against the publication."""
        found = self.fiscal(at, None) or self.bare_year(at) or self.relative(at, None)
        if found and found[1].precision[:1] in {("year",), ("fiscal-year",)}:
            return found
        if alone := self.words.alone.at(self.tokens, at - 1):
            found = self.alone(at, alone[0])
            return found if found and found[1].precision[0] in {"year", "fiscal-year"} else None
        return None

    def bare_year(self, at: int) -> Found | None:
        """Read 2017, or '17, where a year is looked for."""
        tokens = self.tokens
        if tokens.word(at) in {"'", "’"} and tokens.glued(at + 1) and len(tokens.word(at + 1)) == 2:
            at += 1
            shown = f"20{tokens.word(at)}" if tokens.word(at).isdecimal() else ""
        else:
            shown = tokens.word(at)
        if not _YEAR.fullmatch(shown) or (
            tokens.glued(at + 1) and tokens.word(at + 1)[0].isalpha()
        ):
            return None
        years = self.years(at)
        if years and years[2] is not None:
            return years[0], self.spanned(years)
        if tokens.is_hyphen(at + 1) and tokens.glued(at + 2) and tokens.is_figure(at + 2):
            return None  # 2017-03-28
        return at + 1, stretch(int(shown), 1, "year")

    def spanned(self, years: tuple[int, int, int | None]) -> Stretch:
        """Return the time of two years: 2017-18 is a fiscal year where the company's has an end of its own."""
        last, first, second = years
        if second is None:
            return stretch(first, 1, "year")
        ends = self.clock.fiscal_year_ends
        if (
            second == first + 1
            and ends != _DECEMBER
            and len(self.tokens.word(last - 1)) == len("18")
        ):
            return fiscal_year(second, ends)
        return Stretch(
            stretch(first, 1, "year").earliest, stretch(second, 1, "year").latest, ("year",)
        )

    def fiscal(self, at: int, _: bool | None) -> Found | None:
        """Read FY18, FY2017-18, fiscal 2026, the financial year ending March 2026."""
        found = self.words.fiscal.at(self.tokens, at)
        if not found:
            return None
        begin = found[0]
        if ending := self.words.fiscal_end.at(self.tokens, begin):
            return self.fiscal_ending(ending[0])
        years = self.years(begin)
        if years is None:
            return None
        last, first, second = years
        ends = self.clock.fiscal_year_ends
        if second is None:
            return last, fiscal_year(first, ends)
        # A year that lies in two calendar years ends in the second, in which month only the company tells.
        split = second == first + 1 and ends != _DECEMBER
        return last, fiscal_year(second, ends) if split else Stretch(precision=("fiscal-year",))

    def fiscal_ending(self, at: int) -> Found | None:
        found = self.day_of_month(at, None) or self.month(at, None)
        if not found:
            return None
        last = found[1].latest
        if last is None or "inferred" in found[1].precision:
            return found[0], Stretch(precision=("fiscal-year",))
        begin = months_from(last.year - 1, last.month + 1, 1)
        return found[0], Stretch(begin and begin[0], last, ("fiscal-year",))

    def years(self, at: int) -> tuple[int, int, int | None] | None:
        """Read 2017, 18, 2017-18, 2017/18 or 2017-2018, and return the years."""
        tokens = self.tokens
        at += tokens.word(at) in {"'", "’", "-"}
        first = _year(tokens.word(at), None)
        if first is None:
            return None
        if tokens.is_hyphen(at + 1) or tokens.word(at + 1) == "/":
            second = _year(tokens.word(at + 2), first)
            if (
                second is not None
                and second > first
                and tokens.glued(at + 1)
                and tokens.glued(at + 2)
            ):
                return at + 3, first, second
        return at + 1, first, None

    def part_of_year(self, at: int, ahead: bool | None) -> Found | None:
        """Read Q3 2019, 1H20, H2 FY18, the third quarter of this year, 2016 Q4."""
        if year := self.bare_year(at) or self.fiscal(at, None):
            named = self.part_name(year[0])
            part = named and part_of(year[1], named[1], named[2])
            return (named[0], part) if named and part else None
        named = self.part_name(at)
        if not named:
            return None
        last, number, unit = named
        year = self.short_year(last) or self.year_behind(last)
        if not year and self.clock.published and ahead is not None:
            # No year: that of the publication, or the next to it on the side where the time lies.
            here = unit_around(self.clock.published, "year", 0, _DECEMBER)
            part = part_of(here, number, unit)
            day = self.clock.published
            if part and part.earliest and part.latest:
                turn = (ahead and part.latest < day) - (not ahead and part.earliest > day)
                part = part_of(unit_around(day, "year", turn, _DECEMBER), number, unit)
            return (last, part.inferred) if part else None
        whole = year[1] if year else Stretch(precision=("year", "inferred"))
        part = part_of(whole, number, unit)
        return (year[0] if year else last, part) if part else None

    def short_year(self, at: int) -> Found | None:
        """Read the 20 of 1H20."""
        tokens = self.tokens
        if len(tokens.word(at)) == 2 and tokens.word(at).isdecimal() and tokens.glued(at):
            return at + 1, stretch(2000 + int(tokens.word(at)), 1, "year")
        return None

    def part_name(self, at: int) -> tuple[int, int, str] | None:
        """Read which quarter or half is meant: Q3, 3Q, third quarter."""
        tokens, letters = self.tokens, self.words.letters
        for letter, digit in ((at, at + 1), (at + 1, at)):
            unit = letters.get(tokens.word(letter))
            number = tokens.word(digit)
            if unit and number in {"1", "2", "3", "4"} and tokens.glued(at + 1):
                return at + 2, int(number), unit
        number_word = self.words.ordinals.at(tokens, at)
        if not number_word:
            return None
        begin = number_word[0] + tokens.is_hyphen(number_word[0])
        unit_word = self.words.units.at(tokens, begin)
        if unit_word and unit_word[1] in {"quarter", "half-year"}:
            return unit_word[0], number_word[1], unit_word[1]
        return None

    def part(self, at: int, ahead: bool | None) -> Found | None:
        """Read early 2018, mid-2021, end of March, year-end, later this year."""
        tokens = self.tokens
        if end := self.words.year_ends.at(tokens, at):
            year = self.year_behind(end[0])
            return year or (end[0], self.around("year", 0))
        found = self.words.parts.at(tokens, at)
        if not found:
            return None
        begin = found[0] + tokens.is_hyphen(found[0])
        whole = (
            self.part_of_year(self.past_of(begin), ahead)
            or self.month(self.past_of(begin), ahead)
            or self.year_behind(begin)
            or self.relative(self.past_of(begin), ahead)
            or self.alone_behind(begin)
        )
        if not whole or not whole[1].precision:
            return None
        return whole[0], _part(whole[1], found[1])

    def alone_behind(self, at: int) -> Found | None:
        for place in (at, self.past_of(at) - 1):
            if found := self.words.alone.at(self.tokens, place):
                return self.alone(self.past_article(place), found[0])
        return None

    def alone(self, at: int, last: int) -> Found | None:
        """Read the year, the quarter: those of the publication."""
        unit = self.words.units.at(self.tokens, at)
        return (last, self.around(unit[1], 0)) if unit else None

    def around(self, unit: str, turn: int) -> Stretch:
        known = "year" if unit == "decade" else "day" if unit in {"week", "day"} else unit
        if self.clock.published is None:
            return Stretch(precision=(known, "inferred"))
        ends = self.clock.fiscal_year_ends
        return unit_around(self.clock.published, unit, turn, ends).inferred

    def relative(self, at: int, _: bool | None) -> Found | None:
        """Read this year, next quarter, last fiscal year."""
        turn = self.words.relative.at(self.tokens, at)
        if not turn:
            return None
        unit = self.words.units.at(self.tokens, turn[0])
        return (unit[0], self.around(unit[1], turn[1])) if unit else None

    def span_of_units(self, at: int, ahead: bool | None) -> Found | None:
        """Read the next three years, the last 18 months, three years, two years ago."""
        tokens = self.tokens
        turn = self.words.relative.at(tokens, at)
        begin = turn[0] if turn else at
        number = self.count(begin)
        if number is None:
            return None
        last, count, unit = number
        back = tokens.word(last) in self.words.ago
        if tokens.word(last) in self.words.not_before and not back:
            return None
        if back and not turn:
            return last + 1, self.ago(count, unit)
        if turn and turn[1] == 0:
            return None
        # "in five years" may tell of the past as well: only what is to come is told from the publication on.
        way = turn[1] > 0 if turn else ahead or None
        if count is None or way is None or self.clock.published is None or count > _MOST:
            return last, Stretch()
        whole = after(self.clock.published, count, unit) if way else self.past(count, unit)
        return last, whole.inferred

    def past(self, count: int, unit: str) -> Stretch:
        day = self.clock.published
        if day is None:
            return Stretch()
        first = after(day, -count, unit)
        begin = first.latest
        return Stretch(begin and min(begin, day), day, ("day",))

    def ago(self, count: int | None, unit: str) -> Stretch:
        if count is None or self.clock.published is None or count > _MOST:
            return Stretch(precision=("inferred",))
        return self.around(unit, -count)

    def count(self, at: int) -> tuple[int, int | None, str] | None:
        """Read a number of units, None where it is not told: three years, 12-18 months, few years."""
        tokens = self.tokens
        number = self.whole_number(at)
        if number and (tokens.word(number[0]) in self.words.some_to):
            upper = self.whole_number(number[0] + 1)
            # Of two numbers the later day is never earlier than what is said.
            number = upper or number
        some = self.words.some.at(tokens, at)
        last = number[0] if number else some[0] if some else at
        last += tokens.is_hyphen(last)
        if number or some:
            unit = self.words.plurals.at(tokens, last) or self.words.units.at(tokens, last)
            return (unit[0], number[1] if number else None, unit[1]) if unit else None
        unit = self.words.units.at(tokens, at + 1) if tokens.word(at) in self.words.one else None
        if unit and unit[1] not in {"quarter", "half-year"}:
            return unit[0], 1, unit[1]  # a quarter is a share more often
        plural = self.words.plurals.at(tokens, at)
        return (
            (plural[0], None, plural[1])
            if plural and at and self.words.relative.before(tokens, at)
            else None
        )

    def whole_number(self, at: int) -> tuple[int, int] | None:
        shown = self.tokens.word(at)
        if shown.isdecimal() and len(shown) <= len("999"):
            return at + 1, int(shown)
        return self.numbers.get(at)

    def year(self, at: int, _: bool | None) -> Found | None:
        """Read a year that stands alone, or two of them: 2017, 2017-18."""
        if not self.is_year(at):
            return None
        years = self.years(at)
        if years is None:
            return None
        return years[0], self.spanned(years)

    def is_year(self, at: int) -> bool:
        """Tell whether a figure is a year, and counts nothing: more than 2000 shops, $2000."""
        tokens, amounts = self.tokens, self.amounts
        if not _YEAR.fullmatch(tokens.word(at)) or self.is_glued(at):
            return False
        if amounts.currencies.before(tokens, at) or amounts.unknown.before(tokens, at):
            return False
        begin = at + 1 + (tokens.is_hyphen(at + 1) and not tokens.is_figure(at + 2))
        if (
            amounts.scales.at(tokens, begin)
            or amounts.units.at(tokens, begin)
            or amounts.points.at(tokens, begin)
        ):
            return False
        behind = tokens.word(at + 1)
        counts = (
            behind.isalpha() and not tokens.is_capital(at + 1) and behind not in self.words.stops
        )
        if not counts:
            return True
        # 2000 and 2100 are round, and more often so many things than a year; 2017 shops are rare.
        is_round = int(tokens.word(at)) % _CENTURY == 0
        return not is_round and not amounts.comparators.before(tokens, at)

    def is_glued(self, at: int) -> bool:
        tokens = self.tokens
        before, behind = tokens.word(at - 1), tokens.word(at + 1)
        if tokens.glued(at) and (before.isalnum() or before in {"/", ".", "#", "@", "_", ":"}):
            return True
        return tokens.glued(at + 1) and (behind.isalnum() or behind in {"+", ":", "_", "%"})

    def day_by_name(self, at: int, ahead: bool | None) -> Found | None:
        """Read today, Monday, next Friday."""
        tokens = self.tokens
        if named := self.words.days.at(tokens, at):
            return named[0], self.around("day", named[1])
        turn = self.words.relative.at(tokens, at)
        begin = turn[0] if turn else at
        weekday = self.words.weekdays.at(tokens, begin) if tokens.is_capital(begin) else None
        if not weekday:
            return None
        way = turn[1] >= 0 if turn and turn[1] else ahead
        if self.clock.published is None or way is None:
            return weekday[0], Stretch(precision=("day", "inferred"))
        off = weekday[1] - self.clock.published.weekday()
        steps = off % 7 if way else -(-off % 7)
        return weekday[0], self.around("day", steps)


def _part(whole: Stretch, part: str) -> Stretch:
    """Return what a part of a time says of it, never less than its words allow.

    The beginning of a year lies in its first half, and its late part in the second. The middle of 2021
    may be July as well as June, so that only the year is sure.
    """
    if part in {"early", "late"} and whole.precision[:1] == ("year",):
        found = part_of(whole, 1 if part == "early" else 2, "half-year")
        return found or whole
    return whole


def _year(shown: str, before: int | None) -> int | None:
    if _YEAR.fullmatch(shown):
        return int(shown)
    if len(shown) != len("18") or not shown.isdecimal():
        return None
    return int(shown) + (2000 if before is None else before // _CENTURY * _CENTURY)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
