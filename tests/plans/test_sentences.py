"""What a statement says, in a sentence of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.plans.sentences import Words
from kg.plans.spelling import spell_day
from kg.promises import load_records, statements

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def observed(graph: kg.Graph) -> dict[str, str]:
    words = Words.of(graph.index)
    said = statements.load_statements(graph.index).values()
    return {s.name: words.sentence(s) for s in said if s.kind == "Observation" and s.one("when")}


def test_a_figure_is_of_a_period_or_on_a_day(observed: dict[str, str]) -> None:
    assert observed["businessline-2018-06.7"] == "500 service centres in India in June 2017"
    assert "2,000 service centres in India on 2019-07-25" in observed.values()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (["due: 2030-09-30", "counts_from: 2030-04-01"], "2030-09-30, counted from 2030-04-01"),
        (
            ["due: 2031-03-31", "due_precision: fiscal-year", "counts_from: 2030-04-01"],
            "the fiscal year to March 2031",
        ),
        (
            ["due: 2031-11-30", "due_earliest: 2030-01-31", "due_precision: [fiscal-year, inferred]"],
            "a fiscal year that ends by November 2031",
        ),
    ],
)  # fmt: skip
def test_target_is_of_a_period_whose_ends_are_told(acme: Path, told: list[str], words: str) -> None:
    path = acme / "gazette-2020.yaml"
    lines = [line for line in path.read_text().splitlines() if not line.strip().startswith("due")]
    at = next(number for number, line in enumerate(lines) if "value: 20" in line)
    lines[at + 1 : at + 1] = [f"    {key}" for key in told]
    path.write_text("\n".join(lines) + "\n")
    index = kg.build([acme], check=False).index
    (said,) = statements.load_statements(index).values()
    assert Words.of(index).sentence(said) == f"20 retail outlets by {words}"


def test_figure_of_a_period_is_told_with_both_its_days(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(
        path.read_text()
        + "  - {id: gazette-2020.9, type: Observation, about: acme, indicator: revenue, value: 5,"
        " unit: currency:USD, kind: reported, when_start: 2019-04-01, when: 2019-09-30}\n"
    )
    index = kg.build([acme], check=False).index
    said = statements.load_statements(index)["gazette-2020.9"]
    assert Words.of(index).sentence(said) == "revenue: 5 USD from 2019-04-01 to 2019-09-30"


@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_range_of_which_one_end_is_known_is_that_end(acme: Path, end: str) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text().replace("value: 20", f"{end}: 20"))
    index = kg.build([acme], check=False).index
    (said,) = statements.load_statements(index).values()
    assert Words.of(index).sentence(said) == "20 retail outlets by 2030"


def test_day_that_is_none_is_told_as_it_stands() -> None:
    assert spell_day("next year", ("cp:year",)) == "next year"


def test_a_promise_is_told_without_how_it_stood_when_it_was_said(graph: kg.Graph) -> None:
    words = Words.of(graph.index)
    said = statements.load_statements(graph.index)
    firsts = [said[record.first] for record in load_records(graph.index)]
    reports = [one for one in firsts if one.kind == "StatusReport"]
    told = {words.promised(one) for one in reports}
    assert "Dangote refinery, due by 2020, in Nigeria" in told
    assert "stores in Delhi NCR, due by 2026, in Gurugram" in told
    for one in reports:
        status = words.label(one.one("status"))
        assert f": {status}" in words.told(one)
        assert f": {status}" not in words.promised(one)
    targets = [one for one in firsts if one.kind == "Target"]
    assert targets
    assert all(words.promised(one) == words.told(one) for one in targets)
