"""The path between two things, and what is pinned."""

from tests.viz.reader import BASE, at


def path(start: str, end: str, **more: str) -> str:
    return "#" + at(start, **more).replace("#sel=", "from=", 1) + "&to=" + at(end)[5:]


def steps(it) -> list[str]:
    return it.page.locator(".way .go").all_inner_texts()


def test_a_path_is_chosen_by_its_two_ends(reader):
    it = reader(at("quillock"))
    it.page.get_by_role("button", name="Path from here").click()
    assert "A path from Quillock" in it.text("#notice")
    it.page.fill("#search", "kvell map")
    it.page.press("#search", "Enter")
    assert it.text("#panel h2") == "Quillock to Kvell Map"
    assert steps(it) == ["Quillock", "One key for every lock", "Kvell Map"]
    assert it.text("#live") == "Path of 2 steps"
    assert it.page.locator("#notice").is_hidden()


def test_every_step_shows_what_it_rests_on(reader):
    it = reader(path("quillock", "kvell-map"))
    it.page.locator(".hop summary").first.click()
    words = it.text(".hop .fact >> nth=0")
    assert "quillock supplies one-key" in words
    assert "The Gazette" in words
    assert "characters" in words
    assert it.page.locator(".hop").first.inner_text().startswith("↓ supplies")


def test_a_path_against_the_direction_of_its_lines_says_so(reader):
    it = reader(path("kvell-map", "quillock"))
    assert it.page.locator(".hop").first.inner_text().startswith("↑ uses")


def test_the_path_goes_round_what_is_put_away(reader):
    it = reader(path("quillock", "kvell-map", hidden=BASE + "one-key"))
    assert steps(it) == ["Quillock", "Nordvik", "Kvell Map"]


def test_what_nothing_connects_has_no_path(reader):
    it = reader(path("quillock", "kvell-map", without="company") + "&hidden=" + at("one-key")[5:])
    assert "Nothing that is shown connects the two" in it.text("#panel")


def test_the_path_is_lit_in_the_network_and_the_columns(reader):
    it = reader(path("quillock", "kvell-map"))
    assert it.page.evaluate("[...viz.network.lit()].map((id) => viz.data.nodes[id].label).sort()") == [
        "Kvell Map", "One key for every lock", "Quillock",
    ]  # fmt: skip
    it.page.get_by_role("button", name="Columns").click()
    accent = it.page.evaluate("viz.theme.colours().accent")
    assert it.page.locator(f".board > svg path[stroke='{accent}']").count() == 2


def test_a_step_opens_and_closing_it_returns_to_the_path(reader):
    it = reader(path("quillock", "kvell-map"))
    it.page.locator(".way").get_by_role("button", name="One key").click()
    assert it.selected() == "One key for every lock"
    it.page.keyboard.press("Escape")
    assert it.text("#panel h2") == "Quillock to Kvell Map"
    it.page.keyboard.press("Escape")
    assert it.page.locator("#panel").is_hidden()


def test_waiting_for_the_end_can_be_given_up(reader):
    it = reader(at("quillock"))
    it.page.get_by_role("button", name="Path from here").click()
    it.page.get_by_role("button", name="cancel").click()
    it.page.evaluate("viz.state.change({ selected: 3 })")
    assert it.selected() is not None


def test_what_is_pinned_stays_whatever_is_switched_off(reader):
    it = reader(at("quillock"))
    it.page.get_by_role("button", name="Pin", exact=True).click()
    assert (
        it.page.get_by_role("button", name="Pin", exact=True).get_attribute("aria-pressed")
        == "true"
    )
    it.page.locator("#legend .row", has_text="Organisations").locator("label").click()
    names = it.page.evaluate("[...viz.state.shown().nodes].map((id) => viz.data.nodes[id].label)")
    assert "Quillock" in names
    assert "Tally House" not in names
    again = reader(it.address())
    assert again.shown() == it.shown()
    it.page.get_by_role("button", name="unpin").click()
    assert it.selected() is None


def test_pinned_plans_stand_together_above_all_companies(reader):
    it = reader("#view=timeline&pinned=" + at("islands")[5:])
    assert it.page.locator(".plans h2").all_inner_texts()[0] == "Pinned\n1 plan"
    assert it.page.locator(".plan .name").first.inner_text() == "Nordvik: Look to the islands"


def test_the_keyboard_pins(reader):
    it = reader(at("islands"))
    it.page.keyboard.press("p")
    assert it.text("#live") == "Look to the islands pinned"
    assert "pinned=" in it.address()
