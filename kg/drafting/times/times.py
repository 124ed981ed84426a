"""One time of a text, from its first word on, whichever form it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.times.characters import time_in_characters
from kg.drafting.times.durations import counted_units, duration
from kg.drafting.times.months import (
    day_by_name,
    day_of_month,
    month,
    month_name,
    time_to,
    written_day,
)
from kg.drafting.times.seasons import feast, season, season_name
from kg.drafting.times.stretches import Stretch
from kg.drafting.times.year_parts import part, part_name, part_of_year
from kg.drafting.times.years import year_alone, year_fiscal, year_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.drafting.times.scene import Found, Scene, Side


def time_at(scene: Scene, at: int, side: Side) -> Found | None:
    """Return behind which token the time ends that begins at one, and the time, or None."""
    begin = scene.past_article(at)
    found = scene.alone(at) if begin != at else None
    for place in dict.fromkeys((at, begin)):
        if found or not _may_begin(scene, place):
            continue
        found = next((one for read in _READERS if (one := read(scene, place, side))), None)
    return found


def _may_begin(scene: Scene, at: int) -> bool:
    """Tell whether a time may begin with a token, so that little is tried where none does."""
    word = scene.tokens.word(at)
    return word in scene.words.firsts or word[:1].isdecimal() or at in scene.counts


def _undetermined(scene: Scene, at: int, _: Side) -> Found | None:
    """Read what no calendar of ours tells: by Diwali, soon."""
    found = scene.words.undetermined.at(scene.tokens, at)
    if not found:
        return None
    # "by Diwali 2018" is by the end of that year, whichever day it is.
    return year_whole(scene, scene.past_of(found[0])) or (found[0], Stretch())


def _fiscal(scene: Scene, at: int, _: Side) -> Found | None:
    return year_fiscal(scene, at)


def _year(scene: Scene, at: int, _: Side) -> Found | None:
    return year_alone(scene, at)


def _relative(scene: Scene, at: int, _: Side) -> Found | None:
    return scene.relative(at)


_READERS: Final[tuple[Callable[[Scene, int, Side], Found | None], ...]] = (
    season,
    feast,
    _undetermined,
    time_in_characters,
    written_day,
    day_of_month,
    month,
    time_to,
    part_of_year,
    _fiscal,
    part,
    duration,
    _relative,
    _year,
    day_by_name,
)
"""The forms of a time, the surer and longer ones first."""


def needs_preposition(scene: Scene, at: int, found: Found) -> bool:
    """Tell whether words are a time behind a preposition only: May, the future, second half, three years."""
    tokens, words = scene.tokens, scene.words
    begin = scene.past_article(at)
    if words.undetermined.at(tokens, at) or words.undetermined.at(tokens, begin):
        return not words.adverbs.at(tokens, at)
    if words.alone.at(tokens, at):
        return True
    if words.feasts.at(tokens, at):
        return True
    named = part_name(scene, begin)
    ends = {
        name[0]
        for name in (
            month_name(scene, at),
            named if named and named[2] == "half-year" else None,
            counted_units(scene, at),
            counted_units(scene, begin),
            season_name(scene, begin),
        )
        if name
    }
    return found[0] in ends
