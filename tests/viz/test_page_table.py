"""The table: plans or statements, sorted and filtered."""

import networkx as nx
import pytest

import viz

TABLE = "#view=table"


@pytest.fixture
def it(reader):
    return reader(TABLE)


def column(it, number: int) -> list[str]:
    """What a column says in all rows: those that are there at each step of a reader who scrolls down."""
    found: dict[int, str] = {}
    cells = """(number) => [...document.querySelectorAll("#table tbody tr")].map((row) =>
        [Number(row.ariaRowIndex), row.children[number - 1].innerText])"""
    it.page.evaluate("document.querySelector('#table .rows').scrollTop = 0")
    for _ in range(200):
        found |= dict(it.page.evaluate(cells, number))
        ended = it.page.evaluate(
            """() => { const rows = document.querySelector('#table .rows');
            const before = rows.scrollTop;
            rows.scrollTop += rows.clientHeight;
            return rows.scrollTop === before; }"""
        )
        if ended:
            break
        it.page.wait_for_timeout(20)
    return [found[index] for index in sorted(found)]


def test_a_plan_has_a_row_with_its_days_and_outcome(it):
    it.page.fill("#rows-filter", "240 rental")
    row = it.page.get_by_role("row", name="240 rental stations")
    assert row.locator("td").all_inner_texts() == [
        "Nordvik", "Target", "missed", "2009-01-01", "2010-12-31", "", "50%", "missed",
    ]  # fmt: skip
    it.page.fill("#rows-filter", "triple")
    assert (
        it.page.get_by_role("row", name="Triple the repair shops").locator("td").nth(5).inner_text()
        == "2"
    )


def test_headings_sort_one_way_and_the_other(it):
    it.page.get_by_role("button", name="Due", exact=True).click()
    due = [day for day in column(it, 6) if day]
    assert due == sorted(due)
    assert it.page.get_by_role("columnheader", name="Due").get_attribute("aria-sort") == "ascending"
    it.page.get_by_role("button", name="Due", exact=True).click()
    assert [day for day in column(it, 6) if day] == due[::-1]
    assert column(it, 6)[-1] == ""
    assert "sort=-due" in it.address()
    assert it.page.evaluate("document.activeElement.textContent").startswith("Due")


def test_percentages_sort_as_numbers(reader):
    assert [text for text in column(reader(TABLE + "&sort=done"), 8) if text] == [
        "40%", "50%", "65%", "110%",
    ]  # fmt: skip


def test_words_filter_rows_whatever_their_accents(it):
    it.page.fill("#rows-filter", "BELLS ábandoned")
    assert column(it, 1) == ["Bells cast in Ruritania"]
    assert it.text(".tools .count") == "1 of 26"
    assert "q=BELLS" in it.address()


def test_a_row_opens_the_details_and_is_marked(it):
    it.page.get_by_role("button", name="90 repair shops").click()
    assert it.text("#panel h2") == "90 repair shops"
    assert it.text("tr.chosen th") == "90 repair shops"


def test_statements_have_whose_they_are_and_their_source_beside_them(it):
    it.page.get_by_role("button", name="Statements", exact=True).click()
    assert len(column(it, 1)) == it.page.evaluate("viz.data.statements().size")
    published = column(it, 5)
    assert published == sorted(published, reverse=True)
    it.page.fill("#rows-filter", "120 repair shops")
    row = it.page.get_by_role("row", name="120 repair shops by the end of 2012")
    assert row.locator("td").all_inner_texts()[:7] == [
        "Nordvik", "Target", "", "2011-05-11", "Jo Doe", "More spanners for Nordvik", "The Paper Lantern",
    ]  # fmt: skip
    link = row.get_by_role("link", name="More spanners for Nordvik")
    assert link.get_attribute("href") == "https://example.org/lantern/spanners"


def test_a_statement_opens_what_it_says(reader):
    it = reader(TABLE + "&rows=statements&q=quillock keys")
    it.page.get_by_role("button", name="Quillock, a locksmith, cuts the keys of Nordvik").click()
    assert it.text("#panel h2") == "partner of"


def test_filters_of_the_legend_leave_out_rows(it):
    before = len(column(it, 1))
    it.page.locator("#legend .row", has_text="Targets").locator("label").click()
    assert len(column(it, 1)) == before - 5


def test_the_table_comes_back_as_it_was_sent(it, reader):
    it.page.get_by_role("button", name="Statements", exact=True).click()
    it.page.get_by_role("button", name="Published").click()
    it.page.fill("#rows-filter", "lantern")
    again = reader(it.address())
    assert column(again, 1) == column(it, 1)
    assert again.page.input_value("#rows-filter") == "lantern"


def test_a_row_is_found_by_all_names_of_what_it_names(it):
    it.page.fill("#rows-filter", "ノルドヴィク bells")
    assert column(it, 1) == ["Bells cast in Ruritania"]
    it.page.get_by_role("button", name="Statements", exact=True).click()
    it.page.fill("#rows-filter", "何某 by the end of 2012")
    assert column(it, 1) == ["120 repair shops by the end of 2012"]


def test_a_screen_reader_hears_which_of_all_rows_it_is_at(it):
    table = it.page.get_by_role("table")
    assert table.get_attribute("aria-rowcount") == "27"
    rows = it.page.locator("#table tr")
    assert rows.first.get_attribute("aria-rowindex") == "1"
    it.page.focus("#table .rows")
    it.page.keyboard.press("End")
    held = it.page.evaluate("document.activeElement.closest('tr').ariaRowIndex")
    assert held == "27"


def test_the_keys_go_from_row_to_row_and_on_to_the_article(reader):
    it = reader(TABLE + "&rows=statements")
    everything = column(it, 1)
    it.page.focus("#table .rows")
    for key in ("ArrowDown", "ArrowDown", "PageDown", "ArrowUp", "Home", "ArrowDown"):
        it.page.keyboard.press(key)
    assert it.page.evaluate("document.activeElement.innerText") == everything[1]
    it.page.keyboard.press("Tab")
    assert it.page.evaluate("document.activeElement.tagName") == "A"
    it.page.keyboard.press("End")
    assert it.page.evaluate("document.activeElement.innerText") == everything[-1]
    assert it.page.evaluate("document.activeElement.checkVisibility()")


def test_the_keyboard_stays_in_the_table_when_its_row_is_scrolled_away(reader):
    it = reader(TABLE + "&rows=statements")
    it.page.focus("#table .rows")
    it.page.keyboard.press("ArrowDown")
    it.page.evaluate("document.querySelector('#table .rows').scrollTop = 1e9")
    it.page.locator("#table .rows:focus").wait_for()
    it.page.keyboard.press("ArrowDown")
    assert it.page.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "2"


def in_sight(it, text: str) -> bool:
    row = it.page.locator("#table tbody tr", has_text=text).first
    place = it.page.locator("#table .rows").bounding_box()
    box = row.bounding_box()
    return (
        place["y"] + 30 <= box["y"] and box["y"] + box["height"] <= place["y"] + place["height"] + 1
    )


def test_search_takes_to_the_row_whatever_was_typed_before(it):
    it.page.set_viewport_size({"width": 1280, "height": 420})
    it.page.fill("#rows-filter", "lake")
    it.page.fill("#search", "240 rental stations")
    it.page.keyboard.press("Enter")
    assert it.page.input_value("#rows-filter") == ""
    assert it.text("tr.chosen th") == "240 rental stations"
    assert in_sight(it, "240 rental stations")


def test_choosing_a_company_takes_to_its_first_row(reader, two):
    it = reader(TABLE, path=two, viewport={"width": 1280, "height": 420})
    assert it.page.locator("#table tbody tr", has_text="Zembla 00").count() == 0
    it.page.fill("#search", "Zembla Works")
    it.page.keyboard.press("Enter")
    assert in_sight(it, "Zembla 00")
    assert in_sight(it, "Zembla 11")  # and those after it


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two companies, with sixty plans each."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(statements={})
    plans = {}
    for company in ("Atlantis", "Zembla"):
        network.add_node(f"urn:{company}", label=f"{company} Works", type="company")
        for at in range(60):
            name = f"urn:{company}-{at}"
            network.add_node(name, label=f"{company} {at:02}", type="target", status="announced")
            network.add_edge(f"urn:{company}", name, "target", label="has target")
            plans[name] = {"company": f"urn:{company}", "start": "2001-01-01"}
    path = tmp_path_factory.mktemp("two") / "page.html"
    path.write_text(viz.render(network, title="Two", plans=plans), encoding="utf-8", newline="\n")
    return path
