"""What was known on a day: up to an earlier one the page tells no later status, plan or outcome."""

from datetime import date

import networkx as nx
import pytest

import viz
from kg.base import ID

TODAY = date(2020, 6, 1)
SAID = {
    "first": {"published": "2015-01-31", "status": "announced", "kind": "StatusReport"},
    "second": {"published": "2017-01-31", "status": "underway", "kind": "StatusReport"},
    "of-old": {
        "published": "2018-01-31", "status": "considered", "kind": "StatusReport",
        "since": "2014-06-30",
    },
    "third": {"published": "2019-01-31", "status": "achieved", "kind": "StatusReport"},
    "old": {"published": "2015-01-31", "status": "announced", "kind": "Target"},
    "new": {"published": "2019-01-31", "status": "postponed", "kind": "Target"},
    "ties": {"published": "2018-01-31", "status": "underway", "kind": "Relation"},
    "tied": {"published": "2015-01-31", "status": "announced", "kind": "Relation"},
}  # fmt: skip
PLANS = {
    "works": {
        "company": "acme", "start": "2015-01-31", "reach": "2021-12-31",
        "steps": [{"day": "2016-12-31", "words": "2016", "said": "2015-01-31", "fact": "first"}],
        "changes": [
            {"day": "2015-01-31", "status": "announced", "fact": "first"},
            {"day": "2017-01-31", "status": "underway", "fact": "second"},
            {"day": "2019-01-31", "status": "achieved", "fact": "third"},
        ],
        "outcome": {"day": "2019-01-31", "status": "achieved", "fact": "third"},
    },
    "new": {
        "company": "acme", "within": "works", "start": "2015-01-31", "before": ["old"],
        "steps": [
            {"day": "2018-12-31", "words": "2018", "said": "2015-01-31", "fact": "old"},
            {"day": "2021-12-31", "words": "2021", "said": "2019-01-31", "fact": "new"},
        ],
    },
}  # fmt: skip
PROMISES = [
    {
        "iri": "old.promise", "node": "old", "first": "old", "statements": ["old"],
        "companies": ["acme"], "said": "2015-01-31", "due": "2018-12-31", "dueWords": "2018",
        "told": [
            {"since": "2015-01-31", "until": "2018-12-31", "outcome": "open"},
            {"since": "2019-01-01", "until": "2019-01-30", "outcome": "no-result"},
            {"since": "2019-01-31", "outcome": "undetermined", "replaced_by": "new.promise", "moved": ["later"]},
        ],
    },
    {
        "iri": "new.promise", "node": "new", "first": "new", "statements": ["new"],
        "companies": ["acme"], "said": "2019-01-31", "due": "2021-12-31",
        "told": [{"since": "2019-01-31", "outcome": "open", "rests_on": "third", "least": 0.5}],
    },
    {
        "iri": "works.promise", "node": "works", "first": "first", "statements": ["first"],
        "companies": ["acme"], "said": "2015-01-31", "due": "2016-12-31",
        "told": [
            {"since": "2015-01-31", "until": "2016-12-31", "outcome": "open"},
            {"since": "2017-01-01", "until": "2019-01-30", "outcome": "no-result", "reason": "no-report"},
            {"since": "2019-01-31", "outcome": "met-late", "rests_on": "third", "day": "2019-01-31"},
        ],
    },
]  # fmt: skip
WORKS = [("2015-01-31", "announced"), ("2017-01-31", "underway"), ("2019-01-31", "achieved")]


@pytest.fixture
def it(reader, tmp_path):
    graph = nx.MultiDiGraph(
        statements={key: {"text": key, **said} for key, said in SAID.items()},
        promises=PROMISES,
        endings=["achieved"],
    )
    graph.add_node("acme", label="Acme", type="company", facts=["ties", "tied"])
    graph.add_node("bank", label="Bank", type="organization", facts=["ties", "tied"])
    reports = ["first", "second", "of-old", "third"]
    graph.add_node(
        "works", label="Works", type="initiative", status="achieved", facts=reports, history=WORKS
    )
    graph.add_node("old", label="Old aim", type="target", status="announced", facts=["old"])
    graph.add_node("new", label="New aim", type="target", status="postponed", facts=["new"])
    graph.add_edge("works", "acme", key="company")
    graph.add_edge(
        "acme", "bank", key="partnerOf", status="underway", facts=["tied", "ties"],
        history=[("2015-01-31", "announced"), ("2018-01-31", "underway")],
    )  # fmt: skip
    path = tmp_path / "known.html"
    page = viz.render(graph, title="T", plans=PLANS, today=TODAY)
    path.write_text(page, encoding="utf-8", newline="\n")
    return lambda hash_="", **how: reader(hash_, path=path, **how)


def status(page, label: str) -> str | None:
    return page.page.evaluate(
        "(label) => viz.data.things.find((it) => it.label === label).status", label
    )


@pytest.mark.parametrize(
    ("until", "known"),
    [("2016-12-31", "announced"), ("2018-12-31", "underway"), ("2019-12-31", "achieved")],
)
def test_a_status_is_the_one_that_was_known_by_then(it, until, known):
    page = it(f"#until={until}&sel=works")
    assert status(page, "Works") == known
    assert known in page.page.locator("#panel .panel-head .chip").all_inner_texts()
    assert page.page.locator("#legend .row .name", has_text=known).count() == 1


def test_a_relation_is_as_certain_as_it_was_known_to_be(it):
    edge = "viz.data.edges.find((it) => it.key === 'partnerOf').status"
    assert it("#until=2017-12-31").page.evaluate(edge) == "announced"
    assert it().page.evaluate(edge) == "underway"


def test_the_timeline_is_that_of_the_day(it):
    page = it("#view=timeline&until=2018-12-31")
    assert page.page.locator(".plan .name").all_inner_texts() == ["Works", "Old aim"]
    assert page.page.locator(".axis text", has_text="2018-12-31").count() == 1
    words = page.page.locator(".plan", has_text="Old aim").text_content()
    assert "due 2018" in words
    assert "2021" not in words
    assert "50%" not in words


@pytest.mark.parametrize(
    ("until", "told"),
    [("2016-12-30", ""), ("2018-12-30", "no result known"), ("2019-06-30", "achieved · met late")],
)
def test_the_outcome_of_a_promise_is_the_one_that_could_be_told_by_then(it, until, told):
    page = it(f"#view=timeline&until={until}")
    rows = page.page.locator(".plan", has_text="Works").text_content()
    assert rows.endswith(told or "due 2016")


def test_a_promise_that_another_one_followed_keeps_its_row_and_says_so(it):
    page = it("#view=timeline")
    assert page.page.locator(".plan .name").all_inner_texts() == ["Works", "Old aim", "New aim"]
    page.page.get_by_role("button", name="Old aim").click()
    words = page.text("#panel .verdict")
    assert "undetermined" in words
    assert "Another took its place: it was put off" in words
    page.page.locator("#panel .verdict .go").click()
    assert page.text("#panel h2") == "New aim"
    assert "It took the place of" in page.text("#panel .verdict")
    page = it("#view=timeline&until=2019-01-15&sel=old")
    assert "Another took its place" not in page.text("#panel")


def test_escape_leads_back_to_all_that_is_known(it):
    page = it("#until=2016-12-31")
    page.page.keyboard.press("Escape")
    assert "until" not in page.address()
    assert status(page, "Works") == "achieved"


def test_escape_on_a_handle_of_the_slider_undoes_it_too(it):
    page = it()
    page.page.get_by_role("slider", name="Published until").press("ArrowLeft")
    assert "until" in page.address()
    page.page.keyboard.press("Escape")
    assert "until" not in page.address()


def test_by_the_last_day_everything_is_as_without_a_day(reader, graph, tmp_path):
    path = tmp_path / "all.html"
    path.write_bytes(graph.view(today=TODAY).html)
    page = reader(path=path).page
    all_ = """() => [viz.data.things, viz.data.edges].map((all) => all.map((it) =>
        [it.status, it.statusStyle.name, JSON.stringify(it.plan ?? null)]))"""
    before = page.evaluate(all_)
    page.evaluate("viz.state.change({ until: '2999-12-31' })")
    assert page.evaluate(all_) == before


def test_the_page_and_the_question_agree_on_what_was_known(reader, graph, tmp_path):
    path = tmp_path / "all.html"
    path.write_bytes(graph.view(today=TODAY).html)
    page = reader("#until=2018-12-31", path=path).page
    shown = dict(page.evaluate("viz.data.things.map((it) => [it.iri, it.status])"))
    told = graph.ask("known", known="2018-12-31", valid="2999-12-31")
    assert len(told) > 20
    assert {ID + row["initiative"]: row["status"].removeprefix("cp:") for row in told}.items() <= (
        shown.items()
    )


def test_a_pair_stands_until_one_of_its_sides_is_corrected(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("acme", label="Acme", type="company", facts=[])
    graph.add_node("works", label="Works", type="initiative", facts=["one", "other"],
                   disputed=[("2017-01-31", "2019-01-31")])  # fmt: skip
    graph.add_edge("acme", "works", key="plans", label="plans", facts=["one"])
    graph.graph["statements"] = {
        "one": {"text": "510 jobs", "published": "2015-01-31"},
        "other": {"text": "51 jobs", "published": "2017-01-31", "corrected": "2019-01-31"},
    }
    graph.graph["contradictions"] = [
        {"sides": ["one", "other"], "kind": "contradicts", "differs": ["value"]}
    ]
    path = tmp_path / "page.html"
    path.write_text(viz.render(graph, title="T", today=TODAY), encoding="utf-8", newline="\n")
    it = reader("#view=contradictions", path)
    for day, pairs in (
        (None, 0),
        ("2016-12-31", 0),
        ("2017-01-31", 1),
        ("2019-01-30", 1),
        ("2019-01-31", 0),
    ):
        it.page.evaluate("(day) => viz.state.change({ until: day })", day)
        assert it.page.locator("#contradictions .pair").count() == pairs, day
        disputed = it.page.evaluate(
            "viz.data.things.filter(viz.facets.disputed).map(({ label }) => label)"
        )
        assert disputed == ["Works"] * pairs, day
