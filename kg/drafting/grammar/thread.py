"""The company that a text speaks of as it goes on, and when that is not known any more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.joints import CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.strangers import Stranger

_FEW: Final = 4
_POINTS: Final = frozenset("-–•*·")


class Thread:
    """Of whom a text speaks.

    `main` is the company that it is about, if it is about one, and `current` the one that it spoke of last;
    `granted` is that company where a government acts instead, which may grant it something.
    """

    def __init__(
        self,
        language: PlanWords,
        main: str | None,
        named: Mapping[str, int],
        *,
        is_roundup: bool = False,
    ) -> None:
        """Begin with the company that a text is about; `named` is where each is named first, -1 for the title."""
        self._language, self._named, self.main = language, named, main
        # In a round-up of several companies a new line is of nobody until it names one.
        self._home = None if is_roundup else main
        self.current = self._home
        self.granted: str | None = None
        self._speaking: str | None = None
        self._line = self._unsure = self._acted = -1
        self._is_met = self._is_watched = False
        self._owners: defaultdict[str, set[str]] = defaultdict(set)

    def names(self, thing: str) -> bool:
        """Whether something is a company that the text names."""
        return thing in self._named

    def begin(self, reading: Reading) -> None:
        """Begin with a sentence: a new line speaks of the main company again, but for the points of a list."""
        is_point = self._line >= 0 and reading.text[reading.sentence.start] in _POINTS
        if reading.sentence.line != self._line and not is_point:
            self._line, self._acted = reading.sentence.line, -1
            self._is_met = self._is_watched = False
            self.current, self.granted = self._home, None

    def meant(self, reading: Reading, *, by_noun: bool = False) -> str | None:
        """Return whom "it" stands for in a sentence, or "the company" with `by_noun`; None where that may be somebody unknown."""
        if self._unsure == reading.sentence.start or (self._is_watched and not by_noun):
            return None
        # Who is named later in the text is not who was spoken of before.
        is_known = self._named.get(self.current or "", -1) <= reading.sentence.end
        return self.current if is_known else None

    def hear(self, reading: Reading, company: str | None) -> None:
        """Have "it" be the company that speaks, where the text spoke of somebody unknown before."""
        self._speaking = company
        if self.current is None and company in self._named and reading.sentence.line == self._line:
            self.current = company

    def doubt(self, reading: Reading) -> None:
        """Have the rest of a sentence be of nobody, unless it names somebody."""
        self._unsure = reading.sentence.start

    def act(self, reading: Reading, clause: Clause, company: str) -> None:
        """Have a company act: "Acme is among its customers" goes on to speak of whoever is not known."""
        is_told = not self._is_met or clause.cue is not None or _counts(reading, clause)
        if clause.joint != "relative" and is_told:
            # Of two companies nobody tells whose a thing is of which the text goes on to tell.
            self._is_met = self._is_met or (self._acted >= 0 and company != self.current)
            self.current, self._acted = company, reading.sentence.start
            self._is_watched = False

    def meet(
        self, reading: Reading, clause: Clause, others: Sequence[Stranger], *, by_others: bool
    ) -> None:
        """Have somebody unknown act; one word that begins a sentence may be no name at all."""
        is_aside = clause.joint == "relative" or clause.sense in CONDITIONS
        if is_aside or not (others or by_others):
            return
        if not by_others and all(self.looks_on(reading, each) for each in others):
            # What the union fears is no news of the union's own plants: the text goes on to speak of the company's.
            self._is_watched = True
            self.doubt(reading)
            return
        is_sure = clause.cue is not None or by_others or _counts(reading, clause)
        if is_sure or any((each.first, each.last) != (0, 1) for each in others):
            words = {reading.words[each.first].folded for each in others}
            is_place = any(each.is_place for each in others)
            if is_place or words & self._language.governments:
                self.granted = self.current or self.granted
            self._is_met, self.current, self._acted = True, None, -1
        else:
            self.doubt(reading)

    def going_on(self, reading: Reading, clause: Clause, end: int) -> str | None:
        """Return the company of what stands before, where a clause names nobody before its verb, at `end`."""
        skipped = self._language.adverbs | self._language.joining | {","}
        has_subject = any(w.folded not in skipped for w in reading.words[clause.first : end])
        current = self.meant(reading, by_noun=has_subject)
        if current is None:
            return None
        place = reading.words[clause.last - 1].end
        # "A second plant is planned, Acme said": who speaks is named behind.
        is_named = self._named.get(current, -1) <= place or current == self._speaking
        # A thing of which no owner is told ("the plant will open") may be that of whoever was spoken of.
        is_unclear = self._is_met and has_subject and self._acted != reading.sentence.start
        return current if is_named and not is_unclear else None

    def own(self, reading: Reading, clause: Clause, company: str | None) -> None:
        """Remember whose the things are that a clause names, "" for those of somebody unknown."""
        words = reading.words[clause.first : clause.last]
        told = [hit.last - 1 for hit in self._language.kinds.find_all(words)]
        for at in told:
            before = words[at - 1].folded if at else ""
            if company or before not in self._language.definite:
                self._owners[words[at].folded].add(company or "")
        # "A rival has one, too": the plant may be either from then on.
        if self._language.further.find(words):
            for owners in self._owners.values():
                owners.add(company or "")

    def owner(self, reading: Reading, clause: Clause, end: int) -> str | None:
        """Return the only company that the text has told a thing of with which a clause begins: "the plant"."""
        words = reading.words[clause.first : end]
        while words and words[0].folded in self._language.joining | {",", ";", "-"}:
            words = words[1:]
        if not words or words[0].folded not in self._language.definite:
            return None
        if self._unsure == reading.sentence.start:
            return None
        hits = self._language.kinds.find_all(words[:_FEW])
        owners = self._owners.get(words[hits[0].last - 1].folded, set()) if hits else set()
        return next(iter(owners)) or None if len(owners) == 1 else None

    def looks_on(self, reading: Reading, stranger: Stranger) -> bool:
        """Whether somebody unknown has no plants or shops of his own: a union, analysts, neighbours."""
        words = reading.words[stranger.first : stranger.last]
        return all(word.folded in self._language.onlookers for word in words)


def _counts(reading: Reading, clause: Clause) -> bool:
    """Whether a clause has a number."""
    places = (reading.number(amount.start) for amount in reading.amounts)
    return any(clause.first <= place < clause.last for place in places)
