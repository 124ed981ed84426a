"""axe-core finds nothing to say, in any view, theme and width."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.viz.reader import BASE, DESKTOP, PHONE, at

HALF = {"width": 720, "height": 450}  # a laptop's screen at 200 %
NARROW = {"width": 320, "height": 640}
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


def violations(it) -> list[tuple[str, list[str]]]:
    it.page.add_script_tag(path=AXE)
    found = it.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(reader, theme, state, viewport):
    # The checker is a script of its own, which the policy of the page would refuse.
    it = reader(STATES[state], color_scheme=theme, viewport=viewport, bypass_csp=True)
    if state == "network":
        it.page.fill("#search", "in")
        it.page.focus("#search")
    elif state == "share":
        it.page.click("#share")
        it.page.get_by_role("button", name="Copy link").click()
    elif viewport == PHONE:
        it.page.click("#legend-toggle")
    assert violations(it) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_the_help_and_where_all_is_unfolded(reader, theme, viewport):
    it = reader("", color_scheme=theme, viewport=viewport, bypass_csp=True)
    it.page.keyboard.press("?")
    assert violations(it) == []
    it.page.keyboard.press("Escape")
    if viewport == PHONE:
        it.page.click("#legend-toggle")
    for summary in it.page.locator("#legend summary").all():
        summary.click()
    assert violations(it) == []


@pytest.mark.parametrize("viewport", [HALF, NARROW], ids=["200 %", "320 px"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_of_the_shipped_data(read_shipped, theme, viewport):
    it = read_shipped("", color_scheme=theme, viewport=viewport, bypass_csp=True)
    views = it.page.locator("#view option").evaluate_all("(all) => all.map((one) => one.value)")
    assert len(views) >= 7
    for view in views:
        it.page.select_option("#view", view)
        assert (view, violations(it)) == (view, [])
