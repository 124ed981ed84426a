"""The cells of an answer as people read them: things by their labels, statements by what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.base import shorten, to_python, to_text
from kg.plans import Words
from kg.promises import outcome_of, read_statements
from kg.query import select_named, split_names
from viz.style import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.pages.asking import AskedQuestion
    from kg.promises import Statement
    from kg.query import Index

_VERDICT, _REPLACED = "verdict", "replacedBy"
"""The columns of a question about promises that say how each stands."""

_STATEMENTS: Final = "SELECT DISTINCT ?s WHERE {{ {named} ?s cp:source ?source }}"


@dataclass(frozen=True)
class ShownCell:
    """A cell: its `text`, the `name` of what it tells of, a `note` below it, and the `kind`, for its look.

    Of how a promise stands the kind is the name of its mark in `viz.style.OUTCOMES`. What a number
    counts stands `behind` it.
    """

    text: str
    name: str = ""
    note: str = ""
    kind: str = ""
    behind: Sequence[ShownCell] = ()


@dataclass(frozen=True)
class ShownTable:
    """A table: `heads` of its columns, each with its kind, the `rows`, and the heads of `empty` columns."""

    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[ShownCell]]
    empty: Sequence[str]


def head_of(column: str) -> str:
    """Return the name of a column for people.

    >>> head_of("otherCountedBy"), head_of("on")
    ('Other counted by', 'On')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column).replace("_", " ").lower()
    return words[:1].upper() + words[1:]


def table_of(index: Index, asked: AskedQuestion) -> ShownTable:
    """Return what a question found for people to read.

    >>> import kg
    >>> from kg.pages.asking import Part, ask_question
    >>> graph = kg.build(check=False)
    >>> asked = ask_question(graph, "who-said", {"thing": "medianama-2017-03-28.6.1"})
    >>> cells = table_of(graph.index, asked).rows[0]
    >>> cells[0].text, cells[1].text
    ('MediaNama of 2017-03-28', '20,000 jobs created by March 2020')
    """
    teller = _Teller.of(index, asked)
    told = set(asked.question.sentences.values())
    columns = [
        [teller.show(row[at], plainly=name in told) for row in asked.rows]
        for at, name in enumerate(asked.columns)
    ]
    if {_VERDICT, _REPLACED} <= set(asked.columns):
        verdicts, replaced = map(asked.columns.index, (_VERDICT, _REPLACED))
        columns[verdicts] = [
            _outcome(cell, row[replaced])
            for cell, row in zip(columns[verdicts], asked.rows, strict=True)
        ]
    behind = asked.question.behind if asked.rows else None
    names = behind.names if behind else {}
    for number, named in names.items():
        counts, ones = map(asked.columns.index, (number, named))
        columns[counts] = [
            replace(cell, behind=teller.each(row[ones]))
            for cell, row in zip(columns[counts], asked.rows, strict=True)
        ]
    filled = [at for at, cells in enumerate(columns) if any(cell.text for cell in cells)]
    heads = [head_of(name) for name in asked.columns]
    shown = [
        at
        for at in filled
        if asked.columns[at] not in names.values()
        and not (at and _says_the_same(columns[at], columns[at - 1]))
    ]
    return ShownTable(
        [(heads[at], _kind(columns[at])) for at in shown],
        [[columns[at][row] for at in shown] for row in range(len(asked.rows))],
        [
            head
            for at, head in enumerate(heads)
            if at not in filled and asked.columns[at] not in names.values()
        ],
    )


def _outcome(verdict: ShownCell, replaced_by: object) -> ShownCell:
    """Return a verdict in the words of all pages: of what is due and not known that no result is."""
    outcome = outcome_of(verdict.name.removeprefix("cp:"), replaced_by)
    if outcome not in OUTCOMES:
        return verdict
    return ShownCell(OUTCOMES[outcome].name, verdict.name, kind=outcome)


def _says_the_same(cells: Sequence[ShownCell], before: Sequence[ShownCell]) -> bool:
    """Tell whether a column is only the labels of the one before it, which has them as a link already."""
    pairs = zip(cells, before, strict=True)
    return all(cell.text == other.text and other.name and not cell.name for cell, other in pairs)


def _kind(cells: Iterable[ShownCell]) -> str:
    """Return the kind of the cells of a column where all that say something have one."""
    kinds = {cell.kind for cell in cells if cell.text}
    return kinds.pop() if len(kinds) == 1 and not kinds & OUTCOMES.keys() else ""


@dataclass(frozen=True)
class _Teller:
    """What the cells of an answer are told with."""

    words: Words
    statements: Mapping[str, Statement]

    @classmethod
    def of(cls, index: Index, asked: AskedQuestion) -> _Teller:
        rows, behind = asked.rows, asked.question.behind
        named = {
            shorten(cell.value) for row in rows for cell in row if isinstance(cell, ox.NamedNode)
        }
        for column in behind.names.values() if behind and rows else ():
            at = asked.columns.index(column)
            named.update(name for row in rows for name in split_names(row[at]))
        said = _statements(index, named)
        return cls(Words.for_some(index, said.values(), named - said.keys()), said)

    def show(self, term: object, *, plainly: bool) -> ShownCell:
        """Return a term as a cell; a statement is told `plainly` where a sentence stands beside it."""
        if isinstance(term, ox.NamedNode):
            return self._show(shorten(term.value), plainly=plainly)
        value = to_python(term)  # type: ignore[arg-type]
        if isinstance(value, date):
            return ShownCell(value.isoformat(), kind="day")
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return ShownCell(to_text(value))
        return ShownCell(to_text(value), kind="number")

    def each(self, names: object) -> list[ShownCell]:
        """Return a cell for each of the names behind a number."""
        return [self._show(name, plainly=False) for name in split_names(names)]

    def _show(self, name: str, *, plainly: bool) -> ShownCell:
        statement = self.statements.get(name)
        if statement is None:
            return ShownCell(to_text(self.words.label(name)), name)
        source = to_text(self.words.label(statement.source.name))
        if plainly:
            return ShownCell(source, name)
        return ShownCell(to_text(self.words.told(statement)), name, source)


def _statements(index: Index, named: Collection[str]) -> dict[str, Statement]:
    """Return those of some names that are statements."""
    names = [str(name) for (name,) in select_named(index, _STATEMENTS, sorted(named))]
    return read_statements(index, names) if names else {}
