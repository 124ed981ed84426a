"""Everything by the keyboard, and said to those who do not see."""

import pytest

from tests.viz.reader import BASE, at


def test_escape_goes_back_step_by_step(reader):
    it = reader(at("kvell-pass-ruritania", around=BASE + "kvell-pass-ruritania", hops="1"))
    everything = it.page.evaluate("viz.data.nodes.length")
    it.page.keyboard.press("Escape")
    assert it.selected() is None
    assert it.shown() < everything
    it.page.keyboard.press("Escape")
    assert it.shown() == everything


def test_everything_can_be_done_with_the_keyboard(reader):
    it = reader()
    order = []
    for _ in range(4):
        it.page.keyboard.press("Tab")
        order.append(it.focused())
    assert order[1:3] == ["legend-toggle", "search"]
    assert it.page.evaluate("document.activeElement.textContent") == "Network"
    it.page.focus("#stage")
    it.page.keyboard.press("ArrowRight")
    assert it.selected() == "Nordvik"
    it.page.keyboard.press("ArrowRight")
    right = it.selected()
    assert right != "Nordvik"
    it.page.keyboard.press("n")
    assert it.selected() != right
    it.page.keyboard.press("Enter")
    assert it.focused() == "panel"
    it.page.keyboard.press("Tab")
    assert it.focused() == "close"
    it.page.keyboard.press("Enter")
    assert it.selected() is None
    assert it.focused() == "stage"


def test_v_goes_through_the_views(reader):
    it = reader("")
    views = it.page.locator("#views button").all_inner_texts()
    seen = []
    for _ in range(len(views) + 1):
        seen.append(it.page.get_attribute("body", "data-view"))
        it.page.keyboard.press("v")
    assert seen == [*map(str.lower, views), "overview"]


def test_the_keyboard_goes_along_to_the_next_view(reader):
    it = reader()
    it.page.focus("#stage")
    views = it.page.locator("#views button").all_inner_texts()
    assert views[:2] == ["Overview", "Network"]
    for view in (*map(str.lower, views[2:]), "overview", "stage"):
        it.page.keyboard.press("v")
        assert it.page.evaluate(f"document.activeElement.closest('#{view}') !== null")
    it.page.get_by_role("button", name="Timeline").click()
    assert it.page.evaluate("document.activeElement.textContent") == "Timeline"


@pytest.mark.parametrize(("view", "row"), [("columns", "thing"), ("timeline", "plan")])
def test_enter_reads_the_details_and_escape_goes_back_to_the_row(reader, view, row):
    it = reader(f"#view={view}")
    it.page.locator(f"#{view} .{row}").first.focus()
    for _ in range(3):
        it.page.keyboard.press("ArrowDown")
    here = it.page.evaluate("document.activeElement.dataset.id")
    it.page.keyboard.press("Enter")
    assert it.focused() == "panel"
    assert it.page.evaluate("viz.state.now().selected") == int(here)
    it.page.keyboard.press("Escape")
    assert it.page.evaluate("document.activeElement.dataset.id") == here


@pytest.mark.parametrize("rows", ["plans", "statements"])
def test_enter_on_a_row_of_the_table_does_the_same(reader, rows):
    it = reader(f"#view=table&rows={rows}")
    row = it.page.locator("#table .go").nth(2)
    words = row.inner_text()
    row.focus()
    it.page.keyboard.press("Enter")
    assert it.focused() == "panel"
    it.page.keyboard.press("Escape")
    assert it.page.evaluate("document.activeElement.innerText") == words
    assert it.page.evaluate("document.activeElement.closest('#table') !== null")


def test_an_arrow_leads_into_the_timeline(reader):
    it = reader("#view=timeline")
    it.page.focus("#timeline")
    it.page.keyboard.press("ArrowDown")
    assert it.page.evaluate("document.activeElement.matches('#timeline .plan')")


def test_letters_are_letters_while_one_writes(reader):
    it = reader()
    it.page.focus("#search")
    it.page.keyboard.type("thn12f/")
    assert it.page.input_value("#search") == "thn12f/"
    assert it.page.locator("html").get_attribute("data-theme") == "light"


def test_what_is_selected_is_said(reader):
    it = reader()
    it.click("repair-shops")
    assert it.text("#live").startswith("Triple the repair shops, Initiative, underway, ")
