"""Copies that cannot be held against what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import SourceError
from tests.conftest import TEXT

if TYPE_CHECKING:
    from pathlib import Path


def test_text_of_another_normaliser_is_told_and_its_spans_are_left(
    acme: Path, tmp_path: Path
) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text().replace("nfc-lf-1", "by-hand"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "gazette-2020.txt").write_text(TEXT)
    (check,) = kg.build([acme], check=False).verify(tmp_path / "texts")
    assert check.what == "gazette-2020"
    assert check.problem == "its text was normalised by by-hand, which is not known here"


def test_table_that_cannot_be_read_is_told(small: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").mkdir()
    with pytest.raises(SourceError, match=r"odd\.csv: is a folder"):
        small.verify(tmp_path)
