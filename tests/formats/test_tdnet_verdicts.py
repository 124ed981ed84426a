"""What became of a company's forecasts, by its own filings: never by another period, scope, line or payment."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.formats.importing import import_files
from tests.formats.filings import HALF, YEAR, Number, dividend, per_share, write_filing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

MAY, AUGUST, NOVEMBER, LATER = (
    "令和7年5月10日",
    "令和7年8月8日",
    "令和7年11月10日",
    "令和8年5月12日",
)


@pytest.fixture
def outcomes(tmp_path: Path) -> Callable[..., dict[tuple[str, str], str]]:
    """What became of the forecasts of some filings, each numbers and a day, by indicator and value."""
    numbers = count()

    def read(*filings: tuple[Sequence[Number], str], **more: Any) -> dict[tuple[str, str], str]:
        paths = [
            write_filing(tmp_path / f"{next(numbers)}.htm", shown, filed=day, **more)
            for shown, day in filings
        ]
        imported = import_files(paths)
        file = tmp_path / "filings.nq"
        file.write_bytes(b"".join(imported.lines))
        graph = kg.build([file])  # all of it passes the shapes
        assert not graph.query("SELECT ?x { ?x cp:currentStatus ?status }").rows
        return {
            (
                str(row["indicator"]),
                str(row["value"]),
            ): f"{row['verdict']} {row['reason'] or ''}".replace("cp:", "").strip()
            for row in graph.ask("outcome", date="2026-11-29")
        }

    return read


def forecast(shown: str, concept: str = "NetSales", **more: Any) -> Number:
    return Number(concept, shown, moment="", scale="0", **more)


def result(shown: str, concept: str = "NetSales", **more: Any) -> Number:
    return Number(concept, shown, role="Result", moment="", scale="0", **more)


def test_forecast_is_judged_by_the_result_of_its_year(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100"), forecast("50", "NetIncome"), forecast("10", "OperatingIncome")], MAY),
        ([result("101"), result("20", "NetIncome"), result("9", "OperatingIncome")], LATER),
    )
    assert told == {
        ("net-sales", "100"): "met",
        ("net-income", "50"): "missed",
        ("operating-income", "10"): "partly",
    }


def test_loss_that_is_smaller_than_forecast_is_met(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100", "NetIncome", loss=True)], MAY),
        ([result("80", "NetIncome", loss=True)], LATER),
    )
    assert told == {("net-income", "-100"): "met"}


@pytest.mark.parametrize("concept", ["NetSales", "NetIncome"])
@pytest.mark.parametrize("shown", ["1", "500"])
def test_year_says_nothing_of_the_first_half_nor_it_of_the_year(
    concept: str, shown: str, outcomes: Any
) -> None:
    half = outcomes(
        ([forecast("100", concept, period=HALF)], MAY), ([result(shown, concept)], LATER)
    )
    year = outcomes(
        ([forecast("100", concept)], MAY), ([result(shown, concept, period=HALF)], NOVEMBER)
    )
    assert set(half.values()) == set(year.values()) == {"undetermined other-period"}


@pytest.mark.parametrize("shown", ["1", "500"])
def test_company_alone_says_nothing_of_the_group_nor_it_of_the_company(
    shown: str, outcomes: Any
) -> None:
    for scopes in (("Consolidated", "NonConsolidated"), ("NonConsolidated", "Consolidated")):
        ours, theirs = scopes
        told = outcomes(
            ([forecast("100", scope=ours)], MAY), ([result(shown, scope=theirs)], LATER)
        )
        assert set(told.values()) == {"undetermined only-other-parts"}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("NetSales", "NetSalesIFRS"),
        ("OperatingIncome", "OperatingIncomeIFRS"),
        ("NetIncomeUS", "NetIncome"),
    ],
)
def test_other_standard_of_accounting_says_nothing(ours: str, theirs: str, outcomes: Any) -> None:
    told = outcomes(([forecast("100", ours)], MAY), ([result("500", theirs)], LATER))
    assert set(told.values()) == {"undetermined no-figure"}


def test_profit_that_was_renamed_is_the_same(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100", "NetIncome")], MAY),
        ([result("100", "ProfitAttributableToOwnersOfParent")], LATER),
    )
    assert set(told.values()) == {"met"}


def test_dividend_of_a_quarter_says_nothing_of_the_year(outcomes: Any) -> None:
    told = outcomes(
        ([dividend("10", "Annual", moment="")], MAY),
        (
            [
                dividend("15", paid, role="Result", moment="")
                for paid in ("SecondQuarter", "YearEnd")
            ],
            LATER,
        ),
    )
    assert set(told.values()) == {"undetermined no-figure"}


def test_forecast_that_was_revised_is_neither_kept_nor_broken(outcomes: Any) -> None:
    told = outcomes(([forecast("100")], MAY), ([forecast("90")], AUGUST), ([result("95")], LATER))
    assert told == {("net-sales", "100"): "replaced", ("net-sales", "90"): "met"}


def test_forecast_that_comes_back_stands_again(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100")], MAY),
        ([forecast("90")], AUGUST),
        ([forecast("100")], NOVEMBER),
        ([result("95")], LATER),
    )
    assert told == {("net-sales", "100"): "partly", ("net-sales", "90"): "replaced"}


def test_notice_of_a_difference_judges_the_forecast_that_it_recalls(outcomes: Any) -> None:
    numbers = [
        Number("NetSales", "100", moment="Previous", scale="0"),
        Number("NetSales", "95", scale="0"),
    ]
    notice = [
        (
            "NoticeOfForecastCorrection",
            "令和7年5月10日に公表した業績予想値と実績値に差異が生じました。",
        )
    ]
    assert outcomes((numbers, LATER), words=notice) == {("net-sales", "100"): "partly"}


def test_result_counts_and_what_was_told_before_the_books_were_closed_no_more(
    outcomes: Any,
) -> None:
    told = outcomes(
        ([forecast("100")], MAY),
        ([Number("NetSales", "101", scale="0")], "令和8年4月20日"),
        ([result("99")], LATER),
    )
    assert told == {("net-sales", "100"): "partly"}


def test_range_is_met_from_its_nearer_end_on(outcomes: Any) -> None:
    ends = [
        forecast("90", role="Lower"),
        forecast("110", role="Upper"),
        forecast("5", "NetIncome", role="Lower"),
    ]
    told = outcomes((ends, MAY), ([result("91"), result("4", "NetIncome")], LATER))
    assert told == {("net-sales", "90"): "met", ("net-income", "5"): "partly"}


def test_year_of_another_length_is_its_own(outcomes: Any) -> None:
    short = ("2025-04-01", "2025-12-31")
    told = outcomes(([forecast("100", period=YEAR)], MAY), ([result("500", period=short)], LATER))
    assert set(told.values()) == {"undetermined other-period"}


def test_amount_a_share_is_judged_by_its_own_period(outcomes: Any) -> None:
    told = outcomes(
        ([per_share("NetIncomePerShare", "12.50", moment="")], MAY),
        ([per_share("NetIncomePerShare", "12.49", moment="", role="Result")], LATER),
    )
    assert told == {("net-income-per-share", "12.5"): "partly"}


@pytest.mark.parametrize(
    ("profit", "verdict"), [("500", "partly"), ("1000", "undetermined no-figure")]
)
def test_amount_a_share_after_a_split_is_held_against_none_before_it(
    profit: str, verdict: str, outcomes: Any
) -> None:
    eps = per_share("NetIncomePerShare", "50.00", moment="")
    paid = dividend("20.00", "Annual", moment="")
    after = [
        replace(eps, role="Result", shown="25.00"),
        replace(paid, role="Result", shown="10.00"),
    ]
    told = outcomes(
        ([forecast("1000", "NetIncome"), eps, paid], MAY),
        ([result(profit, "NetIncome"), *after], LATER),
    )
    assert told[("net-income-per-share", "50")] == told[("dividend-of-year", "20")] == verdict
    assert told[("net-income", "1000")] in ("met", "partly")


@pytest.mark.parametrize(
    ("paid", "verdict"), [("10.00", "undetermined no-figure"), ("15.00", "partly")]
)
def test_dividend_of_shares_that_nobody_counts_may_be_after_a_split(
    paid: str, verdict: str, outcomes: Any
) -> None:
    # A notice of the dividend alone tells no number of shares; half of it may be a split and no cut.
    promised = dividend("20.00", "Annual", moment="")
    told = outcomes(([promised], MAY), ([replace(promised, role="Result", shown=paid)], LATER))
    assert told == {("dividend-of-year", "20"): verdict}


def test_notice_of_a_dividend_is_of_the_shares_that_were_told_before(outcomes: Any) -> None:
    eps = per_share("NetIncomePerShare", "50.00", moment="")
    promised = dividend("20.00", "Annual", moment="")
    told = outcomes(
        ([forecast("1000", "NetIncome"), eps, promised], MAY),
        ([replace(promised, shown="30.00")], AUGUST),
        (
            [
                result("1000", "NetIncome"),
                replace(eps, role="Result", shown="50.00"),
                replace(promised, role="Result", shown="15.00"),
            ],
            LATER,
        ),
    )
    assert told["dividend-of-year", "30"] == "partly"


def notice(
    before: str | None, shown: str | None, concept: str = "NetSales", **more: Any
) -> list[Number]:
    """Return what a notice of a revision has of one line."""
    now = Number(concept, shown, scale="0", **more)
    ends = [replace(now, role=role, shown=None) for role in ("Lower", "Upper")]
    return [replace(now, moment="Previous", shown=before), now, *ends]


def test_forecast_that_is_withdrawn_is_given_up_and_its_company_is_not(outcomes: Any) -> None:
    numbers = [*notice("100", None), *notice("10", "12", "NetIncome")]
    told = outcomes(
        ([forecast("100"), forecast("10", "NetIncome")], MAY),
        (numbers, AUGUST),
        ([result("200")], LATER),
    )
    assert told == {
        ("net-sales", "100"): "abandoned", ("net-income", "10"): "replaced",
        ("net-income", "12"): "undetermined no-figure",
    }  # fmt: skip


def test_forecast_after_a_withdrawn_one_takes_its_place(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100")], MAY),
        (notice("100", None), AUGUST),
        (notice(None, "90"), NOVEMBER),
        ([result("95")], LATER),
    )
    assert told == {("net-sales", "100"): "replaced", ("net-sales", "90"): "met"}


def test_forecast_that_was_withdrawn_and_is_made_again_stands(outcomes: Any) -> None:
    told = outcomes(
        ([forecast("100")], MAY),
        (notice("100", None), AUGUST),
        (notice(None, "100"), NOVEMBER),
        ([result("101")], LATER),
    )
    assert told == {("net-sales", "100"): "met"}


def test_dividend_that_is_paid_or_has_no_sum_is_not_withdrawn(outcomes: Any) -> None:
    def row(paid: str, before: str, now: str | None) -> list[Number]:
        return [dividend(before, paid, moment="Previous"), dividend(now, paid)]

    split = [
        *row("SecondQuarter", "5", None),
        *row("YearEnd", "6", "3"),
        *row("Annual", "11", None),
    ]
    assert "abandoned" not in outcomes((split, AUGUST)).values()
    undecided = [
        *row("SecondQuarter", "5", None),
        *row("YearEnd", "6", None),
        *row("Annual", "11", None),
    ]
    told = outcomes((undecided, NOVEMBER), code="99980")
    assert {name for (name, _), verdict in told.items() if verdict == "abandoned"} == {
        "dividend-year-end", "dividend-of-year",
    }  # fmt: skip
