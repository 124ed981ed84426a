"""Where things are put."""

import random

import networkx as nx
import numpy as np
import pytest

from viz.layout import CELL, SMALL, positions, skeleton
from viz.select import select


def graph_of(*parts: "nx.Graph") -> "nx.MultiDiGraph":
    whole = nx.MultiDiGraph()
    for number, part in enumerate(parts):
        whole.add_nodes_from(f"{number:02}-{node:04}" for node in part)
        whole.add_edges_from(
            (f"{number:02}-{a:04}", f"{number:02}-{b:04}", "k") for a, b in part.edges
        )
    return whole


def overlaps(points) -> int:
    return sum(
        abs(a[0] - b[0]) < CELL[0] - 4 and abs(a[1] - b[1]) < CELL[1] - 4
        for i, a in enumerate(points)
        for b in points[:i]
    )


@pytest.mark.parametrize(
    "parts",
    [
        [nx.path_graph(1)],
        [nx.path_graph(2)],
        [nx.star_graph(40)],
        [nx.path_graph(30)],
        [nx.complete_graph(20)],
        [nx.balanced_tree(3, 3), nx.cycle_graph(12), nx.path_graph(1), nx.path_graph(1)],
        [nx.barabasi_albert_graph(3 * SMALL, 2, seed=1)],
        [nx.barabasi_albert_graph(10 * SMALL, 2, seed=1)],
        [nx.empty_graph(30)],
    ],
    ids=[
        "one",
        "two",
        "star",
        "path",
        "complete",
        "parts",
        "large",
        "as large as it gets",
        "loose",
    ],
)
def test_no_two_things_share_their_room(parts):
    assert overlaps(positions(select(graph_of(*parts)))) == 0


def test_nothing_has_no_positions():
    assert positions(select(nx.MultiDiGraph())) == []


def test_loops_and_parallel_edges_do_not_matter():
    plain, rich = nx.MultiDiGraph(), nx.MultiDiGraph()
    for graph in (plain, rich):
        nx.add_path(graph, "abcd")
    rich.add_edge("a", "a")
    rich.add_edge("b", "a")
    rich.add_edge("a", "b")
    assert positions(select(plain)) == positions(select(rich))


@pytest.mark.parametrize("size", [40, 2 * SMALL])
def test_positions_do_not_depend_on_the_order_of_insertion(size):
    edges = [(f"{a:03}", f"{b:03}") for a, b in nx.barabasi_albert_graph(size, 2, seed=2).edges]
    first, second = nx.MultiDiGraph(edges), nx.MultiDiGraph()
    random.Random(1).shuffle(edges)  # noqa: S311 - an order, not a secret
    second.add_edges_from(edges)
    assert positions(select(first)) == positions(select(second))


def test_the_company_is_near_the_middle(network):
    graph = select(network)
    places = dict(zip((node.label for node in graph.nodes), positions(graph), strict=True))
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    x, y = places["Nordvik"]
    assert (x**2 + y**2) ** 0.5 < width / 5


def test_the_picture_is_wider_than_high(network):
    points = positions(select(network))
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    assert 1.2 < width / height < 1.9


def test_a_short_straight_line_stays_short():
    points = positions(select(graph_of(nx.path_graph(3))))
    assert max(x for x, _ in points) - min(x for x, _ in points) <= 4 * CELL[0]


def test_a_small_part_does_not_widen_the_picture(network):
    more = network.copy()
    nx.add_path(more, ["x", "y", "z"])
    widths = []
    for graph in (network, more):
        points = positions(select(graph))
        widths.append(max(x for x, _ in points) - min(x for x, _ in points))
    assert widths[1] <= 1.1 * widths[0]


def stress(ties: nx.Graph, points: np.ndarray) -> float:
    """Return how far distances are from following paths, 0 at best (Kamada and Kawai, 1989)."""
    rows = {node: row for row, node in enumerate(ties)}
    pairs = [
        (rows[a], rows[b], length)
        for a, lengths in nx.all_pairs_shortest_path_length(ties)
        for b, length in lengths.items()
        if rows[a] < rows[b]
    ]
    first, second, wanted = np.array(pairs).T
    apart = np.linalg.norm(points[first] - points[second], axis=1) / wanted
    scale = apart.sum() / (apart**2).sum()  # the one at which the error is least
    return float(((apart * scale - 1) ** 2).mean())


def test_distances_follow_paths(network, graph):
    # Layouts by way of scipy came to 0.135 and, of the shipped data before ventures had owners, 0.146.
    assert stress_of(network) <= 0.14
    # Now between 0.145 and 0.169, by which single edge of a promise of another's is left out.
    assert stress_of(graph.network()) <= 0.17


def stress_of(network: nx.MultiDiGraph) -> float:
    """Return the stress of the largest part of a network as it is drawn."""
    records = select(network)
    edges = ((edge.source, edge.target) for edge in records.edges)
    ties = skeleton(range(len(records.nodes)), edges)
    largest = max(nx.connected_components(ties), key=len)
    points = np.array(positions(records), dtype=float)[sorted(largest)]
    return stress(skeleton(sorted(largest), ties.edges(largest)), points)
