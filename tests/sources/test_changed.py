"""Where it is known what has changed the other files are not looked at, and what is told is what looking would tell."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from kg.base import UsageError
from kg.sources import SeenFiles, changed as changed_files, find_files, look, looked_again

NAMES = ("a", "a b", "a-b", "a-b-2", "a-2", "b", "b-2020", ".c", "d.e", "é")
ENDINGS = (".nt", ".ttl", ".yaml", ".NT", ".md")


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at files as a minute after they were written."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 60 * 10**9)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_what_is_told_is_what_looking_at_all_would_tell(tmp_path: Path) -> None:
    somewhere = random.Random(22)  # noqa: S311 - repeatable, not secret
    told = 0
    for number in range(150):
        folder = tmp_path / str(number)
        few = [f"{name}{somewhere.choice(ENDINGS)}" for name in somewhere.sample(NAMES, 5)]
        places = [folder / sub / name for sub in ("", "x", "x/y", "x-y") for name in few]
        for path in somewhere.sample(places, 8):
            write(path, "before")
        write(folder / "always.nt", "before")
        seen = look(find_files([folder]))
        changed = somewhere.sample(places, somewhere.randrange(1, 5))
        for path in changed:
            if path.exists() and somewhere.random() < 0.4:
                path.unlink()
            else:
                write(path, f"after {number}")
        found = looked_again(folder, seen, changed)
        if found is not None:
            told += 1
            files = find_files([folder])
            assert found == (files, look(files))
    assert told > 75


def test_what_is_not_named_is_not_looked_at(tmp_path: Path) -> None:
    for number in range(100):
        write(tmp_path / f"{number}.nt", "before")
    seen = look(find_files([tmp_path]))
    named, other = tmp_path / "50.nt", tmp_path / "51.nt"
    write(named, "afterwards")
    write(other, "afterwards")
    found = looked_again(tmp_path, seen, [named, named])
    assert found
    assert found[1].suspects(seen) == (frozenset({"50"}), frozenset())


def test_a_copy_of_the_folder_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "one" / "a.nt", "before")
    write(tmp_path / "one" / "b.nt", "before")
    seen = look(find_files([path.parent]))
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert looked_again(tmp_path / "one", seen, [path])
    assert looked_again(tmp_path / "two", seen, [tmp_path / "two" / "a.nt"]) is None


def test_too_many_of_which_nothing_was_told_are_looked_at_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        write(tmp_path / f"{name}.nt", "before")
    monkeypatch.setattr(changed_files, "_MOST_UNTOLD", 2)
    seen = look(find_files([tmp_path]))
    for untold, is_told in ((2, True), (3, False)):
        told = [""] * untold + seen.told[untold:]
        found = looked_again(tmp_path, SeenFiles(seen.names, told), [])
        assert (found is not None) == is_told


def test_what_is_no_source_below_the_folder_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plans"
    write(folder / "a.nt", "before")
    seen = look(find_files([folder]))
    for mark in ("current", "lock"):
        write(folder / "store" / mark, "")
    others = [
        write(path, "")
        for path in (
            tmp_path / "outside.nt", tmp_path / "plans-too" / "b.nt", folder / "README.md", folder / ".nt",
            folder / "store" / "deep" / "c.nt", folder / ".kg-a1b2c3d4.part" / "d.nt",
        )
    ]  # fmt: skip
    assert looked_again(folder, seen, others) == (find_files([folder]), seen)
    (tmp_path / "link").symlink_to(folder)
    fresh = write(folder / "e.nt", "fresh")
    monkeypatch.chdir(tmp_path)
    for path in (fresh, Path("link/e.nt"), Path("plans/../plans/e.nt")):
        found = looked_again(Path("plans"), seen, [path])
        assert found
        assert [file.name for file in found[0]] == ["a", "e"]


def test_what_can_be_no_changed_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.nt", "before")
    seen = look(find_files([tmp_path]))
    (tmp_path / "b.nt").mkdir()
    for name, told in (("b.nt", "is a folder"), ("mistyped.nt", "is not there, and was not")):
        with pytest.raises(UsageError, match=told):
            looked_again(tmp_path, seen, [tmp_path / name])


def test_names_as_seen_from_elsewhere_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a.nt", "b.nt"):
        (folder / name).write_text("")
    seen = look(find_files([folder]))
    for named, told in (("a.nt", "is not there, and nothing else"), (str(folder), "is a folder")):
        with pytest.raises(UsageError, match=told):
            looked_again(folder, seen, [Path(named)])
    elsewhere = tmp_path / "notes.txt"
    elsewhere.write_text("")
    assert looked_again(folder, seen, [elsewhere])
    assert looked_again(folder, seen, [elsewhere, folder / "a.nt", Path("gone.nt")])
