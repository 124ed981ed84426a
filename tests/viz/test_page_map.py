"""The map shows where things are, opens what coincides, and is a list for those who do not see it."""

import pytest

import viz
from tests.viz.reader import PHONE
from tests.viz.test_page_access import violations

MAP = "#view=map"


def opened(reader, hash_: str = MAP, **more):
    it = reader(hash_, **more)
    it.page.wait_for_selector("#map .spot")
    return it


def there(it) -> list[str]:
    return it.page.locator("#map .there li").all_inner_texts()


def test_the_map_says_how_many_things_are_at_each_place(reader):
    it = opened(reader)
    assert (
        it.page.get_by_role("button", name="Map", exact=True).get_attribute("aria-pressed")
        == "true"
    )
    assert there(it)[0].split() == ["Ruritania", "17"]
    assert it.page.locator("#map .spot[aria-label*='Ruritania']").count() == 1


def test_a_mark_of_several_things_lists_them(reader):
    it = opened(reader)
    it.page.locator("#map .spot[aria-label*='Ruritania']").click()
    it.page.get_by_role("button", name="Rent bicycles by night").click()
    assert it.selected() == "Rent bicycles by night"
    it.page.get_by_role("button", name="← all places").click()
    assert there(it)[0].startswith("Ruritania")


def test_a_mark_of_one_thing_opens_it(reader):
    it = opened(reader)
    it.page.locator("#map .spot[aria-label^='Elbonia']").click()
    assert it.selected() == "Elbonia"


def test_a_place_of_the_list_is_brought_near(reader):
    it = opened(reader)
    before = it.page.locator("#map .globe svg").inner_html()
    it.page.locator("#map .there button", has_text="Strelsau").click()
    assert "Pavilion by the lake" in it.text("#map .there")
    # It is drawn once a frame.
    it.page.wait_for_function(
        "(before) => document.querySelector('#map .globe svg').innerHTML !== before", arg=before
    )
    it.page.locator("#fit").click()
    assert it.page.locator("#map .spot[aria-label^='Elbonia']").count() == 1


def test_filters_apply(reader):
    it = opened(reader)
    it.page.evaluate("viz.state.change({ types: new Set(['initiative', 'place']) })")
    assert not [line for line in there(it) if line.startswith("Syldavia")]
    assert len(there(it)) > 0
    it.page.evaluate("viz.state.change({ types: new Set(['initiative', 'place', 'facility']) })")
    assert "Nothing of what is shown has a place on the map." in it.text("#map .there")


def test_the_keyboard_goes_from_mark_to_mark(reader):
    it = opened(reader)
    it.page.locator("#map .spot[tabindex='0']").focus()
    it.page.keyboard.press("Home")
    first = it.page.evaluate("document.activeElement.getAttribute('aria-label')")
    it.page.keyboard.press("ArrowRight")
    assert it.page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    assert it.page.locator("#map .spot[tabindex='0']").count() == 1
    it.page.keyboard.press("End")
    it.page.keyboard.press("Enter")
    assert it.selected() == "Elbonia"


def test_zooming_parts_what_coincides(reader):
    it = opened(reader)
    count = it.page.locator("#map .spot").count()
    for _ in range(6):
        it.page.locator("#map .spot[aria-label*='Ruritania']").first.click()
        it.page.get_by_role("button", name="Zoom in").click()
    assert it.page.locator("#map .spot[aria-label^='Strelsau']").count() == 1
    assert count < len(there(it)) + 7


def test_a_page_without_points_has_no_map_and_no_outlines(network, reader, tmp_path):
    page = viz.render(network, title="Plans")
    assert 'id="outlines"' not in page
    assert 'id="library-topojson"' not in page
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader(MAP, path=path)
    assert it.page.get_by_role("button", name="Map", exact=True).count() == 0
    assert it.page.locator("#map").count() == 0


def test_the_outlines_wait_for_the_map(reader):
    it = reader("")
    assert it.page.evaluate("viz.atlas.there()") is False
    it.page.get_by_role("button", name="Map", exact=True).click()
    it.page.wait_for_selector("#map .spot")
    assert it.page.evaluate("viz.atlas.there()") is True


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_map(reader, size):
    more = {"viewport": size} if size else {}
    it = opened(reader, bypass_csp=True, **more)
    assert violations(it) == []
    it.page.locator("#map .there button").first.click()
    assert violations(it) == []


def test_hostile_words_on_the_map_are_only_words(reader, tmp_path):
    import networkx as nx

    graph = nx.MultiDiGraph()
    word = "</script><img src=x onerror=alert(1)>"
    graph.add_node(word, label=word, type="place")
    graph.add_node("other", label="x" * 4000, type="facility", status=word)
    spots = {
        word: [{"latitude": 90, "longitude": 180, "place": word}],
        "other": [
            {"latitude": -90, "longitude": -180, "place": word},
            {"latitude": 0, "longitude": 0},
        ],
    }
    path = tmp_path / "page.html"
    page = viz.render(graph, title="T", charts={"spots": spots})
    path.write_text(page, encoding="utf-8", newline="\n")
    it = opened(reader, path=path)
    it.page.locator("#map .there button").first.click()
    assert it.page.locator("#map img").count() == 0
    assert "NaN" not in it.page.locator("#map .globe").inner_html()
