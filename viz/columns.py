"""Types side by side: which column a thing stands in, and in what order, so that few lines cross.

Lines cross least where a thing stands at the mean height of what it is tied to (the barycentre
method of Sugiyama, Tagawa and Toda, 1981, doi:10.1109/TSMC.1981.4308636). The page leaves out what
is filtered away and keeps the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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

Column: TypeAlias = NDArray[np.intp]
"""Numbers of things."""

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
    placed = [(0, 0)] * len(graph.nodes)
    for number, column in enumerate(_best(columns, graph)):
        for at, index in enumerate(column.tolist()):
            placed[index] = (number, at)
    return placed


def _best(columns: Sequence[Sequence[int]], graph: Records) -> list[Column]:
    """Return the columns in the order in which lines rise and fall least, of all that the sweeps come by."""
    ties = _Ties.of(graph)
    order = [np.array(column, dtype=np.intp) for column in columns]
    height = np.zeros(len(graph.nodes))
    for column in order:
        height[column] = _heights(column)
    best, least = list(order), ties.reach(height)
    for sweep in range(SWEEPS):
        # To and fro, so that no column is always the first to give way.
        for at in range(len(order)) if sweep % 2 else reversed(range(len(order))):
            means = ties.means(height)
            order[at] = order[at][np.argsort(means[order[at]], kind="stable")]
            height[order[at]] = _heights(order[at])
        reach = ties.reach(height)
        if reach < least:
            best, least = list(order), reach
    return best


@dataclass(frozen=True)
class _Ties:
    """What ties things in different columns, each tie in both directions."""

    ends: Column
    others: Column
    counts: NDArray[np.intp]

    @classmethod
    def of(cls, graph: Records) -> "_Ties":
        column = np.array([_COLUMN.get(node.type, len(COLUMNS) - 1) for node in graph.nodes])
        pairs = np.array([(edge.source, edge.target) for edge in graph.edges], dtype=np.intp)
        one, other = pairs.reshape(-1, 2).T
        apart = column[one] != column[other] if len(pairs) else np.zeros(0, dtype=bool)
        one, other = one[apart], other[apart]
        ends = np.concatenate([one, other])
        counts = np.bincount(ends, minlength=len(graph.nodes))
        return cls(ends, np.concatenate([other, one]), counts)

    def means(self, height: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean height of what each thing is tied to, or its own where that is nothing."""
        sums = np.bincount(self.ends, weights=height[self.others], minlength=len(height))
        return np.where(self.counts > 0, sums / np.maximum(self.counts, 1), height)

    def reach(self, height: NDArray[np.float64]) -> float:
        """How much all lines rise and fall: what crosses little rises little."""
        return float(np.abs(height[self.ends] - height[self.others]).sum())


def _heights(column: Column) -> NDArray[np.float64]:
    """Columns of different lengths are all as high as one."""
    return (np.arange(len(column)) + 0.5) / max(1, len(column))
