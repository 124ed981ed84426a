"""The tutorial as steps: files to be written and commands to be typed, each with what it shows.

`python -m tests.tutorial` writes the tutorial anew with what the commands answer today, accepting all that is
proposed; read what has changed before you keep it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt

ROOT: Final = Path(__file__).resolve().parent.parent
TUTORIAL: Final = ROOT / "docs" / "tutorial.md"

_COMMAND: Final = re.compile(r"^\$ kg (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_ANSWER: Final = re.compile(r"^a (?:accept|it does).*: (\w.*)$", re.MULTILINE)


class Step(NamedTuple):
    """A block of the tutorial: its language and the file that it is, and what stands in it."""

    info: str
    content: str

    @property
    def commands(self) -> list[tuple[str, str]]:
        """The commands that are typed, each with what it shows."""
        return _COMMAND.findall(self.content) if self.info == "console" else []


def steps() -> list[Step]:
    """Return the steps of the tutorial, in their order."""
    tokens = MarkdownIt("commonmark").parse(TUTORIAL.read_text(encoding="utf-8"))
    return [Step(token.info, token.content) for token in tokens if token.type == "fence"]


def follow(step: Step, folder: Path, home: Path, more: str = "") -> str:
    """Do one step in a folder, and return it as the tutorial is to show it.

    What `kg review` asks is answered as the tutorial shows, and then by `more`.
    """
    if step.info == "console":
        return "".join(_typed(*one, folder, home, more) for one in step.commands)
    _, _, name = step.info.partition(" ")
    path = folder / name.removeprefix(">> ")
    path.parent.mkdir(exist_ok=True)
    with path.open("a" if name.startswith(">> ") else "x", encoding="utf-8") as file:
        file.write(step.content)
    return step.content


def _typed(command: str, shown: str, folder: Path, home: Path, more: str) -> str:
    arguments = shlex.split(command)
    # As on a terminal, where an answer is a table.
    as_shown = ["-f", "table"] if arguments[0] == "ask" else []
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments, *as_shown],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home)},
        input="".join(f"{answer}\n" for answer in _ANSWER.findall(shown)) + more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return f"$ kg {command}\n{done.stdout}"


def main() -> None:
    """Write the tutorial anew."""
    text = TUTORIAL.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        for step in steps():
            answered = follow(step, Path(folder), Path(home), "a\n" * 100)
            if "Traceback (most recent call last)" in answered:
                raise SystemExit(answered)
            text = text.replace(f"```{step.info}\n{step.content}", f"```{step.info}\n{answered}")
    TUTORIAL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
