"""Seasons, and feasts whose day the calendar tells: spring 2025, this summer, next autumn, before Christmas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kg.drafting.times.months import month_in, month_nearest
from kg.drafting.times.stretches import Stretch, months_from
from kg.drafting.times.years import year_behind

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene, Side

_SEASON: Final = 3
"""How many months a season has; it is known by the last of them."""


def season(scene: Scene, at: int, side: Side) -> Found | None:
    """Read spring 2025, the summer of next year, this autumn, or a season alone: the nearest on its side.

    South of the equator spring ends when autumn does in the north, so that where a text names a place there, no
    season is told.
    """
    word = scene.tokens.word(at)
    if word not in scene.words.seasons and word not in scene.words.relative:
        return None
    turn = scene.words.relative.at(scene.tokens, at)
    name = season_name(scene, turn[0] if turn else at)
    if name is None:
        return None
    last, number = name
    year = None if turn else year_behind(scene, last)
    end = year[0] if year else last
    if _is_south(scene):
        return end, Stretch(precision=("month", "inferred"))
    if year:
        month = month_in(number, year[1])
    elif turn:
        month = _turned(scene, number, turn[1])
    else:
        month = month_nearest(scene, number, side)
    return end, _season_to(month)


def season_name(scene: Scene, at: int) -> tuple[int, int] | None:
    """Read the name of a season that names no sort of thing: where it ends, and the number of its last month."""
    found = scene.words.seasons.at(scene.tokens, at)
    behind = scene.tokens.word(found[0]) if found else ""
    is_noun = behind.isalpha() and behind not in scene.words.stops
    return None if is_noun else found


def feast(scene: Scene, at: int, side: Side) -> Found | None:
    """Read Christmas, by which the day before it is meant, and Christmas 2025."""
    found = scene.words.feasts.at(scene.tokens, at)
    if found is None:
        return None
    last, (number, day) = found
    year = year_behind(scene, last)
    month = month_in(number, year[1]) if year else month_nearest(scene, number, side, near=12)
    end = year[0] if year else last
    if month.latest is None:
        return end, Stretch(precision=("day", "inferred"))
    one = date(month.latest.year, number, day)
    return end, Stretch(one, one, ("day", "inferred"))


def _turned(scene: Scene, number: int, turn: int) -> Stretch:
    """Return the last month of this summer, the last one or the next one."""
    day = scene.clock.published
    if day is None or (turn > 0 and day.month <= number - _SEASON):
        # In January "next spring" is said of that of this year, and of that of the next.
        return Stretch(precision=("month", "inferred"))
    before = turn < 0 and day.month <= number
    return month_in(number, scene.around("year", (turn > 0) - before))


def _season_to(month: Stretch) -> Stretch:
    """Return the season that ends with a month, which is as much as the words tell of it."""
    days = month.latest and months_from(month.latest.year, month.latest.month - 2, _SEASON)
    first, last = days or (None, None)
    return Stretch(first, last, ("month", "inferred"))


def _is_south(scene: Scene) -> bool:
    tokens, south = scene.tokens, scene.words.south
    return any(south.at(tokens, at) for at in range(len(tokens)))
