"""The graph as it was known on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import UnknownNameError
from kg.query.selected import select_rows

if TYPE_CHECKING:
    import kg

EARLY = date(2017, 4, 1)


@pytest.fixture(scope="module")
def early(graph: kg.Graph) -> kg.Graph:
    return graph.as_of(EARLY)


def test_the_far_future_knows_what_we_know(graph: kg.Graph) -> None:
    later = graph.as_of(date(2999, 1, 1))
    assert later.asserted == graph.asserted
    assert later.derived == graph.derived


def test_before_the_first_source_there_is_the_ontology_alone(graph: kg.Graph) -> None:
    before = graph.as_of(date(2000, 1, 1))
    assert not before.query("ASK { ?statement cp:source ?source }")
    assert not before.query("ASK { ?thing a cp:Company }")
    assert before.query("ASK { cp:Company a owl:Class }")


def test_what_was_published_later_is_not_mentioned(graph: kg.Graph, early: kg.Graph) -> None:
    late = "SELECT (STR(?s) AS ?iri) { ?s cp:source/schema:datePublished ?d FILTER (?d > '2017-04-01'^^xsd:date) }"
    names = {str(iri).encode() for (iri,) in select_rows(graph.index, late)}
    assert len(names) > 100
    lines = (early.asserted + early.derived).split()
    assert not {token.strip(b"<>") for token in lines} & names


def test_things_of_which_only_later_sources_speak_are_unknown(early: kg.Graph) -> None:
    assert early.resolve("MobiKwik").endswith("mobikwik")
    with pytest.raises(UnknownNameError):
        early.resolve("ICICI Bank")


def test_today_is_the_day_that_is_asked_of(early: kg.Graph) -> None:
    asked = early.ask("overdue", company="xiaomi").rows
    assert asked == early.ask("overdue", company="xiaomi", date="2017-04-01").rows
    assert asked


def test_a_day_before_a_day_is_that_day(graph: kg.Graph, early: kg.Graph) -> None:
    day = date(2016, 8, 1)
    assert early.as_of(day).asserted == graph.as_of(day).asserted


def test_every_reading_command_can_be_asked_of_a_day(run) -> None:
    now, then = (run("find", "ICICI", *of).exit_code for of in ((), ("--as-of", "2017-04-01")))
    assert (now, then) == (0, 1)
    for command in ("query", "ask", "show", "find", "stats", "export", "view", "verify"):
        arguments = ("partners",) if command == "ask" else ()
        assert "--as-of DAY" in run(command, *arguments, "--help").stdout


def test_a_day_that_is_none_is_told(run) -> None:
    result = run("stats", "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "'yesterday' is no day; write it as YYYY-MM-DD" in result.stderr
