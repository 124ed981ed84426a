"""What a language says with times, ready to be looked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kg.drafting.language import table_of
from kg.drafting.tokens import TokenPhrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class CharacterTimes:
    """The words of times of a language that sets no spaces, and writes a year as 2025年."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Make phrases of the section `times.characters` of its file."""
        self.year, self.month, self.day = (_any(table[key]) for key in ("year", "month", "day"))
        self.years = TokenPhrases({word: int(turn) for word, turn in table["years"].items()})
        self.fiscal, self.fiscal_begun = _any(table["fiscal"]), _any(table.get("fiscal_begun", ()))
        self.halves = _meanings({"1": table["early"], "2": table.get("late", [])})
        self.within = _any(table["within"])
        self.parts: TokenPhrases[str] = TokenPhrases(table["parts"])
        self.roles = _meanings(table["roles"])
        self.firsts = self.years.first_words | self.parts.first_words


class TimeWords:
    """The section `times` of a language's file."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """Make phrases of it."""
        self.articles = frozenset(table["articles"])
        self.of = TokenPhrases(dict.fromkeys(table["of"], ""))
        self.capitals: bool = table["capitals"]
        self.capital_nouns: bool = table.get("capital_nouns", False)
        self.stops = frozenset(table["stops"])
        self.had, self.hoped = (frozenset(table.get(key, ())) for key in ("had", "hoped"))
        self.future = frozenset(table["future"])
        self.bound = frozenset(map(tuple, table.get("bound", ())))
        self.months = _numbers(table["months"])
        self.weekdays = _numbers(table["weekdays"])
        self.seasons, self.feasts = (
            _numbers(table.get("seasons", {})),
            _days(table.get("feasts", {})),
        )
        self.south = _any(table.get("south", ()))
        self.days = _numbers(table["days"])
        self.ordinals = _numbers(table["ordinals"])
        self.units = _meanings(table["units"])
        self.plurals = _meanings(table["plurals"])
        self.letters = {word: unit for unit, words in table["letters"].items() for word in words}
        self.fiscal = _any(table["fiscal"]["words"])
        self.years = _any(word for word, unit in _pairs(table["units"]) if unit == "year")
        self.fiscal_end = _any(table["fiscal"]["ending"])
        self.trailing = _any(table["trailing"]["words"])
        self.relative = _numbers(table["relative"])
        self.parts = _meanings(table["parts"])
        self.year_ends = _any(table["year_ends"]["words"])
        alone = {"": table["year_ends"]["alone"], "full": table["year_ends"].get("full", [])}
        self.alone, self.march = _meanings(alone), frozenset(table["fiscal"].get("march", ()))
        self.not_alone = frozenset(table["year_ends"]["not_before"])
        self.reported = frozenset(table["reported"])
        some = table["some"]
        self.some, self.one = _any(some["words"]), frozenset(some["articles"])
        self.ago, self.not_before = frozenset(some["ago"]), frozenset(some["not_before"])
        self.ago_before = frozenset(some.get("ago_before", ()))
        self.some_to = frozenset(some["to"])
        self.roles = _meanings(table["roles"])
        self.joined = frozenset(table["joined"]["any"])
        self.both = frozenset(table["joined"]["between"])
        self.day_suffixes = frozenset(table["day_suffixes"])
        self.adverbs = _any(table["undetermined"]["adverbs"])
        self.undetermined = _any(
            [*table["undetermined"]["adverbs"], *table["undetermined"]["words"]]
        )
        characters = table.get("characters")
        self.characters = CharacterTimes(characters) if characters else None
        tables: list[TokenPhrases[Any]] = [
            self.months,
            self.weekdays,
            self.days,
            self.seasons,
            self.feasts,
            self.ordinals,
            self.plurals,
            self.fiscal,
            self.relative,
            self.trailing,
            self.parts,
            self.year_ends,
            self.alone,
            self.some,
            self.undetermined,
        ]
        self.firsts = frozenset(self.letters) | self.one
        self.firsts |= self.characters.firsts if self.characters else frozenset()
        tables.append(self.units)
        self.firsts = self.firsts.union(*(phrases.first_words for phrases in tables))
        """The words that a time may begin with, beside figures, numbers in words and articles."""
        self.openers = self.firsts | self.articles | self.roles.first_words
        """The words that it may begin with where articles and prepositions belong to it."""


def _any(words: Iterable[str]) -> TokenPhrases[str]:
    return TokenPhrases(dict.fromkeys(words, ""))


def _pairs(table: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((phrase, meaning) for meaning, phrases in table.items() for phrase in phrases)


def _meanings(table: Mapping[str, list[str]]) -> TokenPhrases[str]:
    return TokenPhrases(dict(_pairs(table)))


def _numbers(table: Mapping[str, list[str]]) -> TokenPhrases[int]:
    return TokenPhrases({phrase: int(number) for phrase, number in _pairs(table)})


def _days(table: Mapping[str, list[str]]) -> TokenPhrases[tuple[int, int]]:
    """Return phrases for days of a year, which are written as month and day: "12-24"."""
    days = {name: (int(day[:2]), int(day[3:])) for name, day in _pairs(table)}
    return TokenPhrases(days)


@cache
def time_words_of(code: str) -> TimeWords:
    """Return the words of times of a language, by its code."""
    return TimeWords(table_of(code)["times"])
