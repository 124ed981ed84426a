"""Courses become records at their nodes, with numbers and days that a chart can draw."""

import networkx as nx
import pytest

from viz.courses import records
from viz.select import select

REVISION = {"value": 5, "said": "2011-05-04", "published": "2011-05-04", "fact": "s1"}


@pytest.fixture
def graph():
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b", "c"])
    return select(network)


def test_a_course_stands_at_its_node(graph):
    made = records(
        {"b": {"measure": "shops", "up": True, "revisions": (REVISION,)}, "z": {}}, graph
    )
    assert made == {1: {"measure": "shops", "up": True, "revisions": [REVISION]}}


def test_one_that_lies_within_another_names_its_node(graph):
    made = records(
        {"a": {"within": "b"}, "b": {"revisions": [REVISION]}, "c": {"within": "z"}}, graph
    )
    assert made[0] == {"within": 1}
    assert set(made) == {0, 1}


@pytest.mark.parametrize("value", ["5", None, True, float("nan"), float("inf"), 10**400, [5]])
def test_what_is_no_number_is_left_out(graph, value):
    figure = {"value": value, "day": "2011-01-01", "fact": "s2"}
    made = records(
        {"a": {"revisions": [REVISION], "figures": [figure, {**figure, "value": 3}]}}, graph
    )
    assert made[0]["figures"] == [{"value": 3, "day": "2011-01-01", "fact": "s2"}]
    assert records({"a": {"revisions": [{**REVISION, "value": value}]}}, graph) == {}


def test_what_has_no_day_is_left_out(graph):
    figures = [{"value": 3, "day": "soon"}, {"value": 3}, "no figure"]
    made = records(
        {"a": {"revisions": [REVISION], "figures": figures, "baseline_day": "2011"}}, graph
    )
    assert made == {0: {"up": False, "revisions": [REVISION]}}
