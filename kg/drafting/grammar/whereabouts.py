"""Where what a text tells of is, or shall be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import PLACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.background import Background
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading

WORLD: Final = "world"
_NEAR: Final = 3


class Whereabouts:
    """The places of a text; `main` is the one that it is about, None where that is several.

    `named` are all that it names, and the graph knows; None where it names none at all.
    """

    def __init__(
        self,
        language: PlanWords,
        background: Background,
        readings: Sequence[Reading],
        titled: Sequence[str],
    ) -> None:
        """Take the sentences of a text, and the places in its title."""
        self._language, self._background = language, background
        named = [place for reading in readings for _, place in self.places(reading)]
        self.main = _main(named, titled)
        told = {*named, *titled} - {WORLD}
        is_strange = any(self._strange(r, 0, len(r.words)) for r in readings)
        self.named = frozenset(told) if told or is_strange else None

    def places(self, reading: Reading) -> list[tuple[int, str]]:
        """Return the places that a sentence names, each with the number of its word: India, Indian.

        What is only an example ("markets like India") is none, and neither is where somebody is from
        ("the Chinese phone maker").
        """
        examples = self._language.examples
        found = [
            (reading.number(mention.start), mention.thing)
            for mention in reading.mentions
            if mention.type in PLACES and reading.before(mention.start) not in examples
        ]
        for hit in self._language.peoples.find(reading.words):
            place = self._background.places.get(hit.meaning)
            start = reading.words[hit.first].start
            inside = any(mention.start <= start < mention.end for mention in reading.mentions)
            if (
                place
                and reading.text[start].isupper()
                and not inside
                and not self._is_origin(reading, hit.last)
            ):
                found.append((hit.first, place))
        return sorted(found)

    def _is_origin(self, reading: Reading, number: int) -> bool:
        behind = reading.words[number : number + _NEAR]
        return any(word.folded in self._language.groups for word in behind)

    def strange(self, reading: Reading, clause: Clause) -> str | None:
        """Return the first place that a clause names and the graph does not know: "in Ann Arbor"."""
        return self._strange(reading, clause.first, clause.last)

    def _strange(self, reading: Reading, first: int, last: int) -> str | None:
        words = reading.words
        for number in range(first, last - 1):
            if words[number].folded not in self._language.locating:
                continue
            people = self._language.peoples.find(words[number + 1 : number + 3])
            # "In the UK", "in Ann Arbor"
            begin = end = number + 1 + (words[number + 1].folded in self._language.definite)
            while end < last and self._is_strange(reading, end):
                end += 1
            if end > begin and not people:
                return reading.text[words[begin].start : words[end - 1].end]
        return None

    def _is_strange(self, reading: Reading, number: int) -> bool:
        start = reading.words[number].start
        return reading.text[start].isupper() and not reading.is_told(start)

    def place(self, reading: Reading, clause: Clause, number: int) -> str | None:
        """Return where what a clause says at a word is: the place behind it, before it, or that of the text."""
        clause = replace(clause, last=self._until(reading, clause, number))
        found = [each for each in self.places(reading) if each[1] != WORLD]
        inside = [each for each in found if clause.first <= each[0] < clause.last]
        if inside:
            behind = [place for at, place in inside if at >= number]
            return self._innermost(behind or [inside[-1][1]])
        if self._language.worldwide.find(reading.words[clause.first : clause.last]):
            return WORLD
        if self._language.elsewhere.find(reading.words):
            return None
        cues = [each.cue for each in reading.clauses if each.cue is not None]
        # "In India, it opened a shop and plans more": what stands first holds for all of it.
        leading = {place for at, place in found if at < min(cues, default=0)}
        if not found and self._language.worldwide.find(reading.words):
            return WORLD
        return next(iter(leading)) if len(leading) == 1 else self.main

    def _until(self, reading: Reading, clause: Clause, number: int) -> int:
        """Return where a clause goes on with a part of what it counts: "5,000 people, of whom 2,000 work in Ohio"."""
        parts = self._language.of_these.find(reading.words[number : clause.last])
        return number + parts[0].first if parts and parts[0].first else clause.last

    def _innermost(self, places: Sequence[str]) -> str:
        """Return the first of some places, or one in it that stands beside it: "India, in Hyderabad"."""
        inner = places[0]
        for place in places[1:2]:
            if self._background.lies_in(place, inner):
                inner = place
        return inner


def _main(places: Sequence[str], titled: Sequence[str]) -> str | None:
    """Return the place that a text is about: the only one in its title, else one that it names most by far."""
    if len(set(titled)) == 1:
        return titled[0]
    counted = Counter(place for place in places if place != WORLD).most_common(1)
    often = bool(counted) and counted[0][1] > 1 and counted[0][1] * 2 > len(places)
    return counted[0][0] if often else None
