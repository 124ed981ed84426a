"""A published table is known by its columns; what is none is known to be none."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats.columns import has_columns, headed_table
from kg.formats.named import Codes, one_or_many
from kg.formats.opening import open_beginning
from tests.formats.published_tables import write_xlsx

if TYPE_CHECKING:
    from pathlib import Path


def is_known(path: Path) -> bool:
    keys = {"firm": "firm", "shops": "shops"}
    return has_columns(
        open_beginning(path), lambda title: keys.get(title.casefold()), ("firm", "shops")
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("firm,shops\n", True),
        ("of firms;;\n;;\na;Firm;  shops\n", True),
        ("firm,shop\n", False),
        ("firm;a,shops\n", False),
        ("a,b\n" * 5 + "firm,shops\n", False),
        ("", False),
        ("\0" * 1000, False),
        ("PK\x03\x04firm,shops", False),
        ('{"firm": "shops"}', False),
    ],
)
def test_text_is_known_by_the_columns_of_its_first_rows(
    tmp_path: Path, text: str, known: bool
) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8-sig")
    assert is_known(tmp_path / "x") == known


def test_workbook_is_known_by_the_columns_of_any_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x", ["shops", "note", "firm"], [], ["of firms"])
    assert is_known(path)
    path.write_bytes(path.read_bytes()[:-40])
    assert not is_known(path)


def test_code_that_two_companies_give_is_neithers() -> None:
    codes, left_out = Codes(), Counter[str]()
    codes.add("acme", "isin", "XS0000000017; XS0000000025", left_out)
    codes.add("bolt", "isin", "XS0000000025,NA", left_out)
    codes.add("bolt", "lei", "00000000000000000098", left_out)
    codes.add("bolt", "lei", "00000000000000000099", left_out)
    assert codes.shared() == 1
    assert left_out == {"ISINs that are none": 1, "LEIs that are none": 1}
    assert {name: one_or_many(its) for name, its in codes.by_company().items()} == {
        "acme": {"isin": "XS0000000017"},
        "bolt": {"lei": "00000000000000000098"},
    }


def test_published_workbook_is_held_to_the_bounds_before_it_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x", ["firm"], [{"firm": "Acme"}])
    table, saved = headed_table(path, {"firm": "firm"}.get, ("firm",))
    assert (saved, [row.cells for row in table]) == (date(2020, 1, 1), [{"firm": "Acme"}])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    with pytest.raises(SourceError, match="takes cells out of other files"):
        headed_table(path, {"firm": "firm"}.get, ("firm",))


def test_workbook_that_does_not_say_when_it_was_saved_was_not_saved_today(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x", ["firm"], [])
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "docProps/core.xml"}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert headed_table(path, {"firm": "firm"}.get, ("firm",))[1] is None
