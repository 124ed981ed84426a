"""Which indicator a number in a text is a value of: what is counted, by the words beside it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg.drafting.grammar.background import Background
from kg.drafting.grammar.phrases import Phrases
from kg.drafting.grammar.plan_words import plan_words
from kg.drafting.grammar.spots import MONEY, distance_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set as AbstractSet

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.spots import Spot
    from kg.drafting.grammar.words import Word
    from kg.query import Index

GRANTS: Final = "subsidies"
INVESTMENT: Final = "investment"
FUNDING: Final = "funding-raised"
REVENUE: Final = "revenue"
PROFIT: Final = "profit"
CUT_JOBS: Final = "employees-cut"
_OF_SITE: Final = frozenset({INVESTMENT, "cost", "jobs-created", "direct-jobs-created"})
_WORKERS: Final = 3
_COUNT: Final = "unit:NUM"
_FARTHEST: Final = 14
_USED: Final = 1.4
_LONG: Final = 1.5
_AGAIN: Final = 2.0
_LATER: Final = 0.1
# Of these units every field has indicators; gigawatt hours are those of one.
_COMMON: Final = frozenset({_COUNT, "unit:PERCENT", "unit:UNITLESS"})
_EACH: Final = frozenset({"a", "per", "every", "pro", "je"})
_STANDING: Final = frozenset({"stock", "ratio", "flow"})

_made: WeakKeyDictionary[Index, dict[str, Indicators]] = WeakKeyDictionary()


class Indicators:
    """The indicators of a graph by the words for them in a language."""

    def __init__(self, background: Background, language: str) -> None:
        """Take the words of the language, and the labels of the indicators."""
        known = plan_words(language)
        listed = ((phrase, name) for phrase, name in known.indicators if name in background.units)
        labels = ((_plain(label), name) for name, label in background.labels.items())
        self._phrases = Phrases(chain(listed, labels))
        self._ranked = known.ranks
        self._negative = known.negative
        self._fields = known.fields
        self._joining = known.joining
        self._totals, self._to = known.totals, known.to
        # "The plant", "Bolt's plant"
        self._definite = known.articles | ({"s"} & known.determiners)
        self._generic, self._modifying = known.generic, known.modifying
        self._ends = known.joining | known.others | known.locating | known.scopes | {","}
        self._instead, self._gained = known.instead, known.gained
        self._background = background
        self._growths = known.growths
        self._comparing = known.comparing
        self._of = known.owners - known.by
        self._rates, self._opened = known.rates, known.opened
        self._workers, self._others = known.worker_endings, known.no_workers

    @classmethod
    def of(cls, index: Index, language: str) -> Indicators:
        """Return those of `index` in a language, read once.

        >>> import kg
        >>> from kg.drafting.grammar.spots import Spot
        >>> from kg.drafting.grammar.words import split_words
        >>> indicators = Indicators.of(kg.build(check=False).index, "en")
        >>> indicators.choose(Spot(split_words("open 20 service centres"), 1, 2, "unit:NUM"), "xiaomi")
        'service-centres'
        """
        made = _made.setdefault(index, {})
        if language not in made:
            made[language] = cls(Background.of(index), language)
        return made[language]

    def choose(
        self,
        spot: Spot,
        company: str | None,
        *,
        last: str | None = None,
        barred: AbstractSet[str] = frozenset(),
    ) -> str | None:
        """Return what a number counts, None where the words do not tell.

        Args:
            spot: the number among the words of its clause.
            company: whose number it is: of two indicators that the words fit, it is the one that was
                used of the company before.
            last: what the text counted last in that unit, for words that fit it as well as others.
            barred: indicators of fields that the text does not speak of, which only those companies have
                that had them before.
        """
        best: tuple[float, str] | None = None
        for hit in self._phrases.find_every(spot.words):
            distance = distance_of(hit, spot)
            if not self._belongs(hit, spot):
                continue
            for order, name in enumerate(hit.meanings):
                if distance <= _FARTHEST and (self._background.units[name] or MONEY) == spot.unit:
                    used = self._is_used(name, company)
                    # A share of a market is one of another market where the text is of another field.
                    is_other = not used or spot.unit == "unit:PERCENT"
                    if name in barred and is_other and spot.unit in _COMMON:
                        continue
                    score = distance - _LONG * (hit.weight - 1) + _LATER * order
                    score -= _USED * used + _AGAIN * (name == last)
                    best = min(best or (score, name), (score, name))
        return best[1] if best else None

    def _belongs(self, hit: Hit[str], spot: Spot) -> bool:
        """Whether words can be those for a number: "300 stations and a factory" counts no factories."""
        overlaps = hit.first < spot.last and hit.last > spot.first
        if overlaps or spot.is_factor or spot.unit == "unit:PERCENT":
            return True
        if hit.first >= spot.last:
            between = spot.words[spot.last : hit.first]
            if self._names_next(hit, spot):
                return False
            stops = self._ends if spot.unit == _COUNT else self._joining | self._comparing
            # "100,000 sets a month" are no phones a month.
            if between and spot.words[hit.first].folded in _EACH and self.names_itself(spot):
                return False
            return not any(word.folded in stops for word in between)
        between = spot.words[hit.last : spot.first]
        if self._is_one(hit, spot):
            return False
        joined = any(word.folded in self._joining for word in between)
        counts_people = any(map(self.counts_people, hit.meanings))
        is_other = self.names_itself(spot) and not (counts_people and self._names_workers(spot))
        return not joined and not is_other

    def _names_next(self, hit: Hit[str], spot: Spot) -> bool:
        """Whether words behind a sum of money are those of the next one: "a profit of 5 million on revenue of 40 million"."""
        last = hit.last - (spot.words[hit.last - 1].folded in self._of)
        behind = [word.folded for word in spot.words[last : last + 2]]
        if spot.unit != MONEY or not behind or behind[0] not in self._of:
            return False
        return len(behind) == 1 or not behind[1].isalpha()

    def _is_one(self, hit: Hit[str], spot: Spot) -> bool:
        """Whether words before a number name one thing, of which there are not so many: "at the plant it will be 1,700"."""
        if spot.unit != _COUNT or spot.words[spot.first - 1].folded in self._to:
            return False  # "its order to 54"
        word = spot.words[hit.last - 1].folded
        has_several = any(self._phrases.begins(many) for many in (f"{word}s", f"{word[:-1]}ies"))
        before = spot.words[hit.first - 1].folded if hit.first else ""
        counts = spot.words[hit.last].folded in self._totals if hit.last < spot.first else False
        return has_several and before in self._definite and not counts

    def _names_workers(self, spot: Spot) -> bool:
        """Whether a number is said to be of people who work: "hire 150 pilots and engineers"."""
        words = spot.words[spot.last : spot.last + _WORKERS]
        return any(
            word.folded.endswith(self._workers) and word.folded not in self._others
            for word in words
        )

    def names_itself(self, spot: Spot) -> bool:
        """Whether a number says itself what it counts: "plant 300 trees" counts no plants."""
        at = spot.last
        while at < len(spot.words) and spot.words[at].folded in self._modifying:
            at += 1
        behind = spot.words[at : at + 1] if spot.unit == _COUNT else ()
        if not behind or not behind[0].folded.isalpha():
            return False
        return behind[0].folded not in self._ends | self._generic

    def barred(self, words: Iterable[Word]) -> frozenset[str]:
        """Return the indicators of fields (phones, coffee, cars) of which a text has no word."""
        said = {word.folded for word in words}
        fields = (names for field, names in self._fields if not field & said)
        return frozenset(name for names in fields for name in names)

    def is_flow(self, indicator: str) -> bool:
        """Whether an indicator counts what comes in some time, and not what is there."""
        return self._background.aggregations.get(indicator) in {"flow", "cumulative"}

    def can_be_negative(self, indicator: str) -> bool:
        """Whether an indicator may be below zero, so that a loss is: "the loss of 200 jobs" is none of them."""
        return indicator == PROFIT or self.is_growth(indicator)

    def is_of_site(self, indicator: str) -> bool:
        """Whether an indicator measures something that is built, and not a whole company."""
        return indicator in _OF_SITE or indicator.endswith("-output")

    def is_cut(self, indicator: str) -> bool:
        """Whether an indicator tells in per cent how much less there is of something."""
        return indicator.endswith("-reduction") and not self.is_flow(indicator)

    def opened(self, indicator: str) -> str | None:
        """Return what counts how many open in a time of what an indicator counts as there, None where nothing does."""
        other = self._opened.get(indicator)
        return other if other in self._background.units else None

    def is_opening(self, indicator: str) -> bool:
        """Whether an indicator counts what opens in a time, so that "two more" are two."""
        return indicator in self._opened.values()

    def rate_of(self, indicator: str | None) -> str | None:
        """Return the indicator that tells in per cent how much another one grows, None where there is none."""
        rate = self._rates.get(indicator or "")
        return rate if rate in self._background.units else None

    def is_growth(self, indicator: str) -> bool:
        """Whether an indicator tells how much something grows, so that a fall is below zero."""
        return indicator.endswith("-growth")

    def counts_people(self, indicator: str | None) -> bool:
        """Whether an indicator counts people who are employed, hired or let go."""
        return indicator in self._gained or self._instead.get(indicator or "") == CUT_JOBS

    def is_negative(self, words: Sequence[Word]) -> bool:
        """Whether words call a number a loss, where their indicator counts gains."""
        return bool(self._negative.find(words))

    def is_stock(self, indicator: str) -> bool:
        """Whether an indicator counts what there is, so that a number it grows from is there now."""
        return self._background.aggregations.get(indicator) in _STANDING

    def is_level(self, indicator: str) -> bool:
        """Whether an indicator counts how many things there are, and not how many come or go."""
        is_count = self._background.units.get(indicator) == _COUNT
        return is_count and self._background.aggregations.get(indicator) == "stock"

    def undone(self, indicator: str) -> str | None:
        """Return what counts that things go of which another indicator counts what there is."""
        other = self._instead.get(indicator)
        return other if other in self._background.units else None

    def is_undone(self, indicator: str) -> bool:
        """Whether an indicator counts things that go."""
        return indicator in self._instead.values()

    def gained(self, indicator: str) -> str:
        """Return what counts what comes, as people who are hired, of which another counts what there is."""
        other = self._gained.get(indicator, indicator)
        return other if other in self._background.units else indicator

    def is_share(self, indicator: str) -> bool:
        """Whether an indicator is a part of a whole, of which "by 5 per cent" tells no level."""
        return indicator in self._background.shares

    def may_be_whole(self, indicator: str) -> bool:
        """Whether an indicator is a part of a whole that may be all of it."""
        return self.is_share(indicator) or indicator.endswith("-share")

    def growth_of(self, indicator: str) -> str | None:
        """Return the indicator that is the growth of another, None where there is none."""
        growth = self._growths.get(indicator)
        return growth if growth in self._background.units else None

    def rank(
        self, words: Sequence[Word], around: Sequence[Word], company: str | None
    ) -> tuple[Hit[str], str] | None:
        """Return the words for a rank ("the second largest") and in what, None where there is none.

        `around` are the words of the sentence, which tell in what where those of the clause do not.
        """
        ranks = self._ranked.find(words)
        if not ranks:
            return None
        hits = self._phrases.find_every([*words[ranks[0].first :], *words, *around])
        names = [
            name
            for hit in hits
            for name in hit.meanings
            # "The largest brand" says in what only of those whose rank is known.
            if self._is_rank(name) and (hit.weight > 1 or self._is_used(name, company))
        ]
        return (ranks[0], names[0]) if names else None

    def _is_rank(self, name: str) -> bool:
        return self._background.units[name] == "unit:UNITLESS"

    def _is_used(self, name: str, company: str | None) -> bool:
        if company is None:
            return False
        owned = self._background.of_company.get(company, ())
        things = chain((company,), (each.name for each in owned))
        return any((thing, name) in self._background.used for thing in things)


def _plain(label: str) -> str:
    """Return a label as a phrase, without the signs that phrases have a meaning for."""
    return " ".join(word.rstrip("?").replace("|", " ") for word in label.split() if word != "...")
