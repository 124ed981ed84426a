"""The page is closed to the outside, and hostile words are only words."""

import networkx as nx

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
