"""The slider: only what was published in a time."""

import networkx as nx
import pytest

import viz

DAYS = {"old": "2015-03-31", "middle": "2018-06-01", "new": "2021-12-31"}


@pytest.fixture
def it(reader, tmp_path):
    """Three plans that became known in different years, a place that two share, and a stray one."""
    graph = nx.MultiDiGraph(
        statements={key: {"text": key, "published": day} for key, day in DAYS.items()}
    )
    for key in DAYS:
        graph.add_node(key, label=key, type="initiative", facts=[key])
    graph.add_node("here", label="Here", type="place")
    graph.add_node("there", label="There", type="place")
    for key in ("old", "middle"):
        graph.add_edge(key, "here", key="in", timeless=True)
    graph.add_edge("new", "there", key="in", timeless=True)
    path = tmp_path / "time.html"
    plans = {key: {"start": day} for key, day in DAYS.items()}
    path.write_text(viz.render(graph, title="T", plans=plans), encoding="utf-8", newline="\n")
    return lambda hash_="": reader(hash_, path=path)


def labels(it) -> list[str]:
    return it.page.evaluate(
        "[...viz.state.shown().nodes].map((id) => viz.data.nodes[id].label).sort()"
    )


def test_the_slider_leaves_what_was_published_by_then_and_what_it_is_tied_to(it):
    page = it()
    assert labels(page) == ["Here", "There", "middle", "new", "old"]
    page.page.get_by_role("slider", name="Published until").press("ArrowLeft")
    assert labels(page) == ["Here", "middle", "old"]
    assert "until=" in page.address()
    page.page.get_by_role("slider", name="Published from").press("ArrowRight")
    assert labels(page) == ["Here", "middle"]
    page.page.get_by_role("button", name="Show all: Published").click()
    assert len(labels(page)) == 5


@pytest.mark.parametrize(
    ("view", "rows"),
    [("timeline", ".plan .name"), ("table", "tbody th"), ("columns", ".thing .name")],
)
def test_the_slider_holds_in_every_view(it, view, rows):
    page = it(f"#view={view}&since=2021-01-01")
    found = page.page.locator(rows).all_inner_texts()
    assert "new" in found
    assert not {"old", "middle", "Here"} & set(found)


def test_a_day_in_the_address_moves_the_handles(it):
    page = it("#since=2018-01-01&until=2018-12-31")
    low, high = (
        page.page.get_by_role("slider", name=f"Published {end}") for end in ("from", "until")
    )
    assert (
        low.get_attribute("aria-valuetext") <= "2018-06-01" <= high.get_attribute("aria-valuetext")
    )
    assert 0 < int(low.input_value()) <= int(high.input_value())


def test_the_handles_do_not_pass_each_other(it):
    page = it()
    page.page.get_by_role("slider", name="Published from").press("End")
    page.page.get_by_role("slider", name="Published until").press("Home")
    values = [int(page.page.get_by_role("slider").nth(n).input_value()) for n in (0, 1)]
    assert values[0] <= values[1]


def test_bars_are_as_many_as_the_times_and_those_left_out_fade(it):
    page = it("#since=2018-01-01")
    fills = page.page.locator(".histogram rect").evaluate_all(
        "(all) => all.map((r) => r.getAttribute('fill'))"
    )
    colours = page.page.evaluate("viz.theme.colours()")
    assert fills[0] == colours["faint"]
    assert fills[-1] == colours["accent"]
    assert (
        page.page.locator(".histogram rect").evaluate_all(
            "(all) => all.filter((r) => r.getAttribute('height') > 2).length"
        )
        == 3
    )


def test_facts_published_outside_the_time_are_counted_and_not_told(it):
    page = it("#since=2018-01-01&pinned=old&sel=old")
    assert "1 more was published outside the chosen time" in page.text("#panel")
    assert page.page.locator("#panel .fact").count() == 0


def test_search_reaches_beyond_the_slider(it):
    page = it("#since=2018-01-01")
    page.page.fill("#search", "old")
    page.page.press("#search", "Enter")
    assert page.selected() == "old"
    assert "since" not in page.address()


def test_one_day_of_publication_has_no_slider(reader, tmp_path):
    graph = nx.MultiDiGraph(statements={"s": {"text": "s", "published": "2020-01-01"}})
    graph.add_node("a", label="A", facts=["s"])
    path = tmp_path / "one.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    assert reader(path=path).page.get_by_role("slider").count() == 0
