"""In which status a thing was, from when until when, by all that is reported of it.

Of two reports the later one counts, and of two of one day the one of the higher rank. A report that
ends counts until its last day; what was so before is so again after it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kg.promises.days import day_after, day_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.promises.claims import Claims
    from kg.promises.statements import Statement


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
    days = {report.since for report in reports}
    days |= {day_after(report.until) for report in reports if report.until != date.max}
    states = [(day, _status_on(day, reports)) for day in sorted(days)]
    # A day on which the status stays what it was begins no period.
    runs = [(status, next(run)[0]) for status, run in groupby(states, key=lambda state: state[1])]
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
            tuple(sorted(_of_period(status, since, end, reports))),
        )


def _status_on(day: date, reports: Iterable[_Report]) -> str | None:
    counting = (report for report in reports if report.since <= day <= report.until)
    latest = max(counting, key=lambda report: (report.since, report.rank), default=None)
    return latest.status if latest else None


def _of_period(
    status: str, since: date, end: date | None, reports: Iterable[_Report]
) -> Iterator[str]:
    """Yield who reports a status during a period, else those by whom it is so again."""
    own = [report for report in reports if report.status == status and report.until >= since]
    during = [report.name for report in own if since <= report.since < (end or date.max)]
    yield from during or (report.name for report in own if report.since < since)
