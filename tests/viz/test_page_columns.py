"""The columns: the same things by type, side by side."""

from itertools import pairwise

import networkx as nx
import pytest

import viz
from tests.viz.reader import at

COLUMNS = "#view=columns"


@pytest.fixture
def it(reader):
    return reader(COLUMNS)


def thing(it, label: str):
    return it.page.locator(".thing", has=it.page.get_by_text(label, exact=True))


def test_types_stand_side_by_side(it):
    headings = it.page.locator(".board h2").all_inner_texts()
    assert [heading.rpartition(" ")[0] for heading in headings] == [
        "Partners and people", "Companies", "Initiatives", "Targets", "Places", "Products and more",
    ]  # fmt: skip
    left = [thing(it, label).bounding_box()["x"] for label in (
        "Quillock", "Nordvik", "Insure riders", "90 repair shops", "Milltown", "Kvell Map",
    )]  # fmt: skip
    assert left == sorted(left)
    assert len({round(x) for x in left}) == 6
    assert thing(it, "Jo Doe").bounding_box()["x"] == left[0]


def test_no_two_names_share_their_room(it):
    boxes = [one.bounding_box() for one in it.page.locator(".thing").all()]
    assert len(boxes) == it.shown()
    columns: dict[float, list[float]] = {}
    for box in boxes:
        columns.setdefault(box["x"], []).append(box["y"])
        assert box["height"] <= 24
    for tops in columns.values():
        tops.sort()
        assert all(below - above >= 23.5 for above, below in pairwise(tops))


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 800}, {"width": 2560, "height": 900}]
)
def test_nine_names_of_ten_are_whole_and_columns_fill_the_width(reader, viewport):
    it = reader(COLUMNS, viewport=viewport)
    cut = it.page.locator(".thing .name").evaluate_all(
        "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    )
    assert cut <= it.shown() / 10
    board = it.page.locator(".board").bounding_box()["width"]
    assert board >= it.page.locator("#columns").bounding_box()["width"] - 20


def test_things_that_want_one_place_share_it_evenly(reader, tmp_path):
    """Four plans are tied to the same one of many places: as many stand above it as below."""
    graph = nx.MultiDiGraph()
    for number in range(21):
        graph.add_node(f"p{number:02}", label=f"Place {number:02}", type="place")
    for number in range(4):
        graph.add_node(f"i{number}", label=f"Plan {number}", type="initiative")
        graph.add_edge(f"i{number}", "p10", key="takesPlaceIn")
    path = tmp_path / "even.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(COLUMNS, path=path)
    tops = [thing(it, f"Plan {number}").bounding_box()["y"] for number in range(4)]
    assert sum(tops) / 4 == pytest.approx(thing(it, "Place 10").bounding_box()["y"], abs=1)


def test_a_line_goes_from_each_thing_to_what_it_is_tied_to(it):
    assert it.page.locator(".board > svg path").count() == it.page.evaluate(
        "viz.state.shown().edges.size"
    )


def test_a_selection_brightens_its_lines_and_dims_the_rest(it):
    thing(it, "Insure riders").click()
    assert it.text("#panel h2") == "Insure riders"
    accent = it.page.evaluate("viz.theme.colours().accent")
    ties = it.page.evaluate("viz.data.nodes[viz.state.now().selected].ties.length")
    assert it.page.locator(f".board > svg path[stroke='{accent}']").count() == ties
    assert "dim" not in thing(it, "Nordvik").get_attribute("class")
    assert "dim" in thing(it, "Quillock").get_attribute("class")


def test_the_arrows_go_through_a_column_and_to_the_next(it):
    thing(it, "Nordvik").focus()
    it.page.keyboard.press("ArrowRight")
    first = it.page.evaluate("document.activeElement.title")
    assert (
        it.page.evaluate("viz.data.nodes[document.activeElement.dataset.id].type") == "initiative"
    )
    it.page.keyboard.press("ArrowDown")
    second = it.page.evaluate("document.activeElement.title")
    assert second != first
    it.page.keyboard.press("Enter")
    assert it.selected() == second
    it.page.keyboard.press("Escape")  # from the details back to where one was
    it.page.keyboard.press("ArrowLeft")
    assert it.page.evaluate("document.activeElement.title") == "Nordvik"


def test_a_filter_closes_the_gaps(reader):
    it = reader(at("shops-90", view="columns"))
    tall = it.page.locator(".board").bounding_box()["height"]
    it.page.get_by_role("button", name="Focus").click()
    assert it.page.locator(".thing").count() == it.shown() < 10
    assert it.page.locator(".board").bounding_box()["height"] < tall / 2
