"""Tables are read as they are written: with semicolons, in code pages, with rows before the header."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.base import SourceError
from kg.tables import records
from kg.tables.dialect import MOST_SKIPPED, Dialect
from kg.tables.metadata import metadata_path
from kg.tables.table import Table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = [
    {"name": "firm"},
    {"name": "n", "datatype": {"base": "decimal", "format": {"decimalChar": ","}}},
]


def table(folder: Path, data: str | bytes, dialect: Any = None, name: str = "t.csv") -> Table:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    whole = {"@context": "http://www.w3.org/ns/csvw", "@id": "t", "url": name}
    whole |= {"tableSchema": {"columns": COLUMNS}} | (
        {} if dialect is None else {"dialect": dialect}
    )
    metadata_path(path).write_text(json.dumps(whole), encoding="utf-8")
    return Table(path)


def cells(made: Table) -> list[str]:
    lots = list(made.lots())
    assert not [fault for lot in lots for fault in lot.faults]
    return [line.split('"')[1] for lot in lots for line in lot.triples()]


def rows(made: Table) -> list[int]:
    return [number for lot in made.lots() for number in lot.numbers]


SEMICOLON = {"delimiter": ";"}
ANSI = {**SEMICOLON, "encoding": "windows-1252"}
PLAIN = "firm;n\r\nMüller;20,5\r\n"


@pytest.mark.parametrize(
    ("data", "dialect"),
    [
        (PLAIN, SEMICOLON),
        (PLAIN.encode("utf-8-sig"), SEMICOLON),  # "CSV UTF-8" of a spreadsheet
        (PLAIN.encode("cp1252"), ANSI),  # its plain "CSV"
        (PLAIN.encode("mac-roman"), {**SEMICOLON, "encoding": "macintosh"}),
        (PLAIN.replace(";", "\t").encode("utf-16"), {"delimiter": "\t", "encoding": "utf-16"}),
        ("sep=;\r\n" + PLAIN, {**SEMICOLON, "skipRows": 1}),
        (PLAIN.replace("Müller", "'Müller'"), {**SEMICOLON, "quoteChar": "'"}),
        (PLAIN.replace(";", "; "), {**SEMICOLON, "skipInitialSpace": True}),
        (PLAIN.replace(";", " ; "), {**SEMICOLON, "trim": True}),
        ("x;" + PLAIN.replace("\r\nM", "\r\n1;M"), {**SEMICOLON, "skipColumns": 1}),
        (PLAIN + "# the end;0\r\n", {**SEMICOLON, "commentPrefix": "#"}),
        (PLAIN + ";\r\n", {**SEMICOLON, "skipBlankRows": True}),
        (PLAIN.partition("\r\n")[2], {**SEMICOLON, "header": False}),
        ("Plans;\r\n" + PLAIN, {**SEMICOLON, "headerRowCount": 2}),  # a row of groups above the header
    ],
)  # fmt: skip
def test_a_table_is_read_as_its_dialect_says(data, dialect, tmp_path):
    assert cells(table(tmp_path, data, dialect)) == ["Müller", "20.5"]


def test_tabs_stand_between_the_cells_of_a_tsv(tmp_path):
    assert cells(table(tmp_path, PLAIN.replace(";", "\t"), name="t.tsv")) == ["Müller", "20.5"]
    assert cells(table(tmp_path, PLAIN, SEMICOLON, name="t.tsv")) == ["Müller", "20.5"]


def test_rows_are_numbered_as_they_stand_in_the_file(tmp_path):
    data = "Plans\n\nfirm;n\nAcme;1\n;\n# 2;\nBolt;2\n"
    dialect = {**SEMICOLON, "skipRows": 2, "skipBlankRows": True, "commentPrefix": "#"}
    assert rows(table(tmp_path, data, dialect)) == [4, 7]


def test_without_a_dialect_a_hash_is_a_character_like_any_other(tmp_path):
    assert cells(table(tmp_path, 'firm,n\n#1 Works,"1,5"\n')) == ["#1 Works", "1.5"]


def test_a_header_in_one_piece_is_told_with_what_to_do(tmp_path):
    with pytest.raises(SourceError, match="if ';' stands between its cells") as told:
        rows(table(tmp_path, PLAIN))
    assert '"dialect": {"delimiter": ";"}' in told.value.problem


def test_a_mark_of_utf_8_before_what_is_said_to_be_of_another_encoding_is_told(tmp_path):
    with pytest.raises(SourceError, match='leave "encoding" out of the dialect'):
        rows(table(tmp_path, ("\ufeff" + PLAIN).encode(), {**SEMICOLON, "encoding": "cp1252"}))


def test_a_text_in_another_encoding_is_told_with_its_line_and_what_to_do(tmp_path):
    with pytest.raises(
        SourceError, match=r"t\.csv:2: is not UTF-8; save it as UTF-8, or name"
    ) as told:
        rows(table(tmp_path, PLAIN.encode("cp1252"), SEMICOLON))
    assert '"dialect": {"encoding": "windows-1252"}' in told.value.problem
    with pytest.raises(SourceError, match=r"is not in ascii, as t\.csv-metadata\.json says"):
        rows(table(tmp_path, PLAIN, {**SEMICOLON, "encoding": "us-ascii"}))


@pytest.mark.parametrize(
    "given",
    [
        "http://127.0.0.1:9/d.json",
        {"delimeter": ";"},
        {"delimiter": ";;"},
        {"delimiter": ""},
        {"delimiter": "\n"},
        {"encoding": "rot13"},
        {"encoding": "unicode_escape"},
        {"encoding": "no-such"},
        {"encoding": 8},
        {"header": "no"},
        {"skipRows": -1},
        {"skipRows": MOST_SKIPPED + 1},
        {"headerRowCount": True},
        {"trim": "both"},
        {"lineTerminators": "|"},
        {"quoteChar": ""},
    ],
)
def test_a_dialect_that_means_nothing_is_refused(given):
    with pytest.raises(ValueError, match=r"^has "):
        Dialect.of(given)


def test_a_line_without_an_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "MAX_LINE", 1000)
    with pytest.raises(SourceError, match=r"t\.csv:3: has a line of more than 1,000 characters"):
        rows(table(tmp_path, PLAIN + "x" * 2000, SEMICOLON))


def test_a_table_of_nothing_but_what_is_passed_over_is_empty(tmp_path):
    with pytest.raises(SourceError, match="is empty"):
        rows(table(tmp_path, "a;b\n", {**SEMICOLON, "skipRows": 1}))


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (PLAIN.encode("utf-16"), "utf-16"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.replace("ü", "u").encode("utf-16-le"), "utf-16-le"),  # which is UTF-8 as well
        (PLAIN.replace("ü", "u").encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("cp1252"), "windows-1252"),
        (PLAIN.replace("ü", "’–“").encode("cp1252"), "windows-1252"),
        (PLAIN.replace("Müller", "アクメ").encode("shift_jis"), None),
        (PLAIN.replace("Müller", "株式会社").encode("gbk"), None),
        (PLAIN.replace("Müller", "Рога и копыта").encode("cp1251"), None),
        (PLAIN.replace("Müller", "Ελλάδα").encode("cp1253"), None),
    ],
)
def test_hint_names_the_encoding_that_it_is_and_none_where_that_cannot_be_told(
    data, hint, tmp_path
):
    with pytest.raises(SourceError) as told:
        rows(table(tmp_path, data, SEMICOLON))
    problem = told.value.problem
    assert "\0" not in problem
    assert "encoding" in problem
    named = {name for name in ("utf-16", "utf-16-le", "utf-16-be", "windows-1252") if f'"{name}"' in problem}  # fmt: skip
    assert named == ({hint} if hint else set())
    if hint:
        assert cells(table(tmp_path, data, {**SEMICOLON, "encoding": hint}))[1] == "20.5"


def test_what_is_utf_8_after_all_is_told(tmp_path):
    with pytest.raises(SourceError, match='it is in UTF-8, so leave "encoding" out of the dialect'):
        rows(table(tmp_path, PLAIN, {**SEMICOLON, "encoding": "ascii"}))


@pytest.mark.parametrize(
    ("end", "is_open"),
    [("", False), ("Acme,20", True), ("Acme,", True), ('Acme,"20"', False), ("Acme,20\r", False)],
)
def test_last_cell_without_an_end_of_line_is_told(end, is_open, tmp_path):
    made = table(tmp_path, f"firm,n\nBolt,1\n{end}")
    assert rows(made)[0] == 2
    assert made.open_end is is_open
