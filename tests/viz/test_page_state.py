"""The state of the page: in its address, in its history, in its colours."""

import pytest


def test_the_address_restores_the_view(reader):
    it = reader()
    it.click("repair-shops")
    it.page.locator("#legend .row", has_text="Products").locator("label").click()
    it.page.click("#theme")
    again = reader(it.address())
    assert again.selected() == "Triple the repair shops"
    assert again.shown() == it.shown()
    assert not again.page.get_by_role("checkbox", name="Products").is_checked()
    assert again.page.locator("html").get_attribute("data-theme") == "dark"


def test_back_returns_to_what_was_selected_before(reader):
    it = reader()
    it.click("repair-shops")
    it.page.get_by_role("button", name="Nordvik").click()
    it.page.go_back()
    assert it.selected() == "Triple the repair shops"


@pytest.mark.parametrize(
    "address",
    ["#sel=nothing", "#%", "#around=x&hops=9&theme=pink&without=__proto__", "#edge=a b c"],
)
def test_a_strange_address_shows_everything(reader, network, address):
    assert reader(address).shown() == len(network)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_follow_the_system_until_the_reader_chooses(reader, theme):
    it = reader(color_scheme=theme)
    other = {"light": "dark", "dark": "light"}[theme]
    assert it.page.locator("html").get_attribute("data-theme") == theme
    it.page.keyboard.press("t")
    assert it.page.locator("html").get_attribute("data-theme") == other
    assert f"theme={other}" in it.address()
