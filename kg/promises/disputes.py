"""When sources disagree: which figures gainsay each other, and which side has more origins."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.promises.verdicts import Figure


def contested(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return the figures of the same moment that differ, where they come from several origins."""
    moments: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if not figure.empty:
            key = (figure.first, figure.last, figure.no_reach, figure.no_short)
            moments.setdefault(key, []).append(figure)
    in_order = sorted(moments.items(), key=lambda item: str(item[0]))
    return [moment for _, moment in in_order if _differs(moment)]


def _differs(moment: Sequence[Figure]) -> bool:
    values = {(figure.low, figure.high) for figure in moment}
    return len(values) > 1 and len({figure.origin for figure in moment}) > 1


def more_numerous(sides: Mapping[Figure, str]) -> list[Figure]:
    """Return the figures of most origins: of whether the aim was reached, then of how; none in a tie."""
    reached = {figure: str(name in ("met", "met-late")) for figure, name in sides.items()}
    kept = _majority(reached)
    return _majority({figure: sides[figure] for figure in kept})


def _majority(sides: Mapping[Figure, str]) -> list[Figure]:
    votes = Counter(side for _, side in {(figure.origin, side) for figure, side in sides.items()})
    most = max(votes.values(), default=0)
    winners = [side for side, count in votes.items() if count == most]
    return [figure for figure, side in sides.items() if [side] == winners]
