"""The page is closed to the outside, and hostile words are only words."""

import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

import viz
from tests.viz.reader import DESKTOP


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


@pytest.mark.parametrize("view", ["columns", "timeline", "table", "table&rows=statements"])
def test_hostile_words_are_only_words_in_every_view(reader, tmp_path, view):
    said = {word: {"text": word, "kind": word, "status": word, "published": word, "speaker": word,
                   "publisher": word, "locator": word} for word in HOSTILE}  # fmt: skip
    graph = nx.MultiDiGraph(statements=said)
    plans = {}
    for number, word in enumerate(HOSTILE):
        kind = ("initiative", "target")[number % 2]
        graph.add_node(word + "!", label=word, type=kind, status=word, facts=[word])
        graph.add_edge(word + "!", HOSTILE[1] + "!", key=word, label=word, facts=[word])
        day = {"day": "2020-01-01", "said": word, "words": word, "text": word, "fact": word}
        plans[word + "!"] = {
            "company": HOSTILE[0] + "!", "within": word, "start": "2019-01-01", "steps": [day, day],
            "changes": [{"day": "2019-05-01", "status": word}], "before": [word],
            "outcome": {"day": "2020-01-01", "status": word},
            "progress": {"part": 1e300, "text": word, "fact": word},
        }  # fmt: skip
    path = tmp_path / "hostile.html"
    page = viz.render(graph, title=HOSTILE[0], plans=plans)
    path.write_text(page, encoding="utf-8", newline="\n")
    it = reader(f"#view={view}&from={HOSTILE[1]}&q=%3Cb%3E&sort=%3Cb%3E&since=%3Cb%3E", path=path)
    it.page.evaluate("viz.state.change({ query: '', from: 0, to: 1 })")
    it.page.evaluate("viz.state.change({ selected: 1, pinned: new Set([1, 2]) })")
    assert it.page.get_by_text(HOSTILE[0], exact=True).count() > 0
    assert it.page.locator("img, iframe, object, main b:has-text('bold'), svg[onload]").count() == 0
    assert it.page.locator("a[href]:not(.skip)").count() == 0
    if view in {"columns", "timeline"}:
        it.page.click("#share")
        with it.page.expect_download() as download:
            it.page.click("#share-menu [data-ending=svg]")
        assert download.value.suggested_filename == f"script-img-src-x-onerror-alert-1-{view}.svg"
        drawn = ET.fromstring(Path(download.value.path()).read_bytes())  # noqa: S314 - our own
        assert not {name for part in drawn.iter() for name in part.attrib if name.startswith("on")}


def opened(reader, path: Path, *, before: str = ""):
    """A page that does not get ready, and what it says instead."""
    it = reader()
    it.page.add_init_script(before)
    it.page.goto(path.as_uri() + "#again")
    it.page.wait_for_selector("#notice:not([hidden])")
    return it


def test_a_browser_that_cannot_inflate_is_told(reader, file, tmp_path):
    other = tmp_path / "page.html"
    other.write_bytes(file.read_bytes())
    it = opened(reader, other, before="delete window.DecompressionStream")
    assert it.text("#notice") == (
        "This browser is too old for this page, which needs one of 2024 or later."
    )


def test_a_damaged_page_says_so(reader, file, tmp_path):
    other = tmp_path / "page.html"
    block, mark = file.read_text("utf-8"), 'id="graph-nodes">'
    at = block.index(mark) + len(mark) + 100
    other.write_text(block[:at] + "AAAA" + block[at + 4 :], encoding="utf-8", newline="\n")
    it = opened(reader, other)
    assert it.text("#notice").startswith("This page is damaged and cannot be unpacked.")
    assert it.page.locator("html[data-ready]").count() == 0
    assert len(it.troubles) == 1
    it.troubles.clear()


def test_a_library_is_run_when_it_is_first_wanted_and_once(reader):
    it = reader()
    it.page.evaluate("delete window.vis")
    assert it.page.evaluate("viz.library('vis-network').then(() => typeof vis)") == "undefined"
