"""A clause in its text: its numbers and times, who acts in it, who says it, and where it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.changes import is_base, is_duration, is_movement
from kg.drafting.grammar.ordinals import ordinals
from kg.drafting.grammar.origins import join_origins, origin_place
from kg.drafting.grammar.promising import promising
from kg.drafting.grammar.reading import COMPANIES, within
from kg.drafting.grammar.senses import FUTURE, TARGETED, TURNS
from kg.drafting.grammar.speakers import Voice
from kg.drafting.grammar.telling import unit_name, voice_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.memory import Memory
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.telling import Keys
    from kg.drafting.grammar.words import Word
    from kg.drafting.times.days import Period

_BESIDE: Final = 8
_NEAR: Final = 3
_CUTS: Final = frozenset({",", ";"})
_LEADING: Final = frozenset(",;:-.)“„\"'«")
_TRAILING: Final = frozenset(",;:-.!?…”“\"'»")


class Said:
    """A clause, and all that is asked of it.

    `company` is whose plan it tells of, None where that is not known; `own` whom its speaker speaks for;
    `strange` is a place that it names and the graph does not know; `is_granting` says that a government acts.
    """

    is_granting = False

    def __init__(self, memory: Memory, number: int, reading: Reading, clause: Clause) -> None:
        """Look at a clause of the sentence of that number."""
        self.memory, self.reading, self.clause = memory, reading, clause
        start, end = reading.span(clause)
        self.words = reading.words[clause.first : clause.last]
        joined = join_origins(list(within(reading.amounts, start, end)), reading, memory.language)
        self.amounts, self.origins = joined.amounts, joined.origins
        hits = memory.language.further.find(self.words[:_BESIDE])
        if hits and hits[0].first == 0 and clause.cue == clause.first + hits[0].last:
            # "The next two are rising" counts nothing.
            until = self.words[hits[0].last - 1].end
            self.amounts = [amount for amount in self.amounts if amount.end > until]
        bases = self.bases()
        times = within(reading.periods, start, end)
        self.periods = [
            period
            for period in times
            if period.latest
            and period not in bases
            and not is_duration(period, reading, memory.language)
        ]
        if is_movement(self):
            self.clause = replace(clause, sense=None)
        self.strange = memory.whereabouts.strange(reading, self.with_subject())
        self._listen(number)
        self.ordered = {each.start: each for each in ordinals(self)} if self.company else {}
        if self.ordered:
            # "Its 3,000th shop" counts shops as "3,000 shops" does.
            others = (each for each in self.amounts if each.start not in self.ordered)
            self.amounts = sorted([*others, *self.ordered.values()], key=lambda each: each.start)

    def _listen(self, number: int) -> None:
        """Find out who says it, and of whom."""
        clause, reading, actors = self.clause, self.reading, self.memory.actors
        at = reading.words[clause.first if clause.cue is None else clause.cue].start
        if clause.cue is None and self.amounts:
            at = self.amounts[0].start
        self.voice, self.is_quoted = self.memory.voices.at(number, at)
        self.own = actors.spoken_for(self.voice) if self.voice else None
        if self.voice is None and self.is_quoted:
            self.own = self.memory.answers_for
        actors.thread.hear(reading, self.own)
        ours = None if self.memory.is_own else ""
        self.company = actors.actor(reading, clause, self._we(at) if self.is_quoted else ours)
        if (
            self.voice is None
            and self.is_quoted
            and self.memory.strange_voices.speaks_for_one(reading, at)
        ):
            self.own = self.own or self.company  # "a spokesman said"
        if self.company is None and self.amounts:
            self.company = promising(reading, clause)
        is_other = self.own is not None and self.own != self.company and actors.is_company(self.own)
        if clause.sense in FUTURE | TURNS and is_other:
            self.company = None  # what another company says of it is no word of its own
        if clause.sense in FUTURE | TURNS and self._is_hearsay(at):
            self.company = None
        if self.voice is None and actors.person and clause.sense in FUTURE | TURNS:
            # Who wants something, or gives it up, has said so.
            self.voice, self.own = Voice(at, actors.person, is_person=True), self.company

    def _is_hearsay(self, at: int) -> bool:
        """Whether somebody who is not of the company, as far as we know, says what it plans."""
        voice, reading = self.voice, self.reading
        if voice is None and self.is_quoted:
            return self.own is None and not self.memory.strange_voices.speaks(reading, at)
        if voice is None or not voice.is_person:
            others = self.memory.strange_voices
            return voice is None and others.tell(reading, self.clause, self.company)
        number_of_verb = reading.number(voice.at)
        numbers = (
            reading.number(mention.start)
            for mention in reading.mentions
            if mention.type in COMPANIES and mention.thing != self.company
        )
        # "Acme's Jane Roe said that Bolt would": she speaks for Acme.
        return self.own is None and any(
            0 < number_of_verb - number <= _BESIDE for number in numbers
        )

    def _we(self, at: int) -> str | None:
        """Return whom "we" stands for in a quotation: whom its speaker speaks for, "" where nobody knows that."""
        is_one_of_it = self.memory.strange_voices.speaks(self.reading, at)
        return self.own or (None if is_one_of_it else "")

    def with_subject(self) -> Clause:
        """Return the clause with its subject, where that stands before a clause between, or with the thing that it tells more of."""
        subject, told_of = self.clause.subject, self.antecedent()
        if subject is None and told_of:
            subject = self.clause.first - len(told_of)
        return self.clause if subject is None else replace(self.clause, first=subject)

    def subject(self) -> Sequence[Word]:
        """Return the words of what acts, where that stands before a clause between; none where it does not."""
        first = self.clause.subject
        if first is None:
            return ()
        words = self.reading.words
        relatives = {clause.first for clause in self.reading.clauses if clause.joint == "relative"}
        places = range(first + 1, self.clause.first)
        ends = (n for n in places if words[n].folded == "," or n in relatives)
        return words[first : next(ends, self.clause.first)]

    def antecedent(self) -> Sequence[Word]:
        """Return the words of the thing that a relative clause tells more of: "a hall in Ohio, which opened"."""
        if self.clause.joint != "relative":
            return ()
        words, language, last = self.reading.words, self.memory.language, self.clause.first
        near = range(last - 1, max(-1, last - _BESIDE - 1), -1)
        first = next((n for n in near if words[n].folded in language.articles), last)
        is_set_off = "," in {word.folded for word in words[max(0, last - _NEAR) : last + 1]}
        # "The hall which was opened" only tells which one is meant.
        is_told = is_set_off or words[first].folded not in language.definite
        return words[first:last] if first < last and is_told else ()

    @property
    def is_planned(self) -> bool:
        """Whether a number of the clause is what is, or was, to be reached."""
        sense = self.clause.sense
        return sense in TARGETED or (sense == "underway" and not self.clause.past)

    @property
    def goes_on(self) -> bool:
        """Whether something had begun that numbers tell the state of: it is a report of its own."""
        return self.clause.sense == "underway" and self.clause.past

    @property
    def is_ahead(self) -> bool:
        """Whether the clause names a day to come."""
        published = self.memory.published
        return published is not None and any(
            p.latest and p.latest > published for p in self.periods
        )

    def kinds(self) -> list[str]:
        """Return the sorts of undertaking that the clause speaks of, those behind its verb if there are any."""
        kinds = self.memory.language.kinds
        hits = kinds.find_all(self.words)
        if not hits and (self.clause.joint == "resumed" or self.clause.subject is not None):
            # "The plant that it is building will open": what acts stands before.
            hits = kinds.find_all(self.subject() or self.reading.words[: self.clause.first])
            return [kind for hit in hits for kind in hit.meanings]
        if not hits and self.clause.joint == "relative" and self.clause.sense not in FUTURE:
            return [kind for hit in kinds.find_all(self.antecedent()) for kind in hit.meanings]
        cue = 0 if self.clause.cue is None else self.clause.cue - self.clause.first
        behind = [hit for hit in hits if hit.first >= cue]
        # "Its partner Acme will build": a partner who acts is no plan to find one.
        before = [
            hit for hit in hits if hit.last - hit.first > 1 or not self._is_partner(hit.first)
        ]
        return [kind for hit in behind or before for kind in hit.meanings]

    def _is_partner(self, number: int) -> bool:
        return self.words[number].folded in self.memory.language.partners

    def bases(self) -> list[Period]:
        """Return the years that changes in per cent are counted against: "15 per cent on 2016 levels"."""
        if not any(unit_name(amount) == "PERCENT" for amount in self.reading.amounts):
            return []
        return [period for period in self.reading.periods if is_base(period, self)]

    def leading(self) -> list[Period]:
        """Return the times that stand before all verbs: "In July 2015, Acme announced that it would"."""
        first = min((c.cue for c in self.reading.clauses if c.cue is not None), default=0)
        if not first or self.periods or self.clause.subject is not None:
            return []
        start, end = self.reading.words[0].start, self.reading.words[first].start
        return [period for period in within(self.reading.periods, start, end) if period.latest]

    def note_ahead(self) -> None:
        """Remember the last time to come, for what points back to it."""
        published = self.memory.published
        ahead = [p for p in self.periods if published and p.latest and p.latest > published]
        self.memory.ahead = ahead[-1] if ahead else self.memory.ahead

    def is_beyond(self, period: Period) -> bool:
        """Whether a time is only one that something comes after: "later than 2025"."""
        return self.reading.before(period.start) in self.memory.language.comparing

    def ends_in_origin(self, amount: Amount) -> bool:
        """Whether a number names last what it grows from."""
        if amount.baseline is None or amount.start in self.origins:
            return False
        return origin_place(amount, self.reading, self.memory.language)[1] == amount.end

    def part(self, number: int) -> tuple[int, int]:
        """Return the place of the part of the clause that tells of a number."""
        first = self.cut(number - 1) if number else None
        last = self.cut(number) if number + 1 < len(self.amounts) else None
        return self.trimmed(first or self.clause.first, last or self.clause.last)

    def cut(self, number: int) -> int | None:
        """Return where the part of a number ends, by the comma or "and" before the next one."""
        words = self.reading.words
        begin = self.reading.number(self.amounts[number].end)
        end = self.reading.number(self.amounts[number + 1].start)
        stops = _CUTS | self.memory.language.joining
        cuts = [n for n in range(begin, end) if words[n].folded in stops]
        return cuts[-1] if cuts else None

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Return the place of some words, without what only joins them to others."""
        words = self.reading.words
        leading = _LEADING | self.memory.language.leading
        trailing = _TRAILING | self.memory.language.joining
        while first < last - 1 and words[first].folded in leading:
            first += 1
        while last - 1 > first and words[last - 1].folded in trailing:
            last -= 1
        return words[first].start, words[last - 1].end

    def place(self, at: int) -> str | None:
        """Return where what is said at a place of the text holds."""
        whereabouts = self.memory.whereabouts
        place = whereabouts.place(self.reading, self.with_subject(), self.reading.number(at))
        named = whereabouts.places(self.reading)
        # "It runs 40 shops in the UK and has 900 people": not where the text is.
        strange = self.strange or whereabouts.strange(self.reading, replace(self.clause, first=0))
        if place != whereabouts.main or any(name == place for _, name in named):
            return None if strange and place == whereabouts.main else place
        # Where the text is, is neither a place that nobody knows nor where another company is.
        is_elsewhere = strange or self.company != self.memory.actors.thread.main
        return None if is_elsewhere else place

    def place_of(self, about: str) -> str | None:
        """Return where an undertaking is, unless the text says somewhere else."""
        return None if self.strange else self.memory.undertakings.place_of(about)

    def is_analyst(self) -> bool:
        """Whether others give the figures who are no outlet."""
        return self.voice is not None and self.voice.is_figure and not self._is_outlet()

    def _is_outlet(self) -> bool:
        via = self.voice.via if self.voice else None
        return via in self.memory.background.publishers

    def is_told_ahead(self) -> bool:
        """Whether the verb tells of what comes later than it was said: "it said it would sell so many in 2015"."""
        cue, end, words = self.clause.cue, self.clause.cue_end, self.reading.words
        if cue is None or end is None:
            return False
        ends = words[cue].folded, words[end - 1].folded  # "was to", "had planned to"
        return any(word in self.memory.language.ahead for word in ends)

    def is_estimated(self) -> bool:
        """Whether the sentence says of its figures that they are an estimate."""
        hits = self.memory.language.reporting.find_every(self.reading.words)
        return any("estimates" in hit.meanings for hit in hits)

    def told(self, place: str | None) -> Keys:
        """Return where a statement holds and by whom it is made."""
        keys: Keys = {"place": place} if place else {}
        return keys | voice_keys(
            self.voice, self.own, quoted=self.is_quoted, is_outlet=self._is_outlet()
        )
