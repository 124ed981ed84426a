"""IATI: what results become, and every trap that real files hold, each in a small one of our own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from lxml import etree

import kg
from kg.formats import import_files
from tests.formats.iati_files import (
    DAYS,
    REPORTER,
    Read,
    activity,
    indicator,
    period,
    read,
    read_results,
    result,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

BOTH = '<target value="10"/><actual value="12"/>'


def outcomes(folder: Path, *paths: Path) -> list[tuple[str, str, str]]:
    """Return what becomes of the promises of files: the number, the verdict and the reason."""
    built = folder / "imported.nq"
    built.write_bytes(b"".join(import_files(paths).lines))
    graph = kg.build([built], shipped=True)
    rows = graph.ask("outcome", date="2026-11-29")
    own = [row for row in rows if str(row["company"]).startswith("iati-org-")]
    names = ("value", "verdict", "reason")
    return [tuple(str(row[name] or "").removeprefix("cp:") for name in names) for row in own]  # type: ignore[misc]


# What results become


def test_result_becomes_an_indicator_of_its_own_with_target_and_observation(tmp_path: Path) -> None:
    baseline = '<baseline year="2022" iso-date="2022-12-31" value="4"/>'
    found = read_results(
        tmp_path, result(indicator(baseline + period(BOTH), description="Open to cars."))
    )
    one = found.one("Indicator")
    assert one["label"] == "Bridges built"
    assert one["skos:definition"]["@value"] == "Bridges: Bridges built: Open to cars."
    assert (one["unit"], one["direction"]) == ("iati-unit", "more-is-better")
    target, actual = found.one("Target"), found.one("Observation")
    assert target["indicator"] == actual["indicator"] == one["id"]
    assert target["about"] == actual["about"] == "iati-xm-test-1-bridges"
    assert (target["value"], target["counts_from"], target["due"]) == (
        "10",
        "2023-01-01",
        "2023-12-31",
    )
    assert (target["baseline"], target["baseline_date"]) == ("4", "2022-12-31")
    assert (actual["value"], actual["when_start"], actual["when"]) == (
        "12",
        "2023-01-01",
        "2023-12-31",
    )
    assert not found.left_out


def test_source_is_a_dataset_of_who_reports_on_the_day_of_the_file(tmp_path: Path) -> None:
    found = read_results(tmp_path, result(indicator(period(BOTH))))
    (source,) = found.sources.values()
    assert source["id"].startswith("iati-xm-test-1-2025-03-01-")
    assert source["type"] == "Dataset"
    assert source["publisher"] == "iati-org-xm-test-1"
    assert source["published"] == "2025-03-01"
    assert source["published_precision"] is None
    assert len(source["sha256"]) == 64
    assert found.one("Initiative")["company"] == ["iati-org-xm-test-1"]


def test_file_without_a_day_is_of_the_newest_of_its_activities(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        activity(given='last-updated-datetime="2024-05-01T00:00:00Z"'),
        activity(given='last-updated-datetime="2024-04-01"', identifier="B"),
        made="",
    )
    (source,) = found.sources.values()
    assert (source["published"], source["published_precision"]) == ("2024-05-01", "inferred")


def test_evidence_is_the_element_that_has_the_number(tmp_path: Path) -> None:
    more = result(
        indicator(period(BOTH) + period('<target value="7"/>', "2024-01-01", "2024-12-31"))
    )
    path = write(tmp_path, activity(), activity(result() + more, identifier="XM-TEST-1-B"))
    root = etree.parse(path)
    said = [one for one in Read(path).statements if "value" in one]
    assert len(said) == 3
    for one in said:
        (element,) = root.xpath(one["element"]["at"])
        assert element.get("value") == one["value"]
        assert element.tag == ("target" if one["type"] == "Target" else "actual")


def test_ids_say_what_a_statement_is_and_stay_when_other_results_come_before(
    tmp_path: Path,
) -> None:
    first = read_results(tmp_path, result(indicator(period(BOTH))))
    again = read_results(
        tmp_path, result(indicator(period(BOTH), title="Boats")), result(indicator(period(BOTH)))
    )
    key = first.one("Target")["id"].partition(".")[2]
    assert key.startswith("xm-test-1-bridges.bridges-built-")
    assert key.endswith(".target.2023-01-01.2023-12-31")
    assert key in {one["id"].partition(".")[2] for one in again.of("Target")}


def test_what_is_imported_passes_the_checks_and_a_year_that_is_over_gets_its_verdict(
    tmp_path: Path,
) -> None:
    kept = indicator(period(BOTH))
    missed = indicator(period('<target value="20"/><actual value="3"/>'), title="Roads")
    fewer = indicator(
        period('<target value="5"/><actual value="4"/>'),
        'measure="2" ascending="0"',
        "Bridges closed",
    )
    path = write(tmp_path, activity(result(kept, missed, fewer)))
    assert sorted(outcomes(tmp_path, path)) == [
        ("10", "met", ""), ("20", "missed", ""), ("5", "met", ""),
    ]  # fmt: skip


def test_figure_of_another_period_decides_nothing(tmp_path: Path) -> None:
    before = period('<actual value="50"/>', "2022-01-01", "2022-12-31")
    whole = period('<actual value="1"/>', "2020-01-01", "2024-12-31")
    path = write(
        tmp_path, activity(result(indicator(before + period('<target value="10"/>') + whole)))
    )
    assert outcomes(tmp_path, path) == [("10", "undetermined", "other-period")]


def test_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, activity(result(indicator(period(BOTH)))))
    assert b"".join(import_files([path]).lines) == b"".join(import_files([path]).lines)


# Which way is better


@pytest.mark.parametrize(
    ("given", "direction"),
    [
        ('measure="1"', "unknown-direction"),
        ('measure="1" ascending="Yes"', "unknown-direction"),
        ('measure="1" ascending="true"', "more-is-better"),
        ('measure="1" ascending="1"', "more-is-better"),
        ('measure="1" ascending="false"', "less-is-better"),
        ('measure="1" ascending="0"', "less-is-better"),
    ],
)
def test_direction_is_what_is_stated_in_words_or_digits_and_else_unknown(
    tmp_path: Path, given: str, direction: str
) -> None:
    found = read_results(tmp_path, result(indicator(period(BOTH), given)))
    assert found.one("Indicator")["direction"] == direction


def test_no_verdict_follows_without_a_direction(tmp_path: Path) -> None:
    path = write(tmp_path, activity(result(indicator(period(BOTH), 'measure="1"'))))
    assert outcomes(tmp_path, path) == [("10", "undetermined", "direction-not-known")]


def test_direction_that_the_way_from_the_baseline_gainsays_is_unknown(tmp_path: Path) -> None:
    hours = '<baseline year="2022" value="177"/>' + period(
        '<target value="89"/><actual value="120"/>'
    )
    path = write(tmp_path, activity(result(indicator(hours, title="Hours without power"))))
    found = Read(path)
    assert found.one("Indicator")["direction"] == "unknown-direction"
    assert found.left_out == Counter(
        {"directions that the way from a baseline to a target gainsays": 1}
    )
    assert outcomes(tmp_path, path) == [("89", "undetermined", "direction-not-known")]


HOURS = '<baseline year="2022" value="177"/>' + period('<target value="89"/>')


def test_who_calls_every_indicator_ascending_is_not_believed_of_any_without_a_baseline(
    tmp_path: Path,
) -> None:
    better = '<baseline year="2022" value="4"/>' + period(BOTH)
    found = read(
        tmp_path,
        activity(result(indicator(period(BOTH)), indicator(better, title="Boats"))),
        activity(result(indicator(HOURS, title="Hours without power")), identifier="B"),
    )
    assert {one["label"]: one["direction"] for one in found.of("Indicator")} == {
        "Bridges built": "unknown-direction", "Boats": "more-is-better",
        "Hours without power": "unknown-direction",
    }  # fmt: skip


def test_who_says_of_one_indicator_that_less_is_better_is_believed_of_others(
    tmp_path: Path,
) -> None:
    fewer = indicator(period(BOTH), 'measure="1" ascending="0"', "Bridges closed")
    hours = indicator(HOURS, title="Hours without power")
    found = read_results(tmp_path, result(indicator(period(BOTH)), fewer, hours))
    assert {one["label"]: one["direction"] for one in found.of("Indicator")} == {
        "Bridges built": "more-is-better", "Bridges closed": "less-is-better",
        "Hours without power": "unknown-direction",
    }  # fmt: skip


# Numbers


@pytest.mark.parametrize(
    ("value", "measure", "number"),
    [
        ("12", "1", "12"),
        (" 12.50 ", "1", "12.50"),
        ("-3", "1", "-3"),
        ("36%", "2", "36"),
        (".5", "2", "0.5"),
    ],
)
def test_plain_numbers_are_read_exactly(
    tmp_path: Path, value: str, measure: str, number: str
) -> None:
    found = read_results(
        tmp_path, result(indicator(period(f'<target value="{value}"/>'), f'measure="{measure}"'))
    )
    assert found.one("Target")["value"] == number


@pytest.mark.parametrize(
    ("value", "measure", "reason"),
    [
        ("", "1", "figures without a number"),
        ("Yes", "1", "figures that are words"),
        ("0 teachers.", "1", "figures that are words"),
        ("1e3", "1", "figures that are words"),
        ("1,500", "1", "figures whose digits can be read in two ways, or in none"),
        ("1.500.000", "1", "figures whose digits can be read in two ways, or in none"),
        ("5-10", "1", "figures whose digits can be read in two ways, or in none"),
        ("36%", "1", "figures in per cent of what is not measured in per cent"),
        ("3", "3", "figures on a nominal scale"),
        ("3", "4", "figures on an ordinal scale"),
        ("Yes", "5", "figures of a qualitative measure"),
        ("1", "5", "figures of a qualitative measure"),
        ("1", "9", "figures of a measure that is none"),
    ],
)
def test_what_is_no_number_in_one_way_is_left_out_and_counted(
    tmp_path: Path, value: str, measure: str, reason: str
) -> None:
    found = read_results(
        tmp_path, result(indicator(period(f'<target value="{value}"/>'), f'measure="{measure}"'))
    )
    assert not found.of("Target")
    assert not found.of("Indicator")
    assert found.left_out == Counter({reason: 1})


def test_per_cent_and_units_are_told_apart(tmp_path: Path) -> None:
    share = indicator(period(BOTH), 'measure="2" ascending="1"', "Share of bridges")
    found = read_results(tmp_path, result(indicator(period(BOTH)), share))
    assert {one["label"]: one["unit"] for one in found.of("Indicator")} == {
        "Bridges built": "iati-unit", "Share of bridges": "unit-of:PERCENT",
    }  # fmt: skip


def test_numbers_that_stand_for_words_are_no_figures(tmp_path: Path) -> None:
    codes = indicator(
        period('<actual value="3"/>'), description="3 = Done; 2 = Put off; 1 = Dropped"
    )
    found = read_results(tmp_path, result(codes))
    assert not found.of("Observation")
    assert found.left_out == Counter({"figures that stand for words": 1})


# Days


@pytest.mark.parametrize("day", ["2023-12-31Z", "2023-12-31+01:00", "2023-12-31T00:00:00Z"])
def test_time_zone_moves_no_day(tmp_path: Path, day: str) -> None:
    found = read_results(tmp_path, result(indicator(period(BOTH, end=day))))
    assert (found.one("Target")["due"], found.one("Observation")["when"]) == (
        "2023-12-31",
        "2023-12-31",
    )


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (
            "2019-01-01",
            "2019-06-01",
            "figures of periods that end by the day on which their activity starts",
        ),
        ("2023-12-31", "2023-01-01", "figures of periods that end before they begin"),
        (
            "1900-01-01",
            "1900-01-01",
            "figures of periods with days before 1950, which stand for none",
        ),
        (
            "2023-01-01",
            "9999-12-31",
            "figures of periods with days after 2200, which stand for none",
        ),
        ("2023-01-01", "2023-02-30", "figures of periods with days that are none"),
        ("2023-01-01", "2023-12-31T23:00:00Z", "figures of periods with days that are none"),
        ("", "2023-12-31", "figures of periods with days that are missing"),
    ],
)
def test_periods_that_contradict_themselves_are_left_out(
    tmp_path: Path, start: str, end: str, reason: str
) -> None:
    found = read_results(tmp_path, result(indicator(period(BOTH, start, end))))
    assert not found.of("Target")
    assert found.left_out == Counter({reason: 2})


def test_actual_of_a_period_that_was_not_over_is_left_out_and_its_target_stays(
    tmp_path: Path,
) -> None:
    found = read_results(tmp_path, result(indicator(period(BOTH, end="2025-02-02"))))
    assert found.one("Target")["due"] == "2025-02-02"
    assert not found.of("Observation")
    assert found.left_out == Counter(
        {"actuals of periods that were not over when their activity was updated": 1}
    )


def test_who_tells_actuals_early_is_not_believed_of_several_years_that_are_over(
    tmp_path: Path,
) -> None:
    running = indicator(period(BOTH, end="2026-12-31"), title="Running")
    whole = indicator(period(BOTH, "2020-01-01", "2024-12-31"), title="Whole")
    year = indicator(period(BOTH, "2024-01-01", "2024-12-31"), title="Year")
    found = read_results(tmp_path, result(running, whole, year))
    assert [one["when_start"] for one in found.of("Observation")] == ["2024-01-01"]
    assert found.left_out == Counter({
        "actuals of periods that were not over when their activity was updated": 1,
        "actuals of periods of several years, of a publisher who tells some before their period is over": 1,
    })  # fmt: skip
    assert [
        one["when_start"] for one in read_results(tmp_path, result(whole)).of("Observation")
    ] == ["2020-01-01"]


def test_update_after_the_file_was_made_moves_nothing(tmp_path: Path) -> None:
    later = activity(
        result(indicator(period(BOTH, end="2025-12-31"))),
        given='last-updated-datetime="2026-02-01"',
    )
    found = read(tmp_path, later)
    (source,) = found.sources.values()
    assert source["published"] == "2026-02-01"
    assert found.one("Observation")["when"] == "2025-12-31"


def test_indicator_without_a_period_tells_nothing(tmp_path: Path) -> None:
    found = read_results(tmp_path, result(indicator('<baseline year="2022" value="4"/>')))
    assert not found.of("Indicator")
    assert found.left_out == Counter({"indicators without a figure": 1})


# Baselines


@pytest.mark.parametrize(
    ("baseline", "reason"),
    [
        (
            '<baseline year="1900" iso-date="2022-12-31" value="0"/>',
            "baselines: days of another year than theirs",
        ),
        ('<baseline year="1900" value="0"/>', "baselines: days before 1950, which stand for none"),
        ('<baseline year="2022" value="No"/>', "baselines: figures that are words"),
        ('<baseline iso-date="2024-01-01" value="4"/>', "baselines of a day after their target"),
        (
            '<baseline year="2022" value="4"/><baseline year="2022" value="5"/>',
            "baselines beside others of the same",
        ),
    ],
)
def test_baseline_that_contradicts_itself_or_others_is_none(
    tmp_path: Path, baseline: str, reason: str
) -> None:
    found = read_results(tmp_path, result(indicator(baseline + period(BOTH))))
    assert found.one("Target")["baseline"] is None
    assert found.left_out == Counter({reason: 1})


def test_each_part_has_its_own_baseline(tmp_path: Path) -> None:
    women = '<dimension name="sex" value="female"/>'
    inside = (
        f'<baseline year="2022" value="4"/><baseline year="2022" value="1">{women}</baseline>'
        + period(f'<target value="10"/><target value="6">{women}</target>')
    )
    found = read_results(tmp_path, result(indicator(inside)))
    assert {one["value"]: one["baseline"] for one in found.of("Target")} == {"10": "4", "6": "1"}


# Parts and places


def test_parts_are_never_mixed_with_the_whole(tmp_path: Path) -> None:
    women = '<dimension name="sex" value="female"/>'
    figures = (
        f'<target value="10"/><target value="6">{women}</target>'
        f'<actual value="3">{women}</actual><actual value="12"/>'
    )
    path = write(tmp_path, activity(result(indicator(period(figures)))))
    found = Read(path)
    part = found.one("Category")
    assert part["label"] == "sex: female"
    among = {
        (one["type"], one["value"]): one["among"] for one in found.statements if "value" in one
    }
    assert among == {
        ("Target", "10"): None, ("Target", "6"): part["id"],
        ("Observation", "3"): part["id"], ("Observation", "12"): None,
    }  # fmt: skip
    assert sorted(outcomes(tmp_path, path)) == [("10", "met", ""), ("6", "partly", "")]


def test_only_a_part_was_counted_so_nothing_follows_of_the_whole(tmp_path: Path) -> None:
    figures = (
        '<target value="10"/><actual value="12"><dimension name="age" value="adult"/></actual>'
    )
    path = write(tmp_path, activity(result(indicator(period(figures)))))
    assert outcomes(tmp_path, path) == [("10", "undetermined", "only-other-parts")]


LOCATION = (
    '<recipient-country code="SV"/><location ref="A"><location-id vocabulary="G1" code="0003583361"/><name>'
    "<narrative>San Salvador</narrative></name></location>"
    '<location ref="B"><name><narrative>Upstream</narrative></name></location>'
)


def test_figures_of_one_period_are_told_apart_by_places_that_a_code_names(tmp_path: Path) -> None:
    figures = (
        '<target value="10"/><target value="6"><location ref="A"/></target>'
        '<target value="2"><location ref="B"/></target>'
        '<target value="1"><location ref="A"/><location ref="B"/></target>'
    )
    found = read(tmp_path, activity(result(indicator(period(figures))), about=DAYS + LOCATION))
    assert {one["value"]: one["place"] for one in found.of("Target")} == {
        "10": "el-salvador", "6": "san-salvador-geonames-3583361",
    }  # fmt: skip
    assert found.things["san-salvador-geonames-3583361"]["located_in"] == "el-salvador"
    assert found.things["el-salvador"]["gazetteer"].endswith("3166:SV")
    assert found.left_out["figures of places that no code of a known gazetteer names"] == 1
    assert found.left_out["figures of several places"] == 1


def test_place_that_ships_is_called_as_there_and_several_countries_are_none(tmp_path: Path) -> None:
    india = '<recipient-country code="IN"/>'
    found = read(tmp_path, activity(result(indicator(period(BOTH))), about=india))
    assert found.one("Target")["place"] == "india"
    assert "india" not in found.things
    several = india + '<recipient-country code="SV"/>'
    found = read(tmp_path, activity(result(indicator(period(BOTH))), about=several))
    assert found.one("Target")["place"] is None


@pytest.mark.parametrize("other", ["11", "10"])
def test_several_targets_of_one_period_that_nothing_tells_apart_are_left_out(
    tmp_path: Path, other: str
) -> None:
    found = read_results(
        tmp_path, result(indicator(period(f'<target value="10"/><target value="{other}"/>')))
    )
    assert not found.of("Target")
    assert found.left_out == Counter(
        {"figures that stand in one period with others, and nothing tells them apart": 2}
    )


def test_indicator_that_stands_there_again_is_one_and_what_differs_is_left_out(
    tmp_path: Path,
) -> None:
    again = '<target value="10"/><actual value="13"/>'
    found = read_results(
        tmp_path, result(indicator(period(BOTH))), result(indicator(period(again)))
    )
    assert len(found.of("Indicator")) == 1
    assert found.one("Target")["value"] == "10"
    assert not found.of("Observation")
    assert found.left_out == Counter(
        {
            "figures that are repeated": 1,
            "figures of one period that differ, and nothing tells which holds": 2,
        }
    )


# Activities


@pytest.mark.parametrize(
    ("about", "status", "since"),
    [
        ('<activity-status code="1"/>', "considered", None),
        (DAYS + '<activity-status code="2"/>', "underway", "2019-06-01"),
        (
            '<activity-status code="4"/><activity-date type="4" iso-date="2024-12-31"/>',
            "achieved",
            "2024-12-31",
        ),
        ('<activity-status code="5"/>', "abandoned", None),
        ('<activity-status code="6"/>', "postponed", None),
    ],
)
def test_status_of_an_activity_is_reported_of_its_initiative(
    tmp_path: Path, about: str, status: str, since: str | None
) -> None:
    report = read(tmp_path, activity(about=about)).one("StatusReport")
    assert (report["about"], report["status"], report["from"]) == (
        "iati-xm-test-1-bridges",
        status,
        since,
    )


PAID = '<transaction><transaction-type code="3"/></transaction>'


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        (
            '<activity-status code="3"/>',
            "statuses of activities that are missing, or do not say what is done",
        ),
        ("", "statuses of activities that are missing, or do not say what is done"),
        (
            DAYS + '<activity-status code="1"/>',
            "statuses of activities that are in the pipeline and have begun",
        ),
        (
            '<activity-status code="1"/>' + PAID,
            "statuses of activities that are in the pipeline and have begun",
        ),
        (
            '<activity-status code="2"/><activity-date type="2" iso-date="2025-06-01"/>',
            "statuses of activities that are under way and have not begun",
        ),
    ],
)
def test_status_that_says_too_little_or_gainsays_its_days_is_left_out(
    tmp_path: Path, about: str, reason: str
) -> None:
    found = read(tmp_path, activity(about=about))
    assert not found.of("StatusReport")
    assert found.left_out == Counter({reason: 1})


def test_what_is_only_planned_is_promised_by_nobody_and_what_is_cancelled_is_given_up(
    tmp_path: Path,
) -> None:
    later = result(indicator(period('<target value="10"/>', "2026-01-01", "2027-12-31")))
    path = write(tmp_path, activity(later, about='<activity-status code="1"/>'))
    assert outcomes(tmp_path, path) == []
    path = write(tmp_path, activity(later, about='<activity-status code="5"/>'))
    assert outcomes(tmp_path, path) == [("10", "abandoned", "")]


SECOND = '<reporting-org ref="XM-TEST-1" type="40" secondary-reporter="1"><narrative>Bridge Fund</narrative></reporting-org>'


def test_initiative_that_others_report_is_of_who_carries_it_out(tmp_path: Path) -> None:
    runs = (
        '<participating-org role="1" ref="X-2"><narrative>The donor</narrative></participating-org>'
        '<participating-org role="4" ref="XI-LEI-213800LBQA1Y9L22JB70" type="70"><narrative>Acme Bridges'
        "</narrative></participating-org>"
    )
    found = read(tmp_path, activity(head=SECOND + runs))
    (owner,) = found.one("Initiative")["company"]
    assert found.things[owner]["type"] == "Company"
    assert found.things[owner]["lei"] == "213800LBQA1Y9L22JB70"
    (source,) = found.sources.values()
    assert source["publisher"] == "iati-org-xm-test-1"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"head": SECOND},
            "activities that others report, and nobody is named who carries them out",
        ),
        ({"identifier": " "}, "activities without an identifier"),
    ],
)
def test_activity_of_nobody_or_without_a_name_is_left_out(
    tmp_path: Path, given: dict[str, str], reason: str
) -> None:
    found = read(tmp_path, activity(), activity(**given))  # type: ignore[arg-type]
    assert len(found.of("Initiative")) == 1
    assert found.left_out == Counter({reason: 1})


@pytest.mark.parametrize("identifier", ["7", "XM-TEST-1-7", "XM-TEST-11-7", "XM-TEST-2-7"])
@pytest.mark.parametrize("second", ["", ' secondary-reporter="1"'])
def test_activity_that_two_report_is_an_initiative_of_each(
    tmp_path: Path, identifier: str, second: str
) -> None:
    other = REPORTER.replace('XM-TEST-1"', f'XM-TEST-2"{second}')
    other += '<participating-org ref="XM-TEST-3" role="4"><narrative>Works</narrative></participating-org>'
    found = read(
        tmp_path, activity(identifier=identifier), activity(identifier=identifier, head=other)
    )
    owners = [one["company"] for one in found.of("Initiative")]
    assert owners == [["iati-org-xm-test-1"], [f"iati-org-xm-test-{3 if second else 2}"]]


def test_target_of_one_who_reports_takes_the_place_of_no_other_ones(tmp_path: Path) -> None:
    old = write(
        tmp_path, activity(result(indicator(period(BOTH)))), made="2024-02-01", name="old.xml"
    )
    other = REPORTER.replace("XM-TEST-1", "XM-TEST-2")
    moved = activity(result(indicator(period('<target value="1"/>'))), head=other)
    new = write(tmp_path, moved, name="new.xml")
    assert not any("updates" in one or "corrects" in one for one in Read(new, old).statements)


def test_activity_that_stands_there_again_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, activity(), activity())
    assert len(found.of("StatusReport")) == 1
    assert found.left_out == Counter({"activities that stand there again": 1})


def test_file_of_several_reporters_is_one_source_for_each(tmp_path: Path) -> None:
    other = REPORTER.replace("XM-TEST-1", "XM-TEST-2").replace("Bridge", "Road")
    found = read(tmp_path, activity(), activity(head=other, identifier="XM-TEST-2-A"))
    assert [one["publisher"] for one in found.sources.values()] == [
        "iati-org-xm-test-1",
        "iati-org-xm-test-2",
    ]
    assert len({one["sha256"] for one in found.sources.values()}) == 1


def test_name_in_another_language_is_kept_in_it(tmp_path: Path) -> None:
    head = REPORTER.replace("<narrative>", '<narrative xml:lang="es">')
    organization = read(tmp_path, activity(head=head)).one("Organization")
    assert organization["rdfs:label"] == {"@value": "Bridge Fund", "@language": "es"}
    both = REPORTER.replace(
        "<narrative>", '<narrative xml:lang="es">Fondo</narrative><narrative xml:lang="en">'
    )
    assert read(tmp_path, activity(head=both)).one("Organization")["label"] == "Bridge Fund"


# Later files


def test_later_file_moves_a_target_and_corrects_an_actual_of_the_same_period(
    tmp_path: Path,
) -> None:
    old = write(
        tmp_path, activity(result(indicator(period(BOTH)))), made="2024-02-01", name="old.xml"
    )
    new = write(
        tmp_path,
        activity(result(indicator(period('<target value="8"/><actual value="9"/>')))),
        name="new.xml",
    )
    found = Read(new, old)
    before, after = sorted(found.of("Target"), key=lambda one: -int(one["value"]))
    assert after["updates"] == before["id"]
    before, after = sorted(found.of("Observation"), key=lambda one: -int(one["value"]))
    assert before["value"] == "12"
    assert after["corrects"] == [before["id"]]


def test_third_file_corrects_all_that_was_told_before_and_brings_nothing_back(
    tmp_path: Path,
) -> None:
    def told(value: str, year: str) -> Path:
        both = f'<target value="10"/><actual value="{value}"/>'
        return write(
            tmp_path, activity(result(indicator(period(both)))), made=year, name=f"{year}.xml"
        )

    files = [told("12", "2025-03-01"), told("12", "2025-08-01"), told("11", "2026-02-01")]
    files.append(told("7", "2026-08-01"))
    found = Read(*files)
    first, again, eleven, last = sorted(found.of("Observation"), key=lambda one: str(one["id"]))
    assert [one["value"] for one in (first, again, eleven, last)] == ["12", "12", "11", "7"]
    assert eleven["corrects"] == [first["id"], again["id"]]
    # What is corrected corrects nothing: the last one has to correct all.
    assert last["corrects"] == [first["id"], again["id"], eleven["id"]]
    assert outcomes(tmp_path, *files) == [("10", "partly", "")]


def test_what_a_later_file_repeats_is_the_same_promise(tmp_path: Path) -> None:
    old = write(
        tmp_path, activity(result(indicator(period(BOTH)))), made="2024-02-01", name="old.xml"
    )
    new = write(tmp_path, activity(result(indicator(period(BOTH)))), name="new.xml")
    assert not any("updates" in one or "corrects" in one for one in Read(old, new).statements)
    assert outcomes(tmp_path, old, new) == [("10", "met", "")]
