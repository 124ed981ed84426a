"""Which of several promises of one plan is told for all, day by day: the one that holds and is due last."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import Any, Final

_DAY: Final = timedelta(days=1)
_NEVER: Final = date.max.isoformat()

Period = list[str | None]
"""A first day and the last one, or None where it has not ended."""


def add_speakers(promises: Sequence[dict[str, Any]]) -> None:
    """Say of every promise whose plan has several in which periods it is told for all: as `speaks`, in order.

    Args:
        promises: As `viz.promises.records` makes them: each with its `node`, the day on which it is `due`, and
            what can be `told` of it, each from `since` to `until` with an `outcome`.

    >>> told = [{"since": "2020-01-01", "until": "2020-12-31", "outcome": "open"}, {"since": "2021-01-01", "outcome": "met"}]
    >>> later = [{"since": "2020-07-01", "outcome": "open"}]
    >>> promises = [{"node": 1, "due": "2020-12-31", "told": told}, {"node": 1, "due": "2022-12-31", "told": later}]
    >>> add_speakers(promises)
    >>> [promise["speaks"] for promise in promises]
    [[['2020-01-01', '2020-06-30']], [['2020-07-01', None]]]
    """
    by_node: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for promise in promises:
        by_node[promise["node"]].append(promise)
    for several in by_node.values():
        if len(several) > 1:
            for promise, periods in zip(several, _periods(several), strict=True):
                promise["speaks"] = periods


def _periods(several: Sequence[Mapping[str, Any]]) -> list[list[Period]]:
    """Return for each of the promises of one plan when it is told for all."""
    found: list[list[Period]] = [[] for _ in several]
    before: int | None = None
    for day, speaker in _speakers(several):
        if speaker == before:
            continue
        if before is not None:
            found[before][-1][1] = (day - _DAY).isoformat()
        if speaker is not None:
            found[speaker].append([day.isoformat(), None])
        before = speaker
    return found


def _speakers(several: Sequence[Mapping[str, Any]]) -> Iterator[tuple[date, int | None]]:
    """Yield the days on which something else can be told of one of them, each with the promise that is told for all."""
    told = [
        (_day(one["since"]), _day(one.get("until") or _NEVER), _rank(promise, one, at))
        for at, promise in enumerate(several)
        for one in promise["told"]
    ]
    days = {since for since, _, _ in told} | {
        until + _DAY for _, until, _ in told if until < date.max
    }
    coming = deque(sorted(told))
    # Of what can be told on a day the first in rank is on top; what is over is taken off there.
    standing: list[tuple[tuple[bool, int, int], date]] = []
    for day in sorted(days):
        while coming and coming[0][0] <= day:
            _, until, rank = coming.popleft()
            heappush(standing, (rank, until))
        while standing and standing[0][1] < day:
            heappop(standing)
        yield day, standing[0][0][2] if standing else None


def _rank(promise: Mapping[str, Any], told: Mapping[str, Any], at: int) -> tuple[bool, int, int]:
    """Return what sorts the promise that is told for all first: what holds, then what is due last, then the first."""
    if told["outcome"] == "replaced":
        return True, 0, at
    due = promise.get("due")
    return False, -_day(due).toordinal() if due else 0, at


def _day(text: str) -> date:
    return date.fromisoformat(text)
