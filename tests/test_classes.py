"""The most specific class of a thing, and the type of a picture, as the tree of classes tells."""

from __future__ import annotations

import pytest

import kg
from kg.base import ID
from kg.promises import KINDS
from kg.query import ClassTree, Index, class_of
from viz.style import TYPES

# What a table by hand used to answer for things of every kind, and what a picture took them for.
ANSWERS = {
    "xiaomi": ("Company", "company"),
    "mobikwik": ("Company", "organization"),  # it plans nothing
    "economic-times": ("Organization", None),
    "state-of-saxony-anhalt": ("Organization", "organization"),
    "lei-jun": ("Person", "person"),
    "xiaomi-india-service-centres": ("Initiative", "initiative"),
    "xiaomi-india-plant-2": ("Facility", "facility"),
    "mi-pay": ("Product", "product"),
    "india": ("Country", "place"),
    "andhra-pradesh": ("Region", "place"),
    "arlington": ("City", "place"),
    "world": ("Place", "place"),
    "indian-financial-sector": ("Market", "category"),
    "indian-financial-licences": ("Condition", "condition"),
    "android-rom": ("Category", "category"),
    "jobs-created": ("Indicator", None),
    "medianama-2017-03-28": ("Article", None),
    "medianama-2017-03-28.3.4": ("Target", "target"),
    "365247-2025-08-14.4": ("Observation", None),
    "365247-2025-08-14.1": ("StatusReport", None),
    "365247-2025-08-14.3": ("Relation", None),
    "medianama-2017-03-28/text": ("", None),
    "cp:since": ("", None),
    "cp:locatedIn": ("", None),
    "cp:Company": ("", None),
    "cp:underway": ("", None),
}


@pytest.fixture(scope="module")
def tree(graph: kg.Graph) -> ClassTree:
    return ClassTree.of(graph.index)


@pytest.mark.parametrize("name", ANSWERS)
def test_most_specific_class_is_what_the_table_by_hand_said(graph: kg.Graph, name: str) -> None:
    assert class_of(graph.index, graph.resolve(name)) == ANSWERS[name][0]


def test_picture_takes_things_for_what_it_took_them_for(graph: kg.Graph) -> None:
    nodes = graph.network().nodes
    types = {name: nodes[ID + name]["type"] if ID + name in nodes else None for name in ANSWERS}
    assert types == {name: type_ for name, (_, type_) in ANSWERS.items()}
    assert {node["type"] for _, node in nodes(data=True)} == set(TYPES)


def test_no_thing_of_the_shipped_graph_is_of_two_classes_that_the_tree_leaves_open(
    graph: kg.Graph, tree: ClassTree
) -> None:
    classes: dict[str, set[str]] = {}
    for thing, class_ in graph.query("SELECT ?thing ?class { ?thing a ?class }").rows:
        classes.setdefault(thing, set()).add(class_.removeprefix("cp:"))
    assert len(classes) > 1000
    for thing, names in classes.items():
        named = names & set(tree.above)
        lowest = [name for name in named if not any(name in tree.above[other] for other in named)]
        assert len(lowest) == (1 if named else 0), thing


def test_kinds_of_statements_are_the_classes_below_statement(tree: ClassTree) -> None:
    assert {name for name, above in tree.above.items() if "Statement" in above} == set(KINDS)


def test_class_of_somebody_else_is_drawn_as_the_nearest_one_above_it(tmp_path) -> None:
    (tmp_path / "things.ttl").write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix id: <https://w3id.org/corporate-plans/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "cp:Village rdfs:subClassOf cp:City . cp:Rumour rdfs:subClassOf cp:Thing .\n"
        'id:ham a cp:Village ; rdfs:label "Ham"@en . id:talk a cp:Rumour .\n'
    )
    index = kg.build([tmp_path], check=False).index
    tree = ClassTree.of(index)
    assert class_of(index, ID + "ham") == "Village"
    assert tree.nearest(["cp:Village"], {"Place", "Person"}) == "Place"
    assert tree.nearest(["cp:Rumour"], {"Place", "Person"}) == ""


def test_tree_is_read_once_for_an_index(monkeypatch) -> None:
    index = Index.of(b"")
    asked = []
    monkeypatch.setattr("kg.query.classes.select_rows", lambda *query: asked.append(query) or [])
    assert ClassTree.of(index) is ClassTree.of(index)
    assert len(asked) == 1


def test_classes_that_are_each_below_the_other_are_as_specific_as_each_other() -> None:
    tree = ClassTree.from_pairs(
        [("Firm", "Company"), ("Company", "Firm"), ("Company", "Thing"), ("Shop", "Firm")]
    )
    assert tree.most_specific(["Firm", "Company", "Thing"]) == "Company"
    assert tree.most_specific(["Firm", "Company", "Shop"]) == "Shop"


def test_of_classes_that_the_tree_leaves_open_the_first_by_name_is_taken() -> None:
    tree = ClassTree.from_pairs([("Person", "Thing"), ("City", "Thing")])
    assert tree.most_specific(["Person", "City"]) == "City"
    assert tree.most_specific(["Thing"]) == ""
