"""The front page counts what the questions answer."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from kg.pages.scoreboard import COLUMNS, count_promises, sort_scores
from kg.promises import load_records
from tests.pages.conftest import TODAY

ROW = re.compile(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", re.DOTALL)


def outcome(row) -> str:
    """Return what people read of a row of the question `outcome`."""
    verdict = str(row["verdict"]).removeprefix("cp:")
    return "no-result" if verdict == "undetermined" and row["replacedBy"] is None else verdict


def asked(graph, day: date) -> dict[str, Counter[str]]:
    found: dict[str, dict[str, str]] = {}
    for row in graph.ask("outcome", today=day):
        found.setdefault(str(row["company"]), {})[str(row["promise"])] = outcome(row)
    return {company: Counter(promises.values()) for company, promises in found.items()}


@pytest.mark.parametrize("day", [TODAY, date(2018, 6, 1)])
def test_scores_are_what_the_question_outcome_answers(dated, day):
    graph = dated if day == TODAY else dated.as_of(day)
    _, scores = count_promises(load_records(graph.index), day.isoformat())
    assert len(scores) >= 10 if day == TODAY else scores
    assert {score.company: score.counts for score in scores} == asked(graph, day)


def test_every_promise_counts_once_for_all(dated, read):
    records = load_records(dated.index)
    every, _ = count_promises(records, TODAY.isoformat())
    told = [record.on(TODAY.isoformat()) for record in records if record.companies]
    assert every.counts == Counter(one.outcome for one in told if one)
    assert f"{every.total:,} promises of" in read("/").text


def test_columns_hold_every_outcome_once():
    kinds = [kind for column in COLUMNS.values() for kind in column]
    from viz.style import OUTCOMES

    assert sorted(kinds) == sorted(OUTCOMES)
    assert COLUMNS["met"] == ("met", "met-late")


@pytest.mark.parametrize(
    "by", ["-promised", "promised", "-met", "company", "-company", "due", "-no-result"]
)
def test_rows_are_in_the_order_that_is_asked_for(dated, read, by):
    _, scores = count_promises(load_records(dated.index), TODAY.isoformat())
    named, ordered = sort_scores(scores, {}, by)
    assert named == by
    values = {
        "promised": lambda score: score.total,
        "met": lambda score: score.counts["met"] + score.counts["met-late"],
        "no-result": lambda score: score.counts["no-result"],
        "company": lambda score: score.company,
        "due": lambda score: score.next.due if score.next else "9999",
    }
    listed = [values[by.removeprefix("-")](score) for score in ordered]
    assert listed == sorted(listed, reverse=by.startswith("-"))
    assert len(set(listed)) > 3
    companies = [href for href in read(f"/?sort={by}").links if href.startswith("/id/")]
    first = ordered[0].company
    if by not in ("company", "-company"):  # which go by labels
        assert companies[:3].count(f"/id/{first}") or listed[0] == listed[1]


def test_an_order_that_is_none_is_that_of_the_most_promises(read):
    usual = read("/").links
    assert [one for one in read("/?sort=%22%3E").links if one.startswith("/id/")] == [
        one for one in usual if one.startswith("/id/")
    ]


def test_what_falls_due_next_is_open_and_comes_in_order(dated, site):
    page = site.get("/").text
    listed = page.partition("What falls due next")[2].partition("What changed lately")[0]
    days = re.findall(r'<time datetime="([^"]+)"', listed)
    names = re.findall(r'href="/id/([^"]+\.promise)"', listed)
    assert len(days) == len(names) == 8
    assert days == sorted(days)
    assert days[0] >= TODAY.isoformat()
    known = {record.name: record for record in load_records(dated.index)}
    assert {known[name].on(TODAY.isoformat()).outcome for name in names} == {"open"}
    waiting = [
        record.due for record in known.values()
        if record.due and record.due >= TODAY.isoformat() and (told := record.on(TODAY.isoformat())) and told.outcome == "open"
    ]  # fmt: skip
    assert days == sorted(waiting)[:8]


def test_what_changed_lately_is_what_came_to_be_told_last(dated, site):
    page = site.get("/").text
    listed = page.partition("What changed lately</h2>")[2]
    days = re.findall(r'<time datetime="([^"]+)"', listed)[:8]
    since = [
        told.since for record in load_records(dated.index) if (told := record.on(TODAY.isoformat()))
    ]
    assert days == sorted(since, reverse=True)[:8]


def test_front_page_of_a_graph_without_promises_says_so(tmp_path):
    import kg
    from tests.pages.site import client_of

    (tmp_path / "none.ttl").write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix id: <https://w3id.org/corporate-plans/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'id:acme a cp:Company ; rdfs:label "Acme"@en .\n'
    )
    answer = client_of(kg.build([tmp_path / "none.ttl"], check=False)).get("/")
    assert answer.status_code == 200
    assert "No promise is in these data." in answer.text


def test_scoreboard_of_the_next_day_is_counted_anew(dated):
    """A server runs for months: what was due yesterday is overdue today."""
    import copy
    from datetime import timedelta

    from tests.pages.site import Read, client_of

    asked = copy.copy(dated)
    asked._today = date(2026, 12, 31)
    site = client_of(asked)
    before = Read(site.get("/").text).text
    assert "2026-12-31" in before.partition("What falls due next")[2]
    asked._today += timedelta(days=1)
    after = Read(site.get("/").text).text
    assert (
        "2026-12-31"
        not in after.partition("What falls due next")[2].partition("What changed lately")[0]
    )
    every, _ = count_promises(load_records(dated.index), "2027-01-01")
    open_now = Read(site.get("/id/unilever").text).text
    assert "known on 2027-01-01" in after
    assert f"{every.total} promises" in after
    assert "1 abandoned" in open_now
