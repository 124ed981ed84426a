"""Sustainability reports by VSME: what is, what was and what is wanted are one concept, and stay apart."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

import kg
from kg.base import SourceError
from kg.formats import import_files
from kg.formats.batch import Batch
from kg.formats.registry import find_format
from kg.formats.vsme import cells as vsme_cells
from kg.formats.vsme.reader import FORMAT, read_reports
from tests.formats.vsme_files import (
    AIM,
    BASE,
    LEI,
    SCOPE_1,
    fact,
    gases,
    inline_fact,
    inline_words,
    write_inline,
    write_list,
    write_template,
    write_xbrl,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kg.formats.batch import Node

AVERAGE = "As an average across the reporting period"
SCALED = {"numeric-scale": '"-2"'}
AT_END = "At the end of the reporting period"


def _batch(*paths: Path) -> Batch:
    (batch,) = _batches(*paths)
    return batch


def _batches(*paths: Path) -> list[Batch]:
    read = list(read_reports(paths))
    assert not [one for one in read if isinstance(one, SourceError)]
    return [one for one in read if isinstance(one, Batch)]


def _problem(*paths: Path) -> str:
    (error,) = [one for one in read_reports(paths) if isinstance(one, SourceError)]
    return str(error).removeprefix(f"{error.path}").lstrip(": ")


def _said(batch: Batch) -> dict[str, dict[str, Any]]:
    """Return what is said of scope 1, or of all, by the key of a statement."""
    return {
        node["id"].removeprefix(batch.source["id"] + "."): {
            key: value for key, value in node.items() if value is not None
        }
        for node in batch.statements
    }


def _some(node: Node, *keys: str) -> list[Any]:
    return [node.get(key) for key in keys]


def test_one_concept_of_three_years_is_two_observations_and_a_target(tmp_path: Path) -> None:
    batch = _batch(write_template(tmp_path / "a.xlsx"))
    said = _said(batch)
    assert sorted(said) == [
        "scope-1-emissions.2020", "scope-1-emissions.2026", "scope-1-emissions.target-2030",
    ]  # fmt: skip
    keys = ("type", "value", "when_start", "when", "when_precision")
    assert _some(said["scope-1-emissions.2026"], *keys) == [
        "Observation", "120", "2026-01-01", "2026-12-31", "year",
    ]  # fmt: skip
    assert _some(said["scope-1-emissions.2020"], *keys) == [
        "Observation", "200", "2020-01-01", "2020-12-31", "year",
    ]  # fmt: skip
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "type", "value", "baseline", "baseline_date", "due", "due_precision") == [
        "Target", "80", "200", "2020-12-31", "2030-12-31", "year",
    ]  # fmt: skip
    assert target["element"]["at"] == "General Information!D11"
    assert {node["place"] for node in said.values()} == {"world"}
    assert not batch.left_out


def test_company_is_known_by_its_lei_and_only_by_one_that_is_right(tmp_path: Path) -> None:
    (company, *_) = _batch(write_template(tmp_path / "a.xlsx")).things
    assert _some(company, "id", "label", "lei") == [f"vsme-{LEI.lower()}", "Muster Werke", LEI]
    wrong = {"template_reporting_entity_identifier": LEI[:-1] + "6"}
    batch = _batch(write_template(tmp_path / "b.xlsx", **wrong))
    assert _some(batch.things[0], "id", "lei") == ["vsme-muster-werke", None]
    assert dict(batch.left_out) == {"identifiers that are called a LEI and are none": 1}


@pytest.mark.parametrize(
    ("saved", "published"), [("2027-02-03", "2027-02-03"), ("2026-06-01", "2027-01-01")]
)
def test_report_is_published_when_it_was_saved_but_not_before_its_period_is_over(
    tmp_path: Path, saved: str, published: str
) -> None:
    source = _batch(write_template(tmp_path / "a.xlsx", saved)).source
    assert _some(source, "published", "published_precision") == [published, "inferred"]
    assert source["title"] == "Muster Werke: Sustainability report, 2026-01-01 to 2026-12-31"


def test_years_end_as_the_reporting_year_does(tmp_path: Path) -> None:
    own_year = {
        "template_reporting_period_startdate": "2025-03-01",
        "template_reporting_period_enddate": "2026-02-28",
    }
    said = _said(_batch(write_template(tmp_path / "a.xlsx", **own_year)))
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "baseline_date", "due", "due_precision") == [
        "2020-02-29", "2030-02-28", "fiscal-year",
    ]  # fmt: skip
    assert said["scope-1-emissions.2020"]["when_start"] == "2019-03-01"


def test_target_without_its_year_says_nothing_and_is_counted(tmp_path: Path) -> None:
    years = dict.fromkeys(
        ("GreenhouseGasEmissionReductionTargetBaseYear", "GreenhouseGasEmissionReductionTargetYear")
    )
    batch = _batch(write_template(tmp_path / "a.xlsx", **years))
    assert list(_said(batch)) == ["scope-1-emissions.2026"]
    assert dict(batch.left_out) == {
        "figures of a base year that the file does not name": 1,
        "targets for a year that the file does not name": 1,
    }


def test_base_year_after_the_target_year_is_no_baseline(tmp_path: Path) -> None:
    changed = {"GreenhouseGasEmissionReductionTargetBaseYear": 2031}
    batch = _batch(write_template(tmp_path / "a.xlsx", **changed))
    target = _said(batch)["scope-1-emissions.target-2030"]
    assert _some(target, "value", "baseline", "baseline_date") == ["80", None, None]
    assert dict(batch.left_out) == {"base years that do not lie before the target year": 1}


def test_dash_is_no_figure_and_nought_is_one(tmp_path: Path) -> None:
    said = _said(_batch(write_template(tmp_path / "a.xlsx", **{AIM: 0, BASE: "-"})))
    assert sorted(said) == ["scope-1-emissions.2026", "scope-1-emissions.target-2030"]
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "value", "baseline") == ["0", None]


@pytest.mark.parametrize(
    ("when", "how", "indicator"),
    [
        (AT_END, "Headcount", "employees"),
        (AT_END, "Full-time equivalent (FTE)", "employees-full-time-equivalent"),
        (AVERAGE, "Headcount", "employees-average"),
        (AVERAGE, "Full-time equivalent (FTE)", "employees-full-time-equivalent-average"),
    ],
)
def test_employees_are_what_the_report_counts_as_such(
    tmp_path: Path, when: str, how: str, indicator: str
) -> None:
    counted = {
        "NumberOfEmployees": 12.5,
        "EmployeeCountingMethodology": when,
        "TypeOfNumberOfEmployees": how,
    }
    said = _said(_batch(write_template(tmp_path / "a.xlsx", **counted)))
    assert _some(said[f"{indicator}.2026"], "indicator", "value") == [indicator, "12.5"]
    assert ("when_start" in said[f"{indicator}.2026"]) == (when == AVERAGE)


def test_employees_of_whom_nothing_says_how_they_are_counted_are_left_out(tmp_path: Path) -> None:
    batch = _batch(write_template(tmp_path / "a.xlsx", NumberOfEmployees=12))
    assert batch.left_out["numbers of employees without a word on how they are counted"] == 1


def test_shares_units_and_money_are_as_the_report_gives_them(tmp_path: Path) -> None:
    filled = {
        "EmployeeTurnoverRate": (0.125, "0.00%"),
        "TotalWasteGeneratedMass": 1500,
        "TotalWasteGeneratedMass_unit": "Kilogramm (kg)",
        "Turnover": 0.1 + 0.2,
        "EnergyConsumptionFromFuels_RenewableEnergyMember": 3,
        "EnergyConsumptionFromFuels_TotalRenewableAndNonRenewableEnergyMember": 7,
        "TotalMassOfMaterialUsed": 9,
        "TotalMassOfMaterialUsed_unit": "stone (st)",
        "PercentageGapInPayBetweenFemaleAndMaleEmployees": 10,
    }
    batch = _batch(write_template(tmp_path / "a.xlsx", **filled))
    said = _said(batch)
    assert _some(said["employee-turnover.2026"], "value", "when_precision") == ["12.5", None]
    assert _some(said["waste.2026"], "value", "unit") == ["1500", "unit-of:KiloGM"]
    assert _some(said["revenue.2026"], "value", "unit") == ["0.3", "currency:EUR"]
    assert said["renewable-fuel-energy-use.2026"]["value"] == "3"
    assert said["fuel-energy-use.2026"]["value"] == "7"
    assert dict(batch.left_out) == {
        "figures in a unit that is not the concept's": 1,
        "shares that are not given in per cent, or other figures that are": 1,
    }


def test_what_has_no_indicator_is_counted_by_its_reason(tmp_path: Path) -> None:
    filled = {
        "AmountOfEmissionToAir": [3, 5, None],
        "SiteLocatedNearABiodiversitySensitiveArea": [False, False],
        "UndertakingAppliesCircularEconomyPrinciples": "YES",
        "DescriptionOfMainBusinessRelationships": "We sell bolts.",
        "TotalLocationBasedGreenhouseGasEmissionsIntensityValue": 0.5,
    }
    batch = _batch(write_template(tmp_path / "a.xlsx", **filled))
    assert dict(batch.left_out) == {
        "figures of a country, site, material, pollutant or kind of waste": 2,
        "answers of yes or no": 1,
        "texts": 1,
        "figures of a concept that has no indicator here": 1,
    }


def test_what_a_company_reports_of_itself_alone_is_a_part(tmp_path: Path) -> None:
    alone = {"BasisForReporting": "Sustainability report prepared on an individual basis"}
    batch = _batch(write_template(tmp_path / "a.xlsx", **alone))
    assert {node["among"] for node in batch.statements} == {"non-consolidated-accounts"}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"template_reporting_period_enddate": None}, "does not say of which period it reports"),
        ({"template_reporting_period_enddate": "2025-12-31"}, "does not say of which period"),
        ({"template_reporting_entity_name": " "}, "does not name the company that reports"),
    ],
)
def test_report_of_nobody_or_of_no_period_is_refused(
    tmp_path: Path, changed: dict[str, Any], problem: str
) -> None:
    assert _problem(write_template(tmp_path / "a.xlsx", **changed)).startswith(problem)


# Facts as JSON


def test_list_of_facts_is_read_with_the_workbook_that_it_was_made_of(tmp_path: Path) -> None:
    book = write_template(tmp_path / "a.xlsx")
    facts = write_list(
        tmp_path / "a.json",
        gases("80", "TargetYearMember"),
        gases("120.50"),
        gases("200", "BaselineYearMember"),
        fact("GreenhouseGasEmissionReductionTargetYear", "2030"),
        fact("GreenhouseGasEmissionReductionTargetBaseYear", "2020"),
        fact("Turnover", "500", decimals='"2"'),
        fact("EmployeeTurnoverRate", "12.5", decimals='"4"', units="xbrli:pure", **SCALED),
        fact("UndertakingAppliesCircularEconomyPrinciples", "YES", transform="fixed-true"),
    )
    _, batch, links = _batches(facts, book)
    assert [node["confirms"].split(".")[1] for node in links.statements] == ["scope-1-emissions"]
    said = _said(batch)
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "value", "baseline", "due") == ["80", "200", "2030-12-31"]
    assert target["element"]["at"] == "/facts/0"
    assert said["scope-1-emissions.2026"]["value"] == "120.5"
    assert said["revenue.2026"]["unit"] == "currency:EUR"
    assert said["employee-turnover.2026"]["value"] == "12.5"
    assert dict(batch.left_out) == {"answers of yes or no": 1}
    assert batch.things[0]["lei"] == LEI


def test_list_of_facts_alone_says_no_more_than_its_years_allow(tmp_path: Path) -> None:
    basis = "https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme#ConsolidatedMember"
    facts = write_list(
        tmp_path / "a.json",
        gases("80", "TargetYearMember"),
        gases("120"),
        fact("GreenhouseGasEmissionReductionTargetYear", "2030"),
        fact("Turnover", "500", decimals='"2"'),
        fact("BasisForReporting", "consolidated", **{"hidden-value": f'"{basis}"'}),
    )
    batch = _batch(facts)
    assert list(_said(batch)) == ["scope-1-emissions.target-2030"]
    assert batch.things[0]["label"] == "the company that reports in a.json"
    assert batch.source["published"] == "2026-05-01"
    assert dict(batch.left_out) == {
        "figures of a reporting period that the file does not name": 1,
        "amounts of money without a currency": 1,
    }


def test_list_of_facts_that_no_day_is_known_of_is_refused(tmp_path: Path) -> None:
    facts = write_list(tmp_path / "a.json", gases("120"))
    assert _problem(facts) == (
        "says neither who reports nor when; give the workbook that it was made of along with it"
    )


def _xbrl(concept: str, value: str | None, period: str, **more: str) -> dict[str, Any]:
    entity = {"concept": concept, "entity": f"lei:{LEI}", "period": period}
    return {"value": value, "decimals": 2, "dimensions": {**entity, **more}}


def _words(concept: str, value: str, period: str) -> dict[str, Any]:
    fact = _xbrl(concept, value, period)
    return {key: one for key, one in fact.items() if key != "decimals"}


YEAR = "2026-01-01T00:00:00/2027-01-01T00:00:00"
LATER = "2030-01-01T00:00:00/2031-01-01T00:00:00"


def test_xbrl_json_says_all_by_itself(tmp_path: Path) -> None:
    gas = f"vsme:{SCOPE_1}"
    wanted = {"vsme:ReportingScopesAxis": "vsme:TargetYearMember", "unit": "utr:tCO2e"}
    facts = {
        "f1": _xbrl(gas, "120", YEAR, unit="utr:tCO2e"),
        "a/b": _xbrl(gas, "80", LATER, **wanted),
        "f3": _xbrl("vsme:TotalEnergyConsumption", None, YEAR, unit="utr:MWh"),
        "f4": _xbrl("vsme:Turnover", "500", YEAR, unit="iso4217:SEK"),
        "f5": _xbrl("vsme:EmployeeTurnoverRate", "0.125", YEAR),
        "f6": {
            **_xbrl("vsme:NumberOfRecordableWorkRelatedAccidentsInTheReportingPeriod", "3", YEAR)
        },
        "f7": _words(
            "vsme:GreenhouseGasEmissionReductionTargetYear", "2030", "2027-01-01T00:00:00"
        ),
        "f8": _words("vsme:UndertakingAppliesCircularEconomyPrinciples", "true", YEAR),
    }
    del facts["f6"]["decimals"]
    batch = _batch(write_xbrl(tmp_path / "a.json", facts))
    said = _said(batch)
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "value", "due", "due_precision") == ["80", "2030-12-31", "year"]
    assert target["element"]["at"] == "/facts/a~1b"
    assert _some(said["scope-1-emissions.2026"], "when_start", "when") == [
        "2026-01-01", "2026-12-31",
    ]  # fmt: skip
    assert said["revenue.2026"]["unit"] == "currency:SEK"
    assert said["employee-turnover.2026"]["value"] == "12.5"
    assert said["work-accidents.2026"]["value"] == "3"
    assert dict(batch.left_out) == {"facts that are nil": 1, "answers of yes or no": 1}
    assert _some(batch.source, "type", "published") == ["Dataset", "2027-01-01"]
    assert batch.things[0]["lei"] == LEI


def test_report_by_esrs_is_one_that_the_law_asks_for(tmp_path: Path) -> None:
    facts = {"f1": _xbrl(f"esrs:{SCOPE_1}", "120", YEAR, unit="utr:tCO2e")}
    batch = _batch(write_xbrl(tmp_path / "a.json", facts, "esrs"))
    assert batch.source["type"] == "Filing"
    assert [node["mode"] for node in batch.statements] == ["filing"]


@pytest.mark.parametrize(
    ("value", "period", "problem"),
    [
        ("12O", YEAR, "has '12O' for a number at /facts/f1"),
        ("NaN", YEAR, "has 'NaN' for a number at /facts/f1"),
        ("1E+200", YEAR, "has '1E+200' for a number at /facts/f1"),
        ("1", "2026-01-01T12:00:00", "has '2026-01-01T12:00:00' for a period at /facts/f1"),
        ("1", "2026", "has '2026' for a period at /facts/f1"),
    ],
)
def test_fact_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, value: str, period: str, problem: str
) -> None:
    facts = {"f1": _xbrl(f"vsme:{SCOPE_1}", value, period, unit="utr:tCO2e")}
    assert _problem(write_xbrl(tmp_path / "a.json", facts)) == problem


# What is hostile


def test_template_with_too_many_filled_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_template(tmp_path / "a.xlsx")
    monkeypatch.setattr(vsme_cells, "MAX_FILLED", 11)
    assert len(_batches(path)) == 1
    monkeypatch.setattr(vsme_cells, "MAX_FILLED", 10)
    assert _problem(path) == "has more than 10 filled cells"


def test_name_for_too_many_cells_or_for_one_too_far_down_stands_for_none(tmp_path: Path) -> None:
    path = write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for name, cells in ((SCOPE_1, "$D$9:$XFD$900"), (BASE, "$D$1048576")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'General Information'!{cells}")
    book.save(path)
    assert list(_said(_batch(path))) == ["scope-1-emissions.target-2030"]


def test_workbook_that_is_none_ends_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>template_reporting_entity_identifier")
    assert find_format(path) is FORMAT
    assert _problem(path).startswith("is not XLSX")


# Inline XBRL


def test_inline_document_keeps_the_three_years_apart_by_their_contexts(tmp_path: Path) -> None:
    path = write_inline(
        tmp_path / "a.xhtml",
        inline_fact(SCOPE_1, "aim", "80"),
        inline_fact(SCOPE_1, "now", "1,200"),
        inline_fact(SCOPE_1, "base", "2", scale="3"),
        inline_fact(SCOPE_1, "before", "1,300"),
        inline_fact("EmployeeTurnoverRate", "now", "12.5", "pure", scale="-2"),
        hidden=inline_words("GreenhouseGasEmissionReductionTargetYear", "end", "2030"),
        title="Muster Werke\u2009\u2014\u2009Report\u2009\u2014\u20092026",
    )
    batch = _batch(path)
    said = _said(batch)
    target = said["scope-1-emissions.target-2030"]
    assert _some(target, "value", "baseline", "baseline_date", "due", "due_precision") == [
        "80", "2000", "2020-03-31", "2030-03-31", "fiscal-year",
    ]  # fmt: skip
    assert target["element"]["at"].startswith("/*/*[2]/*[2]/")
    keys = ("value", "when_start", "when")
    assert _some(said["scope-1-emissions.2026"], *keys) == ["1200", "2025-04-01", "2026-03-31"]
    assert _some(said["scope-1-emissions.2025"], *keys) == ["1300", "2024-04-01", "2025-03-31"]
    assert said["employee-turnover.2026"]["value"] == "12.5"
    assert _some(batch.things[0], "label", "lei") == ["Muster Werke", LEI]
    assert not batch.left_out


@pytest.mark.parametrize("aim", ["aim now", "aim end"])
def test_target_that_stands_in_the_period_of_the_report_is_due_in_its_own_year(
    aim: str, tmp_path: Path
) -> None:
    years = inline_words("GreenhouseGasEmissionReductionTargetYear", "end", "2030")
    years += inline_words("GreenhouseGasEmissionReductionTargetBaseYear", "end", "2020")
    facts = [
        inline_fact(SCOPE_1, aim, "80"),
        inline_fact(SCOPE_1, "base now", "200"),
        inline_fact(SCOPE_1, "now", "120"),
        inline_fact("GrossScope3GreenhouseGasEmissions", "now", "9"),
    ]
    batch = _batch(write_inline(tmp_path / "a.xhtml", *facts, hidden=years))
    target = _said(batch)["scope-1-emissions.target-2030"]
    assert _some(target, "value", "due", "baseline", "baseline_date") == [
        "80", "2030-03-31", "200", "2020-03-31",
    ]  # fmt: skip
    assert _said(batch)["scope-1-emissions.2026"]["value"] == "120"
    batch = _batch(write_inline(tmp_path / "b.xhtml", *facts))
    assert list(_said(batch)) == ["scope-1-emissions.2026", "scope-3-emissions.2026"]
    assert dict(batch.left_out) == {
        "figures of a base year that the file does not name": 1,
        "targets for a year that the file does not name": 1,
    }


def test_target_in_another_year_than_the_report_names_is_none(tmp_path: Path) -> None:
    year = inline_words("GreenhouseGasEmissionReductionTargetYear", "end", "2035")
    facts = inline_fact(SCOPE_1, "aim", "80"), inline_fact(SCOPE_1, "now", "120")
    batch = _batch(write_inline(tmp_path / "a.xhtml", *facts, hidden=year))
    assert list(_said(batch)) == ["scope-1-emissions.2026"]
    assert dict(batch.left_out) == {
        "figures of a base year or a target year that stand in another one": 1
    }


def test_what_is_of_a_year_to_come_is_no_result(tmp_path: Path) -> None:
    batch = _batch(
        write_inline(
            tmp_path / "a.xhtml",
            inline_fact(SCOPE_1, "now", "120"),
            inline_fact("GrossScope3GreenhouseGasEmissions", "now", "9"),
            inline_fact(SCOPE_1, "later", "80"),
            inline_fact(SCOPE_1, "odd", "100"),
        )
    )
    assert list(_said(batch)) == ["scope-1-emissions.2026", "scope-3-emissions.2026"]
    assert dict(batch.left_out) == {
        "figures of a period after that of the report, which are no results": 1,
        "figures of a year that is neither that of the report, nor its base or target year": 1,
    }


def test_numbers_within_each_other_have_a_scale_and_a_sign_of_their_own(tmp_path: Path) -> None:
    inner = (
        inline_fact(SCOPE_1, "before", "1,300", scale="-2").removeprefix("<p>").removesuffix("</p>")
    )
    facts = [
        inline_fact(SCOPE_1, "now", f"{inner}", scale="3", sign="-"),
        inline_fact("GrossScope3GreenhouseGasEmissions", "now", "n/a (0)").replace("num-dot-decimal", "fixed-zero"),
        inline_fact("TotalEnergyConsumption", "now", "none, see note 3").replace("num-dot-decimal", "fixed-zero"),
    ]  # fmt: skip
    batch = _batch(write_inline(tmp_path / "a.xhtml", *facts))
    said = {name: one["value"] for name, one in _said(batch).items()}
    assert said == {
        "scope-1-emissions.2026": "-1300000", "scope-1-emissions.2025": "13", "scope-3-emissions.2026": "0",
    }  # fmt: skip
    assert dict(batch.left_out) == {"numbers that cannot be read": 1}


def test_figure_that_a_document_shows_twice_is_one_unless_it_differs(tmp_path: Path) -> None:
    path = write_inline(
        tmp_path / "a.xhtml",
        inline_fact(SCOPE_1, "now", "1,200"),
        inline_fact(SCOPE_1, "now", "1.2", scale="3"),
        inline_fact("GrossScope3GreenhouseGasEmissions", "now", "5"),
        inline_fact("GrossScope3GreenhouseGasEmissions", "now", "6"),
    )
    batch = _batch(path)
    assert list(_said(batch)) == ["scope-1-emissions.2026"]
    assert dict(batch.left_out) == {"figures that are stated twice and differ": 2}


def test_inline_document_says_how_it_counts_by_members(tmp_path: Path) -> None:
    member = "https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme#"
    path = write_inline(
        tmp_path / "a.xhtml",
        inline_fact("NumberOfEmployees", "end", "12", "pure"),
        inline_fact(SCOPE_1, "now", "1"),
        hidden=inline_words("EmployeeCountingMethodology", "end", f"{member}AtEndOfReportingPeriodMember")
        + inline_words("TypeOfNumberOfEmployees", "end", f"{member}HeadcountMember")
        + inline_words("BasisForReporting", "now", f"{member}IndividualMember"),
    )  # fmt: skip
    said = _said(_batch(path))
    assert _some(said["employees.2026"], "value", "when", "when_start", "among") == [
        "12", "2026-03-31", None, "non-consolidated-accounts",
    ]  # fmt: skip


def test_what_of_an_inline_document_is_no_figure_here_is_counted(tmp_path: Path) -> None:
    path = write_inline(
        tmp_path / "a.xhtml",
        inline_fact(SCOPE_1, "now", "120"),
        inline_fact(SCOPE_1, "base", "", xsi_nil="true"),
        inline_fact("EnergyConsumptionFromFuels", "sun", "7"),
        inline_fact("TotalLocationBasedGreenhouseGasEmissionsIntensityValue", "now", "0.1", "per"),
        inline_fact("GrossScope3GreenhouseGasEmissions", "sun", "7"),
        inline_words("DescriptionOfMainBusinessRelationships", "now", "We sell bolts."),
    )
    batch = _batch(path)
    assert list(_said(batch)) == ["scope-1-emissions.2026"]
    assert dict(batch.left_out) == {
        "facts that are nil": 1,
        "figures in a unit that is not the concept's": 1,
        "figures of a concept that has no indicator here": 1,
        "figures of a part that has no indicator here": 1,
        "texts": 1,
    }


def test_inline_document_by_esrs_is_a_filing(tmp_path: Path) -> None:
    path = write_inline(tmp_path / "a", inline_fact(SCOPE_1, "now", "120"), taxonomy="esrs")
    assert find_format(path) is FORMAT
    batch = _batch(path)
    assert batch.source["type"] == "Filing"
    assert batch.things[0]["label"] == LEI


def test_inline_document_of_another_taxonomy_is_none(tmp_path: Path) -> None:
    path = write_inline(tmp_path / "a", inline_fact(SCOPE_1, "now", "120"), taxonomy="other")
    assert find_format(path) is None


def test_inline_document_without_a_period_is_refused(tmp_path: Path) -> None:
    path = write_inline(tmp_path / "a", inline_fact("NumberOfEmployees", "end", "12", "pure"))
    assert _problem(path) == "has no facts of a period by VSME or ESRS"


def _package(path: Path, **documents: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("muster/META-INF/reportPackage.json", "{}")
        for name, document in documents.items():
            archive.write(document, f"muster/reports/{name}.xhtml")
    return path


def test_report_package_says_what_its_document_says(tmp_path: Path) -> None:
    document = write_inline(tmp_path / "a.xhtml", inline_fact(SCOPE_1, "now", "120"))
    path = _package(tmp_path / "a.zip", report=document)
    assert find_format(path) is FORMAT
    batch = _batch(path)
    said = _said(batch)["scope-1-emissions.2026"]
    assert said["value"] == "120"
    assert said["element"]["at"].startswith("muster/reports/report.xhtml/*/")
    assert batch.source["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_report_package_with_several_documents_or_a_bad_one_is_refused(tmp_path: Path) -> None:
    good = write_inline(tmp_path / "a.xhtml", inline_fact(SCOPE_1, "now", "120"))
    bad = write_inline(tmp_path / "b.xhtml", inline_fact(SCOPE_1, "nowhere", "120"))
    assert _problem(_package(tmp_path / "a.zip", one=good, two=good)).startswith("holds 2 reports")
    problem = _problem(_package(tmp_path / "b.zip", one=bad))
    assert problem.startswith("holds muster/reports/one.xhtml, which has a fact in the context")


# Several years


def _year(path: Path, year: int, **changed: Any) -> Path:
    days = {
        "template_reporting_period_startdate": f"{year}-01-01",
        "template_reporting_period_enddate": f"{year}-12-31",
    }
    return write_template(path, f"{year + 1}-03-01", **{**days, **changed})


def _links(paths: list[Path]) -> set[tuple[str, str, str]]:
    return {
        (link, node["id"].split("-", 2)[2][:4], node[link].split("-", 2)[2][:4])
        for batch in _batches(*paths)
        for node in batch.statements
        for link in ("confirms", "updates")
        if link in node
    }


def test_target_of_the_next_report_confirms_or_replaces_that_of_the_last(tmp_path: Path) -> None:
    paths = [
        _year(tmp_path / "a.xlsx", 2026),
        _year(tmp_path / "b.xlsx", 2027),
        _year(tmp_path / "c.xlsx", 2028, **{AIM: 90}),
    ]
    expected = {("confirms", "2027", "2026"), ("updates", "2028", "2027")}
    assert _links(paths) == _links(paths[::-1]) == expected


def test_two_versions_of_one_report_replace_nothing_of_each_other(tmp_path: Path) -> None:
    paths = [_year(tmp_path / "a.xlsx", 2026), _year(tmp_path / "b.xlsx", 2026, **{AIM: 90})]
    assert _links(paths) == set()


def test_reports_pass_the_checks_and_give_a_verdict(tmp_path: Path) -> None:
    more = {
        "EmployeeTurnoverRate": (0.125, "0.00%"),
        "Turnover": 500,
        "TotalWasteGeneratedMass": 1500,
        "TotalWasteGeneratedMass_unit": "kilograms (kg)",
        "TotalAmountOfWaterWithdrawnFromAllSites": 8,
        "NumberOfEmployees": 12,
        "EmployeeCountingMethodology": AVERAGE,
        "TypeOfNumberOfEmployees": "Headcount",
    }
    paths = [
        _year(tmp_path / "a.xlsx", 2026, **more),
        _year(tmp_path / "b.xlsx", 2030, **{SCOPE_1: 85, BASE: None, AIM: None}),
    ]
    file = tmp_path / "reports.nq"
    file.write_bytes(b"".join(import_files(paths).lines))
    graph = kg.build([file], shipped=True)
    (row,) = graph.ask("outcome", company=f"vsme-{LEI.lower()}", date="2031-12-31")
    assert str(row["verdict"]) == "cp:partly"


# What is known as one


def test_report_is_known_by_what_it_is(tmp_path: Path) -> None:
    book = write_template(tmp_path / "a.bin")
    other = write_template(tmp_path / "b.xlsx", template_reporting_entity_identifier=None)
    facts = write_list(tmp_path / "c", gases("1"))
    xbrl = {"f1": _xbrl(f"vsme:{SCOPE_1}", "1", YEAR, unit="utr:tCO2e")}
    for path in (book, other, facts, write_xbrl(tmp_path / "d", xbrl)):
        assert find_format(path) is FORMAT


@pytest.mark.parametrize("text", ['{"facts": []}', '{"facts": [{"concept": "us-gaap:A"}]}', "[1]"])
def test_other_json_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert find_format(path) is None
