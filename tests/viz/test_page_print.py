"""Paper: everything that is shown, and nothing that is only for a screen."""

import pytest

PAPER = "body > .paper"


@pytest.fixture
def printed(reader):
    def lay(hash_: str = "", **context):
        it = reader(hash_, **context)
        it.page.emulate_media(media="print")
        it.page.wait_for_selector(f"{PAPER}:not([hidden])")
        return it

    return lay


def visible(it) -> set[str]:
    """What of the page itself is on the paper."""
    return set(
        it.page.evaluate(
            "[...document.body.children].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.className)"
        )
    )


def test_all_rows_of_the_table_are_printed_and_no_controls(printed):
    it = printed("#view=table&rows=statements&without=place")
    assert visible(it) == {"paper"}
    rows = it.page.locator(f"{PAPER} tbody tr")
    assert rows.count() == int(it.page.evaluate("viz.listing.list(viz.state.now()).count"))
    assert rows.count() > 60
    assert it.text(f"{PAPER} h1") == "Nordvik in Ruritania: statements"
    assert it.text(f"{PAPER} header p") == "Without places."
    assert it.page.locator(f"{PAPER} :is(button, input, select)").count() == 0
    foot = it.text(f"{PAPER} footer")
    assert "in 2 sources, of The Gazette and The Paper Lantern." in foot
    assert "What was known on 2011-05-11." in foot
    assert foot.endswith("plans.html#view=table&without=place&rows=statements")


def test_all_rows_of_the_timeline_are_printed_and_none_is_cut(printed):
    it = printed("#view=timeline", viewport={"width": 390, "height": 844})
    rows = it.page.locator(f"{PAPER} .strips tbody tr")
    assert rows.count() == 27  # a company and its plans
    assert rows.first.evaluate("(row) => getComputedStyle(row).breakInside") == "avoid"
    assert any("90 repair shops" in row for row in rows.all_text_contents())
    assert it.page.locator(f"{PAPER} .strips thead text").count() > 2  # the years, on every page
    assert "missed" in it.page.locator(f"{PAPER} .marks li").all_inner_texts()


@pytest.mark.parametrize("view", ["network", "columns"])
def test_a_picture_fits_the_paper(printed, view):
    it = printed(f"#view={view}")
    wide = it.page.evaluate(
        f"[...document.querySelectorAll('{PAPER} > svg:not(.store)')].map((e) => e.getBoundingClientRect().width)"
    )
    assert wide
    assert all(0 < each <= 1017 for each in wide)
    assert "Nordvik" in it.page.locator(f"{PAPER} svg text").all_text_contents()


def test_paper_is_light_whatever_the_screen_is(printed):
    it = printed("#view=timeline", color_scheme="dark")
    ink = it.page.locator(f"{PAPER} h1").evaluate("(e) => getComputedStyle(e).color")
    assert ink == "rgb(21, 27, 38)"
    light = it.page.evaluate("viz.data.style.themes.light.ink")
    assert it.page.locator(f"{PAPER} svg text[fill='{light}']").count() > 5
    it.page.emulate_media(media="screen")
    it.page.locator(f"{PAPER}[hidden]").wait_for(state="attached")
    assert it.page.locator(f"{PAPER} *").count() == 0
    assert it.page.evaluate("viz.theme.name()") == "dark"


def test_a_browser_makes_pages_of_it(reader):
    it = reader("#view=table&rows=statements")
    pdf = it.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
    assert pages > 3
    assert b"/MediaBox [0 0 841.9" in pdf or b"/MediaBox [0 0 842" in pdf
    assert it.page.locator(PAPER).is_hidden()


@pytest.mark.parametrize(
    ("view", "part"), [("contradictions", ".pair"), ("overview", "tbody tr"), ("map", "svg")]
)
def test_every_view_has_a_paper_of_its_own(printed, disputed, view, part):
    it = printed(f"#view={view}", **({"path": disputed} if view == "contradictions" else {}))
    assert visible(it) == {"paper"}
    assert it.page.locator(f"{PAPER} {part}").count() > 0


def test_the_picture_is_as_it_was_after_printing(reader):
    it = reader("#view=network")
    it.page.keyboard.press("+")
    stage = it.page.locator(".stage")
    before = stage.screenshot()
    it.page.emulate_media(media="print")
    it.page.wait_for_selector(f"{PAPER}:not([hidden])")
    it.page.emulate_media(media="screen")
    it.page.pdf()
    assert stage.screenshot() == before


def test_what_is_switched_on_by_hand_is_not_printed_over_the_rows(printed):
    it = printed("#view=table&without=place")
    assert it.page.locator(".legend .quiet:visible").count() == 0
