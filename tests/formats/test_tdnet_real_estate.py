"""Filings of investment corporations for real estate (J-REITs), by their own taxonomy: tse-re-t."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import kg
from kg.formats.batch import Batch
from kg.formats.registry import find_format
from kg.formats.tdnet.reader import FORMAT, read_tdnet
from tests.formats.filings import Number, per_share, write_filing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HALF = ("2025-05-01", "2025-10-31")
NEXT = ("2025-11-01", "2026-04-30")
PROFIT_ONLY = "DistributionsPerUnitExcludingDistributionsInExcessOfProfitREIT"
EXCESS = "DistributionsInExcessOfProfitPerUnitREIT"
BOTH = "DistributionsPerUnitIncludingDistributionsInExcessOfProfitREIT"
SUMMARY = {"day": "FilingDate", "title": "令和7年10月期　決算短信（REIT）"}
NOTICE = {
    "day": "ReportingDateOfDistributionForecastCorrectionREIT",
    "title": "分配金の予想の修正に関するお知らせ",
}


def amount(concept: str, shown: str, **more: Any) -> Number:
    """Return a line of its accounts; it has none of a group."""
    return Number(
        concept, shown, scope="NonConsolidated", **({"period": HALF, "moment": ""} | more)
    )


def unit(concept: str, shown: str | None, **more: Any) -> Number:
    """Return an amount for each unit."""
    of = {"period": HALF, "moment": "", "scope": "NonConsolidated", "unit": "JPYPerUnits"}
    return per_share(concept, shown, **(of | more))


def write(path: Path, numbers: Sequence[Number], filed: str, what: dict[str, str]) -> Path:
    """Write a filing of one."""
    return write_filing(
        path,
        numbers,
        filed=filed,
        code="89990",
        name="架空リート投資法人",
        of="re",
        **what,  # type: ignore[arg-type]
    )


def read(*paths: Path) -> list[Batch]:
    batches = list(read_tdnet(paths))
    assert all(isinstance(one, Batch) for one in batches), batches
    return [one for one in batches if isinstance(one, Batch)]


def forecasts(excess: str | None = "30") -> list[Number]:
    return [
        amount("OperatingRevenuesREIT", "5,000"),
        amount("NetIncome", "2,000"),
        unit("NetIncomePerUnitREIT", "2,470"),
        unit(PROFIT_ONLY, "2,470"),
        unit(EXCESS, excess),
        unit(BOTH, "2,500"),
    ]


def test_forecast_of_an_investment_corporation_is_of_its_half_year(tmp_path: Path) -> None:
    path = write(tmp_path / "a.htm", forecasts(), "2025-06-13", SUMMARY)
    assert find_format(path) is FORMAT
    [batch] = read(path)
    assert batch.source["id"].startswith("tdnet-8999-2025-06-13")
    assert {
        (one["indicator"], one["value"], one["counts_from"], one["due"], one.get("among"))
        for one in batch.statements
    } == {
        ("operating-revenues-of-real-estate", "5000000000", *HALF, "non-consolidated-accounts"),
        ("net-income", "2000000000", *HALF, "non-consolidated-accounts"),
        ("net-income-per-unit", "2470", *HALF, "non-consolidated-accounts"),
        ("distribution-per-unit", "2470", *HALF, None),
        ("distribution-in-excess-per-unit", "30", *HALF, None),
        ("distribution-with-excess-per-unit", "2500", *HALF, None),
    }
    [company] = [one for one in batch.things if one.get("ticker")]
    assert company["ticker"] == "XTKS:8999"
    assert company["rdfs:label"]["@value"] == "架空リート投資法人"


def test_each_distribution_is_judged_by_its_own_and_by_its_own_period(tmp_path: Path) -> None:
    def results(period: tuple[str, str], profit_only: str, both: str) -> list[Number]:
        of = {"period": period, "role": "Result"}
        return [
            unit(PROFIT_ONLY, profit_only, **of),
            unit(EXCESS, "0", **of),
            unit(BOTH, both, **of),
        ]

    paths = [
        write(tmp_path / "a.htm", forecasts(), "2025-06-13", SUMMARY),
        write(tmp_path / "b.htm", results(HALF, "2,480", "2,480"), "2025-12-15", SUMMARY),
        write(tmp_path / "c.htm", results(NEXT, "9,999", "9,999"), "2026-06-15", SUMMARY),
    ]
    kg.import_files(paths).save(tmp_path / "filings.nq")
    rows = kg.build([tmp_path / "filings.nq"]).ask("outcome", date="2026-11-29")
    told = {str(row["indicator"]): str(row["verdict"]).removeprefix("cp:") for row in rows}
    assert told["distribution-per-unit"] == "met"
    assert told["distribution-with-excess-per-unit"] == "partly"
    # Whoever pays out less of what was paid in has broken no word.
    assert told["distribution-in-excess-per-unit"] == "undetermined"
    assert told["operating-revenues-of-real-estate"] == "undetermined"


def test_revision_of_distributions_has_a_day_of_its_own(tmp_path: Path) -> None:
    said = (
        "NoticeOfForecastCorrection",
        "令和7年6月13日付「令和7年4月期　決算短信（REIT）」にて公表した分配金の予想を修正します。",
    )
    revised = [
        unit(PROFIT_ONLY, "2,470", moment="Previous"),
        unit(PROFIT_ONLY, "2,600", moment="Current"),
    ]
    path = write_filing(
        tmp_path / "a.htm",
        revised,
        filed="2025-09-30",
        code="89990",
        of="re",
        words=[said],
        **NOTICE,
    )
    [batch] = read(path)
    before, now = batch.statements
    assert (before["uttered"], before["value"]) == ("2025-06-13", "2470")
    assert (now["value"], now["updates"]) == ("2600", before["id"])


def test_distribution_is_withdrawn_where_none_is_left(tmp_path: Path) -> None:
    def row(concept: str, before: str, now: str | None) -> list[Number]:
        return [unit(concept, before, moment="Previous"), unit(concept, now, moment="Current")]

    one_left = [
        *row(PROFIT_ONLY, "2,470", "2,500"),
        *row(EXCESS, "30", None),
        *row(BOTH, "2,500", "2,500"),
    ]
    none_left = [
        *row(PROFIT_ONLY, "2,470", None),
        *row(EXCESS, "30", None),
        *row(BOTH, "2,500", None),
    ]
    first = write(tmp_path / "a.htm", forecasts(), "2025-06-13", SUMMARY)
    for numbers, taken in ((one_left, 0), (none_left, 3)):
        _, batch = read(first, write(tmp_path / "b.htm", numbers, "2025-09-30", NOTICE))
        assert [one.get("status") for one in batch.statements].count("abandoned") == taken


def test_distribution_after_a_split_of_units_is_held_against_none_before_it(tmp_path: Path) -> None:
    after = [
        amount("NetIncome", "2,000", role="Result"),
        unit("NetIncomePerUnitREIT", "1,235", role="Result"),
    ]
    _, batch = read(
        write(tmp_path / "a.htm", forecasts(), "2025-06-13", SUMMARY),
        write(tmp_path / "b.htm", after, "2025-12-15", SUMMARY),
    )
    assert [one["indicator"] for one in batch.statements] == ["net-income"]
    assert batch.left_out == {"results a share, of many more or fewer shares than the forecast": 1}


def test_unit_that_is_none_of_money_a_unit_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "a.htm", [unit(BOTH, "2,500", unit="JPY")], "2025-06-13", SUMMARY)
    [batch] = read(path)
    assert (batch.statements, batch.left_out) == ((), {"numbers in units that are not known": 1})
