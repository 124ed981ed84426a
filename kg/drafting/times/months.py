"""Months and days as a text says them: March 2019, July last year, 28-29 March, yesterday, next Friday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.drafting.times.stretches import DECEMBER, MONTHS, UNITS, Stretch, months_from, stretch
from kg.drafting.times.years import year_behind

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene, Side

_NEAR: Final = 8
"""How many months off a month without a year may be; what is further off may be that of another year."""

_REPORTED: Final = 4
"""How many tokens before a weekday may stand who was told of it: said on Thursday, told reporters on Thursday."""

_WEEK: Final = 7
_LAST: Final = 31


def written_day(scene: Scene, at: int, _: Side) -> Found | None:
    """Read 2017-03-28."""
    tokens = scene.tokens
    if not (tokens.is_hyphen(at + 1) and tokens.is_hyphen(at + 3)):
        return None
    if not all(tokens.glued(at + n) for n in range(1, 5)) or len(tokens.word(at)) != len("2017"):
        return None
    day = _day(tokens.word(at), tokens.word(at + 2), tokens.word(at + 4))
    return (at + 5, Stretch(day, day, ("day",))) if day else None


def day_of_month(scene: Scene, at: int, side: Side) -> Found | None:
    """Read 28 March 2017, 28th of March, March 28, 28-29 March."""
    if days := _days(scene, at):
        month = month_name(scene, scene.past_of(days[0]))
        last = month[0] if month else 0
    else:
        month = month_name(scene, at)
        days = _days(scene, month[0]) if month else None
        last = days[0] if days else 0
    if not days or not month:
        return None
    year = year_behind(scene, last)
    whole = month_in(month[1], year[1]) if year else month_nearest(scene, month[1], side)
    end = year[0] if year else last
    behind = whole.precision[1:]
    if whole.earliest is None:
        return end, Stretch(precision=("day", *behind))
    first, second = (_day(whole.earliest.year, month[1], day) for day in days[1:])
    if first is None or second is None or second < first:
        return None
    return end, Stretch(first, second, ("day", *behind))


def month(scene: Scene, at: int, side: Side) -> Found | None:
    """Read March 2019, March of this year, last July; a month alone is the nearest on its side."""
    turn = scene.words.relative.at(scene.tokens, at)
    if turn and (name := month_name(scene, turn[0])):
        return name[0], _turned(scene, name[1], turn[1])
    name = month_name(scene, at)
    if not name:
        return None
    # The June quarter is the one that ends with June.
    unit = scene.words.units.at(scene.tokens, name[0])
    quarter = unit[0] if unit and unit[1] == "quarter" else None
    year = year_behind(scene, quarter or name[0])
    whole = month_in(name[1], year[1]) if year else month_nearest(scene, name[1], side)
    return year[0] if year else quarter or name[0], _quarter_to(whole) if quarter else whole


def _quarter_to(whole: Stretch) -> Stretch:
    """Return the three months that end with a month."""
    behind = whole.precision[1:]
    if whole.latest is None:
        return Stretch(precision=("quarter", *behind))
    one = stretch(whole.latest.year, whole.latest.month - 2, "quarter")
    return one._replace(precision=(*one.precision, *behind))


def time_to(scene: Scene, at: int, side: Side) -> Found | None:
    """Read the fiscal year ending March 2026, the quarter ended 30 June 2019, the six months to September 2018."""
    words, tokens = scene.words, scene.tokens
    found = _unit_or_months(scene, at)
    ending = words.fiscal_end.at(tokens, found[0]) if found else None
    if not found or not ending:
        return None
    end = day_of_month(scene, ending[0], side) or month(scene, ending[0], side)
    if not end:
        return None
    last, months = end[1].latest, found[1]
    unit = UNITS.get(months, "day")
    behind = ("inferred",) if "inferred" in end[1].precision else ()
    begin = months_from(last.year, last.month - months + 1, months) if last else None
    if begin is None or begin[1] != last:
        return end[0], Stretch(precision=(unit, *behind))
    whole = unit == "fiscal-year" or last.month % months == 0
    return end[0], Stretch(begin[0], last, (unit if whole else "day", *behind))


def _unit_or_months(scene: Scene, at: int) -> tuple[int, int] | None:
    """Read a unit of the calendar, or a number of months: where it ends, and how many months it has."""
    words, tokens = scene.words, scene.tokens
    if fiscal := words.fiscal.at(tokens, at):
        return fiscal[0], DECEMBER
    unit = words.units.at(tokens, at)
    if unit and MONTHS.get(unit[1], 0) in UNITS:
        return unit[0], MONTHS[unit[1]]
    shown = tokens.word(at)
    small = shown.isdecimal() and len(shown) <= len("12")
    number = (at + 1, int(shown)) if small else scene.counts.get(at)
    plural = words.plurals.at(tokens, number[0]) if number else None
    if number and plural and plural[1] == "month" and 1 <= number[1] <= DECEMBER:
        return plural[0], number[1]
    return None


def day_by_name(scene: Scene, at: int, side: Side) -> Found | None:
    """Read today, Monday, next Friday."""
    tokens, words = scene.tokens, scene.words
    if named := words.days.at(tokens, at):
        return named[0], scene.around("day", named[1])
    turn = words.relative.at(tokens, at)
    begin = turn[0] if turn else at
    weekday = words.weekdays.at(tokens, begin) if tokens.is_capital(begin) else None
    if not weekday:
        return None
    if turn and turn[1]:
        side = "ahead" if turn[1] > 0 else "behind"
    elif words.reported & {tokens.word(before) for before in range(at - _REPORTED, at)}:
        side = "behind"
    elif side == "ahead":
        side = "unknown"  # "will pay, it wrote to us on Thursday": most weekdays of news are past
    if scene.clock.published is None or side == "unknown":
        return weekday[0], Stretch(precision=("day", "inferred"))
    off = weekday[1] - scene.clock.published.weekday()
    if turn and turn[1] == 0:
        return weekday[0], scene.around("day", off)  # this Thursday is that of the week
    return weekday[0], scene.around("day", off % _WEEK if side == "ahead" else -(-off % _WEEK))


def month_name(scene: Scene, at: int) -> tuple[int, int] | None:
    """Read the name of a month: where it ends, and its number."""
    if scene.words.capitals and not scene.tokens.is_capital(at):
        return None
    return scene.words.months.at(scene.tokens, at)


def month_in(number: int, year: Stretch) -> Stretch:
    """Return the month of a year, which may be a fiscal one."""
    behind = year.precision[1:]
    if year.earliest is None or year.latest is None:
        return Stretch(precision=("month", *behind))
    in_first = number >= year.earliest.month
    one = stretch(year.earliest.year if in_first else year.latest.year, number, "month")
    return one._replace(precision=(*one.precision, *behind))


def _turned(scene: Scene, number: int, turn: int) -> Stretch:
    """Return last July or next July: the nearest on that side of the month of publication."""
    day = scene.clock.published
    if day is None or (turn > 0 and number > day.month):
        # In March "next May" is said of that of this year, and of that of the next.
        return Stretch(precision=("month", "inferred"))
    year = day.year + (turn > 0) - (turn < 0 and number >= day.month)
    return stretch(year, number, "month").inferred


def month_nearest(scene: Scene, number: int, side: Side, *, near: int = _NEAR) -> Stretch:
    """Return the month that is nearest to the publication on its side, and no more than `near` months off.

    What is as near on the other side is not told: a sentence without "will" may tell of a plan.
    """
    day = scene.clock.published
    if day is None or side == "unknown":
        return Stretch(precision=("month", "inferred"))
    ahead = side == "ahead"
    off = (number - day.month) % DECEMBER if ahead else -((day.month - number) % DECEMBER)
    if abs(off) > near:
        return Stretch(precision=("month", "inferred"))
    return stretch(day.year, day.month + off, "month").inferred


def _days(scene: Scene, at: int) -> tuple[int, int, int] | None:
    """Read the number of a day, or a first and a last one: where they end, and which they are."""
    first = _day_number(scene, at)
    if first is None:
        return None
    to = scene.tokens.word(first[0]) in scene.words.some_to
    if to and (last := _day_number(scene, first[0] + 1)):
        return last[0], first[1], last[1]
    return first[0], first[1], first[1]


def _day_number(scene: Scene, at: int) -> tuple[int, int] | None:
    tokens = scene.tokens
    shown = tokens.word(at)
    if not (shown.isdecimal() and len(shown) <= len("31") and 1 <= int(shown) <= _LAST):
        return None
    suffix = tokens.glued(at + 1) and tokens.word(at + 1) in scene.words.day_suffixes
    return at + 1 + suffix, int(shown)


def _day(year: str | int, number: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(number), int(day))
    except ValueError:
        return None
