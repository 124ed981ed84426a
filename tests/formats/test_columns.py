"""A published table is known by its columns; what is none is known to be none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.formats.columns import has_columns
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
