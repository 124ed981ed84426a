"""Whose plans the clauses of a text tell of: companies named, "it", "the company", and who acts for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.behind_verbs import BehindVerbs, before_verb
from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.subjects import Subjects
from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.speakers import Voice
    from kg.drafting.grammar.strangers import Stranger, Strangers
    from kg.drafting.grammar.subjects import Subject
    from kg.drafting.grammar.thread import Thread
    from kg.drafting.known import Mention


_VERB_AND_TO: Final = 2
_SEVERAL: Final = 3


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
    if counted:
        # Whom a text names first it is likely to be about.
        counted[next(iter(counted))] += 1
    best = max(counted, key=lambda thing: (thing in named, counted[thing]), default=None)
    return best or min(named, default=None)


def is_roundup(readings: Sequence[Reading], titled: Iterable[Mention]) -> bool:
    """Whether a text tells of several companies, one behind the other, each in a line of its own."""
    leading: dict[int, str] = {}
    for reading in readings:
        line = reading.sentence.line
        companies = [mention.thing for mention in reading.mentions if mention.type in COMPANIES]
        if line not in leading and companies:
            leading[line] = companies[0]
    is_of_one = any(mention.type in COMPANIES for mention in titled)
    return not is_of_one and len(set(leading.values())) >= _SEVERAL


class Actors:
    """Who acts in the clauses of a text, as it goes on; `thread` is of whom it speaks."""

    def __init__(
        self,
        language: PlanWords,
        offices: Mapping[str, frozenset[str]],
        strangers: Strangers,
        thread: Thread,
    ) -> None:
        """Begin with the companies of which people hold an office, or that own a site, and of whom the text speaks."""
        self._language, self._strangers, self.thread = language, strangers, thread
        offices_of = ((one, _one(companies, thread.main)) for one, companies in offices.items())
        self._owners = {person: one for person, one in offices_of if one}
        self._subjects = Subjects(language, self._owners)
        self._behind = BehindVerbs(language, strangers, thread, self._subjects)

    @property
    def person(self) -> str | None:
        """Who acts for the company of the clause that was asked about last, if somebody does."""
        return self._subjects.person

    def spoken_for(self, voice: Voice) -> str | None:
        """Return the company that somebody speaks for, None for people whose office is not known."""
        if voice.speaker is None:
            return None
        return self._owners.get(voice.speaker) if voice.is_person else voice.speaker

    def is_company(self, thing: str) -> bool:
        """Whether who is named in the text is a company."""
        return self.thread.names(thing)

    def actor(self, reading: Reading, clause: Clause, own: str | None) -> str | None:
        """Return the company that acts in a clause; `own` is whom "we" stands for there.

        "" is nobody who is known, and None whoever the text speaks of. What stands first counts, before the
        verb: a name, "it", "the company". Where the clause has neither, it is the company of what stands
        before; nobody, where somebody acts who is unknown.
        """
        self.thread.begin(reading)
        company = self._actor(reading, clause, own)
        self.thread.own(reading, clause, company)
        return company

    def _actor(self, reading: Reading, clause: Clause, own: str | None) -> str | None:
        end = before_verb(reading, clause)
        part = clause.first, max(end, clause.first)
        company = self.thread.meant(reading, by_noun=True)
        found = self._subjects.first(reading, part, own, self.thread.meant(reading), company)
        if found is None and self._behind.is_meant(reading, clause):
            if self._behind.has_owner(reading, clause):
                return None
            found = self._behind.find(reading, clause, own)
        told = self._antecedent(reading, clause)
        if told and not (found and found.is_named and clause.cue is not None):
            if told[0] != self.thread.current:
                self.thread.doubt(reading)
            return told[0]
        if self._is_stranger(reading, clause, end, found) or self._is_wanted(reading, clause):
            return None
        if found is None:
            return None if self._is_outlet(reading, *part) else self._of_thing(reading, clause, end)
        if found.company:
            self.thread.act(reading, clause, found.company)
        # What a company ought to do is what others want of it.
        return None if self._is_advice(reading, clause, found) else found.company

    def _is_wanted(self, reading: Reading, clause: Clause) -> bool:
        """Whether somebody else is to do what one who is named expects: "Acme expects Bolt to open 40 shops"."""
        cue, end = clause.cue, clause.cue_end
        if cue is None or end is None or end - cue <= _VERB_AND_TO:
            return False
        at = reading.words[cue + 1].start
        is_known = any(each.type in COMPANIES and each.start == at for each in reading.mentions)
        return is_known or any(
            each.first == cue + 1 for each in self._strangers.find(reading, cue + 1, end)
        )

    def _of_thing(self, reading: Reading, clause: Clause, end: int) -> str | None:
        """Return whose a thing is with which a clause begins: of whom the text speaks, or who was told to have it."""
        current = self.thread.going_on(reading, clause, end)
        owner = None if current else self.thread.owner(reading, clause, end)
        if owner:
            self.thread.act(reading, clause, owner)
        return current or owner

    def _is_outlet(self, reading: Reading, first: int, last: int) -> bool:
        """Whether an outlet or another body that is no company stands before the verb: "the Gazette's mission is to"."""
        return any(
            mention.type == "Organization"
            and first <= reading.number(mention.start) < last
            and reading.before(mention.start) not in self._language.others
            for mention in reading.mentions
        )

    def _is_advice(self, reading: Reading, clause: Clause, found: Subject) -> bool:
        """Whether it is told what a company ought to do: "Acme should sell", and not "what it sells should be"."""
        if clause.cue is None or found.is_weak:
            return False
        between = reading.words[found.last : clause.cue]
        behind = reading.words[clause.cue + 1 : clause.cue + _SEVERAL + 1]
        hits = [hit for hit in self._language.scheduled.find(behind) if hit.first == 0]
        if any(hit.last > 1 for hit in hits) or (hits and _tells_time(reading, clause)):
            return False  # "it should be ready", "it should open in 2025" is what is expected
        is_close = all(word.folded in self._language.adverbs for word in between)
        return is_close and reading.words[clause.cue].folded in self._language.owing

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
        return (None,) if self._strangers.ends_at(reading, last) else None

    def _is_stranger(
        self, reading: Reading, clause: Clause, end: int, found: Subject | None
    ) -> bool:
        """Whether somebody unknown acts, of whom the text goes on to speak."""
        first = clause.first if found is None or found.is_weak else found.last
        strangers = self._strangers.find(reading, first, end, owning=found is None)
        if found and not found.is_weak:
            # "Bolt, its rival, plans": who stands first acts.
            before = self._strangers.find(reading, clause.first, found.first)
            acting = [each for each in before if not found.is_named or self._leads(reading, each)]
            acting = [] if self._is_set_off(reading, clause, found) else acting
            acting = [each for each in acting if not self._is_home(reading, each, found)]
        else:
            acting = []
        if found and not (found.is_weak or found.owns):
            # "Acme, which supplies Bolt, will": only who stands right before the verb acts in its place.
            strangers = [
                each
                for each in strangers
                if self._is_beside(reading, each, clause) and not self._joins(reading, each, found)
            ]
        if clause.cue == clause.first:
            # "Talks about a takeover of Bolt failed": within a verb only whose something is counts, or who looks on.
            strangers = [
                each
                for each in strangers
                if owns(reading.words, each.last)
                or (clause.sense != "forecast" and self.thread.looks_on(reading, each))
            ]
        if _is_label(reading, clause):
            # "Mexico: the plant is late": a place that heads a point acts nowhere.
            strangers = [each for each in strangers if not each.is_place]
        others = [each for each in (*acting, *strangers) if not each.is_person]
        behind = clause.cue_end or clause.first
        by_others = found is None and self._strangers.find_behind(reading, behind, clause.last)
        self.thread.meet(reading, clause, others, by_others=by_others)
        return bool(others) or by_others or (bool(strangers) and found is None)

    def _is_home(self, reading: Reading, stranger: Stranger, found: Subject) -> bool:
        """Whether a land only tells where a company is from: "Norway's Bolt"."""
        words = reading.words[stranger.first : stranger.last]
        lands = {land.lower() for land in self._language.lands}
        is_land = stranger.is_place or all(word.folded in lands for word in words)
        return (
            is_land
            and owns(reading.words, stranger.last)
            and found.first - stranger.last <= _SEVERAL
        )

    def _is_set_off(self, reading: Reading, clause: Clause, found: Subject) -> bool:
        """Whether a company stands between a comma and its verb: "After China, Acme will", "Notably, Acme will"."""
        if clause.cue is None or not found.is_named or found.owns or found.first <= clause.first:
            return False
        skipped = self._language.adverbs
        between = reading.words[found.last : clause.cue]
        before = [w.folded for w in reading.words[clause.first : found.first]]
        while before and before[-1] in skipped:
            before.pop()
        is_beside = all(word.folded in skipped for word in between)
        return is_beside and bool(before) and before[-1] == ","

    def _is_beside(self, reading: Reading, stranger: Stranger, clause: Clause) -> bool:
        skipped = self._language.adverbs | self._language.here | {","}
        between = reading.words[stranger.last : clause.cue or stranger.last]
        return clause.cue is not None and all(word.folded in skipped for word in between)

    def _joins(self, reading: Reading, stranger: Stranger, found: Subject) -> bool:
        """Whether a company and somebody unknown act together: "Acme and Bolt will build"."""
        between = [word.folded for word in reading.words[found.last : stranger.first]]
        return len(between) == 1 and between[0] in self._language.joining

    def _leads(self, reading: Reading, stranger: Stranger) -> bool:
        """Whether a name leads its clause, and is not only part of what another one is called: "Oil giant Acme"."""
        behind = reading.words[stranger.last].folded if stranger.last < len(reading.words) else ""
        is_alone = stranger.first == 0 and stranger.last == 1
        # "Tata Starbucks" is another company than Starbucks.
        is_word = behind.isalpha() and reading.text[reading.words[stranger.last].start].islower()
        return behind not in self._language.joining and not (is_alone and is_word)


def _tells_time(reading: Reading, clause: Clause) -> bool:
    """Whether a clause names a time that a calendar tells."""
    return any(each.latest for each in within(reading.periods, *reading.span(clause)))


def _is_label(reading: Reading, clause: Clause) -> bool:
    """Whether a clause only heads what its sentence tells behind a colon."""
    is_headed = clause.last < len(reading.words) and reading.words[clause.last].folded == ":"
    return clause.first == 0 and clause.cue is None and is_headed


def _one(companies: frozenset[str], main: str | None) -> str | None:
    """Return whom a person of several companies acts for in a text."""
    if main in companies:
        return main
    return next(iter(companies)) if len(companies) == 1 else None
