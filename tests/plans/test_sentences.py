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
