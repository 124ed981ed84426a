"""What others are sent: a link, a frame for a page of theirs, a citation."""

import functools
import http.server
import threading

import pytest

import viz
from tests.viz.nordvik import make_nordvik, make_plans
from tests.viz.reader import Reader

META = {
    "dcterms.license": "https://creativecommons.org/licenses/by/4.0/",
    "dcterms.creator": "Ruritanian Institute & {Friends}",
    "dcterms.hasVersion": "0.5.0",
    "kg-stamp": "0123456789abcdef0123",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The page of Nordvik on the web, as far as one computer is a web."""
    folder = tmp_path_factory.mktemp("site")
    page = viz.render(make_nordvik(), title="Nordvik in Ruritania", plans=make_plans(), meta=META)
    (folder / "plans.html").write_text(page, encoding="utf-8", newline="\n")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/plans.html"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.endswith("favicon.ico"):
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def web(browser, site):
    opened = []

    def read(hash_: str = "", *, clipboard: bool = True) -> Reader:
        it = Reader.__new__(Reader)
        it.context = browser.new_context(viewport={"width": 1440, "height": 900})
        it.context.set_default_timeout(10_000)
        if clipboard:
            it.context.grant_permissions(["clipboard-read", "clipboard-write"])
        it.page = it.context.new_page()
        it.troubles = []
        it.page.on("console", lambda message: it.troubles.append(message.text))
        it.page.on("pageerror", lambda error: it.troubles.append(str(error)))
        it.open(site + hash_)
        opened.append(it)
        return it

    yield read
    for it in opened:
        it.context.close()
        assert it.troubles == []


def copy(it, name: str) -> str:
    if not it.page.locator("#share-menu").is_visible():
        it.page.click("#share")
    it.page.get_by_role("button", name=name).click()
    it.page.wait_for_selector("#share-menu .copied:not([hidden])")
    return it.page.locator("#share-menu textarea").input_value()


def test_a_link_is_copied_and_leads_back(web, site):
    it = web("#view=timeline&sel=https://w3id.org/corporate-plans/id/repair-shops")
    assert copy(it, "Copy link") == f"{site}#view=timeline&sel=repair-shops"
    assert it.page.evaluate("navigator.clipboard.readText()") == it.page.url
    assert it.text("#live") == "Link copied."
    again = web("#" + it.page.url.partition("#")[2])
    assert again.selected() == "Triple the repair shops"


def test_what_cannot_be_copied_is_selected_for_the_reader(reader):
    it = reader("#view=table")
    it.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    text = copy(it, "Copy link")
    assert text.startswith("file://")
    assert text.endswith("#view=table")
    assert it.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert it.page.evaluate("getSelection().toString() || document.activeElement.value.length") in (
        text,
        len(text),
    )
    said = it.text("#live")
    assert said.startswith(
        "Press Ctrl+C to copy the link. This page is a file on your own computer"
    )


def test_a_frame_holds_the_view_that_was_sent(web, site, browser):
    it = web("#view=table&q=bells")
    code = copy(it, "Copy embed code")
    assert code == (
        f'<iframe src="{site}#view=table&amp;q=bells" title="Nordvik in Ruritania" width="100%"'
        ' height="640" loading="lazy"></iframe>'
    )
    outer = browser.new_page()
    outer.set_content(f"<!doctype html><p>Before</p>{code}")
    frame = outer.frame_locator("iframe")
    assert frame.get_by_role("row", name="Bells cast in Ruritania").inner_text()
    outer.close()


def test_a_file_says_that_a_frame_needs_the_web(reader):
    it = reader()
    assert 'src="https://example.org/nordvik-in-ruritania.html#view=network"' in copy(
        it, "Copy embed code"
    )
    assert "Put it on the web first" in it.text("#share-message")


def test_a_citation_names_title_day_edition_licence_and_address(web, site):
    it = web("#view=timeline&without=place")
    day = it.page.evaluate("viz.days.written(viz.days.reader())")
    assert copy(it, "Copy citation") == (
        "Ruritanian Institute & {Friends}. Nordvik in Ruritania: timeline. Without places."
        " As known on 2011-05-11, version 0.5.0, edition 0123456789ab. CC BY 4.0."
        f" {site}#view=timeline&without=place (read on {day})."
    )


def test_a_citation_for_latex_has_nothing_that_latex_takes_for_a_command(web, site):
    it = web("#view=network")
    day = it.page.evaluate("viz.days.written(viz.days.reader())")
    assert copy(it, "Copy BibTeX").splitlines() == [
        "@misc{nordvik-in-ruritania-2011-05-11,",
        "  title = {{Nordvik in Ruritania: network}},",
        r"  author = {{Ruritanian Institute \& \{Friends\}}},",
        "  year = {2011},",
        "  date = {2011-05-11},",
        "  version = {0.5.0, edition 0123456789ab},",
        f"  url = {{{site}#view=network}},",
        f"  urldate = {{{day}}},",
        "  note = {As known on 2011-05-11. CC BY 4.0.},",
        "}",
    ]


def test_the_menu_is_all_keys(reader):
    it = reader()
    it.page.focus("#share")
    it.page.keyboard.press("Enter")
    assert it.page.get_by_role("group", name="Share").is_visible()
    assert it.page.evaluate("document.activeElement.innerText") == "Copy link"
    it.page.keyboard.press("ArrowDown")
    it.page.keyboard.press("ArrowDown")
    assert it.page.evaluate("document.activeElement.innerText") == "Copy citation"
    it.page.keyboard.press("ArrowUp")
    it.page.keyboard.press("ArrowUp")
    it.page.keyboard.press("ArrowUp")
    assert it.page.evaluate("document.activeElement.innerText") == "Print or save as PDF"
    it.page.keyboard.press("Escape")
    assert it.page.locator("#share-menu").is_hidden()
    assert it.focused() == "share"


def test_a_link_of_many_names_that_are_gone_is_read_in_no_time(reader):
    it = reader()
    took = it.page.evaluate("""() => {
      const { read } = viz.slugs.among(Array.from({ length: 30_000 }, (_, at) => `https://example.org/id/${at}`));
      const began = performance.now();
      const found = Array.from({ length: 3_000 }, (_, at) => read(`gone-${at}`)).concat(read("29999"));
      return [performance.now() - began, found.at(-1), found.filter((each) => each !== null).length];
    }""")
    assert took[1:] == [29_999, 1]
    assert took[0] < 2_000
