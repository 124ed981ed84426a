"""The page finds things by their names as the library does, by what is said of them, and despite a slip."""

from __future__ import annotations

import networkx as nx
import pytest

import viz
from kg.base import fold

NAMES = [
    "Nestlé", "Nestle\u0301", "ØRSTED", "L’Oréal", "Große  Straße", "삼성", "パナソニック", "भारत", "Ёлка",
    " Acme\u00a0Inc\u200b\n", "ＡＣＭＥ", "İstanbul", "co\u2011op", "Łódź", "小米",
]  # fmt: skip


def test_the_page_folds_names_as_the_library_does(reader):
    page = reader().page
    assert page.evaluate("(names) => names.map(viz.fold)", NAMES) == [fold(name) for name in NAMES]


@pytest.fixture
def said(reader, tmp_path):
    """A plan of which an article tells, in a place, and another that has nothing to do with it."""
    statement = {
        "text": "20 shops", "source": "Shops", "publisher": "Strelsau Courier",
        "speaker": "Flavia Elphberg", "published": "2020-01-31",
    }  # fmt: skip
    graph = nx.MultiDiGraph(statements={"s.1": statement})
    graph.add_node("plan", label="More shops", type="initiative", facts=["s.1"])
    graph.add_node("place", label="Ruritania", type="place", aliases=["RUR"])
    graph.add_node("other", label="Mahindra depot", type="facility")
    graph.add_edge("plan", "place", key="takesPlaceIn", label="takes place in", facts=["s.1"])
    path = tmp_path / "said.html"
    path.write_text(viz.render(graph, title="T"), encoding="utf-8")
    return reader(path=path)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *[("courier", "More shops"), ("elphberg", "More shops"), ("flavia shops", "More shops")],
        *[("ruritania", "Ruritania"), ("rur shops", "More shops"), ("mahnidra", "Mahindra depot")],
        *[("mahindr depott", "Mahindra depot"), ("mahimdra", "Mahindra depot")],
        *[("coureir", "More shops"), ("elphburg", "More shops"), ("ruritanai shops", "More shops")],
    ],
)
def test_a_thing_is_found_by_what_is_said_of_it_and_despite_a_slip(said, typed, found):
    said.page.fill("#search", typed)
    assert said.text("#found .name >> nth=0") == found


@pytest.mark.parametrize("typed", ["maxxxdra", "zzz", "depots everywhere"])
def test_what_is_another_word_is_not_found(said, typed):
    said.page.fill("#search", typed)
    assert said.text("#found") == "Nothing found"
