"""Results as JSON are put right where they stand, to the same rows as by the way that reads each of them."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings, strategies as st

from kg.base import XSD
from tests.query.test_written import graph_of

NASTY = [
    '","datatype":"' + XSD + "decimal",
    '":{"type":"literal","value":"1',
    '},{"',
    '"type":"triple"',
    "}},{",
    "\\",
    "1",
    "[{",
    "é\u2028\n",
]
WRITTEN = ["1.0", "1.00", "1", "+1", "2.50", "not a number"]
QUERIES = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?o ?s { ?s <urn:p> ?o }",
    "SELECT ?o { ?s <urn:q> ?o } ORDER BY ?s",
    "SELECT ?o ?text { { ?s <urn:q> ?o } UNION {} OPTIONAL { ?s <urn:t> ?text } }",
    "SELECT (SUM(?o) AS ?n) ?s { ?s <urn:p> ?o } GROUP BY ?s",
    "SELECT ?object { ?s ?p ?object }",
    "SELECT * { { ?s <urn:p> ?o } UNION { BIND (<<( <urn:a> <urn:b> 1.0 )>> AS ?t) } }",
]


def terms(row: dict[str, dict[str, str]], columns: list[str]) -> list[tuple[str, ...] | None]:
    return [
        (one["type"], one["value"], one.get("datatype", ""), one.get("xml:lang", ""))
        if (one := row.get(name)) and one["type"] != "triple"
        else None
        for name in columns
    ]


def expected(term: object) -> tuple[str, ...] | None:
    match term:
        case ox.NamedNode():
            return "uri", term.value, "", ""
        case ox.Literal():
            datatype = "" if term.datatype.value == XSD + "string" else term.datatype.value
            return "literal", term.value, "" if term.language else datatype, term.language or ""
        case _:
            return None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from("pq"), st.sampled_from(WRITTEN),
            st.sampled_from(["decimal", "integer", "nonNegativeInteger"]), st.sampled_from(NASTY),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_give_the_same_rows(query, said):
    lines = {'<urn:d> <urn:p> "d"', '<urn:d> <urn:q> "d"'}
    for subject, name, value, datatype, text in said:
        typed = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
        lines |= {f"<urn:{subject}> <urn:{name}> {typed}", f"<urn:{subject}> <urn:t> {ox.Literal(text)}"}  # fmt: skip
    graph = graph_of(*lines)
    answer = json.loads(graph.query(query).write("json"))
    columns = answer["head"]["vars"]
    found = [terms(row, columns) for row in answer["results"]["bindings"]]
    by_rows = [[expected(term) for term in row] for row in graph.query(query).terms]
    assert found
    assert sorted(map(str, found)) == sorted(map(str, by_rows))


def test_a_form_is_taken_by_what_its_row_is_about():
    graph = graph_of(
        f'<urn:a> <urn:p> "1.0"^^<{XSD}decimal>', f'<urn:b> <urn:p> "1.00"^^<{XSD}decimal>'
    )
    rows = json.loads(graph.query("SELECT ?s ?o { ?s <urn:p> ?o }").write("json"))
    assert {(row["s"]["value"], row["o"]["value"]) for row in rows["results"]["bindings"]} == {
        ("urn:a", "1.0"), ("urn:b", "1.00"),
    }  # fmt: skip
