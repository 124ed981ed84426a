"""axe-core finds nothing to say, in any view, theme and width."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.viz.reader import BASE, DESKTOP, PHONE, at

HALF = {"width": 720, "height": 450}  # a laptop's screen at 200 %
NARROW = {"width": 320, "height": 640}
THEMES = ("light", "dark")
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
STATES = {
    "network": "#view=network",
    "overview": "",
    "card of a company": "#view=overview&sel=nordvik",
    "map": "#view=map",
    "promises": "#view=table&rows=promises",
    "fact": at("shops-90"),
    "many": at("nordvik"),
    "timeline": "#view=timeline",
    "plan": at("repair-shops", view="timeline"),
    "columns": at("insure-riders", view="columns"),
    "column": at("rider-insurance", view="columns"),
    "table": "#view=table",
    "statements": "#view=table&rows=statements&q=lantern",
    "share": "",
    "path": f"#from={BASE}quillock&to={BASE}kvell-map",
}


def violations(it) -> list[tuple[str, str, list[str]]]:
    """Return what axe finds in both themes, one after the other, as whoever reads it may change them."""
    if not it.page.evaluate("'axe' in window"):
        it.page.add_script_tag(path=AXE)
    found = []
    for theme in THEMES:
        it.page.emulate_media(color_scheme=theme)
        it.page.wait_for_selector(f"html[data-theme={theme}]")
        told = it.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        found += [
            (theme, one["id"], [node["html"] for node in one["nodes"]])
            for one in told["violations"]
        ]
    return found


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(reader, state, viewport):
    # The checker is a script of its own, which the policy of the page would refuse.
    it = reader(STATES[state], viewport=viewport, bypass_csp=True)
    if state == "network":
        it.page.fill("#search", "in")
        it.page.focus("#search")
    elif state == "share":
        it.page.click("#share")
        it.page.get_by_role("button", name="Copy link").click()
    elif viewport == PHONE:
        it.page.click("#legend-toggle")
    assert violations(it) == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_help_and_where_all_is_unfolded(reader, viewport):
    it = reader("", viewport=viewport, bypass_csp=True)
    it.page.keyboard.press("?")
    assert violations(it) == []
    it.page.keyboard.press("Escape")
    if viewport == PHONE:
        it.page.click("#legend-toggle")
    for summary in it.page.locator("#legend summary").all():
        summary.click()
    assert violations(it) == []


@pytest.mark.parametrize("viewport", [HALF, NARROW], ids=["200 %", "320 px"])
def test_axe_finds_nothing_in_any_view_of_the_shipped_data(read_shipped, viewport):
    it = read_shipped("", viewport=viewport, bypass_csp=True)
    views = it.page.locator("#view option").evaluate_all("(all) => all.map((one) => one.value)")
    assert len(views) >= 7
    for view in views:
        it.page.select_option("#view", view)
        assert (view, violations(it)) == (view, [])
