"""Parts of a year as a text says them: Q3 FY18, 1H20, the first half of this year, early 2018, the end of March."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.times.durations import counted_units
from kg.drafting.times.months import month, time_to
from kg.drafting.times.seasons import season
from kg.drafting.times.stretches import (
    DECEMBER,
    UNITS,
    Stretch,
    months_from,
    part_of,
    stretch,
    unit_around,
)
from kg.drafting.times.years import year_behind, year_fiscal, year_named

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene, Side

_PARTS: Final = frozenset({"quarter", "half-year"})
_APOSTROPHES: Final = frozenset({"'", "’"})
_FOUR: Final = frozenset("1234")


def part_of_year(scene: Scene, at: int, side: Side) -> Found | None:
    """Read Q3 2019, 1H20, H2 FY18, the third quarter of this year, 2016 Q4."""
    if year := year_named(scene, at) or year_fiscal(scene, at):
        # 2016 Q4, and 2016's fourth quarter.
        behind = (
            scene.tokens.word(year[0]) in _APOSTROPHES and scene.tokens.word(year[0] + 1) == "s"
        )
        named = part_name(scene, year[0] + 2 * behind)
        part = part_of(year[1], named[1], named[2]) if named else None
        return (named[0], part) if named and part else None
    if months := _first_months(scene, at):
        return months
    named = part_name(scene, at)
    if not named:
        return None
    last, number, unit = named
    year = _short_year(scene, last) or year_behind(scene, last) or _year_to(scene, last)
    part = part_of(year[1], number, unit) if year else part_nearest(scene, number, unit, side)
    return (year[0] if year else last, part) if part else None


def _first_months(scene: Scene, at: int) -> Found | None:
    """Read the first nine months of 2019."""
    first = scene.words.ordinals.at(scene.tokens, at)
    number = counted_units(scene, first[0]) if first and first[1] == 1 else None
    year = year_behind(scene, number[0]) if number else None
    if not number or not year or number[2] != "month" or not 1 <= (number[1] or 0) <= DECEMBER:
        return None
    begin, count = year[1].earliest, number[1] or 1
    behind = year[1].precision[1:]
    days = months_from(begin.year, begin.month, count) if begin else None
    if days is None:
        return year[0], Stretch(precision=("day", *behind))
    unit = UNITS.get(count, "day") if days[1].month % count == 0 and count != DECEMBER else "day"
    return year[0], Stretch(*days, (unit, *behind))


def part_name(scene: Scene, at: int) -> tuple[int, int, str] | None:
    """Read which quarter or half is meant, Q3, 3Q or third quarter: where it ends, its number and unit."""
    tokens, letters = scene.tokens, scene.words.letters
    for letter, digit in ((at, at + 1), (at + 1, at)):
        unit = letters.get(tokens.word(letter))
        if unit and tokens.word(digit) in _FOUR and tokens.glued(at + 1):
            return at + 2, int(tokens.word(digit)), unit
    ordinal = scene.words.ordinals.at(tokens, at)
    if not ordinal:
        return None
    begin = ordinal[0] + tokens.is_hyphen(ordinal[0])
    named = scene.words.units.at(tokens, begin)
    return (named[0], ordinal[1], named[1]) if named and named[1] in _PARTS else None


def part(scene: Scene, at: int, side: Side) -> Found | None:
    """Read early 2018, mid-2021, the end of March, year-end, later this year."""
    tokens, words = scene.tokens, scene.words
    if end := words.year_ends.at(tokens, at):
        return year_behind(scene, end[0]) or (end[0], scene.around("year", 0))
    found = words.parts.at(tokens, at)
    if not found:
        return None
    begin = found[0] + tokens.is_hyphen(found[0])
    behind = scene.past_of(begin)
    whole = (
        part_of_year(scene, behind, side)
        or month(scene, behind, side)
        or season(scene, behind, side)
        or year_behind(scene, begin)
        or year_behind(scene, behind)
        or _year_to(scene, begin)
        or scene.relative(behind)
        or scene.alone(begin)
        or scene.alone(behind - 1)
    )
    return (whole[0], _narrowed(whole[1], found[1])) if whole and whole[1].precision else None


def names_end(scene: Scene, at: int) -> bool:
    """Tell whether a time is a last day, before which is by it: "the end of 2025", "year-end", "Christmas"."""
    tokens, words = scene.tokens, scene.words
    if words.feasts.at(tokens, at):
        return True
    for begin in (at, scene.past_article(at)):
        found = words.parts.at(tokens, begin)
        if words.year_ends.at(tokens, begin) or (found and found[1] == "end"):
            return True
    return False


def _narrowed(whole: Stretch, name: str) -> Stretch:
    """Return what a part of a year says of it, never less than its words allow.

    The beginning of a year lies in its first half, and its late part in the second. The middle of 2021
    may be July as well as June, so that only the year is sure.
    """
    if name not in {"early", "middle", "late"} or whole.precision[:1] != ("year",):
        return whole
    if whole.earliest and whole.latest and whole.earliest.year != whole.latest.year:
        return Stretch()  # the middle of the decade
    if name == "middle":
        return whole
    return part_of(whole, 1 if name == "early" else 2, "half-year") or whole


def part_nearest(scene: Scene, number: int, unit: str, side: Side) -> Stretch | None:
    """Return the quarter or half without a year that is nearest to the publication on its side."""
    day = scene.clock.published
    here = unit_around(day, "year", 0, DECEMBER) if day else Stretch(precision=("year",))
    one = part_of(here, number, unit)
    if day is None or one is None or one.earliest is None or one.latest is None:
        return one and one.inferred
    if side == "unknown":
        return Stretch(precision=(unit, "inferred"))
    turn = (side == "ahead" and one.latest < day) - (side == "behind" and one.earliest > day)
    moved = part_of(unit_around(day, "year", turn, DECEMBER), number, unit)
    return moved and moved.inferred


def _short_year(scene: Scene, at: int) -> Found | None:
    """Read the 20 of 1H20."""
    shown = scene.tokens.word(at)
    if len(shown) == len("20") and shown.isdecimal() and scene.tokens.glued(at):
        return at + 1, stretch(2000 + int(shown), 1, "year")
    return None


def _year_to(scene: Scene, at: int) -> Found | None:
    """Read the fiscal year ending March 2026, behind an "of"."""
    return time_to(scene, scene.past_of(at), "unknown")
