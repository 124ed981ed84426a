"""The details of what is selected."""

from tests.viz.reader import at


def test_a_click_opens_the_facts_with_their_source(reader):
    it = reader()
    it.click("shops-90")
    assert it.text("#panel h2") == "90 repair shops"
    words = it.text("#panel .fact >> nth=0")
    for part in ("from 30", "underway", "Jo Doe", "2011-05-04", "The Gazette", "characters"):
        assert part in words
    link = it.page.locator("#panel .fact a").first
    assert link.get_attribute("href").startswith("https://example.org/gazette/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("referrerpolicy") == "no-referrer"


def test_rival_statements_stand_beside_a_fact(reader):
    it = reader(at("shops-90"))
    assert "120 repair shops" in it.text("#panel .rivals")


def test_connections_lead_on(reader):
    it = reader(at("shops-90"))
    it.page.get_by_role("button", name="Triple the repair shops").click()
    assert it.selected() == "Triple the repair shops"
    assert "Nordvik" in it.text("#panel")


def test_a_click_on_a_line_opens_the_relation(reader):
    it = reader()
    a, b = it.where("third-depot"), it.where("depot-3")
    it.page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert it.text("#panel h2") == "builds"
    assert "Hentzau depot" in it.text("#panel .ends")
