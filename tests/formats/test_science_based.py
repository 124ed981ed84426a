"""The list of companies taking action: a status per horizon, and no verdict on anybody that the list does not give."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kg.base import SourceError
from kg.formats.climate import science_based, target_texts
from kg.formats.climate.science_based import propose, read
from tests.formats.published_tables import (
    built,
    format_of,
    together,
    verdicts,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADER = [
    "sbti_id", "company_name", "isin", "lei", "organization_type", "location", "near_term_status",
    "near_term_target_classification", "near_term_target_year", "long_term_status",
    "long_term_target_classification", "long_term_target_year", "net_zero_status", "net_zero_year",
    "full_target_language", "ba15_status", "reason_for_extension_or_removal", "date_updated",
]  # fmt: skip
NAMED = "sbti-2026-05-07"


def day(year: int, month: int, number: int, hour: int = 0) -> datetime:
    """Return a day as workbooks have it: a moment without a zone."""
    return datetime(year, month, number, hour, tzinfo=UTC).replace(tzinfo=None)


def listed(number: int = 40000001, **cells: object) -> dict[str, object]:
    """Return a row of the list, of Acme Metals."""
    row: dict[str, object] = {
        "sbti_id": float(number), "company_name": "Acme Metals Ltd", "organization_type": "Corporate",
        "date_updated": day(2026, 5, 7, 1),
    }  # fmt: skip
    return row | cells


SET = listed(
    near_term_status="Targets set",
    near_term_target_year=2030,
    near_term_target_classification="1.5°C",
)


def table(folder: Path, *rows: dict[str, object], name: str = "list") -> Path:
    return write_xlsx(folder / name, HEADER, rows)


def said(folder: Path, *rows: dict[str, object]) -> dict[str, dict[str, Any]]:
    """Return what is said, by what follows the id of the source."""
    statements, _, _ = together(read([table(folder, *rows)]))
    return {name.removeprefix(f"{NAMED}."): one for name, one in statements.items()}


def test_each_horizon_has_a_status_of_its_own(tmp_path: Path) -> None:
    row = SET | {
        "net_zero_status": "Commitment removed",
        "reason_for_extension_or_removal": "Expired commitment",
    }
    told = said(tmp_path, row)
    assert {name: (one["about"], one["status"], one.get("due")) for name, one in told.items()} == {
        "40000001.near-term": ("sbti-40000001-near-term", "announced", "2030-12-31"),
        "40000001.net-zero": ("sbti-40000001-net-zero-commitment", "missed", None),
    }
    assert {one["speaker"] for one in told.values()} == {"science-based-targets-initiative"}


def test_no_status_is_dated_by_the_day_on_which_the_row_was_updated(tmp_path: Path) -> None:
    assert all("from" not in one and "uttered" not in one for one in said(tmp_path, SET).values())


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("Expired commitment", "missed"),
        ("Withdrawn commitment", "abandoned"),
        ("Target set at parent company level", None),
        ("Company change", None),
        ("Expired commitment; Withdrawn commitment", None),
        ("", None),
    ],
)
def test_removed_commitment_is_what_the_initiative_says_of_it_or_nothing(
    tmp_path: Path, reason: str, status: str | None
) -> None:
    row = listed(near_term_status="Commitment removed", reason_for_extension_or_removal=reason)
    statements, _, left_out = together(read([table(tmp_path, row)]))
    assert [one["status"] for one in statements.values()] == ([status] if status else [])
    assert sum(left_out.values()) == (0 if status else 1)


def test_reason_for_an_extension_removes_nothing(tmp_path: Path) -> None:
    row = listed(near_term_status="Committed", reason_for_extension_or_removal="Expired commitment")
    (told,) = said(tmp_path, row).values()
    assert (told["about"], told["status"]) == ("sbti-40000001-near-term-commitment", "announced")


def test_fiscal_year_whose_end_is_not_known_is_over_when_it_surely_is(tmp_path: Path) -> None:
    (told,) = said(tmp_path, SET | {"near_term_target_year": "FY2030"}).values()
    keys = ("due_earliest", "due", "due_precision")
    assert [told[key] for key in keys] == ["2030-01-31", "2031-11-30", ["fiscal-year", "inferred"]]
    assert "FY2030" in told["note"]


@pytest.mark.parametrize(
    "year", ["FY2030-FY2035", "2030, 2035", "2029/30", "FY30", "FYE2030", "by 2030", ""]
)
def test_year_that_can_be_read_in_several_ways_is_none(year: str, tmp_path: Path) -> None:
    row = SET | {"near_term_target_year": year}
    statements, _, left_out = together(read([table(tmp_path, row)]))
    assert not statements
    assert left_out == {"targets without a year, or with several": 1}


def test_target_whose_year_is_over_is_no_target_that_was_missed(tmp_path: Path) -> None:
    statements, _, left_out = together(
        read([table(tmp_path, SET | {"near_term_target_year": 2025})])
    )
    assert not statements
    assert left_out == {
        "targets whose year was over when the list came out, of which it tells no result": 1
    }


def test_no_later_list_makes_an_earlier_target_missed(tmp_path: Path) -> None:
    """A later list still has it, has another year, or a commitment alone."""
    first = table(
        tmp_path,
        SET | {"near_term_target_year": 2025, "date_updated": day(2024, 3, 7)},
        name="first",
    )
    for later in (
        SET | {"near_term_target_year": 2025},
        SET | {"near_term_target_year": 2035},
        listed(near_term_status="Committed"),
        listed(
            near_term_status="Commitment removed",
            reason_for_extension_or_removal="Expired commitment",
        ),
        listed(
            near_term_status="Commitment removed",
            reason_for_extension_or_removal="Withdrawn commitment",
        ),
    ):
        second = table(tmp_path, later, name="second")
        found = verdicts(built(tmp_path, first, second), "sbti-40000001", "2026-11-01")
        assert found[0] == ("2025-12-31", "undetermined", "no-report")


TEXT = """Overall Net-Zero Target
Acme Metals commits to reach net-zero greenhouse gas emissions across the value chain by 2050.
Near-Term Targets
Acme Metals commits to reduce absolute scope 1 and 2 GHG emissions 42% by FY2030 from a
FY2020 base year.* Acme Metals also commits to reduce scope 3 GHG emissions 51.6% per tonne
sold within the same timeframe. *The target boundary includes land-related emissions.
Long-Term Targets:
Acme Metals commits to reduce absolute scope 1 and 2 GHG emissions 90% by 2050 from a 2020 base year.
"""
ALL_SET = SET | {
    "long_term_status": "Targets set", "long_term_target_year": 2050, "net_zero_status": "Targets set",
    "net_zero_year": 2050, "full_target_language": TEXT,
}  # fmt: skip


def test_words_of_targets_are_proposals_of_their_horizon_and_no_statements(tmp_path: Path) -> None:
    (batch,) = propose([table(tmp_path, ALL_SET)])
    assert not isinstance(batch, SourceError)
    assert {one["type"] for one in batch.statements} == {"StatusReport"}
    assert [(one["id"], one["indicator"], one["value"], one["due"]) for one in batch.proposals] == [
        (f"{NAMED}.40000001.near-term.1", "emissions-reduction", "42", "2031-11-30"),
        (f"{NAMED}.40000001.near-term.2", "carbon-intensity-reduction", "51.6", "2031-11-30"),
        (f"{NAMED}.40000001.long-term.1", "emissions-reduction", "90", "2050-12-31"),
    ]
    assert {one["speaker"] for one in batch.proposals} == {"sbti-40000001"}
    scopes = ["emissions-scope-1-2", "emissions-scope-3", "emissions-scope-1-2"]
    assert [one["among"] for one in batch.proposals] == scopes
    labels = {one["id"]: one["label"] for one in batch.things if one["type"] == "Category"}
    assert labels == {
        "emissions-scope-1-2": "scope 1 and 2 emissions",
        "emissions-scope-3": "scope 3 emissions",
    }
    assert batch.proposals[0]["evidence"]["words"].startswith(
        "Acme Metals commits to reduce absolute scope 1"
    )
    assert batch.proposals[0]["row"] == f"{NAMED}#row=2"


SMALL = """Acme Metals commits to reduce scope 1 and scope 2 GHG emissions 42% by 2030 from a 2020 base year.
Acme Metals commits to reach net-zero by 2050. As part of this, Acme Metals commits to reduce scope 1+2+3
emissions 90% by 2050 from a 2020 base year."""


@pytest.mark.parametrize(
    ("text", "horizons"),
    [
        (SMALL, ["near-term", "long-term"]),
        (f"Overall Net-Zero Target: {SMALL}", ["near-term", "long-term"]),
        (SMALL.replace("2050", "2060"), ["near-term"]),
    ],
)
def test_no_target_is_of_a_horizon_whose_targets_are_due_before_it(
    tmp_path: Path, text: str, horizons: list[str]
) -> None:
    (batch,) = propose([table(tmp_path, ALL_SET | {"full_target_language": text})])
    assert not isinstance(batch, SourceError)
    wanted = [f"sbti-40000001-{horizon}" for horizon in horizons]
    assert [one["about"] for one in batch.proposals] == wanted
    reason = "targets in words that are of no horizon of their company"
    assert batch.left_out[reason] == 2 - len(horizons)


def test_text_of_a_target_that_is_not_set_proposes_nothing(tmp_path: Path) -> None:
    row = ALL_SET | {"near_term_status": "", "long_term_status": ""}
    (batch,) = propose([table(tmp_path, row)])
    assert not isinstance(batch, SourceError)
    assert not batch.proposals


def test_without_the_grammar_texts_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_texts, "has_grammar", lambda: False)
    statements, _, left_out = together(propose([table(tmp_path, ALL_SET)]))
    assert len(statements) == 3
    assert left_out == {"texts of targets, which are read with the extra draft alone": 1}


def test_texts_that_nobody_wants_to_have_proposed_are_counted_and_the_rest_is_the_same(
    tmp_path: Path,
) -> None:
    path = table(tmp_path, ALL_SET)
    (batch,), (proposing,) = list(read([path])), list(propose([path]))
    assert not isinstance(batch, SourceError)
    assert not isinstance(proposing, SourceError)
    assert batch.statements == proposing.statements
    assert not batch.proposals
    assert batch.left_out == {"texts of targets, which are read with --proposals alone": 1}
    scopes = [one for one in proposing.things if one["type"] == "Category"]
    assert list(batch.things) == [one for one in proposing.things if one not in scopes]


def test_list_is_as_old_as_its_newest_row_and_holds_to_the_shapes(tmp_path: Path) -> None:
    older = listed(
        40000002,
        company_name="Bolt\u200b  Inc",
        near_term_status="Committed",
        lei="00000000000000000098",
    )
    older["date_updated"] = day(2022, 1, 6)
    path = table(tmp_path, ALL_SET | {"isin": "XS0000000017"}, older)
    _, things, _ = together(read([path]))
    assert (things[NAMED]["published"], things[NAMED]["published_precision"]) == (
        "2026-05-07",
        "inferred",
    )
    assert things["sbti-40000001"]["isin"] == "XS0000000017"
    assert (things["sbti-40000002"]["lei"], things["sbti-40000002"]["label"]) == (
        "00000000000000000098",
        "Bolt Inc",
    )
    graph = built(tmp_path, path)
    assert verdicts(graph, "sbti-40000001", "2026-11-01") == [
        ("2030-12-31", "open", ""),
        ("2050-12-31", "open", ""),
        ("2050-12-31", "open", ""),
    ]


def test_rows_without_a_number_of_their_own_are_counted(tmp_path: Path) -> None:
    _, _, left_out = together(
        read([table(tmp_path, SET, SET, SET | {"sbti_id": "4 0"}, {"isin": "x"})])
    )
    assert left_out == {"rows without a company, or with the number of another": 3}


def test_list_is_known_by_its_columns_as_a_workbook_and_as_csv(tmp_path: Path) -> None:
    row = SET | {"sbti_id": "40000001", "date_updated": "2026-05-07"}
    paths = table(tmp_path, SET, name="a.bin"), write_csv(tmp_path / "b", HEADER, [row])
    assert {format_of(path) for path in paths} == {"science-based-targets"}
    one, other = (together(read([path]))[0] for path in paths)
    assert one == other


def test_list_that_tells_of_nobody_is_told_in_one_sentence(tmp_path: Path) -> None:
    (error,) = read([table(tmp_path, listed(company_name=""))])
    assert (
        str(error)
        == f"{tmp_path / 'list'}: has no row with a company and the day on which it was updated"
    )


def test_text_that_is_too_long_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(science_based, "MAX_TEXT", len(TEXT.strip()) - 1)
    _, _, left_out = together(propose([table(tmp_path, ALL_SET)]))
    assert left_out == {"texts of targets that are longer than any is": 1}


def test_memory_hardly_grows_with_the_rows_of_the_list(tmp_path: Path) -> None:
    words = "Acme Metals commits to be a better company. " * 40  # of which nothing is proposed

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        one = SET | {"date_updated": "2026-05-07", "full_target_language": words}
        write_csv(path, HEADER, (one | {"sbti_id": f"4{number:07}"} for number in range(rows)))
        tracemalloc.start()
        assert sum(len(batch.statements) for batch in read([path])) == rows
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    few, many = peak(1_000), peak(4_000)
    assert many - few < 3_000 * 500, (few, many)  # a row has some 2,000 characters


def test_list_that_breaks_off_is_told_and_says_nothing(tmp_path: Path) -> None:
    row = SET | {"sbti_id": "40000001", "date_updated": "2026-05-07"}
    path = write_csv(tmp_path / "list.csv", HEADER, [row, row | {"sbti_id": "40000002"}])
    whole = path.read_bytes().rstrip()
    path.write_bytes(whole)  # within the day, perhaps
    (error,) = read([path])
    assert "has no end of line behind '2026-05-07' in row 3" in str(error)
    path.write_bytes(whole[: whole.rindex(b",")])
    (error,) = read([path])
    assert (
        str(error) == f"{path}: breaks off in row 3, behind 17 cells of 18; get it anew, as a whole"
    )


def test_list_in_utf_16_without_a_mark_is_known(tmp_path: Path) -> None:
    row = SET | {"sbti_id": "40000001", "date_updated": "2026-05-07"}
    path = write_csv(tmp_path / "list.csv", HEADER, [row])
    path.write_bytes(path.read_text("utf-8-sig").encode("utf-16-le"))
    assert format_of(path) == "science-based-targets"
    assert set(together(read([path]))[0]) == {f"{NAMED}.40000001.near-term"}
