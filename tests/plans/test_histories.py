"""What was known of a status on a day: the same as a graph of what had been published by then says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    import kg

DAYS = [
    date(2015, 12, 31),
    date(2017, 7, 1),
    date(2018, 12, 31),
    date(2021, 6, 30),
    date(2025, 3, 31),
]


@pytest.fixture(scope="module")
def network(graph: kg.Graph) -> nx.MultiDiGraph[str]:
    return graph.network()


def known(history: Iterable[tuple[str, str | None]], day: date) -> str | None:
    status = None
    for since, then in history:
        if since <= day.isoformat():
            status = then
    return status


def test_the_last_that_is_known_is_the_status(network: nx.MultiDiGraph[str]) -> None:
    every: list[dict[str, Any]] = [
        *(node for _, node in network.nodes(data=True)),
        *(edge for *_, edge in network.edges(data=True)),
    ]
    with_status = [one for one in every if one["status"]]
    assert len(with_status) > 200
    assert [one for one in every if known(one["history"], date.max) != one["status"]] == []


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_history_tells_what_was_known_by_then(
    graph: kg.Graph, network: nx.MultiDiGraph[str], day: date
) -> None:
    then = graph.as_of(day).network()
    statuses = {iri: node["status"] for iri, node in then.nodes(data=True) if iri in network}
    assert len(statuses) > 10
    assert {iri: known(network.nodes[iri]["history"], day) for iri in statuses} == statuses


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_relations_are_as_certain_and_as_over_as_they_were_then(
    graph: kg.Graph, network: nx.MultiDiGraph[str], day: date
) -> None:
    then = graph.as_of(day).network()
    edges = {
        (a, b, key): (edge["status"], edge["until"] is not None)
        for a, b, key, edge in then.edges(keys=True, data=True)
        if network.has_edge(a, b, key)
    }
    assert len(edges) > 10
    told = {}
    for name in edges:
        edge = network.edges[name]
        is_over = edge["over"] is not None and edge["over"] <= day.isoformat()
        told[name] = known(edge["history"], day), is_over
    assert told == edges
