"""Filings that are filed again because they were wrong: what they correct, and what they leave as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.formats.batch import Batch
from kg.formats.tdnet.reader import read_tdnet
from tests.formats.filings import BEFORE, YEAR, Number, dividend, write_filing
from tests.formats.test_tdnet_verdicts import AUGUST, LATER, MAY, NOVEMBER, forecast, result

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WRONG = "（訂正・数値データ訂正）「令和8年3月期　決算短信」の一部訂正について"
SUMMARY = {"day": "FilingDate", "title": "令和8年3月期　決算短信"}
MENDED = {"day": "FilingDate", "title": WRONG}
NOTICE = {
    "day": "ReportingDateOfFinancialForecastCorrection",
    "title": "業績予想の修正に関するお知らせ",
}
NOTICE_MENDED = NOTICE | {"title": "（訂正）業績予想の修正に関するお知らせ"}
UNSURE = "forecasts of a corrected filing that may have been revised since"


def files(folder: Path, *filings: tuple[Sequence[Number], str, dict[str, str]]) -> list[Path]:
    """Write filings, each of numbers, a day, and what it is."""
    return [
        write_filing(folder / f"{at}.htm", numbers, filed=day, **what)  # type: ignore[arg-type]
        for at, (numbers, day, what) in enumerate(filings)
    ]


def read(folder: Path, *filings: tuple[Sequence[Number], str, dict[str, str]]) -> list[Batch]:
    batches = list(read_tdnet(files(folder, *filings)))
    assert all(isinstance(one, Batch) for one in batches), batches
    return [one for one in batches if isinstance(one, Batch)]


def revised(before: str, now: str) -> list[Number]:
    return [
        Number("NetSales", before, moment="Previous", scale="0"),
        Number("NetSales", now, scale="0"),
    ]


def judged(folder: Path, *filings: tuple[Sequence[Number], str, dict[str, str]]) -> dict[str, str]:
    """Return what became of the forecasts of some filings, by value."""
    import kg

    imported = kg.import_files(files(folder, *filings))
    imported.save(folder / "filings.nq")
    rows = kg.build([folder / "filings.nq"]).ask("outcome", date="2026-11-29")
    return {str(row["value"]): str(row["verdict"]).removeprefix("cp:") for row in rows}


@pytest.mark.parametrize("wrong", ["90", "91", "92", "93"])
def test_correction_of_the_same_day_comes_after_what_it_corrects(
    wrong: str, tmp_path: Path
) -> None:
    # Of files of one day the order of their digests would decide.
    first, mended = read(
        tmp_path, ([forecast("100")], MAY, MENDED), ([forecast(wrong)], MAY, SUMMARY)
    )
    [old], [new] = first.statements, mended.statements
    assert (old["value"], new["value"], new["corrects"]) == (wrong, "100", [old["id"]])
    assert "updates" not in new


def test_forecast_that_was_misprinted_was_no_promise(tmp_path: Path) -> None:
    told = judged(
        tmp_path,
        ([forecast("1000")], MAY, SUMMARY),
        ([forecast("100")], "令和7年5月12日", MENDED),
        ([result("101")], LATER, SUMMARY),
    )
    assert told == {"100": "met"}


def test_summary_that_is_filed_again_after_a_revision_revises_nothing(tmp_path: Path) -> None:
    *_, mended, _ = batches = read(
        tmp_path,
        ([forecast("100")], MAY, SUMMARY),
        (revised("100", "90"), AUGUST, NOTICE),
        ([forecast("100")], NOVEMBER, MENDED),
        ([result("95")], LATER, SUMMARY),
    )
    assert not mended.statements
    assert mended.left_out == {UNSURE: 1}
    assert len(batches) == 4
    told = judged(
        tmp_path,
        ([forecast("100")], MAY, SUMMARY),
        (revised("100", "90"), AUGUST, NOTICE),
        ([forecast("100")], NOVEMBER, MENDED),
        ([result("95")], LATER, SUMMARY),
    )
    assert told == {"100": "replaced", "90": "met"}


def test_notice_that_is_filed_again_corrects_the_wrong_one_and_revises_what_that_did(
    tmp_path: Path,
) -> None:
    filings = (
        ([forecast("100")], MAY, SUMMARY),
        (revised("100", "900"), AUGUST, NOTICE),
        (revised("100", "90"), "令和7年8月9日", NOTICE_MENDED),
        ([result("95")], LATER, SUMMARY),
    )
    first, wrong, mended, _ = read(tmp_path, *filings)
    [right] = mended.statements
    assert right["updates"] == first.statements[0]["id"]
    assert right["corrects"] == [wrong.statements[0]["id"]]
    assert judged(tmp_path, *filings) == {"100": "replaced", "90": "met"}


def test_revision_that_mends_something_else_beside_is_one(tmp_path: Path) -> None:
    filings = (
        ([forecast("100")], MAY, SUMMARY),
        (
            revised("100", "90"),
            AUGUST,
            NOTICE | {"title": "業績予想の修正及び決算短信の一部訂正に関するお知らせ"},
        ),
        ([result("95")], LATER, SUMMARY),
    )
    first, second, _ = read(tmp_path, *filings)
    [old], [new] = first.statements, second.statements
    assert new["updates"] == old["id"]
    assert "corrects" not in new
    assert judged(tmp_path, *filings) == {"100": "replaced", "90": "met"}


def test_correction_of_a_correction_leaves_nothing_of_what_was_wrong(tmp_path: Path) -> None:
    filings = (
        ([forecast("1000")], MAY, SUMMARY),
        ([forecast("100")], "令和7年5月12日", MENDED),
        ([forecast("110")], "令和7年5月14日", MENDED),
        ([result("120")], LATER, SUMMARY),
    )
    *_, last, _ = read(tmp_path, *filings)
    assert len(last.statements[0]["corrects"]) == 2
    assert judged(tmp_path, *filings) == {"110": "met"}


def test_result_that_is_corrected_does_not_bring_back_what_was_told_before_the_books_were_closed(
    tmp_path: Path,
) -> None:
    filings = (
        ([forecast("100")], MAY, SUMMARY),
        (
            [Number("NetSales", "101", scale="0")],
            "令和8年4月20日",
            NOTICE | {"title": "予想と実績の差異"},
        ),
        ([result("99")], LATER, SUMMARY),
        ([result("98")], "令和8年6月1日", MENDED),
    )
    *_, mended = read(tmp_path, *filings)
    assert len(mended.statements[0]["corrects"]) == 2
    assert judged(tmp_path, *filings) == {"100": "partly"}


def test_correction_restates_no_year_before(tmp_path: Path) -> None:
    filings = (
        ([forecast("100", period=BEFORE)], "令和6年5月10日", SUMMARY),
        ([result("100", period=BEFORE)], "令和7年5月10日", SUMMARY),
        ([result("120", period=YEAR), result("95", period=BEFORE)], LATER, SUMMARY),
        ([result("121", period=YEAR), result("95", period=BEFORE)], "令和8年6月1日", MENDED),
    )
    *_, mended = read(tmp_path, *filings)
    assert [one["value"] for one in mended.statements] == ["121"]
    assert mended.left_out == {"results of an earlier period that were restated": 1}
    assert judged(tmp_path, *filings) == {"100": "met"}


def test_correction_of_a_quarter_corrects_it_beside_dividends_of_the_whole_year(
    tmp_path: Path,
) -> None:
    quarter = ("2025-04-01", "2025-06-30")
    paid = dividend("5.00", "FirstQuarter", role="Result", moment="")
    first, mended = read(
        tmp_path,
        ([result("30", period=quarter), paid], AUGUST, SUMMARY),
        ([result("31", period=quarter), paid], "令和7年8月20日", MENDED),
    )
    [old] = [one for one in first.statements if one["indicator"] == "net-sales"]
    [new] = mended.statements
    assert (new["value"], new["corrects"]) == ("31", [old["id"]])
    assert mended.left_out == {"results that an earlier filing told": 1}


def test_correction_takes_back_no_forecast_that_was_made_since(tmp_path: Path) -> None:
    taken: list[Any] = [
        Number("NetSales", "100", moment="Previous", scale="0"),
        Number("NetSales", None),
    ]
    *_, mended = read(
        tmp_path,
        ([forecast("100")], MAY, SUMMARY),
        (taken, AUGUST, NOTICE),
        ([forecast("90")], NOVEMBER, SUMMARY),
        (taken, "令和7年11月20日", NOTICE_MENDED),
    )
    assert not mended.statements
    assert mended.left_out[UNSURE] == 1


THIRD = {"day": "FilingDate", "title": "令和8年3月期　第3四半期決算短信"}
THIRD_MENDED = {"day": "FilingDate", "title": f"（訂正）「{THIRD['title']}」の一部訂正について"}


@pytest.mark.parametrize("repeated", [True, False], ids=["repeated", "unseen"])
def test_forecast_that_an_earlier_filing_made_was_no_mistake_there(
    tmp_path: Path, repeated: bool
) -> None:
    # What was wrong is the third quarter's filing, which is here or is not: the forecast of May was made, and replaced.
    third = [([forecast("100")], "令和8年2月10日", THIRD)] if repeated else []
    assert judged(
        tmp_path,
        ([forecast("100")], MAY, SUMMARY),
        *third,
        ([forecast("90")], "令和8年2月20日", THIRD_MENDED),
        ([result("95")], LATER, SUMMARY),
    ) == {"100": "replaced", "90": "met"}
