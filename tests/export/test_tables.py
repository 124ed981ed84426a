"""Tables of statements: Parquet as DuckDB and polars read it, a workbook as openpyxl does, CSV as spreadsheets do."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import openpyxl
import polars as pl
import pytest

import kg
from kg.base import MissingExtraError, OutputError
from kg.export import parquet, xlsx
from kg.export.columns import NAMES
from kg.export.csv import safe_text, sheet
from kg.export.tables import TABLES, each_row
from tests.benchmarks.generate import write_nquads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.export.columns import ExportColumn

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://a","b")']


class Table(NamedTuple):
    columns: Sequence[ExportColumn]
    rows: list[list[Any]]


def read(graph: kg.Graph, today: date | None = None) -> dict[str, Table]:
    tables = {table.name: Table(table.columns, []) for table in TABLES}
    for table, row in each_row(graph, today):
        tables[table.name].rows.append(row)
    return tables


@pytest.fixture(scope="module")
def tables(graph: kg.Graph) -> dict[str, Table]:
    return read(graph)


@pytest.fixture(scope="module")
def folder(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    for name, data in graph.export_files("parquet").items():
        (folder / name).write_bytes(data)
    return folder


def test_every_statement_is_in_the_table_of_its_class(
    graph: kg.Graph, tables: dict[str, Table]
) -> None:
    for kind, name in NAMES.items():
        rows = graph.query(f"SELECT DISTINCT ?s {{ ?s a cp:{kind} ; cp:source ?x }}").rows
        assert {row[0] for row in tables[name].rows} == {slug for (slug,) in rows}
        assert len(tables[name].rows) == len(rows)
    assert len(tables["targets"].rows) > 100


def cells(table: Table, slug: str) -> dict[str, Any]:
    (row,) = (row for row in table.rows if row[0] == slug)
    names = [column.name for column in table.columns]
    return {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}


def test_row_says_what_its_statement_says_and_where(tables: dict[str, Table]) -> None:
    assert cells(tables["targets"], "medianama-2017-03-28.3.4") == {
        "statement": "medianama-2017-03-28.3.4",
        "class": "Target",
        "says": "500 service centres by the first half of 2017, from 250",
        "about": ["xiaomi-india-service-centres"],
        "place": ["india"],
        "indicator": "service-centres",
        "value": 500.0,
        "baseline": 250.0,
        "due": date(2017, 6, 30),
        "due_precision": ["half-year", "inferred"],
        "status": "announced",
        "mode": "reporters-own",
        "note": "The half-year is named without its year, which follows from the date of publication.",
        "source": "medianama-2017-03-28",
        "title": "6 things that Xiaomi CEO Lei Jun said about future plans for India",
        "publisher": "medianama",
        "published": date(2017, 3, 28),
        "section": ["3"],
        "start": [1740],
        "end": [1828],
    }


def test_promise_has_its_verdict_as_the_question_tells_it(
    graph: kg.Graph, tables: dict[str, Table]
) -> None:
    rows = graph.ask("outcome", today=date(2026, 1, 31))
    verdicts = {str(row["promise"]): str(row["verdict"]).removeprefix("cp:") for row in rows}
    names = [column.name for column in tables["promises"].columns]
    at = names.index("verdict")
    assert {row[0]: row[at] for row in tables["promises"].rows} == verdicts
    assert {row[names.index("as_of")] for row in tables["promises"].rows} == {date(2026, 1, 31)}


def test_nothing_that_a_statement_says_is_left_out(
    graph: kg.Graph, tables: dict[str, Table]
) -> None:
    query = """SELECT ?s (COUNT(DISTINCT *) AS ?n) {
      ?s cp:source ?x ; ?p ?o GRAPH ?x { ?s ?p ?o }
      FILTER (?p NOT IN (rdf:type, cp:source, cp:evidence, cp:row)) } GROUP BY ?s"""
    said = dict(graph.query(query).rows)
    assert len(said) > 700
    for name in NAMES.values():
        columns = tables[name].columns
        for row in tables[name].rows:
            told = [
                len(cell) if isinstance(cell, list) else 1
                for column, cell in zip(columns, row, strict=True)
                if column.property and cell is not None
            ]
            assert sum(told) >= said[row[0]], row[0]


# Parquet


def test_polars_and_duckdb_read_the_same_rows_and_types(
    folder: Path, tables: dict[str, Table]
) -> None:
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        frame = pl.read_parquet(path)
        assert frame.rows() == [tuple(row) for row in table.rows]
        assert duckdb.read_parquet(str(path)).fetchall() == [tuple(row) for row in table.rows]
    types = pl.read_parquet_schema(folder / "targets.parquet")
    assert (types["due"], types["value"], types["about"]) == (
        pl.Date,
        pl.Float64,
        pl.List(pl.String),
    )
    empty = pl.read_parquet_schema(folder / "retractions.parquet")
    assert empty["corrects"] == pl.List(pl.String)


def test_duckdb_joins_promises_with_their_evidence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    rows = duckdb.sql("""
        SELECT p.says, o.says, o.published FROM 'promises.parquet' p
        JOIN 'observations.parquet' o ON o.statement = p.rests_on
        WHERE p.verdict = 'met' AND list_contains(p.company, 'xiaomi') AND o.value >= p.aim
          AND p.promise = 'medianama-2017-03-28.3.4'""").fetchall()
    assert rows == [
        (
            "500 service centres by the first half of 2017, from 250",
            "500 service centres in India in June 2017",
            date(2018, 6, 30),
        )
    ]


def test_file_is_the_same_whatever_portions_its_rows_come_in(
    graph: kg.Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert graph.export_files("parquet") == before
    monkeypatch.setattr(parquet, "_PORTION", 7)
    for name, data in graph.export_files("parquet").items():
        assert pl.read_parquet(data).equals(pl.read_parquet(before[name]))


def test_rows_are_in_groups_that_are_skipped_as_a_whole(
    graph: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_PORTION", 9)
    monkeypatch.setattr(parquet, "_ROWS", 50)
    path = tmp_path / "relations.parquet"
    path.write_bytes(graph.export_files("parquet")[path.name])
    groups = duckdb.execute(
        "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(?) ORDER BY 1",
        [str(path)],
    ).fetchall()
    rows = pl.read_parquet(path).height
    assert rows > 100
    assert [number for _, number in groups] == [50] * (rows // 50) + [rows % 50]


# How promises stand


@pytest.mark.parametrize("day", ["2017-04-01", "2017-12-31", "2020-06-30", "2026-01-31"])
def test_promises_are_what_the_question_tells(graph: kg.Graph, day: str) -> None:
    assert_told(graph, date.fromisoformat(day))


def test_promises_of_a_world_are_what_the_question_tells(tmp_path: Path) -> None:
    write_nquads(tmp_path / "world.nq", 4_000)
    world = kg.build([tmp_path / "world.nq"], shipped=False, check=False)
    for day in (date(2012, 6, 30), date(2016, 1, 1), date(2024, 12, 31)):
        assert_told(world, day)


def test_promise_of_two_companies_has_both_and_one_row(acme: Path) -> None:
    (acme / "more.ttl").write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix id: <https://w3id.org/corporate-plans/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'id:apex a cp:Company ; rdfs:label "Apex" .\n'
        "id:gazette-2020.1 cp:promisedBy id:apex, id:acme .\n"
    )
    both = kg.build([acme], shipped=False, check=False)
    assert_told(both, date(2021, 1, 1))
    (row,) = read(both)["promises"].rows
    assert row[2] == ["acme", "apex"]


def assert_told(graph: kg.Graph, day: date) -> None:
    """Hold the table of promises against the canned question, column by column."""
    asked: dict[str, dict[str, set[Any]]] = {}
    for answer in graph.ask("outcome", today=day):
        own = asked.setdefault(str(answer["promise"]), {})
        for key, value in answer.items():
            own.setdefault(key, set())
            own[key] |= set() if value is None else {value}
    columns, rows = read(graph, day)["promises"]
    assert [row[0] for row in rows] == sorted(asked)
    assert len(rows) > 0
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if column.property:
                told = asked[row[0]][column.property]
                cells = cell if isinstance(cell, list) else [] if cell is None else [cell]
                assert cells == [shortest(one) for one in sorted(told, key=str)], (row[0], column)


def shortest(value: Any) -> Any:
    """Return a value as a cell has it."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    return value if isinstance(value, date | bool) else str(value).removeprefix("cp:")


# CSV


def read_csv(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_all_statements_in_one_table(graph: kg.Graph, tables: dict[str, Table]) -> None:
    rows = read_csv(graph.export("csv"))
    assert len(rows) == sum(len(tables[name].rows) for name in NAMES.values()) > 700
    (target,) = [row for row in rows if row["statement"] == "medianama-2017-03-28.3.4"]
    assert (target["value"], target["due"], target["class"]) == ("500", "2017-06-30", "Target")
    assert len({one for table in TABLES[:-1] for one in table.columns}) == len(target)


def test_no_cell_of_csv_is_a_formula_and_numbers_stay_numbers() -> None:
    numbers = [-1.5, -2, 1e16, 0.1, 20.0]
    rows = [[text] for text in FORMULAS] + [[[text, "x"]] for text in FORMULAS]
    data = sheet(["a"], [*rows, *([number] for number in numbers), [True], [None]])
    read = [row["a"] for row in read_csv(data)]
    assert all(cell.startswith("'") for cell in read[: 2 * len(FORMULAS)])
    assert read[: len(FORMULAS)] == [f"'{text}" for text in FORMULAS]
    assert list(map(float, read[2 * len(FORMULAS) : -2])) == numbers
    assert read[-2:] == ["TRUE", ""]


@pytest.mark.parametrize("text", ["a=b", "Mi-5", "3G", "", "(-1)", "'quoted'"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


# Workbooks


def test_openpyxl_reads_each_sheet_with_its_types(
    graph: kg.Graph, tables: dict[str, Table]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(graph.export("xlsx")))
    assert book.sheetnames[0] == "promises"
    assert set(book.sheetnames) == set(tables)
    for name, table in tables.items():
        head, *rows = book[name].iter_rows(values_only=True)
        assert list(head) == [column.name for column in table.columns]
        assert rows == [tuple(map(shown, row)) for row in table.rows]


def shown(value: Any) -> Any:
    """Return a cell as a sheet has it."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - sheets know no zones
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value


def test_workbook_has_no_formula_and_no_link_whatever_texts_are(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    notes = ["=1+1", "http://example.org/", "{=A1}", "mailto:a@b"]
    blocks = path.read_text().split("  - id: ")
    more = "".join(
        f"  - id: {blocks[1].replace('2020.1', f'2020.{number}').replace('value: 20', f'value: {number}')}"
        f'    note: "{note}"\n'
        for number, note in enumerate(notes, 2)
    )
    path.write_text(path.read_text() + more)
    data = kg.build([acme], shipped=False, check=False).export("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    written = [cell for row in book["targets"].iter_rows() for cell in row if cell.value in notes]
    assert [cell.value for cell in written] == notes
    assert {cell.data_type for cell in written} == {"s"}
    assert not any(cell.hyperlink for row in book["targets"].iter_rows() for cell in row)


def test_workbook_holds_no_day_on_which_it_was_written(graph: kg.Graph) -> None:
    book = zipfile.ZipFile(io.BytesIO(graph.export("xlsx")))
    assert {one.date_time[0] for one in book.infolist()} == {1980}
    assert b"2026-01-31T00:00:00Z" in book.read("docProps/core.xml")


def test_workbook_refuses_what_a_sheet_cannot_hold(
    acme: Path, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text() + f"    note: {'x' * 32_768}\n")
    out = tmp_path / "plans.xlsx"
    result = run("export", "-s", acme, "-o", out)
    assert (result.exit_code, out.exists()) == (3, False)
    assert "note of gazette-2020.1 has 32,768; take Parquet" in result.stderr
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 1)
    with pytest.raises(OutputError, match="a sheet holds 1 rows, and there are more targets"):
        kg.build([acme], shipped=False).export("xlsx")


def test_days_that_excel_miscounts_are_text(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text().replace("2030-12-31", "1900-02-28"))
    data = kg.build([acme], shipped=False, check=False).export("xlsx")
    sheet_ = openpyxl.load_workbook(io.BytesIO(data))["targets"]
    head = [cell.value for cell in sheet_[1]]
    assert sheet_[2][head.index("due")].value == "1900-02-28"


# What is wrong


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_value_that_is_none_of_its_column_is_told_and_nothing_is_written(
    acme: Path, tmp_path: Path, run, form: str
) -> None:
    (acme / "more.ttl").write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix id: <https://w3id.org/corporate-plans/id/> .\n"
        'id:gazette-2020.1 cp:baseline "many" ; cp:minimum 1, 2 ; cp:countsFrom "2030" .\n'
        "id:gazette-2020.9 a cp:Statement ; cp:source id:gazette-2020 .\n"
    )
    out = tmp_path / "plans"
    result = run("export", "-s", acme, "-f", form, "-o", out)
    assert (result.exit_code, out.exists()) == (3, False)
    assert "gazette-2020.9 is a statement of no class" in result.stderr
    assert "and 3 more; kg check names them all" in result.stderr


@pytest.mark.parametrize(("form", "library"), [("xlsx", "xlsxwriter"), ("parquet", "polars")])
def test_missing_library_is_told_with_its_extra(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"needs {library}, .* '\.\[export\]'"):
        graph.export_files(form) if form == "parquet" else graph.export(form)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_tables_of_nothing_have_their_columns(tmp_path: Path, acme: Path, run, form: str) -> None:
    out = tmp_path / "plans"
    assert run("export", "-s", acme / "things.ttl", "-f", form, "-o", out).exit_code == 0
    if form == "parquet":
        assert pl.read_parquet(out / "targets.parquet").shape[0] == 0
    elif form == "csv":
        assert read_csv(out.read_bytes()) == []
    else:
        assert openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["targets"].max_row == 1


def test_workbook_without_room_for_what_lies_aside_is_told(
    graph: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(
        OutputError,
        match=r"none: cannot be written, and a workbook.*TMPDIR names another folder\): ",
    ):
        graph.export("xlsx")
