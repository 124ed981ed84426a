"""More rows than a browser lays out at once: those near what is in sight are, and all can be reached."""

import networkx as nx
import pytest

import viz

TARGETS = 1_300
DRAWN = 1_000


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A company with many targets, of which the last has most ties."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(statements={})
    network.add_node("urn:co", label="Nordvik", type="company")
    plans = {}
    for at in range(TARGETS):
        name = f"urn:{at:04}"
        network.add_node(name, label=f"Target {at:04}", type="target", status="announced")
        network.add_edge("urn:co", name, "target", label="has target")
        plans[name] = {"company": "urn:co", "start": f"{2000 + at % 20}-01-01"}
    for at in range(20):
        network.add_edge(f"urn:{TARGETS - 1:04}", f"urn:{at:04}", "tie", label="is tied to")
    path = tmp_path_factory.mktemp("crowded") / "page.html"
    page = viz.render(network, title="Crowded", plans=plans)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def it(reader, crowded):
    return lambda view: reader(f"#view={view}", path=crowded)


def test_the_timeline_has_all_rows_and_lays_out_those_in_sight(it):
    page = it("timeline")
    assert page.page.locator("#timeline .plan").count() < 100
    assert page.text("#timeline h2 .count") == "1,300 plans"
    assert page.page.locator("#timeline p.plain").count() == 0
    page.page.focus("#timeline .plan[tabindex='0']")
    page.page.keyboard.press("End")
    last = page.page.evaluate("viz.rows.lay().rows.at(-1).node.label")
    focused = "document.activeElement.querySelector('.name').textContent"
    assert page.page.evaluate(focused) == last
    assert page.text("#timeline h2 .count") == "1,300 plans"
    page.page.keyboard.press("Home")
    page.page.keyboard.press("ArrowDown")
    second = page.page.evaluate("viz.rows.lay().rows[1].node.label")
    assert page.page.evaluate(focused) == second


def test_the_timeline_scrolled_by_hand_shows_bars_and_keeps_the_keyboard(it):
    page = it("timeline")
    page.page.focus("#timeline .plan[tabindex='0']")
    page.page.evaluate("document.getElementById('timeline').scrollTop = 20000")
    page.page.wait_for_selector("#timeline:focus")
    shown = page.page.locator("#timeline .plan").first.bounding_box()
    assert shown["y"] < 900
    bars = page.page.evaluate(
        """() => [...document.querySelectorAll(".sheet > svg > *")]
          .map((one) => one.getBoundingClientRect()).filter(({ top }) => top > 0 && top < 900).length"""
    )
    assert bars > 20
    page.page.keyboard.press("ArrowDown")
    assert page.page.evaluate("document.activeElement.classList.contains('plan')")


def test_the_timeline_takes_to_a_plan_far_down(it):
    page = it("timeline")
    page.page.fill("#search", "Target 1299")
    page.page.keyboard.press("Enter")
    box = page.page.locator("#timeline .plan.chosen").bounding_box()
    assert 0 < box["y"] < 900


def test_the_table_has_all_rows_and_lays_out_those_in_sight(it):
    page = it("table")
    assert page.page.locator("tbody tr").count() < 100
    assert page.text("#table .tools .count") == "1,300 of 1,300"
    page.page.focus("#table .rows")
    page.page.keyboard.press("End")
    assert page.page.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "1301"
    page.page.fill("#rows-filter", "Target 1299")
    assert page.page.locator("tbody tr").count() == 1


def test_a_column_draws_what_has_most_ties_and_counts_all(it):
    page = it("columns")
    assert page.text("#columns section[aria-label=Targets] h2") == "Targets 250 of 1,300"
    names = page.page.locator("#columns section[aria-label=Targets] .name").all_inner_texts()
    assert len(names) == DRAWN / 4
    assert f"Target {TARGETS - 1}" in names
