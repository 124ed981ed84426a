"""The shipped graph, kept between runs in the user's cache."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

import kg
from kg.api import cache, shipped_graph, shipped_seen
from kg.base import data_folder, file_times, locked
from kg.sources import seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no file count as so new that it may change again unseen."""
    monkeypatch.setattr(file_times, "_GRAIN", -(10**18))


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


def test_files_are_as_new_as_those_of_any_build() -> None:
    assert shipped_seen.settled_before is seen.settled_before is file_times.settled_before


@pytest.mark.usefixtures("settled")
def test_what_the_disk_tells_is_enough_to_know_that_nothing_has_changed(
    graph: kg.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built: list[object] = []
    real = cache._build
    monkeypatch.setattr(cache, "_build", lambda before: built.append(before) or real(before))
    assert shipped_graph().asserted == graph.asserted
    assert len(built) == 1
    again = shipped_graph()
    assert (again.asserted, again.derived, again.licence) == (
        graph.asserted,
        graph.derived,
        graph.licence,
    )
    assert len(built) == 1
    (kept,) = tmp_path.rglob("shipped.seen")
    kept.write_bytes(b"\xff")
    assert shipped_graph().asserted == graph.asserted
    assert len(built) == 2
    shipped_graph()
    assert len(built) == 2


def _touched(folder: Path) -> None:
    path = next(folder.rglob("*.yaml"))
    state = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))  # the time of its state tells


def _more(folder: Path) -> None:
    (folder / "sources" / "new.yaml").write_text("id: new")


def _less(folder: Path) -> None:
    next(folder.rglob("*.yaml")).unlink()


def _other_libraries(folder: Path) -> None:
    (folder.parent / "libraries" / "shacl-9.dist-info").mkdir()


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", [_touched, _more, _less, _other_libraries])
def test_every_change_of_what_ships_is_told_by_the_disk(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder() / "sources", data / "sources")
    (tmp_path / "libraries").mkdir()
    os.utime(tmp_path / "libraries", (1, 1))
    monkeypatch.setattr(shipped_seen, "data_folder", lambda: data)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "libraries")])
    before = shipped_seen.look_at_what_ships()
    assert before is not None
    assert shipped_seen.look_at_what_ships() == before
    change(data)
    assert shipped_seen.look_at_what_ships() not in {before, None}


def test_what_may_change_again_unseen_is_compared_by_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "new.yaml").write_text("id: new")
    monkeypatch.setattr(shipped_seen, "data_folder", lambda: data)
    assert shipped_seen.look_at_what_ships() is None
    assert not shipped_seen.has_seen(tmp_path / "snapshot", None)
