"""The tutorial is followed to the letter: its files are written, its commands run, and they answer as it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tutorial import follow, steps

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_tutorial_can_be_followed_to_the_letter(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    told = steps()
    assert len(told) > 8
    for step in told:
        assert follow(step, tmp_path, home) == step.content


def test_tutorial_shows_every_step_of_the_way() -> None:
    typed = {command.split()[0] for step in steps() for command, _ in step.commands}
    assert typed >= {"draft", "review", "locate", "check", "verify", "build", "ask"}
