"""The page in a browser: what a reader sees, clicks and types."""

from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest

import viz

BASE = "https://w3id.org/corporate-plans/id/"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def file(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "plans.html"
    page = viz.render(network, title="Nordvik in Ruritania", subtitle="4 May 2011")
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


class Reader:
    """A reader with a page open, who notes everything that goes wrong."""

    def __init__(self, browser, file: Path, hash_: str = "", **context) -> None:
        settings = {"viewport": DESKTOP, "reduced_motion": "reduce", **context}
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.open(file.as_uri() + hash_)

    def _dialog(self, dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")

    def where(self, slug: str) -> dict[str, float]:
        """The place of a thing on the screen."""
        return self.page.evaluate(
            """(iri) => {
              const id = viz.data.nodeOf.get(iri);
              const at = viz.network.net.canvasToDOM(viz.network.net.getPositions([id])[id]);
              const box = viz.byId("stage").getBoundingClientRect();
              return { x: at.x + box.x, y: at.y + box.y };
            }""",
            BASE + slug,
        )

    def click(self, slug: str) -> None:
        at = self.where(slug)
        self.page.mouse.click(at["x"], at["y"])
        self.page.wait_for_selector("#panel:not([hidden])")

    def shown(self) -> int:
        return self.page.evaluate("viz.state.shown().nodes.size")

    def selected(self) -> str | None:
        return self.page.evaluate("viz.data.nodes[viz.state.now().selected]?.label ?? null")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.id || document.activeElement.tagName")


@pytest.fixture
def reader(browser, file):
    readers = []

    def read(hash_: str = "", path: Path = file, **context) -> Reader:
        readers.append(Reader(browser, path, hash_, **context))
        return readers[-1]

    yield read
    for each in readers:
        each.context.close()
        assert each.troubles == []
        assert {url.partition("#")[0].partition(":")[0] for url in each.requests} == {"file"}


def at(slug: str, **more: str) -> str:
    return "#" + "&".join(
        f"{k}={quote(v, safe='')}" for k, v in {"sel": BASE + slug, **more}.items()
    )


def test_the_page_asks_for_nothing_but_itself(reader, file):
    it = reader()
    it.click("repair-shops")
    it.page.wait_for_timeout(300)
    assert it.requests == [file.as_uri()]


def test_the_policy_is_in_force(reader):
    it = reader()
    it.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.broken = true";
          document.body.append(script);
        }"""
    )
    assert it.page.evaluate("window.broken") is None
    assert len(it.troubles) == 1
    assert "Content Security Policy" in it.troubles.pop()


def test_a_click_opens_the_facts_with_their_source(reader):
    it = reader()
    it.click("shops-90")
    assert it.text("#panel h2") == "90 repair shops"
    words = it.text("#panel .fact >> nth=0")
    for part in ("from 30", "underway", "Jo Doe", "2011-05-04", "The Gazette", "characters"):
        assert part in words
    link = it.page.locator("#panel .fact a").first
    assert link.get_attribute("href").startswith("https://example.org/gazette/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("referrerpolicy") == "no-referrer"


def test_rival_statements_stand_beside_a_fact(reader):
    it = reader(at("shops-90"))
    assert "120 repair shops" in it.text("#panel .rivals")


def test_connections_lead_on(reader):
    it = reader(at("shops-90"))
    it.page.get_by_role("button", name="Triple the repair shops").click()
    assert it.selected() == "Triple the repair shops"
    assert "Nordvik" in it.text("#panel")


def test_a_click_on_a_line_opens_the_relation(reader):
    it = reader()
    a, b = it.where("third-depot"), it.where("depot-3")
    it.page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert it.text("#panel h2") == "builds"
    assert "Hentzau depot" in it.text("#panel .ends")


def test_search_finds_and_selects(reader):
    it = reader()
    it.page.keyboard.press("/")
    assert it.focused() == "search"
    it.page.keyboard.type("quil")
    assert it.page.locator("#found [role=option]").count() == 1
    it.page.keyboard.press("Enter")
    assert it.selected() == "Quillock"
    assert it.page.locator("#found").is_hidden()


def test_search_knows_other_names_and_accents(reader):
    it = reader()
    it.page.fill("#search", "何某")
    assert "Jo Doe" in it.text("#found")
    it.page.fill("#search", "KVÉLL PASS")
    assert "Kvell Pass" in it.text("#found [role=option] >> nth=0")


@pytest.fixture
def namesakes(reader, tmp_path):
    """Things whose names have much in common, in an order that is of no help."""
    things = [
        ("Sam Roe", {"type": "person", "description": "Cuts keys at Quillock."}),
        ("Subquillock", {"type": "company"}),
        ("New Quillock", {"type": "place"}),
        ("Zeta Quillock", {"type": "company"}),
        ("Quillocket", {"type": "product"}),
        ("Quillock keys inside Kvell Map", {"type": "initiative"}),
        ("Quillock 10", {"type": "target"}),
        ("Quillock 9", {"type": "target"}),
        ("Quillock", {"type": "organization"}),
        ("Orrery", {"type": "company", "aliases": ["Quill & Lock"]}),
    ]
    graph = nx.MultiDiGraph()
    for number, (label, more) in enumerate(things):
        graph.add_node(str(number), label=label, **more)
    path = tmp_path / "namesakes.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    return reader(path=path)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Quillock", "Quillock"),
        ("  quíllock ", "Quillock"),
        ("New  Quillock", "New Quillock"),
        ("QUILL & LOCK", "Orrery"),
        ("quillock keys in", "Quillock keys inside Kvell Map"),
        ("sub", "Subquillock"),
        ("kvell quillock", "Quillock keys inside Kvell Map"),
    ],
)
def test_search_goes_to_the_thing_of_just_that_name(namesakes, typed, label):
    namesakes.page.fill("#search", typed)
    namesakes.page.press("#search", "Enter")
    assert namesakes.selected() == label


def test_search_puts_the_nearest_names_first(namesakes):
    namesakes.page.fill("#search", "quillock")
    assert namesakes.page.locator("#found .name").all_inner_texts() == [
        "Quillock",
        *("Quillock 9", "Quillock 10", "Quillock keys inside Kvell Map", "Quillocket"),
        *("Zeta Quillock", "New Quillock"),
        "Subquillock",
        "Sam Roe",
    ]


def test_search_walks_with_the_arrows(reader):
    it = reader()
    it.page.fill("#search", "kvell")
    it.page.focus("#search")
    first = it.page.locator("#search").get_attribute("aria-activedescendant")
    it.page.keyboard.press("ArrowDown")
    assert it.page.locator("#search").get_attribute("aria-activedescendant") != first
    assert it.page.locator("#found [aria-selected=true]").count() == 1


def test_search_says_when_nothing_is_found(reader):
    it = reader()
    it.page.fill("#search", "zzz")
    assert it.text("#found") == "Nothing found"
    assert it.text("#live") == "0 things found"


def test_search_shows_what_a_filter_hides(reader):
    it = reader("#without=place")
    it.page.fill("#search", "north")
    it.page.press("#search", "Enter")
    assert it.selected() == "North March"
    assert it.page.get_by_role("checkbox", name="Places").is_checked()


def test_the_legend_names_only_what_is_there(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="A", type="company")
    graph.add_node("b", label="B", type="moon", status="dreamt")
    path = tmp_path / "small.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8", newline="\n")
    it = reader(path=path)
    names = it.page.locator("#legend .row .name").all_inner_texts()
    assert names == ["Companies", "moon", "dreamt"]


def test_the_legend_counts_and_filters(reader):
    it = reader()
    before = it.shown()
    row = it.page.locator("#legend .row", has_text="Places")
    assert row.locator(".count").inner_text() == "8"
    row.locator("label").click()
    assert it.shown() == before - 8
    assert it.text("#live") == f"{before - 8} of {before} shown"
    it.page.get_by_role("button", name="Show all: Types").click()
    assert it.shown() == before


def test_a_status_hides_the_things_in_it(reader):
    it = reader()
    before = it.shown()
    it.page.get_by_role("checkbox", name="announced").uncheck(force=True)
    assert it.shown() < before
    assert "without-status=announced" in it.page.url


def test_only_leaves_one_type(reader):
    it = reader()
    it.page.locator("#legend .row", has_text="Targets").hover()
    it.page.get_by_role("button", name="Only Targets").click()
    assert it.shown() == 6


def test_focus_leaves_the_neighbours_and_theirs(reader):
    it = reader(at("kvell-pass-ruritania"))
    everything = it.shown()
    it.page.get_by_role("button", name="Focus").click()
    one = it.shown()
    it.page.get_by_role("button", name="2 hops").click()
    two = it.shown()
    assert 1 < one < two < everything
    it.page.locator("#notice button").click()
    assert it.shown() == everything


def test_a_thing_can_be_put_away_and_brought_back(reader):
    it = reader(at("ruritania"))
    everything = it.shown()
    it.page.get_by_role("button", name="Hide").click()
    assert it.shown() == everything - 1
    assert it.page.locator("#panel").is_hidden()
    it.page.get_by_role("button", name="bring back").click()
    assert it.shown() == everything


def test_the_address_restores_the_view(reader):
    it = reader()
    it.click("repair-shops")
    it.page.locator("#legend .row", has_text="Products").locator("label").click()
    it.page.click("#theme")
    again = reader(it.page.url[it.page.url.index("#") :])
    assert again.selected() == "Triple the repair shops"
    assert again.shown() == it.shown()
    assert not again.page.get_by_role("checkbox", name="Products").is_checked()
    assert again.page.locator("html").get_attribute("data-theme") == "dark"


def test_back_returns_to_what_was_selected_before(reader):
    it = reader()
    it.click("repair-shops")
    it.page.get_by_role("button", name="Nordvik").click()
    it.page.go_back()
    assert it.selected() == "Triple the repair shops"


@pytest.mark.parametrize(
    "address",
    ["#sel=nothing", "#%", "#around=x&hops=9&theme=pink&without=__proto__", "#edge=a b c"],
)
def test_a_strange_address_shows_everything(reader, network, address):
    assert reader(address).shown() == len(network)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_follow_the_system_until_the_reader_chooses(reader, theme):
    it = reader(color_scheme=theme)
    other = {"light": "dark", "dark": "light"}[theme]
    assert it.page.locator("html").get_attribute("data-theme") == theme
    it.page.keyboard.press("t")
    assert it.page.locator("html").get_attribute("data-theme") == other
    assert f"theme={other}" in it.page.url


def test_escape_goes_back_step_by_step(reader):
    it = reader(at("kvell-pass-ruritania", around=BASE + "kvell-pass-ruritania", hops="1"))
    everything = it.page.evaluate("viz.data.nodes.length")
    it.page.keyboard.press("Escape")
    assert it.selected() is None
    assert it.shown() < everything
    it.page.keyboard.press("Escape")
    assert it.shown() == everything


def test_everything_can_be_done_with_the_keyboard(reader):
    it = reader()
    order = []
    for _ in range(5):
        it.page.keyboard.press("Tab")
        order.append(it.focused())
    assert order[1:4] == ["legend-toggle", "search", "theme"]
    it.page.focus("#stage")
    it.page.keyboard.press("ArrowRight")
    assert it.selected() == "Nordvik"
    it.page.keyboard.press("ArrowRight")
    right = it.selected()
    assert right != "Nordvik"
    it.page.keyboard.press("n")
    assert it.selected() != right
    it.page.keyboard.press("Enter")
    assert it.focused() == "panel"
    it.page.keyboard.press("Tab")
    assert it.focused() == "close"
    it.page.keyboard.press("Enter")
    assert it.selected() is None
    assert it.focused() == "stage"


def test_letters_are_letters_while_one_writes(reader):
    it = reader()
    it.page.focus("#search")
    it.page.keyboard.type("thn12f/")
    assert it.page.input_value("#search") == "thn12f/"
    assert it.page.locator("html").get_attribute("data-theme") == "light"


def test_what_is_selected_is_said(reader):
    it = reader()
    it.click("repair-shops")
    assert it.text("#live").startswith("Triple the repair shops, Initiative, underway, ")


def test_zoom_buttons_zoom(reader):
    it = reader()
    scale = "viz.network.net.getScale()"
    before = it.page.evaluate(scale)
    it.page.click("#zoom-in")
    assert it.page.evaluate(scale) > before
    it.page.click("#fit")
    assert it.page.evaluate(scale) == pytest.approx(before)


@pytest.mark.parametrize("hash_", ["", at("nordvik")])
def test_a_phone_needs_no_scrolling_sideways(reader, hash_):
    it = reader(hash_, viewport=PHONE, has_touch=True)
    width = it.page.evaluate(
        "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]"
        ".filter((e) => e.checkVisibility() && !e.matches('.unseen, .skip'))"
        ".map((e) => e.getBoundingClientRect().right))"
    )
    assert width <= PHONE["width"]
    assert it.page.locator("header").bounding_box()["height"] <= 56


def test_a_phone_shows_details_as_a_sheet_from_below(reader):
    it = reader(at("nordvik"), viewport=PHONE, has_touch=True)
    sheet = it.page.locator("#panel").bounding_box()
    assert sheet["width"] == PHONE["width"]
    assert sheet["y"] > PHONE["height"] * 0.4
    assert it.page.locator("#legend").is_hidden()
    it.page.click("#legend-toggle")
    assert it.page.locator("#legend").is_visible()


def test_labels_do_not_overlap(reader):
    it = reader()
    boxes = it.page.evaluate(
        """() => {
          const boxes = [];
          const text = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (line, x, y) {
            const width = this.measureText(line).width;
            boxes.push([line, x - width / 2, y - 6, width, 12]);
          };
          viz.network.net.redraw();
          CanvasRenderingContext2D.prototype.fillText = text;
          return boxes;
        }"""
    )
    assert len(boxes) > 60
    for index, (_, x, y, w, h) in enumerate(boxes):
        for _, x2, y2, w2, h2 in boxes[:index]:
            assert not (x < x2 + w2 and x2 < x + w and y < y2 + h2 and y2 < y + h)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("hash_", ["", at("shops-90"), at("nordvik")], ids=["all", "fact", "many"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(reader, theme, hash_, viewport):
    import axe_playwright_python

    # The checker is a script of its own, which the policy of the page would refuse.
    it = reader(hash_, color_scheme=theme, viewport=viewport, bypass_csp=True)
    if not hash_:
        it.page.fill("#search", "in")
        it.page.focus("#search")
    elif viewport == PHONE:
        it.page.click("#legend-toggle")
    it.page.add_script_tag(path=Path(axe_playwright_python.__file__).parent / "axe.min.js")
    found = it.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []


HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<b>bold</b><svg onload=alert(2)>",
    "javascript:alert(3)",
    "a\x00b\ud800\u202ec",
    "x" * 10_000,
    "word " * 2_000,
    "",
    "__proto__",
    "constructor",
]


def test_hostile_words_are_only_words(reader, tmp_path):
    graph = nx.MultiDiGraph(
        statements={
            f"s{word}": {"text": word, "source": word, "url": word, "speaker": word, "via": word,
                         "locator": word, "note": word, "status": word, "rivals": [f"s{word}", "no"]}
            for word in HOSTILE
        }
    )  # fmt: skip
    for word in HOSTILE:
        graph.add_node(word, label=word, type=word, status=word, description=word, due=word,
                       aliases=[word], facts=[f"s{word}", "missing"])  # fmt: skip
        graph.add_edge(word, HOSTILE[0], key=word, label=word, status=word, facts=[f"s{word}"])
        graph.add_edge(HOSTILE[0], word, key=word, label=word, status=word)
    path = tmp_path / "hostile.html"
    path.write_text(viz.render(graph, title=HOSTILE[0]), encoding="utf-8", newline="\n")
    it = reader(path=path)
    for index in range(len(graph)):
        it.page.evaluate(f"viz.state.change({{ selected: {index} }})")
        it.page.evaluate("viz.network.fitAll({ animate: false })")
        it.page.wait_for_timeout(30)
        assert it.page.locator("#panel").is_visible()
    for index in range(it.page.evaluate("viz.data.edges.length")):
        it.page.evaluate(f"viz.state.change({{ selected: null, edge: {index} }})")
    it.page.fill("#search", "alert")
    assert it.page.locator("img, svg, iframe, main b:has-text('bold')").count() == 0
    assert it.page.locator("a[href]:not(.skip)").count() == 0
    assert it.page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    assert "⟦U+202E⟧" in it.page.content()
