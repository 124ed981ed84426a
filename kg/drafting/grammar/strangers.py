"""Who acts in a text and is nobody that the graph knows: another company, a government, a union, an analyst.

Whose plan it is must be told by the words. Where somebody else stands before the verb, it is not that of
the company that the text is about, and a plan that is left out is better than one of the wrong company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.reading import PLACES
from kg.drafting.grammar.site_names import SiteNames, places_in
from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.words import Word

_SHORTEST: Final = 2
_NEAR: Final = 4
_BEHIND: Final = 6
_LONG: Final = 6


class Stranger(NamedTuple):
    """Somebody unknown: the words of the name or noun, `last` excluded.

    `is_person` says that it is a person of some company, `is_place` that a country or city acts.
    """

    first: int
    last: int
    is_person: bool = False
    is_place: bool = False


class Strangers:
    """Finds who is unknown among the words of a text."""

    def __init__(self, readings: Sequence[Reading], language: PlanWords) -> None:
        """Take the sentences of a text, which tell its names from words that have a capital by their place."""
        self._language = language
        self._small = {
            word.folded
            for reading in readings
            for word in reading.words
            if reading.text[word.start].islower()
        }
        self._sites = SiteNames(readings, language)
        self._there = frozenset(places_in(readings, language))
        self._aside = (
            language.others | language.locating | language.scopes | language.to
        ) - language.owners
        self._surnames = {
            reading.words[run[1] - 1].folded
            for reading in readings
            for run in self._runs(reading, 0, len(reading.words))
            if self._is_called(reading, *run)
        }

    def find(
        self, reading: Reading, first: int, last: int, *, owning: bool = False
    ) -> list[Stranger]:
        """Return who is unknown among some words and may act there: not whom something is only at or with.

        With `owning`, whose something is counts even so: "production at Bolt's plant will start".
        """
        found = [
            Stranger(*run, self._is_person(reading, *run))
            for run in self._runs(reading, first, last)
            if not (self._happens(reading, *run) or self._is_thing(reading, run[1]))
            if (owning and owns(reading.words, run[1])) or not self._is_aside(reading, run[0])
        ]
        found += self._acting_places(reading, first, last)
        for number in range(first, last):
            word = reading.words[number]
            behind = reading.words[number + 1].folded if number + 1 < len(reading.words) else ""
            is_greeted = number > 0 and reading.words[number - 1].folded in self._language.greetings
            is_foreign = word.folded in self._language.foreign and behind != "-" and not is_greeted
            known = reading.is_told(word.start) or self._is_aside(reading, number)
            if is_foreign and not known:
                found.append(Stranger(number, number + 1))
        return sorted(found)

    def _acting_places(self, reading: Reading, first: int, last: int) -> Iterator[Stranger]:
        """Yield the place right before the end of some words, where a verb stands: "India plans"."""
        while last > first and reading.words[last - 1].folded in self._language.adverbs:
            last -= 1
        for mention in reading.mentions:
            begin, end = reading.number(mention.start), reading.number(mention.end)
            if mention.type in PLACES and first <= begin and end == last:
                leads = begin == first or reading.words[begin - 1].folded == ","
                leads = leads and not self._happens(reading, begin, end)
                if leads and not self._is_aside(reading, begin):
                    yield Stranger(begin, end, is_place=True)

    def _happens(self, reading: Reading, first: int, last: int) -> bool:
        """Whether a place is told of at which something happens, and not who acts: "Mumbai is next", and not "Berlin plans"."""
        words = reading.words[first:last]
        known = any(
            each.type in PLACES and each.start <= words[0].start < each.end
            for each in reading.mentions
        )
        is_place = known or all(word.folded in self._there for word in words)
        behind = reading.words[last : last + _NEAR]
        return is_place and any(hit.first == 0 for hit in self._language.happening.find(behind))

    def _is_thing(self, reading: Reading, last: int) -> bool:
        """Whether it is told behind a name that it is a site or a part of a plan, which does nothing: "Metro Park, the first phase,"."""
        words, language = reading.words, self._language
        behind = words[last : last + _BEHIND]
        if (
            len(behind) < _NEAR
            or behind[0].folded != ","
            or behind[1].folded not in language.articles
        ):
            return False
        ends = [number for number, word in enumerate(behind) if number and word.folded == ","]
        inside = behind[2 : ends[0]] if ends else []
        noun = inside[-1].folded if inside else ""
        is_site = bool(language.sites.find(inside[-1:]))
        return is_site or noun in language.same - language.pronouns

    def ends_at(self, reading: Reading, last: int) -> bool:
        """Whether the name of somebody unknown ends before a word, who is no person of a company."""
        runs = self._runs(reading, max(0, last - _NEAR), last)
        return any(
            run[1] == last
            and not self._is_person(reading, *run)
            # "A site near Bolt, where": a place.
            and reading.before(reading.words[run[0]].start) not in self._language.locating
            for run in runs
        )

    def find_behind(self, reading: Reading, first: int, last: int) -> bool:
        """Whether somebody unknown does what is told in the passive: "to be built by Bolt"."""
        return any(
            reading.words[run[0] - 1].folded in self._language.by
            for run in self._runs(reading, first, last)
            if run[0] > first
        )

    def _runs(self, reading: Reading, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the names that nothing known has, each as its words."""
        if self._language.capital_nouns:
            return  # any noun would be one
        at = first
        while at < last:
            end = at
            while end < last and self._is_name(reading, end, begins=end == at):
                end += 1
            # "Sir" of "Sir James Dyson", or "Motor" of "Ford Motor", is part of a name that is known.
            behind = reading.words[end].start if end < len(reading.words) else -1
            first = reading.words[at].start
            is_part = any(
                (e.start == behind and e.type == "Person") or first - 1 <= e.end <= first
                for e in reading.mentions
            )
            if end > at and not is_part:
                yield at, end
            at = max(end, at + 1)

    def _is_name(self, reading: Reading, number: int, *, begins: bool) -> bool:
        """Whether a word is one of a name by its capital; `begins` says that it is the first word of it."""
        word = reading.words[number]
        long = len(word.folded) >= _SHORTEST
        if not long or not reading.text[word.start].isupper() or reading.is_told(word.start):
            return False
        if self._language.peoples.find(reading.words[number : number + 2]):
            return False
        if begins and self._language.company_words.find(reading.words[number : number + 1]):
            return False  # "the Board", "the Group"
        if self._sites.tell(reading, number):
            return False
        before = reading.words[number - 1].folded if number else ""
        # The first word of a sentence has a capital anyway.
        is_first = begins and not (before and (before[-1].isalnum() or before in {",", ")", "'"}))
        plain = word.folded in self._language.vocabulary or word.folded in self._small
        plain = plain or (begins and any(map(word.folded.endswith, self._language.noun_endings)))
        # "Consolidated net profit": what tells more of a noun is no name.
        nouns = self._language.kinds.find(reading.words[number + 1 : number + 4])
        plain = plain or any(hit.first == 0 for hit in nouns)
        plain = plain or (begins and self._is_told_of(reading, number + 1))
        plain = plain or (begins and self._is_noun(reading, number))
        return not (is_first and (plain or word.folded in self._language.plain))

    def _is_noun(self, reading: Reading, number: int) -> bool:
        """Whether a preposition and an article follow a word, so that it is a thing and no name: "Tooling for a new van"."""
        behind = [word.folded for word in reading.words[number + 1 : number + 3]]
        language = self._language
        return (
            len(behind) > 1
            and behind[0] in language.others - language.locating
            and behind[1] in language.articles | language.possessives
        )

    def _is_told_of(self, reading: Reading, number: int) -> bool:
        """Whether a word is a noun of which the one before tells more, as a name does not: "Preparatory work", "Tool installation"."""
        if number >= len(reading.words) or any(clause.cue == number for clause in reading.clauses):
            return False
        word = reading.words[number].folded
        is_noun = word in self._language.same - self._language.pronouns
        return is_noun or (len(word) > _LONG and word.endswith(self._language.noun_endings))

    def _is_listed(self, reading: Reading, number: int) -> bool:
        """Whether a name is one of several behind a preposition and before a comma: "in Berlin, Hamburg and Cologne, it"."""
        words, text, joins = reading.words, reading.text, self._language.joining | {","}
        end = number
        while end < len(words) and (words[end].folded in joins or text[words[end].start].isupper()):
            end += 1
        at = number - 1
        while at > 0 and (words[at].folded in joins or text[words[at].start].isupper()):
            at -= 1
        inside = [word.folded for word in words[at + 1 : end]]
        is_list = any(word in self._language.joining for word in inside) and inside[-1] == ","
        # "Near Delhi, Bolt and Nut, two rivals, will": these act.
        behind = words[end : end + 1]
        follows = self._language.finite | self._language.pronouns
        goes_on = bool(behind) and behind[0].folded in follows
        is_there = words[at].folded in self._language.locating
        return at < number - 1 and is_list and goes_on and is_there

    def _is_aside(self, reading: Reading, number: int) -> bool:
        """Whether a name stands behind a preposition, so that it is none of who acts; "the maker of Bolt" may be known."""
        if self._is_listed(reading, number):
            return True
        words, at = reading.words, number - 1
        if at > 0 and words[at].folded in self._language.joining:
            at -= 1  # "the maker of Bolt and Nut", "Delhi and Bolt"
            while at > 0 and reading.text[words[at].start].isupper():
                at -= 1
            if any(
                each.type in PLACES and each.end == words[number - 2].end
                for each in reading.mentions
            ):
                return True
        if at > 0 and words[at].folded in self._language.owners:
            # "The maker of Bolt" and "the acquisition of Bolt" may be somebody else's.
            return words[at - 1].folded in self._language.groups | self._language.dealings
        while at > 0 and words[at].folded in self._language.determiners | {"new"} - {"of", "s"}:
            at -= 1
        return at >= 0 and words[at].folded in self._aside - self._language.foreign

    def _is_person(self, reading: Reading, first: int, last: int) -> bool:
        return self._is_called(reading, first, last) or (
            reading.words[last - 1].folded in self._surnames
        )

    def _is_called(self, reading: Reading, first: int, last: int) -> bool:
        """Whether a name stands beside what somebody of a company is called: "chief executive Jane Roe"."""
        words = reading.words
        if words[last - 1].folded.rstrip(".") in self._language.forms:
            return False
        # "Plant head S. Mohanty"
        while (
            first > 0
            and words[first - 1].folded != ","
            and len(words[first - 1].folded) < _SHORTEST
        ):
            first -= 1
        before = words[max(0, first - _NEAR) : first]
        behind = words[last + 1 : last + _BEHIND] if last < len(words) else []
        if len(before) > 1 and before[-1].folded == ",":
            before = before[:-1]  # "its founder, Jane Roe"
        hits = self.callings(before)
        is_before = bool(hits) and hits[-1] == len(before)
        is_behind = last < len(words) and words[last].folded == "," and bool(self.callings(behind))
        return is_before or is_behind

    def callings(self, words: Sequence[Word]) -> list[int]:
        """Return where the names of offices end among words."""
        kinds = (self._language.callings, self._language.titles)
        return sorted(hit.last for kind in kinds for hit in kind.find_all(words))
