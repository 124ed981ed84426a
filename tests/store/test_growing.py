"""An index that is patched is sized while the engine still removes files of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store import commit
from kg.store.manifest import Anew

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_file_that_goes_while_an_index_is_sized_has_no_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "000001.sst"
    kept.write_bytes(b"0" * 100)
    monkeypatch.setattr(commit, "list_files", lambda _: [kept, tmp_path / "000002.sst"])
    monkeypatch.setattr(commit, "_ROOM", 10)
    assert commit.grown_beyond(tmp_path, 1, Anew(1, 10))
    assert not commit.grown_beyond(tmp_path, 1, Anew(1, 100))
