"""Places of words in a text, several as one, and what stands behind a key of a source as a list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.drafting.amounts.amounts import Amount
    from kg.drafting.times.days import Period

P = TypeVar("P", "Amount", "Period")


def join_spans(
    spans: Sequence[tuple[int, int]], more: Iterable[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return all places, those that overlap as one: first that of the first span, the others in their order.

    >>> join_spans([(5, 9)], [(20, 22), (0, 2), (7, 12)])
    ((5, 12), (0, 2), (20, 22))
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted({*spans, *more}):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    # A statement stands where its own words do, and not where its day was named before.
    return tuple(sorted(joined, key=lambda span: not span[0] <= spans[0][0] < span[1]))


def listed(value: str | Iterable[str]) -> list[str]:
    """Return what stands behind a key as a list, of one or several.

    >>> listed("month"), listed(["month", "inferred"])
    (['month'], ['month', 'inferred'])
    """
    return [value] if isinstance(value, str) else list(value)


def touching(found: Sequence[P], spans: Iterable[tuple[int, int]]) -> list[P]:
    """Return what stands at least in part in some places, of what is in the order of the text and does not overlap."""
    numbers: set[int] = set()
    for start, end in spans:
        first = bisect_right(found, start, key=lambda one: one.end)
        numbers.update(range(first, bisect_left(found, end, key=lambda one: one.start)))
    return [found[number] for number in sorted(numbers)]
