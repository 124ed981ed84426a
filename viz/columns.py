"""Types side by side: which column a thing stands in, and in what order, so that few lines cross.

Lines cross least where a thing stands at the mean height of what it is tied to (the barycentre
method of Sugiyama, Tagawa and Toda, 1981, doi:10.1109/TSMC.1981.4308636). The page leaves out what
is filtered away and keeps the order.
"""

from collections.abc import Mapping, Sequence

from viz.select import Records

COLUMNS = (
    ("Partners and people", ("organization", "person")),
    ("Companies", ("company",)),
    ("Initiatives", ("initiative",)),
    ("Targets", ("target",)),
    ("Places", ("place", "facility")),
    ("Products and more", ("product", "condition", "category")),
)
"""The headings, left to right, and the types under each; what is of no known type stands last."""

SWEEPS = 16  # rounds; the order hardly changes after ten

_COLUMN = {kind: index for index, (_, kinds) in enumerate(COLUMNS) for kind in kinds}


def order(graph: Records) -> list[tuple[int, int]]:
    """Return the column and the place within it for each node of `graph.nodes`.

    >>> from viz.select import Edge, Node
    >>> node = lambda kind: Node(kind, kind, kind, None, (), (), None, None)
    >>> edge = lambda a, b: Edge(a, b, "k", "k", None, False, ())
    >>> nodes = tuple(map(node, ["company", "company", "initiative", "initiative"]))
    >>> order(Records(nodes, (edge(0, 3), edge(1, 2))))
    [(1, 0), (1, 1), (2, 1), (2, 0)]
    """
    columns: list[list[int]] = [[] for _ in COLUMNS]
    for index, node in sorted(enumerate(graph.nodes), key=lambda item: item[1].label.casefold()):
        columns[_COLUMN.get(node.type, len(COLUMNS) - 1)].append(index)
    best = _best(columns, _neighbours(graph))
    placed = [(0, 0)] * len(graph.nodes)
    for number, column in enumerate(columns):
        for at, index in enumerate(sorted(column, key=best.__getitem__)):
            placed[index] = (number, at)
    return placed


def _best(columns: list[list[int]], near: Sequence[Sequence[int]]) -> Mapping[int, float]:
    """Return the heights at which lines rise and fall least, of all that the sweeps come by."""
    height: dict[int, float] = {}
    for column in columns:
        height |= _heights(column)
    best, least = height, _reach(near, height)
    for sweep in range(SWEEPS):
        height = dict(height)
        # To and fro, so that no column is always the first to give way.
        for column in columns if sweep % 2 else columns[::-1]:
            column.sort(key=lambda index: _mean(near[index], height, height[index]))
            height |= _heights(column)
        reach = _reach(near, height)
        if reach < least:
            best, least = height, reach
    return best


def _neighbours(graph: Records) -> list[list[int]]:
    """What each node is tied to in other columns."""
    near: list[list[int]] = [[] for _ in graph.nodes]
    column = [_COLUMN.get(node.type, len(COLUMNS) - 1) for node in graph.nodes]
    for edge in graph.edges:
        if column[edge.source] != column[edge.target]:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    return near


def _heights(column: Sequence[int]) -> dict[int, float]:
    """Columns of different lengths are all as high as one."""
    return {index: (at + 0.5) / len(column) for at, index in enumerate(column)}


def _mean(near: Sequence[int], height: Mapping[int, float], own: float) -> float:
    return sum(height[index] for index in near) / len(near) if near else own


def _reach(near: Sequence[Sequence[int]], height: Mapping[int, float]) -> float:
    """How much all lines rise and fall: what crosses little rises little."""
    return sum(
        abs(height[index] - height[other]) for index, others in enumerate(near) for other in others
    )
