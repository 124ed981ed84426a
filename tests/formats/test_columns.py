"""A published table is known by its columns; what is none is known to be none, whatever it is."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from kg.formats.columns import has_columns
from kg.formats.named import Codes, one_or_many
from kg.formats.opening import open_beginning

if TYPE_CHECKING:
    from pathlib import Path


def key_of(title: str) -> str | None:
    return title if title in ("firm", "shops") else None


def known(path: Path, data: bytes) -> bool:
    path.write_bytes(data)
    return has_columns(open_beginning(path), key_of, ("firm", "shops"))


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return file.getvalue()


STRINGS = b"<sst><si><t>note</t></si><si><t>firm</t></si><si><t>shops</t></si></sst>"


@pytest.mark.parametrize(
    "data",
    [
        b"firm,shops\n",
        b"\xef\xbb\xbfgroup\n\na;firm;b;shops;c\n",
        "firm\tshops\n".encode("utf-16"),
        b'"firm","shops"',
        zipped(xl__workbook=b"", xl__sharedStrings=STRINGS),
        zipped(xl__workbook=b"", xl__worksheets__sheet1=STRINGS),
    ],
)
def test_table_is_known_by_its_columns(tmp_path: Path, data: bytes) -> None:
    assert known(tmp_path / "x", data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"firm,shop\n",
        b"a\n" * 5 + b"firm,shops\n",
        b"\xff\xfe\x00",
        b'"firm,shops\n' * 100,
        b"\x00" * 1000,
        b"PK\x03\x04firm,shops",
        zipped(xl__sharedStrings=STRINGS),
        zipped(xl__workbook=b"", xl__sharedStrings=b" " * (1 << 20) + STRINGS),
        zipped(xl__workbook=b"", xl__sharedStrings=STRINGS)[:-40],
        zipped(xl__workbook=b"", xl__sharedStrings=STRINGS).replace(b"\x08\x00", b"\x63\x00"),
    ],
)
def test_what_is_no_such_table_is_known_to_be_none(tmp_path: Path, data: bytes) -> None:
    assert not known(tmp_path / "x", data)


def test_code_that_two_companies_give_is_neithers() -> None:
    from collections import Counter

    codes, left_out = Codes(), Counter[str]()
    codes.add("acme", "isin", "XX0000000010; XX0000000028", left_out)
    codes.add("bolt", "isin", "XX0000000028,NA", left_out)
    codes.add("bolt", "lei", "0" * 20, left_out)
    assert codes.shared() == 1
    assert left_out == {"ISINs that are none": 1}
    assert {name: one_or_many(its) for name, its in codes.by_company().items()} == {
        "acme": {"isin": "XX0000000010"},
        "bolt": {"lei": "0" * 20},
    }
