"""The details of what is selected."""

import networkx as nx

import viz
from tests.viz.reader import BASE, at


def test_a_click_opens_the_facts_with_their_source(reader):
    it = reader()
    it.click("shops-90")
    assert it.text("#panel h2") == "90 repair shops"
    words = it.text("#panel .fact >> nth=0")
    for part in ("from 30", "underway", "Jo Doe", "2011-05-04", "The Gazette", "characters"):
        assert part in words
    link = it.page.locator("#panel .fact a").first
    assert link.get_attribute("href").startswith("https://example.org/gazette/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("referrerpolicy") == "no-referrer"


def test_rival_statements_stand_beside_a_fact(reader):
    it = reader(at("shops-90"))
    assert "120 repair shops" in it.text("#panel .rivals")


def test_connections_lead_on(reader):
    it = reader(at("shops-90"))
    it.page.get_by_role("button", name="Triple the repair shops").click()
    assert it.selected() == "Triple the repair shops"
    assert "Nordvik" in it.text("#panel")


def test_the_evidence_of_a_connection_is_as_wide_as_its_line(reader):
    it = reader(at("shops-90"))
    line = it.page.locator("#panel .tie li:has(> details)").first
    line.locator("summary").click()
    fact, whole = line.locator(".fact").bounding_box(), line.bounding_box()
    assert fact["width"] > whole["width"] - 20


def test_a_click_on_a_line_opens_the_relation(reader):
    it = reader()
    a, b = it.where("third-depot"), it.where("depot-3")
    it.page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert it.text("#panel h2") == "builds"
    assert "Hentzau depot" in it.text("#panel .ends")


def test_a_plan_is_told_with_whose_it_is_and_what_it_is_part_of(reader):
    it = reader(at("shops-90"))
    days = it.page.locator("#panel .days")
    assert days.locator("dt").all_inner_texts()[:2] == ["Whose", "Part of"]
    assert days.locator("dd").all_inner_texts()[:2] == ["Nordvik", "Triple the repair shops"]


def test_the_card_of_a_promise_says_the_verdict_with_what_decides_it_and_its_caveats(
    reader, tmp_path
):
    graph = nx.MultiDiGraph()
    for name in ("five", "seven"):
        graph.add_node(BASE + name, label=f"{name} shops", type="target", facts=[name])
    graph.graph["statements"] = {
        key: {"text": key, "published": "2010-01-01"} for key in ("five", "seven", "counted")
    }
    graph.graph["statements"]["counted"] |= {
        "text": "2 shops", "source": "Counting shops", "url": "https://example.org/c",
        "publisher": "The Gazette", "speaker": "Jo Doe",
    }  # fmt: skip
    graph.graph["meanings"] = {"missed": "Not reached, with less than half of the way gone."}
    missed = {
        "since": "2010-01-01",
        "outcome": "missed",
        "rests_on": "counted",
        "is_own_count": True,
    }
    graph.graph["promises"] = [
        {
            "iri": "p5", "node": BASE + "five", "first": "five", "statements": ["five"],
            "told": [missed | {"least": 0.285, "replaced_by": "p7", "moved": ["raised"]}],
        },
        {
            "iri": "p7", "node": BASE + "seven", "first": "seven", "statements": ["seven"],
            "told": [missed | {"most": 0.625}],
        },
    ]  # fmt: skip
    path = tmp_path / "shops.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(at("five"), path)
    words = it.text("#panel .verdict")
    for part in (
        "missed", "at least 29% of the way", "Not reached, with less than half of the way gone.",
        "What decides it", "2 shops", "said by Jo Doe", "The Gazette · 2010-01-01",
        "Told by whoever promised it.", "Another took its place: it was raised",
    ):  # fmt: skip
        assert part in words
    assert it.page.locator("#panel .verdict a").get_attribute("href") == "https://example.org/c"
    it.page.locator("#panel .verdict .go").click()
    assert it.text("#panel h2") == "seven shops"
    assert "at most 63% of the way" in it.text("#panel .verdict")
    assert "It took the place of" in it.text("#panel .verdict")


def test_facts_begin_with_what_was_published_last(reader, tmp_path):
    days = {"a": "2010-01-01", "b": None, "c": "2012-01-01", "d": "2011-01-01"}
    graph = nx.MultiDiGraph()
    graph.add_node(BASE + "depot", label="Depot", type="initiative", facts=list(days))
    graph.graph["statements"] = {key: {"text": key, "published": day} for key, day in days.items()}
    path = tmp_path / "depot.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(at("depot"), path)
    assert it.page.locator("#panel .said").all_inner_texts() == ["c", "d", "a", "b"]


def test_corrected_statement_says_so_from_the_day_of_its_correction(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node(BASE + "depot", label="Depot", type="initiative", facts=["a", "b"])
    graph.graph["statements"] = {
        "a": {"text": "510 jobs", "published": "2021-01-10", "corrected": "2021-02-01"},
        "b": {"text": "51 jobs", "published": "2021-02-01"},
    }
    path = tmp_path / "depot.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    notes = "#panel .note"
    told = "Corrected on 2021-02-01: counts no more from then on."
    assert reader(at("depot"), path).page.locator(notes).all_inner_texts() == [told]
    then = reader(at("depot") + "&until=2021-01-31", path)
    assert then.page.locator(notes).all_inner_texts() == []


def test_plan_of_several_names_each(reader, tmp_path):
    graph = nx.MultiDiGraph()
    for name, type_ in (("acme", "company"), ("bolt", "company"), ("shops", "initiative")):
        graph.add_node(BASE + name, label=name.title(), type=type_, facts=[])
    for name in ("acme", "bolt"):
        graph.add_edge(BASE + "shops", BASE + name, key="company")
    path = tmp_path / "shops.html"
    plans = {
        BASE + "shops": {
            "company": BASE + "acme",
            "others": (BASE + "bolt",),
            "start": "2020-01-01",
        }
    }
    path.write_text(viz.render(graph, title="T", plans=plans), encoding="utf-8", newline="\n")
    it = reader(at("shops"), path)
    assert it.page.locator("#panel .days dd").first.inner_text() == "Acme, Bolt"


def test_connection_that_has_ended_is_told_as_past_until_a_day_before(reader, tmp_path):
    graph = nx.MultiDiGraph()
    for name in ("acme", "berg"):
        graph.add_node(BASE + name, label=name.title(), type="company", facts=[])
    graph.add_edge(
        BASE + "acme", BASE + "berg", key="partnerOf", label="is partner of", status="underway",
        until="2015-06-30", ended="June 2015", timeless=False, facts=["left"],
    )  # fmt: skip
    graph.graph["statements"] = {
        "left": {"text": "left", "published": "2014-01-01", "until": "2015-06-30"},
        "later": {"text": "later", "published": "2016-01-01"},
    }
    graph.nodes[BASE + "acme"]["facts"] = ["left", "later"]
    path = tmp_path / "ended.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(at("acme"), path)
    assert it.text("#panel .tie h4") == "was partner of →"
    assert "until June 2015" in it.text("#panel .tie li >> nth=0")
    ended = "viz.data.edges[0].statusStyle === viz.data.style.statuses.abandoned"
    assert it.page.evaluate(ended)
    # Moved back to a day on which the end had yet to come.
    it.page.evaluate("viz.state.change({ until: '2014-06-01' })")
    assert it.text("#panel .tie h4") == "is partner of →"
    assert not it.page.evaluate(ended)
