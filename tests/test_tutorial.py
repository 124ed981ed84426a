"""The tutorial is followed to the letter: its files are written, its commands run, and they answer as it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest
from markdown_it import MarkdownIt

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TUTORIAL: Final = ROOT / "docs" / "tutorial.md"
COMMAND: Final = re.compile(r"^\$ kg (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ANSWER: Final = re.compile(r"^(?:a accept.*|a it does.*): (\w.*)$", re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Return what is to be written and to be typed, in order: how, and what."""
    tokens = MarkdownIt("commonmark").parse(TUTORIAL.read_text(encoding="utf-8"))
    return [(token.info, token.content) for token in tokens if token.type == "fence"]


def follow(folder: Path, how: str, what: str) -> str:
    """Do one step, and return it as the tutorial is to show it."""
    language, _, name = how.partition(" ")
    if language == "console":
        return "".join(typed(folder, command, shown) for command, shown in COMMAND.findall(what))
    path = folder / name.removeprefix(">> ")
    path.parent.mkdir(exist_ok=True)
    with path.open("a" if name.startswith(">> ") else "x", encoding="utf-8") as file:
        file.write(what)
    return what


def typed(folder: Path, command: str, shown: str) -> str:
    arguments = shlex.split(command)
    # As on a terminal, where an answer is a table.
    as_shown = ["-f", "table"] if arguments[0] == "ask" else []
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments, *as_shown],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": str(ROOT), **HOME},
        input="".join(f"{answer}\n" for answer in ANSWER.findall(shown)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return f"$ kg {command}\n{done.stdout}"


HOME: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> None:
    HOME["HOME"] = str(tmp_path_factory.mktemp("home"))


def test_tutorial_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    told = steps()
    assert len(told) > 8
    assert [follow(tmp_path, how, what) for how, what in told] == [what for _, what in told]


def test_tutorial_shows_every_step_of_the_way() -> None:
    commands = [command.split()[0] for how, what in steps() if how == "console" for command, _ in COMMAND.findall(what)]  # fmt: skip
    assert {"find", "draft", "review", "locate", "check", "verify", "build", "ask"} == set(commands)
