"""The documents do what they say: their commands answer so, their examples run."""

from __future__ import annotations

import doctest
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
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
    found = run("ask", "initiatives", "--company", "Acme", "-s", path, "-f", "csv").stdout
    assert "acme-shops" in found


def test_links_of_the_documents_lead_somewhere() -> None:
    links = [
        link
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
        for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
