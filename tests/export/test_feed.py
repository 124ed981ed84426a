"""The feed of what became known, as two other programs read it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import atoma
import feedparser
import pytest

import kg
from kg.base import ID, MissingExtraError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def written(graph: kg.Graph) -> bytes:
    return graph.export("atom")


@pytest.fixture(scope="module")
def entries(written: bytes) -> dict[str, feedparser.FeedParserDict]:
    feed = feedparser.parse(written)
    assert not feed.bozo
    assert feed.version == "atom10"
    return {entry.id: entry for entry in feed.entries}


def test_every_source_is_an_entry_of_its_day_that_links_to_it(
    graph: kg.Graph, entries: dict[str, feedparser.FeedParserDict]
) -> None:
    query = """SELECT DISTINCT ?source ?day ?url {
      ?statement cp:source ?source . ?source schema:datePublished ?day ; schema:url ?url }"""
    rows = graph.query(query).rows
    assert len(rows) > 100
    for source, day, url in rows:
        entry = entries[f"{ID}{source}"]
        assert entry.updated[:10] == entry.published[:10] == str(day)
        assert entry.link.partition("?")[0].rstrip("/") in str(url)


def test_entry_says_what_its_source_says(
    entries: dict[str, feedparser.FeedParserDict],
) -> None:
    entry = entries[f"{ID}medianama-2017-03-28"]
    assert entry.title.startswith("MediaNama: 6 things that Xiaomi CEO Lei Jun said")
    assert (
        "<li>500 service centres by the first half of 2017, from 250</li>" in entry.content[0].value
    )


def test_entry_is_made_each_time_that_a_verdict_changed(
    entries: dict[str, feedparser.FeedParserDict],
) -> None:
    promise = f"{ID}medianama-2017-03-28.3.4.promise"
    changes = {iri.removeprefix(promise): entries[iri].title for iri in entries if promise in iri}
    said = "Xiaomi: 500 service centres by the first half of 2017, from 250"
    assert changes == {
        "?since=2017-07-01": f"{said}: undetermined",
        "?since=2018-06-30": f"{said}: met",
    }


def test_newest_come_first_and_nothing_comes_after_the_last_source(written: bytes) -> None:
    days = [entry.updated[:10] for entry in feedparser.parse(written).entries]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2026-01-31"


def test_another_library_reads_the_same_entries(
    written: bytes, entries: dict[str, feedparser.FeedParserDict]
) -> None:
    feed = atoma.parse_atom_bytes(written)
    assert feed.updated.isoformat() == "2026-01-31T00:00:00+00:00"
    assert len(feed.entries) == len(entries) > 131
    assert {one.id_: one.title.value for one in feed.entries} == {
        iri: entry.title for iri, entry in entries.items()
    }


def test_feed_ends_on_the_day_that_is_asked_about(graph: kg.Graph) -> None:
    feed = feedparser.parse(graph.export("atom", today=date(2017, 4, 1)))
    days = [entry.updated[:10] for entry in feed.entries]
    assert days
    assert max(days) <= "2017-04-01"
    assert feed.feed.updated[:10] == days[0]


def test_marks_in_a_text_stay_text_and_no_link_runs_a_script(acme: Path) -> None:
    path = acme / "gazette-2020.yaml"
    text = path.read_text().replace("Acme to open shops", r'"<b>&amp;\0]]> Acme"')
    path.write_text(text.replace("publisher: ", 'url: "javascript:alert(1)"\npublisher: '))
    (acme / "things.ttl").write_text(
        (acme / "things.ttl").read_text().replace("Acme's shops", "<script>alert(1)</script>")
    )
    written = kg.build([acme], shipped=False, check=False).export("atom")
    feed = atoma.parse_atom_bytes(written)
    entry = next(one for one in feed.entries if one.id_ == f"{ID}gazette-2020")
    assert entry.title.value == r"The Gazette: <b>&amp;\u0000]]> Acme"
    assert b"<script" not in written
    assert b"&lt;script" not in written
    assert [link.href for link in entry.links] == [f"{ID}gazette-2020"]


def test_feed_tells_of_the_promises_that_the_question_tells_of(
    graph: kg.Graph, entries: dict[str, feedparser.FeedParserDict]
) -> None:
    """A plan of which nobody knows whose it is is no promise of anybody."""
    told = {row["promise"] for row in graph.ask("outcome", date="2026-01-31")}
    judged = {iri.partition(".promise?")[0] for iri in entries if ".promise?" in iri}
    assert len(judged) > 80
    assert judged <= {f"{ID}{promise}" for promise in told}


def test_entry_whose_words_were_corrected_is_updated_on_that_day(acme: Path) -> None:
    article = (acme / "gazette-2020.yaml").read_text()
    head, _, tail = article.partition("type: Target\n")
    retraction = "type: Retraction\n    corrects: gazette-2020.1\n"
    text = f"{head}{retraction}{tail[tail.index('    evidence:') :]}"
    text = text.replace("gazette-2020", "gazette-2021").replace("2020-01-31", "2021-01-31")
    (acme / "gazette-2021.yaml").write_text(
        text.replace("corrects: gazette-2021.1", "corrects: gazette-2020.1")
    )
    graph = kg.build([acme], shipped=False, check=False)

    def told(day: date) -> tuple[bool, str, str]:
        feed = feedparser.parse(graph.export("atom", today=day))
        entry = next(one for one in feed.entries if one.id == f"{ID}gazette-2020")
        return "corrected" in entry.content[0].value, entry.published[:10], entry.updated[:10]

    assert told(date(2020, 12, 31)) == (False, "2020-01-31", "2020-01-31")
    assert told(date(2021, 12, 31)) == (True, "2020-01-31", "2021-01-31")


def test_day_before_all_sources_is_named(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="no source here was published by 1990-01-01"):
        graph.export("atom", today=date(1990, 1, 1))


def test_feed_of_nothing_is_refused(acme: Path, tmp_path: Path, run) -> None:
    out = tmp_path / "changes.atom"
    result = run("export", "-s", acme / "things.ttl", "-o", out)
    assert (result.exit_code, out.exists()) == (2, False)
    assert "nothing that became known" in result.stderr
    with pytest.raises(UsageError):
        kg.build([acme / "things.ttl"], shipped=False, check=False).export("atom")


def test_missing_library_is_told_with_its_extra(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "feedgenerator", None)
    with pytest.raises(MissingExtraError, match=r"needs feedgenerator, .* '\.\[export\]'"):
        graph.export("atom")
