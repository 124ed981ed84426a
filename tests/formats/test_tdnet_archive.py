"""A filing in the zip in which the exchange hands it out is the same filing as the document alone."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats import find_format, import_files
from kg.formats.tdnet.archive import MOST
from tests.formats.filings import Number, write_filing
from tests.formats.guidance import world

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMMARY = "XBRLData/Summary/tse-acedjpsm-99990-20260512-ixbrl.htm"
ACCOUNTS = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:jppfs_cor="http://disclosure.edinet-fsa.go.jp/taxonomy/jppfs/2025-11-01/jppfs_cor"><body>
<ix:nonFraction name="jppfs_cor:NetSales" contextRef="CurrentYearDuration" unitRef="JPY">1</ix:nonFraction></body></html>"""
BESIDE = {
    "XBRLData/Attachment/0102010-acpl01-tse-acedjpfr-99990-2026-03-31-ixbrl.htm": ACCOUNTS,
    "XBRLData/Attachment/qualitative.htm": b"<html><body/></html>",
    "XBRLData/Summary/tse-acedjpsm-99990-20260512.xsd": b"<schema/>",
}


def packed(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**BESIDE, **members}.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    return write_filing(tmp_path / "a.htm", [Number("NetSales", "8,000", moment="")])


def test_packed_filing_says_byte_for_byte_what_the_document_says(
    tmp_path: Path, filing: Path
) -> None:
    archive = packed(tmp_path / "a.zip", {SUMMARY: filing.read_bytes()})
    found = find_format(archive)
    assert found is not None
    assert found.name == "tdnet"
    alone = b"".join(import_files([filing]).lines)
    assert alone
    assert b"".join(import_files([archive]).lines) == alone
    assert b"".join(import_files([archive, filing]).lines) == alone


def test_notice_lies_where_it_likes(tmp_path: Path, filing: Path) -> None:
    archive = packed(tmp_path / "a.zip", {"tse-rvfc-99990-ixbrl.htm": filing.read_bytes()})
    assert b"".join(import_files([archive]).lines) == b"".join(import_files([filing]).lines)


def test_packed_filings_are_read_in_the_order_of_their_days(tmp_path: Path) -> None:
    documents = world(tmp_path / "alone")
    mixed = [
        packed(tmp_path / f"{9 - place}.zip", {SUMMARY: path.read_bytes()}) if place % 2 else path
        for place, path in enumerate(documents)
    ]
    assert b"".join(import_files(mixed).lines) == b"".join(import_files(documents).lines)


def test_of_several_documents_the_one_among_the_summaries_is_the_filing(
    tmp_path: Path, filing: Path
) -> None:
    other = write_filing(tmp_path / "b.htm", [Number("NetSales", "1,000", moment="")])
    members = {SUMMARY: filing.read_bytes(), "XBRLData/Attachment/b.htm": other.read_bytes()}
    archive = packed(tmp_path / "a.zip", members)
    assert b"".join(import_files([archive]).lines) == b"".join(import_files([filing]).lines)
    two = packed(
        tmp_path / "two.zip", {**members, SUMMARY.replace("99990", "2"): other.read_bytes()}
    )
    with pytest.raises(SourceError, match=r"two\.zip: holds 2 filings; unpack it, and name those"):
        import_files([two])


def test_what_is_wrong_with_a_packed_document_is_told_of_the_archive(
    tmp_path: Path, filing: Path
) -> None:
    text = filing.read_bytes()
    archive = packed(tmp_path / "a.zip", {SUMMARY: text.replace(b"</html>", b"</body>")})
    with pytest.raises(SourceError) as error:
        import_files([archive])
    assert str(error.value).startswith(f"{archive}: holds {SUMMARY}, which ")
    hostile = packed(tmp_path / "b.zip", {SUMMARY: text.replace(b"<html", b"<!DOCTYPE html [<!ENTITY a 'b'>]><html")})  # fmt: skip
    with pytest.raises(SourceError, match="DOCTYPE"):
        import_files([hostile])


def test_archive_without_a_filing_or_with_too_many_documents_is_of_no_format(
    tmp_path: Path, filing: Path
) -> None:
    assert find_format(packed(tmp_path / "a.zip", {})) is None
    many = {f"{number:03}.htm": filing.read_bytes() for number in range(MOST)}
    assert find_format(packed(tmp_path / "b.zip", many)) is None
    broken = packed(tmp_path / "c.zip", {SUMMARY: filing.read_bytes()})
    broken.write_bytes(broken.read_bytes()[:-40])
    assert find_format(broken) is None


def test_archive_of_which_the_filing_is_damaged_is_told_and_not_passed_over(
    tmp_path: Path, filing: Path
) -> None:
    archive = packed(tmp_path / "a.zip", {SUMMARY: filing.read_bytes()})
    data = bytearray(archive.read_bytes())
    start = data.index(SUMMARY.encode()) + len(SUMMARY)
    data[start : start + 20] = bytes(20)
    archive.write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.zip: is not a zip archive"):
        import_files([archive])
    with pytest.raises(SourceError, match=r"a\.zip: is not a zip archive"):
        import_files([tmp_path])
