"""No tool tells a verdict that `kg ask outcome` does not: of the shipped data, of worlds, on days past."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pytest

import kg
from kg.agents import call_tool
from kg.agents.outcomes import Verdict
from kg.promises import load_meanings
from tests.agents.conftest import every_row
from tests.benchmarks import generate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAYS = ("2017-12-31", "2021-03-31", "2025-06-30")


@pytest.fixture(scope="module", params=[0, 1])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path: Path = tmp_path_factory.mktemp("world") / "world.nq"
    generate.write_nquads(path, 4000, seed=request.param)
    return kg.build([path], check=False)


Told = tuple[object, ...]


def asked(graph: kg.Graph, **arguments: Any) -> dict[str, Told]:
    """Return what the question tells of each promise."""
    return {
        str(row["promise"]): (
            str(row["verdict"]).removeprefix("cp:"),
            row["restsOn"],
            row["replacedBy"],
            row["disputed"] is True,
            row["ownCount"] is True,
        )
        for row in graph.ask("outcome", arguments=arguments)
    }


def told(rows: list[Mapping[str, Any]]) -> dict[str, Told]:
    """Return what the rows of a tool tell of each promise."""
    found = {
        row["promise"]: (
            row["verdict"],
            row.get("rests_on"),
            row.get("replaced_by"),
            any(
                "sources contradict each other on what decides" in caveat
                for caveat in row["caveats"]
            ),
            any("own word" in caveat for caveat in row["caveats"]),
        )
        for row in rows
    }
    assert len(found) == len(rows)
    return found


def companies(graph: kg.Graph) -> list[str]:
    return sorted({str(row["company"]) for row in graph.ask("outcome")})


def test_outcome_tells_what_the_question_does(graph: kg.Graph) -> None:
    rows = every_row(graph, "outcome", limit=60)
    assert told(rows) == asked(graph)
    assert len(rows) > 150
    assert len(Counter(row["verdict"] for row in rows)) > 5


@pytest.mark.parametrize("day", DAYS)
def test_outcome_of_a_day_tells_what_the_question_does_of_what_was_known(
    graph: kg.Graph, day: str
) -> None:
    then = asked(graph.as_of(date.fromisoformat(day)))
    assert then
    assert told(every_row(graph, "outcome", as_of=day, limit=200)) == then


@pytest.mark.parametrize("day", DAYS)
def test_outcome_of_a_world_tells_what_the_question_does(world: kg.Graph, day: str) -> None:
    then = asked(world.as_of(date.fromisoformat(day)))
    assert then
    assert told(every_row(world, "outcome", as_of=day, limit=200)) == then


def test_claims_are_answered_with_the_verdicts_of_the_question(graph: kg.Graph) -> None:
    found = companies(graph)
    assert len(found) > 10
    for company in found:
        rows = every_row(graph, "check_claim", company=company, limit=200)
        assert told(rows) == asked(graph, company=company), company


def test_claims_about_a_world_are_answered_with_the_verdicts_of_the_question(
    world: kg.Graph,
) -> None:
    found = companies(world)
    assert found
    for company in found:
        rows = every_row(world, "check_claim", company=company, limit=200)
        assert told(rows) == asked(world, company=company), company


def test_a_claimed_verdict_agrees_just_where_it_is_the_one_told(graph: kg.Graph) -> None:
    seen = Counter()
    for company in companies(graph):
        for verdict in ("met", "missed"):
            rows = every_row(graph, "check_claim", company=company, verdict=verdict, what="")
            for row in rows:
                (aspect,) = [one for one in row["compared"] if one["aspect"] == "verdict"]
                assert (aspect["agrees"] == "yes") == (row["verdict"] == verdict)
                seen[aspect["agrees"]] += 1
    assert seen["yes"] > 3


def test_cards_end_with_what_outcome_says_became_of_it(graph: kg.Graph) -> None:
    became = {row["promise"]: row["became"] for row in every_row(graph, "outcome", limit=200)}
    seen = 0
    for source in ("medianama-2017-03-28", "businessline-2018-06", "gstclub-2024"):
        for row in every_row(graph, "show", thing=source, section="Says", limit=200):
            said = row["says"]
            if (promise := row["statements"][0]) in became:
                assert said.endswith(f" — {became[promise]}"), said
                seen += 1
    assert seen > 5


def test_verdicts_that_agents_know_are_those_of_the_ontology(graph: kg.Graph) -> None:
    assert set(get_args(Verdict)) == set(load_meanings(graph.index))
    listed = call_tool(graph, "schema", {"of": "verdicts"}).values["rows"]
    assert {row["term"] for row in listed} == set(get_args(Verdict))


def test_every_verdict_is_told_with_its_meaning_and_what_it_rests_on(graph: kg.Graph) -> None:
    answer = call_tool(graph, "outcome", {"limit": 200}).values
    assert any(row.get("rests_on") for row in answer["rows"])
    for row in answer["rows"]:
        assert row["verdict"] in answer["meanings"]
        for name in filter(None, (row["promise"], row.get("rests_on"), row.get("replaced_by"))):
            statement = answer["statements"][name]
            source = answer["sources"][statement["source"]]
            assert statement["locator"]
            assert source["title"]
            assert source["publisher"]
            assert date.fromisoformat(source["published"])


def test_example_query_of_the_schema_tells_the_verdicts_of_today(graph: kg.Graph) -> None:
    example = call_tool(graph, "schema", {}).values["example"].replace("LIMIT 10", "")
    rows = every_row(graph, "query", sparql=example, limit=200)
    queried = Counter((company, verdict.removeprefix("cp:")) for company, _, verdict in rows)
    those = Counter(
        dict.fromkeys(
            (str(row["company"]), str(row["about"]), str(row["verdict"]).removeprefix("cp:"))
            for row in graph.ask("outcome")
        )
    )
    assert set(queried) == {(company, verdict) for company, _, verdict in those}
