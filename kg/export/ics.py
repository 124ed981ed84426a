"""A calendar of what falls due, for whatever reads iCalendar (RFC 5545): a whole day or span a promise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from kg.base import UsageError
from kg.export.outside import load_library, readable, safe_link
from kg.export.promised import known_day, load_promised, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.promised import Promised
    from kg.plans import Words
    from kg.promises import Statement
    from kg.query import Index

_PRODUCT: Final = "-//corporate-plans//kg//EN"
# What is off is no date to keep; a calendar strikes it out or hides it.
_OFF: Final = frozenset({"abandoned", "replaced"})


def write_ics(index: Index, today: date | None = None) -> bytes:
    r"""Return the promises that have a day as a calendar, as they stand `today` or on the day of the last source.

    What is due in a year, a quarter or a month covers all of it, and its title says so. Identifiers
    follow from the promise and stamps from the last day on which what is told of it changed, so a calendar that subscribes keeps its events.

    Raises:
        UsageError: no promise has a day: a calendar without any event is none.
        MissingExtraError: icalendar is not installed; it comes with the extra `export`.

    >>> import kg
    >>> write_ics(kg.build(check=False).index).split(b"\r\n")[:2]
    [b'BEGIN:VCALENDAR', b'VERSION:2.0']
    """
    icalendar = load_library("icalendar", "a calendar")
    day = today or known_day(index)
    promised, words = load_promised(index, day) if day else ([], None)
    if day is None or words is None or not promised:
        known = f" that was known on {today}" if today else ""
        raise UsageError(
            f"no promise here{known} has a day by which it is due, so there is nothing to put into a calendar"
        )
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Corporate plans")
    for one in promised:
        calendar.add_component(_event(icalendar.Event(), one, words, day))
    data: bytes = calendar.to_ical()
    return data


def _event(event: Any, promised: Promised, words: Words, day: date) -> Any:
    stamp = datetime.combine(promised.told, time(), UTC)
    event.add("uid", str(uuid5(NAMESPACE_URL, promised.iri)))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", promised.earliest)
    # The end is the day after the last one; after the last day that a calendar has there is none.
    end = promised.due + timedelta(days=1) if promised.due < date.max else promised.due
    if end > promised.earliest:
        event.add("dtend", end)
    event.add("summary", readable(promised.title))
    event.add("description", "\n".join(map(readable, _lines(promised, words, day))))
    event.add("categories", [readable(name) for name in (*promised.companies, promised.verdict)])
    event.add("status", "CANCELLED" if promised.verdict in _OFF else "CONFIRMED")
    # A plan of somebody else keeps nobody from a meeting.
    event.add("transp", "TRANSPARENT")
    if url := safe_link(promised.statements[0].source.url):
        event.add("url", url)
    return event


def _lines(promised: Promised, words: Words, day: date) -> Iterator[str]:
    """Yield what is known of a promise, a line each."""
    yield f"Status: {promised.status} (as known on {day})"
    if promised.grounds:
        yield f"It rests on: {told_by(words, promised.grounds, day)} ({_source(promised.grounds, words)})"
    if promised.earliest < promised.due:
        yield f"Due: between {promised.earliest} and {promised.due}"
    yield f"About: {promised.about}"
    for statement in promised.statements:
        speaker = statement.one("speaker")
        said = f"Said by {words.label(speaker)}: " if speaker else "Said: "
        yield said + told_by(words, statement, day)
        yield f"Source: {_source(statement, words)}"
        if url := safe_link(statement.source.url):
            yield url
    yield promised.iri


def _source(statement: Statement, words: Words) -> str:
    origin = statement.source
    where = (words.label(origin.publisher), origin.published, statement.locator)
    return f"{origin.title}, {', '.join(filter(None, where))}"
