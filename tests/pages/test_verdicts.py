"""The verdicts on pages are those of the question `outcome`, for every promise and on every kind of page."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kg.pages.promised import MOST
from kg.promises import load_records
from tests.pages.conftest import TODAY
from tests.pages.site import Read, client_of
from viz.style import OUTCOMES

TOLD = re.compile(
    r'data-promise="([^"]+)" data-verdict="([^"]+)"[^>]*>(.*?)</(?:td|p|a)>', re.DOTALL
)


def told(page: str) -> dict[str, tuple[str, str]]:
    """Return what a page says of each promise: its verdict, and the mark with its words."""
    found = {}
    for name, verdict, inside in TOLD.findall(page):
        mark = re.search(r'href="#is-([a-z-]+)"', inside)[1]
        assert OUTCOMES[mark].name in Read(inside).text
        found[name] = (verdict, mark)
    return found


@pytest.fixture(scope="module", params=[TODAY, date(2019, 1, 1)], ids=str)
def answered(dated, request):
    """A graph and, by promise, what is to be told of it, and on what that rests."""
    graph = dated if request.param == TODAY else dated.as_of(request.param)
    names = {record.first: record.name for record in load_records(graph.index)}
    rows = {}
    for row in graph.ask("outcome", today=request.param):
        verdict = str(row["verdict"]).removeprefix("cp:")
        awaited = verdict == "undetermined" and row["replacedBy"] is None
        rows[names[str(row["promise"])]] = (verdict, "no-result" if awaited else verdict), row
    assert len(rows) > 50
    return dated, request.param, rows


def at(day: date) -> str:
    return "" if day == TODAY else f"?as-of={day}"


def test_every_promise_has_a_page_with_its_verdict_and_what_that_rests_on(answered):
    graph, day, rows = answered
    site = client_of(graph)
    for name, (verdict, row) in rows.items():
        page = site.get(f"/id/{name}{at(day)}").text
        assert (name, told(page)[name]) == (name, verdict)
        decided = Read(page.partition('id="outcome"')[2].partition('id="life"')[0])
        if row["restsOn"] is not None:
            assert f"/id/{row['restsOn']}{at(day)}" in decided.links
        if row["replacedBy"] is not None:
            assert f"/id/{row['replacedBy']}{at(day)}" in decided.links
        assert ("Told by whoever promised it." in decided.text) == (row["ownCount"] is True)
        assert ("Sources disagree on it." in decided.text) == (row["disputed"] is True)


def test_pages_of_companies_tell_all_their_promises_with_the_same_verdicts(answered):
    graph, day, rows = answered
    site = client_of(graph)
    by_company: dict[str, dict[str, tuple[str, str]]] = {}
    names = {
        record.first: record.name
        for record in load_records((graph if day == TODAY else graph.as_of(day)).index)
    }
    for row in (graph if day == TODAY else graph.as_of(day)).ask("outcome", today=day):
        name = names[str(row["promise"])]
        by_company.setdefault(str(row["company"]), {})[name] = rows[name][0]
    for company, promises in by_company.items():
        page = site.get(f"/id/{company}{at(day)}").text
        section = page.partition('id="promises"')[2].partition("</section>")[0]
        assert (company, told(section)) == (company, promises)


def test_pages_of_places_tell_what_outcome_answers_of_them(answered):
    graph, day, rows = answered
    site = client_of(graph)
    then = graph if day == TODAY else graph.as_of(day)
    names = {record.first: record.name for record in load_records(then.index)}
    seen = 0
    for place in ("india", "germany", "china"):
        if f"https://w3id.org/corporate-plans/id/{place}" not in then.index:
            continue  # nobody had named it by then
        asked = {names[str(row["promise"])] for row in then.ask("outcome", today=day, place=place)}
        page = site.get(f"/id/{place}{at(day)}").text
        section = page.partition('id="promises"')[2].partition("</section>")[0]
        kept = {name: verdict for name, verdict in told(section).items() if name in rows}
        # Of very many not all are told one by one, but all are counted.
        all_told = {name: rows[name][0] for name in asked}
        assert kept == {name: all_told[name] for name in kept}
        assert len(kept) == len(asked) or len(told(section)) == MOST < len(asked)
        total = int(re.search(r"<b>([\d,]+) promises?</b>", section)[1].replace(",", ""))
        assert total >= len(asked)
        seen += len(asked)
    assert seen > 10


def test_sources_and_statements_tell_the_same_verdicts(answered):
    graph, day, rows = answered
    site, asked = client_of(graph), graph if day == TODAY else graph.as_of(day)
    then = {record.name: record for record in load_records(asked.index)}
    seen = 0
    for name in [*rows][::5]:
        first = then[name].first
        page = site.get(f"/id/{first}{at(day)}").text
        assert (first, told(page)[name]) == (first, rows[name][0])
        source = re.search(r'id="evidence".*?<a href="(/id/[^"]+)"', page, re.DOTALL)[1]
        assert told(site.get(source).text)[name] == rows[name][0]
        seen += 1
    assert seen > 10


def test_tally_of_a_company_is_the_sum_of_its_table(site):
    page = site.get("/id/xiaomi").text
    section = page.partition('id="promises"')[2].partition("</section>")[0]
    shown = [mark for _, mark in told(section).values()]
    text = Read(section).text
    assert f"{len(shown)} promises" in text
    for name, look in OUTCOMES.items():
        if name in shown:
            assert f"{shown.count(name)} {look.name}" in text


def test_what_is_only_considered_or_a_slip_is_promised_by_nobody(dated, site):
    reasons = (
        "It was only considered, and is promised by nobody.",
        "a surer source contradicts it.",
    )
    why: dict[str, set[str]] = {reason: set() for reason in reasons}
    today = TODAY.isoformat()
    for record in load_records(dated.index):
        known = not record.told or record.told[0].since <= today
        if known and record.on(today) is None:
            page = site.get(f"/id/{record.name}").text
            assert told(page) == {}
            (reason,) = (reason for reason in reasons if reason in page)
            why[reason].add(record.first)
    assert why[reasons[0]]
    assert why[reasons[1]] >= {"9to5mac-2017-07-26.4", "ruetir-2024-03-14.1"}


def test_no_page_tells_what_could_only_be_told_later(dated, site):
    """That of an open promise nothing will be known on the day after it is due is no event yet."""
    later = [
        one
        for one in load_records(dated.index)
        if any(told.since > TODAY.isoformat() for told in one.told)
    ]
    assert len(later) > 10
    for record in later[:20]:
        life = Read(site.get(f"/id/{record.name}").text.partition('id="life"')[2])
        days = [attributes["datetime"] for attributes in life.all("datetime")]
        assert max(days) <= TODAY.isoformat()


def test_promise_in_a_large_graph_says_that_its_life_is_told_in_part(dated, monkeypatch):
    import copy

    from kg.pages import desk

    monkeypatch.setattr(desk, "LARGE", 0)
    page = client_of(copy.copy(dated)).get("/id/medianama-2017-03-28.3.4.promise").text
    assert told(page)["medianama-2017-03-28.3.4.promise"] == ("met", "met")
    assert "the figures that decide nothing are left out" in page
    assert 'id="course"' not in page
    life = Read(page.partition('id="life"')[2].partition("</section>")[0])
    assert "/id/businessline-2018-06.7" in life.links


def test_what_took_the_place_of_a_promise_tells_so(answered):
    graph, day, rows = answered
    site, seen = client_of(graph), 0
    for name, (_, row) in rows.items():
        if row["replacedBy"] is None:
            continue
        page = site.get(f"/id/{row['replacedBy']}.promise{at(day)}")
        later = Read(page.text.partition('id="outcome"')[2].partition('id="life"')[0])
        assert "It took the place of" in later.text, name
        assert f"/id/{row['promise']}{at(day)}" in later.links
        seen += 1
    assert seen > 0


def test_a_target_that_decides_says_how_it_stands(dated, site):
    seen = 0
    for record in load_records(dated.index):
        now = record.on(TODAY.isoformat())
        if now is None or now.verdict != "abandoned" or now.rests_on not in record.statements:
            continue
        page = site.get(f"/id/{record.name}").text
        grounds = Read(page.partition("What decides it")[2].partition("</section>")[0]).text
        assert "abandoned" in grounds, record.name
        seen += 1
    assert seen > 5


@pytest.mark.parametrize("name", ["outcome", "progress", "targets", "due"])
def test_tables_of_questions_tell_a_verdict_in_the_words_of_the_pages(answered, name):
    graph, day, rows = answered
    page = client_of(graph).get(f"/questions/{name}?date={day}&limit=1000&as-of={day}").text
    asked = graph.as_of(day).ask(name, date=day.isoformat())
    wanted = [OUTCOMES[rows[f"{row['promise']}.promise"][0][1]].name for row in asked]
    cells = re.findall(r'<td class="sealed">(.*?)</td>', page, re.DOTALL)
    marked = re.findall(r'<td class="sealed">.*?href="#is-([a-z-]+)"', page)
    assert len(wanted) > 20
    assert [Read(cell).text.strip() for cell in cells] == wanted
    assert [OUTCOMES[mark].name for mark in marked] == wanted
