"""Whether what a proposal says stands in its words: figures, units, and the days of its times.

The numbers and times are those of the whole text: "500 shops" taken out of "1,500 shops" has no number in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.drafting.amounts.amounts import find_amounts
from kg.drafting.amounts.orders import find_orders
from kg.drafting.grammar.plan_words import plan_words
from kg.drafting.grammar.spans import join_spans, listed, touching
from kg.drafting.grammar.words import split_words
from kg.drafting.language import LanguageError
from kg.drafting.times.days import find_periods
from kg.drafting.times.shifted import year_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.words import Word
    from kg.drafting.papers.documents import Paper
    from kg.drafting.proposals import Proposal
    from kg.drafting.times.days import Period

_NOTHING: Final = "0"
_ALL: Final = "100"
FIGURES: Final = ("value", "minimum", "maximum", "baseline")
"""The keys whose numbers have to stand in the words."""

_REACHED: Final = FIGURES[:3]

# The precision that says from which key's words a day is.
DAYS: Final = {
    "baseline_date": None,
    "counts_from": None,
    "due": "due_precision",
    "due_earliest": "due_precision",
    "from": "from_precision",
    "until": "until_precision",
    "uttered": "uttered_precision",
    "when": "when_precision",
    "when_start": "when_precision",
}
"""The keys whose days have to stand in the words, each with the key of its precision."""

_AHEAD: Final = frozenset({"due", "due_earliest"})
_NUMBER: Final = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_MONTHS: Final = range(1, 13)


def read_number(text: str) -> Decimal | None:
    """Return a number as a source keeps it, or None where it is written in any other way.

    >>> read_number("1500000.50"), read_number("1e6"), read_number("1,500"), read_number("1_000")
    (Decimal('1500000.50'), None, None, None)
    """
    return Decimal(text) if text.isascii() and _NUMBER.fullmatch(text) else None


class StandingText:
    """The numbers and times of a paper, with their places."""

    def __init__(self, paper: Paper, units: Mapping[str, str]) -> None:
        """Take the paper, whose numbers and times are found when they are first wanted, and the indicators' units."""
        self._paper, self._units = paper, units
        self._by_end: dict[int, list[Period]] = {}

    @cached_property
    def _plans(self) -> PlanWords | None:
        """The words of plans, which not every language has of which numbers and times can be read."""
        try:
            return plan_words(self._paper.language)
        except LanguageError:
            return None

    @cached_property
    def _amounts(self) -> list[Amount]:
        return find_amounts(self._paper.text, self._paper.language)

    def _within(self, proposal: Proposal) -> list[Amount]:
        """Return the numbers in the words of a proposal, of which the words may have but a part."""
        spans = proposal.spans
        return [
            amount
            for amount in touching(self._amounts, spans)
            if _is_within(amount, proposal) or any(self._in_part(amount, span) for span in spans)
        ]

    def _in_part(self, amount: Amount, span: tuple[int, int]) -> bool:
        """Tell whether words that have a part of an amount have its number: "250 today" of "up from 250".

        "500 shops" of "1,500 shops" say another number, and so do "20" of "20 million".
        """
        start, end = max(amount.start, span[0]), min(amount.end, span[1])
        if start >= end:
            return False
        part = find_amounts(self._paper.text[start:end], self._paper.language)
        whole = {amount.value, amount.minimum, amount.maximum, amount.baseline} - {None}
        return any(one.value in whole for one in part)

    def _periods(self, fiscal_year_ends: int) -> list[Period]:
        if fiscal_year_ends not in self._by_end:
            self._by_end[fiscal_year_ends] = find_periods(
                self._paper.text,
                self._paper.published,
                fiscal_year_ends=fiscal_year_ends,
                language=self._paper.language,
            )
        return self._by_end[fiscal_year_ends]

    def figures_that_stand_nowhere(self, proposal: Proposal) -> list[str]:
        """Return the keys whose number is none that the words of a proposal say in that role."""
        return [
            key
            for key in FIGURES
            if key in proposal.keys
            and not any(self._saying(key, proposal))
            and not (key == "value" and self._is_said_otherwise(proposal))
        ]

    def _is_said_otherwise(self, proposal: Proposal) -> bool:
        """Tell whether words say a value that has no figure of its own in them: a rank, a place in an order, all of it."""
        return self._is_rank(proposal) or self._is_implied(proposal) or self._is_in_order(proposal)

    def _is_in_order(self, proposal: Proposal) -> bool:
        """Tell whether a value is how many there are by the place of the newest: "its 3,000th shop"."""
        text, language = self._paper.text, self._paper.language
        value = str(proposal.keys["value"])
        return any(
            value == str(order.value)
            for start, end in proposal.spans
            for order in find_orders(text, language, start, end)
        )

    def _is_rank(self, proposal: Proposal) -> bool:
        """Tell whether a value is a place that the words name: "the second largest"."""
        if self._plans is None or self._unit(proposal) != "UNITLESS":
            return False
        ranks = self._plans.ranks
        hits = (hit for words in self._words(proposal) for hit in ranks.find(words))
        return any(hit.meaning == proposal.keys["value"] for hit in hits)

    def _is_implied(self, proposal: Proposal) -> bool:
        """Tell whether words without a figure say a value: "carbon neutral" is none emitted, "every plant" is all of them."""
        if self._plans is None or self._within(proposal):
            return False
        words = [word for words in self._words(proposal) for word in words]
        if proposal.keys["value"] == _NOTHING:
            hits = self._plans.neutral.find(words)
            return any(hit.meaning == proposal.keys.get("indicator") for hit in hits)
        is_share = self._unit(proposal) == "PERCENT" and proposal.keys["value"] == _ALL
        return is_share and any(word.folded in self._plans.whole for word in words)

    def _unit(self, proposal: Proposal) -> str | None:
        return self._units.get(str(proposal.keys.get("indicator", "")))

    def _words(self, proposal: Proposal) -> list[list[Word]]:
        return [split_words(self._paper.text[start:end]) for start, end in proposal.spans]

    def units_of(self, proposal: Proposal) -> set[str | None]:
        """Return the units in which the words of a proposal say its numbers; None is a bare count."""
        unit = self._unit(proposal)
        return {
            unit if _is_half(amount, unit) else amount.unit
            for key in FIGURES
            for amount in self._saying(key, proposal)
        }

    def comparators_of(self, proposal: Proposal) -> set[str | None]:
        """Return the comparators with which the words say what is to be reached; None is a bare number.

        What has "passed" a number is more than that, wherever in the words the verb stands.
        """
        said = {
            amount.comparator if _is_reached(amount, key, proposal) else amount.baseline_comparator
            for key in _REACHED
            for amount in self._saying(key, proposal)
        }
        exceeding = self._plans.exceeding if self._plans and None in said else frozenset()
        passed = any(word.folded in exceeding for words in self._words(proposal) for word in words)
        return said | {"more-than"} if passed else said

    def _saying(self, key: str, proposal: Proposal) -> Iterator[Amount]:
        """Yield the numbers in the words of a proposal that are what it has behind a key."""
        number = read_number(str(proposal.keys.get(key, "")))
        if number is None:
            return
        wanted = {number, -number} if number < 0 and self._is_loss(proposal) else {number}
        for amount in self._within(proposal):
            if wanted.intersection(self._numbers(key, amount, proposal)):
                yield amount

    def _is_loss(self, proposal: Proposal) -> bool:
        """Tell whether the words call a number a loss, which is a profit below zero."""
        plans = self._plans
        return plans is not None and any(
            plans.negative.find(words) or plans.falling.find(words)
            for words in self._words(proposal)
        )

    def _numbers(self, key: str, amount: Amount, proposal: Proposal) -> Iterator[Decimal | None]:
        """Yield what an amount says in the role of a key; "double its 250 shops" says 500, too."""
        yield amount.value
        if key != "value":
            yield {
                "minimum": amount.minimum,
                "maximum": amount.maximum,
                "baseline": amount.baseline,
            }[key]
            # A loss of 200 to 250 million is a profit of -250 to -200 million.
            yield {"minimum": amount.maximum, "maximum": amount.minimum}.get(key)
            return
        if proposal.keys["type"] == "Observation":
            # What a plan is counted from is there already, and may be what is observed.
            yield amount.baseline
        if amount.factor is not None:
            base = amount.baseline or read_number(str(proposal.keys.get("baseline", "")))
            yield base and amount.factor * base
            yield amount.factor if self._unit(proposal) == "FRACTION" else None
            # What is halved is cut by 50 per cent.
            yield 100 * amount.factor if _is_half(amount, self._unit(proposal)) else None

    def days_that_stand_nowhere(self, proposal: Proposal) -> list[str]:
        """Return the keys whose day is not the first or last one of a time that the words of a proposal say.

        The day of the publication needs no words where the precision says that it is inferred, but nothing is
        due on it unless the words say "today": a verdict would rest on it at once.
        """
        return [key for key in DAYS if key in proposal.keys and not self._stands(key, proposal)]

    def with_words_of_days(self, proposal: Proposal) -> Proposal:
        """Return a proposal with the words of its days as evidence, where they stand elsewhere in the text.

        The nearest ones before it are taken ("by 2025 ... over the same period"), else those behind it.
        """
        places = []
        for key in self.days_that_stand_nowhere(proposal):
            precision = _values(proposal.keys, DAYS[key])
            said = [
                period
                for periods in self._by_year_end(precision)
                for period in _saying_day(
                    str(proposal.keys[key]), self._with_years_before(key, periods, proposal)
                )
            ]
            start = proposal.spans[0][0]
            places += [(one.start, one.end) for one in said if one.end <= start][-1:] or [
                (one.start, one.end) for one in said
            ][:1]
        return replace(proposal, spans=join_spans(proposal.spans, places)) if places else proposal

    def _stands(self, key: str, proposal: Proposal) -> bool:
        day, precision = str(proposal.keys[key]), _values(proposal.keys, DAYS[key])
        said = [
            period
            for periods in self._by_year_end(precision)
            for period in _saying_day(
                day,
                self._with_years_before(key, touching(periods, proposal.spans), proposal),
            )
            if _is_within(period, proposal)
        ]
        if "inferred" not in precision or day != str(self._paper.published):
            return bool(said)
        # A time that only ends on the day lies behind it.
        return key not in _AHEAD or any(str(one.earliest) == day for one in said)

    def _with_years_before(
        self, key: str, periods: list[Period], proposal: Proposal
    ) -> list[Period]:
        """Return times, with those a year before each where the words tell of one: "a year earlier"."""
        if self._plans is None or not key.startswith("when"):
            return periods
        hits = (self._plans.year_before.find(words) for words in self._words(proposal))
        return [*map(year_before, periods), *periods] if any(hits) else periods

    def _by_year_end(self, precision: set[str]) -> Iterator[list[Period]]:
        """Yield the times of the text, as often as its years may end in another month."""
        # Which month ends a fiscal year is the company's own matter: the text seldom says.
        for end in _MONTHS if "fiscal-year" in precision else (12,):
            yield self._periods(end)


def _is_reached(amount: Amount, key: str, proposal: Proposal) -> bool:
    """Tell whether a figure is what an amount says, and not what it is counted from."""
    return key != "value" or amount.baseline != read_number(str(proposal.keys.get("value", "")))


def _is_half(amount: Amount, unit: str | None) -> bool:
    return unit == "PERCENT" and amount.value is None and amount.factor == Decimal("0.5")


def _saying_day(day: str, periods: Iterable[Period]) -> Iterator[Period]:
    """Yield the times of which a day is the first or last."""
    for period in periods:
        if day in {str(period.earliest), str(period.latest)}:
            yield period


def _is_within(found: Amount | Period, proposal: Proposal) -> bool:
    return any(start <= found.start and found.end <= end for start, end in proposal.spans)


def _values(keys: Mapping[str, str | list[str]], key: str | None) -> set[str]:
    return set(listed(keys.get(key, []))) if key else set()
