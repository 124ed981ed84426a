"""The graphs by themselves, as the SPARQL 1.1 Graph Store HTTP Protocol has them."""

import httpx
import pyoxigraph as ox
import pytest

from kg.base import RDF_FORMATS


def graphs(server, query: str = "", method: str = "GET", accept: str = "*/*") -> httpx.Response:
    return httpx.request(
        method,
        httpx.URL(server.url).join(f"/graphs{query}"),
        headers={"Accept": accept},
        timeout=30,
    )


@pytest.fixture(scope="module")
def named(server) -> str:
    found = server.get(
        "SELECT DISTINCT ?g { GRAPH ?g { ?x a cp:Article } } ORDER BY ?g", "text/csv"
    )
    return found.text.split()[1]


@pytest.mark.parametrize(
    ("accept", "type_", "form"),
    [
        ("*/*", "text/turtle; charset=utf-8", "ttl"),
        ("application/n-triples", "application/n-triples; charset=utf-8", "nt"),
        ("application/ld+json", "application/ld+json", "jsonld"),
        ("text/html, application/n-triples;q=0.2", "application/n-triples; charset=utf-8", "nt"),
    ],
)
def test_a_graph_is_what_a_query_of_it_makes(server, named, accept, type_, form):
    answer = graphs(server, f"?graph={named}", accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == type_
    got = {str(one) for one in ox.parse(answer.content, format=RDF_FORMATS[form].syntax)}
    asked = server.get(
        f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{named}> {{ ?s ?p ?o }} }}", "application/n-triples"
    )
    assert got == {str(one) for one in ox.parse(asked.content, format=ox.RdfFormat.N_TRIPLES)}
    assert len(got) > 10


def test_the_default_graph_is_the_one_that_queries_have(server):
    answer = graphs(server, "?default", accept="application/n-triples")
    count = server.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1]
    if answer.status_code == 200:
        assert len(answer.content.splitlines()) == int(count)
    else:  # it is larger than this server's bound
        assert answer.status_code == 413


def test_it_can_be_kept(server, named):
    tag = graphs(server, f"?graph={named}").headers["etag"]
    again = httpx.get(
        httpx.URL(server.url).join(f"/graphs?graph={named}"),
        headers={"Accept": "*/*", "If-None-Match": tag},
    )
    assert again.status_code == 304


def test_head_tells_the_size(server, named):
    answer = graphs(server, f"?graph={named}", "HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(graphs(server, f"?graph={named}").content)


@pytest.mark.parametrize("query", ["", "?", "?graph=", "?graph=relative", "?default&graph=urn:a", "?default=x",
                                   "?graph=urn:a&graph=urn:b", "?other", "?graph=%ff"])  # fmt: skip
def test_what_names_no_graph_is_refused(server, query):
    answer = graphs(server, query)
    assert answer.status_code == 400
    assert len(answer.text.splitlines()) == 1


def test_a_graph_that_is_not_here_is_not_found_and_not_fetched(server):
    for name in ("urn:not-here", "file:///etc/passwd", "http://127.0.0.1:9/"):
        answer = graphs(server, f"?graph={name}")
        assert answer.status_code == 404
        assert name in answer.text


def test_a_form_of_results_is_none_of_graphs(server, named):
    assert graphs(server, f"?graph={named}", accept="text/csv").status_code == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_can_be_written(server, named, method):
    answer = graphs(server, f"?graph={named}", method)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
