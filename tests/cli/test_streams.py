"""What a command says and writes, by where its streams lead and by who stops it."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete

import kg
from kg.base import Finding
from kg.cli import common, imported, main
from kg.identity import Matches
from kg.query import question_names


def test_answer_on_a_terminal_is_a_table_as_wide_as_it(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    query = "SELECT ?label { id:xiaomi rdfs:label|rdfs:comment ?label } ORDER BY ?label"
    for width in (30, 60):
        size = os.terminal_size((width, 20))
        monkeypatch.setattr(shutil, "get_terminal_size", lambda size=size: size)
        lines = common.render(graph.query(query), None).decode().splitlines()
        assert lines[0].strip() == "label"
        assert max(map(len, lines)) <= width


def test_graph_that_is_asked_for_is_turtle(run) -> None:
    query = "CONSTRUCT WHERE { id:xiaomi cp:partnerOf ?x }"
    assert run("query", query).stdout == run("query", query, "-f", "ttl").stdout
    assert run("query", query).stdout.startswith("@prefix ")


def test_ending_that_stands_for_no_form_is_told(run, tmp_path: Path) -> None:
    result = run("query", "ASK {}", "-o", tmp_path / "a.foo")
    assert result.exit_code == 2
    assert "a.foo' has no ending that stands for a format; give -f" in result.stderr
    assert not (tmp_path / "a.foo").exists()


def test_query_in_another_encoding_is_told(run, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes("ASK { ?s ?p 'é' }".encode("latin-1"))
    result = run("query", path)
    assert result.exit_code == 3
    assert result.stderr == f"kg: {path}:1: is not UTF-8; save it as UTF-8\n"


def test_page_is_opened_where_that_is_wanted(
    acme: Path, run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    page = tmp_path / "my page.html"
    for more in ((), ("--open",)):
        assert run("view", "-s", acme, "-o", page, *more).exit_code == 0
    assert opened == [page.as_uri()]
    assert run("view", "-s", acme, "-o", "-", "--open").exit_code == 0
    assert len(opened) == 1


def test_what_a_build_was_warned_of_is_told_before_what_it_wrote(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding("a:b", None, None, "is odd", "a:s", violation=False)
    done = SimpleNamespace(findings=(finding,), summary="read it", files=(Path("a"),), written=True)
    monkeypatch.setattr("kg.api.publish", lambda *_, **__: done)
    first, second, third = run("build").stderr.splitlines()
    assert (first, third) == ("a:b: is odd", "wrote a")
    assert second.startswith("read it; ")
    assert run("build", "-q").stderr == ""


def test_company_that_is_a_known_one_is_told() -> None:
    mapped: Any = SimpleNamespace(rows=1, bad=0, left_out=(), silent=(), lines=[1], open_end=False)
    known = {kg.base.ID + "t/1": kg.base.ID + "acme"}
    matches = Matches(certain=known, by={}, names={}, review=())
    assert [
        *imported.became_of_rows(mapped),
        *imported.told_of_companies(matches, review=False, most=1),
    ] == ["read 1 row: 0 left out, 0 with nothing to say; 1 quad", "t/1 is acme"]
    (more,) = imported.told_of_companies(matches, review=False, most=0)
    assert more == "1 company more known already"


def test_long_import_tells_on_a_terminal_alone_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    imported.SourcesProgress()(1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    progress = imported.SourcesProgress()
    for number in (1, 2, 3):  # within a fifth of a second
        progress(number)
    progress.end()
    assert capsys.readouterr().err == "\r1 source read\x1b[K\r\x1b[K"


def test_shell_completes_the_names_of_questions() -> None:
    completed = ShellComplete(main, {}, "kg", "_KG_COMPLETE").get_completions(["ask"], "")
    assert [item.value for item in completed] == [
        question.name for question in kg.query.questions.load_questions()
    ]
    assert len(completed) == len(question_names())


def test_command_that_is_interrupted_says_so(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.api.shipped_graph", interrupted)
    result = run("stats")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.splitlines()[-1] == "kg: interrupted"


def test_what_cannot_be_written_at_the_very_end_is_told(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "out").open("w") as file:

        class Full(io.StringIO):
            buffer = io.BytesIO()

            def fileno(self) -> int:
                return file.fileno()

            def flush(self) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(sys, "stdout", Full())
        with pytest.raises(SystemExit) as ended:
            main(["check", "--quiet", str(acme)])
    assert ended.value.code == 3
    assert capsys.readouterr().err == "kg: stdout: cannot be written: No space left on device\n"
