"""Room for everything: points are pushed apart until each has a cell of its own.

A cell is one unit wide and high, and holds a thing with its label.
"""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Rows of x and y."""


CLOSE = 0.999  # cells; rounding must not find two that just touch in each other's way for ever
PASSES = 400  # rounds of making room; a few dozen are enough, or more where
PATIENCE = 40  # rounds have not been, and everything moves apart
GROWTH = 1.1  # by so much


def make_room(points: Points) -> Points:
    """Push points apart, along the shorter way out, until no two share a cell.

    Where many jostle for little room they are given more, now and then.
    """
    # Two points on one spot have no direction to leave in, so none may be exactly on another.
    points = points + np.linspace(0, 1e-3, len(points))[:, None]
    for done in range(1, PASSES):
        pairs = neighbours(points)
        if not len(pairs):
            break
        if done % PATIENCE == 0:
            points = points * GROWTH
        first, second = pairs.T
        apart = points[second] - points[first]
        missing = 1 - np.abs(apart)
        # Two cells overlap only where they do so both ways, so the lesser way is enough to go.
        missing[np.arange(len(missing)), missing.argmax(axis=1)] = 0
        push = np.copysign(missing, apart) * 0.5
        np.add.at(points, first, -push)
        np.add.at(points, second, push)
    return points


def neighbours(points: Points) -> NDArray[np.intp]:
    """Return the pairs of points that share a cell, each pair and all of them in order.

    >>> neighbours(np.array([[0.0, 0.0], [0.5, 0.5], [0.9, 2.0], [1.2, 1.0]])).tolist()
    [[0, 1], [1, 3]]
    """
    order = np.argsort(points[:, 0], kind="stable")
    x, y = points[order].T
    # From left to right, whatever is near a point comes after it, before the first too far right.
    ranks = np.arange(len(x))
    followers = np.searchsorted(x, x + CLOSE, side="right") - ranks - 1
    left = np.repeat(ranks, followers)
    # Every point once for each of its followers; the first stands beside it, the next one further.
    begun = np.cumsum(followers) - followers
    right = left + 1 + np.arange(len(left)) - begun[left]
    near = np.abs(y[left] - y[right]) <= CLOSE
    pairs = np.sort(np.column_stack([order[left[near]], order[right[near]]]), axis=1)
    # Sums of floats depend on their order, so the pairs get one that does not depend on the axis.
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
