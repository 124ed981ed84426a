"""Years as a text says them: 2017, 2017-18, FY18, fiscal 2026, next year, and figures that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.drafting.times.stretches import DECEMBER, Stretch, fiscal_year, stretch

if TYPE_CHECKING:
    from kg.drafting.times.scene import Found, Scene

YEAR: Final = re.compile(r"(?:19|20|21)[0-9]{2}")
_SHORT: Final = len("18")
_CENTURY: Final = 100
_APOSTROPHES: Final = frozenset({"'", "’"})


def year_alone(scene: Scene, at: int) -> Found | None:
    """Read a year where a figure may as well count something: since 2014, 2017-18."""
    years = _years(scene, at) if _is_year(scene, at) else None
    return (years[0], _spanned(scene, *years)) if years else None


def year_named(scene: Scene, at: int) -> Found | None:
    """Read a year where one is looked for: 2017, '17, 2017-18; behind a quarter or a month."""
    tokens = scene.tokens
    short = tokens.word(at) in _APOSTROPHES and tokens.glued(at + 1)
    if short and len(tokens.word(at + 1)) != _SHORT:
        return None
    years = _years(scene, at)
    if years is None or (not short and len(tokens.word(at)) == _SHORT):
        return None
    last, _, second = years
    behind = tokens.word(last)
    if tokens.glued(last) and (behind.isalpha() and not _stands_alone(behind)):
        return None
    if second is None and tokens.is_hyphen(last) and tokens.glued(last + 1):
        return None if tokens.is_figure(last + 1) else (last, _spanned(scene, *years))
    return last, _spanned(scene, *years)


def year_fiscal(scene: Scene, at: int) -> Found | None:
    """Read FY18, FY2017-18, fiscal 2026."""
    found = scene.words.fiscal.at(scene.tokens, at)
    years = _years(scene, found[0]) if found else None
    if years is None:
        return None
    last, first, second = years
    ends = scene.clock.fiscal_year_ends
    if second is None:
        return last, fiscal_year(first, ends)
    # A year that lies in two of the calendar's ends in the second, in which month only the company tells.
    split = second == first + 1 and ends != DECEMBER
    return last, fiscal_year(second, ends) if split else Stretch(precision=("fiscal-year",))


def year_whole(scene: Scene, at: int) -> Found | None:
    """Read a year, a fiscal year, or one that is told against the publication."""
    # "the year 2024" is 2024.
    noun = scene.words.years.at(scene.tokens, at)
    found = (
        year_fiscal(scene, at)
        or year_named(scene, at)
        or (year_named(scene, noun[0]) if noun else None)
    )
    if found:
        return found
    found = scene.relative(at) or scene.alone(at)
    return found if found and found[1].precision[0] in {"year", "fiscal-year"} else None


def year_behind(scene: Scene, at: int) -> Found | None:
    """Read the year that follows a month or a quarter, with or without an "of"."""
    if found := year_whole(scene, at):
        return found
    of = scene.words.of.at(scene.tokens, at)
    if not of:
        return None
    return year_whole(scene, of[0]) or year_whole(scene, scene.past_article(of[0]))


def _years(scene: Scene, at: int) -> tuple[int, int, int | None] | None:
    """Read 2017, 18, 2017-18, 2017/18 or 2017-2018: where it ends, and the years."""
    tokens = scene.tokens
    at += tokens.word(at) in _APOSTROPHES or tokens.is_hyphen(at)
    first = _year(tokens.word(at), None)
    if first is None:
        return None
    if tokens.is_hyphen(at + 1) or tokens.word(at + 1) == "/":
        second = _year(tokens.word(at + 2), first)
        glued = tokens.glued(at + 1) and tokens.glued(at + 2)
        if second is not None and second > first and glued:
            return at + 3, first, second
    return at + 1, first, None


def _year(shown: str, before: int | None) -> int | None:
    if YEAR.fullmatch(shown):
        return int(shown)
    if len(shown) != _SHORT or not shown.isdecimal():
        return None
    return int(shown) + (2000 if before is None else before // _CENTURY * _CENTURY)


def _spanned(scene: Scene, last: int, first: int, second: int | None) -> Stretch:
    """Return the time of years: 2017-18 is a fiscal one where the company's has an end of its own."""
    whole = stretch(first, 1, "year")
    if second is None:
        return whole
    ends = scene.clock.fiscal_year_ends
    if second == first + 1 and ends != DECEMBER and len(scene.tokens.word(last - 1)) == _SHORT:
        return fiscal_year(second, ends)
    return whole._replace(latest=stretch(second, 1, "year").latest)


def _is_year(scene: Scene, at: int) -> bool:
    """Tell whether a figure is a year, and counts nothing: more than 2000 shops, $2000."""
    tokens, amounts = scene.tokens, scene.amounts
    if not YEAR.fullmatch(tokens.word(at)) or _is_glued(scene, at):
        return False
    if tokens.is_hyphen(at + 1) and tokens.glued(at + 2) and len(tokens.word(at + 2)) > _SHORT:
        return _year(tokens.word(at + 2), None) is not None  # 2000-2500 shops
    if amounts.currencies.before(tokens, at) or amounts.unknown.before(tokens, at):
        return False
    begin = at + 1 + (tokens.is_hyphen(at + 1) and not tokens.is_figure(at + 2))
    if any(kind.at(tokens, begin) for kind in (amounts.scales, amounts.units, amounts.points)):
        return False
    behind = tokens.word(at + 1)
    named = tokens.is_capital(at + 1) and not scene.words.capital_nouns
    if not behind.isalpha() or behind in scene.words.stops or named:
        return True
    # 2000 and 2100 are round, and more often so many things than a year; 2017 shops are rare.
    is_round = int(tokens.word(at)) % _CENTURY == 0
    return not is_round and not amounts.comparators.before(tokens, at)


def _is_glued(scene: Scene, at: int) -> bool:
    tokens = scene.tokens
    before, behind = tokens.word(at - 1), tokens.word(at + 1)
    front = tokens.glued(at) and (before.isalnum() or before in {"/", ".", "#", "@", "_", ":"})
    # 10:30 is a clock's, and "2021: 430" tells of a year.
    is_clock = behind == ":" and tokens.glued(at + 2)
    back = tokens.glued(at + 1) and (is_clock or behind.isalnum() or behind in {"+", "_", "%"})
    return (front and not _stands_alone(before)) or (back and not _stands_alone(behind))


def _stands_alone(word: str) -> bool:
    """Tell whether a token is a character of Chinese or Japanese, which set no spaces."""
    return "\u3040" <= word[:1] <= "\u9fff"
