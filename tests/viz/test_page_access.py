"""axe-core finds nothing to say, in any view, theme and width."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.viz.reader import BASE, DESKTOP, PHONE, at

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
STATES = {
    "network": "",
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
