"""The catalogue of canned questions in `ontology/questions/*.rq`, one file a question.

A file is a complete SPARQL query with a header in comments, which is TOML: title, number,
description and parameters. Where the query reads `VALUES (?a ?b) { (…) }` over parameters, the row
holds example arguments; asking replaces it by the arguments given, serialised as RDF terms. So the
file runs as it stands on any SPARQL 1.1 store, and nothing is ever pasted into the text. What the numbers of
NAME.rq count may be found by a query beside it, NAME.behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.base import (
    UnknownNameError,
    as_asked,
    ontology_folder,
    split_header,
)
from kg.query.answer import Answer
from kg.query.parameters import THINGS, Parameter, read_argument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kg.query.behind import Behind
    from kg.query.index import Index

_VALUES = re.compile(r"VALUES \(([?\w ]+)\) \{ \([^{}]*\) \}")


@dataclass(frozen=True)
class DrawnLine:
    """A column of values that are drawn over time.

    Attributes:
        value: The column of the numbers.
        of: The parameter that tells whose they are.
        by: The column of who counted.
        fact: The column of the statements.
    """

    value: str
    of: str
    by: str
    fact: str


@dataclass(frozen=True)
class Drawing:
    """How the rows of a question are drawn over time.

    Attributes:
        begin: The column of the first day that a value is about.
        end: The column of the last one.
        apart: The columns in which rows differ that do not belong into one drawing.
        lines: The columns of the values.
    """

    begin: str
    end: str
    apart: tuple[str, ...]
    lines: tuple[DrawnLine, ...]


@dataclass(frozen=True)
class Question:
    """A canned question; `text` is its SPARQL with example arguments.

    `sentences` are the columns that hold sentences, each with the column of the statements; `group` says
    with which others it belongs together, `chart` how its rows are drawn, where they are, and `behind`
    how it is found what its numbers count, where that is named.
    """

    name: str
    number: int
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str = field(repr=False)
    sentences: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    chart: Drawing | None = None
    behind: Behind | None = None

    @property
    def put_in(self) -> set[str]:
        """The columns that its query has not: of sentences, and of the names behind numbers."""
        return {*self.sentences, *(self.behind.names.values() if self.behind else ())}

    def bind(
        self,
        arguments: Mapping[str, str | None],
        *,
        resolve: Callable[[str], str],
        today: date,
        through: Callable[[str], Iterable[str]] = lambda _: (),
    ) -> str:
        """Return the query with `arguments` in the place of the examples.

        `resolve` turns what someone calls a thing into its IRI; `today` is the default day. Of a
        company `through` returns the IRIs of those that it acts through, which are asked about as well.

        Raises:
            UnknownNameError: an argument that the question does not have, or `resolve` does not know.
            UsageError: an argument that is not of its type.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in arguments:
            if name not in known:
                raise UnknownNameError(f"parameter of {self.name}", name, known)
        terms: dict[str, list[str]] = {}
        for parameter in self.parameters:
            value = arguments.get(parameter.name)
            value = parameter.default if value is None else value
            if value is not None:
                # The engine writes the term, so that nothing a user gives can end a string early.
                term = read_argument(parameter, value, resolve, today)
                others = through(term.value) if parameter.type == "company" else ()
                every = [term, *map(ox.NamedNode, others)]
                terms[parameter.name] = list(map(as_asked, every))
        return self._filled(terms)

    def ahead(self, arguments: Mapping[str, str | None], today: date) -> str:
        """Return a sentence on a day that is asked about and still to come, or "" where none is.

        >>> from datetime import date
        >>> load_question("status").ahead({"date": "2031-01-01"}, date(2030, 12, 31)).partition(":")[0]
        '2031-01-01 is still to come'
        """
        days = (arguments.get(one.name) for one in self.parameters if one.default == "today")
        last = max((day for day in days if day and day != "today"), default="")
        if last <= today.isoformat():
            return ""
        return (
            f"{last} is still to come: the answer is what would follow on that day from what is known now,"
            " and nobody can know yet what becomes of it by then"
        )

    def names_one(self, arguments: Mapping[str, str | None]) -> bool:
        """Tell whether the arguments name a thing, so that the question is not about everything."""
        return any(
            arguments.get(parameter.name) is not None or parameter.default is not None
            for parameter in self.parameters
            if parameter.type in THINGS
        )

    def _filled(self, terms: Mapping[str, Sequence[str]]) -> str:
        return "".join(part if isinstance(part, str) else _row(part, terms) for part in self._parts)

    @cached_property
    def _parts(self) -> list[str | list[str]]:
        """The text, and in the places of its example arguments the names of their parameters."""
        known = {parameter.name for parameter in self.parameters}
        parts: list[str | list[str]] = []
        end = 0
        for block in _VALUES.finditer(self.text):
            names = [name.removeprefix("?") for name in block[1].split()]
            # A VALUES block over other variables is part of the question, not of its arguments.
            if known.issuperset(names):
                parts += self.text[end : block.start()], names
                end = block.end()
        return [*parts, self.text[end:]]


def question_names() -> list[str]:
    """Return the names of all questions.

    >>> "partners" in question_names()
    True
    """
    return sorted(path.stem for path in _folder().glob("*.rq"))


@cache
def load_question(name: str) -> Question:
    """Return one question.

    Raises:
        UnknownNameError: there is none of that name; it tells the nearest.

    >>> [parameter.name for parameter in load_question("initiatives").parameters]
    ['company', 'place']
    """
    known = question_names()
    if name not in known:
        raise UnknownNameError("question", name, known)
    text = (_folder() / f"{name}.rq").read_text(encoding="utf-8")
    header, query = split_header(text, name)
    parameters = (Parameter(name, **spec) for name, spec in header.get("parameters", {}).items())
    description = " ".join(header["description"].split())
    return Question(
        name,
        header["number"],
        header["title"],
        description,
        tuple(parameters),
        query,
        header.get("sentences", {}),
        header.get("group", ""),
        _drawing(header.get("chart")),
        _behind(name, header.get("behind")),
    )


def load_questions() -> list[Question]:
    """Return all questions, by number."""
    return sorted(map(load_question, question_names()), key=lambda question: question.number)


def ask_all(index: Index, name: str, today: date) -> Answer:
    """Ask a canned question about everything, as it is known on the day `today`.

    >>> import kg
    >>> from datetime import date
    >>> len(ask_all(kg.build(check=False).index, "changes", date.min).rows) > 100
    True
    """
    text = load_question(name).bind({}, resolve=str, today=today)
    return Answer(lambda: index.run_of_all(text), fault=index.fault)


def _folder() -> Path:
    return ontology_folder() / "questions"


def _drawing(spec: Mapping[str, Any] | None) -> Drawing | None:
    if spec is None:
        return None
    lines = tuple(DrawnLine(**line) for line in spec["lines"])
    return Drawing(spec["from"], spec["until"], tuple(spec["apart"]), lines)


def _behind(name: str, spec: Mapping[str, Any] | None) -> Behind | None:
    if spec is None:
        return None
    from kg.query.behind import Behind  # few questions name what their numbers count

    text = (_folder() / f"{name}.behind").read_text(encoding="utf-8")
    return Behind(spec["of"], tuple(spec["counts"]), split_header(text, name)[1])


def _row(names: Sequence[str], terms: Mapping[str, Sequence[str]]) -> str:
    given = [name for name in names if name in terms]
    if not given:
        return ""
    heads = " ".join(f"?{name}" for name in given)
    rows = " ".join(f"({' '.join(cells)})" for cells in product(*(terms[name] for name in given)))
    return f"VALUES ({heads}) {{ {rows} }}"
