"""A hostile file ends in one sentence with its name, code 3, and nothing written, whatever it claims to be."""

from __future__ import annotations

import struct
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats import archives, bounds, opening
from kg.formats.archives import open_zip
from kg.formats.bounds import iterate_json_lines, iterate_xml, load_json, parse_xml
from kg.formats.opening import HEAD, Opening, open_beginning
from kg.formats.unknown import unknown_problem
from kg.formats.workbooks import open_workbook
from tests.formats.files import DOCTYPE, pledges, workbook, zipped
from tests.steps import steps
from tests.work import calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

EXTERNAL = '<!DOCTYPE pledges SYSTEM "http://127.0.0.1:9/pledges.dtd">'


def nested(depth: int) -> bytes:
    """Return pledges around elements that are within each other."""
    return pledges("20", inside="<a>" * depth + "</a>" * depth)


HOSTILE = {
    "doctype": (pledges("20", before=DOCTYPE), ":1: declares a DOCTYPE, which is refused"),
    "external doctype": (pledges("20", before=EXTERNAL), ":1: declares a DOCTYPE"),
    "doctype behind a comment": (pledges("20", before=f"<!-- {'x' * 70} -->\n{DOCTYPE}"), ":2: declares a DOCTYPE"),
    "doctype in UTF-16": (pledges("20", before=DOCTYPE).decode().encode("utf-16"), ":1: declares a DOCTYPE"),
    "entity": (pledges("&a;"), ":1: is not XML: Entity 'a' not defined"),
    "deep": (nested(300), ":1: nests more than 256 elements, or has a text"),
    "cut off": (pledges("20")[:-5], ":1: is not XML"),
    "control characters": (pledges("20", inside="\x01"), ":1: is not XML"),
    "wrong bytes": (pledges("20", inside="x").replace(b"x</", b"\xff</"), ": is not XML: it has bytes that its encoding does not know"),
}  # fmt: skip


@pytest.mark.usefixtures("pledges_are_known")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_of_a_format_is_refused_in_one_sentence(
    run: Run, tmp_path: Path, name: str
) -> None:
    data, told = HOSTILE[name]
    path, out = tmp_path / "pledges.xml", tmp_path / "out.nq"
    path.write_bytes(data)
    done = run("import", path, "-o", out)
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.startswith(f"kg: {path}{told}")
    assert done.stderr.count("\n") == 1
    assert not out.exists()


def test_file_that_nests_just_within_the_bound_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(nested(200))
    assert len(parse_xml(path)) == 2


def refused(read: Callable[[Path], object], path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(SourceError) as told:
        read(path)
    return str(told.value).removeprefix(str(path))


# XML


def test_file_of_xml_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path, data = tmp_path / "a.xml", pledges("20")
    told = refused(lambda path: parse_xml(path, limit=len(data) - 1), path, data)
    assert told == ": is larger than 0 MiB; split it"
    assert len(parse_xml(path, limit=len(data))) == 1


def test_elements_are_forgotten_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(pledges(*map(str, range(5000))))
    held = []
    for number, element in enumerate(iterate_xml(path, "{*}pledge")):
        assert element.get("shops") == str(number)
        held.append(len(element.getparent()))
    assert len(held) == 5000
    assert max(held) < 1000  # what a buffer of lxml holds


def test_attribute_of_more_than_ten_megabytes_is_refused(tmp_path: Path) -> None:
    told = refused(parse_xml, tmp_path / "a.xml", pledges("2" * 10_000_001))
    assert told.startswith(
        ":1: nests more than 256 elements, or has a text, a name or an attribute"
    )


def test_document_without_a_root_and_one_in_an_unknown_encoding_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    assert refused(parse_xml, path, b"<!-- nothing -->") == ":1: is not XML: no element found"
    odd = pledges("20", before='<?xml version="1.0" encoding="klingon"?>')
    assert "encoding" in refused(parse_xml, path, odd)


# JSON


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[" * 65 + b"]" * 65, ":1: nests more than 64 brackets"),
        (b'{"a":\n' * 65, ":65: nests more than 64 brackets"),
        (b'{"a": ' + b"1" * 101 + b"}", ": has the number 11111111111111111111…, which has more than 100 digits"),
        (b'{"a": 1e999}', ": has the number 1e999, which is out of all bounds"),
        (b'{"a": NaN}', ": has the number NaN, which is none"),
        (b'{"a": [{"b": 1, "c": {}, "b": 2}]}', ": has the key 'b' twice in one object"),
        (b'{"a": "\\ud800"}', ": has half a character, such as '\\ud83d' alone"),
        (b'{"a": "\xff"}', ":1: is not UTF-8; save it as UTF-8"),
        (b'{"a": [1, 2', ":1: is not JSON: Expecting ',' delimiter"),
        (b"", ":1: is not JSON: Expecting value"),
    ],
)  # fmt: skip
def test_hostile_json_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    assert refused(load_json, tmp_path / "a.json", data) == told


def test_numbers_of_json_are_kept_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(
            '{"a": 0.10, "b": 12345678901234567890, "c": "\\ud83d\\ude00"}'.encode(encoding)
        )
        assert load_json(path) == {"a": Decimal("0.10"), "b": 12345678901234567890, "c": "😀"}


def test_line_of_json_is_told_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    told = refused(lambda path: list(iterate_json_lines(path)), path, b'{"a": 1}\n\n{"a": }\n')
    assert told == ":3: is not JSON: Expecting value"
    monkeypatch.setattr(bounds, "MAX_LINE", 20)
    told = refused(lambda path: list(iterate_json_lines(path)), path, b'1\n"' + b"x" * 20)
    assert told == ":2: has a line of more than 20 bytes"


# Archives and workbooks


def read_zip(path: Path) -> bytes:
    with open_zip(path) as archive:
        return archive.read(archive.namelist()[0])


def test_archive_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert read_zip_of(path, b" " * archives.FREE) == archives.FREE
    told = refused(read_zip, path, zipped({"a": b" " * (archives.FREE + 1)}))
    assert told == ": swells to more than 200 times its size"


def read_zip_of(path: Path, data: bytes) -> int:
    path.write_bytes(zipped({"a": data}))
    return len(read_zip(path))


def test_archive_of_too_many_files_or_too_large_together_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = tmp_path / "a.zip", zipped(dict.fromkeys("abc", b"x"))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    assert refused(read_zip, path, data) == ": holds more than 2 files"
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    monkeypatch.setattr(archives, "MAX_SWOLLEN", 2)
    assert refused(read_zip, path, data) == ": swells to more than 0 MiB; split it"
    monkeypatch.setattr(archives, "MAX_LIST", 10)
    assert refused(read_zip, path, data).startswith(": is not a zip archive: it lists more than")


def test_archive_that_is_cut_off_damaged_or_locked_is_told(tmp_path: Path) -> None:
    path, data = tmp_path / "a.zip", zipped({"a": b"words " * 100})
    assert refused(read_zip, path, data[:-30]) == ": is not a zip archive: its end is not there"
    at = data.index(b"a") + 5
    damaged = data[:at] + bytes(255 - byte for byte in data[at : at + 4]) + data[at + 4 :]
    assert refused(read_zip, path, damaged).startswith(": is not a zip archive")
    flags = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", flags, data.index(mark) + place, 1)
    assert refused(read_zip, path, bytes(flags)) == ": is locked by a password"


def read_workbook(path: Path) -> list[list[object]]:
    with open_workbook(path) as book:
        return [[cell.value for cell in row] for row in book.rows(book.sheets[0])]


def test_workbook_that_takes_cells_out_of_other_files_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["firm", "shops"], ["Acme", 20]]))
    assert read_workbook(path) == [["firm", "shops"], ["Acme", 20]]
    linked = workbook([["firm"]], **{"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    told = (
        ": takes cells out of other files; break its links in the spreadsheet program, and save it"
    )
    assert refused(read_workbook, path, linked) == told
    done = run("import", path)
    assert (done.exit_code, done.stderr) == (3, f"kg: {path}{told}\n")


def test_workbook_with_a_doctype_or_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    odd = workbook([["firm"]], **{"xl/odd.xml": DOCTYPE.encode() + b"<odd/>"})
    assert refused(read_workbook, path, odd).startswith(": declares a DOCTYPE in one of its parts")
    whole = workbook([["firm"]])
    assert refused(read_workbook, path, whole[: len(whole) // 2]).startswith(": is not XLSX: ")
    strings = whole.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    scrambled = whole[:strings] + bytes(255 - one for one in whole[strings : strings + 40]) + whole[strings + 40 :]  # fmt: skip
    assert refused(read_workbook, path, scrambled).startswith(": is not XLSX: ")
    data = BytesIO(whole)
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>")
    assert refused(read_workbook, path, data.getvalue()).startswith(": is not XLSX: ")


# What a file is known by


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 100, b"\xff\xfe", b"\xff\xfe<", b"PK\x03\x04", b"<", b"<a", b"<a b='", b"{", b'{"', b'{"a', b"[[[[", b"}}}",
        b'"' * HEAD, b'{"' + b'\\"' * (HEAD // 2), b"{" * HEAD, b"<a>" * (HEAD // 3), b"," * HEAD, b'"\n' * (HEAD // 2),
        DOCTYPE.encode() + b"<a>&a;</a>", b"\xef\xbb\xbf" + pledges("20"), bytes(range(256)) * 9,
    ],
)  # fmt: skip
def test_nothing_that_a_file_begins_with_makes_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    seen = open_beginning(path)
    assert seen.text is None or isinstance(seen.text, str)
    assert isinstance(seen.json, dict)
    assert isinstance(seen.rows, tuple)
    assert (seen.sheets, seen.members) == ({}, frozenset())
    assert str(unknown_problem(seen)).startswith(str(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_xml_is_known_by_its_root_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    data = pledges("20", before='<?xml version="1.0" encoding="ENC"?>', firm="Açme").decode()
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    path = tmp_path / "a"
    path.write_bytes(data.replace("ENC", name).encode(encoding))
    top = open_beginning(path).xml
    assert top is not None
    assert (top.name, top.namespace, top.attributes["day"]) == (
        "pledges", "https://pledges.example/2020", "2020-01-31",
    )  # fmt: skip
    assert parse_xml(path)[0].get("firm") == "Açme"


def test_file_with_a_doctype_is_still_known_so_that_its_reader_refuses_it(tmp_path: Path) -> None:
    seen = Opening(tmp_path, pledges("20", before=DOCTYPE))
    assert seen.xml is not None
    assert seen.xml.name == "pledges"


@pytest.mark.parametrize("piece", ['"', '\\"', "{", "a", '{"a":', "[,"])
def test_work_on_a_beginning_grows_with_its_length(tmp_path: Path, piece: str) -> None:
    def work(many: int) -> int:
        text = "{" + piece * many
        called = calls(lambda: Opening(tmp_path, text.encode()).json)
        return called + steps(opening._TOKEN, text)

    assert work(1000) < 3 * work(500)
