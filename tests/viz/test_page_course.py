"""A promise over time is a chart in its card: with the pointer, with the keyboard, and as a table."""

from datetime import date

import networkx as nx
import pytest

import viz
from tests.viz.reader import PHONE, at
from tests.viz.test_page_access import violations

DIALOG = "dialog.large"


@pytest.fixture
def card(reader):
    it = reader(at("shops-90"))
    it.page.wait_for_selector("#panel .plotted")
    return it


def names(it, within: str = "#panel") -> list[str]:
    return it.page.locator(f"{within} .stop").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label')).sort()"
    )


def test_the_libraries_of_charts_wait_for_the_first_chart(reader):
    it = reader(at("nordvik"))
    it.page.wait_for_timeout(300)
    assert it.page.evaluate("[typeof window.d3, typeof window.Plot]") == ["undefined", "undefined"]


def test_a_page_without_courses_carries_no_library_of_charts(network):
    page = viz.render(network, title="Plans")
    assert 'id="library-plot"' not in page
    assert 'id="library-d3"' not in page


def test_every_promise_and_figure_says_what_it_is(card):
    assert names(card) == [
        "2009-03-01: promised 80 by September 2011. Promised. The Gazette, 2011-05-04",
        "2009-06-30: 30 (from before it was promised). Figure. The Gazette, 2011-05-04",
        "2010-06-30: about 40. Figure. The Gazette, 2011-05-04",
        "2010-07-01: raised, later 90 by September 2011. Promised. The Gazette, 2011-05-04",
        "2010-12-31: at most 48. Figure. The Gazette, 2011-05-04",
        "2011-03-31: 54. Figure. The Gazette, 2011-05-04",
    ]


def test_the_chart_says_what_its_marks_mean(card):
    key = card.text("#panel .key")
    assert "promised, by its day" in key
    assert "cannot decide alone" in key
    assert "where it began" in key


def test_a_mark_under_the_pointer_tells_its_source(card):
    card.page.locator("#panel .stop[aria-label*='54']").hover()
    assert "The Gazette, 2011-05-04" in card.text("#panel .hinted")


def test_choosing_a_mark_shows_its_statement(card):
    card.page.locator("#panel .stop[aria-label*='54']").click()
    picked = card.page.locator("#panel .chosen-mark")
    assert picked.get_by_role("link", name="Wheels, bells and winter").count() == 1
    assert "characters" in picked.inner_text()


def test_the_keyboard_goes_from_mark_to_mark(card):
    card.page.locator("#panel .stop[tabindex='0']").focus()
    card.page.keyboard.press("Home")
    assert "2009-03-01" in card.text("#panel .hinted")
    card.page.keyboard.press("ArrowRight")
    assert "2009-06-30" in card.text("#panel .hinted")
    card.page.keyboard.press("Enter")
    assert card.page.locator("#panel .chosen-mark .fact").count() == 1
    assert card.page.locator("#panel .stop[tabindex='0']").count() == 1


def test_the_chart_is_a_table_too(card):
    card.page.get_by_text("As a table").click()
    rows = card.page.locator("#panel .as-table tbody tr")
    assert rows.count() == 6
    assert "2010-07-01" in rows.nth(3).inner_text()
    assert rows.nth(3).get_by_role("link").count() == 1


def test_a_chart_is_enlarged_and_closed_by_the_keyboard(card):
    small = card.page.locator("#panel .plotted").bounding_box()
    card.page.get_by_role("button", name="enlarge").click()
    assert card.page.locator(f"{DIALOG} .plotted").bounding_box()["width"] > 2 * small["width"]
    card.page.keyboard.press("Escape")
    card.page.locator(DIALOG).wait_for(state="detached")
    assert card.page.locator("#panel").is_visible()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_a_large_chart(reader, size):
    more = {"viewport": size} if size else {}
    it = reader(at("shops-90"), bypass_csp=True, **more)
    if size:
        it.page.click("#legend-toggle")
    it.page.get_by_role("button", name="enlarge").click()
    it.page.locator(f"{DIALOG} .as-table summary").click()
    it.page.locator(f"{DIALOG} .stop").last.click()
    assert violations(it) == []
    assert it.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_published_later_is_not_drawn(reader, tmp_path):
    days = {"said": "2010-01-01", "first": "2010-08-01", "second": "2012-02-01"}
    said = {
        key: {"kind": "Observation", "text": key, "published": day} for key, day in days.items()
    }
    graph = nx.MultiDiGraph(statements=said)
    graph.add_node("t", label="90 shops", type="target", facts=list(said))
    figures = [
        {"value": 40, "day": "2010-06-30", "published": days["first"], "fact": "first", "corrected": "2011-01-01"},
        {"value": 50, "day": "2011-12-31", "published": days["second"], "fact": "second"},
    ]  # fmt: skip
    revision = {
        "value": 90,
        "said": "2010-01-01",
        "published": "2010-01-01",
        "day": "2012-12-31",
        "fact": "said",
    }
    courses = {"t": {"measure": "shops", "revisions": [revision], "figures": figures}}
    path = tmp_path / "page.html"
    page = viz.render(graph, title="T", charts={"courses": courses}, today=date(2012, 6, 1))
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader("#sel=t&until=2010-12-31", path=path)
    it.page.wait_for_selector("#panel .plotted")
    assert [name[:15] for name in names(it)] == ["2010-01-01: pro", "2010-06-30: 40."]
    it.page.evaluate("viz.state.change({ until: null })")
    it.page.wait_for_selector("#panel .plotted")
    # The first figure has been corrected since.
    assert [name[:15] for name in names(it)] == ["2010-01-01: pro", "2011-12-31: 50."]
    it.page.evaluate("viz.state.change({ until: '2009-12-31' })")
    assert it.page.locator(".plotted").count() == 0


HOSTILE = "</script><b>bold</b>\u202e"


def test_hostile_words_of_a_course_are_only_words(reader, tmp_path):
    graph = nx.MultiDiGraph(
        statements={HOSTILE: {"text": HOSTILE, "publisher": HOSTILE, "url": "javascript:alert(1)"}}
    )
    graph.add_node("t", label=HOSTILE, type="target", facts=[HOSTILE])
    one = {"value": 1e99, "said": "0001-01-01", "day": "9999-12-31", "words": HOSTILE, "about": HOSTILE, "moved": HOSTILE, "aside": HOSTILE, "fact": HOSTILE}  # fmt: skip
    courses = {"t": {"measure": HOSTILE, "unit": HOSTILE, "revisions": [one], "figures": [one, {**one, "value": -1e-99}], "baseline": 0}}  # fmt: skip
    path = tmp_path / "page.html"
    page = viz.render(graph, title="T", charts={"courses": courses})
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader("#sel=t", path=path)
    it.page.wait_for_selector("#panel .plotted")
    it.page.locator("#panel .stop").last.click(force=True)
    assert it.page.locator("b:has-text('bold') b, #panel a[href], img").count() == 0
    assert "NaN" not in it.page.locator("#panel .chart").inner_html()
