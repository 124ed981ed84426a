"""When what was to be done by a day was done, by what is reported of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.promises.days import first_day, last_day
from kg.promises.grouping import gainsaid
from kg.promises.known import counts_on, is_as_sure, is_unsure, published, said_on
from kg.promises.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.promises.promise import Promise
    from kg.promises.statement import Statement

ENDINGS: Final = ("achieved", "missed", "abandoned")
"""The statuses that nothing can follow."""

Denied: TypeAlias = "Callable[[Statement], Iterable[Statement]]"
"""Finds who contradicts a statement."""

_PENDING: Final = ("announced", "underway", "postponed")


@dataclass(frozen=True)
class Reported:
    """A report of a `status`, which began on some day from `first` to `last`."""

    name: str
    status: str
    first: date
    last: date
    unsure: bool = False


def judge_reports(due: date | None, reports: Iterable[Reported], as_of: date) -> Verdict:
    """Judge a promise that something is done by a day, by what was reported by another day.

    >>> reports = [Reported("a", "achieved", date(2024, 1, 12), date(2024, 1, 12))]
    >>> judge_reports(date(2020, 6, 30), reports, date(2024, 2, 1)).name
    'met-late'
    """
    ordered = sorted(reports, key=lambda report: (report.last, report.first, report.name))
    if any(not report.unsure for report in ordered):
        ordered = [report for report in ordered if not report.unsure]
    by = due or date.max
    achieved = [report for report in ordered if report.status == "achieved"]
    abandoned = next((report for report in ordered if report.status == "abandoned"), None)
    first = achieved[0] if achieved else None
    if abandoned and (first is None or abandoned.last < first.first):
        return _told("abandoned", abandoned)
    missed = next((report for report in ordered if _is_miss(report, by)), None)
    if first:
        # What was still to come after the day was done after it, though nobody says when.
        late = missed is not None and missed.last <= first.last
        return _told("met-late", first) if late else _achieved(first, by, as_of)
    if as_of <= by:
        return Verdict("open")
    return _told("missed", missed) if missed else Verdict("undetermined", "no-report")


def _achieved(report: Reported, due: date, as_of: date) -> Verdict:
    if report.last <= due:
        return _told("met", report)
    if report.first > due:
        return _told("met-late", report)
    if as_of <= due:
        return Verdict("open")
    return replace(_told("undetermined", report), reason="by-then-or-later-not-known")


def _is_miss(report: Reported, due: date) -> bool:
    if report.status == "missed":
        return report.last > due or report.first >= due
    return report.first > due and report.status in _PENDING


def _told(name: str, report: Reported) -> Verdict:
    return Verdict(name, None, report.name, report.last)


def judge_milestone(
    promise: Promise, known: Sequence[Statement], day: date, denied: Denied
) -> Verdict:
    """Judge a milestone; what one report alone tells, and another gainsays, is disputed."""
    reports = _of_milestone(promise, known, day)
    verdict = judge_reports(promise.due, reports, day)
    if verdict.rests_on in _contested(known, denied):
        rest = [report for report in reports if report.name != verdict.rests_on]
        if judge_reports(promise.due, rest, day).name != verdict.name:
            return Verdict("undetermined", "disputed", verdict.rests_on, verdict.day, disputed=True)
    return verdict


def judge_words(
    promise: Promise,
    own: Iterable[Statement],
    known: Sequence[Statement],
    day: date,
    denied: Denied,
) -> Verdict:
    """Judge a promise of a figure by its `own` statements and what is reported of its plan, whatever was measured.

    What others gainsay settles nothing by itself.
    """
    ended = [one for one in own if counts_on(one, day) and one.text("status") in ENDINGS]
    given_up = list(_given_up(promise, known, day))
    contested = _unsettled(ended, denied)
    if given_up:
        contested |= _contested(known, denied)
    due = promise.due or date.max
    reports = [report for one in (*ended, *given_up) for report in _in_time(_report(one), due)]
    told = judge_reports(promise.due, [one for one in reports if one.name not in contested], day)
    if told.is_conclusive or not judge_reports(promise.due, reports, day).is_conclusive:
        return told
    return replace(told, disputed=True)


def _contested(known: Sequence[Statement], denied: Denied) -> set[str]:
    """Return the names of the statements that settle nothing by themselves: others gainsay them no less surely."""
    by_name = {one.name: one for one in known}
    pairs = [(by_name[name], one) for one in known for name in gainsaid(one) if name in by_name]
    both = (pair for one, other in pairs for pair in ((one, other), (other, one)))
    gainsayed = {one.name for one, other in both if is_as_sure(other, one)}
    return gainsayed | _unsettled(known, denied)


def _unsettled(known: Iterable[Statement], denied: Denied) -> set[str]:
    return {one.name for one in known if any(is_as_sure(other, one) for other in denied(one))}


def _of_milestone(promise: Promise, known: Iterable[Statement], day: date) -> list[Reported]:
    """Return the reports that tell of a milestone."""
    # What is still to come by another day, or missed that, is another milestone; what was put off to
    # another day was put off from this one.
    of_its_day = ("missed", "announced", "underway")
    own = (
        _report(one)
        for one in known
        if not _is_taken_up(one, day)
        if one.one("due") in (None, promise.due) or one.text("status") not in of_its_day
    )
    recalled = promise.due is not None and promise.said > promise.due
    # What was done before it was promised is an earlier stage.
    return [r for r in own if recalled or r.status != "achieved" or r.last >= promise.said]


def _given_up(promise: Promise, known: Iterable[Statement], day: date) -> Iterator[Statement]:
    """Yield the reports that the plan of a promise was given up after it was made."""
    # Who gives up a plan gives up what was promised before; a new figure of the same day stays.
    unsure = all(map(is_unsure, promise.statements))
    after = (one for one in known if promise.said < said_on(one) and not _is_of_others(promise))
    for one in after:
        is_given_up = one.text("status") == "abandoned" and not _is_taken_up(one, day)
        if is_given_up and (unsure or not is_unsure(one)):
            yield one


def _is_taken_up(statement: Statement, day: date) -> bool:
    """Whether what was given up for a time is so no more on a day: what has an end behind it ends nothing."""
    until = statement.one("until")
    return statement.text("status") == "abandoned" and isinstance(until, date) and until < day


def _is_of_others(promise: Promise) -> bool:
    """Whether somebody else than the company of the plan is to keep a promise: whose plan it is gives up its own."""
    return any("promisedBy" in one.says for one in promise.statements)


def _in_time(report: Reported, due: date) -> Iterator[Reported]:
    # What was given up after its day may have been reached by it.
    if report.status != "abandoned" or report.last <= due:
        yield report


def _report(statement: Statement) -> Reported:
    begun = statement.one("from")
    first = last = said_on(statement)
    if isinstance(begun, date):
        # The first day of a period stands for it; but what is reported has begun by then.
        precisions = statement.says.get("fromPrecision", ())
        end = last_day(begun, precisions)
        # Whoever writes the last day of a period means the period.
        first = begun if "cp:fiscal-year" in precisions else min(begun, first_day(end, precisions))
        last = max(begun, min(end, published(statement)))
    elif statement.kind == "StatusReport" and statement.text("status") in ENDINGS:
        # Nobody says when it came to that; what is still to come is so on the day of the words.
        first = date.min
    status = statement.text("status") or ""
    return Reported(statement.name, status, first, last, is_unsure(statement))
