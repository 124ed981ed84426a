"""Where each node goes: computed once, here, so that the page opens still and always the same.

Small components are laid out by Kamada and Kawai's method, which shows distance best and costs
most; larger ones by springs. Both come from libraries. What is left to do here is to turn and
scale each component to the shape of a screen, to make room for labels, and to pack the
components side by side. Lengths are counted in cells, the room of one node and its label.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain

import networkx as nx
import numpy as np
import rustworkx as rx

from viz.room import Points, make_room
from viz.select import Records

SMALL = 100  # nodes; above this Kamada and Kawai's method takes seconds
CELL = np.array([116.0, 62.0])  # pixels at scale 1
ASPECT = 1.4  # of the canvas, width by height
SPARSE = 1.55  # cells of area for each node
GAP = 0.6  # cells between components
SHELVES = 40  # widths of shelf to try
STEPS = (
    2000  # of Kamada and Kawai's method, each of which moves one node; it ends when all is still
)
SEED = 7


def positions(graph: Records) -> list[tuple[int, int]]:
    """Place every node of a graph.

    Args:
        graph: Sorted records, as `viz.select.select` gives them.

    Returns:
        A pair (x, y) in pixels for each node of `graph.nodes`, y downwards, the middle at (0, 0).
    """
    return place(skeleton(range(len(graph.nodes)), ((e.source, e.target) for e in graph.edges)))


def place(ties: "nx.Graph[int]", *, quick: bool = False) -> list[tuple[int, int]]:
    """Place the nodes of a graph.

    Args:
        ties: As `skeleton` makes it.
        quick: For one of many graphs: less care for a tenth of the time.

    Returns:
        As `positions`, in the order of the nodes of `ties`.
    """
    members = sorted(map(sorted, nx.connected_components(ties)), key=_by_size)
    if not members:
        return []
    near = {node: list(others) for node, others in ties.adjacency()}
    parts = [_component(nodes, near, quick=quick) for nodes in members]
    rows = {node: row for row, node in enumerate(ties)}
    placed = np.zeros((len(ties), 2))
    for nodes, points, corner in zip(members, parts, _pack(parts), strict=True):
        placed[[rows[node] for node in nodes]] = points + np.array(corner)
    placed = (placed - (placed.min(axis=0) + placed.max(axis=0)) / 2) * CELL
    return [(round(x), round(y)) for x, y in placed.tolist()]


def _by_size(nodes: Sequence[int]) -> tuple[int, int]:
    return -len(nodes), nodes[0]


def skeleton(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> "nx.Graph[int]":
    """The undirected graph without parallel edges and loops, nodes and edges in sorted order."""
    skeleton: nx.Graph[int] = nx.Graph()
    skeleton.add_nodes_from(nodes)
    skeleton.add_edges_from(sorted({(a, b) if a < b else (b, a) for a, b in edges if a != b}))
    return skeleton


def _component(nodes: Sequence[int], near: Mapping[int, Sequence[int]], *, quick: bool) -> Points:
    """Points of one connected component, in cells, none closer than one cell, from (0, 0)."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    row = {node: at for at, node in enumerate(nodes)}  # in their order
    edges = sorted((row[a], row[b]) for a in nodes for b in near[a] if a < b)
    return _placed(len(nodes), tuple(edges), quick=quick)


@lru_cache(maxsize=1 << 10)  # a company with one plan looks like the next
def _placed(count: int, edges: tuple[tuple[int, int], ...], *, quick: bool) -> Points:
    """Points of a connected graph; nobody may change them."""
    if count < SMALL and not quick:
        points = _kamada_kawai(count, edges)
    else:
        points = _springs(count, edges, rounds=60 if quick else 200)
    sparse = 2 * SPARSE if quick else SPARSE
    points = make_room(_fill(_lie_down(points), sparse))
    placed: Points = points - points.min(axis=0)
    placed.flags.writeable = False
    return placed


def _kamada_kawai(count: int, edges: Sequence[tuple[int, int]]) -> Points:
    """Distances follow paths, where an edge between two hubs leaves room for both circles."""
    degree = Counter(chain.from_iterable(edges))
    lengths = [(a, b, 1 + 0.5 * math.log2(min(degree[a], degree[b]))) for a, b in edges]
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from(lengths)
    placed = rx.kamada_kawai_layout(graph, weight_fn=float, max_outer=STEPS)
    return np.array([placed[index] for index in range(count)])


def _springs(count: int, edges: Sequence[tuple[int, int]], rounds: int) -> Points:
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(edges)
    placed = rx.spring_layout(graph, seed=SEED, num_iter=rounds)
    return np.array([placed[index] for index in range(count)])


def _lie_down(points: Points) -> Points:
    """Turn the longest axis level, the heavier side always to the same hand."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned: Points = centred @ axes.T
    signs = np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
    return turned * signs


def _fill(points: Points, sparse: float) -> Points:
    """Scale to the shape of the canvas, with about `sparse` cells for each node."""
    extent = np.ptp(points, axis=0)
    extent = np.maximum(extent, 0.3 * extent.max())  # a straight line has no height to scale
    area = len(points) * sparse * CELL[0] * CELL[1]
    wanted = np.array([math.sqrt(area * ASPECT), math.sqrt(area / ASPECT)])
    scale = wanted / CELL / extent
    # A long thin component stays long: stretching it would only bend its straight lines.
    level = np.sqrt(scale[0] * scale[1])
    bounded: Points = np.clip(scale, level / 1.6, level * 1.6)
    return points * bounded


def _pack(parts: Sequence[Points]) -> list[tuple[float, float]]:
    """Corners that put parts, largest first, on shelves, so that all together fit the canvas best.

    The shelf is as wide as the first few parts together; every number of them up to `SHELVES` is
    tried.
    """
    sizes = [_room(part) for part in parts]
    widths = list(accumulate(width for width, _ in sizes[:SHELVES]))
    widest = max(width for width, _ in sizes)
    tried = [_shelve(sizes, width) for width in sorted({max(width, widest) for width in widths})]
    return min(tried, key=lambda corners: _reach(corners, sizes))


def _room(part: Points) -> tuple[float, float]:
    width, height = (0.0, 0.0) if len(part) == 1 else np.ptp(part, axis=0).tolist()
    return width + 1 + GAP, height + 1 + GAP


def _shelve(sizes: Sequence[tuple[float, float]], shelf: float) -> list[tuple[float, float]]:
    corners, x, y, tall = [], 0.0, 0.0, 0.0
    for width, height in sizes:
        if x and x + width > shelf + 1e-9:
            x, y, tall = 0.0, y + tall, 0.0
        corners.append((x, y))
        x, tall = x + width, max(tall, height)
    return corners


def _reach(corners: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]]) -> float:
    """The height of the least canvas of the wanted shape that holds everything."""
    pairs = list(zip(corners, sizes, strict=True))
    width = max(x + across for (x, _), (across, _) in pairs) * float(CELL[0])
    height = max(y + down for (_, y), (_, down) in pairs) * float(CELL[1])
    return max(width / ASPECT, height)
