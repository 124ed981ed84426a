"""Odd characters, numbers, names and streams: still an answer, or one sentence and an exit code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import xml.parsers.expat
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest

import kg
from kg.base import (
    PREFIXES,
    RDF,
    OutputError,
    QueryError,
    SourceError,
    UnknownNameError,
    UsageError,
    expand,
    to_text,
    visible,
)
from kg.export import graphml, rdf
from kg.export.elements import elements_of
from kg.plans.spelling import spell_number
from kg.query import answer, index, values
from kg.query.index import Index
from tests.conftest import ARTICLE, ROOT, TEXT, saved

if TYPE_CHECKING:
    from pathlib import Path

    from tests.zygote import Zygote

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
NOT_XML = [chr(c) for c in (*range(9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF)]
LONG = "a" * 5000


def sentence(result, code: int) -> str:
    """Return the one line of stderr of a command that ended with `code`."""
    assert result.exit_code == code, result.output
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: ")
    assert len(line) <= 410
    return line


def process(*args: str, redirect: str = "", stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = f'exec "$0" -m kg "$@" {redirect}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, *args],
        capture_output=True,
        text=True,
        check=False,
        input=stdin,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("char", NOT_XML, ids=ascii)
def test_character_that_xml_cannot_hold_is_escaped_or_refused(char: str) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("a:b", label=f"x{char}y\N{ZERO WIDTH JOINER}")
    back = nx.read_graphml(io.BytesIO(graphml.graphml_of(elements_of(network))))
    assert back.nodes["a:b"]["label"] == f"x{visible(char)}y\N{ZERO WIDTH JOINER}"

    literal = ox.Literal(f"x{char}y")
    said = f"<a:good> <a:p> <a:o> <a:g> .\n<a:bad> <a:p> {literal} <a:g> .\n".encode()
    with pytest.raises(OutputError, match="a control character of <a:bad>; take Turtle"):
        rdf.write_rdf(said, b"", "rdf")
    index = Index.of(said)
    query = "SELECT ?s ?o { ?s <a:p> ?o FILTER(isLiteral(?o)) }"
    asked = answer.Answer(lambda: index.query(query))
    with pytest.raises(OutputError, match=r"a character of \?o in row 1; take json"):
        asked.write("xml")


def test_xml_of_the_command_is_refused_with_a_sentence(acme: Path, run) -> None:
    (acme / "odd.ttl").write_text(HEAD + r'id:acme rdfs:comment "a\u0001b" .')
    query = "SELECT ?c { id:acme rdfs:comment ?c }"
    assert "cannot hold a character of ?c" in sentence(
        run("query", query, "-f", "xml", "-s", acme), 3
    )
    assert "of <https://w3id.org/corporate-plans/id/acme>" in sentence(
        run("export", "-o", "-", "-f", "rdf", "-s", acme), 3
    )
    written = run("export", "-o", "-", "-f", "graphml", "-s", acme)
    assert written.exit_code == 0
    xml.parsers.expat.ParserCreate().Parse(written.stdout_bytes, True)


_KEPT = (
    "li RDF Description ID about parseType resource nodeID datatype bagID aboutEach aboutEachPrefix"
)
_NAMELESS = ("http://e/123", "http://e/\N{GRINNING FACE}", "http://www.w3.org/2000/xmlns/foo")


@pytest.mark.parametrize("iri", [*_NAMELESS, *(RDF + name for name in _KEPT.split())])
def test_predicate_without_an_xml_name_is_refused(iri: str) -> None:
    said = f'<a:s> <{iri}> "x" <a:g> .\n'.encode()
    with pytest.raises(OutputError, match="cannot hold the predicate") as caught:
        rdf.write_rdf(said, b"", "rdf")
    assert iri in str(caught.value)
    assert rdf.write_rdf(said, b"", "ttl")


ODD = ["%zz", "http://[", "_:b", "\x1b", "\udcff", "2017-01-01T00:00:00", "a%", "<", ""]


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_name_that_can_be_no_iri_is_unknown(graph: kg.Graph, run, name: str) -> None:
    assert expand(name) is None
    with pytest.raises(UnknownNameError, match="there is no thing"):
        graph.resolve(name)
    for command in (("show", name), ("ask", "partners", "--company", name)):
        line = sentence(run(*command), 2)
        assert "there is no thing" in line
        assert line.isprintable()
    if name:
        assert "no thing" in sentence(run("view", "-o", "-", "--focus", name), 2)


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e10", "0", "-1", "86400.1", "soon"])
def test_time_without_a_bound_is_no_timeout(run, seconds: str) -> None:
    assert "'--timeout'" in sentence(run("query", "ASK {}", "--timeout", seconds), 2)


@pytest.mark.parametrize("error", [OSError, RuntimeError, ValueError])
def test_engine_that_gives_up_on_the_way_is_a_query_error(monkeypatch, error) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("no more")

    index = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n")
    monkeypatch.setattr(values, "to_python", fail)
    monkeypatch.setattr(ox, "serialize", fail)
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        asked = answer.Answer(lambda query=query: index.query(query))
        with pytest.raises(QueryError, match="the query cannot be run: no more"):
            _ = asked.rows
    with pytest.raises(QueryError, match="the query cannot be run: no more"):
        asked.write("ttl")


def test_word_or_file_name_of_any_length_gets_a_sentence(run, acme: Path, tmp_path: Path) -> None:
    assert "File name too long" in sentence(run("query", LONG), 3)
    assert "File name too long" in sentence(run("query", LONG + ".rq"), 3)
    assert "File name too long" in sentence(run("verify", "--texts", "a" * 300, "-s", acme), 3)
    assert "is a folder" in sentence(run("query", tmp_path), 3)
    assert "too long" in sentence(run("query", "ASK {}", "-o", tmp_path / (LONG + ".json")), 3)


FULL = [
    ("--help",),
    ("--version",),
    ("ask",),
    ("ask", "partners"),
    ("ask", "partners", "--sparql"),
    ("ask", "partners", "--help"),
    ("query", "ASK {}"),
    ("show", "xiaomi"),
    ("find", "pay"),
    ("stats",),
    ("export", "-o", "-"),
    ("verify", "--texts", str(ROOT / "docs")),
]


@pytest.fixture(scope="module")
def seed_store(seed: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(seed, tmp_path_factory)


@pytest.fixture
def _asked_of_the_seed(seed_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the environment name a store that is soon read."""
    monkeypatch.setenv("KG_STORE", str(seed_store))


@pytest.mark.usefixtures("_asked_of_the_seed")
@pytest.mark.parametrize("command", FULL, ids=" ".join)
@pytest.mark.parametrize(
    ("redirect", "why"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")]
)
def test_stdout_that_takes_nothing_is_one_sentence(
    zygote: Zygote, command, redirect: str, why: str
) -> None:
    result = zygote.run(*command, redirect=redirect)
    assert result.returncode == 3
    assert result.stderr == f"kg: stdout: cannot be written: {why}\n"
    assert zygote.run(*command, redirect=f"{redirect} 2>&-").returncode == 3


@pytest.mark.usefixtures("_asked_of_the_seed")
@pytest.mark.parametrize(
    "redirect", ["", ">/dev/full", ">&-", ">/dev/full 2>&-", ">&- 2>&-", "<&-"]
)
@pytest.mark.parametrize("command", ["--help", "ask partners", "query -"])
def test_process_that_a_shell_starts_ends_as_those_of_the_zygote(
    zygote: Zygote, command: str, redirect: str
) -> None:
    ours = zygote.run(*command.split(), redirect=redirect, stdin="ASK {}")
    theirs = process(*command.split(), redirect=redirect, stdin="ASK {}")
    assert (ours.returncode, ours.stdout, ours.stderr) == (
        theirs.returncode,
        theirs.stdout,
        theirs.stderr,
    )


def test_closed_stdout_does_not_matter_to_who_writes_a_file(zygote: Zygote, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    result = zygote.run("query", "ASK {}", "-o", str(path), redirect=">&-")
    assert (result.returncode, result.stderr) == (0, "")
    assert path.read_text() == '{"head":{},"boolean":true}\n'


@pytest.mark.parametrize("command", ["--help", "stats", "export -o -"])
def test_reader_that_leaves_has_read_enough(command: str) -> None:
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [sys.executable, "-m", "kg", *command.split()],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(write)
    assert (result.returncode, result.stderr) == (0, b"")


def test_closed_stdin_is_one_sentence(zygote: Zygote) -> None:
    result = zygote.run("query", "-", redirect="<&-")
    assert (result.returncode, result.stderr) == (3, "kg: stdin: is closed\n")


@pytest.mark.filterwarnings("ignore:NotImplemented:DeprecationWarning")  # rdflib, comparing words
def test_span_that_is_no_number_breaks_nothing_but_the_shapes(
    acme: Path, run, tmp_path: Path
) -> None:
    span = 'oa:start "abc" ; oa:end 44'
    (acme / "odd.ttl").write_text(
        f"{HEAD}id:odd a cp:Target ; cp:about id:acme-shops ; cp:source id:gazette-2020 ;"
        f" cp:indicator cp:retail-outlets ; cp:value 5 ;"
        f" cp:evidence id:odd-span . id:odd-span a cp:Span ; {span} ."
    )
    article = acme / "gazette-2020.yaml"
    article.write_text(ARTICLE.replace(f"length: {len(TEXT)}", "length: many"))
    (tmp_path / "gazette-2020.txt").write_text("other words")
    for command in (
        ("show", "acme"),
        ("view", "-o", "-"),
        ("export", "-o", "-", "-f", "graphml"),
        ("export", "-o", "-"),
    ):
        assert run(*command, "-s", acme).exit_code == 0
    verified = run("verify", "--texts", tmp_path, "-s", acme)
    assert (verified.exit_code, "was read many" in verified.stdout) == (1, True)
    checked = run("check", acme)
    assert checked.exit_code == 1
    assert "A span has exactly one start" in checked.stdout
    assert max(map(len, checked.stdout.splitlines())) <= 520


VALUES = {
    '"INF"^^xsd:double': "Infinity",
    '"NaN"^^xsd:double': "NaN",
    '"1E999999"^^xsd:double': "Infinity",
    '"1E999999"^^xsd:decimal': "1E999999",
    '"NaN"^^xsd:decimal': "NaN",
    f'"{"7" * 100}"^^xsd:decimal': f"7{',777' * 33}",
    f'"1.{"3" * 100}"^^xsd:decimal': f"1.{'3' * 100}",
    "true": "True",
}


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_number_beyond_all_measure_is_told_as_it_is(acme: Path, run, value: str) -> None:
    (acme / "odd.ttl").write_text(
        f"{HEAD}id:odd a cp:Target ; cp:about id:acme ; cp:source id:gazette-2020 ;"
        f" cp:indicator cp:retail-outlets ; cp:value {value} ; cp:baseline {value} ."
    )
    card = run("show", "acme", "-s", acme)
    assert card.exit_code == 0
    assert VALUES[value] in card.stdout
    assert run("view", "-o", "-", "-s", acme).exit_code == 0
    assert run("export", "-o", "-", "-f", "graphml", "-s", acme).exit_code == 0
    for form in ("table", "md", "json"):
        assert run("ask", "targets", "--company", "acme", "-s", acme, "-f", form).exit_code == 0


def test_scale_is_named_only_where_nothing_is_lost() -> None:
    assert spell_number(15 * 10**9) == "15 billion"
    assert spell_number(-1_500_000) == "-1.5 million"
    assert spell_number(10**18) == "1,000,000,000,000,000,000"
    assert spell_number(1_000_001) == "1,000,001"


def test_literal_that_is_not_well_formed_stays_text() -> None:
    for text, datatype in (
        ("1_000", "integer"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "integer"),
        ("1E2", "decimal"),
        ("20170101", "date"),
        ("2017-W01-1", "date"),
        ("nan", "double"),
        ("yes", "boolean"),
    ):
        literal = ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))
        assert values.to_python(literal) == text


def test_long_names_are_cut_in_messages(run, graph: kg.Graph) -> None:
    for command in (
        ("show", LONG),
        ("ask", LONG),
        (LONG,),
        ("find", LONG, "--store"),
        ("query", "ASK {}", "-f", LONG),
        ("ask", "partners", f"--{LONG}", "x"),
        ("ask", "overdue", "--date", LONG),
        ("export", "-o", LONG),
        ("query", f"ASK FROM <http://e/{LONG}> {{}}"),
    ):
        assert "…" in sentence(run(*command), 2) or command[0] == "find"
    assert sentence(run("find", LONG), 1).endswith("aaa'")
    assert str(SourceError(LONG, f"has {LONG!r}", line=3)).count("…") == 2
    with pytest.raises(UnknownNameError, match="did you mean 'xiaomi'"):
        graph.resolve("xiaomy")


def test_unseen_characters_are_seen_on_one_line(acme: Path, run) -> None:
    assert visible("\u2028\u2029\x1b\n\t\ufffe") == r"\u2028\u2029\u001b\u000a\u0009\ufffe"
    assert to_text("a\nb") == r"a\u000ab"
    (acme / "odd.ttl").write_text(HEAD + r'id:acme skos:altLabel "a\u001B\u2028\u2029\nb\tc" .')
    told = r"a\u001b\u2028\u2029\u000ab\u0009c"
    found = run("find", "acme", "-s", acme).stdout
    assert f"acme\tCompany\tAcme (also {told})\n" in found
    assert all(line.count("\t") == 2 for line in found.splitlines())
    query = "SELECT ?name { id:acme skos:altLabel ?name }"
    for form, lines in (("table", 3), ("md", 3)):
        table = run("query", query, "-f", form, "-s", acme).stdout
        assert told in table
        assert len(table.splitlines()) == lines


@pytest.mark.parametrize("day", ["2017-W01", "2017-W01-1", "20170101", "2017-1-1", "2017-02-30"])
def test_day_is_year_month_and_day_and_nothing_else(graph: kg.Graph, run, day: str) -> None:
    assert "give a day as YYYY-MM-DD" in sentence(run("ask", "overdue", "--date", day), 2)
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        graph.ask("due", until=day)


def test_source_that_is_given_wins_over_the_store_of_the_environment(
    acme: Path, run, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "nowhere"))
    assert "is no store" in sentence(run("query", "ASK {}"), 3)
    assert run("show", "acme", "-s", acme).exit_code == 0
    assert run("ask", "targets", "--company", "acme", "-s", acme).exit_code == 0
    assert "not both" in sentence(run("query", "ASK {}", "-s", acme, "--store", tmp_path), 2)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("--nope", "kg: No such option '--nope'; try kg --help"),
        ("verify", "kg: Missing option '--texts'; try kg verify --help"),
        ("query", "kg: Missing argument 'QUERY'; try kg query --help"),
    ],
)
def test_usage_error_is_one_line_that_names_the_help(run, command: str, line: str) -> None:
    said = sentence(run(*command.split()), 2)
    assert said.startswith(line)
    assert said.endswith(" --help")


def test_command_alone_shows_its_help(run) -> None:
    result = run()
    assert "Usage: kg [OPTIONS] COMMAND" in result.stderr + result.stdout


def test_contradiction_of_statements_without_a_source_tells_what_they_say(tmp_path: Path) -> None:
    said = "id:{} a cp:Observation ; cp:about id:thing ; cp:value {} ; cp:when {} {}.\n"
    (tmp_path / "said.ttl").write_text(
        HEAD
        + said.format("one", 5, '"2020-01-01"^^xsd:date', "; cp:contradicts id:other ")
        + said.format("other", 7, '"2020-02-01"^^xsd:date', "")
    )
    graph = kg.build([tmp_path / "said.ttl"], check=False)
    (row,) = graph.ask("contradictions").rows
    assert row[1] == "day, value"
    assert row[4:8] == ("one", "5 on 2020-01-01", "other", "7 on 2020-02-01")


@pytest.mark.parametrize("least", [0, 10**9])
def test_index_is_the_same_however_it_is_loaded(
    least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "LARGE", least)
    loaded = Index.of(b"<a:s> <a:p> <a:o> <a:g> .\n", b"<a:s> <a:p> <a:q> <a:h> .\n")
    assert len(loaded) == 2
    with pytest.raises(SyntaxError, match="line 1"):
        Index.of(b"nonsense\n")


@pytest.mark.parametrize("form", ["ttl", "nq", "graphml", "gexf", "cx2", "cypher", "csv", "neo4j"])
def test_day_of_what_is_the_same_on_all_days_is_told(
    run, acme: Path, form: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = ("export", "-s", acme, "-f", form, "-o", out, "--date", "2020-06-01")
    told = sentence(run(*asked), 2)
    assert (
        "is the day on which xlsx, ics, atom, ftm, ftm-statements, parquet say how promises stand"
        in told
    )
    assert f"for {form} as of a day give --as-of" in told
    assert not out.exists()
