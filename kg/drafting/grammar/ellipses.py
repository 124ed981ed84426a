"""Short answers that only their questions make whole, as "In April 2026" to "When will it open?".

Such an answer is read as one sentence with its question, of which the words that ask are left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.clauses import split_clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.interviews import Interview
    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading

_LONGEST: Final = 14


class JoinedReading(NamedTuple):
    """A question and its answer read as one sentence, and the places where the one ends and the other begins."""

    reading: Reading
    asked_until: int
    answered_from: int

    def split(self, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Return places without what stands between question and answer."""
        found: list[tuple[int, int]] = []
        for start, end in spans:
            if start < self.asked_until and end > self.answered_from:
                found += [(start, self.asked_until), (self.answered_from, end)]
            else:
                found.append((start, end))
        return tuple(found)


def join_answers(
    readings: Sequence[Reading], interview: Interview, language: PlanWords
) -> dict[int, JoinedReading]:
    """Return the short answers of an interview, each as the number of its sentence and what is read in its place."""
    begun = {answer.start for answer in interview.answers}
    joined = {}
    for number, reading in enumerate(readings):
        before = readings[number - 1] if number else None
        if before is None or reading.sentence.start not in begun:
            continue
        if interview.asks(before.sentence.start) and _is_short(reading, language):
            first = _past_asking(before, language)
            if first is not None:
                joined[number] = _join(before, first, reading, language)
    return joined


def _is_short(reading: Reading, language: PlanWords) -> bool:
    """Whether an answer has neither somebody who acts nor a verb but at its beginning."""
    words = reading.words
    hits = language.company_words.find_all(words)
    acts = any({"own", "pronouns"} & set(hit.meanings) for hit in hits)
    cues = [clause.cue for clause in reading.clauses if clause.cue is not None]
    return len(words) <= _LONGEST and not acts and all(cue == 0 for cue in cues)


def _past_asking(reading: Reading, language: PlanWords) -> int | None:
    """Return behind which word a question says what it asks about, None where it may be answered by yes and no."""
    hits = language.asking.find(reading.words)
    if not hits or hits[0].first or reading.words[-1].folded != "?":
        return None
    return hits[0].last


def _join(asked: Reading, first: int, answer: Reading, language: PlanWords) -> JoinedReading:
    words = [*asked.words[first:-1], *answer.words]
    periods = [*asked.periods, *answer.periods]
    timed = {
        number
        for number, word in enumerate(words)
        if any(each.start <= word.start < each.end for each in periods)
    }
    whole = replace(
        answer,
        words=words,
        sentence=replace(answer.sentence, start=words[0].start, heading=False),
        clauses=split_clauses(words, language, timed),
        mentions=[*asked.mentions, *answer.mentions],
        amounts=[*asked.amounts, *answer.amounts],
        periods=periods,
    )
    return JoinedReading(whole, asked.words[-1].start, answer.words[0].start)
