"""What a company filed as its forecasts is drawn on its card: as they were revised, the results, how far off they were."""

from datetime import date

import networkx as nx
import pytest

import kg
import viz
from kg.formats import import_files
from tests.formats.guidance import world
from tests.viz.reader import PHONE, at
from tests.viz.test_page_access import violations

LINE = "#panel .guidance .line"
SALES = "net sales (Japanese GAAP), consolidated accounts, JPY"


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """The page of what a company files in the course of a year, made for the day after the last result."""
    folder = tmp_path_factory.mktemp("guidance")
    source = folder / "filings.nq"
    source.write_bytes(b"".join(import_files(world(folder / "filings")).lines))
    path = folder / "page.html"
    page = kg.build([source], shipped=True).view(focus="xtks-9999", today=date(2026, 6, 1))
    path.write_bytes(page.html)
    return path


@pytest.fixture
def card(reader, filed):
    it = reader(at("xtks-9999"), path=filed)
    it.page.wait_for_selector(f"{LINE} .plotted")
    return it


def names(it, line: str = SALES) -> list[str]:
    return it.page.locator(f"{LINE}[aria-label='{line}'] .stop").evaluate_all(
        "all => all.sort((a, b) => a.dataset.at - b.dataset.at).map((one) => one.getAttribute('aria-label'))"
    )


def test_each_forecast_revision_and_result_says_what_it_is(card):
    source = "Tokyo Stock Exchange"
    assert names(card) == [
        f"2025-05-10: forecast 8B JPY for the fiscal year to March 2026. Forecast. {source}, 2025-05-10",
        f"2025-10-31: revised to 7.8B JPY to 8.2B JPY for the fiscal year to March 2026. Forecast. {source}, 2025-10-31",
        f"2026-01-30: revised to 8.4B JPY for the fiscal year to March 2026. Forecast. {source}, 2026-01-30",
        f"2026-03-31: 8.61B JPY, +2.5 % against the last forecast, +7.6 % against the first. Result. {source}, 2026-05-12",
        f"2026-05-12: forecast 9B JPY for the fiscal year to March 2027. Forecast. {source}, 2026-05-12",
    ]


def test_revisions_are_steps_and_how_far_off_the_last_one_was_stands_at_the_result(card):
    line = card.page.locator(LINE).first
    drawn = line.locator("[data-part='line'] path").first.get_attribute("d")
    assert drawn.count("L") == 2 * 3  # along, and up or down: from one to the next, and to the end
    assert line.locator("svg text", has_text="+2.5 %").count() == 1
    loss = card.page.locator(f"{LINE}[aria-label^='operating income']")
    assert loss.locator("svg text", has_text="+20.0 %").count() == 1


def test_line_with_one_forecast_and_no_result_is_no_picture(card):
    assert card.page.locator(LINE).evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    ) == [
        SALES,
        "net sales (Japanese GAAP), non-consolidated accounts, JPY",
        "operating income (Japanese GAAP), consolidated accounts, JPY",
        "ordinary income (Japanese GAAP), consolidated accounts, JPY",
    ]


def test_choosing_a_mark_shows_its_statement_with_the_element_of_the_filing(card):
    card.page.locator(f"{LINE} .stop[aria-label*='Result']").first.click()
    shown = card.text(f"{LINE} .chosen-mark >> nth=0")
    assert "8.61 billion JPY" in shown
    assert "element /" in shown


def test_day_of_the_slider_knows_what_had_been_filed(card):
    card.page.evaluate("viz.state.change({ until: '2025-12-31' })")
    card.page.wait_for_selector(f"{LINE} .plotted")
    assert [name[:10] for name in names(card)] == ["2025-05-10", "2025-10-31"]
    card.page.evaluate("viz.state.change({ until: '2025-06-01' })")
    assert card.page.locator(LINE).count() == 0


def test_card_of_a_forecast_tells_how_far_off_it_was(reader, filed):
    it = reader("#view=network", path=filed)
    node = it.page.evaluate(
        "viz.data.nodes.find((one) => one.iri.includes('2026-01-30') && one.type === 'target').iri"
    )
    it.page.evaluate("(iri) => viz.state.change({ selected: viz.data.nodeOf.get(iri) })", node)
    it.page.wait_for_selector("#panel .plotted")
    decides = it.page.locator("#panel .stop[aria-label*='decides']").get_attribute("aria-label")
    assert decides.startswith(
        "2026-03-31: 8.61B JPY (+2.5 % against the forecast). Figure that decides."
    )


def test_company_that_forecasts_is_among_the_companies_of_the_overview(reader, filed):
    it = reader("#view=overview", path=filed)
    assert "of 1 company" in it.text(".overview")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_it(reader, filed, size):
    more = {"viewport": size} if size else {}
    it = reader(at("xtks-9999"), path=filed, bypass_csp=True, **more)
    it.page.wait_for_selector(f"{LINE} .plotted")
    assert violations(it) == []
    assert it.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


HOSTILE = "</script><b>bold</b>\u202e"


def test_hostile_words_of_a_forecast_are_only_words(reader, tmp_path):
    graph = nx.MultiDiGraph(statements={HOSTILE: {"text": HOSTILE, "publisher": HOSTILE}})
    graph.add_node("c", label=HOSTILE, type="company", facts=[HOSTILE])
    step = {"value": 1e99, "said": "0001-01-01", "about": HOSTILE, "fact": HOSTILE}
    result = {"value": -1e-99, "since": "0001-01-01", "above": HOSTILE, "fact": HOSTILE}
    period = {"words": HOSTILE, "due": "9999-12-31", "steps": [step], "results": [result]}
    lines = [{"label": HOSTILE, "unit": HOSTILE, "periods": [period]}]
    path = tmp_path / "page.html"
    page = viz.render(graph, title="T", charts={"forecasts": {"c": lines}})
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader("#sel=c", path=path)
    it.page.wait_for_selector(f"{LINE} .plotted")
    assert it.page.locator("b:has-text('bold') b, #panel a[href], img").count() == 0
    assert "NaN" not in it.page.locator("#panel .chart").inner_html()
