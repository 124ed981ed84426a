"""Large graphs in the page: what is folded, opened, found and told."""

import pytest

import viz
from tests.viz.reader import DESKTOP, Reader
from tests.viz.test_page_access import violations
from tests.viz.test_picture_folding import register

COMPANIES = 700


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "page.html"
    path.write_text(viz.render(register(COMPANIES), title="T"), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def it(reader, large):
    return lambda hash_="", **context: reader(hash_, path=large, **context)


def counts(reader: Reader) -> dict[str, int]:
    """How many things there are, are shown and are folded, and in how many groups."""
    return reader.page.evaluate(
        """() => {
          const { nodes, inside } = viz.state.shown();
          return {
            all: viz.data.things.length,
            shown: [...nodes].filter((id) => !viz.folds.is(id)).length,
            folded: [...inside.values()].reduce((sum, each) => sum + each, 0),
            groups: inside.size,
          };
        }"""
    )


def largest(reader: Reader) -> int:
    """The closed group in sight that holds most."""
    return reader.page.evaluate(
        "[...viz.state.shown().inside].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0]"
    )


def click(reader: Reader, id_: int) -> None:
    at = reader.page.evaluate(
        """(id) => {
          const at = viz.network.net.canvasToDOM(viz.network.net.getPositions([id])[id]);
          const box = viz.byId("stage").getBoundingClientRect();
          return { x: at.x + box.x, y: at.y + box.y };
        }""",
        id_,
    )
    reader.page.mouse.click(at["x"], at["y"])


def opened(reader: Reader) -> int:
    return reader.page.evaluate("viz.state.now().open.size")


def lines(reader: Reader) -> dict[str, int]:
    """How many edges are in sight, stand behind a line in sight, or lie within a closed group."""
    return reader.page.evaluate(
        """() => {
          const { edges: tied, stands } = viz.state.shown();
          const lines = [...tied].map((id) => viz.data.edges[id]);
          const within = viz.data.drawn.filter(
            (edge) => stands(edge.from) === stands(edge.to) && viz.folds.is(stands(edge.from)),
          );
          return {
            all: viz.data.drawn.length,
            single: lines.filter((line) => !line.edges).length,
            bundled: lines.reduce((sum, line) => sum + (line.edges ? line.edges.length : 0), 0),
            within: within.length,
          };
        }"""
    )


def test_a_large_graph_opens_folded_and_says_so(it):
    reader = it()
    found = counts(reader)
    assert found["all"] > 3 * COMPANIES
    assert found["shown"] + found["folded"] == found["all"]
    assert found["shown"] < 100
    assert reader.text("#notice") == (
        f"{found['shown']} of {found['all']:,} things shown;"
        f" {found['folded']:,} folded in {found['groups']} groups"
    )
    named = reader.page.get_attribute("#stage", "aria-label")
    assert named == f"Network of {found['all']:,} things and {3 * COMPANIES:,} connections"


def test_a_click_opens_a_group_in_place_and_a_button_folds_it(it):
    reader = it()
    before, group = counts(reader), largest(reader)
    click(reader, group)
    after = counts(reader)
    assert opened(reader) == 1
    assert after["shown"] > before["shown"]
    assert after["shown"] + after["folded"] == after["all"]
    assert str(after["shown"]) in reader.text("#notice").split()
    assert "opened" in reader.text("#live")
    reader.page.locator("#legend").get_by_role("button", name="Fold ").click()
    assert counts(reader) == before
    assert opened(reader) == 0


def test_enter_opens_a_group_and_escape_folds_it(it):
    reader = it()
    group = largest(reader)
    reader.page.evaluate("(id) => viz.state.change({ selected: id })", group)
    assert "Folded here" in reader.text("#panel")
    reader.page.focus("#stage")
    reader.page.keyboard.press("Enter")
    assert opened(reader) == 1
    reader.page.keyboard.press("Escape")
    assert opened(reader) == 0


def test_groups_within_groups_open_too(it):
    reader = it()
    for _ in range(40):
        if not counts(reader)["groups"]:
            break
        reader.page.evaluate("(id) => viz.folds.open(id)", largest(reader))
    found = counts(reader)
    assert found["shown"] == found["all"]
    assert lines(reader)["single"] == lines(reader)["all"]
    reader.page.get_by_role("button", name="fold all").click()
    assert opened(reader) == 0


def test_no_edge_is_lost(it):
    reader = it()
    for _ in range(5):
        found = lines(reader)
        assert found["single"] + found["bundled"] + found["within"] == found["all"]
        reader.page.evaluate("(id) => viz.folds.open(id)", largest(reader))


def test_search_opens_the_group_of_what_it_finds(it):
    reader = it()
    reader.page.fill("#search", "plan 00512")
    reader.page.press("#search", "Enter")
    assert reader.selected() == "Plan 00512"
    assert opened(reader) >= 1
    assert reader.page.evaluate("viz.state.shown().nodes.has(viz.state.now().selected)")
    place = reader.page.evaluate(
        """() => {
          const { selected } = viz.state.now();
          return viz.network.net.canvasToDOM(viz.network.net.getPositions([selected])[selected]);
        }"""
    )
    assert 0 < place["x"] < DESKTOP["width"]
    assert 0 < place["y"] < DESKTOP["height"]


def test_what_is_opened_does_not_cover_what_is_not(it):
    reader = it()
    for _ in range(3):
        reader.page.evaluate("(id) => viz.folds.open(id)", largest(reader))
    near = reader.page.evaluate(
        """() => {
          const places = Object.entries(viz.network.net.getPositions())
            .map(([id, { x, y }]) => ({ id, x, y })).sort((a, b) => a.x - b.x);
          const found = [];
          places.forEach((a, i) => {
            for (let j = i + 1; j < places.length && places[j].x - a.x < 60; j += 1) {
              if (Math.abs(places[j].y - a.y) < 40) found.push([a.id, places[j].id]);
            }
          });
          return found;
        }"""
    )
    assert near == []


def test_the_address_keeps_what_is_open(it):
    reader = it()
    click(reader, largest(reader))
    again = it(reader.address())
    assert counts(again) == counts(reader)


def test_a_line_between_groups_tells_what_it_stands_for(it):
    reader = it()
    line = reader.page.evaluate(
        """[...viz.state.shown().edges].map((id) => viz.data.edges[id])
             .sort((a, b) => b.edges.length - a.edges.length)[0]"""
    )
    reader.page.evaluate("(id) => viz.state.change({ selected: null, edge: id })", line["id"])
    assert reader.text("#panel h2") == f"{len(line['edges'])} connections"
    assert reader.page.locator("#panel .fact").count() == min(50, len(line["edges"]))


def test_a_small_neighbourhood_is_shown_whole(it):
    reader = it()
    reader.page.fill("#search", "company 00100")
    reader.page.press("#search", "Enter")
    reader.page.keyboard.press("1")
    found = counts(reader)
    assert (found["shown"], found["folded"]) == (3, 0)
    assert reader.text("#notice").startswith(f"3 of {found['all']:,} around Company 00100")


def test_filters_reach_into_groups(it):
    reader = it()
    reader.page.locator("#legend .row", has_text="Targets").locator("label").click()
    found = counts(reader)
    assert found["shown"] + found["folded"] == found["all"] - COMPANIES
    assert reader.text("#live") == f"{found['all'] - COMPANIES} of {found['all']} shown"


def test_a_list_of_many_connections_begins_with_some(it):
    reader = it()
    reader.page.fill("#search", "country 0")
    reader.page.press("#search", "Enter")
    assert reader.page.locator("#panel .tie li").count() == 50
    reader.page.get_by_role("button", name=" more").click()
    assert reader.page.locator("#panel .tie li").count() > 50


def test_axe_finds_nothing_in_a_folded_page(it):
    reader = it(bypass_csp=True)
    reader.page.evaluate("(id) => viz.state.change({ selected: id })", largest(reader))
    assert violations(reader) == []
    click(reader, largest(reader))
    assert violations(reader) == []


@pytest.mark.parametrize("address", ["#open=x&open=-1&open=999999", "#open=0.5", "#open="])
def test_a_strange_address_opens_nothing(it, address):
    assert opened(it(address)) == 0


def test_a_small_graph_says_nothing_of_groups(reader):
    it = reader()
    assert it.page.locator("#notice").is_hidden()
    assert "group" not in it.text("#legend").lower()
