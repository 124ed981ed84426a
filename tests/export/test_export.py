"""Exports: the same graph, the same bytes, and nothing lost on the way."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, strategies as st

import kg
from kg.base import (
    CP,
    DERIVED,
    EXPORT_FORMATS,
    EXPORT_PARTS,
    FOLDER_FORMATS,
    ID,
    XSD,
    OutputError,
    QueryError,
    StoreError,
    UnknownNameError,
    UsageError,
    nquads,
)
from kg.export import aside, export_graph, rdf
from kg.export.elements import elements_of
from kg.export.graphml import graphml_of
from tests.conftest import generation

if TYPE_CHECKING:
    from pathlib import Path

PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
WITH_GRAPHS = {"nq", "trig", "jsonld"}


@functools.cache
def lines(data: bytes, form: str) -> list[bytes]:
    quads = ox.parse(data, PARSERS[form])
    written = (
        ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        if form in WITH_GRAPHS
        else ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    )
    return sorted((written or b"").splitlines())


@pytest.mark.parametrize("form", PARSERS)
@pytest.mark.parametrize("part", EXPORT_PARTS)
def test_export_reads_back_as_the_same_canonical_graph(
    graph: kg.Graph, form: str, part: str
) -> None:
    reference = "nq" if form in WITH_GRAPHS else "nt"
    expected = lines(graph.export(reference, part=part), reference)
    assert expected
    assert lines(graph.export(form, part=part), form) == expected


def test_parts_are_disjoint_and_make_up_the_whole(graph: kg.Graph) -> None:
    said, derived, whole = (
        set(graph.export("nq", part=part).splitlines()) for part in ("asserted", "derived", "all")
    )
    assert said | derived == whole
    assert not said & derived
    assert all(line.endswith(f"<{DERIVED}> .".encode()) for line in derived)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("tll",), "there is no format 'tll'; did you mean 'ttl'"),
        (("ttl", "derive"), "there is no part 'derive'; did you mean 'derived'"),
    ],
)
def test_format_or_part_that_does_not_exist_is_told(
    graph: kg.Graph, arguments: tuple[str, ...], told: str
) -> None:
    with pytest.raises(UnknownNameError, match=told):
        export_graph(graph, *arguments[:1], **dict(zip(["part"], arguments[1:], strict=False)))


def test_derived_triples_are_in_the_turtle(graph: kg.Graph) -> None:
    plain = rdflib.Graph().parse(data=graph.export("ttl"), format="turtle")
    partner = rdflib.URIRef("https://w3id.org/corporate-plans/ontology#partnerOf")
    assert (rdflib.URIRef(ID + "xiaomi"), partner, rdflib.URIRef(ID + "mobikwik")) in plain


def test_graphml_reads_back_as_the_same_network(graph: kg.Graph) -> None:
    network = graph.network()
    back = nx.read_graphml(io.BytesIO(graph.export("graphml")), force_multigraph=True)
    assert back.number_of_nodes() == network.number_of_nodes() > 50
    assert back.number_of_edges() == network.number_of_edges()
    assert back.nodes["xiaomi"]["label"] == "Xiaomi"
    assert ("xiaomi", "mobikwik", "xiaomi:partnerOf:mobikwik") in back.edges(keys=True)


def edge_ids(data: bytes) -> list[str]:
    edges = ET.fromstring(data).iter("{http://graphml.graphdrawing.org/xmlns}edge")  # noqa: S314 - our own
    return [edge.attrib["id"] for edge in edges]


def test_no_two_edges_of_graphml_share_an_id(graph: kg.Graph) -> None:
    ids = edge_ids(graph.export("graphml"))
    assert len(ids) == len(set(ids)) == graph.network().number_of_edges() > 50
    # Which is what the schema of GraphML wants of an id.
    assert [one for one in ids if not re.fullmatch(r"[\w.:-]+", one)] == []


def test_no_two_edges_of_graphml_share_an_id_whatever_things_are_called() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = ["urn:a", "urn:a:p:b", "urn:b", "urn:p:b", "urn:a%3Ap", ID + "urn", ID + "é:p:urn"]
    for start, end, key in product(names, names, ["p", "q", "urn:p", "p:urn"]):
        network.add_edge(start, end, key)
    data = graphml_of(elements_of(network))
    assert len({*edge_ids(data)}) == len(edge_ids(data)) == network.number_of_edges()
    assert nx.read_graphml(io.BytesIO(data)).number_of_edges() == network.number_of_edges()


@pytest.fixture(scope="module")
def digests_elsewhere() -> dict[str, str]:
    """The digests of all exports of what a process has built that hashes otherwise than this one."""
    code = (
        "import kg, json, hashlib; graph = kg.build(check=False);"
        f"exports = {{form: graph.export(form) for form in {list(EXPORT_FORMATS)}}};"
        f"folders = {{form: graph.export_files(form) for form in {list(FOLDER_FORMATS)}}};"
        "exports |= {f'{form}/{name}': files[name] for form, files in folders.items() for name in files};"
        "print(json.dumps({form: hashlib.sha256(exports[form]).hexdigest() for form in exports}))"
    )
    other = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": other},
        capture_output=True,
        check=True,
    )
    return json.loads(told.stdout)


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_bytes_do_not_depend_on_the_hash_seed(
    graph: kg.Graph, digests_elsewhere: dict[str, str], form: str
) -> None:
    assert hashlib.sha256(graph.export(form)).hexdigest() == digests_elsewhere[form]


@pytest.mark.parametrize("form", FOLDER_FORMATS)
def test_bytes_of_a_folder_do_not_depend_on_the_hash_seed(
    graph: kg.Graph, digests_elsewhere: dict[str, str], form: str
) -> None:
    files = graph.export_files(form)
    assert len(files) > 4
    for name, data in files.items():
        assert hashlib.sha256(data).hexdigest() == digests_elsewhere[f"{form}/{name}"], name


def test_a_small_change_is_a_small_diff(acme: Path) -> None:
    before = kg.build([acme], shipped=False).export("ttl").splitlines()
    path = acme / "gazette-2020.yaml"
    path.write_text(path.read_text().replace("value: 20\n", "value: 21\n"))
    after = kg.build([acme], shipped=False).export("ttl").splitlines()
    assert len(before) == len(after)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b.strip() for _, b in changed] == [
        b'cp:aim "21"^^xsd:decimal ;',
        b'cp:value "21"^^xsd:decimal .',
    ]


LITERALS = {
    "decimal": "1.50",
    "integer": "007",
    "date": "2017-06-30",
    "boolean": "1",
    "double": "1.0E0",
    "nonNegativeInteger": "5",
    "duration": "P12M",
}


@pytest.mark.parametrize("form", PARSERS)
@pytest.mark.parametrize("datatype", LITERALS)
def test_literals_keep_every_character(form: str, datatype: str) -> None:
    said = f'<a:s> <a:p#p> "{LITERALS[datatype]}"^^<{XSD}{datatype}> <a:g> .\n'.encode()
    written = rdf.write_rdf(said, b"", form)
    (quad,) = ox.parse(written, PARSERS[form])
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == LITERALS[datatype]
    assert quad.object.datatype.value == XSD + datatype


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(text)
@pytest.mark.parametrize("form", PARSERS)
def test_any_text_survives_or_is_refused(form: str, value: str) -> None:
    quad = ox.Quad(
        ox.NamedNode("a:s"), ox.NamedNode("a:p#p"), ox.Literal(value), ox.NamedNode("a:g")
    )
    said = ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b""
    try:
        written = rdf.write_rdf(said, b"", form)
    except OutputError:
        assert form == "rdf"
        return
    (back,) = ox.parse(written, PARSERS[form])
    assert back.object == quad.object


SLUGS = st.text(st.sampled_from("aé09-._~!$&'()*+,;=/?@%:"), max_size=12)


@given(SLUGS, st.sampled_from([ID, CP, "http://example.org/a-"]), text)
@pytest.mark.parametrize("form", ["ttl", "trig"])
def test_names_are_written_without_the_escapes_that_old_readers_lack(
    form: str, slug: str, base: str, value: str
) -> None:
    name = ox.NamedNode(base + slug.replace("%", "%25"))
    graph = ox.NamedNode("a:g") if form == "ttl" else name
    said = [
        ox.Quad(name, ox.NamedNode(CP + "p"), some, graph) for some in (name, ox.Literal(value))
    ]
    lines = nquads.canonical(said)
    written = rdf.write_rdf(b"".join(lines), b"", form)
    back = list(ox.parse(written, PARSERS[form]))
    assert {(q.subject, q.object) for q in back} == {(q.subject, q.object) for q in said}
    assert b"\\" not in re.sub(rb'"(?:[^"\\]|\\.)*"', b"", written)


def test_rdflib_dataset_refuses_what_it_would_not_heed(graph: kg.Graph) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM id:medianama-2017-03-28 { ?s ?p ?o }"
    assert graph.query(query).rows[0][0] < len(graph.index)
    with pytest.raises(QueryError, match="is not heeded here; ask with GRAPH"):
        graph.rdflib.query(query)


def test_rdflib_dataset_is_over_the_same_store(graph: kg.Graph) -> None:
    dataset = graph.rdflib
    asked = "SELECT ?o WHERE { id:xiaomi cp:partnerOf ?o } ORDER BY ?o"
    partners = [str(row.o).removeprefix(ID) for row in dataset.query(asked)]
    assert {"bank-of-china", "mobikwik", "unionpay"} <= set(partners)
    assert len(dataset.graph(rdflib.URIRef(DERIVED))) == graph.derived.count(b"\n")
    value = rdflib.URIRef("https://w3id.org/corporate-plans/ontology#value")
    target = rdflib.URIRef(ID + "medianama-2017-03-28.3.4")
    assert dataset.value(target, value).toPython() == Decimal(500)
    with pytest.raises(UsageError, match="never changes"):
        dataset.add((target, value, rdflib.Literal(1)))
    with pytest.raises(UsageError, match="never changes"):
        dataset.update("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="another host"):
        dataset.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.parametrize("form", ["nq", "nt", "ttl", "trig", "jsonld", "rdf"])
def test_pieces_in_which_a_graph_is_written_do_not_show(
    graph: kg.Graph, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = graph.export(form)
    monkeypatch.setattr(rdf, "_PIECE", 7)
    monkeypatch.setattr(aside, "_PIECE", 7)
    monkeypatch.setattr(aside, "_HELD", 1)
    assert graph.export(form) == whole


@pytest.mark.parametrize("form", ["trig", "jsonld", "rdf"])
def test_what_has_no_room_aside_is_not_written(
    graph: kg.Graph, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_HELD", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(OutputError, match=r"gone: cannot be written.*TMPDIR"):
        next(graph.export_pieces(form))


@pytest.mark.parametrize("value", ["a" * 3_000, "b"])
def test_what_xml_cannot_hold_is_told_by_its_subject_wherever_it_stands(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_PIECE", 64)
    said = f'<a:s> <a:p> "{value}" <a:g> .\n<a:t> <a:p> "{value}\\u0001" <a:g> .\n'
    with pytest.raises(OutputError, match="control character of <a:t>"):
        rdf.write_rdf(said.encode(), b"", "rdf")


@pytest.mark.parametrize("form", ["nq", "nt", "ttl", "trig", "jsonld", "rdf"])
def test_a_store_is_exported_without_being_in_memory(
    graph: kg.Graph, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build(check=False).save(tmp_path / "store")
    stored = kg.open(tmp_path / "store")
    monkeypatch.setattr(rdf, "_PIECE", 100)
    monkeypatch.setattr(aside, "_PIECE", 1_000)
    sizes = [len(piece) for piece in stored.export_pieces(form)]
    assert max(sizes) < sum(sizes) / 10
    assert b"".join(stored.export_pieces(form)) == graph.export(form)
    assert not {"asserted", "derived"} & set(vars(stored.content))


@pytest.mark.parametrize("part", ["asserted", "derived"])
def test_nothing_of_a_damaged_store_is_exported(tmp_path: Path, part: str) -> None:
    kg.build(check=False).save(tmp_path / "store")
    stored = kg.open(tmp_path / "store")
    made = generation(tmp_path / "store")
    lines = made / part / stored.content.sheaf(part).parts[-1].name
    data = bytearray(lines.read_bytes())
    data[-10] ^= 1  # the last lines, which one who reads once would meet last
    lines.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged"):
        next(stored.export_pieces("nq"))


def test_a_subject_of_more_lines_than_a_piece_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    said = b"".join(b'<a:s> <a:p> "%02d" <a:g> .\n' % n for n in range(30))
    more = said + b"".join(b"<a:t%d> <a:p> <a:o> <a:g> .\n" % n for n in range(3))
    whole = rdf.write_rdf(more, b"", "ttl")
    for size in range(1, 35):
        monkeypatch.setattr(rdf, "_PIECE", size)
        assert rdf.write_rdf(more, b"", "ttl") == whole
    assert whole.count(b"<a:s>") == 1
    assert rdf.write_rdf(b"", b"", "ttl") == b""
