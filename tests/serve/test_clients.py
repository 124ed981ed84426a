"""What people have can ask the server: each client as its own users use it."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import httpx
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper

import kg

ID = rdflib.Namespace("https://w3id.org/corporate-plans/id/")
CP = rdflib.Namespace("https://w3id.org/corporate-plans/ontology#")
PARTNERS = "SELECT ?x { id:xiaomi cp:partnerOf ?x } ORDER BY ?x"
RIGHTS = (
    "select on DB.DBA.SPARQL_SINV_2", "execute on DB.DBA.SPARQL_SINV_IMP", "SPARQL_LOAD_SERVICE_DATA", "SPARQL_SPONGE",
)  # fmt: skip
"""What Virtuoso's users of SPARQL need to ask other hosts."""
ABOUT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER (?s = id:mobikwik) }"


@pytest.fixture(scope="module")
def partners(graph: kg.Graph) -> list[str]:
    found = [term.value for (term,) in graph.query(PARTNERS).terms]
    assert len(found) > 1
    return found


@pytest.fixture(scope="module")
def about(graph: kg.Graph) -> set[tuple[str, ...]]:
    return {tuple(map(str, triple)) for triple in graph.query(ABOUT).terms}


# rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv"])
def test_rdflib_asks_it_as_a_store(server, partners, method, form):
    store = SPARQLStore(server.url, method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    rows = graph.query(
        "SELECT ?x { ?who cp:partnerOf ?x } ORDER BY ?x", initBindings={"who": ID.xiaomi}
    )
    assert [str(x) for (x,) in rows] == partners
    assert sorted(map(str, graph.objects(ID.xiaomi, CP.partnerOf))) == partners
    if form != "csv":  # which has no booleans
        assert (ID.xiaomi, CP.partnerOf, ID.mobikwik) in graph


def test_rdflib_gets_graphs_from_it(server, about):
    made = rdflib.Graph(SPARQLStore(server.url)).query(ABOUT).graph
    assert made is not None
    assert {tuple(map(str, triple)) for triple in made} == {
        tuple(part.strip("<>") if part[0] == "<" else ox_text(part) for part in triple)
        for triple in about
    }


def ox_text(part: str) -> str:
    row = next(iter(ox.parse_query_results(f"?v\n{part}\n".encode(), ox.QueryResultsFormat.TSV)))
    return str(row[0].value)


def test_rdflib_asks_one_graph_of_it(server, graph):
    name = next(iter(sorted(graph.index.graphs)))
    one = rdflib.Graph(SPARQLStore(server.url), rdflib.URIRef(name))
    (count,) = (int(n) for (n,) in one.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert count == len(graph.query(f"SELECT ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"))
    data = rdflib.Dataset(SPARQLStore(server.url), default_union=True)
    (whole,) = (int(n) for (n,) in data.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert 0 < count < whole


# SPARQLWrapper


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_asks_it(server, partners, about, method):
    def ask(query: str, form: str) -> object:
        wrapper = SPARQLWrapper(server.url)
        wrapper.setMethod(method)
        wrapper.setReturnFormat(form)
        wrapper.setQuery(query)
        return wrapper.queryAndConvert()

    rows = ask(PARTNERS, JSON)["results"]["bindings"]
    assert [row["x"]["value"] for row in rows] == partners
    found = ask(PARTNERS, XML).getElementsByTagName("uri")
    assert [one.firstChild.data for one in found] == partners
    assert ask(PARTNERS, CSV).decode().split() == ["x", *partners]
    assert ask("ASK { id:xiaomi cp:partnerOf id:mobikwik }", JSON)["boolean"] is True
    assert len(ask(ABOUT, RDFXML)) == len(about)
    assert len(list(ox.parse(ask(ABOUT, TURTLE), ox.RdfFormat.TURTLE))) == len(about)


# pandas, curl


def test_pandas_reads_a_table_by_its_address(server, partners):
    frame = pd.read_csv(f"{server.url}?format=csv&query={quote(PARTNERS)}")
    assert list(frame["x"]) == partners


def test_curl_asks_as_the_page_of_documentation_says(server, partners):
    curl = shutil.which("curl")
    assert curl
    command = [
        curl,
        "-fsS",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={PARTNERS}",
        server.url,
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == [
        "x", *partners,
    ]  # fmt: skip


# browsers


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [  # what YASQE sends, by the kind of the query
        (PARTNERS, "application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        (ABOUT, "text/turtle,*/*;q=0.9", "text/turtle"),
        (ABOUT, "application/n-triples,*/*;q=0.9", "application/n-triples"),
        (PARTNERS, "text/csv,*/*;q=0.9", "text/csv"),
        (ABOUT, "application/rdf+xml;q=0.9,text/turtle;q=0.2,*/*;q=0.1", "application/rdf+xml"),
    ],
)
def test_an_editor_in_a_browser_asks_by_a_form(server, query, accept, kind):
    headers = {
        "Accept": accept, "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "Origin": server.url.removesuffix("/sparql"), "X-Requested-With": "XMLHttpRequest",
    }  # fmt: skip
    answer = httpx.post(server.url, data={"query": query}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind


# other stores


def test_oxigraph_asks_it_in_a_federated_query(server, partners, oxigraph, tmp_path):
    query = f"SELECT ?x {{ SERVICE <{server.url}> {{ {ID.xiaomi.n3()} {CP.partnerOf.n3()} ?x }} }} ORDER BY ?x"
    rows = ox.Store().query(query)
    assert [row["x"].value for row in rows] == partners
    with oxigraph(tmp_path) as root:
        answer = httpx.get(
            f"{root}/query", params={"query": query}, headers={"Accept": "text/csv"}, timeout=60
        )
    assert answer.text.split() == ["x", *partners]


def test_virtuoso_asks_it_in_a_federated_query(server, partners, virtuoso, tmp_path):
    with virtuoso(tmp_path) as root:
        isql(tmp_path, *(f'grant {right} to "SPARQL"' for right in RIGHTS))
        query = (
            f"SELECT ?x {{ SERVICE <{server.url}> {{ {ID.xiaomi.n3()} {CP.partnerOf.n3()} ?x }} }}"
        )
        answer = httpx.get(
            f"{root}/sparql", params={"query": query, "format": "text/csv"}, timeout=60
        )
    assert answer.status_code == 200, answer.text
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["x"]
    assert sorted(x for (x,) in rows[1:]) == partners


def isql(folder: Path, *commands: str) -> None:
    """Have the Virtuoso of a folder run commands as its only user."""
    found = shutil.which("isql-vt")
    assert found
    port = (folder / "virtuoso.ini").read_text().partition("ServerPort = 127.0.0.1:")[2].split()[0]
    for command in commands:
        asked = [found, port, "dba", "dba", f"exec={command};"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
        assert "Error" not in done.stderr, done.stderr
