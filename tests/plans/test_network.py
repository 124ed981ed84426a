"""The network of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

import kg
from kg.base import ID, UsageError
from kg.plans import project_network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


def test_bare_network_lacks_only_what_a_picture_draws(graph: kg.Graph) -> None:
    whole, bare = (project_network(graph.index, bare=bare) for bare in (False, True))
    assert list(bare) == list(whole)
    for node, told in bare.nodes.items():
        assert told == {key: whole.nodes[node][key] for key in told}
    assert list(bare.edges(keys=True)) == list(whole.edges(keys=True))
    assert bare.graph == {"statements": whole.graph["statements"]}
    assert {"companies", "places", "history", "disputed"}.isdisjoint(bare.nodes[ID + "xiaomi"])


def test_focus_reaches_no_further_through_a_place(graph: kg.Graph) -> None:
    whole, india = graph.network(), graph.network(focus="india")
    there = set(nx.all_neighbors(whole, ID + "india"))
    assert there <= set(india)
    theirs = {
        end
        for thing in there
        if whole.nodes[thing]["type"] not in {"category", "place"}
        for end in nx.all_neighbors(whole, thing)
    }
    assert set(india) == there | theirs | {ID + "india"}
    assert ID + "samsung" in india  # which has plans there
    places = [node for node in there if whole.nodes[node]["type"] == "place"]
    assert any(end not in india for place in places for end in nx.all_neighbors(whole, place))


def test_focus_on_a_company_reaches_nobody_by_way_of_a_country(graph: kg.Graph) -> None:
    whole, near = graph.network(), graph.network(focus="samsung", hops=3)
    assert ID + "india" in near
    assert len(near) < len(whole) / 2
    open_ways = whole.subgraph(
        node for node, said in whole.nodes(data=True) if said["type"] not in {"category", "place"}
    ).to_undirected()
    reached = nx.single_source_shortest_path_length(open_ways, ID + "samsung", cutoff=3)
    assert set(reached) == {node for node in near if node in open_ways}


def test_thing_that_nothing_is_linked_to_can_be_no_focus(graph: kg.Graph) -> None:
    assert graph.query("ASK { id:reuters a cp:Organization }")
    with pytest.raises(UsageError, match="nothing is linked to reuters; choose another thing"):
        graph.network(focus="reuters")


THINGS = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
id:acme a cp:Company ; rdfs:label "Acme"@en .
id:bolt a cp:Company ; rdfs:label "Bolt"@en .
"""
FIGURE = """
id:sheet a cp:Table ; schema:headline "Shops" .
id:sheet.1 a cp:Observation ; cp:source id:sheet ; cp:about id:acme ;
    cp:indicator id:retail-outlets ; cp:kind cp:reported ; cp:value 20.0 .
"""


def test_company_with_a_figure_is_drawn_though_nothing_links_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(THINGS + FIGURE, encoding="utf-8")
    network = kg.build([path], check=False).network()
    assert {iri: node["type"] for iri, node in network.nodes.items()} == {ID + "acme": "company"}
    assert network.nodes[ID + "acme"]["facts"] == [ID + "sheet.1"]
    assert set(network.graph["statements"]) == {ID + "sheet.1"}


def test_page_with_nothing_to_draw_says_so_and_so_does_the_command(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    path, page = tmp_path / "a.ttl", tmp_path / "a.html"
    for text, code in ((THINGS, 1), (THINGS + FIGURE, 0)):
        path.write_text(text, encoding="utf-8")
        done = run("view", "-s", path, "-o", page)
        assert done.exit_code == code
        assert ("kg: there is nothing to draw: " in done.stderr) is bool(code)
        assert ("There is nothing to draw: " in page.read_text("utf-8")) is bool(code)


ENDED = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:gazette-2020.2 a cp:Relation ; cp:source id:gazette-2020 ; rdf:subject id:acme ;
    rdf:predicate cp:partnerOf ; rdf:object id:gazette ; cp:from "2010-01-01"^^xsd:date ;
    cp:until "{}"^^xsd:date ; cp:untilPrecision cp:month .
"""
AGAIN = """id:gazette-2020.3 a cp:Relation ; cp:source id:gazette-2020 ; rdf:subject id:acme ;
    rdf:predicate cp:partnerOf ; rdf:object id:gazette ; cp:from "{}"^^xsd:date .
"""


@pytest.mark.parametrize(
    ("until", "again", "ended"),
    [
        ("2015-06-30", None, "June 2015"),
        ("2030-06-30", None, None),  # an end to come is none
        ("2015-06-30", "2012-01-01", "June 2015"),  # which tells of a day before the end
        ("2015-06-30", "2018-01-01", None),
    ],
)
def test_edge_says_that_it_has_ended(
    acme: Path, until: str, again: str | None, ended: str | None
) -> None:
    more = AGAIN.format(again) if again else ""
    (acme / "ended.ttl").write_text(ENDED.format(until) + more, encoding="utf-8")
    network = kg.build([acme], check=False).network()
    edge = network.edges[ID + "acme", ID + "gazette", "partnerOf"]
    assert (edge["until"], edge["ended"]) == (until if ended else None, ended)


def test_partnership_that_has_ended_is_told_as_that(graph: kg.Graph) -> None:
    network = graph.network()
    # Manchester Enterprise and WVLC: SK On leaves Ford in December 2025.
    edge = network.edges[ID + "sk-on", ID + "ford", "partnerOf"]
    assert (edge["until"], edge["ended"]) == ("2025-12-31", "December 2025")
    current = network.edges[ID + "xiaomi", ID + "mobikwik", "partnerOf"]
    assert current["until"] is None
