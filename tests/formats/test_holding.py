"""What no graph is to hold is refused whichever reader made it, with where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.base import SourceError
from kg.formats import import_files
from kg.formats.batch import Batch, element
from kg.formats.holding import MAX_TEXT, unholdable
from tests.formats.filings import Number, write_filing

if TYPE_CHECKING:
    from pathlib import Path


def test_number_with_which_nothing_can_be_computed_is_refused_with_its_element(
    tmp_path: Path,
) -> None:
    path = write_filing(tmp_path / "a.htm", [Number("NetSales", "9" * 60)])
    with pytest.raises(SourceError) as refused:
        import_files([path])
    told = str(refused.value)
    assert "has a number at /*/*[2]/*[6]/*/*/ix:nonFraction with which nothing" in told
    assert told.endswith("it has more than 20 digits before its point")


def test_text_is_read_up_to_its_bound_and_refused_beyond() -> None:
    def batch(label: str) -> Batch:
        return Batch({"id": "a"}, ({"id": "acme", "type": "Company", "label": label},))

    assert unholdable(batch("x" * MAX_TEXT)) is None
    problem = "has a text of 20,001 characters, the label of acme; up to 20,000 are read"
    assert unholdable(batch("x" * (MAX_TEXT + 1))) == problem


def test_long_texts_are_found_within_lists_and_languages() -> None:
    for value in (["a", "x" * 30_000], {"@value": "x" * 30_000, "@language": "ja"}):
        problem = unholdable(Batch({"id": "a", "rdfs:label": value}))
        assert problem is not None
        assert "30,000 characters" in problem


def test_statement_is_named_by_its_row_or_element() -> None:
    big = "1" + "0" * 20
    for key, place in (
        ("element", element("a", "/b[1]")),
        ("row", {"id": "a#row=7", "at": "row=7"}),
    ):
        problem = unholdable(
            Batch({"id": "a"}, statements=({"id": "a.1", "value": big, key: place},))
        )
        assert problem is not None
        assert f"at {place['at']} with" in problem


def test_numbers_of_twenty_digits_and_many_places_are_held() -> None:
    for number in ("9" * 20, "0." + "3" * 40, "-1", "no number"):
        assert unholdable(Batch({"id": "a"}, statements=({"id": "a.1", "value": number},))) is None
