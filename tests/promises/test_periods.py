"""When a status began is what the question `changes` tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.promises import load_beginnings
from kg.query import ask_all

if TYPE_CHECKING:
    import kg


def test_beginnings_are_the_rows_of_the_question(graph: kg.Graph) -> None:
    asked: dict[str, list[tuple[str, str, str]]] = {}
    for row in ask_all(graph.index, "changes", date.min):
        told = (str(row["day"]), str(row["statement"]), str(row["after"]).removeprefix("cp:"))
        if told not in asked.setdefault(str(row["initiative"]), []):
            asked[str(row["initiative"])].append(told)
    begun = {
        thing: [(one.day, one.statement, one.status) for one in own]
        for thing, own in load_beginnings(graph.index).items()
        if thing in asked  # conditions and facilities have a status, too, and are no initiatives
    }
    assert len(begun) > 50
    assert begun == asked
