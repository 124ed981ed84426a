"""Comparable figures become records of companies that are drawn."""

import networkx as nx
import pytest

from viz.compared import records
from viz.select import select

ONE = {"companies": ["a"], "measure": "shops", "place": "Ruritania", "value": 3, "day": "2011-12-31", "fact": "s1"}  # fmt: skip
OTHER = {**ONE, "companies": ["b"], "value": 4, "fact": "s2"}


@pytest.fixture
def graph():
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b"])
    return select(network)


def test_figures_name_companies_by_their_nodes(graph):
    made = records({"figures": [ONE, OTHER], "pairs": [(0, 1)]}, graph)
    assert [figure["companies"] for figure in made["figures"]] == [[0], [1]]
    assert made["pairs"] == [[0, 1]]
    assert made["whole"] is True


@pytest.mark.parametrize("wrong", [{"value": "4"}, {"day": "soon"}, {"companies": ["z"]}])
def test_a_pair_of_what_cannot_be_drawn_is_left_out(graph, wrong):
    third = {**ONE, "value": 9}
    given = {"figures": [{**OTHER, **wrong}, ONE, OTHER, third], "pairs": [(0, 1), (1, 2), (0, 3)]}
    made = records(given, graph)
    assert made["pairs"] == [[0, 1]]
    assert [figure["value"] for figure in made["figures"]] == [3, 4, 9]


def test_without_a_pair_there_is_nothing(graph):
    assert records({"figures": [ONE], "pairs": []}, graph) == {}
