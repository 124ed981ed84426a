"""The page in the sandboxed frame that a notebook shows it in."""

import pytest

import viz
from kg.query.notebook import View


@pytest.fixture
def frame(browser, network, tmp_path):
    """The frame of a page within another page, whose troubles are noted."""
    view = View("Nordvik", viz.render(network, title="Nordvik").encode())
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><title>N</title>{view._repr_html_()}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page, troubles, requests = context.new_page(), [], []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(notebook.as_uri())
    inner = page.frames[1]
    inner.wait_for_selector("html[data-ready]")
    yield inner
    context.close()
    assert troubles == []
    assert [url for url in requests if not url.startswith("about:")] == [notebook.as_uri()]


def test_the_page_works_in_a_frame_without_an_origin(frame):
    assert frame.evaluate("window.origin") == "null"
    frame.fill("#search", "quillock")
    frame.press("#search", "Enter")
    assert frame.inner_text("#panel h2") == "Quillock"
    frame.get_by_role("button", name="Focus").click()
    assert frame.evaluate("viz.state.shown().nodes.size < viz.data.nodes.length")
    frame.get_by_role("button", name="Close details").click()
    frame.click("#theme")
    assert frame.get_attribute("html", "data-theme") == "dark"


def test_the_page_does_not_reach_the_notebook(frame):
    assert (
        frame.evaluate(
            "(() => { try { return window.parent.document.title; } catch (e) { return e.name; } })()"
        )
        == "SecurityError"
    )


def test_a_source_opens_in_a_tab_of_its_own(frame):
    frame.fill("#search", "90 repair shops")
    frame.press("#search", "Enter")
    context = frame.page.context
    context.route("https://example.org/**", lambda route: route.fulfill(body="<title>S</title>"))
    with context.expect_page() as opened:
        frame.locator("#panel .fact a").first.click()
    assert opened.value.evaluate("window.origin") == "https://example.org"
    opened.value.close()
