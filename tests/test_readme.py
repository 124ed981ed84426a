"""The documents do what they say: their commands answer so, their examples run."""

from __future__ import annotations

import doctest
import re
import shlex
import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ kg ([^\n]*)\n(.*?)```", README, re.DOTALL)


def test_readme_shows_five_questions_and_a_query() -> None:
    assert len([command for command, _ in CONSOLE if command.startswith("ask ")]) == 5
    assert len(CONSOLE) == 6


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[command for command, _ in CONSOLE])
def test_command_of_the_readme_answers_as_shown(run, command: str, shown: str) -> None:
    arguments = shlex.split(command)
    as_on_a_terminal = [] if "-f" in arguments else ["-f", "table"]
    assert run(*arguments, *as_on_a_terminal).stdout == shown


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_python_of_the_documents_runs(name: str) -> None:
    result = doctest.testfile(str(ROOT / name), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_source_of_the_readme_conforms(run, tmp_path: Path) -> None:
    (source,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "acme.yaml"
    path.write_text(source, encoding="utf-8")
    result = run("check", "--with-shipped", path)
    assert result.exit_code == 0, result.output
    store = tmp_path / "mine"
    built = run("build", "--with-shipped", path, "--store", store, "-o", tmp_path / "out", "-q")
    assert built.exit_code == 0, built.output
    found = run("ask", "targets", "--company", "acme", "--store", store, "-f", "csv").stdout
    assert "gazette-2020-01-31.1" in found
    assert run("ask", "targets", "--company", "acme").exit_code == 2  # what ships stays as it is


def blocks(language: str) -> list[str]:
    """Return the blocks of CONTRIBUTING.md in a language, also those within a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", CONTRIBUTING, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


def test_article_of_the_contributing_guide_becomes_an_answer(run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (sentence,) = re.findall(r'one sentence: "([^"]*)"', CONTRIBUTING)
    (tmp_path / "texts" / "gazette-2020-01-31.txt").write_text(f"{sentence}\n", encoding="utf-8")
    source, things = tmp_path / "gazette-2020-01-31.yaml", tmp_path / "acme.ttl"
    source.write_text(*blocks("yaml"), encoding="utf-8")
    things.write_text(*blocks("turtle"), encoding="utf-8")
    result = run("check", "--with-shipped", things, source)
    assert (result.exit_code, result.stdout) == (0, "")
    result = run("verify", "-s", things, "-s", source, "--texts", tmp_path / "texts")
    assert (result.exit_code, result.stderr) == (0, "2 of 2 checks hold\n")
    found = run("ask", "targets", "--company", "acme", "-s", things, "-s", source, "-f", "csv")
    assert "gazette-2020-01-31.1.1" in found.stdout


def test_table_of_the_contributing_guide_becomes_an_answer(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, language in (
        ("shops.csv", "csv"), ("shops.csv-metadata.json", "json"), ("shops.rq", "sparql"),
    ):  # fmt: skip
        (tmp_path / name).write_text(*blocks(language), encoding="utf-8")
    (console,) = blocks("console")
    commands = re.findall(r"^\$ kg (.*)\n((?:(?!\$ ).*\n)*)", console, re.MULTILINE)
    assert len(commands) == 4
    for command, shown in commands:
        assert run(*shlex.split(command)).output == shown


def test_links_of_the_documents_lead_somewhere() -> None:
    links = [
        link
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
        for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
