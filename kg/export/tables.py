"""The statements as typed tables, one for each class, each row with its evidence; and one of the promises.

The columns are always the same, called as in YAML sources; what a statement says besides stands in `more`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.base import OutputError
from kg.export.columns import (
    AFTER,
    BEFORE,
    ELSEWHERE,
    NAMES,
    OWN,
    PROMISES,
    SAID,
    ExportColumn,
    Kind,
)
from kg.export.promised import known_day
from kg.plans import Words
from kg.promises import load_statements
from kg.query import ask_all

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from kg.base import Cell
    from kg.promises import Statement
    from kg.query import Index


@dataclass(frozen=True)
class StatementTable:
    """A table called `name`, whose rows have a cell a column; None is no value."""

    name: str
    columns: Sequence[ExportColumn]
    rows: list[list[Any]] = field(repr=False)


def load_tables(index: Index, today: date | None = None) -> list[StatementTable]:
    """Return a table of each class of statements, and of promises as they stand `today` or with the last source.

    Raises:
        OutputError: a value that is not of the kind of its column, such as a day that is none.

    >>> import kg
    >>> tables = load_tables(kg.build(check=False).index)
    >>> [table.name for table in tables]
    ['targets', 'observations', 'status_reports', 'relations', 'retractions', 'promises']
    """
    statements = load_statements(index)
    words = Words.of(index)
    rows = _Rows()
    tables = [
        *_by_class(statements.values(), words, rows),
        _promises(index, statements, words, rows, today),
    ]
    rows.refuse()
    return tables


def load_all_statements(index: Index) -> StatementTable:
    """Return one table of all statements, with the columns of each class.

    Raises:
        OutputError: a value that is not of the kind of its column.
    """
    rows = _Rows()
    table = _united(_by_class(load_statements(index).values(), Words.of(index), rows))
    rows.refuse()
    return table


def _by_class(statements: Iterable[Statement], words: Words, rows: _Rows) -> list[StatementTable]:
    by_kind: dict[str, list[Statement]] = {kind: [] for kind in OWN}
    for statement in statements:
        if statement.kind in by_kind:
            by_kind[statement.kind].append(statement)
        else:
            rows.wrong(f"{statement.name} is a statement of no class that has a table")
    tables = []
    for kind, own in OWN.items():
        columns = (*BEFORE, *own, *SAID, *AFTER)
        known = {*ELSEWHERE, *(column.property for column in columns)}
        made = [rows.of_statement(one, columns, known, words) for one in by_kind[kind]]
        tables.append(StatementTable(NAMES[kind], columns, made))
    return tables


def _united(tables: Sequence[StatementTable]) -> StatementTable:
    every = dict.fromkeys(column for table in tables for column in table.columns)
    # Those that all have in common stay where people look for them.
    common = {*BEFORE, *SAID, *AFTER}
    columns = [*BEFORE, *(one for one in every if one not in common), *SAID, *AFTER]
    rows = []
    for table in tables:
        own = {column: at for at, column in enumerate(table.columns)}
        places = [own.get(column) for column in columns]
        rows += [[None if at is None else row[at] for at in places] for row in table.rows]
    return StatementTable("statements", columns, sorted(rows, key=lambda row: str(row[0])))


class _Rows:
    """Makes rows, and keeps what is wrong with all of them."""

    def __init__(self) -> None:
        self._wrong: list[str] = []

    def wrong(self, what: str) -> None:
        """Keep what is wrong until all is known."""
        self._wrong.append(what)

    def of_statement(
        self,
        statement: Statement,
        columns: Sequence[ExportColumn],
        known: Container[str],
        words: Words,
    ) -> list[Any]:
        """Return the cells of a statement; what it says by a property that is not `known` stands in `more`."""
        origin = statement.source
        spans = statement.spans
        more = {
            key: [str(value) for value in values]
            for key, values in statement.says.items()
            if key not in known
        }
        told: dict[str, tuple[Cell, ...]] = {
            "statement": (statement.name,),
            "class": (statement.kind,),
            "says": (words.sentence(statement),),
            "source": (origin.name,),
            "title": (origin.title,),
            "url": (origin.url,) if origin.url else (),
            "publisher": (origin.publisher,) if origin.publisher else (),
            "published": (_day(origin.published),) if origin.published else (),
            "section": tuple(span.section for span in spans),
            "start": tuple(span.start for span in spans),
            "end": tuple(span.end for span in spans),
            "row": statement.rows,
            "element": statement.elements,
            "more": (json.dumps(more, ensure_ascii=False, sort_keys=True),) if more else (),
        }
        found = (
            statement.says.get(column.property) if column.property else told[column.name]
            for column in columns
        )
        # Most cells of most rows are empty.
        return [
            self.cell(statement.name, column, values) if values else None
            for column, values in zip(columns, found, strict=True)
        ]

    def cell(self, name: str, column: ExportColumn, values: Sequence[Cell]) -> Any:
        """Return the cell of a column; where it cannot be one, keep what is wrong with it."""
        made = [_made(value, column.kind) for value in values]
        if None in made:
            wrong = values[made.index(None)]
            self.wrong(
                f"{column.name} of {name} is {wrong!r}, which is no {column.kind.removesuffix('s')}"
            )
        elif column.kind in ("texts", "numbers"):
            return made or None
        elif len(made) > 1:
            self.wrong(f"{column.name} of {name} has {len(made)} values")
        return made[0] if made else None

    def refuse(self) -> None:
        """Raise what is wrong, if anything is."""
        if self._wrong:
            first, *rest = self._wrong
            others = f", and {len(rest)} more" if rest else ""
            raise OutputError(f"no table can hold that {first}{others}; kg check names them all")


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _made(value: Cell, kind: Kind) -> Any:
    """Return a value as cells of a kind are, or None where it is none of those."""
    if kind in ("text", "texts"):
        return str(value).removeprefix("cp:")
    if kind == "day":
        return value if isinstance(value, date) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if kind == "numbers":
        return value if is_number else None
    return float(value) if is_number else None  # type: ignore[arg-type]


def _promises(
    index: Index,
    statements: Mapping[str, Statement],
    words: Words,
    rows: _Rows,
    today: date | None,
) -> StatementTable:
    day = today or known_day(index)
    if day is None:  # nobody has said anything
        return StatementTable("promises", PROMISES, [])
    by_promise: dict[str, dict[str, list[Cell]]] = {}
    for answer in ask_all(index, "outcome", day):
        # A promise has a row for each of its companies and of what it is about.
        own = by_promise.setdefault(str(answer["promise"]), {})
        for key, value in answer.items():
            if value is not None and value not in own.setdefault(key, []):
                own[key].append(value)
    return StatementTable(
        "promises",
        PROMISES,
        [
            [
                day
                if column.name == "as_of"
                else words.sentence(statements[name])
                if column.name == "says"
                else rows.cell(name, column, sorted(told.get(column.property, ()), key=str))
                for column in PROMISES
            ]
            for name, told in sorted(by_promise.items())
        ],
    )
