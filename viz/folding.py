"""Large graphs: what belongs together is folded into one node, which the page opens on demand.

A graph of up to `ABOVE` things is shown whole. In a larger one, things form groups, and groups
form groups, until no level of this tree has more than about `LEVEL` members: so many can be read
at once, and each level is laid out for itself, which keeps the cost linear. The few things that
much of a level is tied to stand beside its groups, not within one of them.

Groups are communities: label propagation (Raghavan et al. 2007), which is linear, finds the small
ones, and Louvain's method (Blondel et al. 2008) joins these, at a twentieth of the time that it
takes on the things themselves and with the same modularity within 0.02. What has no communities is
divided by the alphabet.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import networkx as nx

from viz import layout
from viz.naming import Names
from viz.select import Records

ABOVE = 1000
LEVEL = 200
SMALL = 24  # things; smaller communities are pooled, and fewer of these left as they are
HUB = 20  # a thing tied to one in so many of its level,
APART = 5  # and so many times as often as things are on average, stands beside the groups,
HUBS = 10  # if it is among the first so many
SEED = 7
TOP = -1


@dataclass(frozen=True, slots=True)
class Group:
    """What is folded into one node.

    Attributes:
        label: what its things share, and no other group on its level does; see `viz.naming`.
        children: things by their place in `Records.nodes`; groups count on from there.
    """

    label: str
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Folding:
    """A graph as a tree of groups, each level with its own layout.

    Attributes:
        groups: in an order in which none comes before the group that it is in.
        parents: of every thing, then of every group, the group that it is in, or `TOP`.
        places: of every thing, then of every group, in pixels from the middle of its level.
    """

    groups: tuple[Group, ...]
    parents: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def fold(graph: Records) -> Folding:
    """Divide a graph into groups and place everything.

    Args:
        graph: Sorted records, as `viz.select.select` gives them.

    Returns:
        The same for the same records. Up to `ABOVE` things there are no groups.
    """
    count = len(graph.nodes)
    ties = layout.skeleton(range(count), ((edge.source, edge.target) for edge in graph.edges))
    if count <= ABOVE:
        return Folding((), (TOP,) * count, tuple(layout.place(ties)))
    levels, labels = _levels(ties, Names(graph, {v: list(near) for v, near in ties.adj.items()}))
    parents = [TOP] * (count + len(labels))
    for parent, children in levels.items():
        for child in children:
            parents[child] = parent
    groups = tuple(Group(label, tuple(levels[count + at])) for at, label in enumerate(labels))
    return Folding(groups, tuple(parents), tuple(_places(ties, levels, parents)))


def _levels(ties: "nx.Graph[int]", names: Names) -> tuple[dict[int, list[int]], list[str]]:
    """Return the members of every level, by its group, and the names of the groups."""
    levels: dict[int, list[int]] = {}
    labels: list[str] = []
    waiting = [(TOP, ties)]
    for group, within in waiting:  # it grows as we go
        parts = _divide(within, names)
        groups = [part for part in parts if len(part) > 1]
        first = len(ties) + len(labels)
        levels[group] = [part[0] for part in parts if len(part) == 1]
        levels[group] += range(first, first + len(groups))
        labels += names.level(groups, None if group == TOP else list(within))
        numbers = {at: number for number, part in enumerate(groups) for at in part}
        inner: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for a, b in within.edges:
            if a in numbers and numbers[a] == numbers.get(b):
                inner[numbers[a]].append((a, b))
        for number, part in enumerate(groups):
            if len(part) <= LEVEL:
                levels[first + number] = part
            else:
                waiting.append((first + number, layout.skeleton(part, inner[number])))
    return levels, labels


def _divide(within: "nx.Graph[int]", names: Names) -> list[list[int]]:
    """Divide one level: into its things if they are few, else into hubs, communities and pools."""
    if len(within) <= LEVEL:
        return _singles(sorted(within))
    hubs = _hubs(within)
    apart = set(hubs)
    rest = within
    if hubs:
        kept = (v for v in within if v not in apart)
        ties = ((a, b) for a, b in within.edges if a not in apart and b not in apart)
        rest = layout.skeleton(kept, ties)
    communities = _communities(rest)
    if max(map(len, communities)) > 0.9 * len(rest):  # nothing tells these apart
        communities = _singles(sorted(rest))
    communities.sort(key=lambda things: (-len(things), things[0]))
    large = [things for things in communities[: LEVEL // 2] if len(things) >= SMALL]
    return [*_singles(hubs), *large, *_rest(communities[len(large) :], names)]


def _rest(communities: Sequence[list[int]], names: Names) -> list[list[int]]:
    """Pool small communities, unless all together are so few that they can stand for themselves."""
    things = list(chain.from_iterable(communities))
    return _singles(things) if len(things) < SMALL else _pools(communities, names)


def _hubs(within: "nx.Graph[int]") -> list[int]:
    count = len(within)
    least = max(count / HUB, APART * 2 * within.number_of_edges() / count)
    busiest = sorted((-degree, v) for v, degree in within.degree if degree > least)
    return sorted(v for _, v in busiest[:HUBS])


def _singles(things: Iterable[int]) -> list[list[int]]:
    return [[thing] for thing in things]


def _communities(ties: "nx.Graph[int]") -> list[list[int]]:
    small = [
        sorted(part) for part in nx.community.fast_label_propagation_communities(ties, seed=SEED)
    ]
    of = {thing: at for at, part in enumerate(small) for thing in part}
    # What ties within a community weighs counts too: Louvain's modularity compares it with the rest.
    between = Counter((min(of[a], of[b]), max(of[a], of[b])) for a, b in ties.edges)
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(small)))
    joined.add_weighted_edges_from((a, b, weight) for (a, b), weight in between.items())
    parts = nx.community.louvain_communities(joined, seed=SEED)
    return [sorted(chain.from_iterable(small[at] for at in part)) for part in parts]


def _pools(parts: Sequence[list[int]], names: Names) -> list[list[int]]:
    """Put parts, each kept whole, into pools of about equal size, by the alphabet."""
    total = sum(map(len, parts))
    pieces = min(LEVEL // 2, math.ceil(total / LEVEL))
    before = 0
    pools: dict[int, list[int]] = defaultdict(list)
    for part in sorted(parts, key=names.key):
        pools[before * pieces // total] += part
        before += len(part)
    return [sorted(pool) for pool in pools.values()]


def _places(
    ties: "nx.Graph[int]", levels: dict[int, list[int]], parents: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Lay every level out by the ties between its members, whatever is folded within them."""
    between: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for a, b in ties.edges:
        level, pair = _meet(a, b, parents)
        between[level].add(pair)
    positions: dict[int, tuple[int, int]] = {}
    for level, members in levels.items():
        within = layout.skeleton(sorted(members), between[level])
        placed = layout.place(within, quick=level != TOP)
        positions.update(zip(within, placed, strict=True))
    return (positions[item] for item in range(len(parents)))


def _meet(a: int, b: int, parents: Sequence[int]) -> tuple[int, tuple[int, int]]:
    """Return the deepest level that holds two things, and what holds each of them there."""
    above_a, above_b = _line(a, parents), _line(b, parents)
    while above_a and above_b and above_a[-1] == above_b[-1]:
        above_a.pop()
        above_b.pop()
    return parents[above_a[-1]], (above_a[-1], above_b[-1])


def _line(item: int, parents: Sequence[int]) -> list[int]:
    line = []
    while item != TOP:
        line.append(item)
        item = parents[item]
    return line
