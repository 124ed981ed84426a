"""Whatever is damaged in a file of any format: it is read, or ends in an error of ours that names it."""

from __future__ import annotations

import csv
import json
import random
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats import find_format, formats, import_files
from tests.formats import (
    filings,
    iati_files,
    test_carbon_performance as carbon,
    test_net_zero_tracker as tracker,
    test_science_based as science,
    vsme_files,
    wikidata_files,
)
from tests.formats.files import pledges

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Maker = Callable[[Path], object]

pytestmark = pytest.mark.usefixtures("pledges_are_known")

COMPANY = {
    "id": "zz-1", "schema": "Company", "properties": {"name": ["Acme"]}, "datasets": ["zz"],
    "first_seen": "2021-03-04", "last_seen": "2024-05-06",
}  # fmt: skip


def _iati(path: Path) -> None:
    figures = '<target value="20"/><actual value="10"/>'
    inside = iati_files.result(iati_files.indicator(iati_files.period(figures)))
    iati_files.write(path.parent, iati_files.activity(inside), name=path.name)


def _filing(path: Path) -> None:
    filings.write_filing(
        path, [filings.Number("NetSales", "1,000"), filings.dividend("5", "YearEnd")]
    )


def _table(header: list[str], *rows: dict[str, object]) -> Maker:
    """Return what writes a table with all of its cells in quotation marks."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows([header, *([row.get(title, "") for title in header] for row in rows)])

    return write


MAKERS: dict[str, Maker] = {
    "pledges": lambda path: path.write_bytes(pledges("20", "", "30")),
    "tdnet": _filing,
    "iati": _iati,
    "wikidata": lambda path: wikidata_files.write_entities(
        path, wikidata_files.entity("Q1", "Q4830453", "Acme")
    ),
    "vsme": lambda path: vsme_files.write_inline(
        path, vsme_files.inline_fact(vsme_files.SCOPE_1, "now", "80")
    ),
    "carbon-performance": _table(carbon.HEADER, carbon.NEWER, carbon.OLDER),
    "science-based-targets": _table(
        science.HEADER, science.ALL_SET | {"sbti_id": "40000001", "date_updated": "2026-05-07"}
    ),
    "net-zero-tracker": _table(tracker.HEADER, tracker.ACME),
    "ftm": lambda path: path.write_text(json.dumps(COMPANY) + "\n"),
}  # fmt: skip
TOKENS = [
    b"", b"  ", b"0", b"-1", b"NaN", b"1e999", b"2014-02-30", b"0000-00-00", b"9999-12-31", b"null", b"[]", b"{}", b"true",
    b"\xe2\x88\x92", b"9" * 200, b"1,5", b"12%", b"\x00", b"\xff", b"Q0", b"://", b"../..", b"<b>", b"&a;",
]  # fmt: skip
VALUES = re.compile(rb'>[^<]{0,40}<|"[^"<>]{0,40}"')


def _damaged(data: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    at = dice.randrange(len(made))
    match dice.randrange(5):
        case 0:
            del made[at:]
        case 1:
            made[at] = dice.randrange(256)
        case 2:
            made[at:at] = made[at : at + dice.randrange(1, 200)]
        case 3:
            del made[at : at + dice.randrange(1, 50)]
        case _:
            places = [found.span() for found in VALUES.finditer(data)]
            for start, end in sorted(dice.sample(places, 2), reverse=True):
                made[start + 1 : end - 1] = dice.choice(TOKENS)
    return bytes(made)


@pytest.mark.parametrize("name", MAKERS)
def test_damaged_file_is_read_or_told(tmp_path: Path, name: str) -> None:
    whole, path = tmp_path / "whole", tmp_path / "damaged"
    MAKERS[name](whole)
    found = find_format(whole)
    assert found is not None
    assert found.name == name
    read, dice = 0, random.Random(name)  # noqa: S311 - the same every day
    for _ in range(150):
        path.write_bytes(_damaged(whole.read_bytes(), dice))
        with suppress(SourceError):
            import_files([path], name=name)
            read += 1
    assert read


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"{}", b"[]", b"null", b"<a/>", b"a,b\n1,2\n", b"PK\x03\x04"]
)
def test_file_that_is_said_to_be_of_a_format_and_is_not_is_told(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(SourceError) as told:
        import_files([path], name=name)
    assert {one.path for one in told.value.problems} == {str(path)}
