"""Stores: whole or not there, never half."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

import pytest

import kg
from kg import store
from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def test_opened_store_holds_what_was_said_to_the_letter(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(tmp_path / "s")
    opened = kg.open(tmp_path / "s")
    assert opened.asserted == graph.asserted
    assert opened.derived == graph.derived
    assert opened.sources == graph.sources
    assert opened.export("ttl") == graph.export("ttl")


def test_same_content_is_the_same_generation(graph: kg.Graph, tmp_path: Path) -> None:
    first = graph.save(tmp_path / "s")
    assert graph.save(tmp_path / "s") == first
    assert len([p for p in (tmp_path / "s").iterdir() if p.is_dir()]) == 1


def test_old_generation_is_swept_only_after_the_new_one_counts(
    graph: kg.Graph, acme: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "s"
    old = graph.save(folder)
    new = kg.build([acme]).save(folder)
    assert new != old
    assert not old.exists()
    assert (folder / "current").read_text().strip() == new.name


def test_opening_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no store; make one with kg build --store"):
        kg.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_killed_build_leaves_the_old_store_and_the_next_one_sweeps(
    graph: kg.Graph, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    graph.save(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write", full)
        with pytest.raises(StoreError, match="No space left"):
            kg.build([acme]).save(folder)
    assert kg.open(folder).asserted == graph.asserted
    (folder / "new-killed").mkdir()
    kg.build([acme]).save(folder)
    assert not (folder / "new-killed").exists()


def test_second_writer_is_told_to_wait(graph: kg.Graph, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another build is writing it"):
            graph.save(folder)


@pytest.mark.parametrize("damage", ["{", '{"format": 99}', "[]"])
def test_damaged_manifest_says_what_to_do(graph: kg.Graph, tmp_path: Path, damage: str) -> None:
    made = graph.save(tmp_path / "s")
    (made / "manifest.json").write_text(damage)
    with pytest.raises(StoreError, match="build it again"):
        kg.open(tmp_path / "s")


def test_replace_keeps_the_old_file_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    store.replace(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
