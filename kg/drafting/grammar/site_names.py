"""Names that only tell which site is meant: "the Ann Arbor plant" is that of whom the text speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading


def places_in(readings: Sequence[Reading], language: PlanWords) -> Iterator[str]:
    """Yield the words of names that a text has behind "in" or "near", and countries: where something is."""
    yield from map(fold, language.lands)
    for reading in readings:
        for number, word in enumerate(reading.words[:-1]):
            is_held = number > 0 and reading.words[number - 1].folded in language.holdings
            if word.folded in language.scopes | language.near and not is_held:
                for behind in reading.words[number + 1 :]:
                    if not reading.text[behind.start].isupper():
                        break
                    yield behind.folded


class SiteNames:
    """Tells names of sites from those of who acts in a text."""

    def __init__(self, readings: Sequence[Reading], language: PlanWords) -> None:
        """Take the sentences of the text."""
        self._language = language
        self._elsewhere = self._named_apart(readings)

    def tell(self, reading: Reading, number: int) -> bool:
        """Whether a name only tells which site is meant: "the Ann Arbor plant"."""
        words, last = reading.words, number + 1
        while last < len(words) and reading.text[words[last].start].isupper():
            last += 1
        first = number
        while first and reading.text[words[first - 1].start].isupper():
            first -= 1
        # "The Bolt plant", at the beginning of a sentence, has a capital twice.
        if words[first].folded not in self._language.determiners:
            first -= 1
        is_told = first >= 0 and words[first].folded in self._language.determiners
        if first < 0 and self._heads(reading, last):
            return not self._elsewhere & {word.folded for word in words[:last]}
        if not is_told or not self._language.sites.find(words[last : last + 1]):
            return False
        # A name that stands elsewhere without a site may be that of whoever owns it.
        return words[first].folded in self._language.possessives or not (
            self._elsewhere & {word.folded for word in words[first + 1 : last]}
        )

    def _heads(self, reading: Reading, last: int) -> bool:
        """Whether a site of which the name ends at a word heads a point: "Crag Moor wind farm: ..."."""
        words = reading.words
        ends = [number for number in range(last, len(words)) if words[number].folded == ":"][:1]
        hits = self._language.kinds.find(words[last : ends[0]]) if ends else []
        return any(hit.first == 0 and last + hit.last == ends[0] for hit in hits)

    def _named_apart(self, readings: Sequence[Reading]) -> set[str]:
        """Return the words with capitals behind which no site stands: "Bolt will open", and not "the Bolt plant"."""
        found = set()
        for reading in readings:
            for number, word in enumerate(reading.words):
                behind = reading.words[number + 1 : number + 2]
                is_last = not behind or not reading.text[behind[0].start].isupper()
                is_name = reading.text[word.start].isupper() and is_last
                is_there = reading.before(word.start) in self._language.locating
                is_head = is_name and self._heads(reading, number + 1)
                if is_name and not (is_there or is_head) and not self._language.sites.find(behind):
                    found.add(word.folded)
        return found
