"""The statements as typed tables, one for each class, each row with its evidence; and one of the promises.

The columns are always the same, called as in YAML sources; what a statement says besides stands in `more`. Rows
come one after the other, as the graph is read, so that no table is in memory.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from kg.base import OutputError
from kg.export.columns import AFTER, BEFORE, ELSEWHERE, NAMES, OWN, PROMISES, SAID
from kg.export.promised import known_day
from kg.export.standing import StandingPromises
from kg.plans import WORDED, Words
from kg.promises import pass_statements
from kg.query import read_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.export.columns import ExportColumn, Kind
    from kg.promises import Statement
    from kg.query import GraphContent


@dataclass(frozen=True)
class StatementTable:
    """A table called `name`, whose rows have a cell a column; None is no value."""

    name: str
    columns: tuple[ExportColumn, ...]


_BY_CLASS: Final = {
    kind: StatementTable(NAMES[kind], (*BEFORE, *own, *SAID, *AFTER)) for kind, own in OWN.items()
}
_OF_PROMISES: Final = StatementTable("promises", PROMISES)
TABLES: Final = (*_BY_CLASS.values(), _OF_PROMISES)
"""The table of each class of statements, and that of promises."""


def each_row(
    graph: GraphContent, today: date | None = None
) -> Iterator[tuple[StatementTable, list[Any]]]:
    """Yield the rows of all tables, each with its table: statements in order, then promises as they stand `today` or with the last source.

    Raises:
        OutputError: a value that is not of the kind of its column, such as a day that is none; after all rows.

    >>> import kg
    >>> table, row = next(each_row(kg.build(check=False)))
    >>> [column.name for column in table.columns][:3]
    ['statement', 'class', 'says']
    """
    rows, day = _Rows(), today or known_day(graph.index)
    words, statements, promises = _begun(graph, day)
    for statement in statements:
        sentence = words.sentence(statement)
        if promises:
            promises.take_statement(statement, sentence)
        if table := rows.table_of(statement):
            yield table, rows.of_statement(statement, table, sentence)
    for told in promises or ():
        yield _OF_PROMISES, rows.of_promise(told)
    rows.refuse()


def each_statement_row(graph: GraphContent) -> Iterator[tuple[StatementTable, list[Any]]]:
    """Yield the rows of statements alone; errors as in `each_row`."""
    rows = _Rows()
    words, statements, _ = _begun(graph, None)
    for statement in statements:
        if table := rows.table_of(statement):
            yield table, rows.of_statement(statement, table, words.sentence(statement))
    rows.refuse()


def _begun(
    graph: GraphContent, day: date | None
) -> tuple[Words, Iterator[Statement], StandingPromises | None]:
    """Return what rows are made of; promises, where there is a day, once all statements have passed."""
    index = read_whole(graph, WORDED)
    words = Words.of(index)
    if day is None:
        return words, pass_statements(graph, index), None
    promises = StandingPromises(graph, day)
    return words, pass_statements(graph, index, promises.having, promises.take), promises


_PLACES: Final = {
    table.name: {
        column.property: (at, column) for at, column in enumerate(table.columns) if column.property
    }
    for table in _BY_CLASS.values()
}
"""Where what a statement says by a property stands in its row."""
_PUBLISHED: Final = next(column for column in AFTER if column.name == "published")


class _Rows:
    """Makes rows, and keeps what is wrong with all of them."""

    def __init__(self) -> None:
        self._wrong: list[str] = []

    def wrong(self, what: str) -> None:
        """Keep what is wrong until all is known."""
        self._wrong.append(what)

    def table_of(self, statement: Statement) -> StatementTable | None:
        """Return the table in which a statement stands; that there is none is wrong."""
        table = _BY_CLASS.get(statement.kind)
        if table is None:
            self.wrong(f"{statement.name} is a statement of no class that has a table")
        return table

    def of_statement(self, statement: Statement, table: StatementTable, says: str) -> list[Any]:
        """Return the cells of a statement; what it says by a property without a column stands in `more`."""
        origin, spans, own = statement.source, statement.spans, _PLACES[table.name]
        row: list[Any] = [None] * len(table.columns)
        more = {}
        for key, values in statement.says.items():
            if key in own:
                at, column = own[key]
                row[at] = self.cell(statement.name, column, values)
            elif key not in ELSEWHERE:
                more[key] = [str(value) for value in values]
        row[: len(BEFORE)] = (_text(statement.name), _text(statement.kind), _text(says))
        row[-len(AFTER) :] = (
            _text(origin.name),
            _text(origin.title),
            _text(origin.url) if origin.url else None,
            _text(origin.publisher) if origin.publisher else None,
            self._published(statement) if origin.published else None,
            [_text(span.section) for span in spans] or None,
            [span.start for span in spans] or None,
            [span.end for span in spans] or None,
            list(statement.rows) or None,
            list(map(_text, statement.elements)) or None,
            json.dumps(more, ensure_ascii=False, sort_keys=True) if more else None,
        )
        return row

    def _published(self, statement: Statement) -> Any:
        day = _day(statement.source.published)
        return self.cell(statement.name, _PUBLISHED, (day,))

    def of_promise(self, told: Mapping[str, Sequence[Cell]]) -> list[Any]:
        """Return the cells of a promise, of which all is told by what fills the columns."""
        name = str(told["promise"][0])
        return [
            self.cell(name, column, sorted(values, key=str))
            if (values := told.get(column.property or column.name))
            else None
            for column in PROMISES
        ]

    def cell(self, name: str, column: ExportColumn, values: Sequence[Cell]) -> Any:
        """Return the cell of a column; where it cannot be one, keep what is wrong with it."""
        make = _MADE[column.kind]
        made = [make(value) for value in values]
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


def _text(value: Cell) -> str:
    return str(value).removeprefix("cp:")


def _number(value: Cell) -> float | None:
    return float(value) if _is_number(value) else None  # type: ignore[arg-type]


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


_MADE: Final[Mapping[Kind, Callable[[Cell], Any]]] = {
    "text": _text,
    "texts": _text,
    "day": lambda value: value if isinstance(value, date) else None,
    "boolean": lambda value: value if isinstance(value, bool) else None,
    "number": _number,
    "numbers": lambda value: value if _is_number(value) else None,
}
"""What makes of a value what cells of a kind are, or None where it is none of those."""
