"""The shipped graph, kept between runs in the user's cache."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import kg
from kg.api import cache, shipped_graph
from kg.base import locked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_first_run_keeps_what_the_second_takes(
    graph: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.kept() is None
    assert shipped_graph().asserted == graph.asserted
    (kept,) = (tmp_path / "kg").iterdir()
    assert kg.open(kept).derived == graph.derived
    monkeypatch.setattr(cache, "keep", None)  # nothing is written again
    assert shipped_graph().asserted == graph.asserted


def test_cache_that_cannot_be_written_costs_no_answer(
    graph: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert shipped_graph().asserted == graph.asserted
    assert (tmp_path / "file").read_text() == "in the way"


def test_cache_keeps_the_stores_that_were_written_last(
    small: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for age in range(1, cache.KEPT + 2):
        other = tmp_path / "kg" / f"{age}"
        other.mkdir(parents=True)
        os.utime(other, (10**9 - age, 10**9 - age))
    cache.keep(small)
    left = {path.name for path in (tmp_path / "kg").iterdir()}
    assert left == {cache.kept_folder().name, "1", "2", "3"}


def test_cache_leaves_a_store_that_another_run_writes(
    small: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for age in range(1, cache.KEPT + 3):
        other = tmp_path / "kg" / f"{age}"
        other.mkdir(parents=True)
        os.utime(other, (10**9 - age, 10**9 - age))
    with locked(tmp_path / "kg" / "5" / "lock"):
        os.utime(tmp_path / "kg" / "5", (10**9 - 5, 10**9 - 5))
        cache.keep(small)
    left = {path.name for path in (tmp_path / "kg").iterdir()}
    assert left == {cache.kept_folder().name, "1", "2", "3", "5"}


def test_cache_that_is_used_counts_as_written(
    small: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.keep(small)
    os.utime(cache.kept_folder(), (1, 1))
    cache.keep(small)
    assert cache.kept_folder().stat().st_mtime > 1
