"""Values beyond the range of the engine are told by file and line, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import XSD, unrounded
from kg.pipeline.ranges import find_beyond_range
from kg.query import Index

if TYPE_CHECKING:
    from pathlib import Path

BEYOND = [
    ("170141183460469231732", "decimal"), ("-0.0000000000000000001", "decimal"),
    ("9223372036854775808", "integer"), ("18446744073709551615", "unsignedLong"),
    ("9223372036854775808-01-01", "date"), ("2020-01-01T00:00:00.1234567890123456789Z", "dateTime"),
    ("9999999999999999999-01-01T00:00:00Z", "dateTimeStamp"), ("99999999999999999999", "gYear"),
    ("P99999999999999999999Y", "duration"), ("PT0.1234567890123456789S", "dayTimeDuration"),
    ("1e400", "double"), ("-1E39", "float"), ("1e-400", "double"), ("1.5e-60", "float"),
]  # fmt: skip
WITHIN = [
    ("170141183460469231731", "decimal"), ("12345678901234567890.12345678901234567", "decimal"),
    ("1.0000000000000000000000", "decimal"), ("0000000000000000000000000005", "integer"),
    ("9223372036854775807", "integer"), ("2020-01-01T00:00:00.123456789012345678", "dateTime"),
    ("0e400", "double"), ("0.0E-400", "float"), ("INF", "double"), ("1e30", "float"), ("1e300", "double"),
    ("123456789012345678901x", "decimal"), ("9223372036854775808-13-01", "date"), ("12345678901234567890", "string"),
]  # fmt: skip


def quads(text: str, kind: str) -> bytes:
    return f'<urn:s> <urn:p> "{text}"^^<{XSD}{kind}> <urn:g> .\n'.encode()


@pytest.mark.parametrize(("text", "kind"), BEYOND)
def test_value_that_cannot_be_computed_with_is_told(text: str, kind: str) -> None:
    (hint,) = find_beyond_range(quads(text, kind))
    assert (hint.node, hint.path, hint.value, hint.violation) == ("urn:s", "urn:p", text, False)
    index = Index.of(quads(text, kind))
    # Such a number is neither above nor below another one, or it is infinite or zero.
    compared = "SELECT ?v { ?s ?p ?v FILTER (?v > 0 && ?v < 1e300 || ?v < 0 && ?v > -1e300) }"
    assert not list(index.query(compared))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind"), WITHIN)
def test_value_that_can_be_computed_with_or_is_none_is_not_told(text: str, kind: str) -> None:
    assert find_beyond_range(quads(text, kind)) == []


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("500000000.000000006643777536", "500000000"), ("24999999999.999997858287714304", "25000000000"),
        ("1.100000000000000128", "1.1"), ("0.30000000000000004", "0.3"), ("-9.999999999999999999", "-10"),
    ],
)  # fmt: skip
def test_number_that_doubles_left_is_told_with_the_one_that_is_meant(
    number: str, meant: str
) -> None:
    (hint,) = find_beyond_range(quads(number, "decimal"))
    assert f"is {meant} but for its last digits" in hint.message
    assert not hint.violation


def test_the_engine_casts_a_double_to_such_a_number() -> None:
    # Where this ends, so may the hint.
    answer = Index.of(b"").query(
        "SELECT (<http://www.w3.org/2001/XMLSchema#decimal>(5e8) AS ?v) {}"
    )
    ((value,),) = answer  # type: ignore[misc]
    assert unrounded(value.value) == "500000000"


@pytest.mark.parametrize(
    "number",
    [
        "33.333333333333333333",
        "0.125",
        "10000000000000001",
        "0.000000000000000001",
        "1234567.123456789012345678",
    ],
)
def test_number_with_digits_of_its_own_is_not_told(number: str) -> None:
    assert find_beyond_range(quads(number, "decimal")) == []


def test_check_tells_such_a_value_by_file_and_line_and_the_build_keeps_it(tmp_path: Path) -> None:
    large = "123456789012345678901234567890"
    path = tmp_path / "large.nt"
    path.write_text(
        f'<urn:a> <urn:size> "5"^^<{XSD}decimal> .\n<urn:a> <urn:mass> "{large}"^^<{XSD}decimal> .\n'
    )
    report = kg.check([path])
    assert report.conforms
    (hint,) = report.hints
    assert str(hint).startswith(f"{path}:2: urn:a urn:mass ({large}): This has more digits")
    (row,) = kg.build([path]).query("SELECT ?v { <urn:a> <urn:mass> ?v }").rows
    assert str(row[0]) == large
