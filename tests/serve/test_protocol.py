"""The SPARQL 1.1 Protocol, as its recommendation has it."""

import json

import httpx
import pyoxigraph as ox
import pytest

ASK = "ASK { id:xiaomi cp:partnerOf id:mobikwik }"
FORM = "application/x-www-form-urlencoded"
YES = {"head": {}, "boolean": True}


def post(
    server, body: str | bytes, type_: str | None, address: str = "", **headers: str
) -> httpx.Response:
    given = {**({"Content-Type": type_} if type_ else {}), **headers}
    return httpx.post(server.url + address, content=body, headers=given, timeout=30)


def test_a_query_comes_by_get_by_form_by_body_and_by_the_method_query(server):
    answers = [
        server.get(ASK),
        post(server, f"query={ASK.replace(' ', '+')}", FORM),
        post(server, ASK, "application/sparql-query"),
        httpx.request("QUERY", server.url, content=ASK, headers={"Content-Type": "application/sparql-query"}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [answer.json() for answer in answers] == [YES] * 4


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.2", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("image/png, application/sparql-results+json;q=0.1", "application/sparql-results+json"),
    ],
)  # fmt: skip
def test_a_table_comes_in_the_form_that_is_most_wanted(server, accept, type_):
    answer = server.get("SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == type_
    assert "mobikwik" in answer.text
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "type_", "syntax"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/sparql-results+json, text/turtle;q=0.2", "text/turtle", ox.RdfFormat.TURTLE),
    ],
)
def test_a_graph_comes_in_a_form_of_graphs(server, accept, type_, syntax):
    answer = server.get("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER (?s = id:mobikwik) }", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == type_
    assert len(list(ox.parse(answer.content, format=syntax))) > 1


def test_a_dataset_can_be_named_by_the_request(server):
    names = server.get(
        "SELECT DISTINCT ?g { GRAPH ?g { id:xiaomi a ?x } }", "text/csv"
    ).text.split()[1:]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = int(server.get(count, "text/csv").text.split()[1])
    one = int(server.get(count, "text/csv", **{"default-graph-uri": names[0]}).text.split()[1])
    assert 0 < one < whole
    named = {"named-graph-uri": names[0]}
    assert int(server.get(count, "text/csv", **named).text.split()[1]) == 0
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert int(server.get(inside, "text/csv", **named).text.split()[1]) == one
    # What the request names counts, whatever the query says (section 2.1.4).
    said = count.replace("{ ?s", f"FROM <{names[-1]}> {{ ?s", 1)
    assert (
        int(server.get(said, "text/csv", **{"default-graph-uri": names[0]}).text.split()[1]) == one
    )


@pytest.mark.parametrize(
    ("body", "type_", "address", "status"),
    [
        ("", FORM, "", 400),  # no query
        ("query=ASK+%7B%7D&query=ASK+%7B%7D", FORM, "", 400),  # two
        (ASK, "application/sparql-query", "?query=ASK+%7B%7D", 400),  # in both places
        (ASK, "text/plain", "", 415),
        (ASK, None, "", 415),
        (ASK.encode("utf-16"), "application/sparql-query; charset=utf-16", "", 415),
        (b"ASK { \xff }", "application/sparql-query", "", 400),
        ("query=%FF", FORM, "", 400),
        ("update=CLEAR+ALL", FORM, "", 403),
        ("CLEAR ALL", "application/sparql-update", "", 403),
        ("query=ASK+%7B%7D&using-graph-uri=urn:a", FORM, "", 403),
        ("query=ASK+%7B%7D&default-graph-uri=relative", FORM, "", 400),
        ("x" * (1 << 21), "application/sparql-query", "", 413),
    ],
)
def test_other_requests_are_refused_with_a_sentence(server, body, type_, address, status):
    answer = post(server, body, type_, address)
    assert answer.status_code == status
    assert answer.text.endswith("\n")
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT ?x { ", 400, "line 1, column"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "SERVICE would send"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", 400, "no graph here"),
        ("CLEAR ALL", 400, "cannot be read"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "larger|more than|took longer"),
    ],
)
def test_queries_that_are_not_answered_say_why(server, query, status, words):
    answer = server.get(query)
    assert answer.status_code in ({status, 504} if status == 413 else {status})
    assert any(word in answer.text for word in words.split("|"))


def test_what_is_accepted_and_cannot_be_given_is_said(server):
    assert server.get(ASK, "image/png").status_code == 406
    assert (
        server.get(
            "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER (?s = id:mobikwik) }", "text/csv"
        ).status_code
        == 406
    )
    assert server.get(ASK, format="xml").text.startswith("<?xml")
    assert server.get(ASK, format="png").status_code == 400


def test_other_methods_are_not_there(server):
    for method in ("PUT", "DELETE", "PATCH"):
        answer = httpx.request(method, server.url)
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]


def test_without_a_query_the_service_tells_what_it_is(server):
    answer = httpx.get(server.url)
    graph = ox.Store()
    graph.extend(
        ox.Quad(*triple) for triple in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    )
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    assert graph.query(
        sd
        + f"ASK {{ <{server.url}> a sd:Service ; sd:endpoint <{server.url}> ; sd:feature sd:UnionDefaultGraph ; sd:supportedLanguage sd:SPARQL11Query }}"
    )
    named = list(graph.query(sd + "SELECT ?g { ?s sd:namedGraph/sd:name ?g }"))
    assert len(named) > 100


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_without_a_query_is_shown_the_editor(server, method):
    answer = httpx.request(method, server.url, headers={"Accept": BROWSER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/editor")
    assert answer.headers["vary"] == "Accept"
    assert "etag" not in answer.headers
    shown = httpx.get(server.url, headers={"Accept": BROWSER}, follow_redirects=True)
    assert "query-form" in shown.text


@pytest.mark.parametrize(
    "accept", ["*/*", "text/turtle, text/html", "text/turtle, text/html;q=0.5"]
)
def test_who_wants_a_page_no_more_than_triples_gets_these(server, accept):
    answer = httpx.get(server.url, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith("text/turtle")


def test_head_says_how_large_an_answer_is_and_sends_none(server):
    answer = httpx.head(server.url, params={"query": ASK})
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(json.dumps(YES, separators=(",", ":"))) + 1
