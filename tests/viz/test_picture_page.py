"""The page as text: the same for the same network, and closed to the outside."""

import base64
import copy
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

import viz
from tests import blocks
from tests.blocks import data
from viz.payload import SOURCE, pack

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the text of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.texts.append((*self.tags[-1], data))


@pytest.fixture(scope="module")
def page(network):
    return viz.render(network, title="Nordvik in Ruritania", subtitle="May 2011")


def test_render_is_all_there_is_to_see():
    assert viz.__all__ == ["render"]
    assert [name for name in vars(viz) if name[0] != "_" and callable(vars(viz)[name])] == [
        "render"
    ]


def test_importing_viz_imports_no_drawing_library():
    code = "import sys, viz; print([m for m in ('pyvis', 'IPython', 'scipy', 'networkx') if m in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout.strip() == "[]"


def test_the_page_does_not_depend_on_the_hash_seed():
    code = (
        "import hashlib, runpy, viz;"
        f"network = runpy.run_path({str(HERE / 'nordvik.py')!r})['make_nordvik']();"
        "print(hashlib.sha256(viz.render(network, title='T').encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4242")
    }  # fmt: skip
    assert len(digests) == 1


def test_the_page_does_not_depend_on_the_order_of_insertion(nordvik):
    orders = [random.Random(seed) for seed in range(3)]  # noqa: S311 - orders, not secrets
    pages = {viz.render(nordvik(order), title="T") for order in orders}
    assert len(pages) == 1


def test_the_network_is_not_changed(network):
    before = copy.deepcopy(network)
    viz.render(network, title="T")
    assert nx.utils.graphs_equal(before, network)
    assert before.graph == network.graph


def test_the_page_says_what_it_is(page):
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Nordvik in Ruritania</title>" in page
    named = {attributes.get("name") for tag, attributes in Tags(page).tags if tag == "meta"}
    assert {"viewport", "color-scheme", "referrer"} <= named
    assert "\r" not in page


def test_nothing_in_the_page_points_outside(page):
    for tag, attributes in Tags(page).tags:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base", "form"}
        assert not attributes.keys() & {"src", "srcset", "action", "style", "poster", "background"}
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    assert not [text for text in blocks.texts(page).values() if "sourceMappingURL" in text]


def run_later(page: str) -> list[str]:
    return [blocks.texts(page)["vis-network"], *data(page, "scripts")]


def test_the_policy_admits_the_scripts_and_styles_of_the_page_alone(page):
    tags = Tags(page)
    policy = next(
        attributes["content"] for tag, attributes in tags.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        wanted = [
            "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
            for text in (
                *(
                    text
                    for tag, attributes, text in tags.texts
                    if tag == kind and "type" not in attributes
                ),
                *(run_later(page) if kind == "script" else ()),
            )
        ]
        assert rules[f"{kind}-src"].split() == wanted


def test_the_drawing_library_is_the_installed_one(page):
    assert "@version 9.1.2" in blocks.texts(page)["vis-network"]


HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "\"' onmouseover=alert(1) x='",
    "]]>&lt;&#x3c;script>",
    "SEAL-OF-THIS-PAGE",
    "a\x00b\ud800\u202e\u2028",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text):
    graph = nx.MultiDiGraph(
        statements={text: {"text": text, "url": "javascript:alert(1)", "rivals": [text]}}
    )
    for key in (text, text + "2"):
        graph.add_node(key, label=text, type=text, status=text, facts=[text], aliases=[text],
                       description=text, due=text)  # fmt: skip
    graph.add_edge(text, text + "2", key=text, label=text, status=text, facts=[text])
    page = viz.render(graph, title=text, subtitle=text)
    page.encode("utf-8")
    quiet = viz.render(graph_like(graph), title="T", subtitle="S")
    assert [tag for tag, _ in Tags(page).tags] == [tag for tag, _ in Tags(quiet).tags]
    assert not [text for text in blocks.texts(page).values() if "javascript:alert" in text]
    assert blocks.records(page, "graph-nodes")[0]["label"] == viz.select.clean(text)


def graph_like(graph: "nx.MultiDiGraph") -> "nx.MultiDiGraph":
    """A network of the same shape without anything hostile in it."""
    plain = nx.MultiDiGraph()
    plain.add_nodes_from(range(len(graph)))
    return plain


def test_a_label_of_ten_thousand_characters_is_kept_whole():
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="x" * 10_000)
    assert blocks.records(viz.render(graph, title="T"), "graph-nodes")[0]["label"] == "x" * 10_000


def test_an_empty_network_has_a_page():
    assert blocks.records(viz.render(nx.MultiDiGraph(), title=""), "graph-nodes") == []


def statements(page: str) -> dict[str, dict]:
    """The statements of a page, unpacked as `payload.js` does it."""
    tables, words = data(page, "graph-data"), data(page, "graph-statements")
    keys = [tables["base"] + key for key in tables["keys"]]
    return {
        keys[at]: dict(zip(SOURCE, words["sources"][said["origin"]], strict=True)) | said
        for at, said in enumerate(blocks.unpacked(words["said"]))
    }


def test_every_statement_is_in_the_page(page, network):
    assert statements(page).keys() == network.graph["statements"].keys()


def test_statements_keep_their_source(page, network):
    said = statements(page)
    for key, statement in network.graph["statements"].items():
        assert said[key]["url"] == statement["url"]
        assert said[key]["locator"] == statement["locator"]
    assert re.match(r"section \d, characters \d+-\d+", next(iter(said.values()))["locator"])


def test_what_recurs_stands_in_the_page_once(page, network):
    titles = {said["source"] for said in network.graph["statements"].values()}
    held = "".join(blocks.texts(page).values())
    assert all(0 < held.count(json.dumps(title)) <= 2 for title in titles)  # or a label too
    facts = [fact for node in blocks.records(page, "graph-nodes") for fact in node.get("facts", ())]
    assert facts
    assert all(isinstance(fact, int) for fact in facts)


def test_a_fact_that_is_no_statement_keeps_its_name():
    packed = pack([{"facts": ("urn:known", "urn:lost")}], [], {"urn:known": {"text": "K"}})
    (node,) = blocks.unpacked(packed["nodes"])
    names = [packed["base"] + packed["keys"][at] for at in node["facts"]]
    assert names == ["urn:known", "urn:lost"]
    assert packed["words"]["said"]["count"] == 1
