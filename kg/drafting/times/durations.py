"""Times that are so many units long: the next three years, within 18 months, two years ago, the coming months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.times.stretches import Stretch, after

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene, Side

_MOST: Final = 100
"""How many years or months somebody plans ahead; what is more is told of no calendar."""

_SHARES: Final = frozenset({"quarter", "half-year"})


def duration(scene: Scene, at: int, side: Side) -> Found | None:
    """Read the next three years, the last 18 months, three years, two years ago."""
    tokens, words = scene.tokens, scene.words
    trailing = words.trailing.at(tokens, at)
    turn = (trailing[0], -1) if trailing else words.relative.at(tokens, at)
    number = counted_units(scene, turn[0] if turn else at)
    if number is None and trailing:
        unit_behind = words.units.at(tokens, trailing[0])
        number = (unit_behind[0], 1, unit_behind[1]) if unit_behind else None
    if number is None or (turn and turn[1] == 0):
        return None
    last, count, unit = number
    if tokens.word(last) in words.ago and not turn:
        return last + 1, _ago(scene, count, unit)
    if tokens.word(last) in words.not_before:
        return None
    # "in five years" may tell of the past as well: only what is to come is told from the publication on.
    way = turn[1] if turn else int(side == "ahead")
    if way == 0 or count is None or count > _MOST or scene.clock.published is None:
        return last, Stretch()
    whole = after(scene.clock.published, count, unit) if way > 0 else _past(scene, count, unit)
    return last, whole.inferred


def time_ago(scene: Scene, at: int) -> Found | None:
    """Read two years, where the word before it says that they are past."""
    number = counted_units(scene, at)
    return (number[0], _ago(scene, number[1], number[2])) if number else None


def counted_units(scene: Scene, at: int) -> tuple[int, int | None, str] | None:
    """Read a number of units, None where it is not told: three years, 12-18 months, a few years, years."""
    tokens, words = scene.tokens, scene.words
    if number := _number(scene, at):
        if tokens.word(number[0]) in words.some_to:
            # Of two numbers the later day is never earlier than what is said.
            number = _number(scene, number[0] + 1) or number
        return _units(scene, number[0], number[1])
    if some := words.some.at(tokens, at):
        return _units(scene, some[0], None)
    if tokens.word(at) in words.one:
        one = words.units.at(tokens, at + 1)
        # A quarter and a half are shares more often.
        return (one[0], 1, one[1]) if one and one[1] not in _SHARES else None
    plural = words.plurals.at(tokens, at)
    turned = words.relative.before(tokens, at) or words.trailing.before(tokens, at)
    return (plural[0], None, plural[1]) if plural and turned else None


def _units(scene: Scene, at: int, count: int | None) -> tuple[int, int | None, str] | None:
    tokens, words = scene.tokens, scene.words
    begin = at + tokens.is_hyphen(at)
    unit = words.plurals.at(tokens, begin) or words.units.at(tokens, begin)
    return (unit[0], count, unit[1]) if unit else None


def _number(scene: Scene, at: int) -> tuple[int, int] | None:
    shown = scene.tokens.word(at)
    if shown.isdecimal() and len(shown) <= len("100"):
        return at + 1, int(shown)
    return scene.counts.get(at)


def _past(scene: Scene, count: int, unit: str) -> Stretch:
    """Return the time of so many units that ends on the day of publication."""
    day = scene.clock.published
    begin = after(day, -count, unit).latest if day else None
    return Stretch(begin and day and min(begin, day), day, ("day",))


def _ago(scene: Scene, count: int | None, unit: str) -> Stretch:
    if count is None or count > _MOST:
        return Stretch(precision=("inferred",))
    return scene.around(unit, -count)
