"""Bad and hostile input: one sentence that names the place, the right exit code, nothing written."""

from __future__ import annotations

import io
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kg.base import CP, ID, MAX_DEPTH, PREFIXES, RDF, Reach
from kg.base.reach import MAX_PARTS, MAX_QUERY
from kg.cli import asking
from tests.conftest import ARTICLE

if TYPE_CHECKING:
    from tests.zygote import Zygote

# Just past our own bounds: no engine would mind.
DEEP, MANY = MAX_DEPTH + 1, MAX_PARTS + 1
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>"""
NESTED_XML = "<a xmlns='http://a/'>" * DEEP + "</a>" * DEEP

# Name of the file, its content, the line that is named (0: none), words of the sentence.
FILES = [
    ("broken.yaml", "id: [", 2, "is not YAML"),
    ("empty.yaml", "", 0, "is empty"),
    ("list.yaml", "- a", 1, "not a mapping"),
    ("no-id.yaml", "type: Article", 1, "has no 'id'"),
    ("latin.yaml", b"id: caf\xe9", 1, "is not UTF-8"),
    ("key.yaml", ARTICLE.replace("due:", "deu:"), 15, "'deu', which means nothing here; did you"),
    ("twice.yaml", ARTICLE.replace("value: 20", "value: 20\n    value: 21"), 15, "'value' twice"),
    ("again.yaml", ARTICLE + "  - id: gazette-2020.1\n", 23, "the id 'gazette-2020.1' twice"),
    ("blank.yaml", ARTICLE.replace("value: 20", "value:"), 14, "nothing after 'value'"),
    ("words.yaml", ARTICLE.replace("jo-doe", "Jo Doe"), 17, "'Jo Doe' after 'speaker'"),
    ("tag.yaml", "id: a\nnote: !!python/object/apply:os.system [ls]", 2, "tags are refused"),
    ("alias.yaml", "id: &a a\nnote: *a", 2, "uses the alias"),
    ("bomb.yaml", "id: a\nthings: &a [{id: b}]\nstatements: [*a, *a]", 3, "uses the alias"),
    ("deep.yaml", "id: a\nnote: " + "[" * DEEP + "]" * DEEP, 2, "nests more than"),
    ("context.yaml", 'id: a\n"@context": http://example.org/', 2, "means nothing here"),
    ("broken.ttl", "<a:s> <a:p>\n <o o> .", 2, "is not Turtle"),
    ("latin.ttl", b'<a:s> <a:p> "\xe9" .', 1, "is not Turtle"),
    ("deep.ttl", "[ <a:p> " * DEEP + "]" * DEEP + " .", 1, "nests more than"),
    ("lists.ttl", "<a:s> <a:p>\n" + "(" * DEEP + ")" * DEEP + " .", 2, "nests more than"),
    ("terms.nt", "<a:s> <a:p> " + "<<( <a:s> <a:p> " * DEEP, 1, "nests more than"),
    ("term.ttl", "<a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> .", 0, "triple terms"),
    ("broken.nq", "<a:s> <a:p> .", 1, "is not N-Quads"),
    ("marked.nq", "\ufeff<a:s> <a:p> <a:o> .", 1, "begins with a byte order mark"),
    ("marked.ttl", "\ufeff<a:s> <a:p> <a:o> .", 1, "begins with a byte order mark"),
    ("marked.jsonld", '\ufeff{"a": 1}', 0, "is empty"),
    ("broken.jsonld", '{"a": [1,}', 1, "is not JSON-LD"),
    ("deep.jsonld", '{"a":\n' + "[" * DEEP + "]" * DEEP + "}", 2, "nests more than"),
    ("remote.jsonld", '{"@context": "http://127.0.0.1:9/", "a": 1}', 0, "which is refused"),
    (
        "schema.jsonld",
        '{"@context": "http://schema.org/", "a": 1}',
        0,
        '"@vocab": "https://schema.org/"',
    ),
    ("local.jsonld", '{"@context": "file:///etc/passwd", "a": 1}', 0, "which is refused"),
    ("import.jsonld", '{"@context": {"@import": "file:///etc/passwd"}}', 0, "which is refused"),
    ("bomb.rdf", BOMB, 1, "declares a DOCTYPE"),
    ("wide.rdf", BOMB.encode("utf-16"), 1, "DOCTYPE"),
    ("page.rdf", "<!DOCTYPE html><html><body/></html>", 1, "is a page of HTML"),
    ("deep.rdf", NESTED_XML, 1, "nests more than"),
    ("broken.rdf", "<a><b></a>", 1, "is not XML"),
    ("empty.ttl", "# nothing", 0, "is empty"),
    ("keyword.yaml", 'id: a\nabout: "@foo"', 2, "which is not an id"),
    ("nested.yaml", "id: a\nthings: [[], {}]", 2, "empty or a nested list"),
    ("reserved.yaml", "id: derived\ntype: Article", 1, "which is reserved"),
    ("only-id.yaml", "id: a", 0, "says nothing but its id"),
    ("nothing.jsonld", '{"a": 1}', 0, "is empty"),
    ("escape.ttl", "<a:\\u0041#> <a:p> " + "<<( <a:s> <a:p> " * DEEP, 1, "nests more than"),
    ("outside.yaml", "id: ../../x", 1, "which is not an id"),
    ("percent.yaml", "id: a%zz", 1, "which is not an id"),
    ("host.yaml", "id: 'http://[bad'", 1, "which is not an id"),
    ("encoding.rdf", '<?xml version="1.0" encoding="x-foo"?><a/>', 0, "is not XML"),
    ("notes.docx", "x", 0, "is no source; sources end in"),
]


@pytest.mark.parametrize(("name", "content", "line", "words"), FILES, ids=[f[0] for f in FILES])
def test_bad_file_gets_one_sentence(tmp_path: Path, run, name, content, line, words) -> None:
    path, out = tmp_path / name, tmp_path / "out"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("build", path, "-o", out)
    assert result.exit_code == 3, result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr
    assert (f"{path}:{line}: " if line else f"{path}: ") in result.stderr
    assert not out.exists()
    assert run("query", "ASK {}", "-s", path).exit_code == 3


def test_missing_folder_empty_folder_and_device_are_named(tmp_path: Path, run) -> None:
    (tmp_path / "empty").mkdir()
    for path, words in (
        (tmp_path / "missing.yaml", "No such file"),
        (tmp_path / "empty", "holds no source"),
        (tmp_path / "folder.ttl", "holds no source"),
    ):
        if path.name == "folder.ttl":
            path.mkdir()
        result = run("build", path, "-o", tmp_path / "out")
        assert result.exit_code == 3
        assert words in result.stderr
    os.mkfifo(tmp_path / "pipe.ttl")
    result = run("build", tmp_path / "pipe.ttl", "-o", tmp_path / "out")
    assert (result.exit_code, "is not a file" in result.stderr) == (3, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["query PIPE", "query PIPE.rq", "verify --texts TEXTS"])
def test_pipe_that_is_named_as_a_file_is_not_waited_for(tmp_path: Path, run, command: str) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("pipe", "pipe.rq", "texts/medianama-2017-03-28.txt"):
        os.mkfifo(tmp_path / name)
    words = command.replace("PIPE", f"{tmp_path}/pipe").replace("TEXTS", f"{tmp_path}/texts")
    result = run(*words.split())
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert result.stderr.endswith(": is not a file\n")


def test_copy_of_a_table_that_is_a_pipe_is_not_waited_for(tmp_path: Path, run) -> None:
    os.mkfifo(tmp_path / "table.csv")
    result = run("verify", "--texts", tmp_path)
    assert (result.exit_code, result.stderr) == (3, f"kg: {tmp_path}/table.csv: is not a file\n")


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="needs /dev/zero")
def test_device_is_no_query_and_no_store(tmp_path: Path, run) -> None:
    result = run("query", "/dev/zero")
    assert (result.exit_code, result.stderr) == (3, "kg: /dev/zero: is not a file\n")
    (tmp_path / "current").symlink_to("/dev/zero")
    result = run("stats", "--store", tmp_path)
    assert (result.exit_code, "is no store" in result.stderr) == (3, True)


@pytest.mark.parametrize("named", [False, True])
def test_query_without_an_end_is_refused_once_it_is_too_long(
    tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    taken: list[int] = []

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            taken.append(len(buffer))
            return len(buffer)

    if named:
        path = tmp_path / "long.rq"
        path.write_bytes(b" " * ((4 << 20) + 1))
        result = run("query", path)
    else:
        ends = SimpleNamespace(buffer=io.BufferedReader(Endless()))
        monkeypatch.setattr(asking, "sys", SimpleNamespace(stdin=ends))
        result = run("query", "-")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "is larger than 4 MiB" in result.stderr
    assert sum(taken) <= 5 << 20


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(tmp_path: Path, run) -> None:
    path = tmp_path / "secret.ttl"
    path.write_text("")
    path.chmod(0)
    assert "Permission denied" in run("build", path).stderr


# What breaks a shape: a change to the article, the line of the finding, words of the sentence.
FINDINGS = [
    ("due: 2030-12-31", "due: 2030-13-31", 15, "such as 2017-06-30"),
    ("about: acme-shops", "about: acme-shoops", 12, "mend the reference"),
    ("indicator: retail-outlets", "indicator: retail-outlet", 13, "did you mean 'retail-outlets'?"),
    ("value: 20\n", "value: twenty\n", 14, "A number is a decimal"),
    ("due_pre", "baseline: 3\n    baseline_date: 2031-01-01\n    due_pre", 17, "due before it"),
    ("    value: 20\n", "", 10, "either one value, or a minimum and a maximum"),
    ("end: 44", "end: 4400", 7, "ends beyond"),
    ("start: 0", "start: 45", 20, "ends where it starts or before"),
    ("type: Target", "type: Targte", 11, "choose Target, Observation"),
    ("due_precision: year", "due_precision: yaer", 16, "one of day, month, quarter"),
    ("publisher: gazette", "publisher: jo-doe", 4, "publisher"),
    ("language: en", "language: plain English", 6, "a language tag"),
    ("speaker: jo-doe", "speaker: acme-shops", 17, "a person or an organization"),
    ("speaker: jo-doe", "status: promised", 17, "status"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), FINDINGS, ids=[f[1] for f in FINDINGS])
def test_broken_shape_is_found_with_its_line(acme: Path, run, old, new, line, words) -> None:
    path, out = acme / "gazette-2020.yaml", acme / "out"
    assert old in ARTICLE
    path.write_text(ARTICLE.replace(old, new))
    result = run("check", acme)
    assert result.exit_code == 1, result.output
    assert any(
        told.startswith(f"{path}:{line}: ") and words in told for told in result.stdout.splitlines()
    ), result.stdout
    built = run("build", acme, "-o", out)
    assert built.exit_code == 1
    assert "nothing was written" in built.stderr
    assert not out.exists()


@pytest.mark.parametrize("ending", [".nt", ".nq"])
def test_a_finding_in_a_file_of_lines_is_told_by_the_line_of_the_statement(
    tmp_path: Path, run, ending: str
) -> None:
    graph = "" if ending == ".nt" else f" <{ID}a>"
    said = [
        f"<{ID}acme> <{RDF}type> <{CP}Company>",
        f'<{ID}acme> <http://www.w3.org/2000/01/rdf-schema#label> "<{ID}foo>"@en',
        f"<{ID}acme> <{CP}partnerOf> <{ID}foo>",
        f"<{ID}acme> <{CP}partnerOf> <{ID}gazette>",
        f'<{ID}gazette>  <https://schema.org/revenue>\t"5"',
    ]
    path = tmp_path / f"bare{ending}"
    path.write_text("# a comment\n\n" + "".join(f"{line}{graph} .\n" for line in said))
    result = run("check", path)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any(line.startswith(f"{path}:7: gazette") for line in lines)
    assert any(line.startswith(f"{path}:5: acme partnerOf (foo): Nothing says") for line in lines)
    assert all(line.removeprefix("hint: ").startswith(f"{path}:") for line in lines)
    assert not any(f"{path}:4:" in line for line in lines)


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("id:acme cp:partnerOf id:gazette .", "carries no facts of its own"),
        ("id:acme-shops cp:currentStatus cp:achieved .", "carries no facts of its own"),
        ("id:foo cp:partnerOf id:acme .", "of no class of the ontology"),
        ("id:foo schema:revenue 5 .", "of no class of the ontology"),
        ("id:foo a schema:Thing .", "of no class of the ontology"),
        ("id:acme rdfs:seeAlso id:nobody .", "Nothing says what this is"),
    ],
)
def test_fact_without_a_source_is_found(acme: Path, run, turtle: str, words: str) -> None:
    (acme / "bare.ttl").write_text(HEAD + turtle)
    result = run("check", acme)
    assert result.exit_code == 1
    assert words in result.stdout
    assert "bare.ttl: " in result.stdout


def test_id_of_another_file_is_refused(acme: Path, run) -> None:
    (acme / "other.yaml").write_text("id: other\nstatements:\n  - id: gazette-2020.1\n")
    result = run("check", acme)
    assert result.exit_code == 3
    assert "other.yaml:3: has the id 'gazette-2020.1', which" in result.stdout


QUERIES = [
    ("SELECT ?s\nWHERE { broken", "line 2, column"),
    ('SELECT * { ?s ?p "é" . ?s ?p }', """after 'SELECT * { ?s ?p "é" . ?s ?p'"""),
    ("", "line 1, column 1"),
    ("SELECT * { ?s nope:p ?o }", "prefix"),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "another host"),
    ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "another host"),
    ("SELECT * { ?s ?p id:a\\' sErViCe <http://a/> {} } #'", "another host"),
    ("SELECT * { ?s <a:\\u0041#> ?o SERVICE <http://127.0.0.1:9/> {} }", "another host"),
    ("SELECT * { BIND(?a<'>' AS ?y) SERVICE <http://a/> {} BIND('' AS ?z) }", "told from"),
    ("SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> {} }", "another host"),
    ("SELECT * { ?s ?p id:.SERVICE <http://127.0.0.1:9/> {} }", "another host"),
    ("PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }", "another host"),
    (
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { ?s ?p 1.SERVICEe:x { ?s ?p ?o } }",
        "another host",
    ),
    ("SELECT * { ?s ?p 2SERVICE <http://127.0.0.1:9/> {} }", "another host"),
    ("SELECT * { FILTER(?a<?b).SERVICE:x#>\n { ?s ?p ?o } }", "told from a comparison"),
    ("SELECT * { FILTER(?a<CONCAT('>')) SERVICE <http://a/> {} #'\n}", "told from a comparison"),
    ("SELECT * { FILTER(?a<?b#> '''\n) SERVICE <http://a/> {} #'''\n}", "long string"),
    ("SELECT * { FILTER(1<" + "(" * DEEP + "1" + ")" * DEEP + "&&1>0) }", "nests more than"),
    ("ASK { FILTER(" + "!" * MANY + "true) }", "keywords and operators"),
    ("ASK { FILTER(1" + "+1" * MANY + ">0) }", "keywords and operators"),
    ("ASK { " + "{} UNION " * MANY + "{} }", "keywords and operators"),
    ("ASK { ?s a" + "/a" * MANY + " ?o }", "keywords and operators"),
    ("LOAD <file:///etc/passwd>", "LOAD"),
    ("INSERT DATA { <a:s> <a:p> <a:o> }", "cannot be read"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "nothing is fetched"),
    ("SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }", "nothing is fetched"),
    ("PREFIX : <file:///etc/> ASK FROM :passwd { ?s ?p ?o }", "<file:///etc/passwd>"),
    ("ASK " + "{" * DEEP + "}" * DEEP, "nests more than"),
    ("ASK { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }", "nests more than"),
    ("ASK { ?s ?p '" + "x" * MAX_QUERY + "' }", "longer than"),
    ("", "cannot be read"),
]


@pytest.mark.parametrize(("query", "words"), QUERIES, ids=[q[0][:40] for q in QUERIES])
def test_bad_query_gets_one_sentence(run, query: str, words: str) -> None:
    result = run("query", "-", stdin=query)
    assert result.exit_code == 2, result.output
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service cp:load ?load . ?s rdfs:label 'SERVICE { {' }",
        "SELECT * FROM id:medianama-2017-03-28 { ?s ?p ?o } # SERVICE",
        'SELECT * { ?s rdfs:label """LOAD""" . id:xiaomi-india-service-centres ?p ?o }',
        "ASK { ?s cp:service ?o FILTER (?a<?b && ?c>?d) }",
        "ASK { ?s ?p <http://example.org/Service_(economics)> }",
        "ASK { VALUES ?s { " + "id:a " * MANY + "} ?s ?p ?o }",
    ],
)
def test_harmless_query_is_not_refused(query: str) -> None:
    assert Reach.of(query).problem is None


def test_from_selects_one_source(graph) -> None:
    said = graph.query("SELECT (COUNT(*) AS ?n) FROM id:medianama-2017-03-28 { ?s ?p ?o }")
    everything = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert 1000 < said.rows[0][0] < everything.rows[0][0]


def test_output_that_cannot_be_written_leaves_what_was_there(
    acme: Path, tmp_path: Path, run
) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("build", acme, "-o", tmp_path / "file")
    assert (result.exit_code, "cannot be made" in result.stderr) == (3, True)
    assert (tmp_path / "file").read_text() == "mine"
    result = run("export", "-o", tmp_path / "missing" / "a.ttl")
    assert (result.exit_code, "cannot be written" in result.stderr) == (3, True)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["export -o -", "stats", "show xiaomi", "find pay", "ask"])
def test_full_disk_is_said_in_one_sentence(zygote: Zygote, command: str) -> None:
    done = zygote.run(*command.split(), redirect=">/dev/full")
    assert done.returncode == 3
    assert done.stderr == "kg: stdout: cannot be written: No space left on device\n"


def test_reader_that_leaves_early_is_no_error() -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "kg", "export", "-o", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout
        assert done.stderr
        assert len(done.stdout.read(10)) == 10
        done.stdout.close()
        assert done.stderr.read() == b""


def test_control_and_bidi_characters_are_shown_not_obeyed(tmp_path: Path, run) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<a:s> rdfs:label "red\\u001B[31m \\u202Egnp.exe" .'
    )
    result = run("query", "SELECT ?o { <a:s> rdfs:label ?o }", "-s", path, "-f", "table")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\u001b[31m \\u202egnp.exe" in result.stdout
