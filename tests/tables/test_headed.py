"""A table is read by what its header says, wherever that stands, and whatever the file is called."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from kg.base import SourceError
from kg.tables import HeadedTable, headed, workbook

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"firm": "firm", "shops": "shops"}


def rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [
        tuple(row)
        for row in HeadedTable(path, lambda title: KEYS.get(title.casefold()), ("firm", "shops"))
    ]  # type: ignore[misc]


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as told:
        rows(path)
    return str(told.value).removeprefix(f"{path}")


def book(path: Path, *sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    for lines in sheets:
        sheet: Any = made.create_sheet()
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


@pytest.mark.parametrize(
    "text",
    [
        b"Firm,Shops\nAcme,20\n",
        b"\xef\xbb\xbfSHOPS;note;firm\n20;;Acme\n",
        b"firm\tshops\r\nAcme\t20\r\n",
        b"who,what\nwho,,what\n\nfirm,note,shops\nAcme,\xe9t\xe9,20\n,,\n",
        "firm,shops\nAcme,20\n".encode("utf-16"),
    ],
    ids=["plain", "mark and semicolons", "tabs", "below other rows, of the west", "utf-16"],
)
def test_text_is_read_however_it_is_separated_and_encoded(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "table"
    path.write_bytes(text)
    ((number, cells),) = rows(path)
    assert (number, cells) == (
        text.count(b"\n", 0, text.find(b"A" if b"A" in text else b"x")) + 1,
        {"firm": "Acme", "shops": "20"},
    )


def test_sheet_is_found_by_its_header_and_cells_that_are_errors_are_empty(tmp_path: Path) -> None:
    path = book(
        tmp_path / "x",
        [["read me"]],
        [
            ["of firms"],
            ["firm", None, "Shops "],
            ["Acme", 1, 20.0],
            [None, 2],
            ["Bolt", 1, "#REF!"],
        ],
    )
    assert rows(path) == [
        (3, {"firm": "Acme", "shops": "20"}),
        (4, {"firm": "", "shops": ""}),
        (5, {"firm": "Bolt", "shops": ""}),
    ]


def test_per_cent_is_what_a_spreadsheet_shows(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.append(["firm", "shops"])
    sheet.append(["Acme", 0.45])
    sheet["B2"].number_format = "0%"
    made.save(tmp_path / "x")
    assert rows(tmp_path / "x") == [(2, {"firm": "Acme", "shops": "45%"})]


def test_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = book(tmp_path / "x", [["a"]], [["firm", "shops"], ["Acme", 20]])
    table = HeadedTable(path, KEYS.get, ("firm",))
    assert table.digest == ""
    assert len(list(table)) == 1
    assert table.digest == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", ": is empty; it has not even a header"),
        (b"firm,many\nAcme,20\n", ": has no header with firm, shops in its first 5 rows"),
        (b"a\n" * 5 + b"firm,shops\n", ": has no header with firm, shops in its first 5 rows"),
        (b"firm,shops,Firm\nAcme,20,A\n", ":1: has the column 'Firm' twice"),
        (b'firm,shops\n"Acme,20\n', ":2: is not CSV: unexpected end of data"),
        (b"PK\x03\x04not a zip", ": is not XLSX: File is not a zip file"),
    ],
)
def test_what_is_no_such_table_is_told_in_one_sentence(
    tmp_path: Path, text: bytes, problem: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes(text)
    assert refusal(path) == problem


def test_table_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"firm,shops\nAcme,20\n")
    monkeypatch.setattr(headed, "MAX_BYTES", 19)
    assert len(rows(path)) == 1
    monkeypatch.setattr(headed, "MAX_BYTES", 18)
    assert "split it" in refusal(path)


def test_workbook_that_swells_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "x", [["firm", "shops"], ["Acme", 20]])
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
        size = sum(part.file_size for part in parts.infolist())
    monkeypatch.setattr(workbook, "MAX_SWOLLEN", size)
    assert len(rows(path)) == 1
    monkeypatch.setattr(workbook, "MAX_SWOLLEN", size - 1)
    assert "swells to more than" in refusal(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("note,firm,shops\nx,Acme,2", ": has no end of line behind '2' in row 2, so that it may be cut off; get it anew, or add one if it is whole"),
        ("note,firm,shops\n,Bolt,1\nx,Acme,", ": has no end of line behind '' in row 3, so that it may be cut off; get it anew, or add one if it is whole"),
        ("note,firm,shops\n,Bolt,1\nx,Ac", ": breaks off in row 3, behind 2 cells of 3; get it anew, as a whole"),
        ("note,firm,shops\nx", ": breaks off in row 2, behind 1 cell of 3; get it anew, as a whole"),
        ('note,firm,shops\nx,Acme,"2', ":2: is not CSV: unexpected end of data"),
    ],
)  # fmt: skip
def test_file_that_breaks_off_is_told(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "x"
    path.write_text(text, "utf-8")
    assert refusal(path) == problem


@pytest.mark.parametrize(
    "text", ["firm,shops,note\nAcme,20,x", 'note,firm,shops\nx,Acme,"20"', "firm,shops\nAcme,20\r"]
)
def test_file_without_an_end_of_line_is_read_where_nothing_that_counts_may_be_cut_off(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "x"
    path.write_text(text, "utf-8", newline="")
    assert [cells for _, cells in rows(path)] == [{"firm": "Acme", "shops": "20"}]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "cp1252"])
def test_text_is_read_in_utf_16_without_a_mark_too(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x"
    path.write_bytes("firm,shops\nÉtoile,20\n".encode(encoding))
    assert [cells for _, cells in rows(path)] == [{"firm": "Étoile", "shops": "20"}]


@pytest.mark.parametrize("encoding", ["shift_jis", "gbk", "euc_jp"])
def test_names_in_an_encoding_that_is_not_known_are_not_read_as_others(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes("firm,shops\nBolt,1\n株式会社,20\n".encode(encoding))
    assert refusal(path) == ":3: is neither UTF-8 nor windows-1252; save it as UTF-8"
