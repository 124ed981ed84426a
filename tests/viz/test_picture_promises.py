"""What is told of promises reaches the page as something that it can draw."""

import math

import networkx as nx
import pytest

from viz.promises import records
from viz.select import select


def told(*entries):
    network = nx.MultiDiGraph()
    network.add_node("urn:shops", label="90 shops", type="target")
    promise = {"iri": "urn:p", "node": "urn:shops", "told": list(entries)}
    return records([promise], select(network))[0]["told"]


def test_an_outcome_that_the_page_does_not_know_is_no_verdict_and_keeps_its_word():
    [one] = told({"outcome": "exceeded"})
    assert (one["outcome"], one["reason"]) == ("undetermined", "exceeded")


def test_what_is_told_without_an_outcome_is_left_out():
    assert told({"since": "2020-01-01", "least": 0.5}, {"outcome": ""}) == []


@pytest.mark.parametrize(
    "share", [math.nan, math.inf, -math.inf, 1e308, 10**400, "0.5", True], ids=str
)
def test_a_part_of_the_way_that_is_no_number_of_a_picture_is_left_out(share):
    assert "least" not in told({"outcome": "met", "least": share})[0]


def test_nothing_of_the_way_is_a_part_of_it_too():
    assert told({"outcome": "open", "least": 0})[0]["least"] == 0
