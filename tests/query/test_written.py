"""Answers say what was said: literals come back as the data write them, which the index does not keep."""

from __future__ import annotations

import csv
import io
import json
import os
import tracemalloc
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import assume, given, strategies as st

import kg
from kg.base import XSD, StoreError
from kg.graph import Graph
from kg.pipeline.building import Build, MemoryGraph
from kg.query import Index, list_written
from kg.query.origins import Origins
from kg.query.restoring import Restorer
from kg.query.rewriting import KEPT, written_of
from kg.sources import Record
from tests.conftest import parts

if TYPE_CHECKING:
    from pathlib import Path

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD_KINDS: Final = {
    "string": ["a", "", " a ", "é\r\n"],
    "boolean": ["true", "false", "1", "0", "TRUE"],
    "integer": ["5", "+5", "05", "-0", "007", "9223372036854775808", "-12345678901234567890", "1.0"],
    "decimal": [
        "1.5", "12.50", "01.5", "+1.5", ".5", "5.", "5.0", "5", "-0.0", "0.0000000000000000001",
        "170141183460469231732", "1e3",
    ],
    "double": ["1.0E3", "1E3", "1000", "NaN", "INF", "+INF", "-0", "1e400", "1e-400", "nan", "1.10"],
    "float": ["1.0E3", "16777217", "1e39", "0.1", "1.10"],
    "dateTime": [
        "2020-01-01T00:00:00", "2020-01-01T00:00:00.000Z", "2020-01-01T00:00:00.50",
        "2020-01-01T24:00:00", "2020-01-01T00:00:00+00:00", "2020-01-01T00:00:00+05:30",
        "2020-02-30T00:00:00", "10000000000000000000-01-01T00:00:00Z",
    ],
    "dateTimeStamp": ["2020-01-01T00:00:00Z"],
    "date": ["2020-01-01", "2020-01-01Z", "2020-01-01-00:00", "-0001-01-01", "2020-02-30"],
    "time": ["10:00:00", "10:00:00.0", "24:00:00", "10:00:00+00:00"],
    "gYear": ["2020", "2020+00:00"], "gYearMonth": ["2020-01", "2020-01-00:00"],
    "gMonth": ["--01", "--01+00:00"], "gMonthDay": ["--01-01", "--02-29+00:00"],
    "gDay": ["---01", "---01+00:00"],
    "duration": ["P1Y", "P12M", "PT60S", "P0D", "PT1.50S", "P99999999999999999999Y"],
    "yearMonthDuration": ["P12M", "P0Y"], "dayTimeDuration": ["PT24H", "P0D", "PT86400S"],
    "byte": ["5", "300"], "short": ["5"], "int": ["5", "+5"], "long": ["5", "9223372036854775808"],
    "unsignedByte": ["5"], "unsignedShort": ["5"], "unsignedInt": ["5"], "unsignedLong": ["5"],
    "nonNegativeInteger": ["5", "05", "-0", "-5"], "positiveInteger": ["5"],
    "negativeInteger": ["-5"], "nonPositiveInteger": ["0"],
    "hexBinary": ["0a"], "base64Binary": ["AA AA"], "anyURI": ["urn:a"], "token": ["a"],
}  # fmt: skip
KINDS: Final = [
    *(
        ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
        for kind, texts in _XSD_KINDS.items()
        for text in texts
    ),
    *(ox.Literal("a", language=tag) for tag in ("en", "en-gb", "zh-hans-cn")),
    *(ox.Literal("05", datatype=ox.NamedNode(iri)) for iri in ("urn:own", _RDF + "JSON")),
]
PLACES: Final = ("memory", "store")


def graph_of(*lines: str) -> Graph:
    """Return a graph of nothing but some triples, in one named graph."""
    quads = b"".join(sorted(f"{line} <urn:g> .\n".encode() for line in lines))
    content = MemoryGraph(quads, b"", Index.of(quads))
    return Graph(Build(content, Record({}, software=""), ()))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graph]:
    made = graph_of(*(f"<urn:s{at}> <urn:p{at % 7}> {one}" for at, one in enumerate(KINDS)))
    folder = tmp_path_factory.mktemp("written") / "s"
    made.save(folder)
    return {"memory": made, "store": kg.open(folder)}


def rows_of(answer: kg.Answer, form: str) -> list[object]:
    """Return the values of the only column of an answer in some form, as an independent reader sees them."""
    data = answer.write(form)
    if form == "csv":
        rows = csv.reader(io.StringIO(data.decode(), newline=""))
        return ["".join(row) for row in rows][1:]  # an empty text makes an empty line
    if form == "json":
        found = [row["v"] for row in json.loads(data)["results"]["bindings"]]
        return [(one["value"], one.get("datatype"), one.get("xml:lang")) for one in found]
    result = rdflib.query.Result.parse(io.BytesIO(data), format=form)
    return [row[0] for row in result]  # type: ignore[index]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("at", range(len(KINDS)), ids=lambda at: str(KINDS[at])[:60])
def test_every_kind_of_literal_is_given_back_as_it_was_written(
    places: dict[str, Graph], at: int, place: str
) -> None:
    graph, said = places[place], KINDS[at]
    assert f"<urn:s{at}> <urn:p{at % 7}> {said} <urn:g> .\n".encode() in graph.export("nq")
    typed = None if said.datatype.value in {XSD + "string", _RDF + "langString"} else said.datatype
    triple = ox.Triple(ox.NamedNode(f"urn:s{at}"), ox.NamedNode(f"urn:p{at % 7}"), said)
    for pattern in (f"<urn:s{at}> <urn:p{at % 7}> ?v", f"<urn:s{at}> ?p ?v"):
        selected = graph.query(f"SELECT ?v {{ {pattern} }}")
        assert selected.terms == [(said,)]
        json_row = (said.value, typed and typed.value, said.language)
        assert rows_of(graph.query(f"SELECT ?v {{ {pattern} }}"), "json") == [json_row]
        assert rows_of(graph.query(f"SELECT ?v {{ {pattern} }}"), "csv") == [said.value]
        for form, syntax in (
            ("xml", ox.QueryResultsFormat.XML),
            ("tsv", ox.QueryResultsFormat.TSV),
        ):
            data = graph.query(f"SELECT ?v {{ {pattern} }}").write(form)
            read = ox.parse_query_results(data, syntax)
            assert [row["v"] for row in read] == [said]  # type: ignore[union-attr]
    for query in (
        f"CONSTRUCT {{ ?s ?p ?v }} {{ ?s ?p ?v FILTER (?s = <urn:s{at}>) }}",
        f"DESCRIBE <urn:s{at}>",
    ):
        assert graph.query(query).terms == [tuple(triple)]
        for form, syntax in (
            ("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("jsonld", ox.RdfFormat.JSON_LD),
        ):  # fmt: skip
            parsed = ox.parse(graph.query(query).write(form), syntax)
            assert [quad.triple for quad in parsed] == [triple]


def test_most_kinds_in_the_table_are_rewritten_by_the_index(places: dict[str, Graph]) -> None:
    held = {quad.object for quad in places["memory"].index.local().store}
    assert len([one for one in KINDS if one not in held]) > len(KINDS) // 2


@given(st.from_regex(KEPT, fullmatch=True))
def test_engine_keeps_the_literals_that_it_is_not_asked_about(literal: bytes) -> None:
    # Canonical N-Quads have the rest escaped, and no escape is looked at.
    assume(literal.isascii() and literal.decode().isprintable() and b"\\" not in literal)
    store = ox.Store()
    store.load(b"<a:s> <a:p> %s .\n" % literal, ox.RdfFormat.N_TRIPLES)
    assert [str(quad.object).encode() for quad in store] == [literal]


def number(text: str, kind: str = "decimal") -> str:
    return f'"{text}"^^<{XSD}{kind}>'


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # one way: whatever the row tells
        ("SELECT ?v { ?s <urn:price> ?v }", ["2.50"]),
        ("SELECT DISTINCT ?v { ?s <urn:price>|<urn:none> ?v }", ["2.50"]),
        ("SELECT ?w { { SELECT (?v AS ?w) { ?s <urn:price> ?v } } }", ["2.50"]),
        ("SELECT (MAX(?v) AS ?most) { ?s <urn:price> ?v }", ["2.50"]),
        ("SELECT (SAMPLE(DISTINCT ?v) AS ?one) { ?s <urn:price> ?v }", ["2.50"]),
        ("PREFIX u: <urn:> SELECT * { [] u:price ?v }", ["2.50"]),
        ("BASE <urn:x> SELECT ?v { ?s <#none>?/<urn:price> ?v }", ["2.50"]),
        # several ways: by the subject in the row, or in the query
        ("SELECT ?v ?s { ?s <urn:size> ?v } ORDER BY ?s", ["1.0", "1"]),
        ("SELECT ?v { <urn:a> <urn:size> ?v }", ["1.0"]),
        ("SELECT ?v { ?s <urn:size> ?v }", ["1", "1"]),
        # one subject writes it in two ways: the index has one row, and its own form is right
        ("SELECT ?v { <urn:c> <urn:length> ?v }", ["3"]),
        # computed: as it is computed, though the data have 2 as "02"
        ("SELECT (COUNT(*) AS ?n) { ?s <urn:size> ?v }", ["2"]),
        ("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s <urn:size> ?v } } }", ["2"]),
        ("SELECT (?v * 1 AS ?w) { ?s <urn:price> ?v }", ["2.5"]),
        ("SELECT ?v { VALUES ?v { 2.50 } }", ["2.5"]),
        ("SELECT ?v { BIND (02 AS ?v) ?s <urn:count> ?x }", ["2"]),
        ("SELECT ?v { VALUES ?v { 2.5 } ?s <urn:price> ?v }", ["2.50"]),
        ("SELECT ?v { ?s <urn:count> ?v }", ["02"]),
        # rows and columns without a value stay where they are
        ("SELECT ?v { { BIND (1 AS ?x) } UNION { ?s <urn:count> ?v } UNION { BIND (2 AS ?x) } } ORDER BY ?v", ["", "", "02"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_row_has_the_form_of_the_data_where_only_one_is_possible(
    query: str, expected: list[str], form: str
) -> None:
    graph = graph_of(
        f"<urn:a> <urn:price> {number('2.50')}", f"<urn:b> <urn:count> {number('02', 'integer')}",
        f"<urn:a> <urn:size> {number('1.0')}", f"<urn:b> <urn:size> {number('1')}",
        f"<urn:c> <urn:length> {number('3.0')}", f"<urn:c> <urn:length> {number('3')}",
    )  # fmt: skip
    assert [row[0].value if row[0] else "" for row in graph.query(query).terms] == expected  # type: ignore[union-attr]
    written = graph.query(query).write(form)
    syntax = getattr(ox.QueryResultsFormat, form.upper())
    if form == "csv":
        assert [row.split(",")[0] for row in written.decode().splitlines()][1:] == expected
    else:
        rows = ox.parse_query_results(written, syntax)
        read = [row[0].value if row[0] else "" for row in rows]  # type: ignore[union-attr]
        assert read == expected


def test_graph_has_all_forms_in_which_a_triple_was_said() -> None:
    said = {number("3.0"), number("3")}
    graph = graph_of(*(f"<urn:c> <urn:length> {one}" for one in said))
    for query in ("DESCRIBE <urn:c>", "CONSTRUCT WHERE { ?s ?p ?o }"):
        assert {str(row[2]) for row in graph.query(query).terms} == said


def test_constructed_triple_has_the_form_of_the_triple_it_is_made_of() -> None:
    graph = graph_of(
        f"<urn:a> <urn:price> {number('2.50')}", f"<urn:b> <urn:count> {number('01', 'integer')}"
    )
    (row,) = graph.query("CONSTRUCT { ?s <urn:cost> ?v } { ?s <urn:price> ?v }").terms
    assert str(row[2]) == number("2.50")
    counted = "CONSTRUCT { ?s <urn:n> ?n } { SELECT ?s (COUNT(*) AS ?n) { ?s <urn:count> ?v } GROUP BY ?s }"
    (row,) = graph.query(counted).terms
    assert str(row[2]) == number("1", "integer")


def test_restored_numbers_are_numbers_to_python() -> None:
    kinds = {"int": "05", "unsignedShort": "5", "decimal": "12.50", "boolean": "1"}
    lines = [f"<urn:a> <urn:{kind}> {number(text, kind)}" for kind, text in kinds.items()]
    graph = graph_of(*lines)
    rows = {kind: graph.query(f"SELECT ?v {{ ?s <urn:{kind}> ?v }}").rows[0][0] for kind in kinds}
    assert rows == {"int": 5, "unsignedShort": 5, "decimal": Decimal("12.50"), "boolean": True}
    assert str(rows["decimal"]) == "12.50"


def test_answer_without_such_values_is_written_by_the_engine_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = graph_of(f"<urn:a> <urn:size> {number('1.0')}", f"<urn:a> <urn:price> {number('2.5')}")
    monkeypatch.setattr("kg.query.restoring.Restorer.rows", None)
    for form in ("csv", "tsv", "json", "xml", "table"):
        assert b"2.5" in graph.query("SELECT ?v { ?s <urn:price> ?v }").write(form)
        assert b"1" in graph.query("SELECT (COUNT(?v) AS ?n) { ?s <urn:size> ?v }").write(form)


def test_long_answer_takes_no_room_for_each_cell() -> None:
    data = b"".join(
        b'<a:%05d> <a:p> "%d.0"^^<%sdecimal> <a:g> .\n' % (at, at % 9, XSD.encode())
        for at in range(20_000)
    )
    written, index = written_of(data), Index.of(data)
    assert written
    query = "SELECT ?a ?b ?c ?d ?v { ?a <a:p> ?v BIND (?a AS ?b) BIND (?a AS ?c) BIND (?a AS ?d) }"
    results = index.run(query)
    assert isinstance(results, ox.QuerySolutions)
    size = 20_000 * len("<a:00000>\t" * 4 + "1.0\n")
    tracemalloc.start()
    rows = Restorer(query, written).rows(results)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert {str(row["v"])[:5] for row in rows} == {f'"{at}.0"' for at in range(9)}
    assert peak < 9 * size  # an object for each cell takes it 14 times


def test_data_that_the_index_keeps_have_no_table() -> None:
    graph = graph_of(f"<urn:a> <urn:size> {number('1.5')}", '<urn:a> <urn:name> "1.50"')
    assert graph.written is None
    assert list_written([graph.asserted]) == b""


def test_large_table_tells_what_a_small_one_tells(
    places: dict[str, Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = places["memory"].written
    assert written
    values = {str(quad.object).encode() for quad in places["memory"].index.local().store}
    small = {value: written.forms(value) for value in values}
    assert any(small.values())
    monkeypatch.setattr("kg.query.written._SMALL", -1)
    anew = written_of(places["memory"].asserted)
    assert anew
    assert {value: anew.forms(value) for value in values} == small


def test_text_that_looks_like_a_literal_is_none() -> None:
    text = f'"said <urn:p> \\"1.0\\"^^<{XSD}decimal> <urn:g> ."'
    assert list_written([f"<urn:a> <urn:name> {text} <urn:g> .\n".encode()]) == b""


def test_patched_store_knows_what_a_new_one_knows(tmp_path: Path) -> None:
    many = [f"<urn:m{at}> <urn:n> {number(f'{at}.0')}" for at in range(100)]
    graph_of(*many, f"<urn:a> <urn:price> {number('2.50')}").save(tmp_path / "s")
    changed = graph_of(*many, f"<urn:a> <urn:price> {number('3.50')}")
    patched, anew = changed.save(tmp_path / "s"), changed.save(tmp_path / "t")
    tables = [
        [path.read_bytes() for path in parts(type(tmp_path)(made), "written")]
        for made in (patched, anew)
    ]
    assert tables[0] == tables[1] != []
    answer = kg.open(tmp_path / "s").query("SELECT ?v { <urn:a> <urn:price> ?v }")
    assert answer.write("csv") == b"v\r\n3.50\r\n"


def test_damaged_table_is_told_before_it_gives_another_value(tmp_path: Path) -> None:
    made = graph_of(f"<urn:a> <urn:price> {number('2.50')}", f"<urn:b> <urn:size> {number('3')}")
    (table,) = parts(made.save(tmp_path / "s"), "written")
    whole, state = table.read_bytes(), table.stat()
    table.write_bytes(whole.replace(b"2.50", b"2.57"))
    assert table.read_bytes() != whole
    with pytest.raises(StoreError, match=r"s: is damaged; build it again"):
        kg.open(tmp_path / "s").query("SELECT ?v { ?s <urn:size> ?v }").write("csv")
    # Of a disk that gives other bytes no time tells.
    os.utime(table, ns=(state.st_atime_ns, state.st_mtime_ns))
    opened = kg.open(tmp_path / "s")
    assert opened.query("SELECT ?v { ?s <urn:size> ?v }").write("csv") == b"v\r\n3\r\n"
    with pytest.raises(StoreError, match=r"s: is damaged; build it again"):
        opened.query("SELECT ?v { ?s <urn:price> ?v }").write("csv")
    with pytest.raises(StoreError, match=r"s: is damaged; build it again"):
        opened.query("DESCRIBE <urn:a>").write("nt")
    made.save(tmp_path / "s")
    assert table.read_bytes() == whole
    table.write_bytes(whole[:-1])
    with pytest.raises(StoreError, match=r"s: is damaged; build it again"):
        kg.open(tmp_path / "s").query("SELECT ?v { ?s <urn:size> ?v }").write("csv")


def test_value_at_one_end_of_a_path_is_not_given_as_that_of_another_writes_it() -> None:
    made = graph_of(
        f"<urn:a> <urn:price> {number('2.50')}", f"<urn:b> <urn:size> {number('2.500')}"
    )
    answer = made.query("SELECT ?v { <urn:a> <urn:price>|<urn:of>/<urn:size> ?v }")
    assert answer.write("csv") == b"v\r\n2.50\r\n"
    answer = made.query(
        "SELECT ?v { { <urn:a> <urn:size> ?w BIND (?w AS ?v) } UNION { <urn:a> <urn:price> ?v } }"
    )
    assert answer.write("csv") == b"v\r\n2.50\r\n"


@pytest.mark.parametrize(
    ("query", "properties"),
    [
        ("SELECT ?v { ?s <urn:p> ?v }", {"v": {"urn:p"}}),
        ("SELECT ?v { ?s <urn:p>/<urn:q> ?v ; <urn:r> ?v }", {"v": {"urn:q", "urn:r"}}),
        ("SELECT ?v { ?s <urn:p>|<urn:q> ?v }", {"v": None}),
        ("SELECT ?v { ?s <urn:p>|<urn:q>/<urn:r> ?v }", {"v": None}),
        ("SELECT ?v { ?s <urn:p>/<urn:q>|^<urn:r>/a/<urn:s> ?v }", {"v": None}),
        ("SELECT ?v { ?s (<urn:p>|<urn:q>)/<urn:r> ?v ; <urn:s> ?w }", {"v": {"urn:r"}, "w": {"urn:s"}}),
        ("SELECT * { ?s <urn:p>|<urn:q> ?v ; <urn:r> ?w . ?s <urn:t> ?x }", {"v": None, "w": {"urn:r"}, "x": {"urn:t"}}),
        ("SELECT ?x { { ?s <urn:p> ?v BIND (?v AS ?x) } UNION { BIND (1 - 1 AS ?x) } }", {"v": {"urn:p"}}),
        ("SELECT ?x { { BIND (1 - 1 AS ?x) } UNION { ?s <urn:p> ?v BIND (?v AS ?x) } }", {"v": {"urn:p"}}),
        ("SELECT ?x { { ?s <urn:p> ?v BIND (?v AS ?x) } UNION { ?s <urn:q> ?x } }", {"v": {"urn:p"}, "x": {"urn:p", "urn:q"}}),
        ("SELECT ?x { { ?s <urn:p> ?v BIND (?v AS ?x) } UNION { ?s ?r ?x } }", {"v": {"urn:p"}, "r": None, "x": None}),
        ("SELECT ?v { ?s (<urn:p>/<urn:q>)* ?v }", {"v": None}),
        ("SELECT ?v { ?s !<urn:p> ?v }", {"v": None}),
        ("SELECT ?v { ?s <urn:p> 1, ?v }", {"v": None}),
        ("SELECT ?v { ?s <urn:p> ?v # <urn:q> ?w\n }", {"v": {"urn:p"}}),
        ("SELECT ?v { FILTER EXISTS { ?s <urn:p> ?v } }", {"v": {"urn:p"}}),
        ("SELECT ?a ?v { ?a a <urn:C> ; <urn:p> ?v } GROUP BY ?a ?v ORDER BY ?a ?v", {"v": {"urn:p"}}),
        ("SELECT (COUNT(?v) AS ?n) { ?s <urn:p> ?v }", {"v": {"urn:p"}}),
        ("SELECT (MIN(?v) + 1 AS ?n) (1 + MIN(?v) AS ?m) { ?s <urn:p> ?v }", {"v": {"urn:p"}}),
        ("SELECT (MIN(?v) AS ?n) { ?s <urn:p> ?v }", {"v": {"urn:p"}, "n": {"urn:p"}}),
        ("PREFIX : <urn:> SELECT * { ?s :p ?v. ?v :q 'a ?p ?x' }", {"v": {"urn:p"}}),
        ("SELECT ?v { ?s <p> ?v }", {"v": None}),  # by its base it may be any
        ("PREFIX : <p> SELECT ?v { ?s :q ?v }", {"v": None}),
    ],
)  # fmt: skip
def test_scan_tells_of_which_property_a_column_is(
    query: str, properties: dict[str, set[str] | None]
) -> None:
    found = {
        name: of if of is None else set(of) for name, of in Origins.of(query).properties.items()
    }
    assert found == properties


def test_carriage_return_is_read_back_from_every_form_of_xml() -> None:
    texts = {"a\rb", "a\r\nb", "\r", "a\nb"}
    made = graph_of(*(f"<urn:a> <urn:says> {ox.Literal(text)}" for text in texts))
    answer = made.query("SELECT ?v { ?s <urn:says> ?v }").write("xml")
    read = ET.fromstring(answer).iter("{http://www.w3.org/2005/sparql-results#}literal")  # noqa: S314 - our own
    assert {one.text for one in read} == texts
    for parsed in (
        ox.parse(made.export("rdf"), ox.RdfFormat.RDF_XML),
        rdflib.Graph().parse(data=made.export("rdf"), format="xml"),
    ):
        assert {str(getattr(one[2], "value", one[2])) for one in parsed} == texts  # type: ignore[index]
