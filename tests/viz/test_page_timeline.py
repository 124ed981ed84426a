"""The timeline: plans by company, each as a bar from its announcement to its due day."""

from itertools import pairwise

import networkx as nx
import pytest

import viz
from tests.viz.reader import BASE, PHONE, at

TIMELINE = "#view=timeline"


@pytest.fixture
def it(reader):
    return reader(TIMELINE)


def row(it, label: str):
    """The row of a plan, by the name that stands at its left."""
    return it.page.locator(".plan", has=it.page.get_by_text(label, exact=True))


def names(it) -> list[str]:
    return it.page.locator(".plan .name").all_inner_texts()


def bar(it, slug: str) -> dict[str, float]:
    """Where the bar of a plan begins and ends, and the days it was put off, in years."""
    return it.page.evaluate(
        """(iri) => {
          const found = viz.bars.span(viz.data.nodes[viz.data.nodeOf.get(iri)]);
          return { ...found, today: viz.days.today };
        }""",
        BASE + slug,
    )


def marks(it, slug: str) -> list[dict[str, float]]:
    """The rectangles of a row as they stand on the screen."""
    return it.page.evaluate(
        """(iri) => {
          const id = viz.data.nodeOf.get(iri);
          const row = document.querySelector(`[data-id="${id}"]`).getBoundingClientRect();
          return [...document.querySelectorAll(".sheet > svg > *")]
            .map((part) => [part.tagName, part.getBoundingClientRect(), part.textContent])
            .filter(([, box]) => box.top >= row.top && box.bottom <= row.bottom)
            .map(([name, box, text]) => ({ name, left: box.left, right: box.right, height: box.height, text }));
        }""",
        BASE + slug,
    )


def test_the_button_shows_the_timeline_and_the_address_says_so(reader):
    it = reader()
    assert it.page.locator(".plan").first.is_hidden()
    it.page.get_by_role("button", name="Timeline").click()
    assert it.page.locator(".plan").first.is_visible()
    assert "view=timeline" in it.address()
    assert it.text("#live").startswith("Timeline, ")
    it.page.go_back()
    assert it.page.locator(".plan").first.is_hidden()


def test_plans_stand_under_their_company_by_their_beginning_with_their_targets(it):
    assert it.page.locator(".plans h2").all_inner_texts() == ["Nordvik\n26 plans"]
    found = names(it)
    assert found[0] == "80 m crowns of turnover"
    order = [found.index(n) for n in ("First frame workshop", "60% of frames from home-grown ash",
                                      "Bells cast in Ruritania", "Triple the repair shops",
                                      "90 repair shops", "Rent bicycles by night")]  # fmt: skip
    assert order == sorted(order)
    assert order[1] == order[0] + 1
    assert row(it, "90 repair shops").get_attribute("class") == "plan inner"


def test_a_bar_goes_from_the_announcement_to_the_due_day(it):
    parts = marks(it, "turnover-80m")
    wide = max(part["right"] - part["left"] for part in parts)
    other = max(part["right"] - part["left"] for part in marks(it, "apprentices-700"))
    days = {slug: bar(it, slug)["end"] - bar(it, slug)["start"]
            for slug in ("turnover-80m", "apprentices-700")}  # fmt: skip
    assert wide / other == pytest.approx(days["turnover-80m"] / days["apprentices-700"], rel=0.02)


def test_progress_fills_its_part_of_the_bar(it):
    lengths = sorted({round(part["right"] - part["left"]) for part in marks(it, "turnover-80m")})
    whole = lengths[-1]
    assert any(part == pytest.approx(0.65 * whole, abs=2) for part in lengths)
    assert any(part["text"] == "65%" for part in marks(it, "turnover-80m"))


def test_every_postponement_is_a_lower_step(it):
    found = bar(it, "repair-shops")
    assert len(found["passed"]) == 2
    steps = [
        p for p in marks(it, "repair-shops") if p["name"] == "path" and p["right"] - p["left"] > 20
    ]
    heights = [round(step["height"]) for step in sorted(steps, key=lambda p: p["left"])]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_the_line_of_today_stands_on_the_day_that_was_asked_for(it):
    assert it.page.locator(".axis text", has_text="2011-10-15").count() == 1
    line = it.page.evaluate(
        """() => [...document.querySelectorAll(".sheet > svg > rect")]
          .filter((part) => part.getAttribute("fill") === viz.theme.colours().accent)
          .map((part) => part.getBoundingClientRect().x)"""
    )
    assert len(line) == 1
    bars = [
        part for part in marks(it, "shops-90") if part["name"] == "path" and part["height"] < 11
    ]
    future = max(part["right"] for part in marks(it, "apprentices-700") if part["name"] == "path")
    assert max(part["right"] for part in bars) < line[0] < future


def test_without_a_day_the_line_is_the_readers_own(reader, network, tmp_path):
    path = tmp_path / "now.html"
    plans = {BASE + "nordvik": {"company": BASE + "nordvik", "start": "2011-05-04"}}
    path.write_text(viz.render(network, title="T", plans=plans), encoding="utf-8", newline="\n")
    it = reader(TIMELINE, path=path)
    assert it.page.locator(".axis text", has_text="today").count() == 1
    assert it.page.evaluate("viz.days.written(viz.days.today)") == it.page.evaluate(
        "new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10)"
    )


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("first-workshop", "achieved"),
        ("bell-foundry", "abandoned"),
        ("ash-60", "met · 110%"),
        ("stations-240", "missed · 50%"),
        ("shops-90", "no result known · 40%"),
        ("apprentices-700", None),
    ],
)
def test_the_end_of_a_bar_says_how_it_ended(it, slug, words):
    assert [part["text"] for part in marks(it, slug) if part["name"] == "text"] == (
        [words] if words else []
    )


def test_a_row_says_everything_in_words(it):
    words = (
        row(it, "Triple the repair shops").inner_text()
        + row(it, "Triple the repair shops").text_content()
    )
    for part in ("Initiative", "underway", "known since 2009-03-01", "put off 2 times",
                 "due 2011-09-30", "no result known"):  # fmt: skip
        assert part in words


def test_a_click_on_a_row_opens_its_facts(it):
    row(it, "90 repair shops").click()
    assert it.text("#panel h2") == "90 repair shops"
    assert row(it, "90 repair shops").get_attribute("aria-current") == "true"


def test_a_selected_plan_is_brought_into_sight(reader):
    it = reader(at("islands", view="timeline"), viewport={"width": 1000, "height": 400})
    box = row(it, "Look to the islands").bounding_box()
    assert 0 < box["y"] < 400


def test_the_arrows_go_from_row_to_row(it):
    it.page.locator(".plan").first.focus()
    it.page.keyboard.press("ArrowDown")
    it.page.keyboard.press("ArrowDown")
    it.page.keyboard.press("ArrowUp")
    it.page.keyboard.press("Enter")
    assert it.selected() == names(it)[1]
    assert it.page.locator(".plan[tabindex='0']").count() == 1


def test_filters_leave_out_rows(it):
    before = len(names(it))
    it.page.locator("#legend .row", has_text="Targets").locator("label").click()
    assert len(names(it)) == before - 5
    it.page.get_by_role("checkbox", name="announced").uncheck(force=True)
    assert "Rent bicycles by night" not in names(it)


def test_zoom_makes_years_wider_and_fit_undoes_it(it):
    def width():
        return it.page.evaluate("document.querySelector('.sheet').getBoundingClientRect().width")

    before = width()
    for _ in range(5):
        it.page.click("#zoom-in")
    assert width() > before
    it.page.click("#fit")
    assert width() == before


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_names_do_not_run_into_each_other(reader, viewport):
    it = reader(TIMELINE, viewport=viewport)
    boxes = [one.bounding_box() for one in it.page.locator(".plan .name").all()]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1


def test_on_a_phone_names_stand_above_their_bars(reader):
    it = reader(TIMELINE, viewport=PHONE, has_touch=True)
    name = row(it, "90 repair shops").locator(".name").bounding_box()
    tops = it.page.evaluate(
        """(iri) => {
          const id = viz.data.nodeOf.get(iri);
          const row = document.querySelector(`[data-id="${id}"]`).getBoundingClientRect();
          return [...document.querySelectorAll(".sheet > svg > path")].map((p) => p.getBoundingClientRect())
            .filter((box) => box.top >= row.top && box.bottom <= row.bottom).map((box) => box.top);
        }""",
        BASE + "shops-90",
    )
    assert min(tops) >= name["y"] + name["height"] - 4


def test_a_page_without_plans_says_so(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="company")
    path = tmp_path / "none.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    assert reader(TIMELINE, path=path).text("#timeline") == "No plans among what is shown."


def test_no_plan_is_lost_however_plans_lie_within_each_other(reader, tmp_path):
    graph = nx.MultiDiGraph()
    within = {"whole": None, "part": "whole", "detail": "part", "egg": "hen", "hen": "egg"}
    for name in within:
        graph.add_node(name, label=name.capitalize(), type="initiative")
    plans = {name: {"start": "2020-01-01", "within": outer} for name, outer in within.items()}
    path = tmp_path / "within.html"
    path.write_text(viz.render(graph, title="T", plans=plans), encoding="utf-8", newline="\n")
    rows = names(reader(TIMELINE, path=path))
    assert rows[:3] == ["Whole", "Part", "Detail"]
    assert sorted(rows[3:]) == ["Egg", "Hen"]
