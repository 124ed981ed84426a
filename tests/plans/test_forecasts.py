"""What companies forecast of themselves over time: the same as the question `guidance` tells, of every day."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.formats import import_files
from kg.plans import Words, draw_courses, draw_forecasts, project_network
from kg.promises import load_statements
from tests.formats.guidance import world, write_in_two_units

if TYPE_CHECKING:
    from pathlib import Path

    from kg import Graph

ID = "https://w3id.org/corporate-plans/id/"
COMPANY = ID + "xtks-9999"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("forecasts")
    path = folder / "filings.nq"
    path.write_bytes(b"".join(import_files(world(folder / "filings")).lines))
    return kg.build([path], shipped=True)


@pytest.fixture(scope="module")
def lines(graph: Graph) -> list[dict[str, Any]]:
    statements, words = load_statements(graph.index), Words.of(graph.index)
    courses = draw_courses(graph.index, statements, words)
    drawn = draw_forecasts(graph.index, statements, words, courses)
    assert list(drawn) == [COMPANY]
    return drawn[COMPANY]


def test_lines_are_called_as_people_know_them_and_a_year_comes_before_its_half(
    lines: list[dict[str, Any]],
) -> None:
    assert [(line["label"], line["unit"]) for line in lines] == [
        ("net sales (Japanese GAAP), consolidated accounts", "JPY"),
        ("net sales (Japanese GAAP), consolidated accounts, 6 months", "JPY"),
        ("net sales (Japanese GAAP), non-consolidated accounts", "JPY"),
        ("operating income (Japanese GAAP), consolidated accounts", "JPY"),
        ("ordinary income (Japanese GAAP), consolidated accounts", "JPY"),
    ]
    assert [one["words"] for one in lines[0]["periods"]] == [
        "the fiscal year to March 2026",
        "the fiscal year to March 2027",
    ]
    assert lines[1]["periods"][0]["words"] == "2025-04-01 to 2025-09-30"


def test_period_has_every_forecast_from_the_day_on_which_it_was_made(
    lines: list[dict[str, Any]],
) -> None:
    steps = lines[0]["periods"][0]["steps"]
    assert [(one["said"], one["value"], one["low"], one["high"]) for one in steps] == [
        ("2025-05-10", 8e9, None, None),
        ("2025-10-31", 7.8e9, 7.8e9, 8.2e9),
        ("2026-01-30", 8.4e9, None, None),
    ]
    [next_year] = lines[0]["periods"][1]["steps"]  # forecast once, and held against nothing yet
    assert (next_year["said"], next_year["value"]) == ("2026-05-12", 9e9)


@pytest.mark.parametrize("day", ["2025-06-01", "2025-12-31", "2026-04-01", "2026-06-01"])
def test_what_is_known_on_a_day_is_what_the_question_tells(
    graph: Graph, lines: list[dict[str, Any]], day: str
) -> None:
    answer = graph.ask("guidance", company="xtks-9999", date=day).write("csv").decode()
    asked = {
        (row["promise"], row["result"] and float(row["result"]), row["aboveLast"], row["restsOn"])
        for row in csv.DictReader(io.StringIO(answer))
    }
    told = set()
    for period in (one for line in lines for one in line["periods"]):
        known = [step for step in period["steps"] if step["published"] <= day]
        stands = [
            one
            for one in period["results"]
            if one["since"] <= day and (one["until"] is None or day <= one["until"])
        ]
        for step in known[-1:]:
            [result] = stands or [None]
            told.add(
                (
                    step["fact"],
                    result["value"] if result else "",
                    f"{_number(result['above']):g}" if result and result["above"] else "",
                    result["fact"] if result else "",
                )
            )
    assert told == asked


def _number(words: str) -> float:
    return float(words.removesuffix(" %").replace("\u2212", "-"))


def test_result_tells_how_far_off_the_first_forecast_was_only_where_it_was_revised(
    lines: list[dict[str, Any]],
) -> None:
    [sales] = lines[0]["periods"][0]["results"]
    assert (sales["above"], sales["above_first"]) == ("+2.5 %", "+7.6 %")
    [alone] = lines[2]["periods"][0]["results"]
    assert (alone["above"], alone["above_first"]) == ("\u221210.0 %", "")
    [nothing] = lines[4]["periods"][0]["results"]
    assert (nothing["value"], nothing["above"]) == (3e7, "")


def test_company_that_promises_of_itself_is_one_of_those_that_plan(graph: Graph) -> None:
    network = project_network(graph.index)
    assert network.nodes[COMPANY]["type"] == "company"
    assert network.nodes[COMPANY]["companies"] == [COMPANY]


def test_company_that_only_has_plans_forecasts_nothing_of_itself() -> None:
    index = kg.build(check=False).index
    statements, words = load_statements(index), Words.of(index)
    assert draw_forecasts(index, statements, words, {}) == {}


def test_forecast_that_is_told_in_two_units_is_drawn_in_that_of_its_result(tmp_path: Path) -> None:
    index = kg.build([write_in_two_units(tmp_path)], shipped=True).index
    statements, words = load_statements(index), Words.of(index)
    courses = draw_courses(index, statements, words)
    [line] = draw_forecasts(index, statements, words, courses)[ID + "acme"]
    [period] = line["periods"]
    assert line["unit"] == "INR"
    assert [step["value"] for step in period["steps"]] == [8e9]
    assert [(one["value"], one["above"]) for one in period["results"]] == [(7e9, "\u221212.5 %")]
