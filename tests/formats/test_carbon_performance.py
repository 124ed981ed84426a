"""A carbon performance table: what was, what is aimed at, and nothing of what lies between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats.climate.carbon_performance import read
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

    from kg.formats.batch import Node

YEARS = [str(year) for year in range(2018, 2031)]
HEADER = [
    "Company Name", "Geography", "Geography Code", "Sector", "ISINs", "SEDOL", "Publication Date",
    "Assessment Date", "Carbon Performance Alignment 2035", "Benchmark ID", "Years with targets",
    "History to Projection cutoff year", "CP Unit", "Assumptions", *YEARS,
]  # fmt: skip
STATED = (
    "TPI has not made any further assumptions in order to project this company's path. Temperature"
    " is proportional to cumulative absolute CO2 emissions."
)
RECKONED = (
    "The company has set targets to reduce its absolute emissions. TPI has assumed that it grows."
)


def assessed(
    day: str, published: str, cutoff: object, targets: str, **values: object
) -> dict[str, object]:
    """Return an assessment of Acme, whose years are `y2018` and so on."""
    row: dict[str, object] = {
        "Company Name": "Acme Cement", "Geography Code": "RUR", "Sector": "Cement",
        "ISINs": "XS0000000017;XS0000000025", "Publication Date": published, "Assessment Date": day,
        "Benchmark ID": "Cement_1", "Years with targets": targets,
        "History to Projection cutoff year": cutoff, "Assumptions": STATED,
        "CP Unit": "Carbon intensity (tonnes of CO2 per tonne of cement)",
    }  # fmt: skip
    years = {key[1:]: value for key, value in values.items() if key[0] == "y"}
    return row | years | {key: value for key, value in values.items() if key[0] != "y"}


NEWER = assessed(
    "09/06/2023", "01/10/2023", 2021, "2024;2030",
    y2020="0.5", y2021="0.45", y2022="0.44", y2023="0.42", y2024="0.40", y2030="0.1",
)  # fmt: skip
OLDER = assessed(
    "05/08/2021", "01/11/2021", 2020, "2030",
    y2019="0.7", y2020="0.52", y2021="0.48", y2022="0.46", y2030="0.12",
)  # fmt: skip
FIRST = "tpi-2021-08-05-published-2021-11-01.acme-cement-rur.cement"
SECOND = "tpi-2023-06-09-published-2023-10-01.acme-cement-rur.cement"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "table", HEADER, [NEWER, OLDER])


def test_only_what_was_reported_and_what_is_aimed_at_is_said(table: Path) -> None:
    statements, _, left_out = together(read([table]))
    assert {
        name.removeprefix(SECOND): (one["type"], one["value"], one.get("when", one.get("due")))
        for name, one in statements.items()
        if name.startswith(SECOND)
    } == {
        ".2020": ("Observation", "0.5", "2020-12-31"),
        ".2021": ("Observation", "0.45", "2021-12-31"),
        ".target-2024": ("Target", "0.40", "2024-12-31"),
        ".target-2030": ("Target", "0.1", "2030-12-31"),
    }
    assert left_out == {"values interpolated between what is reported and what is aimed at": 4}


def test_each_day_of_assessment_is_a_source_known_from_its_publication_on(table: Path) -> None:
    _, things, _ = together(read([table]))
    sources = {one["id"]: one["published"] for one in things.values() if one["type"] == "Dataset"}
    assert sources == {
        "tpi-2021-08-05-published-2021-11-01": "2021-11-01",
        "tpi-2023-06-09-published-2023-10-01": "2023-10-01",
    }


def test_what_is_dated_by_its_month_was_not_known_before_it_was_assessed(tmp_path: Path) -> None:
    table = write_csv(
        tmp_path / "t.csv", HEADER, [assessed("18/09/2018", "01/09/2018", 2018, "", y2018="1")]
    )
    _, things, _ = together(read([table]))
    assert things["tpi-2018-09-18-published-2018-09-18"]["published"] == "2018-09-18"


def test_values_of_one_year_that_later_assessments_give_otherwise_contradict_each_other(
    table: Path,
) -> None:
    statements, _, _ = together(read([table]))
    assert statements[f"{SECOND}.2020"]["contradicts"] == f"{FIRST}.2020"
    assert statements[f"{FIRST}.2020"]["contradicts"] is None


def test_value_with_fewer_decimals_contradicts_nothing(tmp_path: Path) -> None:
    rows = [
        assessed("05/08/2021", "", 2020, "", y2020="0.841305"),
        assessed("09/06/2022", "", 2020, "", y2020="0.84"),
    ]
    statements, _, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, rows)]))
    assert [one["contradicts"] for one in statements.values()] == [None, None]


def test_two_assessments_of_a_target_are_two_readings_of_one_promise(
    tmp_path: Path, table: Path
) -> None:
    statements, _, _ = together(read([table]))
    assert statements[f"{SECOND}.target-2030"]["differs_from"] == f"{FIRST}.target-2030"
    graph = built(tmp_path, table)
    found = verdicts(graph, "tpi-acme-cement-rur", "2031-06-30")
    assert [due for due, _, _ in found] == ["2024-12-31", "2030-12-31"]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("0.09", ("met", "")), ("0.11", ("undetermined", "readings-differ")), ("0.3", ("missed", ""))],
)
def test_verdict_is_given_where_all_readings_of_a_target_lead_to_it(
    tmp_path: Path, value: str, verdict: tuple[str, str]
) -> None:
    later = assessed("09/06/2031", "01/10/2031", 2030, "", y2030=value)
    table = write_csv(tmp_path / "t.csv", HEADER, [later, NEWER, OLDER])
    found = verdicts(built(tmp_path, table), "tpi-acme-cement-rur", "2031-12-31")
    assert found[-1] == ("2030-12-31", *verdict)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("0.094", "met"), ("0.101", "undetermined"), ("0.099", "undetermined"), ("0.106", "missed")],
)
def test_last_digit_of_an_estimate_decides_nothing(
    tmp_path: Path, value: str, verdict: str
) -> None:
    later = assessed("09/06/2031", "01/10/2031", 2030, "", y2030=value)
    table = write_csv(tmp_path / "t.csv", HEADER, [later, NEWER])
    found = verdicts(built(tmp_path, table), "tpi-acme-cement-rur", "2031-12-31")
    assert found[-1][1] == verdict


def test_as_of_a_day_only_what_was_published_by_then_is_known(tmp_path: Path, table: Path) -> None:
    graph = built(tmp_path, table).as_of(date(2023, 9, 30))
    (row,) = graph.ask("targets", company="tpi-acme-cement-rur")
    assert str(row["value"]) == "0.12"


def test_target_that_the_assessor_reckoned_is_held_against_nothing(tmp_path: Path) -> None:
    """A company that cuts tonnes has promised nothing of tonnes per unit of what it makes."""
    rows = [
        assessed("09/06/2023", "", 2021, "2024", y2021="0.4", y2024="0.3", Assumptions=RECKONED),
        assessed("09/06/2025", "", 2024, "", y2024="0.5"),
    ]
    table = write_csv(tmp_path / "t.csv", HEADER, rows)
    statements, _, _ = together(read([table]))
    (target,) = (one for one in statements.values() if one["type"] == "Target")
    assert (target["mode"], target["indicator"][-9:]) == ("inferred", "-reckoned")
    found = verdicts(built(tmp_path, table), "tpi-acme-cement-rur", "2026-01-01")
    assert found == [("2024-12-31", "undetermined", "no-figure")]


def test_no_emissions_are_none_whatever_is_assumed(tmp_path: Path) -> None:
    row = assessed("09/06/2023", "", 2021, "2030", y2030="0.0", Assumptions=RECKONED)
    statements, _, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, [row])]))
    (target,) = statements.values()
    assert (target["mode"], target["indicator"].endswith("-reckoned")) == ("paraphrased", False)


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        (
            assessed("01/08/2021", "", 2018, "", y2018="1", y2019="0.9"),
            {
                "assessments before September 2021 that do not tell whether there are targets": 1,
                "values interpolated between what is reported and what is aimed at": 1,
            },
        ),
        (
            assessed("01/10/2021", "", 2018, "", y2018="1", y2019="0.9"),
            {"values interpolated between what is reported and what is aimed at": 1},
        ),
        (
            assessed("01/10/2021", "", 2019, "2019;2025", y2018="1", y2019="0.9"),
            {
                "targets of years of which the table has what was reported instead": 1,
                "targets of years without a value": 1,
            },
        ),
        (
            assessed("01/10/2018", "", 2019, "", y2018="1", y2019="0.9"),
            {
                "assessments before September 2021 that do not tell whether there are targets": 1,
                "values reported of a year after the assessment": 1,
            },
        ),
        (
            assessed("01/10/2021", "", "", "2030", y2018="1", y2019="n/a", y2030="0"),
            {
                "values that are no numbers": 1,
                "values of assessments that name no last reported year": 1,
            },
        ),
        (assessed("01/10/2021", "", 2018, "", y2018="1", ISINs="XX1"), {"ISINs that are none": 1}),
        (
            assessed("01/10/2021", "", 2018, "2025-2030;FY2035; ", y2018="1", y2030="0.5"),
            {
                "years with targets that are no years": 2,
                "values interpolated between what is reported and what is aimed at": 1,
            },
        ),
    ],
    ids=["before 2021", "since", "over", "too early", "no last year", "isin", "ranges"],
)  # fmt: skip
def test_what_says_nothing_here_is_counted_by_reason(
    tmp_path: Path, row: dict[str, object], left_out: dict[str, int]
) -> None:
    assert together(read([write_csv(tmp_path / "t.csv", HEADER, [row])]))[2] == left_out


def test_company_has_its_codes_unless_another_has_them_too(tmp_path: Path) -> None:
    other = {**NEWER, "Company Name": "Bolt Cement", "ISINs": "XS0000000025"}
    _, things, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, [NEWER, other])]))
    assert things["tpi-acme-cement-rur"]["isin"] == "XS0000000017"
    assert "isin" not in things["tpi-bolt-cement-rur"]


def test_names_that_come_to_one_id_stay_two_companies(tmp_path: Path) -> None:
    rows = [{**NEWER, "Company Name": name, "ISINs": ""} for name in ("Acme-Cement", "Acme Cement")]
    _, things, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, rows)]))
    labels = {one["label"]: one["id"] for one in things.values() if one["type"] == "Company"}
    assert len(set(labels.values())) == len(labels) == 2


def test_another_copy_of_the_same_table_is_refused_and_the_first_stands(
    tmp_path: Path, table: Path
) -> None:
    older = write_csv(tmp_path / "older.csv", HEADER, [OLDER])
    *batches, error = read([table, older])
    assert len(batches) == 2
    assert str(error) == (
        f"{older}: tells of assessments of which {table} tells, too; import the newer table alone"
    )


def test_workbook_with_the_days_and_numbers_of_a_spreadsheet_says_the_same(
    tmp_path: Path, table: Path
) -> None:
    typed = [
        {key: float(value) if key in YEARS and value else value for key, value in row.items()}
        | {"Assessment Date": day, "Publication Date": published}
        for row, day, published in (
            (NEWER, date(2023, 6, 9), date(2023, 10, 1)),
            (OLDER, date(2021, 8, 5), date(2021, 11, 1)),
        )
    ]
    book = write_xlsx(tmp_path / "book", HEADER, typed)
    assert format_of(book) == format_of(table) == "carbon-performance"

    def values(path: Path) -> dict[str, float]:
        return {name: float(one["value"]) for name, one in together(read([path]))[0].items()}

    assert values(book) == values(table)


def test_table_without_an_assessment_is_told_in_one_sentence(tmp_path: Path) -> None:
    (error,) = read([write_csv(tmp_path / "t.csv", HEADER, [{"Company Name": "Acme"}])])
    assert isinstance(error, SourceError)
    assert str(error) == f"{tmp_path / 't.csv'}: has no row that is an assessment"


def test_units_are_those_of_the_sector(table: Path) -> None:
    _, things, _ = together(read([table]))
    units = [one for one in things.values() if one["type"] == "Unit"]
    assert [one["symbol"] for one in units] == ["tonnes of CO2 per tonne of cement"]
    indicator: Node = next(one for one in things.values() if one["type"] == "Indicator")
    assert (indicator["unit"], indicator["direction"]) == (units[0]["id"], "less-is-better")


def test_unit_that_sectors_spell_otherwise_has_one_name(tmp_path: Path) -> None:
    rows = [
        NEWER,
        {
            **NEWER,
            "Sector": "Lime",
            "CP Unit": "Carbon intensity (tonnes of CO2 per tonne of Cement)",
        },
    ]
    _, things, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, rows)]))
    assert [one["label"] for one in things.values() if one["type"] == "Unit"] == [
        "tonnes of CO2 per tonne of cement"
    ]
    assert len([one for one in things.values() if one["type"] == "Indicator"]) == 2


@pytest.mark.parametrize(
    "values", [("9" * 30, "9" * 30 + "." + "9" * 30), ("1e-99", "2.5e-99"), ("1e99", "-1e99")]
)
def test_numbers_of_any_length_are_compared(tmp_path: Path, values: tuple[str, str]) -> None:
    rows = [
        assessed("05/08/2021", "", 2020, "", y2020=values[0]),
        assessed("09/06/2022", "", 2020, "", y2020=values[1]),
    ]
    statements, _, _ = together(read([write_csv(tmp_path / "t.csv", HEADER, rows)]))
    assert [one["contradicts"] is None for one in statements.values()] == [True, False]
