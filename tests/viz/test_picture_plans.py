"""What is read of plans in time: cleaned, and each at its node."""

import networkx as nx
import pytest

from viz.plans import day, records
from viz.select import select


@pytest.fixture
def graph():
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b"])
    return select(network)


@pytest.mark.parametrize("text", ["2017-02-30", "soon", "", None, "２017-01-01", "2017-01-01x", 7])
def test_what_is_no_day_is_dropped(graph, text):
    assert day(text) is None
    plan = {"start": text, "steps": [{"day": text}], "changes": [{"day": text, "status": "x"}]}
    assert records({"a": plan}, graph)[0] | {"company": None} == {
        "company": None, "others": [], "within": None, "start": None, "reach": None, "steps": [], "changes": [],
        "outcome": None, "before": [],
    }  # fmt: skip


def test_things_are_told_by_the_numbers_of_their_nodes(graph):
    plan = {"company": "b", "others": ["a", "gone"], "within": "gone", "before": ["a", "gone"]}
    found = records({"b": plan, "gone": {}}, graph)
    assert list(found) == [1]
    assert (found[1]["company"], found[1]["within"], found[1]["before"]) == (1, None, [0])
    assert found[1]["others"] == [0]


def test_words_are_cleaned(graph):
    plan = {"steps": [{"day": "2020-01-01", "words": "a\u202eb", "earliest": None}]}
    assert records({"a": plan}, graph)[0]["steps"] == [{"day": "2020-01-01", "words": "a⟦U+202E⟧b"}]


def test_only_initiatives_end_by_their_status():
    network = nx.MultiDiGraph()
    network.add_node("a", type="initiative")
    network.add_node("b", type="target")
    done = {"outcome": {"day": "2020-01-01", "status": "achieved", "fact": "f"}}
    found = records({"a": done, "b": done}, select(network))
    assert [found[at]["outcome"] is None for at in (0, 1)] == [False, True]
