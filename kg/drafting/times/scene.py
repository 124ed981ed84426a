"""What the readers of times share: the tokens of a text, the words of its language, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.drafting.times.stretches import DECEMBER, Stretch, unit_around

if TYPE_CHECKING:
    from datetime import date

    from kg.drafting.amounts.amount_words import AmountWords
    from kg.drafting.times.time_words import TimeWords
    from kg.drafting.tokens import TextTokens

_FULL: Final = "full"

Found: TypeAlias = tuple[int, Stretch]
"""Behind which token a time ends, and the time."""

Side: TypeAlias = Literal["ahead", "behind", "unknown"]
"""On which side of the publication a time lies that has no year: "in May" may be either."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What times are told against: the day of publication, and the last month of a fiscal year."""

    published: date | None
    fiscal_year_ends: int = DECEMBER


@dataclass(frozen=True, slots=True)
class Scene:
    """A text in which times are looked for.

    `counts` are where small whole numbers in words begin among the tokens, with where each ends and what it is.
    """

    tokens: TextTokens
    words: TimeWords
    amounts: AmountWords
    clock: Clock
    counts: dict[int, tuple[int, int]]

    def past_article(self, at: int) -> int:
        """Return the token behind an article, if one stands there."""
        return at + 1 if self.tokens.word(at) in self.words.articles else at

    def past_of(self, at: int) -> int:
        """Return the token behind an "of" and an article, if they stand there."""
        found = self.words.of.at(self.tokens, at)
        return self.past_article(found[0] if found else at)

    def around(self, unit: str, turn: int) -> Stretch:
        """Return the year, quarter or day that is `turn` after that of the publication."""
        if self.clock.published is None:
            known = {"decade": "year", "week": "day"}.get(unit, unit)
            return Stretch(precision=(known, "inferred"))
        ends = self.clock.fiscal_year_ends
        return unit_around(self.clock.published, unit, turn, ends).inferred

    def relative(self, at: int) -> Found | None:
        """Read this year, next quarter, last fiscal year."""
        turn = self.words.relative.at(self.tokens, at)
        unit = self.words.units.at(self.tokens, turn[0]) if turn else None
        if not turn or not unit:
            return None
        if unit[1] == "decade" and turn[1]:
            # The last decade is counted back from the publication, and the next one from there or from its end.
            return None if turn[1] < 0 else (unit[0], Stretch())
        if unit[1] == "fiscal-year" and self.clock.fiscal_year_ends == DECEMBER:
            return unit[0], Stretch(precision=(unit[1], "inferred"))  # only the company tells which
        return unit[0], self.around(unit[1], turn[1])

    def alone(self, at: int) -> Found | None:
        """Read "the year" or "the quarter", which are those of the publication."""
        found = self.words.alone.at(self.tokens, at)
        if not found or self.tokens.word(found[0]) in self.words.not_alone:
            return None
        if self.words.fiscal_end.at(self.tokens, found[0]) or self.tokens.is_figure(found[0]):
            return None  # the year ended 31 March 2017, the year 2017
        unit = self.words.units.at(self.tokens, self.past_article(at))
        if found[1] == _FULL and self._has_own_years():
            return found[0], Stretch(precision=("fiscal-year", "inferred"))
        return (found[0], self.around(unit[1], 0)) if unit else None

    def _has_own_years(self) -> bool:
        """Tell whether a text reckons by fiscal years, which end when the company says."""
        tokens, words = self.tokens, self.words
        is_told = any(words.fiscal.at(tokens, at) for at in range(len(tokens)))
        return is_told or not words.march.isdisjoint(tokens.words)
