"""The page of a company tells its forecasts line by line: as they were revised, the results, how far off they were."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

import kg
from kg.formats import import_files
from tests.formats.guidance import world, write_in_two_units
from tests.pages.site import Read, client_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("forecasts")
    path = folder / "filings.nq"
    path.write_bytes(b"".join(import_files(world(folder / "filings")).lines))
    graph = kg.build([path], shipped=True).as_of(date(2026, 6, 1))
    return Read(client_of(graph).get("/id/xtks-9999").text)


def lines(page: Read) -> list[Mapping[str, object]]:
    return [json.loads(told["data-line"]) for _, told in page.tags if told.get("data-line")]


def test_each_line_of_accounts_has_its_periods_in_order(page: Read) -> None:
    found = [
        (line["label"], line["unit"], [one["due"] for one in line["periods"]])
        for line in lines(page)
    ]
    assert found == [
        ("net sales (Japanese GAAP), consolidated accounts", "JPY", ["2026-03-31", "2027-03-31"]),
        ("net sales (Japanese GAAP), consolidated accounts, 6 months", "JPY", ["2025-09-30"]),
        ("net sales (Japanese GAAP), non-consolidated accounts", "JPY", ["2026-03-31"]),
        ("operating income (Japanese GAAP), consolidated accounts", "JPY", ["2026-03-31"]),
        ("ordinary income (Japanese GAAP), consolidated accounts", "JPY", ["2026-03-31"]),
    ]


def test_period_tells_each_forecast_and_how_far_off_the_last_one_was(page: Read) -> None:
    sales = lines(page)[0]["periods"][0]
    assert [(step["said"], step["words"]) for step in sales["steps"]] == [
        ("2025-05-10", "8 billion"),
        ("2025-10-31", "7.8 billion to 8.2 billion"),
        ("2026-01-30", "8.4 billion"),
    ]
    result = sales["result"]
    assert (result["words"], result["above"], result["above_first"]) == (
        "8.61 billion",
        "+2.5 %",
        "+7.6 %",
    )
    assert (sales["outcome"], sales["revised"]) == ("met", "revised 2 times")


def test_table_says_the_same_as_the_chart(page: Read) -> None:
    text = " ".join(" ".join(page.words).split())
    assert (
        "the fiscal year to March 2026 8 billion 2025-05-10 8.4 billion 2026-01-30, revised 2 times 8.61 billion +2.5 % +7.6 % against the first"
        in text
    )
    assert "2025-04-01 to 2025-09-30 3.9 billion" in text


def test_company_that_forecasts_nothing_of_itself_has_no_such_part(read) -> None:
    assert not lines(read("/id/xiaomi"))


def test_forecast_that_is_told_in_two_units_is_told_in_one_of_them(tmp_path: Path) -> None:
    graph = kg.build([write_in_two_units(tmp_path)], shipped=True).as_of(date(2021, 6, 1))
    [line] = lines(Read(client_of(graph).get("/id/acme").text))
    [period] = line["periods"]
    assert (line["unit"], period["last"], period["result"]) == ("USD", "100 million", None)
    assert [step["words"] for step in period["steps"]] == ["100 million"]
