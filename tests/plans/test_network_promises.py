"""What the network tells of promises, disputes and what things can be picked by, held against the questions."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import ID
from kg.plans.facets import FACETS

if TYPE_CHECKING:
    import networkx as nx

    import kg

DAYS = [date(2017, 12, 31), date(2018, 6, 30), date(2020, 12, 31), date(2026, 11, 28)]


@pytest.fixture(scope="module")
def network(graph: kg.Graph) -> nx.MultiDiGraph[str]:
    return graph.network()


def standing(network: nx.MultiDiGraph[str], day: str) -> dict[str, dict[str, object]]:
    return {
        promise["first"].removeprefix(ID): told
        for promise in network.graph["promises"]
        for told in promise["told"]
        if told["since"] <= day and (told["until"] is None or day <= told["until"])
    }


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_promise_stands_as_the_question_tells(graph, network, day: date) -> None:
    asked = {
        str(row["promise"]): (str(row["verdict"]).removeprefix("cp:"), row["restsOn"])
        for row in graph.ask("outcome", date=day)
    }
    assert len(asked) > 5
    told = standing(network, day.isoformat())
    shown = {
        name: (one["verdict"], str(one["rests_on"]).removeprefix(ID) if one["rests_on"] else None)
        for name, one in told.items()
    }
    assert {name: shown[name] for name in asked} == asked


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_result_is_known_of_what_the_question_names(graph, network, day: date) -> None:
    asked = {str(row["promise"]) for row in graph.ask("overdue", date=day)}
    told = standing(network, day.isoformat())
    keepers = {
        one["first"].removeprefix(ID) for one in network.graph["promises"] if one["companies"]
    }
    assert {name for name, one in told.items() if one["outcome"] == "no-result"} & keepers == asked


def test_companies_keep_as_many_promises_as_the_question_counts(graph, network) -> None:
    day = DAYS[-1]
    asked = Counter(ID + str(row["company"]) for row in graph.ask("outcome", date=day))
    told = standing(network, day.isoformat())
    shown = Counter(
        company
        for promise in network.graph["promises"]
        if promise["first"].removeprefix(ID) in told
        for company in promise["companies"]
    )
    # A promise of several is one row of the question for each of them.
    assert shown == asked


def test_pairs_that_contradict_each_other_are_those_of_the_question(graph, network) -> None:
    asked = {
        frozenset((ID + str(row["statement"]), ID + str(row["other"])))
        for row in graph.ask("contradictions")
    }
    shown = [frozenset(pair["sides"]) for pair in network.graph["contradictions"]]
    assert len(shown) > 20
    assert len(shown) == len(set(shown))
    assert set(shown) <= asked
    assert all(pair["differs"] for pair in network.graph["contradictions"])


def test_a_country_is_picked_with_its_cities(graph, network) -> None:
    rows = graph.query("SELECT ?x { ?x a cp:Initiative ; cp:takesPlaceWithin id:india }").rows
    within = {ID + str(name) for (name,) in rows}
    assert len(within) > 10
    picked = {iri for iri, node in network.nodes(data=True) if ID + "india" in node["places"]}
    assert within <= picked
    assert ID + "bengaluru" in network
    assert ID + "india" in network.nodes[ID + "bengaluru"]["places"]


def test_what_can_be_picked_has_a_name(network) -> None:
    named = network.graph["names"]
    values = {
        value for _, node in network.nodes(data=True) for facet in FACETS for value in node[facet]
    }
    assert len(values) > 100
    assert values == set(named)
    assert all(label and not label.startswith("http") for label in named.values())
