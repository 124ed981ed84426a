"""The calendar of what falls due, as two other programs read it."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

import kg
from kg.base import MissingExtraError, UsageError
from tests.conftest import ARTICLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def written(graph: kg.Graph) -> bytes:
    return graph.export("ics")


@pytest.fixture(scope="module")
def events(written: bytes) -> dict[str, icalendar.Event]:
    """The events by the IRI of their promise, which stands last in their text."""
    found = icalendar.Calendar.from_ical(written).walk("VEVENT")
    return {str(event["description"]).splitlines()[-1]: event for event in found}


def promise(slug: str) -> str:
    return f"https://w3id.org/corporate-plans/id/{slug}.promise"


def test_every_promise_with_a_day_is_one_event(
    graph: kg.Graph, events: dict[str, icalendar.Event]
) -> None:
    # What was taken back stands no more, and the question leaves it out as well.
    due = {promise(row["promise"]) for row in graph.ask("due", today=date(2026, 1, 31))}
    assert len(due) > 90
    assert events.keys() == due


def test_another_library_reads_the_same_days_and_titles(
    written: bytes, events: dict[str, icalendar.Event]
) -> None:
    other = IcsCalendarStream.calendar_from_ics(written.decode())
    read = {(one.uid, one.summary, one.dtstart, one.dtend) for one in other.events}
    assert len(read) == len(events)
    assert read == {
        (str(e["uid"]), str(e["summary"]), e["dtstart"].dt, e["dtend"].dt) for e in events.values()
    }


@pytest.mark.parametrize(
    ("slug", "first", "last", "said"),
    [
        ("medianama-2017-03-28.3.4", (2017, 1, 1), (2017, 6, 30), "by the first half of 2017"),
        ("bharat-horizon-2026-01.2", (2026, 1, 1), (2026, 3, 31), "by the first quarter of 2026"),
        ("business-today-2018-07-14.2", (2025, 1, 1), (2025, 12, 31), "by 2025"),
        ("een-media-2025-07-25.3", (2025, 12, 31), (2025, 12, 31), "by 2025-12-31"),
    ],
)
def test_event_covers_what_is_known_of_the_day_and_says_so(
    events: dict[str, icalendar.Event],
    slug: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    said: str,
) -> None:
    event = events[promise(slug)]
    assert event["dtstart"].dt == date(*first)
    assert event["dtend"].dt == date(*last) + timedelta(days=1)
    assert said in event["summary"]


def test_status_and_source_stand_in_the_text(events: dict[str, icalendar.Event]) -> None:
    lines = str(events[promise("medianama-2017-03-28.3.4")]["description"]).splitlines()
    assert lines[0] == "Status: met, by own word (as known on 2026-01-31)"
    assert lines[1].startswith("It rests on: ")
    assert "BusinessLine, 2018-06-30" in lines[1]
    assert "Due: between 2017-01-01 and 2017-06-30" in lines
    sources = [line for line in lines if line.startswith("Source: 6 things")]
    assert sources[0].endswith("MediaNama, 2017-03-28, section 3, characters 1740–1828")


def test_what_is_off_is_cancelled_and_all_else_stands(events: dict[str, icalendar.Event]) -> None:
    off = {str(e["categories"].cats[-1]) for e in events.values() if e["status"] == "CANCELLED"}
    on = {str(e["categories"].cats[-1]) for e in events.values() if e["status"] == "CONFIRMED"}
    assert off == {"abandoned", "replaced"}
    assert {"met", "missed", "open", "undetermined"} <= on


def test_stamps_are_days_of_the_graph_and_identifiers_are_unique(
    graph: kg.Graph, events: dict[str, icalendar.Event]
) -> None:
    query = "SELECT DISTINCT ?d { ?s schema:datePublished|cp:standsFrom ?d }"
    days = {day for (day,) in graph.query(query).rows}
    stamps = [event["dtstamp"].dt for event in events.values()]
    assert {stamp.date() for stamp in stamps} <= days
    assert {stamp.time() for stamp in stamps} == {datetime.min.time()}
    assert {stamp.utcoffset() for stamp in stamps} == {timedelta()}
    assert len({str(event["uid"]) for event in events.values()}) == len(events)


def test_promise_stands_as_it_stood_on_the_day_that_is_asked_about(graph: kg.Graph) -> None:
    for told in (
        graph.export("ics", today=date(2017, 5, 1)),
        graph.as_of(date(2017, 5, 1)).export("ics"),
    ):
        calendar = icalendar.Calendar.from_ical(told)
        statuses = [
            str(event["description"]).splitlines()[0]
            for event in calendar.walk("VEVENT")
            if promise("medianama-2017-03-28.3.4") in event["description"]
        ]
        assert statuses == ["Status: open (as known on 2017-05-01)"]


def test_correction_is_told_once_it_is_known(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    later = (
        path.read_text().replace("gazette-2020", "gazette-2021").replace("2020-01-31", "2021-01-31")
    )
    retraction = "type: Retraction\n    corrects: gazette-2020.1\n"
    head, _, tail = later.partition("type: Target\n")
    evidence = tail[tail.index("    evidence:") :]
    (acme / "gazette-2021.yaml").write_text(f"{head}{retraction}{evidence}")
    more = (
        path.read_text().replace("gazette-2020", "herald-2020").replace("2020-01-31", "2020-02-28")
    )
    (acme / "herald-2020.yaml").write_text(more)
    graph = kg.build([acme], shipped=False, check=False)
    told = [graph.export("ics", today=date(2020, 12, 31)), graph.export("ics")]
    assert [b"corrected" in one.replace(b"\r\n ", b"") for one in told] == [False, True]


def test_stamp_is_the_last_day_on_which_the_status_or_the_text_changed(acme: Path) -> None:
    article = (acme / "gazette-2020.yaml").read_text()
    retraction = "type: Retraction\n    corrects: CORRECTED\n"
    head, _, tail = article.partition("type: Target\n")
    evidence = tail[tail.index("    evidence:") :]
    observed = "type: Observation\n    about: acme-shops\n    indicator: retail-outlets\n"
    observed += "    kind: counted\n    when: 2030-12-31\n    value: 21\n"
    for year, said in (("2031", observed), ("2032", retraction)):
        text = f"{head}{said}{evidence}".replace("2020-01-31", f"{year}-02-28")
        (acme / f"gazette-{year}.yaml").write_text(
            text.replace("gazette-2020", f"gazette-{year}").replace("CORRECTED", "gazette-2031.1")
        )
    graph = kg.build([acme], shipped=False, check=False)

    def told(day: date) -> tuple[str, date]:
        calendar = icalendar.Calendar.from_ical(graph.export("ics", today=day))
        (event,) = calendar.walk("VEVENT")
        assert event["dtstamp"].dt == event["last-modified"].dt
        status = str(event["description"]).partition("\n")[0].partition(" (")[0]
        return status.removeprefix("Status: "), event["dtstamp"].dt.date()

    assert told(date(2030, 12, 31)) == ("open", date(2020, 1, 31))
    # That its day passed changes what is told of it, and so does what is taken back.
    assert told(date(2031, 1, 2)) == ("undetermined: no figure", date(2031, 1, 1))
    assert told(date(2031, 12, 31)) == ("met", date(2031, 2, 28))
    assert told(date(2032, 12, 31)) == ("undetermined: no figure", date(2032, 2, 28))


def test_day_before_all_promises_is_named(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="no promise here that was known on 1990-01-01"):
        graph.export("ics", today=date(1990, 1, 1))


def test_identifiers_stay_when_a_promise_is_judged_anew(acme: Path) -> None:
    def uids(graph: kg.Graph) -> list[str]:
        calendar = icalendar.Calendar.from_ical(graph.export("ics"))
        return [str(event["uid"]) for event in calendar.walk("VEVENT")]

    before = uids(kg.build([acme], shipped=False))
    more = ARTICLE.replace("gazette-2020", "gazette-2031").replace("2020-01-31", "2031-01-31")
    more = re.sub(r"sha256: \w{64}", f"sha256: {'0' * 64}", more)
    observed = "type: Observation\n    kind: counted\n    when: 2030-12-31\n"
    more = more.replace("type: Target\n", observed).replace("    due: 2030-12-31\n", "")
    more = more.replace("    due_precision: year\n", "").replace("value: 20\n", "value: 21\n")
    (acme / "gazette-2031.yaml").write_text(more)
    graph = kg.build([acme], shipped=False)
    assert uids(graph) == before != []
    assert b"Status: met" in graph.export("ics")


@pytest.mark.parametrize(
    ("due", "start", "end"),
    [
        ("9999-12-31", date(9999, 1, 1), date(9999, 12, 31)),
        ("0001-12-31", date(1, 1, 1), date(2, 1, 1)),
    ],
)
def test_first_and_last_year_of_the_calendar_are_written(
    acme: Path, due: str, start: date, end: date
) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text().replace("2030-12-31", due))
    written = kg.build([acme], shipped=False, check=False).export("ics")
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (start, end)


@pytest.mark.parametrize("form", ["ics", "atom"])
def test_words_that_need_joiners_are_written_with_them_and_what_misleads_is_not(
    acme: Path, form: str
) -> None:
    path = acme / "gazette-2020.yaml"
    title = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f467"
    path.write_text(path.read_text().replace("Acme to open shops", f"{title} \u202eb", 1))
    written = kg.build([acme], shipped=False, check=False).export(form).replace(b"\r\n ", b"")
    assert title.encode() in written
    assert "\u202e".encode() not in written


def test_nothing_in_a_text_ends_an_event_or_becomes_a_link(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    hostile = r'"A\r\nEND:VEVENT\r\nBEGIN:VALARM; \u202e, \\n ' + "é" * 100 + '"'
    text = path.read_text().replace("Acme to open shops", hostile)
    path.write_text(text.replace("publisher: ", 'url: "javascript:alert(1)"\npublisher: '))
    written = kg.build([acme], shipped=False, check=False).export("ics")
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event.subcomponents == []
    assert "url" not in event
    assert r"A\u000d\u000aEND:VEVENT" in event["description"]
    assert max(map(len, written.split(b"\r\n"))) <= 75
    (other,) = IcsCalendarStream.calendar_from_ics(written.decode()).events
    assert other.description == str(event["description"])


def test_calendar_without_a_promise_is_refused_and_nothing_is_written(
    acme: Path, tmp_path: Path, run
) -> None:
    (acme / "gazette-2020.yaml").unlink()
    with pytest.raises(UsageError, match="no promise here has a day"):
        kg.build([acme], shipped=False).export("ics")
    out = tmp_path / "due.ics"
    result = run("export", "-s", acme / "things.ttl", "-o", out)
    assert (result.exit_code, out.exists()) == (2, False)


def test_missing_library_is_told_with_its_extra(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"needs icalendar, .* '\.\[export\]'"):
        graph.export("ics")


def test_command_writes_the_calendar_by_its_ending(graph: kg.Graph, tmp_path: Path, run) -> None:
    out = tmp_path / "due.ics"
    assert run("export", "-o", out).exit_code == 0
    assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(graph.export("ics")).digest()
    result = run("export", "-o", out, "--part", "derived")
    assert result.exit_code == 2
    assert "a calendar is of the whole graph" in result.stderr
