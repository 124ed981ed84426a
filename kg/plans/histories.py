"""Which status was known of something, day by day, by what had been published by then.

The rule is that of `current-status.rq`, asked of every day on which something became known: of the
reports that had been published, had not been taken back and had not ended, the one that holds from
the latest day counts, and among those of one day the one of the highest rank. A relation keeps its
status when it ends: that it has ended is told beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.plans.plan import since

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.promises import Statement


def status_history(
    reports: Iterable[Statement], ranks: Mapping[str, int], published: Sequence[str]
) -> list[tuple[str, str | None]]:
    """Return from which days on which status was known, in order of days; None is none.

    Args:
        reports: The statements that report on one thing.
        ranks: The rank of every status, with its prefix.
        published: The sorted days on which a source of the graph was published.
    """
    reports = [report for report in reports if report.one("status")]
    history: list[tuple[str, str | None]] = []
    for day in sorted({day for report in reports for day in _days(report, published)}):
        last = published[bisect_right(published, day) - 1] if published else day
        counts = [report for report in reports if _counts(report, day, last)]
        best = max(
            counts, key=lambda it: (since(it), ranks.get(str(it.one("status")), 0)), default=None
        )
        status = best.text("status") if best else None
        if status != (history[-1][1] if history else None):
            history.append((day, status))
    return history


def told_after(day: str, published: Sequence[str]) -> str | None:
    """Return the first of some sorted days on which a source was published after `day`, if any.

    >>> told_after("2020-06-30", ["2019-01-01", "2020-06-30", "2021-01-01"])
    '2021-01-01'
    """
    at = bisect_right(published, day)
    return published[at] if at < len(published) else None


def _days(report: Statement, published: Sequence[str]) -> Iterable[str]:
    """Return the days on which a report begins or ceases to count."""
    yield report.source.published
    if (corrected := report.one("correctedOn")) is not None:
        yield str(corrected)
    end = _end(report)
    if end and (after := told_after(end, published)):
        yield after


def _end(report: Statement) -> str | None:
    until = report.one("until")
    return None if until is None or report.kind == "Relation" else str(until)


def _counts(report: Statement, day: str, last: str) -> bool:
    corrected, end = report.one("correctedOn"), _end(report)
    return (
        report.source.published <= day
        and (corrected is None or day < str(corrected))
        and (end is None or end >= last)
    )
