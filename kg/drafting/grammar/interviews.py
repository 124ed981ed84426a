"""Interviews by question and answer, in which nothing stands between quotation marks and all is said by somebody.

Lines begin with who speaks ("Gazette: ... Roe: ...", "Q. ... A. ..."), or every question has a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.drafting.grammar.reading import Reading

_LINE: Final = re.compile(r"[^\n]+")
# Who speaks: up to four words with a colon, or one letter with a full stop.
_LABEL: Final = re.compile(
    r"\A(?:\*{0,2}([^\W\d_][\w.’'-]{0,20}(?: [\w.’'-]{1,20}){0,3}):\*{0,2}\s+|([A-Z])\.\s+)"
)
_FEWEST: Final = 2
_LONGEST: Final = 40
_QUOTES: Final = '"“„«»”'


class InterviewAnswer(NamedTuple):
    """What is answered: its place in the text, and the words that name who answers, "" where none do."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers and questions of a text, and where labels of who speaks begin and end; all empty if it has none."""

    answers: tuple[InterviewAnswer, ...] = ()
    questions: tuple[tuple[int, int], ...] = ()
    labels: tuple[tuple[int, int], ...] = ()

    def asks(self, at: int) -> bool:
        """Whether a place is part of a question."""
        number = bisect_right(self.questions, at, key=lambda question: question[0]) - 1
        return number >= 0 and at < self.questions[number][1]


class _Line(NamedTuple):
    start: int
    end: int
    label: str
    begin: int
    text: str


def find_interview(text: str) -> Interview:
    r"""Return the questions and answers of a text.

    >>> talk = "Roe runs Bolt.\n\nQ. Why?\n\nA. We grow.\n\nQ. How?\n\nA. By 2030 we will have 20 shops."
    >>> [talk[each.start : each.end] for each in find_interview(talk).answers]
    ['We grow.', 'By 2030 we will have 20 shops.']
    """
    lines = [_line(found) for found in _LINE.finditer(text) if found[0].strip()]
    return _labelled(lines) or _by_lines(lines) or Interview()


def _line(found: re.Match[str]) -> _Line:
    label = _LABEL.match(found[0])
    name = (label[1] or label[2]) if label else ""
    is_label = label is not None and name[:1].isupper()
    begin = found.start() + (label.end() if label and is_label else 0)
    return _Line(found.start(), found.end(), name if is_label else "", begin, found[0].rstrip())


def _labelled(lines: Sequence[_Line]) -> Interview | None:
    """Return an interview in which lines begin with who speaks; who mostly asks is the interviewer."""
    often = Counter(line.label for line in lines if line.label)
    asked = Counter(line.label for line in lines if line.label and "?" in line.text)
    asking = {
        name for name, times in asked.items() if times >= _FEWEST and 2 * times >= often[name]
    }
    answers = [line for line in lines if line.label and line.label not in asking]
    if not asking or len(answers) < _FEWEST:
        return None
    return Interview(
        tuple(InterviewAnswer(line.begin, line.end, line.label) for line in answers),
        tuple((line.begin, line.end) for line in lines if line.label in asking),
        tuple((line.start, line.begin) for line in lines if line.label),
    )


def _by_lines(lines: Sequence[_Line]) -> Interview | None:
    """Return an interview in which each question is a line, and the next one answers it."""
    asks = [_is_question(line) for line in lines]
    pairs = [
        (line, behind)
        for line, behind, one, other in zip(lines, lines[1:], asks, asks[1:], strict=False)
        if one and not other
    ]
    if len(pairs) < _FEWEST:
        return None
    return Interview(
        tuple(InterviewAnswer(answer.start, answer.end, "") for _, answer in pairs),
        tuple((question.start, question.end) for question, _ in pairs),
    )


def _is_question(line: _Line) -> bool:
    is_short = len(line.text.split()) <= _LONGEST
    return line.text.endswith("?") and is_short and not any(sign in line.text for sign in _QUOTES)


def who_answers(interview: Interview, readings: Iterable[Reading]) -> dict[int, str]:
    """Return the person who gives each answer, by the place where it begins; those of whom that is not known are left out.

    A label names somebody by the last name; without one it is the only person whom the text names.
    """
    people = {
        reading.text[mention.start : mention.end].split()[-1]: mention.thing
        for reading in readings
        for mention in reading.mentions
        if mention.type == "Person"
    }
    only = next(iter(people.values())) if len(set(people.values())) == 1 else None
    found = {}
    for answer in interview.answers:
        named = people.get(answer.label.split()[-1]) if len(answer.label) > 1 else None
        if person := named or only:
            found[answer.start] = person
    return found
