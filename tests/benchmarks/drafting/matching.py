"""Which proposal is which statement of the gold.

A proposal and a statement can be one where

- both are of one kind (target, observation, status report, relation),
- they say the same at heart: a target or an observation the same number or range, a status report the
  same status, a relation the same subject, predicate and object,
- and their words overlap: those of a number anywhere, since the figure tells which is meant; those of a
  status report or a relation by half or more of the shorter of the two.

Each statement is one proposal at most, and the other way round: of all ways to pair them one is taken
that pairs as many as possible, and among those one whose pairs agree in most besides. So a proposal
that is made twice is right once, and wrong once.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting import Proposal

TARGET: Final = "Target"
OBSERVATION: Final = "Observation"
STATUS_REPORT: Final = "StatusReport"
RELATION: Final = "Relation"
KINDS: Final = (TARGET, OBSERVATION, STATUS_REPORT, RELATION)
GRADED: Final = (TARGET, OBSERVATION, STATUS_REPORT)
"""The kinds that verdicts rest on, and for which goals are set."""

_ENOUGH: Final = {STATUS_REPORT: 0.5, RELATION: 0.5}
"""How much of the shorter of two places has to stand in the longer, by kind; of others any part."""
_NUMBERS: Final = ("value", "minimum", "maximum")
_BESIDES: Final = ("indicator", "about", "due", "when", "place", "speaker", "comparator", "unit")


class Pair(NamedTuple):
    """A statement of the gold, and the proposal that is taken for it."""

    gold: Proposal
    proposed: Proposal


def pair_up(gold: Sequence[Proposal], proposed: Sequence[Proposal]) -> list[Pair]:
    """Return the pairs, in the order of the gold.

    >>> from kg.drafting import Proposal
    >>> jobs = Proposal({"type": "Target", "value": "20000"}, ((0, 40),))
    >>> again = Proposal({"type": "Target", "value": "20000.0"}, ((10, 40),))
    >>> [pair.proposed is again for pair in pair_up([jobs], [again, again])]
    [True]
    """
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    for i, one in enumerate(gold):
        for j, other in enumerate(proposed):
            if can_be_one(one, other):
                # What agrees besides decides between ways that pair as many; whole numbers, so that
                # no rounding does.
                graph.add_edge((0, i), (1, j), weight=1 + _agreement(one, other))
    found = nx.max_weight_matching(graph, maxcardinality=True)
    pairs = sorted(tuple(sorted(edge)) for edge in found)
    return [Pair(gold[i], proposed[j]) for (_, i), (_, j) in pairs]


def can_be_one(gold: Proposal, proposed: Proposal) -> bool:
    """Whether a proposal may be taken for a statement of the gold."""
    kind = gold.keys["type"]
    if kind != proposed.keys["type"] or heart_of(gold.keys) != heart_of(proposed.keys):
        return False
    shared = shared_part(gold.spans, proposed.spans)
    return shared > 0 and shared >= _ENOUGH.get(str(kind), 0)


def heart_of(keys: Mapping[str, str | list[str]]) -> tuple[object, ...]:
    """Return what a statement says at heart, by its kind."""
    if keys["type"] == STATUS_REPORT:
        return (keys.get("status"),)
    if keys["type"] == RELATION:
        return tuple(keys.get(key) for key in ("subject", "predicate", "object"))
    return tuple(number_of(keys.get(key)) for key in _NUMBERS)


def number_of(written: str | list[str] | None) -> Decimal | str | None:
    """Return the number that is written, whatever its zeros; what is none stays as it is."""
    if written is None or isinstance(written, list):
        return None if written is None else " ".join(written)
    try:
        return Decimal(written)
    except InvalidOperation:
        return written


def covered(spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return the code points of a text that spans cover."""
    return {place for start, end in spans for place in range(start, end)}


def shared_part(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Return how much of the shorter of two places stands in the longer, from 0 to 1."""
    here, there = covered(one), covered(other)
    return len(here & there) / max(1, min(len(here), len(there)))


def overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Return what two places share, divided by what they cover together (IoU), from 0 to 1."""
    here, there = covered(one), covered(other)
    return len(here & there) / max(1, len(here | there))


def _agreement(gold: Proposal, proposed: Proposal) -> int:
    same = sum(gold.keys.get(key) == proposed.keys.get(key) for key in _BESIDES)
    return 100 * same + round(99 * overlap(gold.spans, proposed.spans))
