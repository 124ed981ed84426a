"""Two companies stand side by side: their promises, the figures of both, and their plans on one axis."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import viz
from tests.viz.reader import PHONE
from tests.viz.test_page_access import violations

BOTH = "#view=compare&one=nordvik&other=quillock"


def opened(reader, hash_: str = BOTH, **more):
    it = reader(hash_, **more)
    it.page.wait_for_selector("#compare .plotted")
    return it


def names(it) -> list[str]:
    chosen = "all => all.map((one) => one.selectedOptions[0].textContent)"
    return it.page.locator("#compare select").evaluate_all(chosen)


def test_two_companies_are_chosen_and_the_address_says_which(reader):
    it = opened(reader, "#view=compare")
    assert sorted(names(it)) == ["Nordvik", "Quillock"]
    it.page.get_by_role("button", name="Swap the companies").click()
    first, second = names(it)
    assert it.address() == f"#view=compare&one={first.lower()}&other={second.lower()}"
    again = opened(reader, it.address())
    assert names(again) == [first, second]


def test_the_numbers_of_each_stand_in_its_column(reader):
    it = opened(reader)
    table = it.page.locator("#compare .scores")
    assert table.locator("thead th").all_inner_texts() == ["Nordvik", "Quillock"]
    assert table.locator("tbody th").first.inner_text() == "Promised"


def test_figures_of_both_are_one_chart(reader):
    it = opened(reader)
    chart = it.page.get_by_role("region", name="share of locks, Ruritania")
    told = chart.locator(".stop").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert len(told) == 6
    assert told[0] == "2008: 40% counted by Tally House. Nordvik. The Gazette, 2011-05-04"
    chart.get_by_text("As a table").click()
    assert chart.locator("tbody tr").count() == 6
    assert chart.locator(".key").inner_text().split() == ["●", "Nordvik", "■", "Quillock"]


def test_plans_of_both_stand_on_one_axis(reader):
    it = opened(reader)
    lanes = it.page.get_by_role("region", name="Plans in time")
    assert lanes.get_by_role("button", name="First frame workshop").count() == 1
    lanes.get_by_role("button", name="First frame workshop").click()
    assert it.selected() == "First frame workshop"


def test_a_chart_is_saved_with_its_title_and_what_it_rests_on(reader):
    it = opened(reader)
    with it.page.expect_download() as download:
        it.page.get_by_role("button", name="Save the chart as SVG").first.click()
    assert download.value.suggested_filename == "nordvik-and-quillock-share-of-locks-ruritania.svg"
    text = Path(download.value.path()).read_text("utf-8")
    ET.fromstring(text)  # noqa: S314 - our own
    assert "Nordvik and Quillock: share of locks, Ruritania" in text
    assert "var(--" not in text


def test_what_was_published_later_is_not_compared(reader):
    it = opened(reader)
    it.page.evaluate("viz.state.change({ until: '2010-01-01' })")
    assert it.page.locator("#compare .plotted").count() == 0
    assert "No figure of the one can be held against" in it.text("#compare")


def test_a_page_of_one_company_compares_nothing(network, reader, tmp_path):
    path = tmp_path / "page.html"
    page = viz.render(network, title="Plans")
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader(BOTH, path=path)
    assert it.page.get_by_role("button", name="Compare", exact=True).count() == 0


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_a_comparison(reader, size):
    more = {"viewport": size} if size else {}
    it = opened(reader, bypass_csp=True, **more)
    assert violations(it) == []
    assert it.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_met_late_is_told_in_a_comparison_as_on_the_scoreboard(read_shipped):
    page = read_shipped("#view=compare&one=xiaomi&other=samsung").page
    page.wait_for_selector("#compare .scores")
    row = page.locator("#compare .scores tbody tr").filter(has_text="met").first
    late = page.evaluate(
        "() => viz.data.promises.filter(({ now, companies }) => now?.outcome === 'met-late'"
        " && companies.some((id) => viz.data.nodes[id].label === 'Xiaomi')).length"
    )
    assert late > 0
    assert f"{late} late" in row.inner_text()
