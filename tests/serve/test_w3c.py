"""The cases of W3C's suites for SPARQL 1.1 Protocol and Service Description that change nothing, by their names.

The suites are in https://github.com/w3c/rdf-tests, `sparql/sparql11/protocol` and `service-description`. Every
case that updates and is to succeed is refused here with 403; those that are to be refused are among these.
"""

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from tests.serve.conftest import Server

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}  # fmt: skip
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
RDF = {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"}
ASK = "ASK {}"
TYPED = "<" + DATA + "> a ?type"
BOTH = "ASK { GRAPH ?g1 { " + TYPED.format(1) + " } GRAPH ?g2 { " + TYPED.format(2) + " } }"
THREE = "ASK { " + TYPED.format(3) + BOTH.removeprefix("ASK {")
TOGETHER = f"ASK {{ {TYPED.format(1)} . {TYPED.format(2)} }}"
WITH = "WITH <http://example/a> DELETE { ?x ?y 1 } INSERT { ?x ?y 2 } WHERE { ?x ?y 1 }"


def of(*graphs: int, by: str = "default") -> str:
    return "&".join(f"{by}-graph-uri=" + quote(DATA.format(n), safe="") for n in graphs)


def query(text: str) -> str:
    return "query=" + quote(text, safe="")


# name, method, parameters of the address, body, type of the body
ANSWERED = [
    ("query_post_form", "POST", of(0), query(ASK), FORM, BOOLEAN),
    ("query_dataset_default_graphs_get", "GET", f"{query(TOGETHER)}&{of(1, 2)}", None, None, BOOLEAN),
    ("query_dataset_default_graphs_post", "POST", of(1, 2), TOGETHER, QUERY, BOOLEAN),
    ("query_dataset_named_graphs_post", "POST", of(1, 2, by="named"), BOTH, QUERY, BOOLEAN),
    ("query_dataset_named_graphs_get", "GET", f"{query(BOTH)}&{of(1, 2, by='named')}", None, None, BOOLEAN),
    ("query_dataset_full", "POST", f"{of(3)}&{of(1, 2, by='named')}", THREE, QUERY, BOOLEAN),
    ("query_multiple_dataset", "POST", of(1, 2, by="named"),
     BOTH.replace("ASK", f"ASK FROM <{DATA.format(3)}>", 1), QUERY, BOOLEAN),
    ("query_get", "GET", f"{query(ASK)}&{of(0)}", None, None, BOOLEAN),
    ("query_content_type_select", "POST", of(0), "SELECT (1 AS ?value) {}", QUERY, TABULAR),
    ("query_content_type_ask", "POST", of(0), ASK, QUERY, BOOLEAN),
    ("query_content_type_describe", "POST", of(0), "DESCRIBE <http://example.org/>", QUERY, RDF),
    ("query_content_type_construct", "POST", of(0), "CONSTRUCT { <s> <p> 1 } WHERE {}", QUERY, RDF),
    ("query_post_direct", "POST", "", ASK, QUERY, BOOLEAN),
]  # fmt: skip

REFUSED = [
    ("bad_query_method", "PUT", f"{query(ASK)}&{of(0)}", "", FORM, 405),
    ("bad_multiple_queries", "GET", f"{query(ASK)}&{query('SELECT * {}')}", None, None, 400),
    ("bad_query_wrong_media_type", "POST", "", ASK, "text/plain", 415),
    ("bad_query_missing_form_type", "POST", "", query(ASK), None, 415),
    ("bad_query_missing_direct_type", "POST", "", ASK, None, 415),
    ("bad_query_non_utf8", "POST", "", ASK.encode("utf-16"), f"{QUERY}; charset=UTF-16", 415),
    ("bad_query_syntax", "GET", query("ASK {"), None, None, 400),
    ("bad_update_get", "GET", "update=CLEAR%20ALL", None, None, 403),
    ("bad_multiple_updates", "POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 403),
    ("bad_update_wrong_media_type", "POST", "", "CLEAR NAMED", "text/plain", 415),
    ("bad_update_missing_form_type", "POST", "", "update=CLEAR%20NAMED", None, 415),
    ("bad_update_non_utf8", "POST", "", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16", 415),
    ("bad_update_syntax", "POST", "", "update=CLEAR%20XYZ", FORM, 403),
    ("bad_update_dataset_conflict", "POST", "using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople", WITH, UPDATE, 403),
]  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the three documents that the suite asks of; that one of data0 is empty is told by none."""
    data = tmp_path_factory.mktemp("w3c") / "data.nq"
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    names = [f"<{DATA.format(n)}>" for n in (1, 2, 3)]
    data.write_text(
        "".join(f"{it} {type_} <http://xmlns.com/foaf/0.1/Document> {it} .\n" for it in names)
    )
    server = Server(str(data), "--workers", "1")
    yield server
    server.stop()


def send(
    server: Server, method: str, address: str, body: str | bytes | None, type_: str | None
) -> httpx.Response:
    headers = {"Content-Type": type_} if type_ else {}
    # The suite writes the endpoint with a slash at its end.
    return httpx.request(
        method, f"{server.url}/?{address}", content=body, headers=headers, timeout=30
    )


@pytest.mark.parametrize(
    ("name", "method", "address", "body", "type_", "kinds"), ANSWERED, ids=lambda it: it if isinstance(it, str) and it.isidentifier() else ""
)  # fmt: skip
def test_a_query_is_answered(loaded, name, method, address, body, type_, kinds):
    answer = send(loaded, method, address, body, type_)
    kind = answer.headers["content-type"].partition(";")[0]
    assert answer.status_code == 200, name
    assert kind in kinds
    if "json" in kind and kinds is BOOLEAN:
        assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("name", "method", "address", "body", "type_", "status"), REFUSED, ids=lambda it: it if isinstance(it, str) and it.isidentifier() else ""
)  # fmt: skip
def test_what_is_wrong_is_refused_in_one_sentence(
    loaded, name, method, address, body, type_, status
):
    answer = send(loaded, method, address, body, type_)
    assert answer.status_code == status, name
    assert len(answer.text.strip().splitlines()) == 1


def test_a_graph_of_the_request_that_is_not_here_is_empty_and_nothing_is_fetched(loaded):
    for by in ("default", "named"):
        address = (
            f"{query('SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }')}&{of(7, by=by)}"
        )
        answer = send(loaded, "GET", address, None, None)
        assert answer.json()["results"]["bindings"] == []
    said = f"ASK FROM <{DATA.format(7)}> {{}}"
    assert send(loaded, "GET", query(said), None, None).status_code == 400


SD = "http://www.w3.org/ns/sparql-service-description#"
# The ranges of the properties of the vocabulary, of what is described here (Service Description, section 3).
RANGES = {
    "endpoint": None, "supportedLanguage": None, "feature": None, "resultFormat": None, "name": None,
    "defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph",
}  # fmt: skip
DOMAINS = {
    "endpoint": "Service", "supportedLanguage": "Service", "feature": "Service", "resultFormat": "Service",
    "defaultDataset": "Service", "defaultGraph": "Dataset", "namedGraph": "Dataset", "name": "NamedGraph",
}  # fmt: skip
SYNTAX = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES, "application/ld+json": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def described(server: Server, accept: str) -> set[ox.Triple]:
    answer = httpx.get(server.url, headers={"Accept": accept})
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    return {quad.triple for quad in ox.parse(answer.content, format=SYNTAX[kind])}


def test_returns_rdf(loaded):
    forms = [described(loaded, accept) for accept in ("*/*", *SYNTAX, "text/csv")]
    assert len(forms[0]) > 15
    assert all(form == forms[0] for form in forms)


def test_has_endpoint_triple(loaded):
    endpoint = ox.NamedNode(SD + "endpoint")
    found = [triple.object for triple in described(loaded, "*/*") if triple.predicate == endpoint]
    assert found == [ox.NamedNode(loaded.url)]


def test_conforms_to_schema(loaded):
    triples = described(loaded, "*/*")
    types = {(t.subject, t.object.value) for t in triples if t.predicate.value.endswith("#type")}
    said = [triple for triple in triples if triple.predicate.value.startswith(SD)]
    assert {triple.predicate.value.removeprefix(SD) for triple in said} == set(RANGES)
    for triple in said:
        name = triple.predicate.value.removeprefix(SD)
        assert (triple.subject, SD + DOMAINS[name]) in types
        assert isinstance(triple.object, ox.NamedNode)
        assert not RANGES[name] or (triple.object, SD + RANGES[name]) in types
    formats = [t.object.value for t in said if t.predicate.value == SD + "resultFormat"]
    assert sorted(formats) == [
        "http://www.w3.org/ns/formats/" + name
        for name in ("JSON-LD", "N-Triples", "RDF_XML", "SPARQL_Results_CSV", "SPARQL_Results_JSON",
                     "SPARQL_Results_TSV", "SPARQL_Results_XML", "Turtle")
    ]  # fmt: skip
