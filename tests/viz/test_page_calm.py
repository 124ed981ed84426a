"""What is in nobody's way: few stops of the Tab key, a legend that folds, nothing that covers anything."""

from itertools import pairwise

import pytest

from tests.viz.reader import PHONE

HALF = {"width": 720, "height": 450}  # a laptop's screen at 200 %
NARROW = {"width": 320, "height": 640}
VIEWS = ["overview", "network", "columns", "timeline", "table", "map", "compare", "contradictions"]


def stops(it, until: str) -> list[str]:
    """What the Tab key reaches, from the beginning of the page to a view."""
    found = []
    it.page.evaluate("document.activeElement.blur()")
    while len(found) < 60:
        it.page.keyboard.press("Tab")
        found.append(
            it.page.evaluate(
                "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
            )
        )
        if it.page.evaluate(f"document.activeElement.closest('{until}') !== null"):
            return found
    raise AssertionError(found)


@pytest.mark.parametrize(
    ("view", "element"),
    [("network", "#stage"), ("timeline", "#timeline"), ("overview", "#overview")],
)
def test_a_dozen_stops_of_the_tab_key_lead_to_the_view(read_shipped, view, element):
    found = stops(read_shipped(f"#view={view}"), element)
    assert len(found) <= 13, found


@pytest.mark.parametrize("view", VIEWS)
def test_the_first_stop_skips_to_every_view(read_shipped, view):
    it = read_shipped(f"#view={view}")
    it.page.keyboard.press("Tab")
    it.page.keyboard.press("Enter")
    element = "stage" if view == "network" else view
    assert it.page.evaluate(f"document.activeElement.closest('#{element}') !== null")


def test_arrows_go_through_the_outcomes_and_the_groups_of_the_legend(read_shipped):
    it = read_shipped("#view=network")
    it.page.locator(".outcomes ul button").first.focus()
    it.page.keyboard.press("ArrowDown")
    assert it.page.evaluate("document.activeElement.dataset.pick") == "outcome met-late"
    it.page.keyboard.press("Enter")
    assert "outcome=met-late" in it.address()
    assert it.page.evaluate("document.activeElement.dataset.pick") == "outcome met-late"
    it.page.locator("#legend summary").first.focus()
    for _ in range(6):
        it.page.keyboard.press("ArrowDown")
    assert it.page.evaluate("document.activeElement.innerText.trim()") == "Status"
    it.page.keyboard.press("Enter")
    it.page.keyboard.press("Tab")
    assert it.page.evaluate("document.activeElement.type") == "checkbox"
    it.page.keyboard.press("ArrowRight")
    assert it.page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Only ")


def test_arrows_go_through_the_views(read_shipped):
    it = read_shipped("#view=timeline")
    it.page.locator("#views [tabindex='0']").focus()
    assert it.page.evaluate("document.activeElement.innerText") == "Timeline"
    it.page.keyboard.press("ArrowRight")
    it.page.keyboard.press("Enter")
    assert it.page.get_attribute("body", "data-view") == "table"


def test_at_200_percent_the_legend_folds_by_itself_and_opens_when_wanted(read_shipped):
    it = read_shipped("#view=timeline")
    assert it.page.locator("#legend").is_visible()
    it.page.set_viewport_size(HALF)
    it.page.wait_for_selector("#legend", state="hidden")
    it.page.click("#legend-toggle")
    assert it.page.locator("#legend").is_visible()
    it.page.keyboard.press("Escape")
    assert it.page.locator("#legend").is_hidden()


@pytest.mark.parametrize("size", [HALF, NARROW, PHONE], ids=["200 %", "320 px", "phone"])
@pytest.mark.parametrize("view", ["overview", "compare", "contradictions"])
def test_text_is_read_without_scrolling_sideways(read_shipped, view, size):
    it = read_shipped(f"#view={view}&sel=xiaomi", viewport=size)
    for element in (f"#{view}", "#panel", "html"):
        wide = it.page.evaluate(
            f"[document.querySelector('{element}').scrollWidth, document.querySelector('{element}').clientWidth]"
        )
        assert wide[0] <= wide[1], element


@pytest.mark.parametrize("size", [HALF, NARROW, PHONE, {"width": 1024, "height": 700}], ids=str)
def test_the_controls_of_the_head_do_not_overlap(read_shipped, size):
    it = read_shipped(viewport=size)
    boxes = it.page.locator(".bar > :visible").evaluate_all(
        "(all) => all.filter((one) => !one.matches('.heading') || innerWidth > 720).map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert len(boxes) >= 5
    assert all(one[1] <= other[0] for one, other in pairwise(boxes))
    assert boxes[-1][1] <= size["width"]
    assert it.page.locator("#search").bounding_box()["width"] >= 40


@pytest.mark.parametrize("view", ["timeline", "table", "columns", "contradictions", "network"])
def test_what_is_said_of_what_is_shown_covers_nothing(read_shipped, view):
    it = read_shipped(f"#view={view}&company=xiaomi")
    notice = it.page.locator("#notice").bounding_box()
    element = it.page.locator("#stage" if view == "network" else f"#{view}").bounding_box()
    assert " of " in it.text("#notice")
    assert notice["y"] + notice["height"] <= element["y"]


def test_beside_the_card_the_timeline_shows_what_became_of_the_chosen_plan(read_shipped):
    it = read_shipped("#view=timeline&company=xiaomi")
    for label in (
        "Rank in smartphone shipments: 1 by 2021",
        "Offline part of own sales: 50% by 2019",
    ):
        it.page.locator(".plan", has_text=label).first.click()
        end = it.page.evaluate(
            """() => {
              const row = document.querySelector(".plan.chosen").getBoundingClientRect();
              const texts = [...document.querySelectorAll(".sheet > svg text")].map((one) => one.getBoundingClientRect());
              return Math.max(...texts.filter((box) => box.top >= row.top && box.bottom <= row.bottom).map((box) => box.right));
            }"""
        )
        assert 0 < end <= it.page.locator("#panel").bounding_box()["x"]


def test_the_slider_names_the_days_of_the_first_and_the_last_source(read_shipped):
    assert "2015-07 – 2026-01" in read_shipped().text(".slider")


def test_what_is_rarely_picked_by_is_folded_where_there_is_more(read_shipped):
    it = read_shipped()
    assert it.page.locator("#legend .row:visible").count() == 10
    assert it.page.locator("#legend").evaluate("(one) => one.scrollHeight <= one.clientHeight")
    it.page.locator("#legend summary", has_text="Types").click()
    assert it.page.locator("#legend .row", has_text="Facilities").is_visible()
