"""Times in Chinese and Japanese characters: 2025年3月28日, 今年上半年, 2030年度, and 第三季度."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.drafting.times.months import month_in, month_nearest
from kg.drafting.times.stretches import DECEMBER, Stretch, fiscal_year, part_of, stretch
from kg.drafting.times.year_parts import part_nearest
from kg.drafting.times.years import YEAR

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene, Side
    from kg.drafting.times.time_words import CharacterTimes

_LAST: Final = 31


def time_in_characters(scene: Scene, at: int, side: Side) -> Found | None:
    """Read a time whose units stand behind their numbers, in languages that write so."""
    words = scene.words.characters
    if words is None:
        return None
    year = _fiscal(scene, words, at) or _year(scene, words, at)
    if year is None:
        return _without_year(scene, words, at, side)
    last, whole = year
    if whole.precision[:1] == ("fiscal-year",):
        return year
    return _part(scene, words, last, whole) or _month(scene, words, last, whole, side) or year


def _year(scene: Scene, words: CharacterTimes, at: int) -> Found | None:
    if turn := words.years.at(scene.tokens, at):
        return turn[0], scene.around("year", turn[1])
    shown = scene.tokens.word(at)
    behind = words.year.at(scene.tokens, at + 1) if YEAR.fullmatch(shown) else None
    return (behind[0], stretch(int(shown), 1, "year")) if behind else None


def _fiscal(scene: Scene, words: CharacterTimes, at: int) -> Found | None:
    shown = scene.tokens.word(at)
    if not YEAR.fullmatch(shown):
        return None
    ends = scene.clock.fiscal_year_ends
    if begun := words.fiscal_begun.at(scene.tokens, at + 1):
        known = fiscal_year(int(shown) + 1, ends)
        return begun[0], known if ends != DECEMBER else Stretch(precision=("fiscal-year",))
    named = words.fiscal.at(scene.tokens, at + 1)
    return (named[0], fiscal_year(int(shown), ends)) if named else None


def _part(scene: Scene, words: CharacterTimes, at: int, year: Stretch) -> Found | None:
    """Read the quarter, the half or the end behind a year."""
    if named := words.parts.at(scene.tokens, at):
        unit, _, number = named[1].partition(" ")
        found = part_of(year, int(number), unit)
        return (named[0], found) if found else None
    if half := words.halves.at(scene.tokens, at):
        found = part_of(year, int(half[1]), "half-year")
        return (half[0], found) if found else None
    within = words.within.at(scene.tokens, at)
    return (within[0], year) if within else None


def _without_year(scene: Scene, words: CharacterTimes, at: int, side: Side) -> Found | None:
    if named := words.parts.at(scene.tokens, at):
        unit, _, number = named[1].partition(" ")
        found = part_nearest(scene, int(number), unit, side)
        return (named[0], found) if found else None
    return _month(scene, words, at, None, side)


def _month(
    scene: Scene, words: CharacterTimes, at: int, year: Stretch | None, side: Side
) -> Found | None:
    """Read a month, and the day in it."""
    number = _small(scene, at, DECEMBER)
    behind = words.month.at(scene.tokens, at + 1) if number else None
    if not number or not behind:
        return None
    whole = month_nearest(scene, number, side) if year is None else month_in(number, year)
    day = _small(scene, behind[0], _LAST)
    close = words.day.at(scene.tokens, behind[0] + 1) if day else None
    if not day or not close:
        within = words.within.at(scene.tokens, behind[0])
        return (within[0] if within else behind[0]), whole
    inferred = whole.precision[1:]
    if whole.earliest is None:
        return close[0], Stretch(precision=("day", *inferred))
    try:
        one = date(whole.earliest.year, number, day)
    except ValueError:
        return None
    return close[0], Stretch(one, one, ("day", *inferred))


def _small(scene: Scene, at: int, most: int) -> int | None:
    shown = scene.tokens.word(at)
    small = shown.isdecimal() and len(shown) <= len("31") and 1 <= int(shown) <= most
    return int(shown) if small else None
