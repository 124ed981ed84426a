"""Whoever works with the keyboard stays where he was, whatever a change takes away."""

import pytest


def inside(it, selector):
    return it.page.evaluate("(box) => document.activeElement.closest(box) !== null", selector)


def press(it, name):
    it.page.get_by_role("button", name=name, exact=True).first.focus()
    it.page.keyboard.press("Enter")
    it.page.wait_for_timeout(100)  # what is laid out anew, is so when the next picture is drawn


def test_letting_go_of_what_is_picked_leads_to_what_is_picked_besides(read_shipped):
    it = read_shipped("#view=timeline&company=xiaomi&place=india")
    press(it, "Let go: Xiaomi")
    assert inside(it, "#picked")


@pytest.mark.parametrize("view", ["overview", "columns", "timeline", "table", "map", "compare"])
def test_letting_go_of_the_last_that_is_picked_leads_to_the_view(read_shipped, view):
    it = read_shipped(f"#view={view}&company=xiaomi")
    press(it, "Let go: Xiaomi")
    assert inside(it, ".stage")
    assert not inside(it, "[inert]")


@pytest.mark.parametrize("view", ["network", "columns", "timeline", "table"])
def test_showing_all_leads_to_the_view(read_shipped, view):
    it = read_shipped(f"#view={view}&around=xiaomi&hops=1")
    press(it, "show all")
    assert inside(it, ".stage")


def test_more_values_of_a_list_lead_to_the_list(read_shipped):
    it = read_shipped("#view=table")
    it.page.evaluate("document.querySelector('.facet').open = true")
    it.page.wait_for_selector(".facet li .quiet")
    it.page.locator(".facet li .quiet").first.focus()
    it.page.keyboard.press("Enter")
    assert inside(it, ".facet")
