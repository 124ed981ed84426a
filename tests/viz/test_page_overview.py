"""What the page opens on: what it is, the scoreboard, the questions, the other views."""

import re
from collections import Counter, defaultdict
from datetime import date

import networkx as nx
import pytest

import viz
from tests.viz.conftest import SHIPPED_DAY
from tests.viz.reader import PHONE

THEN = date(2020, 12, 31)


def board(it) -> dict[str, dict[str, str]]:
    """The scoreboard as it stands on the screen: for each company its cells by heading."""
    heads = [
        text.split("\n")[0] for text in it.page.locator(".scores thead tr > *").all_inner_texts()
    ]
    names = [
        re.sub(r"\s*[▲▼]$", "", " ".join(text.split()))
        for text in it.page.locator(".scores thead tr > *").all_inner_texts()
    ]
    assert len(heads) == len(names) > 5
    found = {}
    for row in it.page.locator(".scores tbody tr").all():
        cells = row.locator("> *").all_inner_texts()
        found[cells[0].strip()] = dict(
            zip(names, (" ".join(cell.split()) for cell in cells), strict=True)
        )
    return found


def every_row(it) -> dict[str, dict[str, str]]:
    while it.page.locator(".overview .more").count():
        it.page.locator(".overview .more").click()
    return board(it)


def asked(graph, day: date) -> dict[str, Counter[str]]:
    """What `kg ask outcome` answers on a day, counted by the label of the company and the verdict."""
    from kg.query import label_of

    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in graph.ask("outcome", date=day):
        found[label_of(graph.index, f"https://w3id.org/corporate-plans/id/{row['company']}")][
            row["verdict"].removeprefix("cp:")
        ] += 1
    return found


def number(cells: dict[str, str], heading: str) -> int:
    return int(cells.get(heading, "0").split()[0].replace("·", "0"))


@pytest.mark.parametrize("day", [SHIPPED_DAY, THEN])
def test_the_scoreboard_counts_what_the_question_answers(read_shipped, graph, day):
    it = read_shipped() if day == SHIPPED_DAY else read_shipped(f"#view=overview&until={day}")
    rows = every_row(it)
    said = asked(graph, day)
    assert set(rows) - {"All"} == set(said)
    for company, verdicts in said.items():
        cells = rows[company]
        met = re.fullmatch(r"(\d+|· 0)(?: (\d+) late)?", cells["Met"])
        assert met, cells["Met"]
        assert number(cells, "Promised") == verdicts.total()
        assert number(cells, "Met") == verdicts["met"] + verdicts["met-late"]
        assert int(met[2] or 0) == verdicts["met-late"]
        assert number(cells, "Partly met") == verdicts["partly"]
        assert number(cells, "Missed") == verdicts["missed"]
        assert number(cells, "Abandoned") == verdicts["abandoned"]
        assert number(cells, "Replaced") == verdicts["replaced"]
        assert number(cells, "Not due yet") == verdicts["open"]
        unknown = number(cells, "No result known") + number(cells, "Undetermined")
        assert unknown == verdicts["undetermined"]


def test_the_slider_leads_to_the_scoreboard_of_its_day(read_shipped):
    it = read_shipped()
    before = number(board(it)["All"], "Promised")
    slider = it.page.get_by_role("slider", name="Published until")
    for _ in range(16):
        slider.press("ArrowLeft")
    assert number(board(it)["All"], "Promised") < before
    day = it.page.evaluate("viz.state.now().until")
    words = it.page.evaluate(
        "new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(viz.state.now().until))"
    )
    assert day < "2024"
    assert f"as far as it was known on {words}" in it.text(".opening")


def test_it_says_what_it_is_how_far_it_reaches_and_under_which_licence(read_shipped, graph):
    opening = read_shipped().text(".opening")
    assert f"{len(list(graph.ask('outcome', date=SHIPPED_DAY)))} promises of" in opening
    assert "as told by 131 sources, published between 31 July 2015 and 31 January 2026" in opening
    assert "30 June 2026" in opening
    assert "does not mean that a promise was broken" in opening
    assert "Licence: CC BY 4.0" in opening


@pytest.mark.parametrize(
    ("company", "column"),
    [
        ("Xiaomi", "Missed"),
        ("Dangote Industries", "Met"),
        ("All", "Abandoned"),
        ("IKEA", "Promised"),
    ],
)
def test_a_number_shows_as_many_promises_as_it_says(read_shipped, company, column):
    it = read_shipped()
    wanted = number(board(it)[company], column)
    row = it.page.locator(".scores tr", has=it.page.get_by_role("rowheader", name=company))
    whose = "all" if company == "All" else company
    row.get_by_role("button", name=re.compile(f"^{whose}: {wanted} {column.lower()}")).click()
    assert it.page.locator("#table").is_visible()
    assert it.page.locator("#table [role=status]").inner_text() == f"{wanted} of {wanted}"
    if column == "Missed":
        assert it.page.locator("#table tbody tr").count() == wanted
        assert {text.strip() for text in it.page.locator("#table .sealed").all_inner_texts()} == {
            "missed"
        }


def test_every_heading_sorts_either_way(read_shipped):
    it = read_shipped()
    heads = it.page.locator(".scores thead button")
    names = heads.evaluate_all("(all) => all.map((one) => one.dataset.sort)")
    assert {"company", "promised", "met", "noresult", "next"} <= set(names)
    assert (
        it.page.locator('.scores [data-sort="promised"]').locator("..").get_attribute("aria-sort")
        == "descending"
    )
    for name in names:
        head = it.page.locator(f'.scores [data-sort="{name}"]')
        ways = []
        for _ in range(2):
            head.click()
            ways.append(head.locator("..").get_attribute("aria-sort"))
            assert it.page.locator(".scores [aria-sort]").count() == 1
        assert set(ways) == {"ascending", "descending"}
    it.page.locator('.scores [data-sort="company"]').click()
    companies = it.page.locator(".scores tbody th").all_inner_texts()[1:]
    assert companies == sorted(companies, key=str.casefold)
    assert "sort=company" in it.address()


def test_the_name_of_a_company_opens_its_card(read_shipped):
    it = read_shipped()
    it.page.get_by_role("rowheader", name="Unilever").get_by_role("button").click()
    assert it.text("#panel h2") == "Unilever"
    assert it.page.locator("#overview").is_visible()


def test_what_is_due_next_lies_ahead_and_leads_to_its_card(read_shipped):
    it = read_shipped()
    days = it.page.evaluate(
        "viz.scores.rows(viz.state.now()).rows.map((row) => row.next?.due).filter(Boolean)"
    )
    assert days
    assert min(days) >= SHIPPED_DAY.isoformat()
    it.page.locator(".scores .next button").nth(1).click()
    assert it.page.locator("#panel .verdict").first.is_visible()


def test_every_view_is_a_link_with_a_line_about_it(read_shipped):
    it = read_shipped()
    views = it.page.locator("#views button").all_inner_texts()[1:]
    links = it.page.locator(".other").all_inner_texts()
    assert [link.split("\n")[0] for link in links] == views
    assert all(len(link.split("\n")) == 2 and link.split("\n")[1] for link in links)
    it.page.locator(".other", has_text="Network").click()
    assert it.page.locator("#stage").is_visible()
    assert it.address() == "#view=network"


def test_a_link_of_before_there_was_an_overview_opens_the_network(read_shipped):
    assert read_shipped("#sel=xiaomi").page.get_attribute("body", "data-view") == "network"
    assert read_shipped().page.get_attribute("body", "data-view") == "overview"
    assert read_shipped("#view=overview&company=ikea").page.locator(".scores tbody tr").count() == 1


def test_a_page_without_promises_opens_on_the_network(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="company")
    path = tmp_path / "none.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader("", path=path)
    assert it.page.get_attribute("body", "data-view") == "network"
    assert it.page.get_by_role("button", name="Overview").count() == 0
    assert it.address() == ""


def test_picked_places_leave_the_promises_there(read_shipped):
    whole = number(board(read_shipped())["Xiaomi"], "Promised")
    there = board(read_shipped("#view=overview&place=india"))
    assert 0 < number(there["Xiaomi"], "Promised") < whole
    assert "Dangote Industries" not in there


def test_the_first_ten_companies_fit_a_laptop(read_shipped):
    it = read_shipped(viewport={"width": 1366, "height": 768})
    tenth = it.page.locator(".scores tbody tr").nth(10).bounding_box()
    assert tenth["y"] + tenth["height"] <= 768
    scroll = it.page.locator(".scroll")
    assert scroll.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_on_a_phone_a_row_shows_who_how_many_and_what_became_of_them(read_shipped):
    it = read_shipped(viewport=PHONE)
    row = it.page.locator(".scores tbody tr").nth(1).locator("> *")
    assert row.nth(0).inner_text().strip() == "Xiaomi"
    assert row.nth(2).locator("> :first-child").is_visible()
    assert it.page.evaluate("document.getElementById('overview').scrollWidth <= innerWidth")
    boxes = (
        it.page.locator(".scores tbody tr")
        .nth(1)
        .locator("> :visible")
        .evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right])"
        )
    )
    assert len(boxes) > 4
    assert all(0 <= left < right <= PHONE["width"] for left, right in boxes)


@pytest.fixture
def many(reader, tmp_path):
    """Six hundred companies, each with five promises."""
    graph = nx.MultiDiGraph(promises=[])
    for at in range(600):
        graph.add_node(f"c{at}", label=f"Company {at:03}", type="company", companies=[f"c{at}"])
        for each in range(5):
            key = f"c{at}-{each}"
            graph.add_node(key, label=f"Promise {each}", type="target", companies=[f"c{at}"])
            graph.add_edge(f"c{at}", key, key="hasTarget")
            told = {
                "since": "2020-01-01",
                "outcome": ["met", "missed", "open", "open", "no-result"][each],
            }
            graph.graph["promises"].append(
                {
                    "iri": key,
                    "node": key,
                    "companies": [f"c{at}"],
                    "said": "2020-01-01",
                    "due": f"203{each}-12-31",
                    "told": [told],
                }
            )
    path = tmp_path / "many.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    return reader("", path=path)


def test_the_questions_are_made_of_the_data_at_hand(reader, many):
    it = reader("")  # that of Nordvik
    questions = it.page.locator(".question").all_inner_texts()
    assert any("past their day" in question for question in questions)
    assert not any("Xiaomi" in question for question in questions)
    # Where nothing is said of a place, and nothing contradicts anything, less is asked.
    assert many.page.locator(".question").all_inner_texts() == [
        "Which promises are past their day, with no result known?"
    ]
    many.page.locator(".question").click()
    assert many.page.locator("#table [role=status]").inner_text() == "600 of 600"


def test_six_hundred_companies_are_shown_when_wanted(many):
    rows = many.page.locator(".scores tbody tr")
    assert rows.count() == 11
    many.page.locator(".overview .more").click()
    assert rows.count() == 101
    many.page.locator(".overview .more").click()
    assert rows.count() == 601
    many.page.locator('.scores [data-sort="company"]').click()
    assert rows.nth(1).locator("th").inner_text() == "Company 000"


@pytest.mark.parametrize("width", [320, 390, 720])
def test_scoreboard_needs_no_scrolling_sideways_on_a_phone(read_shipped, width):
    it = read_shipped("#view=overview", viewport={"width": width, "height": 844})
    region = "document.querySelector('.overview .scroll')"
    assert it.page.evaluate(f"{region}.scrollWidth - {region}.clientWidth") <= 0
    beyond = it.page.locator(".overview .scroll *").evaluate_all(
        "(all, width) => all.filter((one) => one.checkVisibility() && !one.closest('.unseen') && one.getBoundingClientRect().right > width).length",
        width,
    )
    assert beyond == 0
    rows = it.page.locator(".scores tbody tr")
    assert rows.count() > 5
    told = rows.nth(1).evaluate(
        "(row) => [...row.querySelectorAll('.number:not(.none)')].map((one) => [getComputedStyle(one, '::after').content, one.innerText.trim()])"
    )
    assert told[0][0] == '"promised"'
    assert len(told) > 2
    assert all(label not in {"none", '""'} and number for label, number in told)
