"""A canned question, asked: what was given read one by one, some of the rows, and how many there are in all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.base import UnknownNameError, UsageError, expand, shorten, to_json, to_python
from kg.export import write_short
from kg.pages.desk import desk_of
from kg.pages.frame import AS_OF, read_day
from kg.plans import Words
from kg.query import THINGS, Answer, load_question, read_argument, stream_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.graph import Graph
    from kg.query import Question

    Row = tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]

OWN: Final = (AS_OF, "limit", "offset")
"""The parameters of an address that are none of a question's."""

MOST: Final = 1 << 40
"""More rows than any answer has."""


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it was asked.

    Attributes:
        question: The question.
        given: What it was asked with, as it was written.
        meant: What that stands for, and the defaults, by parameter.
        wrong: What is wrong with it, a sentence each, by parameter; then there are no rows.
        columns: The names of the columns.
        rows: Some rows, from `start` on.
        start: How many rows are left out before them.
        total: How many rows there are in all.
        sparql: The query behind it.
    """

    question: Question
    given: Mapping[str, str]
    meant: Mapping[str, ox.NamedNode | ox.Literal]
    wrong: Mapping[str, str]
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
    start: int = 0
    total: int = 0
    sparql: str = ""

    @property
    def end(self) -> int:
        """How many rows there are up to the last one that is here."""
        return self.start + len(self.rows)


@dataclass(frozen=True)
class Part:
    """Which rows are wanted: at most so many, behind so many."""

    start: int = 0
    most: int = MOST

    @classmethod
    def of(cls, given: Mapping[str, str], usual: int = MOST, most: int = MOST) -> Part:
        """Read which rows an address asks for.

        Raises:
            UsageError: a number that is none.

        >>> Part.of({"offset": "100", "limit": "5000"}, usual=100, most=1000)
        Part(start=100, most=1000)
        """
        return cls(
            min(_number("offset", given.get("offset", ""), 0), MOST),
            min(_number("limit", given.get("limit", ""), usual), most),
        )


def ask_question(
    graph: Graph, name: str, given: Mapping[str, str], part: Part | None = None
) -> AskedQuestion:
    """Ask a canned question, unless something is wrong with what it is given.

    Args:
        graph: What is asked.
        name: The question's.
        given: Its arguments; one that is empty counts as none.
        part: Which rows are wanted; all of them by default.

    Raises:
        UnknownNameError: there is no such question.
        UsageError: something is given that the question does not take.

    >>> import kg
    >>> graph = kg.build(check=False)
    >>> asked = ask_question(graph, "partners", {"company": "Xiaomi"}, Part(most=2))
    >>> len(asked.rows), asked.total > 10
    (2, True)
    >>> ask_question(graph, "partners", {"date": "soon"}).wrong
    {'date': "date is 'soon'; give a day as YYYY-MM-DD, or today"}
    """
    question = load_question(name)
    known = [parameter.name for parameter in question.parameters]
    given = {key: value.strip() for key, value in given.items() if value.strip()}
    for key in given:
        if key not in known:
            told = UnknownNameError(f"parameter of {name}", key, known)
            raise UsageError(str(told))  # the question is there
    asked = _read(question, given, graph)
    return asked if asked.wrong else _answered(asked, graph, part or Part())


def _read(question: Question, given: Mapping[str, str], graph: Graph) -> AskedQuestion:
    meant: dict[str, ox.NamedNode | ox.Literal] = {}
    wrong: dict[str, str] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        try:
            if value is not None:
                meant[parameter.name] = read_argument(parameter, value, graph.resolve, graph.today)
        except UsageError as error:
            # What is wrong with a default is no fault of whoever asks: the graph has no such thing.
            if parameter.name in given or parameter.type not in THINGS:
                wrong[parameter.name] = str(error)
            else:
                wrong[parameter.name] = f"say which; {error}"
    return AskedQuestion(question, given, meant, wrong)


def _answered(asked: AskedQuestion, graph: Graph, part: Part) -> AskedQuestion:
    arguments = {name: _argument(asked, name) for name in asked.meant}
    name = asked.question.name
    answer = graph.ask(name, arguments=arguments)
    columns = answer.columns  # before the rows: once those are read, only another query has them
    rows, total = answer.some(part.start, part.most)
    sparql = graph.sparql(name, arguments=arguments)
    return AskedQuestion(
        asked.question, asked.given, asked.meant, {}, columns, rows, part.start, total, sparql
    )


def _argument(asked: AskedQuestion, name: str) -> str:
    """Return an argument as it is asked with: of a thing its slug, so that nothing is looked up twice."""
    term = asked.meant[name]
    if isinstance(term, ox.Literal):
        return term.value
    slug = shorten(term.value)
    parameter = next(one for one in asked.question.parameters if one.name == name)
    return slug if expand(slug) == term.value else asked.given.get(name) or str(parameter.default)


def ask(graph: Graph, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Ask a canned question, for programs.

    Args:
        graph: What is asked.
        given: The `name` of the question; its `arguments` by name, among which may be `as-of`, `limit` and
            `offset`; the `form`, "json" or "csv".

    Raises:
        UnknownNameError: there is no such question.
        UsageError: something is wrong with an argument.

    >>> import kg
    >>> given = {"name": "partners", "arguments": {"company": "xiaomi", "limit": "1"}, "form": "json"}
    >>> form, data = ask(kg.build(check=False), given)
    >>> form, sorted(json.loads(data))[:4]
    ('json', ['arguments', 'as_of', 'columns', 'labels'])
    """
    arguments = dict(given.get("arguments") or {})
    day = read_day(arguments.get(AS_OF, ""))
    desk = desk_of(graph).then(day) if day else desk_of(graph)
    own = {name: value for name, value in arguments.items() if name not in OWN}
    asked = ask_question(desk.graph, given["name"], own, Part.of(arguments))
    if asked.wrong:
        raise UsageError("; ".join(asked.wrong.values()))
    if given.get("form") == "csv":
        answer = Answer(partial(stream_rows, asked.columns, asked.rows))
        return "csv", write_short(desk.index, answer, "csv")
    return "json", _document(asked, desk.graph, day)


def _document(asked: AskedQuestion, graph: Graph, day: date | None) -> bytes:
    rows = [
        {name: to_json(to_python(cell)) for name, cell in zip(asked.columns, row, strict=True) if cell is not None}
        for row in asked.rows
    ]  # fmt: skip
    named = {
        shorten(cell.value) for row in asked.rows for cell in row if isinstance(cell, ox.NamedNode)
    }
    labels = Words.for_some(graph.index, (), named).labels
    told = {
        "question": asked.question.name,
        "title": asked.question.title,
        "arguments": {name: to_json(to_python(term)) for name, term in asked.meant.items()},
        "as_of": day.isoformat() if day else None,
        "columns": asked.columns,
        "rows": rows,
        "note": asked.question.ahead(asked.given, graph.today) or None,
        "offset": asked.start,
        "total": asked.total,
        "labels": {name: labels[name] for name in sorted(named & labels.keys())},
        "sparql": asked.sparql,
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _number(name: str, text: str, usual: int) -> int:
    text = text.strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST)):
        raise UsageError(f"{name} is {text[:40]!r}; give a whole number")
    return int(text)
