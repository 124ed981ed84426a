"""The network for databases of property graphs: Cypher that one runs and Neo4j's parser passes, and bulk tables."""

from __future__ import annotations

import csv
import errno
import gc
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kg.base import UsageError, files
from kg.export.cypher import cypher_of, told_links, type_of_predicate
from kg.export.elements import Elements, elements_of, load_elements
from kg.export.neo4j import neo4j_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import kg

TEXTS = [
    "it's",
    'a "quoted" one',
    "back\\slash",
    "\\u0027",
    "two\nlines",
    "tab\there",
    "a;b,c",
    "é 😀",
    "//x",
    "$y {z}",
]


@pytest.fixture(scope="module")
def hostile() -> Elements:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, text in enumerate(TEXTS):
        network.add_node(f"urn:{number}", label=text, type="place", aliases=TEXTS, facts=[])
    network.add_node("urn:'}) DETACH DELETE n //", label="x", type="a`) DELETE", facts=[])
    network.add_edge(
        "urn:0", "urn:1", "urn:a`]->() DELETE", label="\x00", timeless=True, facts=TEXTS
    )
    return elements_of(network)


def statements(script: bytes) -> list[str]:
    """Return the statements of a script, without comments; each ends its line."""
    lines = [line for line in script.decode().split("\n") if not line.startswith("//")]
    return [one for one in "\n".join(lines).split(";\n") if one]


def run_script(ask: Callable[[str], list[Any]], elements: Elements) -> None:
    for one in statements(cypher_of(elements)):
        if not one.startswith("CREATE CONSTRAINT"):  # which each database has in words of its own
            ask(one)


def texts(rows: list[Any]) -> list[list[str]]:
    return [
        [cell.decode() if isinstance(cell, bytes) else str(cell) for cell in row] for row in rows
    ]


def test_database_holds_all_that_is_exported_however_often_it_is_run(
    elements: Elements, falkordb: Callable[[str], list[Any]]
) -> None:
    for _ in range(2):
        run_script(falkordb, elements)
        ((nodes,),) = falkordb("MATCH (n:Entity) RETURN count(n)")
        assert nodes == len(elements.nodes) > 400
        ((said,),) = falkordb("MATCH (n:Statement) RETURN count(n)")
        assert said == len(elements.facts) > 500
        ((told,),) = falkordb("MATCH (:Statement)-[r:TELLS_OF]->(:Entity) RETURN count(r)")
        assert told == len(told_links(elements)) > 500
        rows = texts(falkordb("MATCH (a:Entity)-[r]->(b:Entity) RETURN a.slug, type(r), b.slug"))
        assert sorted(map(tuple, rows)) == sorted(
            (edge.source, type_of_predicate(edge.predicate), edge.target) for edge in elements.edges
        )


def test_question_that_people_ask_of_a_property_graph_is_answered_with_its_evidence(
    elements: Elements, falkordb: Callable[[str], list[Any]]
) -> None:
    run_script(falkordb, elements)
    asked = """MATCH (:Company {slug: 'xiaomi'})-[r:PARTNER_OF]->(who {slug: 'mobikwik'}), (s:Statement)
      WHERE s.slug IN r.facts AND r.start < date('2017-01-01')
      RETURN who.label, s.publisher, s.published ORDER BY s.published"""
    rows = texts(falkordb(asked))
    assert ["MobiKwik", "MediaNama", "2017-03-28"] in rows


def test_every_text_comes_back_from_the_database_and_none_is_run(
    hostile: Elements, falkordb: Callable[[str], list[Any]]
) -> None:
    run_script(falkordb, hostile)
    rows = texts(falkordb("MATCH (n:Entity) RETURN n.slug, n.label ORDER BY n.slug"))
    assert rows == [[node.name, str(node.values["label"])] for node in hostile.nodes]
    items = falkordb("MATCH (n {slug: 'urn:0'}) UNWIND n.aliases AS item RETURN item")
    (first,) = (node for node in hostile.nodes if node.name == "urn:0")
    assert [cell for (cell,) in texts(items)] == first.values["aliases"]


LINT = """
const {lintCypherQuery} = require('@neo4j-cypher/language-support');
const script = require('fs').readFileSync(process.argv[1], 'utf8');
const told = lintCypherQuery(script, {}).diagnostics ?? lintCypherQuery(script, {});
console.log(JSON.stringify(told.map((one) => [one.severity, one.message])));
"""


def test_parser_of_neo4j_finds_nothing_wrong(
    small: kg.Graph, hostile: Elements, tmp_path: Path, node_reader: Callable[..., Any]
) -> None:
    path = tmp_path / "plans.cypher"
    path.write_text("MATCH (n) RETRUN n;\n")
    assert node_reader(LINT, path)
    # It takes a minute for all that ships; a row is like the next one.
    few = Elements(hostile.nodes[:2], hostile.edges)
    for some in (load_elements(small.index), few):
        path.write_bytes(cypher_of(some))
        assert node_reader(LINT, path) == []


# Tables


def read(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline="")))


def test_bulk_tables_hold_all_that_is_exported_and_refer_to_what_is_there(
    elements: Elements, hostile: Elements
) -> None:
    for some in (elements, hostile):
        files = neo4j_of(some)
        entities, facts = read(files, "entities.csv"), read(files, "statements.csv")
        slugs = [row["slug:ID(Entity)"] for row in entities]
        assert slugs == [node.name for node in some.nodes]
        assert len(set(slugs)) == len(slugs)
        said = [row["slug:ID(Statement)"] for row in facts]
        assert said == list(some.facts)
        links = read(files, "relationships.csv")
        assert [(row[":START_ID(Entity)"], row[":END_ID(Entity)"]) for row in links] == [
            (edge.source, edge.target) for edge in some.edges
        ]
        assert {row[":START_ID(Statement)"] for row in read(files, "evidence.csv")} <= set(said)
        assert {row[":END_ID(Entity)"] for row in read(files, "evidence.csv")} <= set(slugs)
        for node, row in zip(some.nodes, entities, strict=True):
            assert row["label:string"] == node.values["label"]
            listed = row["aliases:string[]"]
            assert (listed.split("\x1f") if listed else []) == node.values.get("aliases", [])


def test_import_names_every_table(elements: Elements) -> None:
    files = neo4j_of(elements)
    command = files["import.sh"].decode()
    for name in files.keys() - {"import.sh"}:
        assert f"={name}" in command
    assert "overwrite" not in command


# The folder


def test_command_writes_the_folder_anew_and_leaves_what_is_not_its_own(
    graph: kg.Graph, tmp_path: Path, run
) -> None:
    out = tmp_path / "neo4j"
    for _ in range(2):
        assert run("export", "-f", "neo4j", "-o", out).exit_code == 0
        assert {p.name: p.read_bytes() for p in out.iterdir()} == graph.export_files("neo4j")
        assert [path.name for path in tmp_path.iterdir()] == ["neo4j"]
    (out / "mine.txt").write_text("x")
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    result = run("export", "-f", "neo4j", "-o", out)
    assert result.exit_code == 3
    assert "has other things in it; name a new folder" in result.stderr
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["neo4j"]


def test_file_in_the_place_of_a_folder_is_named_as_one(tmp_path: Path, run) -> None:
    out = tmp_path / "plans"
    out.write_bytes(b"mine")
    result = run("export", "-f", "neo4j", "-o", out)
    assert (result.exit_code, out.read_bytes()) == (3, b"mine")
    assert "cannot be written: is no folder; name a new one" in result.stderr


def test_full_disk_leaves_the_folder_that_was_there(
    tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "neo4j"
    assert run("export", "-f", "neo4j", "-o", out).exit_code == 0
    before = {path.name: path.stat().st_ino for path in out.iterdir()}
    kept = files.write_file

    def full(path: Path, data: bytes) -> None:
        if path.name == "relationships.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(path, data)

    monkeypatch.setattr(files, "write_file", full)
    result = run("export", "-f", "neo4j", "-o", out)
    assert result.exit_code == 3
    assert "No space left on device" in result.stderr
    assert {path.name: path.stat().st_ino for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["neo4j"]
    assert gc.isenabled()


@pytest.mark.parametrize("arguments", [["-o", "-"], ["-o", "x", "--part", "derived"]])
def test_folder_is_no_stream_and_no_part(arguments: list[str], run) -> None:
    result = run("export", "-f", "neo4j", *arguments)
    assert result.exit_code == 2
    assert "neo4j is a whole graph in a folder of files" in result.stderr


def test_file_and_folder_are_told_apart(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="neo4j is a folder of files"):
        graph.export("neo4j")
    with pytest.raises(UsageError, match="no format of a folder 'ttl'"):
        graph.export_files("ttl")
