"""What stands where: on a phone, on a large screen, and next to each other."""

import pytest

from tests.viz.reader import PHONE, at


def test_zoom_buttons_zoom(reader):
    it = reader()
    scale = "viz.network.net.getScale()"
    before = it.page.evaluate(scale)
    it.page.click("#zoom-in")
    assert it.page.evaluate(scale) > before
    it.page.click("#fit")
    assert it.page.evaluate(scale) == pytest.approx(before)


@pytest.mark.parametrize("hash_", ["", "#view=network", at("nordvik")])
def test_a_phone_needs_no_scrolling_sideways(reader, hash_):
    it = reader(hash_, viewport=PHONE, has_touch=True)
    width = it.page.evaluate(
        "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]"
        ".filter((e) => e.checkVisibility() && !e.matches('.unseen, .skip, .scroll *'))"
        ".map((e) => e.getBoundingClientRect().right))"
    )
    assert width <= PHONE["width"]
    assert it.page.locator("header").bounding_box()["height"] <= 56


@pytest.mark.parametrize("view", ["columns", "timeline", "table"])
def test_a_wide_view_scrolls_within_itself_on_a_phone(reader, view):
    it = reader(f"#view={view}", viewport=PHONE, has_touch=True)
    assert it.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert it.page.locator("header").bounding_box()["height"] <= 56
    header = it.page.locator("header > :visible").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert all(right <= PHONE["width"] for _, right in header)


def test_a_phone_chooses_its_view_from_a_list(reader):
    it = reader(viewport=PHONE, has_touch=True)
    it.page.select_option("#view", "timeline")
    assert it.page.locator(".plan").first.is_visible()


def test_a_phone_shows_all_that_was_found(reader):
    it = reader(viewport=PHONE, has_touch=True)
    it.page.tap("#search")
    it.page.fill("#search", "nordvik")
    sides = it.page.locator("#found, #found .swatch, #found .where").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert len(sides) > 6
    assert all(0 <= left < right <= PHONE["width"] for left, right in sides)


def test_a_phone_shows_details_as_a_sheet_from_below(reader):
    it = reader(at("nordvik"), viewport=PHONE, has_touch=True)
    sheet = it.page.locator("#panel").bounding_box()
    assert sheet["width"] == PHONE["width"]
    assert sheet["y"] > PHONE["height"] * 0.4
    assert it.page.locator("#legend").is_hidden()
    it.page.click("#legend-toggle")
    assert it.page.locator("#legend").is_visible()


def test_companies_are_drawn_over_what_crowds_them(reader):
    it = reader(viewport=PHONE)
    types = it.page.evaluate("viz.network.seen.nodes.map((node) => node.type)")
    first = types.index("company")
    assert 0 < first < len(types)
    assert set(types[first:]) == {"company"}


def test_labels_do_not_overlap(reader):
    it = reader()
    boxes = it.page.evaluate(
        """() => {
          const boxes = [];
          const text = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (line, x, y) {
            const width = this.measureText(line).width;
            boxes.push([line, x - width / 2, y - 6, width, 12]);
          };
          viz.network.net.redraw();
          CanvasRenderingContext2D.prototype.fillText = text;
          return boxes;
        }"""
    )
    assert len(boxes) > 60
    for index, (_, x, y, w, h) in enumerate(boxes):
        for _, x2, y2, w2, h2 in boxes[:index]:
            assert not (x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h)
