"""The help: what every mark means, and the keys."""

import re

import pytest

from tests.viz.reader import PHONE


@pytest.mark.parametrize("how", ["key", "button"])
def test_the_question_mark_opens_it_and_escape_closes_it(read_shipped, how):
    it = read_shipped()
    if how == "key":
        it.page.keyboard.press("?")
    else:
        it.page.get_by_role("button", name="Help", exact=True).click()
    assert it.page.get_by_role("dialog", name="What the marks mean").is_visible()
    it.page.keyboard.press("Escape")
    assert it.page.get_by_role("dialog").count() == 0
    assert it.page.get_attribute("body", "data-view") == "overview"


def test_every_outcome_status_and_type_that_is_there_is_explained(read_shipped):
    it = read_shipped()
    it.page.keyboard.press("?")
    said = it.text("#help .help-body")
    outcomes = it.page.evaluate(
        "[...new Set(viz.data.promises.flatMap(({ told }) => told.map(({ outcome }) => viz.promises.name(outcome))))]"
    )
    assert len(outcomes) > 5
    statuses, types = (
        it.page.evaluate(
            f"[...new Set(viz.data.things.map((node) => node.{part}.name).filter(Boolean))]"
        )
        for part in ("statusStyle", "style")
    )
    assert [name for name in (*outcomes, *statuses, *types) if name not in said] == []
    assert "Reached, and not by its last day." in said
    assert "Policy" not in said


def test_the_keys_that_it_names_are_those_that_work(read_shipped):
    it = read_shipped()
    it.page.keyboard.press("?")
    told = set(it.page.locator("#help kbd").all_inner_texts()) - {"arrows", "Enter"}
    source = it.page.evaluate(
        "JSON.parse(viz.inflated('scripts')).find((text) => text.includes('const COMMANDS'))"
    )
    block = source.partition("const COMMANDS = {")[2].partition("};")[0]
    works = {key.strip('"') for key in re.findall(r'^    ("[^"]+"|\w+):', block, re.MULTILINE)}
    assert len(works) > 10
    assert told == {"Esc" if key == "Escape" else key for key in works} - {"="}


def test_letters_do_nothing_behind_it(read_shipped):
    it = read_shipped()
    it.page.keyboard.press("?")
    it.page.keyboard.press("v")
    assert it.page.get_attribute("body", "data-view") == "overview"


def test_on_a_phone_it_is_one_column_and_changes_the_colours(read_shipped):
    it = read_shipped(viewport=PHONE, color_scheme="light")
    assert it.page.locator("#theme").is_hidden()
    it.page.click("#help-open")
    assert it.page.evaluate("document.querySelector('.help-body').scrollWidth <= innerWidth")
    it.page.get_by_role("button", name="Light or dark").click()
    assert it.page.get_attribute("html", "data-theme") == "dark"
