"""Relative IRIs of a query are those of things."""

import kg


def test_a_relative_iri_is_a_thing(graph: kg.Graph):
    rows = graph.query("SELECT ?x { <xiaomi> cp:partnerOf ?x } ORDER BY ?x").rows
    assert len(rows) > 1
    assert rows == graph.query("SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x").rows


def test_the_base_of_a_query_counts_for_more(graph: kg.Graph):
    assert not graph.query("BASE <urn:x:> ASK { <xiaomi> ?p ?o }")
    assert graph.query("BASE <https://w3id.org/corporate-plans/> ASK { <id/xiaomi> ?p ?o }")
