"""What companies forecast becomes records at their nodes, with numbers and days that a chart can draw."""

import networkx as nx
import pytest

from viz.forecasts import records
from viz.select import select

STEP = {"value": 8, "said": "2025-05-10", "published": "2025-05-10", "fact": "s1"}
RESULT = {"value": 9, "since": "2026-05-12", "fact": "s2", "above": "+12.5 %"}
PERIOD = {"target": "t", "words": "2025", "due": "2026-03-31", "steps": [STEP]}


@pytest.fixture
def graph():
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b", "t"])
    return select(network)


def of_b(graph, **period):
    line = {"label": "sales", "unit": "JPY", "periods": [{**PERIOD, **period}]}
    return records({"b": [line], "z": [line]}, graph)


def test_lines_stand_at_their_company(graph):
    period = {"target": 2, "words": "2025", "due": "2026-03-31", "steps": [STEP]}
    assert of_b(graph) == {1: [{"label": "sales", "unit": "JPY", "periods": [period]}]}
    [line] = of_b(graph, results=[RESULT])[1]
    assert line["periods"][0]["results"] == [RESULT]


def test_target_that_is_not_in_the_picture_is_not_named(graph):
    [line] = of_b(graph, target="z")[1]
    assert "target" not in line["periods"][0]


@pytest.mark.parametrize("value", ["5", None, True, float("nan"), float("inf"), 10**400, [5]])
def test_what_is_no_number_is_left_out(graph, value):
    assert of_b(graph, steps=[{**STEP, "value": value}]) == {}
    [line] = of_b(graph, results=[{**RESULT, "value": value}])[1]
    assert "results" not in line["periods"][0]


@pytest.mark.parametrize(
    "lack", [{"due": "soon"}, {"due": None}, {"steps": "none"}, {"steps": None}]
)
def test_period_that_has_no_day_or_no_forecast_is_left_out(graph, lack):
    assert of_b(graph, **lack) == {}


def test_company_without_lines_is_left_out(graph):
    assert records({"a": [], "b": [{"label": "sales"}]}, graph) == {}
