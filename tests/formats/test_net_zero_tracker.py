"""Later snapshots of the Net Zero Tracker say what the shipped one says, in other columns and under another licence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.base import CP, ID, SourceError, data_folder
from kg.formats import import_files
from kg.formats.climate.net_zero_tracker import read
from kg.tables import import_table
from tests.formats.published_tables import (
    built,
    format_of,
    together,
    verdicts,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHIPPED = data_folder() / "tables" / "net-zero-tracker-2022-12-20.csv"
GROUPS = ["Entity type and location", "", "", "", "End target information"]
HEADER = [
    "ID_Code", "Name", "Entity_type", "Country", "End_target", "End_target_percentage_reduction",
    "End_target_baseline_year", "End_target_year", "Status_of_end_target",
    "Date_of_last_status_update", "Interim_target", "Interim_target_percentage_reduction",
    "Interim_target_baseline_year", "Interim_target_year", "Scope_1_coverage", "Scope_2_coverage",
    "Scope_3_coverage", "Carbon_credits",
]  # fmt: skip
ACME = {
    "ID_Code": "COM-9001", "Name": "Acme Power", "Entity_type": "Company", "Country": "RUR",
    "End_target": "Net zero", "End_target_year": 2050, "Status_of_end_target": "In corporate strategy",
    "Date_of_last_status_update": 2024, "Interim_target": "Emissions reduction target",
    "Interim_target_percentage_reduction": 45, "Interim_target_baseline_year": 2019,
    "Interim_target_year": 2030, "Scope_1_coverage": "Yes", "Carbon_credits": "No",
}  # fmt: skip
DAY = "net-zero-tracker-2025-03-31"


def snapshot(folder: Path, *rows: dict[str, Any], day: date = date(2025, 3, 31)) -> Path:
    return write_xlsx(folder / f"{day}.xlsx", HEADER, rows, GROUPS, saved=day)


def claims(lines: Iterable[bytes]) -> dict[str, set[tuple[str, str]]]:
    """Return what the statements of a table say, by their ids, but of which plan a status is."""
    found: dict[str, set[tuple[str, str]]] = {}
    for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS):
        name, key = str(quad.subject.value), quad.predicate.value.removeprefix(CP)
        if re.search(r"COM-[0-9]+\.(?:end|interim|status)$", name) and not (
            name.endswith(".status") and key == "about"
        ):
            found.setdefault(name.removeprefix(ID), set()).add((key, str(quad.object)))
    return found


def test_shipped_snapshot_says_the_same_as_by_its_mapping() -> None:
    """But for six companies whose targets were announced still, or again, after their year: nothing tells of these."""
    mapped = claims(import_table(SHIPPED, SHIPPED.with_suffix(".rq"))[0].lines)
    imported = import_files([SHIPPED])
    read_so = claims(imported.lines)
    assert len(mapped) > 2_500
    assert {name: mapped[name] for name in read_so} == read_so
    (left_out,) = imported.left_out.values()
    late = "targets still announced after their year, of which the tracker tells no result"
    assert len(mapped) - len(read_so) == left_out[late] == 6


def test_later_columns_below_a_row_of_groups_say_the_same_statements(tmp_path: Path) -> None:
    statements, things, _ = together(read([snapshot(tmp_path, ACME)]))
    told = {
        name.removeprefix(f"{DAY}/"): (
            one["type"],
            one.get("indicator", one.get("status")),
            one.get("value"),
        )
        for name, one in statements.items()
    }
    assert told == {
        "COM-9001.end": ("Target", "net-emissions", "0"),
        "COM-9001.interim": ("Target", "emissions-reduction", "45"),
        "COM-9001.status": ("StatusReport", "announced", None),
    }
    interim = statements[f"{DAY}/COM-9001.interim"]
    assert (interim["due"], interim["baseline_date"]) == ("2030-12-31", "2019-12-31")
    assert interim["note"] == (
        "The tracker calls it: Emissions reduction target; scope 1: Yes; scope 2: unknown; scope 3: unknown;"
        " offsets: No."
    )
    assert interim["row"]["at"] == "row=3"
    assert things["net-zero-tracker/COM-9001"]["label"] == "Acme Power"


@pytest.mark.parametrize(
    ("day", "licence"), [(date(2024, 11, 30), "by/4.0"), (date(2024, 12, 1), "by-nc/4.0")]
)
def test_snapshot_carries_its_licence(tmp_path: Path, day: date, licence: str) -> None:
    _, things, _ = together(read([snapshot(tmp_path, ACME, day=day)]))
    source = things[f"net-zero-tracker-{day}"]
    assert licence in source["http://purl.org/dc/terms/license"]["@id"]


def test_snapshot_is_of_the_day_or_the_year_that_it_tells_of_itself(tmp_path: Path) -> None:
    header = [*HEADER, "Last_updated"]
    updated = [ACME | {"Last_updated": "2025-02-03 12:00:00"}]
    path = write_xlsx(tmp_path / "a", header, updated, GROUPS, saved=date(2025, 3, 31))
    assert "net-zero-tracker-2025-02-03" in together(read([path]))[1]
    # It cannot have been saved last in the year before that of its newest row.
    _, things, _ = together(read([snapshot(tmp_path, ACME, day=date(2023, 3, 31))]))
    assert things["net-zero-tracker-2024-12-31"]["published_precision"] == ["year", "inferred"]
    path = write_csv(tmp_path / "b", HEADER, [ACME | {"Date_of_last_status_update": ""}])
    (error,) = read([path])
    assert str(error) == (
        f"{path}: does not tell when it was published; take the workbook (XLSX), which says when it was saved"
    )


def test_what_is_no_company_or_says_nothing_here_is_counted(tmp_path: Path) -> None:
    rows = [
        ACME,
        ACME,
        ACME | {"ID_Code": "CTR-0001", "Entity_type": "Country"},
        ACME | {"ID_Code": "COM-9002", "End_target": "Carbon wonder", "Interim_target": "Other"},
        ACME | {"ID_Code": "COM-9003", "Interim_target_percentage_reduction": 145},
        ACME | {"ID_Code": "COM-9004", "Interim_target_baseline_year": 2031},
        ACME
        | {
            "ID_Code": "COM-9005",
            "Status_of_end_target": "Sung",
            "Date_of_last_status_update": 2024,
        },
        ACME | {"ID_Code": "COM-9006", "Date_of_last_status_update": 2030},
    ]
    _, _, left_out = together(read([snapshot(tmp_path, *rows, day=date(2031, 1, 1))]))
    assert left_out == {
        "rows without a name or a code of their own": 1,
        "rows about countries, regions and cities": 1,
        "end targets of a kind that is not known here": 1,
        "interim targets without a number": 1,
        "cuts without a percentage that is one": 1,
        "base years that cannot be": 1,
        "statuses that are not known here": 1,
    }


OTHER = ACME | {
    "End_target": "Other",
    "End_target_year": 2024,
    "Date_of_last_status_update": 2021,
    "Interim_target": "",
}


@pytest.mark.parametrize(
    "later",
    [
        OTHER | {"Date_of_last_status_update": 2025},
        OTHER | {"End_target_year": "", "Date_of_last_status_update": 2025},
        OTHER | {"End_target_year": 2040, "Date_of_last_status_update": 2025},
        OTHER
        | {"End_target": "Net zero", "End_target_year": 2050, "Date_of_last_status_update": 2025},
        OTHER | {"End_target": "Net zero", "Status_of_end_target": "Achieved (self-declared)"},
        OTHER | {"End_target": "No target"},
    ],
    ids=["still", "without a year", "other year", "other target", "other target achieved", "none"],
)
def test_no_later_snapshot_makes_an_earlier_target_missed_or_met(
    tmp_path: Path, later: dict[str, Any]
) -> None:
    first = snapshot(tmp_path, OTHER, day=date(2022, 12, 20))
    second = snapshot(tmp_path, later | {"Country": "RUR"}, day=date(2026, 1, 31))
    found = verdicts(built(tmp_path, first, second), "net-zero-tracker/COM-9001", "2026-06-01")
    assert ("2024-12-31", "undetermined", "no-report") in found


def test_target_that_is_achieved_is_met(tmp_path: Path) -> None:
    first = snapshot(tmp_path, OTHER, day=date(2022, 12, 20))
    done = OTHER | {
        "Status_of_end_target": "Achieved (self-declared)",
        "Date_of_last_status_update": 2023,
    }
    second = snapshot(tmp_path, done, day=date(2026, 1, 31))
    found = verdicts(built(tmp_path, first, second), "net-zero-tracker/COM-9001", "2026-06-01")
    assert [verdict for _, verdict, _ in found] == ["met"]


@pytest.mark.parametrize(
    ("state", "own_word"),
    [("Achieved (self-declared)", True), ("Achieved (externally validated)", None)],
)
def test_what_a_company_declares_itself_is_marked_as_its_own_word(
    tmp_path: Path, state: str, own_word: object
) -> None:
    first = snapshot(tmp_path, OTHER, day=date(2022, 12, 20))
    done = OTHER | {"Status_of_end_target": state, "Date_of_last_status_update": 2023}
    second = snapshot(tmp_path, done, day=date(2026, 1, 31))
    graph = built(tmp_path, first, second)
    (row,) = graph.ask("outcome", company="net-zero-tracker/COM-9001", today=date(2026, 6, 1))
    assert (str(row["verdict"]), row["ownCount"]) == ("cp:met", own_word)


def test_indicator_that_does_not_ship_with_the_articles_is_described_as_the_tables_have_it(
    tmp_path: Path,
) -> None:
    _, things, _ = together(read([snapshot(tmp_path, ACME)]))
    text = (data_folder() / "tables" / "indicators.ttl").read_text(encoding="utf-8")
    described = things["net-carbon-dioxide"]
    assert f'rdfs:label "{described["label"]}"@en' in text
    assert f'skos:definition "{described["definition"]}"@en' in text


def test_snapshot_is_known_by_its_columns_as_a_workbook_and_as_csv(tmp_path: Path) -> None:
    book = snapshot(tmp_path, ACME)
    text = write_csv(tmp_path / "nzt.txt", HEADER, [ACME], GROUPS)
    assert {format_of(path) for path in (book, text, SHIPPED)} == {"net-zero-tracker"}
    assert "net-zero-tracker-2024-12-31" in together(read([text]))[1]


def test_snapshot_without_companies_is_told_in_one_sentence(tmp_path: Path) -> None:
    (error,) = read([snapshot(tmp_path, ACME | {"Entity_type": "City"})])
    assert isinstance(error, SourceError)
    assert str(error).endswith(": has no row about a company")


def test_table_beside_its_mapping_is_told_what_is_wrong_with_it_though_its_header_is_of_a_format(
    run: Any, tmp_path: Path
) -> None:
    table = tmp_path / SHIPPED.name
    for path in SHIPPED.parent.glob(f"{SHIPPED.stem}*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    table.write_text(table.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    nothing = f"{table}: has no row to say anything with; it needs one, or is left out"
    assert run("check", table).stdout == f"{nothing}\n"
    done = run("build", table, "--store", tmp_path / "store")
    assert (done.exit_code, done.stderr) == (3, f"kg: {nothing}\n")
    table.with_suffix(".rq").unlink()
    assert f"{table}: is a published file (net-zero-tracker: " in run("check", table).stdout


def test_table_of_no_format_without_a_mapping_beside_it_is_told_what_it_needs(
    run: Any, tmp_path: Path
) -> None:
    table = write_csv(tmp_path / "shops.csv", ["firm", "shops"], [{"firm": "Acme", "shops": 20}])
    assert run("check", table).stdout == (
        f"{table}: is a table, and no mapping shops.rq lies beside it; kg import -m takes one from elsewhere\n"
    )
    table.unlink()
    assert run("check", table).stdout == f"{table}: cannot be read: No such file or directory\n"
