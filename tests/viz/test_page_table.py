"""The table: plans or statements, sorted and filtered."""

import pytest

TABLE = "#view=table"


@pytest.fixture
def it(reader):
    return reader(TABLE)


def column(it, number: int) -> list[str]:
    return it.page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()


def test_a_plan_has_a_row_with_its_days_and_outcome(it):
    row = it.page.get_by_role("row", name="240 rental stations")
    assert row.locator("td").all_inner_texts() == [
        "Nordvik", "Target", "missed", "2009-01-01", "2010-12-31", "", "50%", "missed",
    ]  # fmt: skip
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


def test_statements_have_their_source_beside_them(it):
    it.page.get_by_role("button", name="Statements", exact=True).click()
    assert len(column(it, 1)) == it.page.evaluate("viz.data.statements().size")
    row = it.page.get_by_role("row", name="120 repair shops by the end of 2012")
    assert row.locator("td").all_inner_texts()[2:5] == ["2011-05-11", "Jo Doe", "The Paper Lantern"]
    assert column(it, 4) == sorted(column(it, 4), reverse=True)


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
