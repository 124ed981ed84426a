"""A text as the grammar goes through it: sentences with their words, clauses, names, amounts and times."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from kg.drafting.amounts.amounts import find_amounts
from kg.drafting.given import with_given
from kg.drafting.grammar.clauses import split_clauses
from kg.drafting.grammar.datelines import find_datelines
from kg.drafting.grammar.sentences import split_sentences
from kg.drafting.grammar.words import split_words
from kg.drafting.known import KnownThings
from kg.drafting.times.days import find_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.sentences import Sentence
    from kg.drafting.grammar.words import Word
    from kg.drafting.known import Mention
    from kg.drafting.papers.documents import Paper
    from kg.drafting.times.days import Period
    from kg.query import Index

COMPANIES: Final = frozenset({"Company", "JointVenture"})
PLACES: Final = frozenset({"Place", "Country", "Region", "City"})
SPEAKERS: Final = COMPANIES | {"Person", "Organization"}


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with all that was found in it. Clauses count words; all else counts code points of the text."""

    text: str
    sentence: Sentence
    words: Sequence[Word]
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]
    amounts: Sequence[Amount]
    periods: Sequence[Period]

    def span(self, clause: Clause) -> tuple[int, int]:
        """Return the place of a clause in the text."""
        return self.words[clause.first].start, self.words[clause.last - 1].end

    def number(self, place: int) -> int:
        """Return the number of the first word at a place or behind it."""
        return bisect_left(self.words, place, key=lambda word: word.start)

    def is_told(self, place: int) -> bool:
        """Whether a place is part of a known name, a time or a number."""
        found: tuple[Placed, ...] = (*self.mentions, *self.periods, *self.amounts)
        return any(each.start <= place < each.end for each in found)

    def before(self, place: int) -> str:
        """Return the word before a place, "" where the sentence begins."""
        number = self.number(place)
        return self.words[number - 1].folded if number else ""


def read(
    paper: Paper,
    index: Index,
    language: PlanWords,
    given: Sequence[Mention] = (),
    labels: Sequence[tuple[int, int]] = (),
) -> list[Reading]:
    """Return the sentences of a paper with what is found in each.

    `given` are names that a user has told, and `labels` the places of words that only say who speaks.
    """
    mentions = with_given(KnownThings.of(index).find(paper.text).mentions, given)
    amounts = find_amounts(paper.text, paper.language)
    periods = find_periods(paper.text, paper.published, language=paper.language)
    readings = []
    others = [each for each in mentions if each.type not in PLACES]
    behind = dict([*find_datelines(paper.text, others), *labels])
    for whole in split_sentences(paper.text, language.abbreviations):
        sentence = replace(whole, start=min(behind.get(whole.start, whole.start), whole.end))
        words = split_words(paper.text[sentence.start : sentence.end])
        placed = [
            word._replace(start=word.start + sentence.start, end=word.end + sentence.start)
            for word in words
        ]
        if placed:
            times = list(within(periods, sentence.start, sentence.end))
            timed = {
                number
                for number, word in enumerate(placed)
                if any(each.start <= word.start < each.end for each in times)
            }
            readings.append(
                Reading(
                    paper.text,
                    sentence,
                    placed,
                    split_clauses(placed, language, timed),
                    list(within(mentions, sentence.start, sentence.end)),
                    list(within(amounts, sentence.start, sentence.end)),
                    times,
                )
            )
    return readings


def within(placed: Sequence[P], start: int, end: int) -> Iterator[P]:
    """Yield what lies between two places, of what is in the order of the text and does not overlap."""
    for number in range(bisect_left(placed, start, key=lambda each: each.start), len(placed)):
        if placed[number].end > end:
            return
        yield placed[number]
