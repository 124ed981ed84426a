"""Whose words a text has: speakers, the outlets that they told, and the analysts whose figures are quoted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.near_names import first_name, last_name, speaking_name
from kg.drafting.grammar.reading import COMPANIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.sentences import Quotations
    from kg.drafting.known import Mention

_NEAR: Final = 4
_BEHIND: Final = 6
_FAR: Final = 14
_BACK: Final = 20
_QUOTES: Final = frozenset("“”„«»\"'")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says what a sentence has: `speaker`, and the outlet or analyst between (`via`), by their names.

    `at` is the place of the verb of saying. `is_figure` says that others give the figure ("according to
    IDC"), who speak for no company; `is_person` tells a person from a company; `is_joined` that the verb
    is a second one ("it opened a shop and said ..."), which says nothing of what stands before it.
    """

    at: int
    speaker: str | None = None
    via: str | None = None
    is_person: bool = False
    is_figure: bool = False
    is_anonymous: bool = False
    is_filing: bool = False
    is_joined: bool = False


class Voices:
    """The voices of a text, by its sentences."""

    def __init__(
        self,
        readings: Sequence[Reading],
        language: PlanWords,
        quotations: Quotations,
        company: str | None,
        outlets: Mapping[str, str],
    ) -> None:
        """Listen to a text that is about a company.

        Args:
            readings: its sentences.
            language: its language.
            quotations: what is quoted in it.
            company: whom "the company" stands for where nobody else is named.
            outlets: short names that stand for an outlet only where somebody is said to have told it: ET.
        """
        self._readings, self._language, self._quotations = readings, language, quotations
        self._company, self._outlets = company, outlets
        self._person: str | None = None
        self._voices = [self._listen(reading) for reading in readings]
        self._point_back()
        self._carry()

    def at(self, number: int, place: int) -> tuple[Voice | None, bool]:
        """Return whose the words at a place in a sentence are, and whether they are quoted."""
        quotation = self._quotations.around(place)
        if quotation is None:
            return self._plain(number, place), False
        return self._quoted(number, quotation), True

    def _plain(self, number: int, place: int) -> Voice | None:
        voices = self._voices[number]
        said = [voice for voice in voices if voice.speaker or voice.is_anonymous]
        before = [voice for voice in said if voice.at <= place]
        behind = (voice for voice in said if not voice.is_joined)
        chosen = before[-1] if before else next(behind, None)
        figure = next((voice for voice in voices if voice.is_figure), None)
        if chosen is None or figure is None:
            return chosen or figure
        return replace(chosen, via=chosen.via or figure.via)

    def _quoted(self, number: int, quotation: tuple[int, int]) -> Voice | None:
        """Return who is quoted: who is named behind the quotation, else before it."""
        start, end = quotation
        if person := self._quotations.speakers.get(start):
            return Voice(start, person, is_person=True)
        last = number
        while last + 1 < len(self._readings) and self._readings[last].sentence.end < end:
            last += 1
        for voice in self._voices[last]:
            if voice.at >= end and voice.speaker:
                return voice
        first = number
        while first and self._readings[first].sentence.start > start:
            first -= 1
        line = self._readings[number].sentence.line
        for each in range(first, max(first - 2, -1), -1):
            before = [v for v in self._voices[each] if v.at < start and v.speaker]
            if before and self._readings[each].sentence.line == line:
                return before[-1]
        return None

    def _listen(self, reading: Reading) -> list[Voice]:
        """Return the voices of a sentence, in their order."""
        hits = self._language.reporting.find_all(reading.words)
        told = (self._outlet(reading, hit.last) for hit in hits if "via" in hit.meanings)
        via = next((outlet for outlet in told if outlet), None)
        is_filing = any("filing" in hit.meanings for hit in hits)
        voices: list[Voice] = []
        end = 0
        for hit in hits:
            place = reading.words[hit.first].start
            # Words of saying that are quoted themselves are part of what is said.
            if hit.first >= end and self._quotations.around(place) is None:
                voice = self._voice(reading, hit, place)
                if voice:
                    end = hit.last
                    near = {
                        word.folded for word in reading.words[max(0, hit.first - 2) : hit.first]
                    }
                    voice = replace(voice, is_joined=bool(near & self._language.joining))
                    voices.append(voice)
        voices = [v if v.is_figure else replace(v, via=via, is_filing=is_filing) for v in voices]
        if any("anonymous" in hit.meanings for hit in hits) and not any(v.speaker for v in voices):
            voices.append(Voice(reading.words[0].start, via=via, is_anonymous=True))
        return voices

    def _voice(self, reading: Reading, hit: Hit[str], place: int) -> Voice | None:
        near = {word.folded for word in reading.words[hit.last : hit.last + _NEAR]}
        if "according" in hit.meanings and near & self._language.onlookers:
            return None  # "according to the union, its plant will close"
        if "according" in hit.meanings:
            who = first_name(reading, hit.last, hit.last + _NEAR)
            outlet = self._outlet(reading, hit.last)
            if who or outlet:
                return (
                    self._speaking(who, place) if who else Voice(place, via=outlet, is_figure=True)
                )
            return self._standing_for(reading, hit.last, hit.last + _NEAR, place)
        if "verbs" in hit.meanings:
            return self._said(reading, hit, place)
        if "report" in hit.meanings or "estimates" in hit.meanings:
            who = first_name(reading, hit.first - 2, hit.first)
            if who and who.type == "Organization":
                return Voice(place, via=who.thing, is_figure=True)
        return None

    def _said(self, reading: Reading, hit: Hit[str], place: int) -> Voice | None:
        """Return who stands before a verb of saying, or behind it: "said Lei Jun"."""
        before = reading.words[hit.first - 1].folded if hit.first else ""
        # "The union, which has 300 members, fears that Acme will": who is named behind does not speak.
        is_turned = reading.words[hit.last - 1].folded not in self._language.relative
        if is_turned and (before in _QUOTES or before == ","):
            behind = first_name(reading, hit.last, hit.last + _BEHIND)
            # "Jane Roe, its chairman, told the Gazette": who is told does not speak.
            if behind and behind.type != "Organization" and "via" not in hit.meanings:
                return self._speaking(behind, place)
        last = hit.first
        while last > 1 and reading.words[last - 1].folded in self._language.adverbs:
            last -= 1
        if self._is_another(reading, last, hit.last):
            return None  # "Acme should build it, the governor said": not Acme
        near = self._standing_for(reading, last - 1, last, place)
        # "Jane Roe, chief executive of Acme, said": not Acme.
        who = speaking_name(reading, hit.first, _FAR, self._language)
        who = self._described(reading, hit, who) or who
        if who and self._quotations.around(who.start) is not None:
            who = None  # of whom somebody speaks does not speak
        if near and not (who and reading.number(who.start) >= hit.first - 3):
            return near
        return self._speaking(who, place) if who else None

    def _is_another(self, reading: Reading, last: int, end: int) -> bool:
        """Whether who stands beside a verb of saying is nobody of a company: ", a minister said", ", said the minister"."""
        words, foreign = reading.words, self._language.foreign
        if last and words[last - 1].folded in foreign:
            return True
        first = next((n for n in range(last - 1, -1, -1) if words[n].folded == ","), -1) + 1
        between = words[first:last] or words[end : end + _NEAR]
        if not first or first_name(reading, first, last):
            return False
        hits = self._language.reporting.find_all(words[first:end])
        is_anonymous = any("anonymous" in hit.meanings for hit in hits)
        return is_anonymous or any(word.folded in foreign for word in between)

    def _described(self, reading: Reading, hit: Hit[str], who: Mention | None) -> Mention | None:
        """Return of whom more is told before the verb: "Jane Roe, who leads Acme, said"."""
        if who is None or who.type == "Person":
            return None
        first = max(reading.number(who.start) - _FAR, hit.first - _FAR)
        before = last_name(reading, first, reading.number(who.start))
        if before is None or before.type != "Person":
            return None
        behind = reading.words[reading.number(before.end) : reading.number(who.start)]
        return before if behind and behind[0].folded == "," else None

    def _speaking(self, who: Mention, place: int) -> Voice:
        if who.type == "Person":
            self._person = who.thing
            return Voice(place, who.thing, is_person=True)
        if who.type in COMPANIES:
            return Voice(place, who.thing)
        return Voice(place, via=who.thing, is_figure=True)

    def _standing_for(self, reading: Reading, first: int, last: int, place: int) -> Voice | None:
        """Return whom "he" or "the company" stands for."""
        words = reading.words[max(0, first) : last]
        if self._person and any(word.folded in self._language.persons for word in words):
            return Voice(place, self._person, is_person=True)
        hits = self._language.company_words.find(words)
        is_meant = any({"nouns", "pronouns"} & set(hit.meanings) for hit in hits)
        return Voice(place, self._company) if is_meant and self._company else None

    def _outlet(self, reading: Reading, first: int) -> str | None:
        """Return the outlet that is named behind words such as "told"."""
        who = first_name(reading, first, first + _NEAR)
        last = reading.number(who.start) if who else first + _NEAR
        for word in reading.words[first:last]:
            written = reading.text[word.start : word.end]
            if written in self._outlets:
                return self._outlets[written]
        return who.thing if who and who.type == "Organization" else None

    def _point_back(self) -> None:
        """Have "More at the Gazette" name the outlet of what stands before it in its line."""
        for number, reading in enumerate(self._readings):
            hits = self._language.reporting.find_all(reading.words)
            points = next((h for h in hits if h.first == 0 and "pointing" in h.meanings), None)
            outlet = points and self._outlet(reading, points.last)
            if outlet:
                for before in range(number - 1, max(number - _BACK, -1), -1):
                    if self._readings[before].sentence.line != reading.sentence.line:
                        break
                    voices = self._voices[before]
                    if any(voice.via for voice in voices):
                        break
                    self._voices[before] = [replace(voice, via=outlet) for voice in voices]

    def _carry(self) -> None:
        """Have a speaker go on to tell the same outlet until the end of the line."""
        line, told = -1, Voice(0)
        for number, reading in enumerate(self._readings):
            if reading.sentence.line != line:
                line, told = reading.sentence.line, Voice(0)
            for each, voice in enumerate(self._voices[number]):
                if voice.speaker and voice.via:
                    told = voice
                elif voice.speaker and voice.speaker == told.speaker:
                    self._voices[number][each] = replace(voice, via=told.via)
