"""The legend that filters, the neighbourhood, and what is put away."""

import networkx as nx

import viz
from tests.viz.reader import at


def test_the_legend_names_only_what_is_there(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="company")
    graph.add_node("b", label="B", type="moon", status="dreamt")
    path = tmp_path / "small.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(path=path)
    names = it.page.locator("#legend .row .name").all_inner_texts()
    assert names == ["Companies", "moon", "dreamt"]


def test_the_legend_counts_and_filters(reader):
    it = reader()
    before = it.shown()
    row = it.page.locator("#legend .row", has_text="Places")
    assert row.locator(".count").inner_text() == "8"
    row.locator("label").click()
    assert it.shown() == before - 8
    assert it.text("#live") == f"{before - 8} of {before} shown"
    it.page.get_by_role("button", name="Show all: Types").click()
    assert it.shown() == before


def test_a_status_hides_the_things_in_it(reader):
    it = reader()
    before = it.shown()
    it.page.get_by_role("checkbox", name="announced").uncheck(force=True)
    assert it.shown() < before
    assert "without-status=announced" in it.address()


def test_only_leaves_one_type(reader):
    it = reader()
    it.page.locator("#legend .row", has_text="Targets").hover()
    it.page.get_by_role("button", name="Only Targets").click()
    assert it.shown() == 6


def test_focus_leaves_the_neighbours_and_theirs(reader):
    it = reader(at("kvell-pass-ruritania"))
    everything = it.shown()
    it.page.get_by_role("button", name="Focus").click()
    one = it.shown()
    it.page.get_by_role("button", name="2 hops").click()
    two = it.shown()
    assert 1 < one < two < everything
    it.page.locator("#notice button").click()
    assert it.shown() == everything


def test_a_thing_can_be_put_away_and_brought_back(reader):
    it = reader(at("ruritania"))
    everything = it.shown()
    it.page.get_by_role("button", name="Hide").click()
    assert it.shown() == everything - 1
    assert it.page.locator("#panel").is_hidden()
    it.page.get_by_role("button", name="bring back").click()
    assert it.shown() == everything
