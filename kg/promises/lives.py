"""In which status a thing was, from when until when, by all that is reported of it.

Of two reports the later one counts, and of two of one day the one of the higher rank. A report that
ends counts until its last day; what was so before is so again after it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import groupby
from typing import TYPE_CHECKING

from kg.promises.days import day_after, day_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.promises.claims import Claims
    from kg.promises.statement import Statement


@dataclass(frozen=True)
class StatusPeriod:
    """A `status` that a thing was in from the day `since`, as `reports` by name say.

    `until` is the last day, or None where it still is, and `before` the status that it was in before,
    if any. A thing has no period for as long as no report counts.
    """

    status: str
    since: date
    until: date | None
    before: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True)
class _Report:
    """That a thing is in a `status`, of a `rank`, from a day on until another, if it ends."""

    since: date
    rank: int
    status: str
    name: str
    until: date


def status_periods(claims: Claims) -> dict[str, list[StatusPeriod]]:
    """Return in which statuses things were, by slug, in order of days."""
    by_thing: defaultdict[str, list[_Report]] = defaultdict(list)
    for statement in claims.statements.values():
        report = _report(statement, claims.ranks)
        if report:
            for thing in map(str, statement.says.get("reportsOn", ())):
                by_thing[thing].append(report)
    return {thing: list(_periods(reports)) for thing, reports in sorted(by_thing.items())}


def _report(statement: Statement, ranks: Mapping[str, int]) -> _Report | None:
    since, until, status = (statement.one(key) for key in ("since", "until", "status"))
    rank = ranks.get(str(status))
    if not isinstance(since, date) or rank is None:
        return None
    last = until if isinstance(until, date) else date.max
    return _Report(since, rank, str(status), statement.name, last)


def _periods(reports: Sequence[_Report]) -> Iterator[StatusPeriod]:
    # A day on which the status stays what it was begins no period.
    runs = [
        (status, next(run)[0])
        for status, run in groupby(_states(reports), key=lambda state: state[1])
    ]
    by_status: defaultdict[str, list[_Report]] = defaultdict(list)
    for report in sorted(reports, key=_since):
        by_status[report.status].append(report)
    for place, (status, since) in enumerate(runs):
        if status is None:
            continue
        end = runs[place + 1][1] if place + 1 < len(runs) else None
        before = runs[place - 1][0] if place else None
        yield StatusPeriod(
            status,
            since,
            None if end is None else day_before(end),
            before,
            tuple(sorted(_of_period(since, end, by_status[status]))),
        )


def _states(reports: Sequence[_Report]) -> Iterator[tuple[date, str | None]]:
    """Yield the days on which something begins or ends, each with the status that holds from it on."""
    days = {report.since for report in reports}
    days |= {day_after(report.until) for report in reports if report.until != date.max}
    coming = deque(sorted(reports, key=_since))
    # Of those that have begun the latest of the highest rank comes first; what has ended is taken off.
    begun: list[tuple[int, int, int, _Report]] = []
    for day in sorted(days):
        while coming and coming[0].since <= day:
            report = coming.popleft()
            heappush(begun, (-report.since.toordinal(), -report.rank, -len(coming), report))
        while begun and begun[0][3].until < day:
            heappop(begun)
        yield day, begun[0][3].status if begun else None


def _of_period(since: date, end: date | None, own: Sequence[_Report]) -> Iterator[str]:
    """Yield who reports a status during a period, else those by whom it is so again.

    `own` are all who report it, in order of days.
    """
    first = bisect_left(own, since, key=_since)
    last = len(own) if end is None else bisect_left(own, end, key=_since)
    during = [report.name for report in own[first:last] if report.until >= since]
    yield from during or (report.name for report in own[:first] if report.until >= since)


def _since(report: _Report) -> date:
    return report.since
