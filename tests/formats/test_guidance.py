"""Every forecast of a company, how it was revised and how it ended, out of a folder of its filings."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

import kg
from kg.formats import import_files
from kg.plans import Words, draw_courses
from kg.plans.forecasts import draw_forecasts
from kg.promises import load_statements
from kg.query.joins import join_columns
from tests import work
from tests.benchmarks.filings import make_filings
from tests.formats.filings import AFTER, HALF, YEAR, Number, write_filing
from tests.formats.guidance import world, write_in_two_units

if TYPE_CHECKING:
    from pathlib import Path

    from kg import Graph


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


def charts_of(graph: Graph) -> object:
    """Return what the chart of the company's forecasts is drawn from."""
    statements, words = load_statements(graph.index), Words.of(graph.index)
    courses = draw_courses(graph.index, statements, words)
    return draw_forecasts(graph.index, statements, words, courses)


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
    assert (row["aboveFirst"], row["aboveLast"]) == ("7.6", "2.5")
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


def test_result_in_another_unit_is_held_against_no_number_of_the_forecast(tmp_path: Path) -> None:
    graph = kg.build([write_in_two_units(tmp_path)], shipped=True)
    answer = graph.ask("guidance", company="acme", date="2021-06-01").write("csv").decode()
    [row] = csv.DictReader(io.StringIO(answer))
    assert (row["unit"].rpartition("/")[2], row["last"]) == ("USD", "100000000")
    assert (row["result"], row["aboveFirst"], row["aboveLast"]) == ("", "", "")
    assert (row["verdict"], row["restsOn"]) == (
        "https://w3id.org/corporate-plans/ontology#partly",
        "https://w3id.org/corporate-plans/id/gazette-2021.3",
    )


def test_forecast_that_was_a_mistake_is_neither_the_first_nor_one_that_was_revised(
    tmp_path: Path,
) -> None:
    def filed(day: str, number: Number, title: str = "決算短信") -> Path:
        return write_filing(
            tmp_path / f"{day}.htm", [number], filed=day, day="FilingDate", title=title
        )

    paths = [
        filed("2025-05-10", Number("NetSales", "1,000", moment="")),
        filed(
            "2025-05-12",
            Number("NetSales", "100", moment=""),
            "（訂正）「決算短信」の一部訂正について",
        ),
        filed("2026-05-12", Number("NetSales", "101", role="Result", moment="")),
    ]
    import_files(paths).save(tmp_path / "filings.nq")
    graph = kg.build([tmp_path / "filings.nq"])
    [row] = guidance(graph, "2026-06-01").values()
    shown = {key: row[key] for key in ("first", "firstSaid", "revisions", "last", "aboveFirst")}
    assert shown == {
        "first": "100000000", "firstSaid": "2025-05-12", "revisions": "0", "last": "100000000", "aboveFirst": "1",
    }  # fmt: skip
    [row] = guidance(graph, "2025-05-11").values()
    assert (row["first"], row["last"]) == ("1000000000", "1000000000")
    # Nor is it drawn.
    drawn = json.dumps(charts_of(graph))
    assert "100000000.0" in drawn
    assert "1000000000.0" not in drawn


def test_asking_for_all_companies_takes_work_in_proportion_to_them(tmp_path: Path) -> None:
    def work_of(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        import_files(make_filings(folder, number)).save(folder / "filings.nq")
        graph = kg.build([folder / "filings.nq"], check=False)
        (folder / "all.nq").write_bytes(graph.asserted + graph.derived)
        work.engine("load", "--location", folder / "store", "--file", folder / "all.nq")
        text = join_columns(graph.sparql("guidance", date="2025-12-31"))
        return work.rows(folder / "store", text, tmp_path)

    # Each files once, for the same period, of the same lines.
    few, many = work_of(10), work_of(20)
    assert few < many < 2.2 * few
