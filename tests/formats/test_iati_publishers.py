"""What is peculiar to three publishers of IATI, and files that are refused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.base import MAX_DEPTH
from kg.formats import find_format
from kg.formats.iati import survey as iati_survey
from kg.formats.iati.profile import STRICT, profile_of
from tests.formats.iati_files import (
    DAYS,
    Read,
    activity,
    indicator,
    period,
    read,
    result,
    write,
)
from tests.formats.test_iati import BOTH, outcomes

if TYPE_CHECKING:
    from pathlib import Path


def reporter(reference: str) -> str:
    return f'<reporting-org ref="{reference}" type="40"><narrative>The House</narrative></reporting-org>'


CAF = reporter("XM-DAC-46008")
BANK = reporter("44000")
INSTITUTE = reporter("US-EIN-521257057")


def caf(unit: str, value: str = "1800", measure: str = "1") -> str:
    start = "2024-10-07"
    baseline = f'<baseline year="1900" iso-date="{start}" value="0"/>'
    inside = baseline + period(f'<target value="{value}"/>', start, start)
    return result(indicator(inside, f'measure="{measure}"', unit), title="Fibra instalada")


STARTED = '<activity-date type="2" iso-date="2024-10-07"/>'


def test_title_of_an_indicator_can_be_its_unit_and_a_period_none(tmp_path: Path) -> None:
    found = read(tmp_path, activity(caf("km"), head=CAF, about=STARTED))
    one, target = found.one("Indicator"), found.one("Target")
    assert (one["label"], one["unit"]) == ("Fibra instalada", "unit-of:KiloM")
    assert (target["value"], target["due"], target["baseline"]) == ("1800", None, None)
    assert found.left_out["baselines that stand for none"] == 1
    assert found.left_out["days of targets, of periods that are none"] == 1


@pytest.mark.parametrize(
    ("title", "measure", "unit"),
    [
        ("#", "1", "unit-of:NUM"), ("Km", "1", "unit-of:KiloM"), ("USD", "1", "currency:USD"),
        ("% cambio", "2", "unit-of:PERCENT"), ("barcos/año", "1", "iati-unit-barcos-ano"),
    ],
)  # fmt: skip
def test_unit_is_a_known_one_or_as_the_publisher_writes_it(
    tmp_path: Path, title: str, measure: str, unit: str
) -> None:
    found = read(tmp_path, activity(caf(title, measure=measure), head=CAF, about=STARTED))
    assert found.one("Indicator")["unit"].startswith(unit)


def test_the_same_is_left_out_of_a_publisher_of_whom_nothing_is_known(tmp_path: Path) -> None:
    found = read(tmp_path, activity(caf("km"), about=STARTED))
    assert not found.of("Target")
    reason = "figures of periods that end by the day on which their activity starts"
    assert found.left_out[reason] == 1


def test_target_without_a_day_is_open_for_ever(tmp_path: Path) -> None:
    path = write(tmp_path, activity(caf("km"), head=CAF, about=STARTED))
    assert outcomes(tmp_path, path) == [("1800", "open", "")]


def bank(
    target: str, actual: str, end: str = "2029-12-31", baseline: str = "0.00", title: str = "Roads"
) -> str:
    inside = f'<baseline year="2020" iso-date="2020-01-31" value="{baseline}"/>'
    figures = f'<target value="{target}"/><actual value="{actual}"/>'
    given = 'measure="1" ascending="1"'
    return result(indicator(inside + period(figures, "2020-01-31", end), given, title))


def test_commas_stand_between_thousands_where_that_is_known(tmp_path: Path) -> None:
    found = read(tmp_path, activity(bank("130,000.00", "26,422"), head=BANK))
    assert (found.one("Target")["value"], found.one("Observation")["value"]) == (
        "130000.00",
        "26422",
    )


@pytest.mark.parametrize("number", ["72,0000", "1,50", ",500", "1,,000"])
def test_commas_elsewhere_make_no_number(tmp_path: Path, number: str) -> None:
    found = read(tmp_path, activity(bank(number, "1"), head=BANK))
    assert not found.of("Target")
    assert found.left_out["figures whose digits can be read in two ways, or in none"] == 1


@pytest.mark.parametrize("end", ["2029-12-31", "2024-06-30"])
def test_actual_of_a_report_without_a_day_is_of_some_day_up_to_the_update(
    tmp_path: Path, end: str
) -> None:
    path = write(tmp_path, activity(bank("10", "12", end), head=BANK, about=DAYS))
    actual = Read(path).one("Observation")
    assert (actual["when_start"], actual["when"]) == ("2020-01-31", "2025-02-01")
    assert actual["when_precision"] == "inferred"
    ((_, verdict, _),) = outcomes(tmp_path, path)
    assert verdict in {"open", "undetermined"}


def test_actuals_of_several_reports_that_differ_are_left_out(tmp_path: Path) -> None:
    older = bank("10", "0.00", "2024-12-30")
    found = read(tmp_path, activity(older + bank("10", "7", "2027-04-15"), head=BANK, about=DAYS))
    assert not found.of("Observation")
    assert len(found.of("Target")) == 2
    assert found.left_out["figures of one period that differ, and nothing tells which holds"] == 2


@pytest.mark.parametrize(
    ("target", "baseline", "direction"),
    [
        ("72", "68", "more-is-better"),
        ("89", "177", "unknown-direction"),
        ("18", "0.00", "unknown-direction"),
    ],
)
def test_ascending_that_is_stated_of_all_counts_where_a_baseline_bears_it_out(
    tmp_path: Path, target: str, baseline: str, direction: str
) -> None:
    found = read(tmp_path, activity(bank(target, "24", baseline=baseline), head=BANK))
    assert found.one("Indicator")["direction"] == direction


CODES = "3 = Achieved; 2 = Carry-over to FY24; 1 = Dropped"


@pytest.mark.parametrize(
    ("code", "status"), [("3", "achieved"), ("2", "postponed"), ("1", "abandoned")]
)
def test_number_that_is_a_status_becomes_a_report_on_the_piece_of_work(
    tmp_path: Path, code: str, status: str
) -> None:
    inside = period(f'<actual value="{code}"><location ref="5"/></actual>')
    work = result(indicator(inside, title="Open the northern bridge", description=CODES))
    found = read(tmp_path, activity(work, head=INSTITUTE, about=""))
    report = found.one("StatusReport")
    assert (report["status"], report["from"]) == (status, "2023-12-31")
    assert found.things[report["about"]]["label"] == "Open the northern bridge"
    assert not found.of("Indicator")


def test_number_of_that_publisher_is_a_figure_where_no_description_lists_codes(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, activity(result(indicator(period(BOTH))), head=INSTITUTE))
    assert found.one("Observation")["value"] == "12"


def test_word_of_a_code_that_no_profile_knows_is_left_out(tmp_path: Path) -> None:
    told = indicator(period('<actual value="2"/>'), description="2 = Delayed; 1 = Dropped")
    found = read(tmp_path, activity(result(told), head=INSTITUTE))
    assert found.left_out == Counter({"figures that stand for words": 1})


def test_profile_is_chosen_by_the_reference_of_who_reports() -> None:
    assert profile_of("xm-dac-46008").named_by == "result"
    assert profile_of("") is STRICT


# Files that are refused


def test_file_is_known_by_its_root(tmp_path: Path) -> None:
    found = find_format(write(tmp_path, activity()))
    assert found is not None
    assert found.name == "iati"
    page = tmp_path / "page.xml"
    page.write_text("<iati-organisations version='2.03'/>")
    assert find_format(page) is None


OPENING = '<iati-activities version="2.03" generated-datetime="2025-01-01">'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '<!DOCTYPE a [<!ENTITY b "c">]>' + OPENING + "</iati-activities>",
            ":1: declares a DOCTYPE",
        ),
        (OPENING + "\n<iati-activity>", ":2: is not XML: no element found"),
        (OPENING + "<a>" * MAX_DEPTH, f":1: nests more than {MAX_DEPTH} elements"),
        (
            OPENING + "<a><iati-activity/></a></iati-activities>",
            ":1: has an activity within another",
        ),
        (
            OPENING.replace("2.03", "1.05") + "</iati-activities>",
            ":1: is of version '1.05' of IATI",
        ),
        (
            OPENING.replace("2025-01-01", "") + "</iati-activities>",
            ": says nowhere when it was made",
        ),
        (OPENING + "</iati-activities>", ": has no activity that says who reports it"),
        ("<plan/>", ":1: is no file of IATI activities: its root is 'plan'"),
    ],
)
def test_file_that_cannot_be_read_ends_in_one_sentence(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text)
    good = write(tmp_path, activity())
    found = Read(path, good)
    (error,) = found.errors
    assert error.startswith(f"{path}{problem}")
    assert found.of("Initiative")


def test_activity_has_so_many_elements_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(iati_survey, "MAX_ELEMENTS", 40)
    few = activity("<sector/>" * 10)
    assert not Read(write(tmp_path, *[few] * 20)).errors
    many = Read(write(tmp_path, activity("<sector/>" * 41)))
    assert "has an activity of more than 40 elements" in many.errors[0]
