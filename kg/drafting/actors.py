"""Whose plans the clauses of a text tell of: companies named, "it", "the company", and who acts for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.joints import CONDITIONS
from kg.drafting.reading import COMPANIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

    from kg.drafting.clauses import Clause
    from kg.drafting.known import Mention
    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading
    from kg.drafting.speakers import Voice
    from kg.drafting.strangers import Stranger, Strangers

_NEAR: Final = 3


def main_company(
    mentions: Iterable[Mention],
    titled: Iterable[Mention],
    sites: Mapping[str, frozenset[str]],
) -> str | None:
    """Return the company that a text names most, by itself or by its `sites`, of those in its title if there are any."""
    named = {mention.thing for mention in titled if mention.type in COMPANIES}
    counted = Counter(
        company
        for mention in mentions
        for company in (
            {mention.thing} if mention.type in COMPANIES else sites.get(mention.thing, ())
        )
    )
    best = max(counted, key=lambda thing: (thing in named, counted[thing]), default=None)
    return best or min(named, default=None)


class _Found(NamedTuple):
    """A company that acts, None where nobody knows whom a word stands for, and where its words end.

    `owns` says that something of it acts ("Acme's supplier"), `is_weak` that something is only "of" it.
    """

    company: str | None
    first: int
    last: int
    is_named: bool = False
    owns: bool = False
    is_weak: bool = False


class Actors:
    """Who acts in the clauses of a text, as it goes on.

    `main` is the company that the text is about, if it is about one; `person` is who acts for the company of the clause that was asked about last, if somebody does; `granted` is
    the company that the text spoke of, where a government acts instead, which may grant it something.
    """

    def __init__(
        self,
        language: PlanWords,
        company: str | None,
        offices: Mapping[str, frozenset[str]],
        strangers: Strangers,
        named: Mapping[str, int],
        companies: AbstractSet[str],
    ) -> None:
        """Begin with the company that the text is about, and those of which people hold an office, or that own a site.

        `named` is where a thing is named first, -1 where that is in the title; `companies` are those named.
        """
        self._language, self.main = language, company
        offices_of = ((person, _one(companies, company)) for person, companies in offices.items())
        self._owners = {person: one for person, one in offices_of if one}
        self._strangers, self._named_first, self._companies = strangers, named, companies
        self._current = company
        self._is_met = False
        self._unsure = self._acted = -1
        self._spoken: str | None = None
        self._line = -1
        self.person: str | None = None
        self.granted: str | None = None

    def spoken_for(self, voice: Voice) -> str | None:
        """Return the company that somebody speaks for, None for people whose office is not known."""
        if voice.speaker is None:
            return None
        return self._owners.get(voice.speaker) if voice.is_person else voice.speaker

    def is_company(self, thing: str) -> bool:
        """Whether who is named in the text is a company."""
        return thing in self._companies

    def hear(self, reading: Reading, company: str | None) -> None:
        """Have "it" be the company that speaks, where the text spoke of somebody unknown before."""
        if self._current is None and company and reading.sentence.line == self._line:
            self._current = company if self.is_company(company) else None

    def speaks(self, reading: Reading, at: int) -> bool:
        """Whether who is quoted at a place has an office, and is of no company that is unknown."""
        return self._strangers.speaks(reading, at)

    def is_told_by_others(self, reading: Reading) -> bool:
        """Whether somebody unknown, and of no office in a company, says what a sentence tells: "the union said"."""
        return self._strangers.speak(reading)

    def actor(self, reading: Reading, clause: Clause, own: str | None) -> str | None:
        """Return the company that acts in a clause; `own` is whom "we" stands for there.

        "" is nobody who is known, and None whoever the text speaks of.

        What stands first counts, before the verb: a name, "it", "the company". Where the clause has
        neither, it is the company of what stands before; nobody, where somebody acts who is unknown.
        """
        self.person = None
        if reading.sentence.line != self._line:
            self._line, self._current, self._is_met = reading.sentence.line, self.main, False
            self.granted = None
        if told := self._antecedent(reading, clause):
            if told[0] != self._current:
                self._unsure = reading.sentence.start
            return told[0]
        end = _before_verb(reading, clause)
        found = self._first(reading, (clause.first, max(end, clause.first)), own)
        if self._is_stranger(reading, clause, end, found):
            return None
        if found is None:
            return self._going_on(reading, clause, end)
        numbers = any(
            clause.first <= reading.number(a.start) < clause.last for a in reading.amounts
        )
        # "Acme is among its customers" goes on to speak of whoever is not known.
        is_told = not self._is_met or clause.cue is not None or numbers
        if clause.joint != "relative" and found.company and is_told:
            self._current, self._acted = found.company, reading.sentence.start
        is_advice = clause.cue is not None and (
            reading.words[clause.cue].folded in self._language.owing and not found.is_weak
        )
        # What a company ought to do is what others want of it.
        return None if is_advice else found.company

    def _antecedent(self, reading: Reading, clause: Clause) -> tuple[str | None] | None:
        """Return of whom "which" or "who" tells, if it stands right behind a name."""
        first = clause.first + (reading.words[clause.first].folded == ",")
        joints = self._language.joints.find(reading.words[first : first + 1])
        if not joints or "relative" not in joints[0].meanings:
            return None
        last = first
        while last and reading.words[last - 1].folded in {",", "and"}:
            last -= 1
        end = reading.words[last - 1].end if last else -1
        for mention in reading.mentions:
            if mention.end == end and mention.type in COMPANIES:
                return (mention.thing,)
        found = self._strangers.find(reading, max(0, last - _NEAR), last)
        return (None,) if any(e.last == last and not e.is_person for e in found) else None

    def _is_stranger(
        self, reading: Reading, clause: Clause, end: int, found: _Found | None
    ) -> bool:
        """Whether somebody unknown acts, of whom the text goes on to speak."""
        first = clause.first if found is None or found.is_weak else found.last
        strangers = self._strangers.find(reading, first, end)
        if found and not found.is_weak:
            # "Bolt, its rival, plans": who stands first acts.
            before = self._strangers.find(reading, clause.first, found.first)
            acting = [each for each in before if not found.is_named or self._leads(reading, each)]
        else:
            acting = []
        if found and not (found.is_weak or found.owns):
            # "Acme, which supplies Bolt, will": only who stands right before the verb acts in its place.
            strangers = [each for each in strangers if self._is_beside(reading, each, clause)]
        others = [each for each in (*acting, *strangers) if not each.is_person]
        behind = clause.cue_end or clause.first
        by_others = found is None and self._strangers.find_behind(reading, behind, clause.last)
        if clause.joint != "relative" and clause.sense not in CONDITIONS:
            self._meet(reading, clause, others, by_others=by_others)
        return bool(others) or by_others or (bool(strangers) and found is None)

    def _meet(
        self, reading: Reading, clause: Clause, others: Sequence[Stranger], *, by_others: bool
    ) -> None:
        """Remember that somebody unknown was spoken of; one word that begins a sentence may be no name at all."""
        if not others and not by_others:
            return
        numbers = any(
            clause.first <= reading.number(each.start) < clause.last for each in reading.amounts
        )
        is_sure = clause.cue is not None or numbers or by_others
        if is_sure or any((each.first, each.last) != (0, 1) for each in others):
            words = {reading.words[each.first].folded for each in others}
            if words & self._language.governments:
                self.granted = self._current or self.granted
            self._is_met, self._current, self._acted = True, None, -1
        else:
            self._unsure = reading.sentence.start

    def _is_beside(self, reading: Reading, stranger: Stranger, clause: Clause) -> bool:
        skipped = self._language.adverbs | self._language.here
        between = reading.words[stranger.last : clause.cue or stranger.last]
        skipped |= {","}
        return clause.cue is not None and all(word.folded in skipped for word in between)

    def _leads(self, reading: Reading, stranger: Stranger) -> bool:
        """Whether a name leads its clause, and is not only part of what another one is called: "Oil giant Acme"."""
        behind = reading.words[stranger.last].folded if stranger.last < len(reading.words) else ""
        is_alone = stranger.first == 0 and stranger.last == 1
        # "Tata Starbucks" is another company than Starbucks.
        is_word = behind.isalpha() and reading.text[reading.words[stranger.last].start].islower()
        return behind not in self._language.joining and not (is_alone and is_word)

    def _going_on(self, reading: Reading, clause: Clause, end: int) -> str | None:
        """Return the company of what stands before, where a clause names nobody."""
        current = self._current
        if current is None or self._unsure == reading.sentence.start:
            return None
        place = reading.words[clause.last - 1].end
        is_named = self._named_first.get(current, -1) <= place
        # A thing of which no owner is told ("the plant will open") may be that of whoever was spoken of.
        skipped = self._language.adverbs | self._language.joining | {","}
        has_subject = any(w.folded not in skipped for w in reading.words[clause.first : end])
        is_unclear = self._is_met and has_subject and self._acted != reading.sentence.start
        return current if is_named and not is_unclear else None

    def _first(self, reading: Reading, part: tuple[int, int], own: str | None) -> _Found | None:
        """Return who is named or meant first; whom something is only "of" counts behind all others."""
        weak: _Found | None = None
        named = {
            reading.number(mention.start): mention
            for mention in reading.mentions
            if mention.type in COMPANIES
            or mention.type == "Person"
            or mention.thing in self._owners
        }
        hits = self._language.company_words.find_all(reading.words[part[0] : part[1]])
        standing = {part[0] + hit.first: hit.meanings for hit in hits}
        for at in range(*part):
            word = reading.words[at].folded
            if at in named:
                company = self._named(named[at])
                last = reading.number(named[at].end)
                if company and self._acts(reading, named[at]):
                    self.person = named[at].thing if named[at].type == "Person" else None
                    return _Found(company, at, last, is_named=True, owns=_owns(reading, last))
                is_weak = reading.before(named[at].start) in self._language.weak
                weak = weak or (
                    _Found(company, at, last, is_weak=True) if company and is_weak else None
                )
            elif word in self._language.persons and self._spoken in self._owners:
                self.person = self._spoken
                return _Found(self._owners[self._spoken], at, at + 1)
            elif at in standing and not any(n in named for n in range(at + 1, at + _NEAR)):
                owns = word in self._language.possessives or _owns(reading, at + 1)
                is_own = own is not None and "own" in standing[at]
                meant = (own or None) if is_own else self._current
                return _Found(meant, at, at + 1, owns=owns)
        return weak

    def _named(self, mention: Mention) -> str | None:
        if mention.type in COMPANIES:
            return mention.thing
        if mention.type == "Person":
            self._spoken = mention.thing
        # A person of unknown office acts for nobody that is known; a site is its company's.
        return self._owners.get(mention.thing)

    def _acts(self, reading: Reading, mention: Mention) -> bool:
        """Whether a name stands where who acts does: behind no preposition, or something of it acts."""
        return (
            _owns(reading, reading.number(mention.end))
            or reading.before(mention.start) not in self._language.others
        )


def _before_verb(reading: Reading, clause: Clause) -> int:
    """Return where what stands before the verb ends, or before its number where no verb is known."""
    if clause.cue is not None:
        return clause.cue
    numbers = (reading.number(amount.start) for amount in reading.amounts)
    return next((n for n in numbers if clause.first <= n < clause.last), clause.last)


def _owns(reading: Reading, at: int) -> bool:
    """Whether what stands before a word has something: "Acme's supplier"."""
    return [word.folded for word in reading.words[at : at + 2]] == ["'", "s"]


def _one(companies: frozenset[str], main: str | None) -> str | None:
    """Return whom a person of several companies acts for in a text."""
    if main in companies:
        return main
    return next(iter(companies)) if len(companies) == 1 else None
