"""Pages in a browser: whatever the theme and the width, with and without scripts, by keyboard and on paper."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

import kg
from kg.formats import import_files
from tests.formats.guidance import world
from tests.serve.conftest import Server

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PAGES = {
    "front": "/",
    "company": "/id/unilever",
    "person": "/id/manu-kumar-jain",
    "place": "/id/kokomo",
    "initiative": "/id/xiaomi-india-service-centres",
    "facility": "/id/xiaomi-india-plant-1",
    "product": "/id/mi-pay",
    "indicator": "/id/service-centres",
    "source": "/id/medianama-2017-03-28",
    "statement": "/id/medianama-2017-03-28.3.4",
    "promise": "/id/medianama-2017-03-28.3.4.promise",
    "replaced": "/id/mint-2017-11-20.1.promise",
    "as of a day": "/id/mobikwik?as-of=2018-06-01",
    "nothing": "/id/xiaome",
    "no day": "/?as-of=soon",
}


@pytest.fixture
def visit(browser, server):
    """Open a page; whatever goes wrong in it is told."""
    contexts = []

    def visit(path: str, *, width: int = 1280, **settings: object):
        context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda message: page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.goto(server.url.removesuffix("/sparql") + path)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_lies_beside_the_screen(visit, theme, width):
    for name, path in PAGES.items():
        page = visit(path, width=width, color_scheme=theme, bypass_csp=True)
        if name in {"promise", "company"}:
            page.wait_for_selector("figure svg")
        for details in page.locator("summary").all():
            details.click()
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        told = [
            (one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]
        ]
        assert (name, told) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_promise_is_drawn_over_its_table_under_the_policy_of_the_page(visit):
    page = visit(PAGES["promise"])
    page.wait_for_selector("#course svg .stop")
    marks = page.locator("#course .stop")
    assert marks.count() > 5
    # The mark that decides leads to the statement that the verdict names.
    labels = [mark.get_attribute("aria-label") for mark in marks.all()]
    assert any(
        "Figure that decides" in label and "500 service centres in India in June 2017" in label
        for label in labels
    )
    marks.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/medianama-2017-03-28*")
    assert page.troubles == []


def test_promises_of_a_company_are_drawn_in_time_over_their_table(visit):
    page = visit(PAGES["company"])
    page.wait_for_selector("#timeline svg .stop")
    labels = [mark.get_attribute("aria-label") for mark in page.locator("#timeline .stop").all()]
    rows = page.locator("#promises [data-due]").evaluate_all(
        """(all) => all.filter((one) => one.dataset.due).map((one) => [
          one.closest("tr").querySelector("th a").textContent, one.innerText.trim().split("\\n")[0], one.dataset.said, one.dataset.due,
        ])"""
    )
    assert len(rows) > 5
    told = sorted(
        f"{words}: {outcome}, promised on {said}, due by {due}"
        for words, outcome, said, due in rows
    )
    assert sorted(labels) == told
    page.locator("#timeline .stop").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**.promise")
    assert page.troubles == []


@pytest.mark.parametrize("name", PAGES)
def test_page_says_the_same_without_scripts(visit, name):
    page = visit(PAGES[name], java_script_enabled=False)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    if name == "promise":
        assert page.locator("#course").is_hidden()
        assert page.locator("#life tbody tr").count() > 10


def test_keyboard_leads_past_the_head_to_the_content(visit):
    page = visit("/id/xiaomi")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_day_is_chosen_by_the_control_and_left_by_a_link(visit):
    page = visit("/id/xiaomi")
    page.fill("#as-of", "2018-06-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/id/xiaomi?as-of=2018-06-01")
    assert "This is what was known on 2018-06-01" in page.locator(".then").inner_text()
    page.get_by_role("link", name="service centres in India").first.click()
    page.wait_for_url("**?as-of=2018-06-01")
    page.get_by_role("link", name="What is known now").click()
    page.wait_for_url(lambda url: "as-of" not in url)


def test_heading_of_the_scoreboard_sorts(visit):
    page = visit("/")
    page.get_by_role("link", name="Missed").click()
    page.wait_for_url("**sort=-missed*")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Missed")
    column = page.locator("td[data-label=missed]").all_inner_texts()[1:]
    counts = [int(text) if text.strip().isdigit() else 0 for text in column]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_picture_opens_at_the_thing(visit):
    page = visit("/id/xiaomi")
    page.get_by_role("link", name="See it in the picture").click()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#panel h2").inner_text() == "Xiaomi"
    assert page.troubles == []


def test_paper_has_no_controls(visit):
    page = visit("/id/xiaomi")
    page.emulate_media(media="print")
    for selector in (".top nav", ".as-of", ".ways"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator("#promises tbody tr").last.is_visible()
    assert page.locator(".cited").is_visible()


def test_forecasts_of_a_company_are_drawn_line_by_line_over_their_tables(browser, tmp_path):
    """A server of a company's filings: what is drawn is said aloud, leads on, and fits a phone."""
    filings = tmp_path / "filings.nq"
    filings.write_bytes(b"".join(import_files(world(tmp_path / "filings")).lines))
    kg.build([filings], shipped=True, check=False).save(tmp_path / "store")
    server = Server("--store", str(tmp_path / "store"), "--workers", "1")
    troubles = []
    try:
        for width in (320, 1280):
            context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
            page = context.new_page()
            page.on("console", lambda message: troubles.append(message.text))
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.goto(server.url.removesuffix("/sparql") + "/id/xtks-9999")
            page.wait_for_selector("#forecasts svg .stop")
            page.add_script_tag(path=AXE)
            found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            assert [one["id"] for one in found["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            marks = page.locator("#forecasts figure").first.locator(".stop").all()
            marks.sort(key=lambda mark: int(mark.get_attribute("data-at") or 0))
            labels = [mark.get_attribute("aria-label") for mark in marks]
            year = "the fiscal year to March 2026"
            assert labels == [
                f"2025-05-10: forecast 8 billion JPY for {year}",
                f"2025-10-31: forecast revised to 7.8 billion to 8.2 billion JPY for {year}",
                f"2026-01-30: forecast revised to 8.4 billion JPY for {year}",
                f"{year}: result 8.61 billion JPY, +2.5 % against the last forecast",
                "2026-05-12: forecast 9 billion JPY for the fiscal year to March 2027",
            ]
            page.locator("#forecasts .stop").first.focus()
            page.keyboard.press("Enter")
            page.wait_for_url("**forecast")
            context.close()
    finally:
        server.stop()
    assert troubles == []
