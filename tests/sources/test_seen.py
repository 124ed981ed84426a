"""Files are known by what the disk tells of them, and never where that may be the same of another content."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from kg.sources import File, SeenFiles, Suspects, look, seen

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at files as a minute after they were written."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 60 * 10**9)


def a_file(folder: Path, name: str = "a.nt", text: str = "<a:s> <a:p> 1 .") -> File:
    (folder / name).write_text(text)
    return File(folder / name, name.rpartition(".")[0])


def test_file_that_was_just_written_is_not_known_again(tmp_path: Path) -> None:
    assert look([a_file(tmp_path)]).told == [""]


@pytest.mark.usefixtures("later")
def test_file_that_stays_as_it_was_is_known_again(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    before = look([file])
    assert before.told != [""]
    assert look([file]).suspects(before) == Suspects(frozenset(), frozenset())


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("how", ["in place", "anew", "longer"])
def test_change_that_keeps_the_time_of_a_file_is_seen(tmp_path: Path, how: str) -> None:
    file = a_file(tmp_path)
    before, state = look([file]), file.path.stat()
    if how == "anew":
        (tmp_path / "b").write_text("<a:s> <a:p> 2 .")
        (tmp_path / "b").replace(file.path)
    else:
        file.path.write_text("<a:s> <a:p> 2 ." + ("\n" if how == "longer" else ""))
    os.utime(file.path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert look([file]).suspects(before) == Suspects(frozenset("a"), frozenset())


@pytest.mark.usefixtures("later")
def test_what_is_no_file_or_a_table_is_never_known(tmp_path: Path) -> None:
    (tmp_path / "d.nt").mkdir()
    os.mkfifo(tmp_path / "p.nt")
    table = a_file(tmp_path, "t.csv")
    others = [File(tmp_path / f"{name}.nt", name) for name in ("none", "d", "p", "a\0b")]
    assert look([table, *others]).told == [""] * 5


@pytest.mark.usefixtures("later")
def test_file_of_another_ending_is_another_one(tmp_path: Path) -> None:
    file = a_file(tmp_path)
    before = look([file])
    file.path.rename(tmp_path / "a.ttl")
    assert look([File(tmp_path / "a.ttl", "a")]).suspects(before) == Suspects(
        frozenset("a"), frozenset()
    )


def test_order_of_files_is_not_passed_over() -> None:
    before = SeenFiles(["a", "b", "c"], ["1", "2", "3"])
    assert SeenFiles(["b", "a", "c"], ["2", "1", "3"]).suspects(before) is None
    assert SeenFiles(["d", "a", "c"], ["4", "1", "3"]).suspects(before) == Suspects(
        frozenset("d"), frozenset("b")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"record": "00"}',
        b'{"record": "00", "names": 5, "told": []}',
        b'{"record": "00", "names": ["a"], "told": []}',
        b'{"record": "00", "names": ["a", "a"], "told": ["1", "2"]}',
        b'{"record": "00", "names": ["a", 1], "told": ["1", "2"]}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_what_was_kept_and_is_damaged_is_left_alone(data: bytes) -> None:
    assert seen.SeenFiles.of(data, "00") is None
