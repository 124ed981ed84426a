"""What is known of a text while it is gone through: its graph, its language, and what it has told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.drafting.grammar.new_indicators import STOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set as AbstractSet
    from datetime import date

    from kg.drafting.grammar.actors import Actors
    from kg.drafting.grammar.background import Background
    from kg.drafting.grammar.indicators import Indicators
    from kg.drafting.grammar.new_indicators import Trade
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.speakers import Voices
    from kg.drafting.grammar.strange_voices import StrangeVoices
    from kg.drafting.grammar.undertakings import Undertakings
    from kg.drafting.grammar.whereabouts import Whereabouts
    from kg.drafting.grammar.words import Word
    from kg.drafting.times.days import Period


Site: TypeAlias = "tuple[str | None, str | None]"
"""Where an undertaking is: a place that is known, or as the text calls one that is not."""


class Topic(NamedTuple):
    """What a clause spoke of: whose, which sorts of undertaking, and in which words."""

    company: str
    kinds: list[str]
    words: Sequence[Word]


@dataclass(slots=True)
class Memory:
    """What is known of a text.

    `barred` are indicators of fields that the text does not speak of, and `is_own` says that the company itself
    writes it ("our shops"); `answers_for` is the company of whoever answers in an interview and is not known. The rest changes as the text goes
    on: `last` is a company and the undertaking of it that was told of last, `last_before` the same before this sentence, `topic` what a clause spoke of
    last, `told` an undertaking and the status that was reported of it last, `is_planned` whether the last report was of something to come or begun, `counted` what was counted last in each unit, `counts` all that was, `in_sentence` the same of this sentence alone, and
    `kinds` of which sort new undertakings are, `sites` where those of a company and a sort may be, by all that was told of places since,
    `before` are the words of the sentence before, in the same line, `before_counts` what it counted, `unknown` in which units nobody knows what, and `base` the time of what it
    counted last. `report` is the time that the text is a report of, and `ahead` the last one to come that the paragraph has told.
    """

    published: date | None
    language: PlanWords
    background: Background
    indicators: Indicators
    voices: Voices
    strange_voices: StrangeVoices
    actors: Actors
    whereabouts: Whereabouts
    undertakings: Undertakings
    barred: frozenset[str]
    code: str = "en"
    is_own: bool = False
    answers_for: str | None = None
    last: tuple[str, str] | None = None
    last_before: tuple[str, str] | None = None
    topic: Topic | None = None
    counted: dict[str, str] = field(default_factory=dict)
    counts: dict[str, set[str]] = field(default_factory=dict)
    in_sentence: dict[str, str] = field(default_factory=dict)
    is_planned: bool = False
    turn: str | None = None
    told: tuple[str, str] | None = None
    before: Sequence[Word] = ()
    before_counts: dict[str, str] = field(default_factory=dict)
    unknown: AbstractSet[str] = frozenset()
    line: int = -1
    kinds: dict[str, str] = field(default_factory=dict)
    sites: dict[tuple[str, str], set[Site]] = field(default_factory=dict)
    report: Period | None = None
    base: Period | None = None
    ahead: Period | None = None
    trades: dict[str, Trade] = field(default_factory=dict)

    def begin(self, line: int) -> None:
        """Begin with a sentence of a line."""
        self.before_counts = {unit: each for unit, each in self.in_sentence.items() if each}
        self.unknown = self.in_sentence.keys() - self.before_counts.keys()
        self.in_sentence = {}
        self.last_before = self.last
        self.base = None
        if line != self.line:
            self.line, self.before, self.before_counts, self.ahead = line, (), {}, None
            self.unknown = frozenset()

    def place(self, company: str, kinds: Iterable[str], site: Site) -> None:
        """Remember where an undertaking is; another of that company may be there, too."""
        for told in self.sites.values():
            told.add(site)
        for kind in kinds:
            self.sites.setdefault((company, kind), {site})

    def count(self, unit: str, indicator: str) -> None:
        """Remember what was counted."""
        self.counted[unit] = self.in_sentence[unit] = indicator
        self.counts.setdefault(unit, set()).add(indicator)

    def is_flow(self, indicator: str) -> bool:
        """Whether an indicator, of the graph or proposed of this text, counts what comes or goes and not what is there."""
        trade = self.trades.get(indicator)
        return self.indicators.is_flow(indicator) if trade is None else trade.adds != STOCK

    def is_of_time(self, indicator: str) -> bool:
        """Whether an indicator counts what comes in a time alone, and not all that has come since some day."""
        trade = self.trades.get(indicator)
        adds = self.background.aggregations.get(indicator) if trade is None else trade.adds
        return adds == "flow"

    def only(self, unit: str) -> str | None:
        """Return what was counted last in a unit, if the text counted nothing else in it."""
        return self.counted.get(unit) if len(self.counts.get(unit, ())) == 1 else None

    def in_this_sentence(self, company: str) -> str | None:
        """Return the undertaking of a company that the sentence itself has told of last."""
        about = None if self.last is self.last_before else self.last_of(company)
        return None if about == company else about

    def last_of(self, company: str) -> str | None:
        """Return the undertaking that was told of last, if it is one of a company."""
        return self.last[1] if self.last and self.last[0] == company else None
