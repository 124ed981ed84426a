"""The tools `ask` and `query`: the canned questions, and SPARQL; with the statements that their rows name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final

from kg.agents.cited import Citations, CitedAnswer, clean
from kg.agents.portions import MOST
from kg.base import Plain, to_json
from kg.promises import load_statements
from kg.query import load_question, load_questions, split_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

    from kg.agents.portions import Portion
    from kg.base import Cell
    from kg.graph import Graph

_ELSEWHERE: Final = "These rows count or compare and name no statement; outcome, show or ask who-said have those behind them."


class _Arguments:
    """Has the schema of what it annotates be that of all that questions take; each checks its own."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema, read from the questions when it is wanted."""
        del schema, handler
        types = {
            parameter.name: {"type": "number" if parameter.type == "number" else "string"}
            for question in load_questions()
            for parameter in question.parameters
        }
        return {
            "type": "object",
            "properties": dict(sorted(types.items())),
            "additionalProperties": False,
        }


@dataclass(frozen=True, kw_only=True)
class TableAnswer(CitedAnswer):
    """A table: what is called as a statement is, is one, and told below; of what numbers count, the first 200."""

    columns: list[str]
    rows: list[list[Plain | list[str]]]


def ask(
    graph: Graph,
    portion: Portion,
    *,
    question: Annotated[str, "the name of one of those above"],
    arguments: Annotated[dict[str, str | int | float] | None, _Arguments()] = None,
) -> TableAnswer:
    """Ask one of the canned questions; things by name or slug, days as YYYY-MM-DD.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> asked = {"company": "xiaomi", "date": "2017-07-01"}
    >>> answer = ask(kg.build(check=False), Portion(1), question="overdue", arguments=asked)
    >>> answer.columns[:3], answer.total > 1, len(answer.statements)
    (['promise', 'company', 'about'], True, 1)
    """
    given = {name: _argument(value) for name, value in (arguments or {}).items()}
    answer, behind = graph.ask(question, arguments=given), load_question(question).behind
    part = portion.cut(answer.rows)
    columns: list[str] = list(answer.columns)
    rows: list[Sequence[Cell]] = list(part.rows)
    lists = {columns.index(column) for column in behind.names.values()} if behind else set()
    counted = (name for row in rows for at in sorted(lists) for name in split_names(row[at]))
    cited = Citations.of(graph.index, (*_names(rows), *islice(counted, MOST)))
    note = None
    if rows and not cited.statements:
        day = given.get("known") or given.get("date") or graph.today.isoformat()
        columns, rows = _with_behind(graph, columns, rows, day)
        cited = Citations.of(graph.index, _names(rows))
        note = None if cited.statements else _ELSEWHERE
    if not rows:
        note = "No row: nothing in this graph says so, which refutes nothing."
    if ahead := load_question(question).ahead(given, graph.today):
        note = f"{ahead}. {note or ''}".strip()
    return TableAnswer(
        columns=columns,
        rows=[
            [split_names(cell) if at in lists else _told(cell) for at, cell in enumerate(row)]
            for row in rows
        ],
        total=len(answer.rows),
        more=part.more,
        note=note,
        **vars(cited),
    )


def catalogue() -> str:
    """Return what there is to ask, one line a question: its name, parameters and title.

    >>> "partners(company, date): Partners of a company" in catalogue().splitlines()
    True
    """
    return "\n".join(
        f"{question.name}({', '.join(one.name for one in question.parameters)}): {question.title}"
        for question in load_questions()
    )


def query(
    graph: Graph,
    portion: Portion,
    *,
    sparql: Annotated[str, "SELECT, ASK, CONSTRUCT or DESCRIBE; prefixes are declared"],
) -> TableAnswer:
    """Ask in SPARQL 1.1, read-only, for what no other tool tells; schema has the terms.

    >>> import kg
    >>> from kg.agents.portions import Portion
    >>> graph = kg.build(check=False)
    >>> query(graph, Portion(), sparql="SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x").rows[0]
    ['bank-of-china']
    """
    answer = graph.query(sparql)
    # One more tells whether there are more; of those behind it no value is made.
    rows = answer.head(portion.end + 1) if answer.kind == "table" else sorted(answer.rows, key=str)
    part = portion.cut(rows)
    return TableAnswer(
        columns=list(answer.columns),
        rows=[list(map(_told, row)) for row in part.rows],
        total=None if part.more and answer.kind == "table" else len(rows),
        more=part.more,
        **vars(Citations.of(graph.index, _names(part.rows))),
    )


def _argument(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _names(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield what may be the slug of a statement: sentences are none."""
    for row in rows:
        yield from (cell for cell in row if isinstance(cell, str) and " " not in cell)


def _with_behind(
    graph: Graph, columns: list[str], rows: Sequence[Sequence[Cell]], day: str
) -> tuple[list[str], list[Sequence[Cell]]]:
    """Add to rows about initiatives what was last said of the status of each by a day, else of it at all."""
    if "initiative" not in columns:
        return columns, list(rows)
    at = columns.index("initiative")
    last: dict[str, tuple[bool, str, str]] = {}
    for statement in load_statements(graph.index, [str(row[at]) for row in rows]).values():
        published = statement.source.published
        rank = (statement.kind == "StatusReport", published, statement.name)
        for thing in statement.things if published <= day else ():
            last[thing] = max(rank, last.get(thing, rank))
    nobody = (False, "", None)
    return [*columns, "behind"], [(*row, last.get(str(row[at]), nobody)[2]) for row in rows]


def _told(cell: Cell) -> Plain:
    plain = to_json(cell)
    return clean(plain) if isinstance(plain, str) else plain
