"""A number among the words that may tell what it counts, and how far they are from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.grammar.phrases import Hit
    from kg.drafting.grammar.words import Word

MONEY: Final = "money"
_BEFORE: Final = 2.5


class Spot(NamedTuple):
    """A number among words: those words, its first and one past its last, and its unit, `money` for any currency.

    `is_factor` says that it multiplies what is counted in that unit: "double the number of its shops".
    """

    words: Sequence[Word]
    first: int
    last: int
    unit: str
    is_factor: bool = False


def distance_of(hit: Hit[str], spot: Spot) -> float:
    """Return how far words are from a number; those before it are farther than those behind it."""
    if hit.first >= spot.last:
        return hit.first - spot.last
    return spot.first - hit.last + _BEFORE if hit.last <= spot.first else 0
