"""Forms, search and the editor as readers use them: by keyboard, on a phone, in the dark, with what they hear."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import axe_playwright_python
import pytest

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 640}
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PAGES = {
    "catalogue": "/questions",
    "answer": "/questions/outcome?company=xiaomi",
    "chart": "/questions/compared",
    "wrong": "/questions/partners?company=nix&date=soon",
    "search": "/search?q=xiaomi",
    "slip": "/search?q=xaiomi",
    "ontology": "/ontology",
    "term": "/ontology/Company",
    "list": "/ontology/verdicts",
    "editor": "/editor",
}


@pytest.fixture
def read(browser, server):
    contexts, troubles, foreign = [], [], []
    base = server.url.removesuffix("/sparql")

    def open_(path: str, **options):
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda said: (
                troubles.append(said.text)
                if said.type == "error" and "status of 400" not in said.text
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: foreign.append(asked.url) if not asked.url.startswith(base) else None,
        )
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []
    assert foreign == []


def violations(page) -> list[tuple[str, list[str]]]:
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(read, kind, viewport, theme):
    # The checker is a script of its own, which the policy of the pages would refuse.
    page = read(PAGES[kind], viewport=viewport, color_scheme=theme, bypass_csp=True)
    if kind == "editor":
        page.click(".yasqe_queryButton")
        page.wait_for_selector("#results tbody tr")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_typing_finds_arrows_choose_and_enter_goes_there(read):
    page = read("/questions")
    box = page.get_by_role("combobox", name="Search")
    box.focus()
    page.keyboard.type("xiaom", delay=20)
    page.wait_for_selector("[role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator("[role=status]").first.text_content().endswith("found")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.locator(".name").text_content() == "Xiaomi"
    assert violations_of_list(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/xiaomi")


def violations_of_list(page) -> list[str]:
    """Return what a list lacks that follows the typing, by the pattern of ARIA."""
    return page.evaluate(
        """() => { const box = document.activeElement, list = document.getElementById(box.getAttribute("aria-controls"));
        return [list.getAttribute("role") !== "listbox" && "no list", !list.getAttribute("aria-label") && "no name",
          box.getAttribute("aria-autocomplete") !== "list" && "no way", list.hidden && "hidden"].filter(Boolean); }"""
    )


def test_escape_closes_the_list_and_enter_without_a_choice_searches(read):
    page = read("/questions")
    page.get_by_role("combobox", name="Search").fill("lei")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.locator("[role=option]").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lei*")
    assert page.get_by_role("link", name="Lei Jun", exact=True).count() == 1


def test_a_field_takes_the_name_of_what_is_chosen_and_asks_with_it(read):
    page = read("/questions/outcome")
    field = page.get_by_label("Company", exact=True)
    field.fill("小米")
    page.wait_for_selector("[role=option]")
    page.locator("[role=option]").first.click()
    assert field.input_value() == "xiaomi"
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/questions/outcome?*company=xiaomi*")
    assert page.get_by_role("heading", level=1).text_content() == "What became of it: Xiaomi"


def test_only_the_last_of_what_was_typed_is_answered(read):
    page = read("/questions")
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/search.json" in one.url else None)
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.type("xiaomi", delay=5)
    page.wait_for_selector("[role=option]")
    assert [url.rpartition("q=")[2] for url in asked] == ["xiaomi"]


def test_what_is_wrong_is_where_the_reader_is_led(read):
    page = read("/questions/partners?company=nix")
    assert page.evaluate("document.activeElement.id") == "wrong"
    page.get_by_role("link", name="Company", exact=True).click()
    assert page.evaluate("location.hash") == "#ask-company"


def test_values_over_time_are_drawn_as_the_table_has_them(read):
    page = read("/questions/compared")
    chart = page.get_by_role("img", name=re.compile("share of smartphone shipments"))
    chart.wait_for()
    dots = chart.locator("title").all_text_contents()
    assert "Xiaomi: 10.7, 2016-10-01 to 2016-12-31, counted by IDC" in dots
    assert len(dots) == 4
    narrow = read("/questions/compared", viewport=PHONE)
    narrow.get_by_role("img", name=re.compile("share of smartphone shipments")).wait_for()


def test_a_query_is_written_asked_and_kept_in_the_address(read):
    page = read("/editor")
    page.select_option("#example", label="How many promises ended how")
    page.wait_for_selector("#results tbody tr")
    assert "cp:met" in page.locator("#results tbody").text_content()
    assert "query=" in page.evaluate("location.hash")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    again = page.context.new_page()
    again.goto(page.url)
    again.wait_for_selector(".yasqe .CodeMirror-line")
    assert "cp:hasOutcome" in again.locator(".yasqe").text_content()


def test_what_a_query_finds_leads_to_pages_here(read):
    page = read("/editor#query=" + quote("SELECT ?x ?y { VALUES (?x ?y) { (id:xiaomi cp:met) } }"))
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#results tbody tr")
    links = page.locator("#results a.iri").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('href'))"
    )
    assert links == ["/id/xiaomi", "/ontology/met"]


def test_what_is_wrong_with_a_query_is_shown(read):
    page = read("/editor#query=" + quote("SELECT ?x { ?x cp:nope ?y } LIMIT x"))
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#results .errorResult")
    assert "cannot be read at line 1" in page.locator("#results").text_content()


def test_a_question_opens_in_the_editor_with_the_query_behind_it(read):
    page = read("/questions/partners?company=xiaomi")
    page.get_by_role("link", name="Open it in the editor").click()
    page.wait_for_selector(".yasqe .CodeMirror-line")
    page.click(".yasqe_queryButton")
    page.wait_for_selector("#results tbody tr")
    assert "mobikwik" in page.locator("#results tbody").text_content()


def test_terms_and_prefixes_are_completed_from_here(read):
    page = read("/editor")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror?.setValue('')")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?x cp:partn")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint")
    assert "cp:partnerOf" in page.locator(".CodeMirror-hints").text_content()


def test_without_scripts_everything_can_be_asked(browser, server):
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = context.new_page()
    base = server.url.removesuffix("/sparql")
    page.goto(base + "/questions/partners")
    page.fill("#ask-company", "foxconn")
    page.get_by_role("button", name="Ask").click()
    assert "company=foxconn" in page.url
    page.fill("#find", "lei jun")
    page.press("#find", "Enter")
    assert page.get_by_role("link", name="Lei Jun", exact=True).count() == 1
    page.goto(base + "/editor")
    assert page.locator("#query").is_visible()
    assert page.locator("noscript details, details").count() >= 12
    context.close()
