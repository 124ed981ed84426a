"""The command: every subcommand as a new user would try it."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import ID, SHIPPED_LICENCE, Finding, Report
from kg.cli import common, main
from kg.query import questions
from tests.conftest import ARTICLE, TEXT, THINGS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    described = main.commands[command].help
    assert described
    assert described.split("\n")[0].rstrip().endswith((".", ",", "1"))


def test_help_tells_each_command_in_a_line_that_is_not_cut_off(run) -> None:
    lines = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted(main.commands)
    assert [line for line in lines if len(line) > 80 or not line.endswith(".")] == []


def test_build_writes_turtle_and_page_and_tells_what_it_did(
    graph: kg.Graph, tmp_path: Path, run
) -> None:
    out, store = tmp_path / "out", tmp_path / "store"
    first = run("build", "-o", out, "--store", store)
    assert first.exit_code == 0, first.output
    assert first.stdout == ""
    figures = graph.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s cp:source ?x }").rows
    assert f": {figures[0][0]:,} statements of 131 sources, 87 with a span; " in first.stderr
    assert " 0 findings; " in first.stderr
    written = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(written) == {"plans.ttl", "plans.html", ".built.json", ".built.lock"}
    for again in (out, tmp_path / "other"):
        assert run("build", "-o", again, "--quiet").output == ""
        assert {path.name: path.read_bytes() for path in again.iterdir()} == written


def test_store_answers_as_the_sources_do(stored: Path, run) -> None:
    for command in (
        ("ask", "partners", "-f", "json"),
        ("ask", "single-origin", "-f", "json"),
        ("show", "xiaomi"),
        ("find", "pay"),
        ("stats",),
        ("export", "-o", "-"),
        ("export", "-o", "-", "-f", "graphml"),
        # Of a store nobody knows the licence.
        ("view", "-o", "-", "--focus", "mobikwik", "--license", SHIPPED_LICENCE),
    ):
        fresh, held = run(*command), run(*command, "--store", stored)
        assert fresh.exit_code == held.exit_code == 0
        assert fresh.stdout == held.stdout


def test_own_sources_alone_and_beside_the_shipped_ones(acme: Path, run, tmp_path: Path) -> None:
    assert run("check", acme).exit_code == 0
    alone = run("ask", "targets", "--company", "Acme", "-s", acme, "-f", "json")
    (row,) = json.loads(alone.stdout)["results"]["bindings"]
    assert row["value"]["value"] == "20"
    assert run("ask", "partners", "-s", acme).exit_code == 2
    beside = run("ask", "partners", "--company", "mobikwik", "-s", acme, "--with-shipped")
    assert (beside.exit_code, "medianama-2016-07.1" in beside.stdout) == (0, True)
    both = run("build", acme, "--with-shipped", "-o", tmp_path / "out")
    assert " of 132 sources, 88 with a span; " in both.stderr


def test_check_of_the_shipped_data_finds_nothing(run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 findings, 0 hints\n"
    assert run("check", "--quiet").output == ""


def test_check_of_a_file_beside_a_store(run, stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "gazette.yaml"
    article = ARTICLE.replace("about: acme-shops", "about: xiaomi-india-phone-export")
    path.write_text(article, encoding="utf-8")
    result = run("check", path, "--store", stored)
    assert result.exit_code == 1
    assert result.stdout == run("check", path, "--with-shipped").stdout
    assert "did you mean 'xiaomi-india-phone-exports'?" in result.stdout
    refused = run("check", path, "--store", stored, "--with-shipped")
    assert (refused.exit_code, "against a store files are checked alone" in refused.stderr) == (
        2,
        True,
    )


@pytest.mark.parametrize(
    ("query", "form", "begins"),
    [
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "csv", "p\r\nhttps://w3id"),
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "tsv", "?p\n<https://w3id"),
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "json", '{"head":{"vars":["p"]}'),
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "xml", "<?xml"),
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "md", "| p "),
        ("SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p", "table", " p\n"),
        ("ASK { id:xiaomi cp:partnerOf id:mobikwik }", "json", '{"head":{},"boolean":true}'),
        ("ASK { id:xiaomi cp:partnerOf id:mobikwik }", "table", " answer\n"),
        ("DESCRIBE id:miui", "ttl", "@prefix"),
        ("CONSTRUCT WHERE { id:xiaomi cp:offers ?x }", "nt", "<https://w3id.org"),
        ("CONSTRUCT WHERE { id:xiaomi cp:offers ?x }", "jsonld", "["),
        ("CONSTRUCT WHERE { id:xiaomi cp:offers ?x }", "table", " subject"),
    ],
)
def test_query_answers_all_four_forms(run, query: str, form: str, begins: str) -> None:
    result = run("query", query, "-f", form)
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.decode().startswith(begins)


def test_form_that_does_not_suit_is_refused(run) -> None:
    assert "cannot be written as ttl" in run("query", "SELECT ?s {?s ?p ?o}", "-f", "ttl").stderr
    result = run("query", "DESCRIBE id:miui", "-f", "csv")
    assert (result.exit_code, "take ttl, nt or jsonld" in result.stderr) == (2, True)


def test_query_comes_from_a_file_or_stdin_and_goes_to_a_file(run, tmp_path: Path) -> None:
    text = "SELECT ?p { id:xiaomi cp:partnerOf ?p } ORDER BY ?p LIMIT 3"
    (tmp_path / "q.rq").write_text(text)
    answer = run("query", text).stdout
    assert answer.count("\n") == 4
    assert run("query", tmp_path / "q.rq").stdout == answer
    assert run("query", "-", stdin=text).stdout == answer
    assert run("query", text, "-o", tmp_path / "a.csv").stdout == ""
    assert (tmp_path / "a.csv").read_text().count("\n") == 4
    result = run("query", tmp_path / "missing.rq")
    assert (result.exit_code, "No such file" in result.stderr) == (3, True)


def test_name_that_ends_as_queries_do_is_a_file_whatever_is_in_it(run, tmp_path: Path) -> None:
    path = tmp_path / "my {own} folder" / "my query.RQ"
    path.parent.mkdir()
    path.write_text("ASK { id:xiaomi a cp:Company }")
    assert run("query", path).stdout == "true\n"
    result = run("query", "my folder/x.rq")
    assert result.exit_code == 3
    assert result.stderr == "kg: my folder/x.rq: cannot be read: No such file or directory\n"


def test_store_is_no_source_and_that_is_told(run, stored: Path) -> None:
    for command in (("check",), ("build", "-q", "--store", stored), ("stats", "--source")):
        result = run(*command, stored)
        assert result.exit_code == 3
        assert result.stderr == (
            f"kg: {stored}: is a store, not a source; name the files that it was built from,"
            " or ask it with --store\n"
        )


def test_what_there_is_one_of_is_told_as_one(run, tmp_path: Path) -> None:
    path = tmp_path / "one.ttl"
    path.write_text(THINGS)
    told = run("build", path, "-o", tmp_path / "out").stderr
    assert told.startswith("read 1 file: 0 statements of 0 sources, 0 with a span; ")
    report = Report((Finding("a:b", None, None, "is odd", "a:s", violation=False),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg, "check", lambda *_, **__: report)
        assert run("check").stderr == "0 findings, 1 hint\n"
    assert run("diff", path, path).stderr == "no differences\n"
    other = tmp_path / "other.ttl"
    other.write_text(THINGS.replace("Jo Doe", "Jo Roe"))
    assert run("diff", path, other).stderr == "1 difference\n"


def test_ask_lists_every_question_with_its_parameters(run) -> None:
    listed = run("ask").stdout
    for question in questions.load_questions():
        assert question.name in listed
        assert all(f"--{parameter.name}" in listed for parameter in question.parameters)
        told = run("ask", question.name, "--help").stdout
        assert " ".join(question.description.split())[:60] in " ".join(told.split())


def test_sparql_of_a_question_can_be_asked_elsewhere(run) -> None:
    sparql = run("ask", "partners", "--company", "Xiaomi", "--sparql").stdout
    assert run("query", "-", stdin=sparql).stdout == run("ask", "partners").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "partner"), "did you mean 'partners'"),
        (("ask", "partners", "--company", "xiaomy"), "did you mean 'xiaomi'"),
        (("ask", "overdue", "--date", "tomorrow"), "give a day as YYYY-MM-DD"),
        (("show", "mobikwick"), "did you mean 'mobikwik'"),
        (("exprot",), "did you mean 'export'"),
        (
            ("ask", "partners", "--compny", "xiaomi"),
            "kg: there is no option '--compny'; did you mean '--company' or '--only'?\n",
        ),
        (
            ("stats", "--sorce", "x"),
            "kg: there is no option '--sorce'; did you mean '--source' or '--store'?\n",
        ),
        (("export", "-o", "plans.foo"), "end it in .ttl"),
        (("query", "ASK {}", "--store", "a", "-s", "b"), "not both"),
        (("query", "ASK {}", "--with-shipped"), "--with-shipped goes with --source"),
        (
            ("query", "ASK {}", "--store", "a", "--with-shipped"),
            "--with-shipped goes with --source",
        ),
    ],
)
def test_unknown_name_suggests_the_nearest(run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_show_is_a_card_with_evidence(run) -> None:
    card = run("show", "Xiaomi").stdout
    for line in (
        "Xiaomi  [xiaomi]",
        "company · also Mi, Xiaomi Corporation, 小米 · Maker",
        "  ● second plant in India — achieved",
        "  Xiaomi is partner of MobiKwik for one-touch recharge in India",
        "      MediaNama 2017-03-28 · section 4, characters 2514–2574 · medianama-2017-03-28.4.11",
    ):
        assert line in card
    assert "UnionPay  [unionpay]" in run("show", "Union Pay").stdout


def test_find_knows_other_names(run) -> None:
    assert run("find", "ET").stdout.startswith("economic-times\tOrganization\tThe Economic Times")
    assert run("find", "小米").stdout.startswith("xiaomi\tCompany\tXiaomi")
    result = run("find", "zzz")
    assert (result.exit_code, result.stdout) == (1, "")
    result = run("find", "xioami")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("kg: nothing is called 'xioami'; did you mean 'xiaomi'")


def test_view_of_a_thing_shows_what_lies_around_it(run, tmp_path: Path) -> None:
    whole, near = tmp_path / "all.html", tmp_path / "near.html"
    assert run("view", "-o", whole).exit_code == 0
    assert run("view", "-o", near, "--focus", "MobiKwik", "--hops", 1).exit_code == 0
    assert "Corporate plans: MobiKwik" in near.read_text(encoding="utf-8")
    assert near.stat().st_size < whole.stat().st_size


def test_focus_keeps_what_lies_within_the_hops(graph: kg.Graph) -> None:
    near = {iri.removeprefix(ID) for iri in graph.network(focus="Bank of China", hops=1)}
    assert near == {"bank-of-china", "xiaomi"}
    wider = {iri.removeprefix(ID) for iri in graph.network(focus="Bank of China", hops=2)}
    assert near < wider
    assert "india" in wider


def test_verify_holds_copies_against_locators(acme: Path, run, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    ask = ("verify", "--texts", texts, "-s", acme)
    missing = run(*ask)
    assert (missing.exit_code, "no copy" in missing.stdout) == (1, True)

    (texts / "any-name.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    good = run(*ask)
    assert (good.exit_code, good.stdout, good.stderr) == (0, "", "2 of 2 checks hold\n")

    (texts / "gazette-2020.txt").write_text(TEXT.replace("20 shops", "30 shops"))
    bad = run(*ask)
    assert bad.exit_code == 1
    assert "gazette-2020: the copy has other words" in bad.stdout
    assert "gazette-2020.1: other words stand at 0–44" in bad.stdout

    (texts / "gazette-2020.txt").write_text(TEXT[:10])
    short = run(*ask).stdout
    assert "the copy has 10 characters" in short
    assert "ends after the copy's 10 characters" in short

    (texts / "gazette-2020.txt").write_bytes(b"\xff")
    assert run(*ask).exit_code == 3
    assert run("verify", "--texts", tmp_path / "nowhere", "-s", acme).exit_code == 3


def test_build_of_a_folder_does_not_read_what_the_last_one_left_in_it(acme: Path, run) -> None:
    for said in ("wrote", "unchanged"):
        result = run("build", "--with-shipped", acme, "-o", acme / "out", "--store", acme / "store")
        assert result.exit_code == 0
        assert said in result.stderr
    assert list(kg.build([acme / "out"], check=False).sources) == ["plans"]


def test_build_of_the_shipped_data_spares_the_next_command_the_work(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run("build", "-o", tmp_path / "out", "-q").exit_code == 0
    (kept,) = (tmp_path / "cache" / "kg").iterdir()
    assert kg.open(kept).query("ASK { id:xiaomi a cp:Company }")
    for work in (
        "sources.reader.parse_source",
        "sources.parallel.parse_source",
        "pipeline.building.examine",
        "pipeline.building.derive",
    ):
        monkeypatch.setattr(f"kg.{work}", None)  # not called again
    assert run("ask", "partners").exit_code == 0


def test_graphml_of_a_part_is_refused(run) -> None:
    result = run("export", "-o", "-", "-f", "graphml", "--part", "derived")
    assert (result.exit_code, "leave the part out" in result.stderr) == (2, True)


def test_all_is_written_where_the_system_takes_a_part_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(io.RawIOBase):
        taken = b""

        def write(self, data: Any) -> int:
            self.taken += bytes(data[:7])
            return min(7, len(data))

    slow = Slow()
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=slow))
    common.write(b"what was promised, and what became of it", None)
    assert slow.taken == b"what was promised, and what became of it"


def test_word_stdin_is_no_standard_input(run) -> None:
    result = run("query", "stdin", stdin="ASK {}")
    assert (result.exit_code, "the query cannot be read" in result.stderr) == (2, True)
    assert run("query", "-", stdin="ASK {}").exit_code == 0


def test_only_some_columns_are_answered_in_the_order_asked(run):
    done = run("ask", "targets", "--company", "ikea", "--only", "value, about", "-f", "csv")
    assert done.stdout.splitlines()[0] == "value,about"
    refused = run("ask", "targets", "--company", "ikea", "--only", "valu", "-f", "csv")
    assert refused.exit_code == 2
    assert "there is no column 'valu'; did you mean 'value'?" in refused.stderr


def test_answer_of_a_day_to_come_says_beside_it_that_nobody_knows_what_becomes_of_it(
    acme: Path, run
) -> None:
    told = "kg: 2999-01-01 is still to come: the answer is what would follow on that day"
    ahead = run("ask", "outcome", "-s", acme, "--date", "2999-01-01", "-f", "csv")
    past = run("ask", "outcome", "-s", acme, "--date", "2021-01-01", "-f", "csv")
    assert ahead.exit_code == past.exit_code == 0
    assert ahead.stderr.startswith(told)
    assert ahead.stdout.startswith("company,")
    assert "still to come" not in past.stderr
