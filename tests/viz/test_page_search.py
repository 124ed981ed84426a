"""Search, by the keyboard and by the names that things have."""

import networkx as nx
import pytest

import viz


def test_search_finds_and_selects(reader):
    it = reader()
    it.page.keyboard.press("/")
    assert it.focused() == "search"
    it.page.keyboard.type("quil")
    assert it.page.locator("#found [role=option]").count() == 1
    it.page.keyboard.press("Enter")
    assert it.selected() == "Quillock"
    assert it.page.locator("#found").is_hidden()


def test_search_knows_other_names_and_accents(reader):
    it = reader()
    it.page.fill("#search", "何某")
    assert "Jo Doe" in it.text("#found")
    it.page.fill("#search", "KVÉLL PASS")
    assert "Kvell Pass" in it.text("#found [role=option] >> nth=0")


@pytest.fixture
def namesakes(reader, tmp_path):
    """Things whose names have much in common, in an order that is of no help."""
    things = [
        ("Sam Roe", {"type": "person", "description": "Cuts keys at Quillock."}),
        ("Subquillock", {"type": "company"}),
        ("New Quillock", {"type": "place"}),
        ("Zeta Quillock", {"type": "company"}),
        ("Quillocket", {"type": "product"}),
        ("Quillock keys inside Kvell Map", {"type": "initiative"}),
        ("Quillock 10", {"type": "target"}),
        ("Quillock 9", {"type": "target"}),
        ("Quillock", {"type": "organization"}),
        ("Orrery", {"type": "company", "aliases": ["Quill & Lock"]}),
    ]
    graph = nx.MultiDiGraph()
    for number, (label, more) in enumerate(things):
        graph.add_node(str(number), label=label, **more)
    path = tmp_path / "namesakes.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    return reader(path=path)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Quillock", "Quillock"),
        ("  quíllock ", "Quillock"),
        ("New  Quillock", "New Quillock"),
        ("QUILL & LOCK", "Orrery"),
        ("quillock keys in", "Quillock keys inside Kvell Map"),
        ("sub", "Subquillock"),
        ("kvell quillock", "Quillock keys inside Kvell Map"),
    ],
)
def test_search_goes_to_the_thing_of_just_that_name(namesakes, typed, label):
    namesakes.page.fill("#search", typed)
    namesakes.page.press("#search", "Enter")
    assert namesakes.selected() == label


def test_search_puts_the_nearest_names_first(namesakes):
    namesakes.page.fill("#search", "quillock")
    assert namesakes.page.locator("#found .name").all_inner_texts() == [
        "Quillock",
        *("Quillock 9", "Quillock 10", "Quillock keys inside Kvell Map", "Quillocket"),
        *("Zeta Quillock", "New Quillock"),
        "Subquillock",
        "Sam Roe",
    ]


def test_search_knows_a_plan_by_whose_it_is(reader):
    it = reader()
    it.page.fill("#search", "nordvik vans")
    assert it.text("#found .name >> nth=0") == "Own depots and vans"
    assert it.text("#found .where >> nth=0") == "Nordvik · Initiative · underway"
    it.page.fill("#search", "triple 90")
    assert it.page.locator("#found .name").all_inner_texts() == ["90 repair shops"]


@pytest.mark.parametrize(
    ("status", "said"),
    [(None, "not stated"), ("mothballed", "mothballed"), ("achieved", "achieved")],
)
def test_a_status_is_called_in_search_as_in_the_legend(reader, tmp_path, status, said):
    graph = nx.MultiDiGraph()
    graph.add_node("1", label="Depot", type="initiative", status=status)
    path = tmp_path / "depot.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(path=path)
    it.page.fill("#search", said)
    assert it.text("#found .where") == f"Initiative · {said}"
    assert it.page.get_by_role("checkbox", name=said).is_checked()
    it.page.press("#search", "Enter")
    assert f"Depot, Initiative, {said}, 0 connections" in it.text("#live")


def test_search_walks_with_the_arrows(reader):
    it = reader()
    it.page.fill("#search", "kvell")
    it.page.focus("#search")
    first = it.page.locator("#search").get_attribute("aria-activedescendant")
    it.page.keyboard.press("ArrowDown")
    assert it.page.locator("#search").get_attribute("aria-activedescendant") != first
    assert it.page.locator("#found [aria-selected=true]").count() == 1


def test_search_says_when_nothing_is_found(reader):
    it = reader()
    it.page.fill("#search", "zzz")
    assert it.text("#found") == "Nothing found"
    assert it.text("#live") == "0 things found"


def test_search_shows_what_a_filter_hides(reader):
    it = reader("#without=place")
    it.page.fill("#search", "north")
    it.page.press("#search", "Enter")
    assert it.selected() == "North March"
    assert it.page.get_by_role("checkbox", name="Places").is_checked()
