"""Where things are becomes points, each once, with all that is there."""

import networkx as nx
import pytest

from viz.select import select
from viz.spots import records

HERE = {"latitude": 51.0, "longitude": 13.4, "place": "b"}


@pytest.fixture
def graph():
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b", "c"])
    return select(network)


def test_things_at_one_point_share_it(graph):
    made = records({"c": [HERE], "b": [HERE], "a": [{**HERE, "latitude": -51}], "z": [HERE]}, graph)
    assert made == {
        "points": [[-51.0, 13.4, 1], [51.0, 13.4, 1]],
        "things": [[0], [1, 2]],
    }


def test_a_place_that_is_not_drawn_is_none(graph):
    assert records({"a": [{**HERE, "place": "z"}]}, graph)["points"] == [[51.0, 13.4, None]]
    assert records({"a": [{"latitude": 1, "longitude": 2}]}, graph)["points"] == [[1.0, 2.0, None]]


@pytest.mark.parametrize("value", ["51", None, True, float("nan"), float("inf"), 90.1, -(10**400)])
def test_what_is_no_degree_is_left_out(graph, value):
    assert records({"a": [{**HERE, "latitude": value}]}, graph) == {}


def test_of_degrees_four_decimals_stay(graph):
    [[latitude, *_]] = records({"a": [{**HERE, "latitude": 51.123456}]}, graph)["points"]
    assert latitude == 51.1235
