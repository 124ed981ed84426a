"""Whose plans the clauses of a text tell of: companies named, "it", "the company", and who acts for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.drafting.reading import COMPANIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.drafting.clauses import Clause
    from kg.drafting.known import Mention
    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading
    from kg.drafting.speakers import Voice

_NEAR: Final = 3
_SHORTEST: Final = 2


def main_company(mentions: Iterable[Mention], titled: Iterable[Mention]) -> str | None:
    """Return the company that a text names most, of those in its title if there are any."""
    named = {mention.thing for mention in titled if mention.type in COMPANIES}
    counted = Counter(mention.thing for mention in mentions if mention.type in COMPANIES)
    best = max(counted, key=lambda thing: (thing in named, counted[thing]), default=None)
    return best or min(named, default=None)


class Actors:
    """Who acts in the clauses of a text, as it goes on.

    `person` is who acts for the company of the clause that was asked about last, if somebody does.
    """

    def __init__(
        self, language: PlanWords, company: str | None, offices: Mapping[str, frozenset[str]]
    ) -> None:
        """Begin with the company that the text is about, and those that people hold an office of."""
        self._language, self._main = language, company
        offices_of = ((person, _one(companies, company)) for person, companies in offices.items())
        self._owners = {person: one for person, one in offices_of if one}
        self._current = company
        self._spoken: str | None = None
        self._line = -1
        self.person: str | None = None

    def spoken_for(self, voice: Voice) -> str | None:
        """Return the company that somebody speaks for, None for people whose office is not known."""
        if voice.speaker is None:
            return None
        return self._owners.get(voice.speaker) if voice.is_person else voice.speaker

    def actor(self, reading: Reading, clause: Clause, own: str | None) -> str | None:
        """Return the company that acts in a clause; `own` is whom "we" stands for there.

        What stands first counts, before the verb: a name, "it", "the company". Where the clause has
        neither, it is the company of what stands before; nobody, where a name stands there that is unknown.
        """
        self.person = None
        if reading.sentence.line != self._line:
            self._line, self._current = reading.sentence.line, self._main
        end = clause.last if clause.cue is None else clause.cue
        found = self._first(reading, (clause.first, max(end, clause.first)), own)
        if found is None:
            return None if self._is_stranger(reading, clause) else self._current
        if clause.joint != "relative":
            self._current = found
        return found

    def _first(self, reading: Reading, part: tuple[int, int], own: str | None) -> str | None:
        """Return who is named or meant first; whom something is only "of" counts behind all others."""
        weak: str | None = None
        named = {
            reading.number(mention.start): mention
            for mention in reading.mentions
            if mention.type in COMPANIES or mention.type == "Person"
        }
        hits = self._language.company_words.find_all(reading.words[part[0] : part[1]])
        standing = {part[0] + hit.first: hit.meanings for hit in hits}
        for at in range(*part):
            if at in named:
                company = self._named(named[at])
                if company and self._acts(reading, named[at]):
                    self.person = named[at].thing if named[at].type == "Person" else None
                    return company
                is_weak = reading.before(named[at].start) in self._language.weak
                weak = weak or (company if is_weak else None)
            elif (
                reading.words[at].folded in self._language.persons and self._spoken in self._owners
            ):
                self.person = self._spoken
                return self._owners[self._spoken]
            elif at in standing and not any(n in named for n in range(at + 1, at + _NEAR)):
                return own if own and "own" in standing[at] else self._current
        return weak

    def _named(self, mention: Mention) -> str | None:
        if mention.type != "Person":
            return mention.thing
        self._spoken = mention.thing
        # A person of unknown office acts for nobody that is known.
        return self._owners.get(mention.thing)

    def _acts(self, reading: Reading, mention: Mention) -> bool:
        """Whether a name stands where who acts does: behind no preposition, or something of it acts."""
        behind = reading.words[reading.number(mention.end) :][:2]
        owns = [word.folded for word in behind] == ["'", "s"]
        return owns or reading.before(mention.start) not in self._language.others

    def _is_stranger(self, reading: Reading, clause: Clause) -> bool:
        """Whether a name acts that the graph does not know: it is nobody's plan that we know."""
        if self._language.capital_nouns:
            return False
        if clause.cue is None:
            numbers = list(range(clause.first, min(clause.first + 2, clause.last)))
        else:
            skipped = self._language.adverbs | self._language.here
            before = (
                number
                for number in range(clause.cue - 1, clause.first - 1, -1)
                if reading.words[number].folded not in skipped
                and reading.words[number].folded[-1].isalnum()
            )
            numbers = [next(before, 0)]
        return any(self._is_unknown(reading, number) for number in numbers)

    def _is_unknown(self, reading: Reading, number: int) -> bool:
        """Whether a word is, by its capital, a name that nothing known has.

        Every first word of a sentence has a capital: it is a name where it stands apart, "Bolt, which ...".
        """
        words = reading.words
        word = words[number]
        is_people = bool(self._language.peoples.find(words[number : number + 2]))
        is_name = reading.text[word.start].isupper() and len(word.folded) >= _SHORTEST
        if not is_name or is_people or reading.is_told(word.start):
            return False
        if number:
            return words[number - 1].folded[-1].isalnum()
        joints = self._language.joints.find(words[2:3])
        return (
            words[1:2] != []
            and words[1].folded == ","
            and bool(joints)
            and "relative" in joints[0].meanings
        )


def _one(companies: frozenset[str], main: str | None) -> str | None:
    """Return whom a person of several companies acts for in a text."""
    if main in companies:
        return main
    return next(iter(companies)) if len(companies) == 1 else None
