"""Every forecast of a company, how it was revised and how it ended, out of a folder of its filings."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.formats import import_files
from tests.formats.filings import AFTER, HALF, YEAR, Number, write_filing

if TYPE_CHECKING:
    from pathlib import Path

    from kg import Graph

RANGE = [
    Number("NetSales", None),
    Number("NetSales", "7,800", role="Lower"),
    Number("NetSales", "8,200", role="Upper"),
]
RESULT = {"role": "Result", "moment": ""}


def world(folder: Path) -> list[Path]:
    """Write what a company files in the course of a year."""
    folder.mkdir()
    profit, parent = "OperatingIncome", {"scope": "NonConsolidated"}
    first = [
        Number("NetSales", "8,000", moment=""),
        Number("NetSales", "3,900", HALF, moment=""),
        Number(profit, "500", moment="", loss=True),
        Number("NetSales", "1,000", moment="", **parent),
        Number("OrdinaryIncome", "0", moment=""),
    ]
    last = [
        Number("NetSales", "8,610", **RESULT),
        Number(profit, "400", loss=True, **RESULT),
        Number("NetSales", "900", **RESULT, **parent),
        Number("OrdinaryIncome", "30", **RESULT),
        Number("NetSales", "9,000", AFTER, moment=""),
    ]
    before = [Number("NetSales", "8,000", moment="Previous")]
    filed: list[tuple[str, list[Number], dict[str, Any]]] = [
        ("令和7年5月10日", first, {"day": "FilingDate", "title": "令和7年3月期　決算短信"}),
        ("令和7年10月31日", [*before, *RANGE], {}),
        ("令和8年1月30日", [Number("NetSales", "8,400")], {}),
        ("令和8年5月12日", last, {"day": "FilingDate", "title": "令和8年3月期　決算短信"}),
    ]
    for number, (day, numbers, more) in enumerate(filed):
        write_filing(folder / f"{number}.htm", numbers, filed=day, **more)
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("guidance")
    imported = import_files(world(folder / "filings"))
    path = folder / "filings.nq"
    path.write_bytes(b"".join(imported.lines))
    return kg.build([path], shipped=True)


def guidance(graph: Graph, date: str) -> dict[tuple[str, str, str], dict[str, str]]:
    answer = graph.ask("guidance", company="xtks-9999", date=date).write("csv").decode()
    rows = list(csv.DictReader(io.StringIO(answer)))
    local = [{key: value.rpartition("/")[2] for key, value in row.items()} for row in rows]
    found = {
        (row["indicator"], row["among"].removesuffix("-accounts"), row["due"]): row for row in local
    }
    assert len(found) == len(rows) > 0
    return found


SALES = ("net-sales", "consolidated", YEAR[1])


def test_row_tells_the_first_forecast_the_last_one_and_the_result(graph: Graph) -> None:
    row = guidance(graph, "2026-06-01")[SALES]
    shown = {key: row[key] for key in ("first", "firstSaid", "revisions", "last", "lastSaid")}
    assert shown == {
        "first": "8000000000",
        "firstSaid": "2025-05-10",
        "revisions": "2",
        "last": "8400000000",
        "lastSaid": "2026-01-30",
    }
    assert (row["result"], row["since"], row["verdict"]) == (
        "8610000000",
        YEAR[0],
        "ontology#met",
    )
    assert (row["aboveFirst"], row["aboveLast"]) == ("7.625", "2.5")
    assert row["restsOn"].endswith(f"net-sales.consolidated.{YEAR[0]}-{YEAR[1]}.result")


def test_row_of_a_day_tells_what_was_known_on_it(graph: Graph) -> None:
    row = guidance(graph, "2025-12-31")[SALES]
    assert (row["revisions"], row["last"], row["lastMaximum"]) == ("1", "7800000000", "8200000000")
    assert (row["result"], row["aboveLast"], row["verdict"]) == ("", "", "ontology#open")


def test_first_half_another_part_of_the_accounts_and_the_next_year_have_rows_of_their_own(
    graph: Graph,
) -> None:
    rows = guidance(graph, "2026-06-01")
    assert rows["net-sales", "consolidated", HALF[1]]["last"] == "3900000000"
    assert rows["net-sales", "consolidated", HALF[1]]["result"] == ""
    parent = rows["net-sales", "non-consolidated", YEAR[1]]
    assert (parent["last"], parent["result"], parent["aboveLast"]) == (
        "1000000000",
        "900000000",
        "-10",
    )
    assert rows["net-sales", "consolidated", AFTER[1]]["last"] == "9000000000"


def test_loss_that_is_smaller_is_above_and_of_nothing_there_is_no_per_cent(graph: Graph) -> None:
    rows = guidance(graph, "2026-06-01")
    assert rows["operating-income", "consolidated", YEAR[1]]["aboveLast"] == "20"
    nothing = rows["ordinary-income", "consolidated", YEAR[1]]
    assert (nothing["last"], nothing["result"], nothing["aboveLast"]) == ("0", "30000000", "")
