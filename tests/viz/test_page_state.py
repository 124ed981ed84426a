"""The state of the page: in its address, in its history, in its colours."""

import networkx as nx
import pytest

import viz
from tests.viz.reader import BASE, at


def test_the_address_restores_the_view(reader):
    it = reader()
    it.click("repair-shops")
    it.page.locator("#legend .row", has_text="Products").locator("label").click()
    it.page.click("#theme")
    again = reader(it.address())
    assert again.selected() == "Triple the repair shops"
    assert again.shown() == it.shown()
    assert not again.page.get_by_role("checkbox", name="Products").is_checked()
    assert again.page.locator("html").get_attribute("data-theme") == "dark"


def test_back_returns_to_what_was_selected_before(reader):
    it = reader()
    it.click("repair-shops")
    it.page.get_by_role("button", name="Nordvik").click()
    it.page.go_back()
    assert it.selected() == "Triple the repair shops"


@pytest.mark.parametrize(
    "address",
    ["#sel=nothing", "#%", "#around=x&hops=9&theme=pink&without=__proto__", "#edge=a b c"],
)
def test_a_strange_address_shows_everything(reader, network, address):
    assert reader(address).shown() == len(network)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_follow_the_system_until_the_reader_chooses(reader, theme):
    it = reader(color_scheme=theme)
    other = {"light": "dark", "dark": "light"}[theme]
    assert it.page.locator("html").get_attribute("data-theme") == theme
    it.page.keyboard.press("t")
    assert it.page.locator("html").get_attribute("data-theme") == other
    assert f"theme={other}" in it.address()


def test_the_address_names_things_by_the_ends_of_their_iris(reader):
    it = reader(at("quillock", hidden=BASE + "one-key"))
    assert it.selected() == "Quillock"
    assert it.address() == "#view=network&sel=quillock&hidden=one-key"
    assert reader(it.address()).selected() == "Quillock"


def test_a_connection_is_named_by_both_ends(reader):
    it = reader(f"#edge={BASE}nordvik+partnerOf+{BASE}quillock")
    assert it.address() == "#view=network&edge=nordvik+partnerOf+quillock"
    assert reader(it.address()).text("#panel h2") == "partner of"


@pytest.fixture(scope="module")
def alike(tmp_path_factory):
    """Things whose IRIs end alike, or are the ends of others."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = [
        BASE + "acme",
        BASE + "bolt",
        BASE + "https://else.test/acme",
        "https://else.test/acme",
    ]
    names += [
        "https://else.test/bolt",
        "https://else.test/only",
        "urn:x",
        BASE + "urn:x",
        BASE + "ø&=+%",
    ]
    for name in names:
        graph.add_node(name, label=name, type="company")
    path = tmp_path_factory.mktemp("alike") / "page.html"
    path.write_text(viz.render(graph, title="Alike"), encoding="utf-8", newline="\n")
    return path, names


def test_an_address_leads_to_what_it_was_written_for(reader, alike):
    path, names = alike
    it = reader(path=path)
    for name in names:
        it.page.evaluate("(iri) => viz.state.change({ selected: viz.data.nodeOf.get(iri) })", name)
        again = reader(it.address(), path=path)
        assert again.selected() == name
    assert reader("#sel=only", path=path).selected() == "https://else.test/only"


def test_a_link_to_what_is_gone_says_so_and_looks_for_it(reader):
    it = reader("#view=timeline&sel=https://w3id.org/corporate-plans/id/sixty-repair-shops")
    notice = it.page.locator("#notice")
    assert "“sixty-repair-shops”, which this page does not have" in notice.inner_text()
    notice.get_by_role("button", name="search for it").click()
    assert it.page.input_value("#search") == "sixty repair shops"
    it.page.fill("#search", "repair shops")
    it.page.keyboard.press("Enter")
    assert not notice.is_visible()
    assert it.selected() is not None


def test_a_link_to_several_things_that_are_gone_counts_them(reader):
    it = reader("#sel=quillock&hidden=moth&pinned=fly&edge=a+b+c")
    assert "“" in it.text("#notice")
    assert "and 2 other things" in it.text("#notice")
    assert it.selected() == "Quillock"
    it.page.get_by_role("button", name="dismiss").click()
    assert not it.page.locator("#notice").is_visible()
