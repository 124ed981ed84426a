"""Lines that are more than memory holds are sorted in runs."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.base import Runs, nquads, runs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(5))
def test_lines_come_sorted_and_once(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_MOST", 2)
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    lines = [b"<a:%d> .\n" % chance.randrange(500) for _ in range(2000)]
    made = Runs(tmp_path, 300)
    for at in range(0, len(lines), 7):
        if at % 5:
            made.add(b"".join(lines[at : at + 7]))
        else:
            made.add_run(iter(sorted(lines[at : at + 7])))
    assert list(made) == sorted(set(lines))
    assert list(made) == sorted(set(lines))


def test_files_have_all_that_was_added(tmp_path: Path) -> None:
    made = Runs(tmp_path)
    made.add(b"b\na\n")
    (first,) = made.files()
    assert first.read_bytes() == b"a\nb\n"
    made.add(b"c\n")
    assert made.files()[0] == first
    found = nquads.union(path.read_bytes() for path in made.files())
    assert found == b"".join(made) == b"a\nb\nc\n"


def test_nothing_is_left_once_it_is_cleared(tmp_path: Path) -> None:
    made = Runs(tmp_path)
    made.add(b"a\n")
    made.files()
    made.add(b"b\n")
    made.clear()
    assert not list(made)
    assert not list(tmp_path.iterdir())
