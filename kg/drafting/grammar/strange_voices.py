"""Whether somebody unknown says what a sentence tells: a union, an analyst, an official, or a spokesman without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.reading import COMPANIES

if TYPE_CHECKING:
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.sentences import Quotations
    from kg.drafting.grammar.strangers import Strangers

_NEAR: Final = 4
_SAYING: Final = 8


class StrangeVoices:
    """Listens to those who are unknown in a text."""

    def __init__(self, strangers: Strangers, language: PlanWords, quotations: Quotations) -> None:
        """Take who is unknown in a text, and what is quoted there."""
        self._strangers, self._language, self._quotations = strangers, language, quotations

    def speaks(self, reading: Reading, at: int) -> bool:
        """Whether it is told outside the quotation at a place that somebody with an office speaks, and nobody else."""
        quotation = self._quotations.around(at) or (at, at)
        outside = [
            number
            for number, word in enumerate(reading.words)
            if not quotation[0] <= word.start < quotation[1]
        ]
        is_of_one = any(
            each.type in COMPANIES and not quotation[0] <= each.start < quotation[1]
            for each in reading.mentions
        )
        if not is_of_one and not self._strangers.callings(
            [reading.words[number] for number in outside]
        ):
            return False
        others = self._strangers.find(reading, 0, len(reading.words))
        return all(each.is_person for each in others if each.first in outside)

    def speaks_for_one(self, reading: Reading, at: int) -> bool:
        """Whether somebody with an office speaks, and of no other body than the company: "a spokesman said", and not "a spokesman for Bolt"."""
        begin, end = self._quotations.around(at) or (at, at)
        outside = [word for word in reading.words if not begin <= word.start < end]
        beside = self._language.foreign | self._language.weak
        is_of_others = any(word.folded in beside for word in outside)
        return not is_of_others and self.speaks(reading, at)

    def tell(self, reading: Reading, clause: Clause, company: str | None) -> bool:
        """Whether somebody unknown, and of no office in a company, says what a sentence tells: "the union said".

        Officials are heard on what a company does that the clause names: "Acme will build a plant, the governor said".
        """
        last = clause.first if clause.cue is None else clause.cue
        is_named = any(
            each.thing == company and clause.first <= reading.number(each.start) < last
            for each in reading.mentions
        )
        return self._speak(reading, self._language.officials if is_named else frozenset())

    def _speak(self, reading: Reading, heard: frozenset[str]) -> bool:
        """Whether somebody unknown says what a sentence tells, who is of no company as far as it tells.

        Of whom a word of those that are `heard` tells counts for nobody: "minister", also before a name.
        """
        words = reading.words
        for hit in self._language.reporting.find_all(words):
            place = words[hit.first].start
            near = {word.folded for word in words[hit.last : hit.last + _NEAR]}
            if "according" in hit.meanings and near & self._language.onlookers:
                return True  # "according to the union"
            if "verbs" not in hit.meanings or self._quotations.around(place) is not None:
                continue
            begin = max(0, hit.first - _SAYING)
            found = self._strangers.find(reading, begin, hit.first)
            if begin and not any(word.folded == "," for word in words[begin : hit.first]):
                found = [each for each in found if each.last == hit.first]
            behind = self._strangers.find(reading, hit.last, min(hit.last + _NEAR, len(words)))
            is_turned = hit.first > 0 and not words[hit.first - 1].folded[-1].isalnum()
            found = behind[:1] if is_turned and behind else found
            # "The state's industry minister": the last of them speaks.
            called = {
                word.folded
                for each in found[-1:]
                for word in words[max(0, each.first - 1) : each.last]
            }
            if any(not each.is_person for each in found) and not called & heard:
                return True
        return False
