"""What a company files in the course of a year: forecasts, revisions and results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.formats.filings import AFTER, HALF, Number, write_filing

if TYPE_CHECKING:
    from pathlib import Path

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


IN_TWO_UNITS = """
id: gazette-2021
type: Article
title: "What became of it"
url: https://gazette.example/2021
publisher: gazette
published: 2021-01-10
language: en
things:
  - {id: gazette, type: Organization, label: The Gazette}
  - {id: acme, type: Company, label: Acme}
statements:
  - {id: gazette-2021.1, type: Target, about: acme, indicator: revenue, value: 100000000, unit: USD, due: 2020-12-31, due_precision: year, uttered: 2020-01-10, mode: paraphrased}
  - {id: gazette-2021.2, type: Target, about: acme, indicator: revenue, value: 8000000000, unit: INR, due: 2020-12-31, due_precision: year, uttered: 2020-01-10, confirms: gazette-2021.1, mode: paraphrased}
  - {id: gazette-2021.3, type: Observation, about: acme, indicator: revenue, value: 7000000000, unit: INR, kind: reported, when_start: 2020-01-01, when: 2020-12-31, mode: paraphrased}
"""
"""A forecast that is told in two units, of which the result is in the second."""


def write_in_two_units(folder: Path) -> Path:
    """Write a source in which a forecast is told in two units."""
    path = folder / "gazette-2021.yaml"
    path.write_text(IN_TWO_UNITS, encoding="utf-8")
    return path
