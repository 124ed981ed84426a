"""Everything by the keyboard, and said to those who do not see."""

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
    it = reader()
    seen = []
    for _ in range(5):
        seen.append(it.page.get_attribute("body", "data-view"))
        it.page.keyboard.press("v")
    assert seen == ["network", "columns", "timeline", "table", "network"]


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
