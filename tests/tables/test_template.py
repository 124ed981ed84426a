"""What is put together from values is what the engine would have written, byte for byte."""

from __future__ import annotations

import io
import itertools

import pyoxigraph as ox
import pytest

from kg.base import CP, nquads
from kg.query import LocalIndex
from kg.tables.template import Template

ROWS = [f"<a:t#row={number}>" for number in range(1, 40)]
TEXTS = [
    *(
        "plain",
        "",
        "a\tb",
        "a\nb\r\n",
        'say "so"',
        "back\\slash",
        "per % cent %b",
        "ends \\",
        "\\t",
    ),
    *("<a:b>", "_:b", "ü€𝄞", "\u0085\u2028\ufffd", "?name", "a . b", " lead", "true", "1.5"),
]
TYPED = [
    *('"1"^^xsd:integer', '"-2"^^xsd:integer', '"+01"^^xsd:integer', '"2.50"^^xsd:decimal', "true", "false"),
    *('"7"^^xsd:decimal', '"1e5"^^xsd:double', '"INF"^^xsd:double', '"NaN"^^xsd:double', '"5"^^xsd:double'),
    *('"x"^^xsd:integer', '"2020-01-31"^^xsd:date', '"a"@en', '"b"@de-CH', "<a:other>", '"2"^^xsd:string'),
    *('"1"^^xsd:boolean', '"9999999999999999999999"^^xsd:integer', '"0.1"^^xsd:float'),
]  # fmt: skip
WHERE = "{ ?row <a:text> ?text OPTIONAL { ?row <a:value> ?value } BIND (IRI(CONCAT('a:s/', ENCODE_FOR_URI(?text))) AS ?s) }"  # fmt: skip
FILLED = [
    "CONSTRUCT { ?row id:n ?text }" + WHERE,
    "CONSTRUCT { ?s a cp:Company ; rdfs:label ?text ; cp:value ?value , 5 , 'it' , \"is\"@en , '%b' . ?row cp:row ?row }"
    + WHERE,
    "CONSTRUCT { ?s ?p ?value . ?value ?p ?s . ?s id:of ?none . id:x id:y id:z } WHERE" + WHERE,
    "CONSTRUCT { ?s <a:%bb> $value . ?none id:n ?s ; id:m ?none . # a } here is none\n ?s id:a true, 1.50, -2 }" + WHERE,
    "PREFIX construct: <a:#> construct\n#{\n{ ?s construct:where ?value }" + WHERE + " LIMIT 7",
    "CONSTRUCT { ?row id:n ?n } { SELECT ?row (COUNT(?text) AS ?n) { ?row <a:text> ?text } GROUP BY ?row }",
    "CONSTRUCT { ?row id:n ?value } " + WHERE + " VALUES ?text { 'plain' '' }",
    "BASE <a:base/> CONSTRUCT { ?row <n> <m> }" + WHERE,
]  # fmt: skip
LEFT = [
    "CONSTRUCT WHERE { ?row <a:text> ?text }",
    "CONSTRUCT { ?row id:n [ id:m ?text ] }" + WHERE,
    "CONSTRUCT { ?row id:n _:b }" + WHERE,
    "CONSTRUCT { ?row id:n (1 2) }" + WHERE,
    "CONSTRUCT { ?row id:n '''a } b''' }" + WHERE,
    "CONSTRUCT { ?row id:n 'a\\'} b' }" + WHERE,
    "CONSTRUCT { id:x id:n id:y }" + WHERE,
    "CONSTRUCT { ?row id:n { ?text }" + WHERE,
    "CONSTRUCT { ?row id:n ?text",
    "CONSTRUCT { ?row none:n ?text }" + WHERE,
    "SELECT * { ?row <a:text> ?text }",
    "nonsense", "", "(" * 100_000, "CONSTRUCT { ?row " + "?n " * 100_000,
]  # fmt: skip


def store() -> ox.Store:
    made, values = ox.Store(), itertools.cycle(TYPED)
    triples = []
    for row, text in zip(ROWS, itertools.cycle(TEXTS)):
        triples.append(f"{row} <a:text> {ox.Literal(text)} .")
        if not row.endswith("3>"):
            triples.append(f"{row} <a:value> {next(values)} .")
    said = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + "\n".join(triples)
    made.load(said.encode(), ox.RdfFormat.TURTLE)
    return made


def store_of(quad: ox.Quad) -> ox.Store:
    made = ox.Store()
    made.add(quad)
    return made


def constructed(query: str, rows: ox.Store) -> list[bytes]:
    said = LocalIndex(rows).query(query).serialize(format=ox.RdfFormat.N_TRIPLES)
    return sorted(set(nquads.split(said.replace(b" .\n", b" <a:g> .\n"))))


def filled(query: str, rows: ox.Store) -> list[bytes] | None:
    template = Template.of(query, "a:g")
    assert template is not None
    text = io.BytesIO()
    LocalIndex(rows).query(template.query).serialize(text, format=ox.QueryResultsFormat.TSV)
    lines = template.lines(text.getvalue())
    return None if lines is None else sorted(set(lines))


@pytest.mark.parametrize("query", FILLED, ids=range(len(FILLED)))
def test_lines_are_those_of_the_engine(query):
    rows = store()
    lines = filled(query, rows)
    assert lines == constructed(query, rows)
    assert lines


@pytest.mark.parametrize("query", LEFT, ids=range(len(LEFT)))
def test_what_is_out_of_the_ordinary_is_left_to_the_engine(query):
    assert Template.of(query, "a:g") is None


@pytest.mark.parametrize("number", [*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])
def test_texts_with_controls_are_left_to_the_engine(number):
    rows = store_of(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:text"), ox.Literal(chr(number))))
    assert filled(FILLED[0], rows) is None


def test_every_other_character_is_written_as_the_engine_does():
    text = "".join(
        map(
            chr,
            (
                9,
                10,
                *range(32, 127),
                *range(128, 0xD800),
                *range(0xE000, 0xFFFE),
                *range(0x10000, 0x110000),
            ),
        )
    )
    text = text.replace("<<", "< <")
    rows = store_of(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:text"), ox.Literal(text)))
    assert filled(FILLED[0], rows) == constructed(FILLED[0], rows)


def test_nodes_without_a_name_are_left_to_the_engine():
    rows = store_of(ox.Quad(ox.BlankNode(), ox.NamedNode("a:text"), ox.Literal("a")))
    assert filled(FILLED[0], rows) is None


def test_nothing_is_said_where_there_is_no_solution():
    assert filled(f"CONSTRUCT {{ ?row a <{CP}Row> . id:x a id:y }} {WHERE}", ox.Store()) == []
