"""Filings of the Tokyo Stock Exchange: what is a forecast, what was one, what a result, and what nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import SourceError
from kg.formats.batch import Batch
from kg.formats.opening import open_beginning
from kg.formats.registry import find_format
from kg.formats.tdnet.lines import AMOUNTS, INDICATORS
from kg.formats.tdnet.reader import FORMAT, read_tdnet
from tests.formats.filings import (
    AFTER,
    BEFORE,
    HALF,
    YEAR,
    Number,
    dividend,
    per_share,
    write_filing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORECAST_DAY = "ReportingDateOfFinancialForecastCorrection"
REVISED = [
    Number("NetSales", "7,320", moment="Previous"),
    Number("NetSales", None, moment="Previous", role="Lower"),
    Number("NetSales", "8,000"),
    Number("AmountChangeNetSales", "680"),
    Number("ChangeInNetSales", "9.3", scale="-2", unit="Pure"),
    Number("NetSales", "5,921", BEFORE, "Result"),
]
NOTICE = (
    "NoticeOfForecastCorrection",
    "令和7年5月10日に公表した業績予想を修正しましたので、お知らせいたします。",
)


def read(*paths: Path) -> list[Batch]:
    """Return what files say; all can be read."""
    batches = list(read_tdnet(paths))
    assert all(isinstance(one, Batch) for one in batches), batches
    return [one for one in batches if isinstance(one, Batch)]


def said(batch: Batch, kind: str = "Target") -> dict[str, dict[str, Any]]:
    """Return the statements of a kind by what their ids say behind the source."""
    return {
        one["id"].removeprefix(f"{batch.source['id']}."): one
        for one in batch.statements
        if one["type"] == kind
    }


def short(name: str, period: tuple[str, str] = YEAR, state: str = "forecast") -> str:
    """Return how the id of a statement ends."""
    return f"{name}.{'-'.join(period)}.{state}"


def test_revision_is_a_target_that_updates_the_one_before_it(tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, words=[NOTICE]))
    targets = said(batch)
    new, old = (
        targets[short("net-sales.consolidated", state=state)] for state in ("forecast", "previous")
    )
    assert new["value"] == "8000000000"
    assert new["updates"] == old["id"]
    assert old["value"] == "7320000000"
    assert old["uttered"] == "2025-05-10"
    assert "uttered" not in new
    assert {key: new[key] for key in ("counts_from", "due", "due_precision", "unit", "mode")} == {
        "counts_from": "2025-04-01", "due": "2026-03-31", "due_precision": "fiscal-year",
        "unit": "currency:JPY", "mode": "filing",
    }  # fmt: skip
    assert new["about"] == new["speaker"] == "xtks-9999"
    assert new["among"] == "consolidated-accounts"


def test_result_of_the_year_before_is_an_observation_of_that_year(tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED))
    [result] = said(batch, "Observation").values()
    assert {key: result[key] for key in ("value", "kind", "when_start", "when", "when_precision")} == {
        "value": "5921000000", "kind": "reported", "when_start": "2024-04-01", "when": "2025-03-31",
        "when_precision": "fiscal-year",
    }  # fmt: skip


def test_forecast_before_whose_day_is_not_told_is_no_statement(tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED))
    assert list(said(batch)) == [short("net-sales.consolidated")]
    assert "updates" not in said(batch)[short("net-sales.consolidated")]
    reason = "earlier forecasts that no filing here states, of a day that is not told"
    assert batch.left_out[reason] == 1


@pytest.mark.parametrize(
    "notice",
    [
        "令和7年5月10日に公表した業績予想を修正いたしました。",
        "最近の動向を踏まえ、２０２５年５月１０日（土）に開示いたしました連結業績予想を修正いたします。",
        "令和7年5月10日付「令和7年3月期 決算短信〔日本基準〕（連結）」において公表いたしました数値を修正します。",
        "令和7年5月10日公表の通期見通しを修正します。令和7年10月31日に公表した業績予想は下記のとおりです。",
    ],
)
def test_day_of_the_forecast_before_is_found_where_it_is_told(notice: str, tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, words=[(NOTICE[0], notice)]))
    assert said(batch)[short("net-sales.consolidated", state="previous")]["uttered"] == "2025-05-10"


@pytest.mark.parametrize(
    "notice",
    [
        "令和7年5月10日に発表した予想と令和7年8月8日に公表した業績予想を修正いたしました。",
        "令和7年10月30日の取締役会において決議した予想を修正いたしました。",
        "令和7年10月31日に公表した業績予想を修正いたしました。",
        "令和7年5月10日に公表した中期経営計画に基づく業績予想を修正いたしました。",
        "令和7年5月10日に公表した不正について調査しました。業績予想を修正いたしました。",
        "令和8年10月31日に業績予想を公表する予定です。",
    ],
)
def test_day_of_the_forecast_before_is_never_guessed(notice: str, tmp_path: Path) -> None:
    path = write_filing(tmp_path / "a.htm", REVISED, words=[(NOTICE[0], notice)])
    assert list(said(read(path)[0])) == [short("net-sales.consolidated")]


def test_dividends_have_a_day_of_their_own(tmp_path: Path) -> None:
    numbers = [
        dividend("10.00", "YearEnd", moment="Previous"),
        dividend("12.00", "YearEnd"),
        *REVISED,
    ]
    day = ("PreviousReportingDateOfDividendForecast", "（令和7年5月12日発表）")
    [batch] = read(write_filing(tmp_path / "a.htm", numbers, words=[NOTICE, day]))
    targets = said(batch)
    assert targets[short("dividend-year-end", state="previous")]["uttered"] == "2025-05-12"
    assert targets[short("net-sales.consolidated", state="previous")]["uttered"] == "2025-05-10"


def test_what_is_no_forecast_is_counted_by_its_reason(tmp_path: Path) -> None:
    numbers = [
        *REVISED,
        Number("ProfitIFRS", "many"),
        Number("TotalAssets", "5", role="Result"),
        Number("NetIncome", "5", role=""),
        Number("NetIncome", "5", scope=""),
        Number("NetIncome", "5", unit="Pure"),
        Number("OperatingIncome", "5"),
        Number("OperatingIncome", "6"),
        Number("OrdinaryIncome", "9", role="Lower"),
        Number("OrdinaryIncome", "5", role="Upper"),
        dividend("5", ""),
    ]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers, words=[NOTICE]))
    assert dict(batch.left_out) == {
        "numbers that are nil": 1,
        "changes since the last forecast or year": 2,
        "numbers that cannot be read": 1,
        "numbers of other kinds than forecasts are made of": 1,
        "numbers that are neither forecast nor result": 1,
        "numbers of which it is not told whether they are consolidated": 1,
        "numbers in units that are not known": 1,
        "numbers that are stated twice, and differ": 2,
        "ranges that end below where they begin": 1,
        "numbers of which it is not told what for": 1,
    }
    assert len(batch.statements) == 3


def test_range_has_both_ends_and_one_that_is_open_has_one(tmp_path: Path) -> None:
    numbers = [
        Number("NetSales", None),
        Number("NetSales", "4,000", role="Lower"),
        Number("NetSales", "4,500", role="Upper"),
        Number("OperatingIncome", "300", role="Lower", loss=True),
        Number("OperatingIncome", "100", role="Upper", loss=True),
        Number("OrdinaryIncome", "100", role="Lower"),
        Number("NetIncome", "100", role="Upper"),
    ]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers))
    targets = said(batch)
    sales = targets[short("net-sales.consolidated")]
    assert [sales[key] for key in ("comparator", "minimum", "maximum")] == [
        "between",
        "4000000000",
        "4500000000",
    ]
    assert len(sales["element"]) == 2
    loss = targets[short("operating-income.consolidated")]
    assert [loss["minimum"], loss["maximum"]] == ["-300000000", "-100000000"]
    assert targets[short("ordinary-income.consolidated")]["comparator"] == "at-least"
    assert targets[short("net-income.consolidated")]["comparator"] == "at-most"


def test_single_number_beside_a_range_is_the_forecast(tmp_path: Path) -> None:
    numbers = [
        Number("NetSales", "5"),
        Number("NetSales", "4", role="Lower"),
        Number("NetSales", "6", role="Upper"),
    ]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers))
    assert said(batch)[short("net-sales.consolidated")]["value"] == "5000000"
    assert batch.left_out["ranges beside a single number"] == 2


def test_notice_of_a_difference_tells_the_result(tmp_path: Path) -> None:
    title = "業績予想と実績値との差異に関するお知らせ"
    more: Any = {"filed": "令和8年5月9日", "words": [NOTICE], "title": title}
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, **more))
    result = said(batch, "Observation")[short("net-sales.consolidated", state="result")]
    assert result["value"] == "8000000000"
    assert result["kind"] == "reported"
    assert list(said(batch)) == [short("net-sales.consolidated", state="previous")]


def test_revision_after_its_period_is_an_estimate_until_the_result_is_told(tmp_path: Path) -> None:
    revised = write_filing(tmp_path / "a.htm", REVISED, filed="令和8年4月20日")
    summary = write_filing(
        tmp_path / "b.htm",
        [Number("NetSales", "8,000", role="Result", moment="")],
        filed="令和8年5月12日",
        day="FilingDate",
        title="令和8年3月期　決算短信",
    )
    first, last = read(revised, summary)
    sales = short("net-sales.consolidated", state="result")
    estimate, result = (said(batch, "Observation")[sales] for batch in (first, last))
    assert (estimate["kind"], result["kind"]) == ("estimated", "reported")
    assert estimate["value"] == result["value"]
    assert result["corrects"] == [estimate["id"]]


@pytest.mark.parametrize(
    ("notice", "kind"),
    [
        (
            "前期実績を上回る見込みとなり、令和7年5月10日に公表した業績予想を修正します。",
            "estimated",
        ),
        ("令和7年5月10日に公表した業績予想に差異が生じる見込みとなりました。", "estimated"),
        ("予想に差異が発生する見通しとなり、予想を修正します。", "estimated"),
        ("令和7年5月10日に公表した業績予想と本日公表の実績値に差異が生じました。", "reported"),
        ("業績予想値と実績値との差異について、お知らせいたします。", "reported"),
    ],
)
def test_revision_after_its_period_is_no_result_for_naming_one(
    notice: str, kind: str, tmp_path: Path
) -> None:
    words = ("NoticeOfForecastCorrection", notice)
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, filed="令和8年4月20日", words=[words]))
    sales = said(batch, "Observation")[short("net-sales.consolidated", state="result")]
    assert sales["kind"] == kind


@pytest.mark.parametrize(
    "title",
    [
        "個別業績の前期実績値との差異に関するお知らせ",
        "通期業績予想値と実績値の差異及び個別業績の前事業年度の実績との差異に関するお知らせ",
        "前年度の個別業績の実績値と当年度の実績値との差異に関するお知らせ",
    ],
)
def test_result_of_the_year_before_in_the_place_of_a_forecast_is_none(
    title: str, tmp_path: Path
) -> None:
    said = (
        "NoticeOfForecastCorrection",
        "令和7年5月10日に公表した令和7年3月期決算短信の実績との差異です。",
    )
    [batch] = read(
        write_filing(tmp_path / "a.htm", REVISED, filed="令和8年5月12日", title=title, words=[said])
    )
    assert {one["type"] for one in batch.statements} == {"Observation"}
    assert batch.left_out["results of a year before, or forecasts, in one place"] == 1


def test_revision_that_merely_names_the_year_before_recalls_a_forecast(tmp_path: Path) -> None:
    words = (
        "NoticeOfForecastCorrection",
        "前期実績を上回る見込みとなり、令和7年5月10日に公表した業績予想を修正します。",
    )
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, words=[words]))
    assert short("net-sales.consolidated", state="previous") in said(batch)


def test_on_the_last_day_of_its_period_a_forecast_is_still_one(tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, filed="令和8年3月31日"))
    assert short("net-sales.consolidated") in said(batch)


def test_first_half_and_year_are_periods_of_their_own(tmp_path: Path) -> None:
    numbers = [Number("NetSales", "4,000", HALF), Number("NetSales", "8,000")]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers, filed="令和7年8月8日"))
    half, year = said(batch).values()
    assert (half["counts_from"], half["due"], half.get("due_precision")) == (*HALF, None)
    assert (year["counts_from"], year["due"], year["due_precision"]) == (*YEAR, "fiscal-year")


def test_dividends_are_told_apart_by_what_they_are_paid_for(tmp_path: Path) -> None:
    paid = ("FirstQuarter", "SecondQuarter", "ThirdQuarter", "YearEnd", "Annual")
    numbers = [dividend(f"{count}.00", name) for count, name in enumerate(paid)]
    numbers += [
        dividend("1.00", "SecondQuarter", role="Result"),
        dividend(None, "Annual", role="Upper"),
    ]
    [batch] = read(
        write_filing(tmp_path / "a.htm", numbers, day="ReportingDateOfDividendForecastCorrection")
    )
    assert {one["indicator"]: one["value"] for one in said(batch).values()} == {
        "dividend-first-quarter": "0", "dividend-second-quarter": "1", "dividend-third-quarter": "2",
        "dividend-year-end": "3", "dividend-of-year": "4",
    }  # fmt: skip
    assert not any("among" in one for one in batch.statements)
    [interim] = said(batch, "Observation").values()
    assert interim["indicator"] == "dividend-second-quarter"


def annual(path: Path, **more: Any) -> Path:
    """Write a summary of a year's results, which forecasts the next one."""
    numbers = [
        Number("NetSales", "8,100", role="Result", moment=""),
        Number("NetSales", "7,000", BEFORE, "Result", moment=""),
        Number("NetSales", "9,000", AFTER, moment=""),
        Number("NetSales", "700", role="Result", moment="", scope="NonConsolidated"),
        per_share("NetIncomePerShare", "12.50", role="Result", moment=""),
        dividend("12.00", "Annual", role="Result", moment=""),
        dividend("13.00", "Annual", period=AFTER, moment=""),
        dividend("9.00", "YearEnd", moment=""),
    ]
    given = {
        "filed": "令和8年5月12日",
        "day": "FilingDate",
        "title": "令和8年3月期　決算短信〔日本基準〕（連結）",
    }
    return write_filing(path, numbers, **(given | more))


def test_annual_summary_tells_results_and_forecasts_the_next_year(tmp_path: Path) -> None:
    [batch] = read(annual(tmp_path / "a.htm"))
    results = {name: one["value"] for name, one in said(batch, "Observation").items()}
    assert results == {
        short("net-sales.consolidated", state="result"): "8100000000",
        short("net-sales.consolidated", BEFORE, "result"): "7000000000",
        short("net-sales.non-consolidated", state="result"): "700000000",
        short("net-income-per-share.consolidated", state="result"): "12.5",
        short("dividend-of-year", state="result"): "12",
    }
    assert {name: one["value"] for name, one in said(batch).items()} == {
        short("net-sales.consolidated", AFTER): "9000000000",
        short("dividend-of-year", AFTER): "13",
    }
    # A summary has no place for results among its forecasts, as a notice of a difference has.
    assert batch.left_out["forecasts of a period that was over"] == 1
    assert batch.source["title"] == "令和8年3月期 決算短信〔日本基準〕（連結）"
    assert batch.source["published"] == "2026-05-12"


def test_quarterly_summary_forecasts_its_own_year(tmp_path: Path) -> None:
    numbers = [
        Number("NetSales", "2,000", HALF, "Result", moment=""),
        Number("NetSales", "8,000", moment=""),
    ]
    path = write_filing(tmp_path / "a.htm", numbers, day="FilingDate", filed="2025-11-05")
    [batch] = read(path)
    assert list(said(batch)) == [short("net-sales.consolidated")]
    assert list(said(batch, "Observation")) == [short("net-sales.consolidated", HALF, "result")]


@pytest.mark.parametrize(
    ("concept", "indicator"),
    [
        ("RevenueIFRS", "revenue-ifrs"), ("OperatingIncomeIFRS", "operating-income-ifrs"),
        ("ProfitAttributableToOwnersOfParentIFRS", "profit-of-owners-ifrs"), ("NetSalesUS", "net-sales-us-gaap"),
        ("ProfitAttributableToOwnersOfParent", "net-income"), ("NetIncome", "net-income"),
        ("OrdinaryRevenuesBK", "ordinary-revenues-of-banking"),
    ],
)  # fmt: skip
def test_each_standard_of_accounting_has_lines_of_its_own(
    concept: str, indicator: str, tmp_path: Path
) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", [Number(concept, "5")], inline="2013"))
    assert [one["indicator"] for one in batch.statements] == [indicator]


FORECAST = """
GrossOperatingRevenues GrossRevenuesUS IncomeBeforeIncomeTaxesUS IncomeBeforeMinorityInterestUS
IncomeFromContinuingOperationsBeforeIncomeTaxesUS IncomeFromDiscontinuingOperationsBeforeIncomeTaxesUS
NetIncome NetIncomeUS NetOperatingRevenuesSE NetPremiumsWrittenIN NetSales NetSalesAndOperatingRevenues
NetSalesAndOperatingRevenuesUS NetSalesIFRS NetSalesOfCompletedConstructionContracts NetSalesUS OperatingIncome
OperatingIncomeIFRS OperatingIncomeUS OperatingRevenues OperatingRevenuesIFRS OperatingRevenuesSE
OperatingRevenuesSpecific OperatingRevenuesSpecificUS OperatingRevenuesUS OrdinaryIncome OrdinaryRevenuesBK
OrdinaryRevenuesBKIFRS OrdinaryRevenuesIN ProfitAttributableToOwnersOfParent
ProfitAttributableToOwnersOfParentIFRS ProfitBeforeTaxIFRS ProfitIFRS Revenue Revenue2 RevenueIFRS RevenuesUS
SalesIFRS TotalRevenuesAfterDeductingFinancialExpenseUS TotalRevenuesUS OperatingRevenuesREIT
"""
"""What notices can revise: in both taxonomies the concepts beside which there is an amount of the change."""


def test_every_amount_that_can_be_revised_has_an_indicator() -> None:
    assert set(FORECAST.split()) == AMOUNTS.keys()


def test_parts_of_a_dividend_are_no_dividend(tmp_path: Path) -> None:
    parts = [
        per_share(name, shown, paid="YearEnd", scope="NonConsolidated")
        for name, shown in (("CommemorativeDividend", "5.00"), ("ExtraDividend", "2.00"))
    ]
    [batch] = read(write_filing(tmp_path / "a.htm", [dividend("17.00", "YearEnd"), *parts]))
    assert [(one["indicator"], one["value"]) for one in batch.statements] == [
        ("dividend-year-end", "17")
    ]
    assert batch.left_out == {"numbers of other kinds than forecasts are made of": 2}


def test_every_indicator_is_defined() -> None:
    graph = kg.build(check=False)
    known = {
        str(row["i"])
        for row in graph.query("SELECT ?i { ?i a cp:Indicator ; cp:canBeNegative true }")
    }
    assert {name.rpartition("/")[2].removeprefix("id:") for name in known} >= INDICATORS


@pytest.mark.parametrize(
    ("code", "ticker"),
    [("99990", "XTKS:9999"), ("9999", "XTKS:9999"), ("９９９９０", "XTKS:9999"), ("130A0", "XTKS:130A"), ("99995", "XTKS:99995")],
)  # fmt: skip
def test_company_is_known_by_its_code(code: str, ticker: str, tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED, code=code))
    company = next(one for one in batch.things if one["type"] == "Company")
    assert company["ticker"] == company["label"] == ticker
    assert company["rdfs:label"] == {"@value": "架空電機株式会社", "@language": "ja"}


def test_code_may_hide_its_fifth_digit(tmp_path: Path) -> None:
    path = write_filing(tmp_path / "a.htm", REVISED, code='9999<div style="display:none">0</div>')
    text = path.read_text("utf-8").replace(
        'sicc">9999<div style="display:none">0</div>', 'sicc">99990'
    )
    path.write_text(text, "utf-8")
    assert read(path)[0].source["author"] == "xtks-9999"


def test_filing_has_its_day_digest_and_publisher(tmp_path: Path) -> None:
    [batch] = read(write_filing(tmp_path / "a.htm", REVISED))
    assert batch.source["published"] == "2025-10-31"
    assert batch.source["id"] == f"tdnet-9999-2025-10-31-{batch.source['sha256'][:8]}"
    assert batch.source["publisher"] == "tokyo-stock-exchange"
    places = [one["at"] for statement in batch.statements for one in statement["element"]]
    assert all("ix:nonFraction" in place for place in places)
    assert len(set(places)) == 2


def test_revision_updates_the_forecast_of_an_earlier_filing_whatever_files_are_called(
    tmp_path: Path,
) -> None:
    first = [Number("NetSales", "7,320", moment=""), Number("OrdinaryIncome", "500", moment="")]
    late = write_filing(tmp_path / "a.htm", REVISED)
    early = write_filing(tmp_path / "z.htm", first, filed="令和7年5月10日", day="FilingDate")
    made, revised = read(late, early)
    assert [one.source["published"] for one in (made, revised)] == ["2025-05-10", "2025-10-31"]
    assert list(said(revised)) == [short("net-sales.consolidated")]
    [update] = said(revised).values()
    assert update["updates"] == said(made)[short("net-sales.consolidated")]["id"]
    assert not [one for one in revised.left_out if one.startswith("earlier forecasts")]


def revision(path: Path, shown: str, filed: str, **more: Any) -> Path:
    """Write a filing with one forecast."""
    return write_filing(path, [Number("NetSales", shown, **more)], filed=filed)


def test_other_scope_period_or_company_is_updated_by_nothing(tmp_path: Path) -> None:
    first = revision(tmp_path / "1.htm", "100", "令和7年5月10日")
    others = [
        revision(tmp_path / "2.htm", "90", "令和7年6月10日", scope="NonConsolidated"),
        revision(tmp_path / "3.htm", "90", "令和7年6月10日", period=HALF),
        write_filing(
            tmp_path / "4.htm", [Number("NetSales", "90")], filed="令和7年6月10日", code="99980"
        ),
        write_filing(tmp_path / "5.htm", [Number("NetSalesIFRS", "90")], filed="令和7年6月10日"),
    ]
    batches = read(first, *others)
    assert not [one for batch in batches for one in batch.statements if "updates" in one]


def test_forecast_that_is_repeated_confirms_and_one_that_differs_updates(tmp_path: Path) -> None:
    days = ("令和7年5月10日", "令和7年8月8日", "令和7年11月8日")
    shown = ("100", "100", "90")
    batches = read(
        *(
            revision(tmp_path / f"{n}.htm", *one)
            for n, one in enumerate(zip(shown, days, strict=True))
        )
    )
    first, second, third = (one.statements[0] for one in batches)
    assert second["confirms"] == first["id"]
    assert third["updates"] == second["id"]


def test_forecast_before_that_differs_from_what_stood_comes_between(tmp_path: Path) -> None:
    first = revision(tmp_path / "1.htm", "100", "令和7年4月20日")
    last = write_filing(tmp_path / "2.htm", REVISED, words=[NOTICE])
    made, revised = read(first, last)
    between = said(revised)[short("net-sales.consolidated", state="previous")]
    assert between["updates"] == made.statements[0]["id"]
    assert said(revised)[short("net-sales.consolidated")]["updates"] == between["id"]


def test_result_replaces_what_was_told_before_the_books_were_closed(tmp_path: Path) -> None:
    told = revision(tmp_path / "1.htm", "8,000", "令和8年4月20日")
    closed = annual(tmp_path / "2.htm")
    early, final = read(told, closed)
    result = said(final, "Observation")[short("net-sales.consolidated", state="result")]
    assert result["corrects"] == [early.statements[0]["id"]]


def test_result_that_is_restated_in_a_later_year_is_left_out(tmp_path: Path) -> None:
    later = write_filing(
        tmp_path / "2.htm",
        [Number("NetSales", "8,200", role="Result", moment=""), Number("NetSales", "9,900", AFTER, "Result", moment="")],
        filed="令和9年5月12日", day="FilingDate",
    )  # fmt: skip
    _, batch = read(annual(tmp_path / "1.htm"), later)
    assert batch.left_out["results of an earlier period that were restated"] == 1
    assert list(said(batch, "Observation")) == [short("net-sales.consolidated", AFTER, "result")]


def test_result_that_is_told_again_is_counted(tmp_path: Path) -> None:
    numbers = [Number("NetSales", "8,100", role="Result", moment="")]
    later = write_filing(tmp_path / "2.htm", numbers, filed="令和9年5月12日", day="FilingDate")
    _, batch = read(annual(tmp_path / "1.htm"), later)
    assert batch.left_out["results that an earlier filing told"] == 1


def test_correction_corrects_the_result(tmp_path: Path) -> None:
    numbers = [Number("NetSales", "8,050", role="Result", moment="")]
    title = "（訂正・数値データ訂正）「令和8年3月期決算短信」の一部訂正について"
    later = write_filing(
        tmp_path / "2.htm", numbers, filed="令和8年6月1日", day="FilingDate", title=title
    )
    first, batch = read(annual(tmp_path / "1.htm"), later)
    [result] = batch.statements
    old = said(first, "Observation")[short("net-sales.consolidated", state="result")]
    assert result["corrects"] == [old["id"]]


def test_copy_of_a_file_says_nothing_more(tmp_path: Path) -> None:
    paths = [write_filing(tmp_path / name, REVISED) for name in ("a.htm", "b.htm")]
    assert len(read(*paths)) == 1


def test_company_that_is_called_otherwise_later_keeps_its_first_name(tmp_path: Path) -> None:
    first = revision(tmp_path / "1.htm", "100", "令和7年5月10日")
    renamed = write_filing(tmp_path / "2.htm", REVISED, name="新架空電機　株式会社")
    things = [
        next(one for one in batch.things if one["type"] == "Company")
        for batch in read(first, renamed)
    ]
    assert [one["rdfs:label"]["@value"] for one in things] == ["架空電機株式会社"] * 2
    assert things[1]["skos:altLabel"]["@value"] == "新架空電機 株式会社"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (FORECAST_DAY, "Tel", "does not tell the day on which it was filed"),
        ("令和7年10月31日", "令和7年13月31日", "does not tell the day on which it was filed"),
        (">99990</ix", ">99980</ix", "is of several companies"),
        ("/ed/t/", "/at/t/", "has no fact of the Tokyo Stock Exchange's taxonomies"),
    ],
)  # fmt: skip
def test_file_that_does_not_tell_whose_it_is_is_refused_and_others_are_read(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    bad = write_filing(tmp_path / "a.htm", REVISED, words=[("SecuritiesCode", "99990")])
    text = bad.read_text("utf-8")
    assert old in text
    bad.write_text(text.replace(old, new, 1), "utf-8")
    good = write_filing(tmp_path / "b.htm", REVISED)
    told = list(read_tdnet([bad, good]))
    errors = [one for one in told if isinstance(one, SourceError)]
    assert len(told) == 2
    assert [error.problem.startswith(problem) for error in errors] == [True]


def test_format_is_known_by_its_namespaces(tmp_path: Path) -> None:
    path = write_filing(tmp_path / "a.txt", REVISED)
    assert find_format(path) is FORMAT
    for name, text in (
        ("a.htm", "<html/>"),
        ("b.htm", path.read_text("utf-8").replace("/ed/t/", "/cg/t/")),
    ):
        other = tmp_path / name
        other.write_text(text, "utf-8")
        assert not FORMAT.recognises(open_beginning(other))


def test_numbers_are_the_decimals_of_the_file(tmp_path: Path) -> None:
    numbers = [
        Number("NetSales", "1,234.567", scale="6"),
        per_share("NetIncomePerShare", "0.10", loss=True),
    ]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers))
    assert sorted(Decimal(one["value"]) for one in batch.statements) == [
        Decimal("-0.1"),
        Decimal(1234567000),
    ]


def texts(batches: Iterable[Batch]) -> str:
    """Return batches as text, in order."""
    return "\n".join(map(repr, batches))


def test_same_files_give_the_same_statements_in_any_order(tmp_path: Path) -> None:
    paths = [
        revision(tmp_path / "1.htm", "100", "令和7年5月10日"),
        write_filing(tmp_path / "2.htm", REVISED),
        annual(tmp_path / "3.htm"),
    ]
    assert texts(read(*paths)) == texts(read(*reversed(paths)))


def test_only_a_forecast_of_which_nothing_is_left_is_withdrawn(tmp_path: Path) -> None:
    def read_with(*current: Number, **more: Any) -> set[str]:
        numbers = [Number("NetSales", "7,320", moment="Previous"), *current]
        [batch] = read(write_filing(tmp_path / "a.htm", numbers, **more))
        return {name.rpartition(".")[2] for name in said(batch)}

    nil = [Number("NetSales", None, role=role) for role in ("Forecast", "Lower", "Upper")]
    assert read_with(*nil) == {"withdrawn"}
    assert read_with(*nil, filed="令和8年5月9日") == set()
    assert (
        read_with(
            nil[0], Number("NetSales", "9", role="Lower"), Number("NetSales", "5", role="Upper")
        )
        == set()
    )
    assert read_with(nil[0], Number("NetSales", "5", role="Lower"), nil[2]) == {"forecast"}
    assert read_with(Number("NetSales", "many"), *nil[1:]) == set()
    assert read_with() == set()


def test_what_is_withdrawn_rests_on_what_stood_there_and_on_what_is_empty(tmp_path: Path) -> None:
    numbers = [Number("NetSales", "7,320", moment="Previous"), Number("NetSales", None)]
    [batch] = read(write_filing(tmp_path / "a.htm", numbers, words=[NOTICE]))
    old, taken = (
        said(batch)[short("net-sales.consolidated", state=name)]
        for name in ("previous", "withdrawn")
    )
    assert (taken["status"], taken["value"], taken["confirms"]) == (
        "abandoned",
        "7320000000",
        old["id"],
    )
    assert old["uttered"] == "2025-05-10"
    assert len(taken["element"]) == 2


def test_notice_comes_before_the_summary_of_its_day(tmp_path: Path) -> None:
    first = write_filing(
        tmp_path / "0.htm",
        [Number("NetSales", "7,320", moment="")],
        filed="令和7年5月10日",
        day="FilingDate",
    )
    notice = write_filing(tmp_path / "z.htm", REVISED)
    summary = write_filing(
        tmp_path / "a.htm", [Number("NetSales", "8,000", moment="")], day="FilingDate"
    )
    made, revised, told = read(summary, notice, first)
    update, again = (
        said(revised)[short("net-sales.consolidated")],
        said(told)[short("net-sales.consolidated")],
    )
    assert update["updates"] == made.statements[0]["id"]
    assert again["confirms"] == update["id"]
