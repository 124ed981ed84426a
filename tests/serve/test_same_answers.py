"""What comes over HTTP is what the engine answers in this process: no query is lost, and no row of one."""

import json

import pyoxigraph as ox
import pytest

import kg
from kg.base import PREFIXES

G = "<https://w3id.org/corporate-plans/id/medianama-2017-03-28>"
TABLES = [
    "SELECT * { id:xiaomi ?p ?o }",
    "SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY DESC(?x) LIMIT 3 OFFSET 1",
    "SELECT REDUCED ?kind { ?plan cp:kind ?kind } ORDER BY ?kind",
    "SELECT DISTINCT ?kind (COUNT(DISTINCT ?plan) AS ?n) { ?plan cp:kind ?kind } GROUP BY ?kind HAVING (COUNT(?plan) > 1)",
    "SELECT (SUM(?v) AS ?s) (AVG(?v) AS ?a) (MIN(?v) AS ?l) (MAX(?v) AS ?h) { ?t a cp:Target ; cp:value ?v FILTER (isNumeric(?v)) }",
    "SELECT (GROUP_CONCAT(?label; SEPARATOR='|') AS ?all) { SELECT ?label { id:xiaomi rdfs:label ?label } ORDER BY ?label }",
    f"SELECT * FROM {G} {{ ?s a ?type }}",  # noqa: S608 - SPARQL
    f"SELECT * FROM NAMED {G} {{ GRAPH ?g {{ ?s a ?type }} }}",  # noqa: S608 - SPARQL
    f"SELECT * FROM {G} FROM NAMED {G} {{ ?s a ?type GRAPH ?g {{ ?s cp:source ?source }} }}",  # noqa: S608 - SPARQL
    f"SELECT * {{ GRAPH {G} {{ ?s ?p ?o }} }}",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?x { id:xiaomi cp:partnerOf/^cp:partnerOf ?x }",
    "SELECT ?x { id:xiaomi (cp:partnerOf|cp:locatedIn)+ ?x }",
    "SELECT ?x { id:xiaomi !(rdf:type|rdfs:label) ?x }",
    "SELECT ?a ?b { ?a a cp:City ; cp:locatedIn* ?b }",
    "SELECT ?plan ?value { ?plan cp:company id:xiaomi OPTIONAL { ?t cp:about ?plan ; cp:value ?value } }",
    "SELECT ?x { { id:xiaomi cp:partnerOf ?x } UNION { ?x cp:partnerOf id:mobikwik } MINUS { ?x a cp:Person } }",
    "SELECT ?x { VALUES ?x { id:xiaomi id:mobikwik UNDEF } FILTER EXISTS { ?x rdfs:label ?label } }",
    "SELECT ?x ?n { ?x rdfs:label ?label BIND (STRLEN(?label) AS ?n) FILTER (LANGMATCHES(LANG(?label), 'en') && REGEX(?label, '^m', 'i')) }",
    "SELECT ?x { ?x a cp:Company FILTER NOT EXISTS { ?x cp:partnerOf ?other } }",
    "SELECT (IF(BOUND(?none), 1, 'no') AS ?a) (COALESCE(?none, id:xiaomi) AS ?b) ('ü\\t\"'@en AS ?c) {}",
    "SELECT * {}",
    "SELECT ?none { id:xiaomi cp:partnerOf id:xiaomi }",
]  # fmt: skip
GRAPHS = [
    "CONSTRUCT { ?x cp:partnerOf id:xiaomi } WHERE { id:xiaomi cp:partnerOf ?x }",
    "CONSTRUCT WHERE { id:xiaomi ?p ?o }",
    f"CONSTRUCT {{ ?s ?p ?o }} FROM {G} WHERE {{ ?s ?p ?o }}",
    "DESCRIBE id:mobikwik",
    "CONSTRUCT { id:xiaomi rdfs:label 'none' } WHERE { FILTER (false) }",
]
DECISIONS = [
    "ASK { id:xiaomi cp:partnerOf id:mobikwik }", "ASK { id:xiaomi cp:partnerOf id:xiaomi }",
    f"ASK FROM {G} {{ ?s ?p ?o }}", "ASK { FILTER (1 = 1.0) }", "ASK { <xiaomi> ?p ?o }",
]  # fmt: skip


@pytest.mark.parametrize("query", TABLES)
def test_a_table_has_the_same_rows_in_every_form(server, graph: kg.Graph, query):
    answer = graph.query(query)
    expected = sorted(tuple(map(str, row)) for row in answer.terms)
    raw = graph.index.store.query(  # the engine itself
        query, base_iri=PREFIXES["id"], prefixes=PREFIXES, use_default_graph_as_union=" FROM " not in query
    )  # fmt: skip
    assert len(list(raw)) == len(expected)
    for form in ("json", "xml", "tsv"):
        came = server.get(query, format=form)
        assert came.status_code == 200, came.text
        rows = ox.parse_query_results(came.content, getattr(ox.QueryResultsFormat, form.upper()))
        assert sorted(tuple(map(str, row)) for row in rows) == expected
    came = server.get(query, format="csv")
    assert len(came.content.splitlines()) >= len(expected)
    assert came.content == graph.query(query).write("csv") or " ORDER " not in query


@pytest.mark.parametrize("query", GRAPHS)
def test_a_graph_has_the_same_triples_in_every_form(server, graph: kg.Graph, query):
    expected = {tuple(map(str, triple)) for triple in graph.query(query).terms}
    for form, syntax in (("ttl", "TURTLE"), ("nt", "N_TRIPLES"), ("jsonld", "JSON_LD"), ("rdf", "RDF_XML")):  # fmt: skip
        came = server.get(query, format=form)
        assert came.status_code == 200, came.text
        found = ox.parse(came.content, format=getattr(ox.RdfFormat, syntax))
        assert {tuple(map(str, quad.triple)) for quad in found} == expected


@pytest.mark.parametrize("query", DECISIONS)
def test_a_decision_is_the_same(server, graph: kg.Graph, query):
    assert json.loads(server.get(query).content)["boolean"] is bool(graph.query(query))


def test_what_would_leave_this_machine_is_refused_here_as_there(server, graph: kg.Graph):
    for query in ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <http://127.0.0.1:9/>"):  # fmt: skip
        assert server.get(query).status_code == 400
        with pytest.raises(kg.KgError):
            graph.query(query)
