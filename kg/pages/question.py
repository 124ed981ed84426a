"""The canned questions as pages: the catalogue, and each as a form with its answer."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from kg.base import shorten
from kg.pages.asking import OWN, AskedQuestion, Part, ask_question
from kg.pages.cells import head_of, table_of
from kg.pages.drawing import charts_of
from kg.pages.linked import dataset
from kg.pages.rendering import render
from kg.query import THINGS, label_of, load_question, load_questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.query import Parameter, Question

USUAL: Final = 100
"""How many rows a page has unless more are asked for."""

MOST: Final = 1_000
"""How many rows a page has at most."""


@dataclass(frozen=True)
class AskedField:
    """A field of the form: its `parameter`, `head`, the `value` in it, what that `means`, and what is `wrong`.

    `example` is the address of the question asked with an example of the parameter alone, and what that is.
    """

    parameter: Parameter
    head: str
    value: str
    means: tuple[str, str] | None
    wrong: str
    example: tuple[str, str] | None


@dataclass(frozen=True)
class Turning:
    """How a long answer is turned over: the addresses of the rows before and behind, "" where there are none."""

    before: str
    behind: str


def questions_page(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the catalogue of questions, by what they are about."""
    questions = load_questions()
    sizes = Counter(question.group for question in questions)
    ranked = sorted(questions, key=lambda question: (-sizes[question.group], question.group))
    groups = [
        (group, [(one, _examples(desk, frame, one)) for one in some])
        for group, some in groupby(ranked, key=lambda question: question.group)
    ]
    page = render(
        "questions.html", frame, title="Questions", groups=groups,
        description="What can be asked of the plans of companies, with a form for each question.",
    )  # fmt: skip
    return "html", page


def _examples(desk: Desk, frame: Frame, question: Question) -> list[tuple[str, str]]:
    """Return what a question can be asked about, as an address and its words each."""
    return [
        (frame.link(f"/questions/{question.name}", **{one.name: example}), example)
        for one in question.parameters
        if one.type in THINGS and (example := desk.example(question, one))
    ]


def question_page(desk: Desk, frame: Frame, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return a question as a form, with its answer, or with what is wrong beside its fields.

    Args:
        desk: What is asked.
        frame: The surroundings; its parameters are the arguments.
        given: The `name` of the question; and `late`, why it could not be answered, if it was asked before.

    Returns:
        "html" and the page; in place of that "refused" where an argument is wrong, and "late" where it was
        asked before.

    Raises:
        UnknownNameError: there is no such question.
        UsageError: something is given that it does not take.
    """
    own = {name: value for name, value in frame.given.items() if name not in OWN}
    question, late = load_question(given["name"]), str(given.get("late") or "")
    part = Part.of(frame.given, usual=USUAL, most=MOST)
    # Asked again it would take as long again.
    asked = (
        _unanswered(question, own) if late else ask_question(desk.graph, question.name, own, part)
    )
    fields = [_field(desk, frame, asked, parameter) for parameter in question.parameters]
    answered = not (late or asked.wrong)
    page = render(
        "question.html", frame, title=_title(question, fields), description=question.description,
        question=question, fields=fields, asked=asked, late=late, answered=answered,
        table=table_of(desk.index, asked), charts=charts_of(desk.index, asked),
        turning=_turning(frame, asked, part), editor=f"{frame.root}/editor#query=" + quote(asked.sparql, safe=""),
        csv=_elsewhere(frame, question, "csv"), json=_elsewhere(frame, question, "json"),
        ahead=question.ahead(asked.given, desk.today) if answered else "",
        linked=_linked(frame, question) if answered else None, command=_command(frame, asked),
    )  # fmt: skip
    return ("late" if late else "refused" if asked.wrong else "html"), page


def _unanswered(question: Question, given: Mapping[str, str]) -> AskedQuestion:
    return AskedQuestion(question, given, {}, {})


def _title(question: Question, fields: list[AskedField]) -> str:
    """Return what tells this page from that of the same question with other arguments."""
    things = [field.means[1] for field in fields if field.means]
    return f"{question.title}: {', '.join(things)}" if things else question.title


def _field(desk: Desk, frame: Frame, asked: AskedQuestion, parameter: Parameter) -> AskedField:
    meant = asked.meant.get(parameter.name)
    usual = parameter.default if parameter.type in (*THINGS, "number") else None
    means = None
    if meant is not None and parameter.type in THINGS:
        means = shorten(meant.value), label_of(desk.index, meant.value)
    example = desk.example(asked.question, parameter)
    return AskedField(
        parameter,
        head_of(parameter.name),
        asked.given.get(parameter.name, usual or ""),
        means,
        asked.wrong.get(parameter.name, ""),
        (frame.link(f"/questions/{asked.question.name}", **{parameter.name: example}), example) if example else None,
    )  # fmt: skip


def _turning(frame: Frame, asked: AskedQuestion, part: Part) -> Turning:
    def at(start: int) -> str:
        rest = {name: value for name, value in frame.given.items() if name != "offset"}
        return frame.link(frame.path, **rest, offset=str(start) if start else None) + "#answer"

    return Turning(
        at(max(0, asked.start - part.most)) if asked.start and part.most else "",
        at(asked.end) if asked.rows and asked.end < asked.total else "",
    )


def _elsewhere(frame: Frame, question: Question, form: str) -> str:
    """Return the address of the whole answer in another form."""
    own = {name: value for name, value in frame.given.items() if name not in OWN}
    return frame.link(f"/questions/{question.name}.{form}", **own)


def _command(frame: Frame, asked: AskedQuestion) -> str:
    """Return the command that gives the same answer.

    >>> from kg.pages.frame import Frame
    >>> _command(Frame(), _unanswered(load_question("partners"), {"company": "Lei Jun"}))
    "kg ask partners --company 'Lei Jun'"
    """
    words = ["kg", "ask", asked.question.name]
    for name, value in asked.given.items():
        words += [f"--{name}", value]
    return shlex.join([*words, *(["--as-of", str(frame.as_of)] if frame.as_of else [])])


def _linked(frame: Frame, question: Question) -> dict[str, Any]:
    """Return what the page tells programs: that its answer is data, and where it can be had."""
    forms = {"csv": "text/csv", "json": "application/json"}
    return {
        **dataset(frame, question.title, question.description),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": type_,
                "contentUrl": frame.base + _elsewhere(frame, question, form),
            }
            for form, type_ in forms.items()
        ],
    }
