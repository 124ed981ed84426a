"""What became of every shipped promise, read by hand against the sources of each."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import kg

REVIEWED = Path(__file__).parent / "shipped_outcomes.csv"
"""One row a promise and company, as of 28 November 2026; a share is in per cent, at least and at most."""


def test_shipped_promises_ended_as_was_reviewed(graph: kg.Graph) -> None:
    with REVIEWED.open(newline="", encoding="utf-8") as file:
        reviewed = {(row["company"], row["promise"]): row for row in csv.DictReader(file)}
    assert len(reviewed) > 150
    told = {}
    for row in graph.ask("outcome", today=date(2026, 11, 28)):
        cells = {
            name: _text(row[name]) for name in ("company", "due", "promise", "verdict", "reason")
        }
        ends = _text(row["atLeast"]), _text(row["atMost"])
        share = "..".join(ends) if any(ends) else ""
        told[cells["company"], cells["promise"]] = {
            **cells, "rests_on": _text(row["restsOn"]), "share": share,
        }  # fmt: skip
    assert told == reviewed


def test_shipped_verdicts_are_disputed_where_a_source_contradicts_what_decides(
    graph: kg.Graph,
) -> None:
    rows = graph.ask("outcome", today=date(2026, 11, 28))
    assert {_text(row["promise"]): _text(row["verdict"]) for row in rows if row["disputed"]} == {
        # One site says that Shell's aim stands still; two that it was dropped.
        "energysufficiency-2024-03-14.2": "abandoned",
        # One dates the beginning of selling in shops to August 2015, one to July 2016.
        "yjcw-2015.1": "undetermined",
    }


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).removeprefix("cp:")
