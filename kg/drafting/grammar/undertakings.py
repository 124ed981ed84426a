"""Which undertaking of a company a statement is about: a known one, by what a graph has, else a new one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.drafting.grammar.label_words import content_words, label_words
from kg.drafting.grammar.whereabouts import WORLD
from kg.drafting.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

    from kg.drafting.grammar.background import Background
    from kg.drafting.grammar.words import Word

Things: TypeAlias = "tuple[Mapping[str, str | list[str]], ...]"
"""Things that a graph does not know yet, as a source describes them."""

ENDING: Final = "end"
"""What the end of an undertaking is called."""

_SURE: Final = 2
_SAME_PLACE: Final = 100
_OTHER_PLACE: Final = -100
_NONE: Final[Counter[str]] = Counter()
_THERE: Final = frozenset(
    {"employment", "manufacturing", "offline-retail", "logistics", "research"}
)
"""The kinds of what is at a place, and is counted there."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of which it is asked what it is a value of.

    `words` are those of its sentence, `kinds` the sorts of undertaking that its clause speaks of, `named` the
    places of the text, None where it names none. What is `observed` may be a value of the company itself.
    `last` is the undertaking that the text told of last, and `strange` is a place that it tells of and the graph
    does not know, so that it is of nothing that is known.
    """

    company: str
    indicator: str
    place: str | None
    words: Sequence[Word]
    observed: bool
    last: str | None
    strange: str | None
    kinds: Sequence[str] = ()
    named: AbstractSet[str] | None = None


class Undertakings:
    """What a graph has of the undertakings of companies."""

    def __init__(self, background: Background) -> None:
        """Take what the graph has."""
        self._background = background
        self._place_words = {word for label in background.places for word in label_words(label)}

    def measured(self, number: Number) -> tuple[str, Things]:
        """Return what a number is a value of, and how that is described if it is new."""
        company = number.company
        known = self._measured(number)
        if known and (not number.strange or known == company):
            return known, ()
        there = None if number.strange or number.observed else self.located(company, number.place)
        if there:
            return there, ()
        kind = self._kind_of(number.indicator, number.kinds) or next(iter(number.kinds), None)
        # "It has 1,450 people in Krakow": that is no number of the whole company.
        if kind is None or (number.observed and not (number.strange and kind in _THERE)):
            return company, ()
        return self.new(company, kind, number.place, strange=number.strange)

    def _measured(self, number: Number) -> str | None:
        """Return what an indicator was measured of before, of those things of a company.

        Where no place is told, an undertaking counts only if the words have a word of its label, or if it is
        the last that the text told of: a number of a company is no number of each of its plans, and least
        of one that is at a place of its own, unless only that one has such numbers.
        """
        said, company = content_words(number.words), number.company
        used = self._background.used
        is_only = sum((each, number.indicator) in used for each in self._owned(company)) == 1
        ranked = []
        for thing in (*self._owned(company), company):
            counts = used.get((thing, number.indicator), _NONE)
            fit = self._fit(counts, number.place)
            known = self._background.undertakings.get(thing)
            alike = len(said & label_words(known.label)) if known else 0
            alike = alike if number.place or is_only or self._is_anywhere(thing) else 0
            near, is_last = fit >= _SAME_PLACE, thing == number.last
            if number.place is None and self._is_away(thing, number.named):
                continue
            if number.place == WORLD and thing != company and not self._is_anywhere(thing):
                continue  # what is so everywhere is none of what is at a place of its own
            if counts and fit > _OTHER_PLACE and (near or alike or is_last or thing == company):
                own = number.observed and thing == company
                ranked.append((near, own, is_last, alike, fit, sum(counts.values()), thing))
        best = max(ranked, default=None)
        return best[-1] if best else None

    def reported(
        self,
        company: str,
        kinds: Sequence[str],
        place: str | None,
        words: Sequence[Word],
        named: AbstractSet[str] | None,
    ) -> str | None:
        """Return the undertaking of a company that words tell of: of that kind, and alike in a word at least.

        `named` are the places of the text, None where it names none.
        """
        said = content_words(words)
        fitting = [
            each for each in self._background.of_company.get(company, ()) if each.kinds & set(kinds)
        ]
        ranked = []
        for each in fitting:
            if place is None and (label_words(each.label) & self._place_words) - said:
                continue  # what a label says is in Delhi is not meant where no Delhi is named
            alike = len(said & label_words(each.label))
            is_sure = alike >= _SURE or len(fitting) == 1 or self._is_anywhere(each.name)
            if place is None and (not is_sure or self._is_away(each.name, named)):
                continue
            counts = self._background.reported.get(each.name, _NONE)
            elsewhere = -1 if place and place not in each.name else 0
            fit = self._fit(counts, place) if counts else elsewhere
            if alike and fit > _OTHER_PLACE:
                ranked.append((alike, fit, sum(counts.values()), each.name))
        best = max(ranked, default=None)
        return best[-1] if best else None

    def alike(self, company: str, place: str | None, words: Sequence[Word]) -> str | None:
        """Return the only undertaking of a company, of any kind, with a word of its label among some words.

        Words that several labels have, or that name the company or a place, tell of none of them. Words of
        planning itself are not to be given.
        """
        all_labels = [
            (each, label_words(each.label)) for each in self._background.of_company.get(company, ())
        ]
        often = Counter(word for _, label in all_labels for word in label)
        said = {word for word in content_words(words) if often[word] == 1}
        said -= self._names_of(company)
        found = [each.name for each, label in all_labels if said & label]
        if len(found) != 1:
            return None
        there = self.place_of(found[0])
        return found[0] if there in {None, WORLD, place} else None

    def named_in(self, company: str, place: str | None, words: Sequence[Word]) -> str | None:
        """Return the only undertaking of a company of whose label some words have two, whatever else they mean."""
        said = content_words(words) - self._names_of(company)
        known = self._background.of_company.get(company, ())
        found = [each.name for each in known if len(said & label_words(each.label)) >= _SURE]
        if len(found) != 1:
            return None
        return found[0] if self.place_of(found[0]) in {None, WORLD, place} else None

    def _names_of(self, company: str) -> set[str]:
        """Return the words of the names of a company and of all places."""
        return self._place_words | label_words(company.replace("-", " "))

    def located(self, company: str, place: str | None) -> str | None:
        """Return the undertaking of which nearly all is told that is told of a company at a place."""
        if place is None:
            return None
        counted: Counter[str] = Counter()
        for thing in self._owned(company):
            counted[thing] = sum(counts[place] for counts in self._counts_of(thing))
        best = next(iter(counted.most_common(1)), None)
        sure = best is not None and best[1] > 0 and best[1] * 3 >= sum(counted.values()) * 2
        return best[0] if best and sure else None

    def place_of(self, thing: str) -> str | None:
        """Return where all that is known of an undertaking holds, None where that is at several places."""
        places = {place for counts in self._counts_of(thing) for place in counts if place}
        is_one = len(places) == 1 and thing in self._background.undertakings
        return next(iter(places)) if is_one else None

    def _is_away(self, thing: str, named: AbstractSet[str] | None) -> bool:
        """Whether an undertaking is at a place of which a text does not speak, though it speaks of others."""
        there = self.place_of(thing)
        if named is None or there in {None, WORLD}:
            return False
        lies_in = self._background.lies_in
        return not any(
            place == there or lies_in(place, str(there)) or lies_in(str(there), place)
            for place in named
        )

    def _is_anywhere(self, thing: str) -> bool:
        """Whether an undertaking is at no place of its own: what names no place may tell of it."""
        return self.place_of(thing) in {None, WORLD}

    def new(
        self,
        company: str,
        kind: str,
        place: str | None,
        *,
        strange: str | None = None,
        called: str = "",
    ) -> tuple[str, Things]:
        """Return the name of a new undertaking, or of the end of one, and how a source describes it.

        `strange` is where it is, if that is a place that the graph does not know, and `called` what it is called
        where its words do not tell of what kind it is; `ENDING` is the end of one.
        """
        there = slug_of(strange) if strange else place if place and place != WORLD else None
        labels = self._background.places.items()
        where = strange or next((label for label, name in labels if there and name == there), None)
        ends = called == ENDING
        noun = kind if ends or not called else slug_of(called)
        parts = [company, *([there] if there else []), noun, *(["end"] if ends else [])]
        name = "-".join(parts)
        if name in self._background.undertakings:
            return name, ()
        label = (kind.replace("-", " ") if noun == kind else called) + (
            f" in {where}" if where else ""
        )
        label = f"end of {label}" if ends else label
        described = {
            "id": name,
            "type": "Initiative",
            "label": label,
            "company": company,
            "kind": kind,
        }
        return name, (described,)

    def end_of(self, company: str, thing: str, kind: str | None) -> tuple[str, Things] | None:
        """Return the end of an undertaking that a text has told of, None for what is no undertaking of which the kind is known."""
        known = self._background.undertakings.get(thing)
        kind = kind or next(iter(sorted(known.kinds)), None) if known else kind
        if kind is None or thing.endswith(f"-{ENDING}"):
            return (thing, ()) if thing.endswith(f"-{ENDING}") else None
        label = f"end of {known.label if known else kind.replace('-', ' ')}"
        name = f"{thing}-{ENDING}"
        return name, (
            {"id": name, "type": "Initiative", "label": label, "company": company, "kind": kind},
        )

    def _kind_of(self, indicator: str, said: Sequence[str]) -> str | None:
        """Return the kind of most undertakings that an indicator was used of, if it can be one that is spoken of."""
        kinds: Counter[str] = Counter()
        for (thing, used), counts in self._background.used.items():
            known = self._background.undertakings.get(thing)
            if used == indicator and known:
                kinds.update({kind: sum(counts.values()) for kind in sorted(known.kinds)})
        spoken = Counter({kind: count for kind, count in kinds.items() if kind in said})
        best = (spoken or kinds).most_common(1)
        return best[0][0] if best else None

    def _owned(self, company: str) -> Iterable[str]:
        return (each.name for each in self._background.of_company.get(company, ()))

    def _counts_of(self, thing: str) -> Iterable[Counter[str]]:
        """Yield how often each place is told of an undertaking, by what is told."""
        yield self._background.reported.get(thing, _NONE)
        for indicator in self._background.indicators_of.get(thing, ()):
            yield self._background.used[thing, indicator]

    def _fit(self, counts: Counter[str], place: str | None) -> int:
        """Return how well a place fits those that are known: the same, one near it, or another."""
        if place is None or not any(counts):
            return 0
        if place in counts:
            return _SAME_PLACE + counts[place]
        lies_in = self._background.lies_in
        others = [other for other in counts if other and other != WORLD]
        near = any(lies_in(place, other) or lies_in(other, place) for other in others)
        return 1 if near else _OTHER_PLACE
