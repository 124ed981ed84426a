"""A sheet of a workbook says what its cells hold, not what they look like."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from kg.base import SourceError
from kg.tables import workbook
from kg.tables.metadata import metadata_path
from kg.tables.table import Table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: list[dict[str, Any]] = [
    {"name": "firm", "required": True},
    {"name": "n", "datatype": "decimal"},
    {"name": "day", "datatype": "date"},
]


def book(folder: Path, rows: list[list[Any]], columns: Any = None, **said: Any) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return saved(made, folder, columns, **said)


def saved(made: openpyxl.Workbook, folder: Path, columns: Any = None, **said: Any) -> Path:
    path = folder / "t.xlsx"
    made.save(path)
    described(path, columns or COLUMNS, **said)
    return path


def described(path: Path, columns: Any, **said: Any) -> None:
    whole = {"@context": "http://www.w3.org/ns/csvw", "@id": "t", "url": path.name, **said}
    whole["tableSchema"] = {"columns": columns}
    metadata_path(path).write_text(json.dumps(whole), encoding="utf-8")


def read(path: Path) -> tuple[list[list[str]], list[str]]:
    """Return the cells of the good rows, as literals, and what is wrong with the others."""
    lots = list(Table(path).lots())
    literals: dict[str, list[str]] = {}
    for line in (line for lot in lots for line in lot.triples()):
        row, _, literal = line.removesuffix(" .\n").split(" ", 2)
        literals.setdefault(row, []).append(literal)
    return list(literals.values()), [
        str(fault).partition(".xlsx ")[2] for lot in lots for fault in lot.faults
    ]


XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(text: str, kind: str) -> str:
    return f'"{text}"^^<{XSD}{kind}>'


def test_numbers_and_days_have_their_types_whatever_the_format_of_texts_is(tmp_path):
    columns = [
        COLUMNS[0],
        {"name": "n", "datatype": {"base": "decimal", "format": {"decimalChar": ","}}},
        {"name": "day", "datatype": {"base": "date", "format": "dd.MM.yyyy"}},
    ]
    rows = [
        ["firm", "n", "day"],
        ["Acme", 20.5, dt.date(2020, 1, 31)],
        ["Bolt", "20,5", "31.01.2020"],
    ]
    good, wrong = read(book(tmp_path, rows, columns))
    assert wrong == []
    value, day = literal("20.5", "decimal"), literal("2020-01-31", "date")
    assert good == [['"Acme"', value, day], ['"Bolt"', value, day]]


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("dd/MM/yyyy", literal("2020-01-31", "date")),
        ('d. mmm yyyy "(Uhr)"', literal("2020-01-31", "date")),
        ("[$-409]d-mmm-yy", literal("2020-01-31", "date")),
        ("yyyy-mm-dd hh:mm", None),
    ],
)
def test_a_moment_that_is_shown_as_a_day_is_a_day(shape, text, tmp_path):
    # A workbook of 14,907 firms has every day at one in the morning.
    made = openpyxl.Workbook()
    made.active.append(["firm", "n", "day"])
    made.active.append(["Acme", None, dt.datetime(2020, 1, 31, 1)])  # noqa: DTZ001 - sheets know no zones
    made.active["C2"].number_format = shape
    good, wrong = read(saved(made, tmp_path))
    assert good == ([['"Acme"', text]] if text else [])
    assert bool(wrong) is (text is None)


def test_a_number_has_the_digits_that_the_sheet_shows(tmp_path):
    rows = [
        ["firm", "n", "day"],
        ["Acme", 0.1 + 0.2, None],
        ["Bolt", 1e21, None],
        ["Core", 7, None],
    ]
    good, wrong = read(book(tmp_path, rows))
    assert wrong == []
    assert [row[1] for row in good] == [
        literal(text, "decimal") for text in ("0.3", "1000000000000000000000", "7")
    ]


def test_a_percentage_is_refused_where_the_format_has_none(tmp_path):
    made = openpyxl.Workbook()
    for row in (["firm", "n", "day"], ["Acme", 0.45, None], ["Bolt", 45, None]):
        made.active.append(row)
    made.active["B2"].number_format = "0%"
    path = saved(made, tmp_path)
    good, wrong = read(path)
    assert [row[0] for row in good] == ['"Bolt"']
    (told,) = wrong
    assert told.startswith("row 2: n (45%): is no decimal; where all of the column is so")
    columns = [
        COLUMNS[0],
        {"name": "n", "datatype": {"base": "decimal", "format": "0%"}},
        COLUMNS[2],
    ]
    described(path, columns)
    good, wrong = read(path)
    assert good == [['"Acme"', literal("0.45", "decimal")]]
    assert wrong == ["row 3: n (45): is no decimal of the form 0%"]


def test_a_code_keeps_the_zeros_that_the_sheet_shows(tmp_path):
    made = openpyxl.Workbook()
    for row in (["firm", "n", "day"], [1001, None, None], [1001, None, None]):
        made.active.append(row)
    made.active["A2"].number_format = "00000"
    good, _ = read(saved(made, tmp_path))
    assert good == [['"01001"'], ['"1001"']]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!"])
def test_an_error_of_the_sheet_is_no_text(error, tmp_path):
    _, wrong = read(book(tmp_path, [["firm", "n", "day"], [error, None, None]]))
    assert wrong == [f"row 2: firm ({error}): is an error, not a value"]


def test_a_formula_that_nobody_reckoned_is_no_empty_cell(tmp_path):
    # openpyxl writes formulas and reckons nothing, as many exporting programs do.
    _, wrong = read(book(tmp_path, [["firm", "n", "day"], ["Acme", "=1+1", None]]))
    assert wrong == ["row 2: n (a formula without a result): is an error, not a value"]


def test_rows_have_the_numbers_that_the_sheet_gives_them(tmp_path):
    rows = [["Plans of 2020"], [], ["firm", "n", "day"], [], ["Acme", "many"]]
    _, wrong = read(book(tmp_path, rows, dialect={"skipRows": 2}))
    assert [told.partition(":")[0] for told in wrong] == ["row 5"]


def test_of_several_sheets_the_metadata_says_which(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "About"
    made.create_sheet("Targets 2030").append(["firm", "n", "day"])
    made["Targets 2030"].append(["Acme", 20, None])
    path = saved(made, tmp_path)
    with pytest.raises(SourceError, match="has the sheets About, Targets 2030; say which") as told:
        read(path)
    assert '"url": "t.xlsx#NAME"' in str(told.value)
    described(path, COLUMNS, url="t.xlsx#Targets%202030")
    assert read(path)[0] == [['"Acme"', literal("20", "decimal")]]
    described(path, COLUMNS, url="t.xlsx#Goals")
    with pytest.raises(SourceError, match="has no sheet 'Goals', but About, Targets 2030"):
        read(path)


def remade(path: Path, name: str, change: Any) -> None:
    """Write a workbook anew with one of its parts changed."""
    old, new = zipfile.ZipFile(path), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as out:
        for part in old.namelist():
            data = old.read(part)
            out.writestr(part, change(data) if part == name else data)
    path.write_bytes(new.getvalue())


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path):
    path = book(tmp_path, [["firm", "n", "day"], ["Acme", 20, None], ["Bolt", 30, None]])
    remade(
        path,
        "xl/worksheets/sheet1.xml",
        lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', data),
    )
    assert len(read(path)[0]) == 2


def test_a_workbook_that_swells_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = book(tmp_path, [["firm", "n", "day"], ["Acme", 20, None]])
    for name, part in (("MAX_HELD", "xl/styles.xml"), ("MAX_SWOLLEN", "xl/worksheets/sheet1.xml")):
        remade(path, part, lambda data: data + b" " * (4 << 20))
        with monkeypatch.context() as patch:
            patch.setattr(workbook, name, 1 << 20)
            with pytest.raises(SourceError, match="swells to more than 1 MiB; split it"):
                read(path)
    assert path.stat().st_size < 64 << 10


def test_a_workbook_that_takes_cells_out_of_other_files_is_refused(tmp_path):
    path = book(tmp_path, [["firm", "n", "day"], ["Acme", 20, None]])
    assert len(read(path)[0]) == 1
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    with pytest.raises(SourceError, match="takes cells out of other files; break its links"):
        read(path)


def test_what_is_no_workbook_is_refused(tmp_path):
    path = book(tmp_path, [["firm", "n", "day"]])
    whole = path.read_bytes()
    for data in (b"", b"firm,n,day\n", whole[:-100], whole[: len(whole) // 2]):
        path.write_bytes(data)
        with pytest.raises(SourceError, match="is not XLSX"):
            read(path)


def test_a_damaged_part_is_told(tmp_path):
    path = book(tmp_path, [["firm", "n", "day"], ["Acme", 20, None]])
    for part, change in (
        ("xl/worksheets/sheet1.xml", lambda data: data[:-40]),
        ("xl/workbook.xml", lambda _: b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", lambda data: data.replace(b'r="A2"', b'r="ZZZZZZZ2"')),
    ):
        whole = path.read_bytes()
        remade(path, part, change)
        with pytest.raises(SourceError):
            read(path)
        path.write_bytes(whole)


def test_a_sheet_has_no_more_rows_than_a_spreadsheet(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 100)
    path = book(tmp_path, [["firm", "n", "day"], ["Acme", 20, None]])
    remade(
        path,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b'<row r="2"', b'<row r="2000000000"').replace(
            b'"A2"', b'"A2000000000"'
        ),
    )
    with pytest.raises(SourceError, match="has more than 100 rows"):
        read(path)


def test_a_workbook_says_what_its_csv_says(tmp_path):
    rows = [["firm", "n", "day"], ["Acme", 20.5, dt.date(2020, 1, 31)], ["Bolt", None, None]]
    one = read(book(tmp_path, rows))
    path = tmp_path / "t.csv"
    path.write_text("firm,n,day\nAcme,20.5,2020-01-31\nBolt,,\n", encoding="utf-8")
    described(path, COLUMNS)
    assert one == read(path)
    assert one[1] == []
