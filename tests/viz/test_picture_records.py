"""What is read from a network: sorted, cleaned, and nothing changed."""

import copy
import random

import networkx as nx
import pytest

from viz.select import clean, select, web_address


def test_records_do_not_depend_on_the_order_of_insertion(nordvik):
    assert select(nordvik()) == select(nordvik(random.Random(3)))  # noqa: S311 - an order, not a secret


def test_the_network_is_not_changed(network):
    before = copy.deepcopy(network)
    select(network)
    assert nx.utils.graphs_equal(before, network)
    assert before.graph == network.graph


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kvell Pass", "Kvell Pass"),
        ("北方 क्‍ष", "北方 क्‍ष"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("a\u2066b", "a⟦U+2066⟧b"),
        ("a\x00b", "a⟦U+0000⟧b"),
        ("a\ud800b", "a⟦U+D800⟧b"),
        ("a\u2028b", "a⟦U+2028⟧b"),
        ("a\uffffb", "a⟦U+FFFF⟧b"),
        ("two\nlines", "two lines"),
        ("  ", ""),
        (7, "7"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a?b=c#d", "http://example.org", "https://例え.jp/"],
)
def test_web_addresses_are_kept(address):
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        7,
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "https://exa\nmple.org",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://[",
        "https://example.org/\u202e",
    ],
)
def test_other_addresses_are_dropped(address):
    assert web_address(address) is None


def test_a_thing_without_a_label_is_called_by_the_end_of_its_iri():
    graph = nx.MultiDiGraph()
    graph.add_node("https://example.org/kvell-pass", label="")
    graph.add_node("")
    assert [node.label for node in select(graph).nodes] == ["(no name)", "kvell-pass"]


def test_missing_attributes_and_values_are_nothing():
    graph = nx.MultiDiGraph(statements={"s": {"text": "said"}, "t": None})
    graph.add_edge("a", "b", key="k")
    selected = select(graph)
    assert selected.nodes[0].type == "unknown"
    assert selected.nodes[0].status is None
    assert selected.edges[0].label == "k"
    assert "source" not in selected.statements["s"]
    assert "rivals" not in selected.statements["t"]
