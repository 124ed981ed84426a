"""The figures of `kg stats`: how much there is, and how well it is founded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.formats.tdnet.lines import INDICATORS
from kg.reports import stats
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def figures(graph: kg.Graph) -> dict[str, int]:
    return stats.count_figures(graph.index)


def test_every_thing_is_spoken_of(figures: dict[str, int]) -> None:
    assert figures["things without a statement"] == 0


def test_every_indicator_measures_something(graph: kg.Graph) -> None:
    unused = "SELECT ?x { ?x a cp:Indicator FILTER NOT EXISTS { ?statement cp:indicator ?x } }"
    assert graph.query("SELECT ?x { ?x a cp:Indicator }").rows
    # What companies publish themselves is read from the user's own files, and none of it ships; others
    # are words that texts are drafted by.
    drafted = (ROOT / "kg" / "drafting" / "languages" / "en.toml").read_text("utf-8")
    left = {str(row["x"]) for row in graph.query(unused)} - INDICATORS
    assert {
        name for name in left if f"{name} =" not in drafted and f'"{name}"' not in drafted
    } == set()


def test_kinds_of_statements_add_up(figures: dict[str, int]) -> None:
    kinds = ("targets", "observations", "status reports", "relations")
    assert sum(figures[kind] for kind in kinds) == figures["statements"] > 700


def test_figures_are_those_of_the_questions(graph: kg.Graph, figures: dict[str, int]) -> None:
    assert figures["facts of a single origin"] == len(graph.ask("single-origin")) > 0
    disputed = {
        str(row[column])
        for row in graph.ask("contradictions")
        for column in ("statement", "other")
        if row["kind"] in {"contradicts", "disagrees"}
    }
    assert figures["statements that are disputed"] == len(disputed) > 0


def test_a_thing_that_nobody_speaks_of_is_counted(acme: Path) -> None:
    things = acme / "things.ttl"
    words = '\nid:roe a cp:Company ; rdfs:label "Roe"@en .\n'
    things.write_text(things.read_text(encoding="utf-8") + words, encoding="utf-8")
    before, after = (
        stats.count_figures(kg.build(paths).index)["things without a statement"]
        for paths in ([], [acme])
    )
    assert (before, after) == (0, 1)
