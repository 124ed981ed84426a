"""What people come with, each in at most three steps from opening the page, read from the screen."""

import re
from collections.abc import Iterator

import pytest

from tests.viz.reader import PHONE


class Steps:
    """A reader who counts what he does: a press, a key, or words that he types."""

    def __init__(self, it) -> None:
        self.it, self.page, self.taken = it, it.page, 0

    def press(self, role: str, name: str | re.Pattern[str], within: str = "body") -> None:
        self.taken += 1
        self.page.locator(within).get_by_role(role, name=name).first.click()

    def look_for(self, words: str) -> None:
        """Type into the search field, and take the first of what is found."""
        self.taken += 1
        self.page.get_by_role("combobox", name="Search").fill(words)
        self.page.keyboard.press("Enter")

    def down(self, selector: str) -> Iterator[None]:
        """Scroll through a view from its top, since only the rows in sight are there."""
        view = self.page.locator(selector)
        view.evaluate("(one) => one.scrollTo(0, 0)")
        for _ in range(200):
            self.page.wait_for_timeout(60)
            yield
            if view.evaluate("(one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 2"):
                return
            view.evaluate("(one) => one.scrollBy(0, one.clientHeight * 0.7)")

    def reads(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())


@pytest.fixture(params=["laptop", "phone"])
def reads(read_shipped, request):
    viewport = PHONE if request.param == "phone" else {"width": 1366, "height": 768}
    steps = Steps(read_shipped(viewport=viewport))
    yield steps
    assert steps.taken <= 3


def test_what_xiaomi_promised_in_india_and_what_became_of_it(reads):
    reads.press("button", re.compile("What did Xiaomi promise in India"))
    rows, companies = set(), set()
    for _ in reads.down("#timeline"):
        rows.update(reads.page.locator(".plan").all_inner_texts())
        companies.update(reads.page.locator(".company .name").all_inner_texts())
    assert any("500 service centres" in row and "met" in row for row in rows)
    assert any("200 Mi Studios by 2019" in row and "missed" in row for row in rows)
    assert "Xiaomi" in companies
    assert "Samsung" not in companies
    assert not any("Noida plant" in row for row in rows)  # that of Samsung
    # And of one of them what decides it, with where that comes from.
    wanted = reads.page.locator("#timeline").get_by_role("button", name="200 Mi Studios by 2019")
    for _ in reads.down("#timeline"):
        if wanted.count():
            break
    reads.press("button", re.compile("200 Mi Studios by 2019"), within="#timeline")
    assert "missed" in reads.reads("#panel .verdict .outcome")


def test_the_evidence_of_a_verdict(reads):
    reads.press("button", re.compile("^Xiaomi: 3 missed"))
    reads.press("button", re.compile("Mi Studios"), within="#table")
    card = reads.reads("#panel .verdict")
    assert card.startswith("missed")
    assert "What decides it" in card
    source = reads.page.locator("#panel .verdict .grounds a").first
    assert source.get_attribute("href").startswith("https://")
    assert re.search(r"· \d{4}-\d\d-\d\d", card)  # who published it, and when


def test_which_promises_are_past_their_day_with_no_result_known(reads):
    reads.press("button", re.compile("past their day"))
    found = reads.page.locator("#table tbody tr")
    assert found.count() > 5
    due = reads.page.locator("#table tbody tr td:nth-child(4)").all_inner_texts()
    assert due == sorted(due)
    assert max(due) < "2026-06-30"
    outcomes = {text.strip() for text in reads.page.locator("#table .sealed").all_inner_texts()}
    assert outcomes == {"no result known"}


def test_who_contradicts_whom(reads):
    reads.press("button", re.compile("Who contradicts whom about"))
    pairs = reads.page.locator("#contradictions .pair")
    assert pairs.count() > 1
    for pair in pairs.all():
        assert pair.locator(".sides > li").count() == 2
        assert pair.locator(".sides .source").count() == 2
        assert "they differ" in pair.inner_text()


def test_who_contradicts_whom_of_a_company_of_ones_own(reads):
    reads.press("button", re.compile("^Contradictions"), within="#overview")
    assert re.match(
        r"\d+ pairs of statements that do not agree", reads.reads("#contradictions .lead")
    )


def test_how_two_companies_compare(reads):
    reads.press("button", re.compile("^Compare"), within="#overview")
    reads.page.get_by_label("First company").select_option(label="Samsung")
    reads.page.get_by_label("Second company").select_option(label="Xiaomi")
    reads.taken += 2
    table = reads.reads("#compare .scores")
    assert "Samsung Xiaomi" in table
    assert re.search(r"Promised 5 40 ", table)
    assert "share of smartphone shipments, India" in reads.reads("#compare")


def test_a_link_leads_another_reader_to_the_same_view(reads, read_shipped):
    reads.press("button", re.compile("^IKEA: 8 no result known"))
    reads.press("button", "Share")
    reads.press("button", re.compile("[Ll]ink"), within="#share-menu")
    given = reads.page.locator("#share-menu").get_by_role("textbox")
    given.wait_for()
    address = "#" + given.input_value().partition("#")[2]
    assert 10 < len(address) < 90
    assert "%" not in address
    other = Steps(read_shipped(address))
    assert other.page.locator("#table [role=status]").inner_text() == "8 of 8"


def test_what_a_company_promised_in_all(reads):
    reads.look_for("Unilever")
    assert reads.reads("#panel h2") == "Unilever"
    assert re.search(r"11 promises", reads.reads("#panel .tally"))
    reads.press("button", re.compile("abandoned: show them"), within="#panel")


def test_what_is_due_next(reads):
    due = reads.page.locator(".scores .all .next").inner_text()
    assert re.match(r"20(2[6-9]|3\d)", due)
