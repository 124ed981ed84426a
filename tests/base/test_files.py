"""Files and folders replaced as a whole, at every step at which that can fail or be stopped."""

from __future__ import annotations

import itertools
import shutil
from typing import TYPE_CHECKING

import pytest

from kg.base import files, replace_files, replace_folder
from tests.store import faults
from tests.store.faults import Steps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {"a.csv": b"old", "b.csv": b"old"}
NEW = {"a.csv": b"new", "b.csv": b"new"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("fault", [faults.full, faults.stop])
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("before", [OLD, None])
def test_folder_is_the_old_or_the_new_at_every_step(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[], None],
    before: dict[str, bytes] | None,
    *,
    at_once: bool,
) -> None:
    if not at_once:  # as on a system that cannot exchange two folders
        monkeypatch.setattr(files, "exchanged", lambda *_: False)
    out = tmp_path / "out"
    broken = 0
    for number in itertools.count():
        shutil.rmtree(out, ignore_errors=True)
        if before:
            replace_folder(out, before)
        with Steps(range(number, number + 1), fault).taken() as taken:
            try:
                replace_folder(out, NEW)
            except (OSError, faults.Stopped):
                broken += 1
                found = content(out) if out.exists() else None
                assert found in (before, NEW)
            else:
                assert content(out) == NEW
        if not taken.met:
            break
        replace_folder(out, NEW)
        assert content(out) == NEW
        assert left(tmp_path) == {"out"}
    assert broken > 8


@pytest.mark.parametrize("fault", [faults.full, faults.stop])
def test_files_that_belong_together_are_all_old_until_all_are_written(
    tmp_path: Path, fault: Callable[[], None]
) -> None:
    broken = 0
    for number in itertools.count():
        for name, data in OLD.items():
            (tmp_path / name).write_bytes(data)
        with Steps(range(number, number + 1), fault).taken() as taken:
            try:
                replace_files({tmp_path / name: data for name, data in NEW.items()})
            except (OSError, faults.Stopped):
                broken += 1
                found = {name: data for name, data in content(tmp_path).items() if name in OLD}
                assert all(data in {b"old", b"new"} for data in found.values())
                renamed = taken.names[:-1].count("replace")
                assert list(found.values()).count(b"new") <= renamed
            else:
                assert {**content(tmp_path), **NEW} == content(tmp_path)
        if not taken.met:
            break
        replace_files({tmp_path / name: data for name, data in NEW.items()})
        assert content(tmp_path) == NEW
    assert broken > 8
