"""The order of the columns: few lines cross, whatever the order of insertion."""

import random

import networkx as nx
import pytest

from viz.columns import COLUMNS, order
from viz.select import select
from viz.style import TYPES


def crossings(graph: "nx.MultiDiGraph") -> int:
    """How often lines between neighbouring columns cross."""
    chosen = select(graph)
    place = order(chosen)
    lines = [
        sorted((place[edge.source], place[edge.target]))
        for edge in chosen.edges
        if abs(place[edge.source][0] - place[edge.target][0]) == 1
    ]
    return sum(
        a[0][0] == b[0][0] and (a[0][1] - b[0][1]) * (a[1][1] - b[1][1]) < 0
        for i, a in enumerate(lines)
        for b in lines[:i]
    )


def test_every_type_has_a_column():
    assert sorted(kind for _, kinds in COLUMNS for kind in kinds) == sorted(TYPES)


def test_what_is_of_no_known_type_stands_last():
    graph = nx.MultiDiGraph()
    graph.add_node("a", type="moon")
    assert order(select(graph)) == [(len(COLUMNS) - 1, 0)]


def test_every_place_in_a_column_is_taken_once(network):
    placed = order(select(network))
    for column in range(len(COLUMNS)):
        places = sorted(place for number, place in placed if number == column)
        assert places == list(range(len(places)))


@pytest.mark.parametrize("seed", range(3))
def test_trees_that_can_stand_apart_do_not_cross(seed):
    pairs = [(f"{n}", f"{n}-{m}") for n in range(12) for m in range(3)]
    labels = list(range(100))
    random.Random(seed).shuffle(labels)  # noqa: S311 - an order, not a secret
    graph = nx.MultiDiGraph()
    for company, initiative in pairs:
        graph.add_node(company, type="company", label=str(labels[int(company)]))
        graph.add_node(initiative, type="initiative", label=str(labels.pop()))
        graph.add_edge(company, initiative)
    assert crossings(graph) == 0


def test_the_order_does_not_depend_on_the_order_of_insertion(nordvik):
    first = order(select(nordvik()))
    assert first == order(select(nordvik(random.Random(5))))  # noqa: S311 - an order, not a secret
