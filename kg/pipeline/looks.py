"""What is looked at from a node on, as a machine that goes from state to state: for who has the graph in pieces.

A state stands for where a path has come to; it tells which statements of a node, or about it, are looked at there,
and to which states their other ends lead. Both what rules look at around a neighbourhood (`links.py`) and the footprint of
shapes and queries (`footprint.py`) are such machines.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.pipeline.footprint import Footprint
    from kg.pipeline.links import Links

ANY: Final = b""
"""In place of a predicate: any."""

Moves = dict[bytes, tuple[int, ...]]
"""By predicate, as N-Quads write it, the states that the other end is in."""


class Looks(NamedTuple):
    """A machine; state 0 is that of a node from which all is looked at.

    Attributes:
        ahead: a state each, the statements of a node that are looked at.
        back: a state each, the statements about a node.
        mentions: predicates of which one statement about a node is looked at, whichever, from the first state on.
        depth: how many steps there are at most.
    """

    ahead: Sequence[Moves]
    back: Sequence[Moves]
    mentions: frozenset[bytes]
    depth: int

    def goes_on(self, state: int) -> bool:
        """Tell whether anything is looked at in a state."""
        return bool(self.ahead[state] or self.back[state])


def looks_around(links: Links) -> Looks:
    """Return what rules look at around a neighbourhood, of links that are near.

    >>> from kg.pipeline.local_rules import local_rules
    >>> from kg.pipeline.derivation import load_rules
    >>> looks_around(local_rules(load_rules()).links).depth
    2
    """
    leads = sorted(links.around)
    state_of = {lead: number for number, lead in enumerate(leads, 1)}
    ahead: list[Moves] = [{lead.encode(): (state_of[lead],) for lead in leads}]
    for lead in leads:
        seen = sorted(links.around[lead])
        ahead.append({one.encode(): (state_of[one],) if one in state_of else () for one in seen})
    return Looks(ahead, [{} for _ in ahead], frozenset(), _depth(ahead, [{}] * len(ahead)))


def looks_along(footprint: Footprint, links: Links) -> Looks:
    """Return what is looked at along a footprint, where what `links` share is at hand anyhow, and what they join.

    Raises:
        ValueError: any number of steps leads along what is not at hand, or somewhere from there.
    """
    ahead: list[defaultdict[bytes, list[int]]] = [defaultdict(list) for _ in footprint.looks]
    back: list[defaultdict[bytes, list[int]]] = [defaultdict(list) for _ in footprint.looks]
    mentions: set[bytes] = set()
    ends: set[int] = set()
    for place, (start, step) in footprint:
        names = [ANY] if step.predicates is None else [f"<{n}>".encode() for n in step.predicates]
        # Of all that is said about a node, whatever it is, no home knows.
        untold = step.inverse and step.predicates is None and not step.once
        if start in ends or (step.once and start) or untold:
            raise ValueError("a path goes on where nothing is known to be at hand")
        if step.many:
            near = links.shared if start else links.shared | links.joined
            if not near.issuperset({f"<{one}>" for one in step.predicates or ()} or {""}):
                raise ValueError("any number of steps leads along what is not at hand")
            ends.add(place)
        elif step.once and step.inverse:
            mentions.update(names)
        else:
            moves = back if step.inverse else ahead
            for name in names:
                moves[start][name].append(place)
    onward, backward = _moves(ahead), _moves(back)
    return Looks(onward, backward, frozenset(mentions), _depth(onward, backward))


def _moves(states: Sequence[Mapping[bytes, list[int]]]) -> list[Moves]:
    return [{name: tuple(ends) for name, ends in one.items()} for one in states]


def _depth(ahead: Sequence[Moves], back: Sequence[Moves], state: int = 0) -> int:
    moves = [*ahead[state].values(), *back[state].values()]
    after = {one for each in moves for one in each}
    return 1 + max((_depth(ahead, back, one) for one in after), default=0) if moves else 0
