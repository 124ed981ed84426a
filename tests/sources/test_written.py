"""Numbers and days as people write them: read exactly, or refused with what they may mean."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from kg.base import SourceError
from kg.sources.written import written_day, written_number
from kg.sources.yamlld import examine_document, read_document


def statement_of(pairs: str) -> dict[str, object]:
    text = f"id: a\nstatements:\n  - {{id: a.1, {pairs}}}\n"
    found = json.loads(read_document(text, "a.yaml").jsonld)["statements"][0]
    return {key: value for key, value in found.items() if key != "id"}


def problem_of(pairs: str) -> str:
    with pytest.raises(SourceError) as caught:
        statement_of(pairs)
    return str(caught.value)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("672 million", "672000000"),
        ("1.5 lakh crore", "1500000000000"),
        ("'5,000'", "5000"),
        ("'1,00,000'", "100000"),
        ("12 500", "12500"),
        ("4.5bn", "4500000000"),
        ("-3 million", "-3000000"),
        ("0.25 crore", "2500000"),
        ("1.50 million", "1500000"),
        ("5-million", "5000000"),
        ("5-", "5-"),
        ("20", "20"),
        ("1.50", "1.50"),
        ("0.125", "0.125"),
        ("many", "many"),
        ("half a million", "half a million"),
    ],
)
def test_a_number_with_its_scale_is_read_and_anything_else_kept(shown: str, value: str) -> None:
    assert statement_of(f"value: {shown}") == {"value": value}


@pytest.mark.parametrize(
    ("shown", "hint"),
    [
        ("1.500", "may be 1500 or 1.5; write"),
        ("1.500 million", "may be 1500000000 or 1500000; write"),
        ("1.234bn", "may be 1234000000000 or 1234000000; write"),
        ("2.375", "may be 2375 or 2.3750; write"),
        ("'5.000,00'", "may be 5000; write it so"),
        ("1.000.000", "may be 1000000; write it so"),
        ("'1,5'", "may be 1.5; write it so"),
        ("5m", "may be 5000000; write it so"),
        ("5e9", "write 5000000000"),
        ("50%", "write 50, and 'unit: PERCENT'"),
        ("$5 billion", "write 5000000000, and 'unit: USD'"),
        ("Rs 500 crore", "write 5000000000, and 'unit: INR'"),
        ("5 billion EUR", "write 5000000000, and 'unit: EUR'"),
        ("at least 500", "write 500, and 'comparator: at-least'"),
        ("10-15 billion", "write 'minimum: 10000000000' and 'maximum: 15000000000'"),
    ],
)
def test_what_is_more_than_one_number_is_refused_with_what_to_write(shown: str, hint: str) -> None:
    problem = problem_of(f"value: {shown}")
    assert problem.startswith("a.yaml:3: has '")
    assert hint in problem


@pytest.mark.parametrize(
    ("pairs", "day", "precision"),
    [
        ("due: 2024-05", "2024-05-31", ["month"]),
        ("due: 2030", "2030-12-31", ["year"]),
        ("due: by 2030", "2030-12-31", ["year"]),
        ("due: by the end of 2030", "2030-12-31", ["year"]),
        ("due: May 2024", "2024-05-31", ["month"]),
        ("due: by Sept 2024", "2024-09-30", ["month"]),
        ("due: Q3 2024", "2024-09-30", ["quarter"]),
        ("due: 2024-Q3", "2024-09-30", ["quarter"]),
        ("due: 1H 2024", "2024-06-30", ["half-year"]),
        ("due: 29 February 2024", "2024-02-29", None),
        ("due: 'February 29, 2024'", "2024-02-29", None),
        ("due: 2024-05, due_precision: month", "2024-05-31", ["month"]),
        ("due: 2024-05, due_precision: inferred", "2024-05-31", ["month", "inferred"]),
        ("due: 2024-05, due_precision: [month, inferred]", "2024-05-31", ["month", "inferred"]),
        ("due: 2024-05-31, due_precision: year", "2024-05-31", "year"),
        ("due: 2024-13", "2024-13", None),
        ("due: soon", "soon", None),
    ],
)
def test_a_month_or_a_year_is_its_last_day_with_its_precision(
    pairs: str, day: str, precision: object
) -> None:
    found = statement_of(pairs)
    assert (found["due"], found.get("due_precision")) == (day, precision)


def test_what_holds_from_a_month_holds_from_its_first_day() -> None:
    found = statement_of("from: 2024-05, until: 2025")
    assert found == {
        "from": "2024-05-01",
        "from_precision": ["month"],
        "until": "2025-12-31",
        "until_precision": ["year"],
    }
    assert statement_of("from: by 2024") == {"from": "by 2024"}


@pytest.mark.parametrize("pair", ["from: until 2030", "when: until 2030", "until: since 2024"])
def test_words_that_say_another_end_than_their_key_are_not_read(pair: str) -> None:
    key, _, shown = pair.partition(": ")
    assert statement_of(pair) == {key: shown}


def test_a_day_without_a_precision_is_told_of_no_key_that_there_is_not() -> None:
    assert "_precision" not in problem_of("when_start: FY2026")


@pytest.mark.parametrize(
    ("pairs", "hint"),
    [
        ("due: FY2026", "write it, such as 'due: 2026-03-31', and 'due_precision: fiscal-year'"),
        ("due: by FY26", "write it, such as 'due: 2026-03-31', and 'due_precision: fiscal-year'"),
        ("from: FY2026", "whose first day only the company's own year tells; write it, such as 'from: 2025-04-01', and"),
        ("from: 2017-18", "may be two years; write the first day that is meant, such as 'from: 2017-04-01', and"),
        ("when_start: FY2026", "write it, such as 'when_start: 2025-04-01'"),
        ("baseline_date: FY2015", "write it, such as 'baseline_date: 2015-03-31'"),
        ("due: 2011-12", "may be 2011-12, a month, or two years"),
        ("due: 2017-18", "may be two years"),
        ("due: 2024-05, due_precision: year", "write 'due: 2024-05-31' or leave 'due_precision' out"),
        ("when_start: 2024-05", "write its first day, 2024-05-01, or its last, 2024-05-31"),
    ],
)  # fmt: skip
def test_a_day_that_may_be_another_is_refused_with_what_it_may_mean(pairs: str, hint: str) -> None:
    assert hint in problem_of(pairs)


def test_a_number_that_is_refused_is_left_out_and_the_rest_is_read() -> None:
    text = (
        "id: a\nstatements:\n  - id: a.1\n    value: 1.500\n    due: FY2026\n    minimum: 2 crore\n"
    )
    document, problems = examine_document(text, "a.yaml")
    assert [problem.line for problem in problems] == [4, 5]
    assert document is not None
    assert document.incomplete == {"a.1"}
    assert json.loads(document.jsonld)["statements"] == [{"id": "a.1", "minimum": "20000000"}]


@given(
    st.decimals(0, 10**6, places=2), st.sampled_from(["thousand", "lakh", "million", "crore", "bn"])
)
def test_no_digit_of_a_scaled_number_is_lost(number: Decimal, scale: str) -> None:
    power = {"thousand": 3, "lakh": 5, "million": 6, "crore": 7, "bn": 9}[scale]
    written = written_number(f"{number} {scale}")
    assert Decimal(written.value) == number.scaleb(power)
    assert "E" not in written.value


@given(st.text(max_size=30), st.sampled_from(["due", "from", "when_start"]))
def test_any_text_is_read_kept_or_refused(text: str, key: str) -> None:
    written_number(text)
    written_day(key, text)
