"""Lines that are more than memory holds are sorted in runs, which can be read as files meanwhile."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.base import SpilledLines, nquads, spilled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(5))
def test_lines_come_sorted_and_once(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spilled, "MOST_RUNS", 3)
    monkeypatch.setattr(spilled, "_BLOCK", 5)
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    lines = [b"<a:%d> .\n" % chance.randrange(500) for _ in range(2000)]
    made = SpilledLines(tmp_path, 300)
    for at in range(0, len(lines), 7):
        if at % 5:
            made.add(lines[at : at + 7])
        else:
            made.add_sorted(iter(sorted(lines[at : at + 7])))
    assert list(made) == sorted(set(lines))
    assert list(made) == sorted(set(lines))


def test_files_have_all_that_was_added(tmp_path: Path) -> None:
    made = SpilledLines(tmp_path)
    made.add([b"b\n", b"a\n"])
    (first,) = made.paths()
    assert first.read_bytes() == b"a\nb\n"
    made.add([b"c\n"])
    assert made.paths()[0] == first
    found = nquads.union(path.read_bytes() for path in made.paths())
    assert found == b"".join(made) == b"a\nb\nc\n"


def test_nothing_is_a_run_without_lines(tmp_path: Path) -> None:
    made = SpilledLines(tmp_path)
    assert not made.paths()
    made.add_sorted([])
    assert not list(made)


def test_nothing_is_left_once_they_are_cleared(tmp_path: Path) -> None:
    made = SpilledLines(tmp_path, 2)
    made.add([b"a\n"])
    made.add([b"b\n"])
    assert len(list(tmp_path.iterdir())) == 1
    made.clear()
    assert not list(made)
    assert not list(tmp_path.iterdir())
