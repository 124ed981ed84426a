"""Whose something is where its verb stands before: "Work is under way on Acme's plant", "Following the opening of its store, Acme"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from kg.drafting.grammar.clauses import Clause
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.grammar.strangers import Strangers
    from kg.drafting.grammar.subjects import Subject, Subjects
    from kg.drafting.grammar.thread import Thread


class BehindVerbs:
    """Finds who is told of behind the verb of a clause that has nobody before it."""

    def __init__(
        self, language: PlanWords, strangers: Strangers, thread: Thread, subjects: Subjects
    ) -> None:
        """Take who is unknown in a text, and of whom it speaks."""
        self._language, self._strangers = language, strangers
        self._thread, self._subjects = thread, subjects

    def is_meant(self, reading: Reading, clause: Clause) -> bool:
        """Whether it is told behind the verb of a clause whose something is."""
        return self._is_work(reading, clause) or self._leads_on(reading, clause)

    def _is_work(self, reading: Reading, clause: Clause) -> bool:
        """Whether what stands before a verb is work of which it is told behind on what it is done."""
        if clause.cue is None or clause.cue == clause.first:
            return False
        before = {word.folded for word in reading.words[clause.first : clause.cue]}
        works = self._language.same - self._language.pronouns
        return bool(before & works) and before <= works | self._language.articles

    def _leads_on(self, reading: Reading, clause: Clause) -> bool:
        """Whether a sentence begins with what has come about and goes on behind a comma: "Following the opening of its store, Acme"."""
        return clause.cue == 0 and any(
            each.first == clause.last and each.joint == "," for each in reading.clauses
        )

    def has_owner(self, reading: Reading, clause: Clause) -> bool:
        """Whether what is told of behind a verb is somebody's who is unknown, of whom the text goes on to speak."""
        behind = clause.cue_end or clause.first, clause.last
        others = self._strangers.find(reading, *behind, owning=True)
        is_owned = any(owns(reading.words, each.last) for each in others)
        if is_owned:
            self._thread.meet(reading, clause, others, by_others=True)
        return is_owned

    def find(self, reading: Reading, clause: Clause, own: str | None) -> Subject | None:
        """Return whose something is that is told of behind a verb, or else who acts in the clause that it leads on to."""
        behind = clause.cue_end or clause.first, clause.last
        found = self._subjects.first(reading, behind, own, None, None)
        if found and found.owns and found.is_named:
            return found
        after = next((each for each in reading.clauses if each.first == clause.last), None)
        if after is None or not self._leads_on(reading, clause):
            return None
        part = after.first, before_verb(reading, after)
        found = self._subjects.first(reading, part, own, None, None)
        return found if found and found.is_named and not found.is_weak else None


def before_verb(reading: Reading, clause: Clause) -> int:
    """Return where what stands before the verb ends, or before its number where no verb is known."""
    if clause.cue == clause.first:
        return clause.cue_end or clause.cue  # "Work at Acme's plant has stopped"
    if clause.cue is not None:
        return clause.cue
    numbers = (reading.number(amount.start) for amount in reading.amounts)
    return next((n for n in numbers if clause.first <= n < clause.last), clause.last)
