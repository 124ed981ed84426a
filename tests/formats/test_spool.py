"""What is read lies in a file until the end, in order and by keys, and a full disk is told in one sentence."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from kg.base import OutputError
from kg.formats.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


def test_values_come_back_by_keys_in_the_order_in_which_they_were_added() -> None:
    spool = Spool()
    assert (list(spool), list(spool["a"]), len(spool["a"])) == ([], [], 0)
    spool.add("a", [{"x": "ü\ud800\n"}, ("b", None)])
    spool.add("b", ["c"])
    spool.add("a", [1.5])
    assert [*spool["a"]][1:] == [["b", None], 1.5]
    assert (list(spool["b"]), spool.count("a")) == (["c"], 3)
    assert [len(some) for some in spool.pieces("a")] == [2, 1]


def test_little_by_little_is_written_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    spool, write = Spool(), os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, data, at: write(file, bytes(data)[:3], at))
    spool.add("a", ["one", "two"])
    spool.add("a", ["three"])
    assert list(spool["a"]) == ["one", "two", "three"]


def test_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OutputError) as error:
        Spool(tmp_path).add("a", ["one"])
    assert str(error.value).startswith(
        f"{tmp_path}: cannot be written, and what is read lies there"
    )
    assert str(error.value).endswith("No space left on device")
    assert list(tmp_path.iterdir()) == []
